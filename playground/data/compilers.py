"""The C compilers that the factory can use, and how they are called."""

import importlib.util
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playground.errors import InputError
from playground.isa import ARCHITECTURES, architecture

COMMON_FLAGS = (
    "-S", "-w", "-fwrapv", "-fno-asynchronous-unwind-tables", "-fno-stack-protector", "-fno-pic", "-fno-ident",
)  # fmt: skip
"""-fwrapv: signed overflow is what the processor does, so that every input has one right result."""

GCC_FLAGS = (
    "-fno-pie",
    "-fcf-protection=none",
    "-fno-toplevel-reorder",
    "-fno-ipa-icf",
    "-fno-tree-loop-distribute-patterns",
)
"""Functions stay in order and apart, and loops do not become library calls."""

LITERAL = "literal"
"""Code that follows its source line by line, from gcc alone: -Os, so that a division is a division and a statement is
short, without what turns conditions into arithmetic, moves code out of its place, counts loops differently, merges
equal ends or tells callers which registers a callee spares."""
_LITERAL_OFF = (
    "ssa-phiopt", "if-conversion", "if-conversion2", "tree-reassoc", "tree-vrp", "tree-dominator-opts", "thread-jumps",
    "expensive-optimizations", "tree-switch-conversion", "jump-tables", "tree-ch", "tree-loop-im", "tree-loop-ivcanon",
    "ivopts", "tree-slsr", "move-loop-invariants", "tree-pre", "gcse", "code-hoisting", "rerun-cse-after-loop",
    "schedule-insns", "schedule-insns2", "reorder-blocks", "crossjumping", "tree-tail-merge", "split-wide-types",
    "shrink-wrap", "inline", "optimize-sibling-calls", "ipa-ra", "ipa-cp", "ipa-sra", "ipa-pure-const",
)  # fmt: skip
LITERAL_FLAGS = ("-Os", "--param=logical-op-non-short-circuit=0", *(f"-fno-{name}" for name in _LITERAL_OFF))
DIRECT = "direct"
"""Not a compiler's: our own code for teaching (`data.direct`), statement by statement."""
GUIDED = "guided"
"""The same with comments: each variable's register, and each statement's C above its instructions."""
TEACHING = (DIRECT, GUIDED)
LEVELS = ("O0", "O1", "O2", "O3", "Os", LITERAL, *TEACHING)

LANGUAGE_FLAGS = {"c": ("-x", "c"), "c++": ("-x", "c++", "-fno-exceptions", "-fno-rtti")}

CLANG_FLAGS = ("-fno-vectorize", "-fno-slp-vectorize", "-fomit-frame-pointer", "-fno-sanitize=all")
"""zig keeps the frame pointer and checks for undefined behaviour unless it is told not to."""

SECONDS = 120


@dataclass(frozen=True, kw_only=True)
class Compiler:
    """One compiler for one architecture."""

    name: str
    """``gcc`` or ``clang`` (the clang inside the ziglang wheel)."""
    arch: str
    command: tuple[str, ...]
    version: str

    def compile(
        self, source: str, level: str, *, vectorise: bool = False, syntax: str = "gas", language: str = "c"
    ) -> str:
        """Assembly text for a translation unit at an optimisation level (one of LEVELS).

        Raises:
            InputError: the compiler rejects the source; its first error is in the sentence. Or it has no such level.
        """
        flags = [*COMMON_FLAGS, *self._level(level), *self._dialect(syntax)]
        if self.name == "gcc":
            flags += [flag for flag in GCC_FLAGS if self.arch == "x86_64" or "cf-protection" not in flag]
            if not vectorise:
                flags += ["-fno-tree-vectorize", "-fno-tree-slp-vectorize"]
        else:
            flags += [flag for flag in CLANG_FLAGS if not (vectorise and "vectorize" in flag)]
        with tempfile.TemporaryDirectory() as folder:  # zig has no way to write to a pipe
            output = Path(folder) / "unit.s"
            command = [*self.command, *flags, *LANGUAGE_FLAGS[language], "-", "-o", str(output)]
            _run(command, source, self.name)
            return output.read_text(encoding="utf-8", errors="replace")

    def _level(self, level: str) -> tuple[str, ...]:
        if level != LITERAL:
            return (f"-{level}",)
        if self.name != "gcc":
            raise InputError(f"{self.name} has no level {LITERAL!r}: install gcc for {self.arch}, or choose Os.")
        return LITERAL_FLAGS

    def _dialect(self, syntax: str) -> list[str]:
        return ["-masm=intel"] if syntax == "intel" and self.arch == "x86_64" else []


def _run(command: Sequence[str], source: str, name: str) -> None:
    """Raises InputError when the compiler called `name` rejects `source`, or is not done with it in SECONDS."""
    try:
        done = subprocess.run(command, input=source, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(f"{name} has not compiled the source in {SECONDS} s: take it out, or split it.") from None
    if done.returncode != 0:
        raise InputError(f"{name} rejects the source: {_first_error(done.stderr)}")


def _first_error(stderr: str) -> str:
    lines = [line for line in stderr.splitlines() if "error" in line]
    return (lines or stderr.splitlines() or ["no message"])[0].strip()


def find_compiler(arch: str, name: str = "auto") -> Compiler:
    """gcc (cross or native) where installed, else the clang of the ziglang wheel.

    Raises:
        InputError: none is there; the sentence says what to install.
    """
    if name not in ("auto", "gcc", "clang"):
        raise InputError(f"Unknown compiler {name!r}: choose auto, gcc or clang.")
    triplet = architecture(arch).gnu_triplet
    if name in ("auto", "gcc"):
        path = shutil.which(f"{triplet}-gcc") or (shutil.which("gcc") if _is_native(arch) else None)
        if path:
            return Compiler(name="gcc", arch=arch, command=(path,), version=_version((path,)))
    if name in ("auto", "clang") and importlib.util.find_spec("ziglang"):
        # musl: zig's glibc targets allow position-independent code alone
        command = (sys.executable, "-m", "ziglang", "cc", "-target", f"{arch}-linux-musl")
        return Compiler(name="clang", arch=arch, command=command, version=_version(command))
    raise InputError(
        f"No C compiler for {arch}: install Debian's gcc-{triplet.split('-')[0]}-linux-gnu, or pip install ziglang."
    )


GIVEN = "given"
"""The compiler and level of assembly that was not compiled here."""


def given_compiler(arch: str) -> Compiler:
    """Stands for whoever wrote assembly that is verified as it is."""
    return Compiler(name=GIVEN, arch=arch, command=(), version="")


def _is_native(arch: str) -> bool:
    return platform.machine() in (arch, ARCHITECTURES[arch].platform)


def _version(command: tuple[str, ...]) -> str:
    done = subprocess.run([*command, "--version"], capture_output=True, text=True, timeout=SECONDS, check=False)
    return (done.stdout.splitlines() or ["unknown"])[0]


def native_library(source: str, path: Path, language: str = "c") -> None:
    """Compile a translation unit to a shared library for this machine: where expected values come from.

    -O0 (-O1 takes longer than all else together) and -fwrapv, without contraction of a*b+c, so that floating results
    are the plain IEEE ones.

    Raises:
        InputError: no native compiler, or it rejects the source.
    """
    _native(["-fPIC", "-shared", *LANGUAGE_FLAGS[language]], source, path)


def native_program(source: str, path: Path) -> None:
    """Compile a whole C program for this machine, as `native_library` does.

    Raises:
        InputError: no native compiler, or it rejects the source.
    """
    _native(LANGUAGE_FLAGS["c"], source, path)


def _native(kind: Sequence[str], source: str, path: Path) -> None:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise InputError("No native C compiler: install Debian's gcc.")
    command = [compiler, "-O0", "-w", "-fwrapv", "-ffp-contract=off", *kind, "-", "-o", str(path), "-lm"]
    _run(command, source, "gcc")
