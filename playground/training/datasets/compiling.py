"""C through gcc to assembly in the spelling that costs a tokenizer least, checked against gcc's own object code."""

import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

OPTIONS = (
    "-Os",
    "-fwrapv",
    "-fno-tree-vectorize",
    "-fno-tree-loop-distribute-patterns",
    "-fno-asynchronous-unwind-tables",
    "-fno-stack-protector",
    "-fno-pic",
)
"""Small code without calls that a loop did not ask for."""

TOOLS = {
    "aarch64": ("aarch64-linux-gnu-", ()),
    "x86_64": ("", ("-masm=intel", "-fcf-protection=none")),
}
"""Architecture -> prefix of the toolchain's commands, further options. Intel syntax: 67 tokens a function, AT&T 77."""

LABEL = re.compile(r"\.L\w+")
KEPT_LINES = 26
"""Longer functions are left out."""


def compile_function(c_source: str, arch: str) -> str | None:
    """The assembly of one function as a model should write it; None when it is too long or needs more than its code."""
    prefix, options = TOOLS[arch]
    compiled = run(f"{prefix}gcc", *OPTIONS, *options, "-S", "-x", "c", "-", "-o", "-", text=c_source)
    spelled = respell(compiled)
    return spelled if spelled.count("\n") < KEPT_LINES and is_self_contained(spelled) else None


def respell(assembly: str) -> str:
    """gcc's output -> ``name:`` and code: one leading space, no space after commas, no ``#``, labels .L1, .L2 …"""
    lines = [re.sub(r"\s+", " ", line.split("//")[0]).strip() for line in assembly.splitlines()]
    lines = [line for line in lines if line and not re.match(r"\.(?!L\w+:)", line) and not line.startswith("#")]
    used = {label for line in lines if not line.endswith(":") for label in LABEL.findall(line)}
    lines = [line for line in lines if not (line.startswith(".L") and line[:-1] not in used)]
    text = "\n".join(line if line.endswith(":") else " " + line for line in lines)
    return number_labels(re.sub(r", +", ",", text).replace("#", ""))


def number_labels(text: str) -> str:
    """Local labels numbered in order of appearance."""
    numbers: dict[str, str] = {}
    return LABEL.sub(lambda match: numbers.setdefault(match[0], f".L{len(numbers) + 1}"), text)


def is_self_contained(text: str) -> bool:
    """No call and no data: nothing but the function's own labels is referred to."""
    return not re.search(r"^ (call|bl|blr|adrp) |\.LC|\[rip", text, re.MULTILINE)


def same_object_code(c_source: str, spelled: str, arch: str) -> bool:
    """Whether the respelled text assembles to the very bytes that gcc makes of the source."""
    prefix, options = TOOLS[arch]
    compiled = code_bytes(
        arch, lambda out: run(f"{prefix}gcc", *OPTIONS, *options, "-c", "-x", "c", "-", "-o", out, text=c_source)
    )
    header = ".intel_syntax noprefix\n" if arch == "x86_64" else ""
    assembled = code_bytes(arch, lambda out: run(f"{prefix}as", "-o", out, "-", text=header + spelled + "\n"))
    return compiled == assembled


def code_bytes(arch: str, make: Callable[[str], str]) -> bytes:
    """The .text section of the object file that `make` writes."""
    with tempfile.TemporaryDirectory() as folder:
        made, section = Path(folder, "made.o"), Path(folder, "text")
        make(str(made))
        run(f"{TOOLS[arch][0]}objcopy", "-O", "binary", "-j", ".text", str(made), str(section))
        return section.read_bytes()


def run(*command: str, text: str = "") -> str:
    """Standard output of a tool. Raises CalledProcessError when it fails."""
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
