"""The assembler: a Source in, an Assembly out. Never raises for what the text says."""

import re
from collections.abc import Mapping
from functools import cache

from playground.assembly.aarch64 import Aarch64Encoder
from playground.assembly.aarch64.mnemonics import is_mnemonic as is_aarch64_mnemonic
from playground.assembly.builder import Builder
from playground.assembly.columns import located
from playground.assembly.detect import Detection, detect
from playground.assembly.directives import PREFIXED_INTEL
from playground.assembly.encoding import InstructionEncoder
from playground.assembly.gas import GasReader
from playground.assembly.image import link
from playground.assembly.lexer import Lexer
from playground.assembly.limits import SOURCE_BYTES, LimitReached
from playground.assembly.program import Assembly, Diagnostic, ProgramImage, Source
from playground.assembly.x86 import X86Encoder
from playground.assembly.x86.families import known_mnemonics
from playground.assembly.x86.nasm import read_nasm


@cache
def encoders(arch: str) -> Mapping[str, InstructionEncoder]:
    """This process's encoders for `arch`, by syntax. They remember what they have encoded."""
    if arch == "aarch64":
        return {"gas": Aarch64Encoder()}
    return {syntax: X86Encoder(syntax) for syntax in ("gas", "intel", PREFIXED_INTEL, "nasm")}


def _is_x86_mnemonic(name: str) -> bool:
    return name in known_mnemonics() or (name[-1:] in "bwlq" and name[:-1] in known_mnemonics())


@cache
def lexer(arch: str) -> Lexer:
    return Lexer(arch, is_aarch64_mnemonic if arch == "aarch64" else _is_x86_mnemonic)


def assemble(source: Source) -> Assembly:
    """The program image of `source`, or every diagnostic of the file, or what we lack (then it is unscored).

    Raises:
        InputError: an architecture or syntax that there is not.
    """
    detection = detect(source)
    builder = Builder(detection.arch, detection.syntax, encoders(detection.arch))
    image = None
    try:
        _read(source, detection, builder)
        builder.finish()
        image = link(builder)
    except LimitReached as error:
        builder.report(max(error.line, 1), 1, error.message, hint="the playground bounds what one file may ask for")
        builder.encode_pending()
    return _result(source, detection, builder, image)


def _read(source: Source, detection: Detection, builder: Builder) -> None:
    if len(source.text) > SOURCE_BYTES:
        raise LimitReached(f"the source is longer than {SOURCE_BYTES >> 20} MiB")
    if detection.syntax == "nasm":
        read_nasm(source.text, builder)
    else:
        GasReader(builder, lexer(detection.arch)).read(source.text)


def _result(source: Source, detection: Detection, builder: Builder, image: ProgramImage | None) -> Assembly:
    lines = re.split(r"\r\n|\r|\n", source.text) if builder.diagnostics else []
    return Assembly(
        arch=detection.arch,
        syntax=detection.syntax,
        detected=detection.sentence,
        image=image,
        diagnostics=_ordered([located(found, lines) for found in builder.diagnostics]),
        gaps=tuple(sorted(builder.gaps, key=lambda gap: gap.line)),
    )


def _ordered(diagnostics: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By line and column, each once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda found: (found.line, found.column)))
