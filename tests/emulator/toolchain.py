"""The native toolchain as the judge: compile a C or C++ program, run it natively or under qemu-user, run it here."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from playground.assembly import assemble
from playground.assembly.program import ProgramImage, Source
from playground.emulator import run_program
from playground.emulator.result import Limits, RunResult

PREFIXES = {"x86_64": "", "aarch64": "aarch64-linux-gnu-"}
RUNNERS: dict[str, tuple[str, ...]] = {
    "x86_64": (),
    "aarch64": ("qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"),
}
PACKAGES = {
    "x86_64": (("gcc", "gcc"), ("g++", "g++")),
    "aarch64": (
        ("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu"),
        ("aarch64-linux-gnu-g++", "g++-aarch64-linux-gnu"),
        ("qemu-aarch64", "qemu-user"),
    ),
}
NATIVE_SECONDS = 60


@dataclass(frozen=True)
class Outcome:
    """What is compared: standard output and exit status (negative: killed by this signal)."""

    stdout: bytes
    status: int


class TooSlow(Exception):
    """The native program did not end in time."""


def tool_name(arch: str, tool: str) -> str:
    """``gcc`` of the architecture's toolchain."""
    return PREFIXES[arch] + tool


def compile_to_assembly(source: Path, arch: str, *flags: str) -> str:
    """The compiler's assembly listing of a C or C++ file."""
    compiler = tool_name(arch, "g++" if source.suffix == ".cpp" else "gcc")
    target = source.with_suffix(".s")
    subprocess.run([compiler, "-w", "-S", *flags, "-o", target, source], check=True, capture_output=True)
    return target.read_text()


def run_natively(
    assembly: Path,
    arch: str,
    *,
    stdin: bytes = b"",
    cxx: bool = False,
    arguments: tuple[str, ...] = (),
    seconds: float = NATIVE_SECONDS,
) -> Outcome:
    """Assemble, link and run with the system's tools (aarch64 under qemu-user).

    Raises:
        TooSlow: it did not end within `seconds`.
    """
    program = assembly.with_suffix(".native")
    compiler = tool_name(arch, "g++" if cxx else "gcc")
    link = [compiler, "-no-pie", "-o", program, assembly, "-lm"]
    subprocess.run(link, check=True, capture_output=True)
    command = [*RUNNERS[arch], str(program), *arguments]
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=seconds, env={}, check=False)
    except subprocess.TimeoutExpired:
        raise TooSlow from None
    return Outcome(done.stdout, done.returncode)


def image_of(text: str, arch: str, syntax: str = "auto") -> ProgramImage:
    """The playground's own image of an assembly text; fails with the first diagnostics."""
    assembly = assemble(Source(text=text, arch=arch, syntax=syntax))
    assert assembly.image is not None, [*assembly.diagnostics[:3], *assembly.gaps[:3]]
    return assembly.image


SIGNALS = {"SIGSEGV": 11, "SIGILL": 4, "SIGFPE": 8, "SIGBUS": 7, "SIGABRT": 6, "SIGTRAP": 5}


def outcome_of(result: RunResult) -> Outcome:
    """An emulated run in the same terms."""
    if result.exit_status is not None:
        return Outcome(result.stdout, result.exit_status)
    assert result.fault is not None, result
    return Outcome(result.stdout, -SIGNALS[result.fault.signal])


def run_here(text: str, arch: str, *, stdin: bytes = b"", limits: Limits | None = None) -> RunResult:
    """Assemble and run in the playground."""
    return run_program(
        image_of(text, arch), stdin=stdin, limits=limits or Limits(instructions=2_000_000_000, seconds=60)
    )


def environment_for_csmith() -> tuple[str, ...]:
    """Compiler flags that find csmith.h."""
    for folder in ("/usr/include/csmith", "/usr/include/csmith-2.3.0"):
        if os.path.isdir(folder):
            return (f"-I{folder}",)
    return ()
