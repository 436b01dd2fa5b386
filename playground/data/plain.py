"""Plain assembly text for models that continue code: an answer in the compilers' own spelling, its blocks in any order.

A person who stops in the middle of a function may have laid it out as no compiler does, the loop's end before its body
for instance: who has only seen compilers' order then runs on into a block that stands elsewhere.
"""

import re
from collections.abc import Sequence
from random import Random

JUMP = {"aarch64": "b", "x86_64": "jmp"}
ENDS = {"aarch64": ("b", "br", "ret"), "x86_64": ("jmp", "ret")}
"""Instructions behind which the next line is not reached."""

REORDERED_SHARE = 0.6
SPACED_SHARE = 0.7
FRAME_INFORMATION_SHARE = 0.5

FIRST_LABEL = 2
"""gcc's own first local label is .L2."""

_LABEL = re.compile(r"\.L\d+")
_STACK = re.compile(r"(sub|add) sp,sp,(\d+)")


def plain_text(assembly: str, arch: str, random: Random) -> str:
    """Canonical `assembly` (see `canonical`) as a compiler would print it: tabs or four columns, a space behind commas.

    Half of the AArch64 texts have call frame information (gas manual, "CFI directives").
    """
    lines = assembly.splitlines()
    if random.random() < REORDERED_SHARE and _is_one_piece(lines):
        lines = reordered(lines, arch, random)
    lines = _renumbered(lines)
    informed = arch == "aarch64" and random.random() < FRAME_INFORMATION_SHARE and _is_one_piece(lines)
    spelled = _with_frame_information(lines) if informed else lines
    text = "".join(f"{_spelled(line, arch)}\n" for line in spelled)
    return text.expandtabs(4) if random.random() < SPACED_SHARE else text


def reordered(lines: Sequence[str], arch: str, random: Random) -> list[str]:
    """The blocks behind the first one shuffled, with a jump wherever one ran on into the next.

    `lines` are those of one function, without directives.
    """
    first, *rest = _blocks(lines)
    following = [block[0].rstrip(":") for block in rest]
    linked = [
        block if _ends(block, arch) else [*block, f" {JUMP[arch]} {label}"]
        for block, label in zip((first, *rest), (*following, ""), strict=True)
    ]
    behind = linked[1:]
    random.shuffle(behind)
    return [line for block in (linked[0], *behind) for line in block]


def _is_one_piece(lines: Sequence[str]) -> bool:
    """One function, and nothing that has to stay where it is, such as a table."""
    names = [line for line in lines if not line.startswith((" ", ".L"))]
    return len(names) == 1 and not any(line.startswith(" .") for line in lines)


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """Cut in front of every local label; labels that share a place stay together."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if _LABEL.match(line) and any(inside.startswith(" ") for inside in blocks[-1]):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _ends(block: Sequence[str], arch: str) -> bool:
    return block[-1].split()[0] in ENDS[arch]


def _renumbered(lines: Sequence[str]) -> list[str]:
    """Local labels in the order in which the text first names them."""
    text = "\n".join(lines)
    numbers = {label: FIRST_LABEL + place for place, label in enumerate(dict.fromkeys(_LABEL.findall(text)))}
    return _LABEL.sub(lambda found: f".L{numbers[found[0]]}", text).split("\n")


def _with_frame_information(lines: Sequence[str]) -> list[str]:
    name, *body = lines
    informed = [name, ".LFB0:", " .cfi_startproc"]
    for line in body:
        informed.append(line)
        if moved := _STACK.fullmatch(line.strip()):
            informed.append(f" .cfi_def_cfa_offset {moved[2] if moved[1] == 'sub' else 0}")
    return [*informed, " .cfi_endproc"]


def _spelled(line: str, arch: str) -> str:
    """``\\tsub\\tsp, sp, #48``: on AArch64 gcc prints ``#`` before a number in these instructions alone at -O0."""
    if not line.startswith(" "):
        return line
    mnemonic, _, operands = line.strip().partition(" ")
    operands = re.sub(r",(?! )", ", ", operands)
    if arch == "aarch64" and mnemonic in ("sub", "cmn"):
        operands = re.sub(r"(?<= )(\d+)$", r"#\1", operands)
    return f"\t{mnemonic}\t{operands}" if operands else f"\t{mnemonic}"
