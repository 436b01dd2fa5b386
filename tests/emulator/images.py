"""Images from assembly text, for tests of the emulator alone."""

from playground.assembly import assemble
from playground.assembly.program import ProgramImage, Source
from playground.emulator import call_function, run_program
from playground.emulator.prototype import parse_prototype
from playground.emulator.result import CallResult, Limits, RunResult


def image(text: str, arch: str) -> ProgramImage:
    """The image; fails with the assembler's first complaints."""
    assembly = assemble(Source(text=text.replace(";", "\n") + "\n", arch=arch, syntax="gas"))
    assert assembly.image is not None, [*assembly.diagnostics[:3], *assembly.gaps[:3]]
    return assembly.image


def run_main(body: str, arch: str, *, limits: Limits = Limits(), stdin: bytes = b"", data: str = "") -> RunResult:
    """Run `body` as main."""
    return run_program(image(f".globl main;main:;{body};{data}", arch), limits=limits, stdin=stdin)


def run_start(body: str, arch: str, *, limits: Limits = Limits(), data: str = "") -> RunResult:
    """Run `body` as _start."""
    return run_program(image(f".globl _start;_start:;{body};{data}", arch), limits=limits)


def call(body: str, arch: str, prototype: str, *arguments: object, limits: Limits = Limits()) -> CallResult:
    """Call `body` by a prototype of a function f."""
    parsed = parse_prototype(prototype)
    return call_function(image(f".globl f;f:;{body}", arch), parsed, list(arguments), limits=limits)
