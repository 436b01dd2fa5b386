"""Which architecture and syntax a text is written in, with the line that shows it."""

import re
from dataclasses import dataclass

from playground.assembly.program import Source
from playground.errors import InputError
from playground.isa import ARCHITECTURES, architecture

NAMES = {
    ("aarch64", "gas"): "aarch64, GAS",
    ("x86_64", "gas"): "x86-64, GAS AT&T",
    ("x86_64", "intel"): "x86-64, GAS Intel",
    ("x86_64", "nasm"): "x86-64, NASM",
}


@dataclass(frozen=True)
class Detection:
    """What the text is read as."""

    arch: str
    syntax: str
    sentence: str
    """For a person; empty when both were given."""


@dataclass(frozen=True)
class Evidence:
    """A pattern that speaks for a language: weight by how sure a single match makes."""

    arch: str
    syntax: str
    pattern: re.Pattern[str]
    weight: int


def _evidence(arch: str, syntax: str, weight: int, pattern: str) -> Evidence:
    return Evidence(arch, syntax, re.compile(pattern, re.IGNORECASE), weight)


_X86_NAMES = r"(?:[re]?[abcd]x|[re]?[sd]i|[re]?[sb]p|[abcd][lh]|[sd]il|[sb]pl|r(?:[89]|1[0-5])[dwb]?|[xyz]mm[0-9]+)"

_A64_REGISTER = r"(?<![\w%$.])(?:[xw](?:[0-9]|[12][0-9]|30)|[xw]zr|v[0-9]+\.[0-9]*[bhsd])(?![\w.:(])"
_A64_MNEMONIC = r"^\s*(?:adrp|stp|ldp|cbn?z|tbn?z|ldr[bh]?|ldrsw|b\.[a-z]{2}|madd|udiv|sdiv|csel|cset|bl)\s"
_BARE_REGISTER = r"(?<![%\w.$])" + _X86_NAMES + r"(?!\w)"
_MASM_OPERAND = r"\b(?:[xy]mm|[dq]?word|byte)\s+ptr\b|\boffset\s+(?:flat:)?[.\w]+|\[rip\s*\+|\w\[rip\]"
_GAS_DIRECTIVE = r"^\s*(?:[\w.]+:)?\s*\.(?:globl|global|text|data|section|type|string|asciz|long|quad|p2align)\b"
_NASM_SECTION = r"^\s*(?:(?:section|segment)\s+\.?\w+|(?:global|extern)\s+\w+|bits\s+64|default\s+rel)"
_NASM_DATA = r"^\s*(?:[\w.$]+:?\s+)?(?:d[bwdq]|res[bwdq]|equ|times)\s+\S"
_NASM_MACRO = r"^\s*%(?:define|macro|endmacro|if|assign)\b"
_NASM_OPERAND = r"\[\s*rel\s+|\b(?:[dq]?word|byte)\s*\[|(?<!\w)\$\$|\$\s*-\s*[a-z_.]"

SURE = 100_000
"""Weight of a directive that names the syntax: more than all the lines read can bring."""

EVIDENCE = (
    _evidence("aarch64", "gas", 3, _A64_REGISTER),
    _evidence("aarch64", "gas", 3, _A64_MNEMONIC),
    _evidence("aarch64", "gas", 4, r"^\s*\.arch\s+armv|:lo12:|%progbits|%function|\.xword"),
    _evidence("x86_64", "gas", 3, r"%" + _X86_NAMES + r"(?!\w)"),
    _evidence("x86_64", "gas", 2, r"(?<!\w)\$-?(?:[0-9]|0x)\w*\s*,"),
    _evidence("x86_64", "gas", SURE, r"^\s*\.att_syntax"),
    _evidence("x86_64", "intel", SURE, r"^\s*\.intel_syntax"),
    _evidence("x86_64", "intel", 3, _MASM_OPERAND),
    _evidence("x86_64", "intel", 1, _BARE_REGISTER),
    _evidence("x86_64", "gas", 1, _GAS_DIRECTIVE),
    _evidence("x86_64", "intel", 1, _GAS_DIRECTIVE),
    _evidence("x86_64", "nasm", 1, _BARE_REGISTER),
    _evidence("x86_64", "nasm", 6, _NASM_SECTION),
    _evidence("x86_64", "nasm", 6, _NASM_DATA),
    _evidence("x86_64", "nasm", 6, _NASM_MACRO),
    _evidence("x86_64", "nasm", 3, _NASM_OPERAND),
    _evidence("x86_64", "nasm", 1, r"^\s*;|\S\s+;"),
)


_STRING = re.compile(r'"(?:\\.|[^"\\])*"')
_COMMENT = re.compile(r"//.*|(?<!\S)#(?!\d|:|-|0x).*")
LINES_READ = 3000


def detect(source: Source) -> Detection:
    """What `source` is to be read as: what was given, completed by what its text shows.

    Raises:
        InputError: an architecture or syntax that there is not, or that do not go together.
    """
    arch, syntax = source.arch, source.syntax
    if arch != "auto" and arch not in ARCHITECTURES:
        raise InputError(f"Unknown architecture {arch!r}: choose one of {', '.join(ARCHITECTURES)} or auto.")
    if syntax not in ("auto", "gas", "intel", "nasm"):
        raise InputError(f"Unknown syntax {syntax!r}: choose one of auto, gas, intel, nasm.")
    if arch == "auto" and syntax in ("intel", "nasm"):
        arch = "x86_64"
    if arch == "aarch64" and syntax == "auto":
        return Detection(arch, "gas", "")
    if arch != "auto" and syntax != "auto":
        if syntax not in architecture(arch).syntaxes:
            raise InputError(f"{architecture(arch).title} has no {syntax} syntax: choose gas.")
        return Detection(arch, syntax, "")
    return _detected(source.text, arch, syntax)


def _detected(text: str, arch: str, syntax: str) -> Detection:
    scores: dict[tuple[str, str], int] = {}
    shown: dict[tuple[str, str], tuple[int, int, str]] = {}
    for number, line in enumerate(text.splitlines()[:LINES_READ], 1):
        bare = _COMMENT.sub("", _STRING.sub('""', line))
        code = bare.partition(";")[0]
        for evidence in EVIDENCE:
            if (arch != "auto" and evidence.arch != arch) or (syntax != "auto" and evidence.syntax != syntax):
                continue
            found = evidence.pattern.search(bare if ";" in evidence.pattern.pattern else code)
            if found is None:
                continue
            key = evidence.arch, evidence.syntax
            scores[key] = scores.get(key, 0) + evidence.weight
            best = shown.get(key)
            if best is None or evidence.weight > best[0]:
                shown[key] = evidence.weight, number, found.group().strip()
    if not scores:
        fallback = ("x86_64" if arch == "auto" else arch, "gas" if syntax == "auto" else syntax)
        return Detection(*fallback, f"{NAMES[fallback]} (nothing in the text tells: assumed)")
    key = max(scores, key=lambda found: scores[found])
    _, line_number, token = shown[key]
    return Detection(*key, f"{NAMES[key]} (detected from {token}, line {line_number})")
