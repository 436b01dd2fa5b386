"""The assembly inside a model's reply: a fenced block, the text behind the announcement, or the bare lines."""

import re
from dataclasses import dataclass

from playground.assembly.detect import detect
from playground.assembly.line_kinds import LineKind, line_kinds
from playground.assembly.program import Source
from playground.assembly.words import word_set


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """Assembly found in a reply."""

    text: str
    line: int
    """Line of the reply, from 1, at which `text` starts; its later lines follow one to one."""
    how: str
    """``fenced block``, ``2 fenced blocks``, ``unclosed fence``, ``announced text`` or ``bare text``."""


BARE = ("announced text", "bare text")
"""What `Extraction.how` says of assembly outside fences."""

_END_MARKS = re.compile(
    r"<\|(?:im_end|endoftext|eot_id|end_of_text|end|file_sep|fim_pad|user|im_start\|>(?!assistant))\|?>?|</s>|<EOT>|<\|EOT\|>"
)
_START_MARK = re.compile(r"\A\s*(?:<\|im_start\|>assistant|<\|assistant\|>|<s>|\[/INST\])[ \t]*\n?")
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[ \t]*([^\s`]*)[^\n]*$")
_ANNOUNCEMENT = re.compile(
    r"^[^\n:]*\b(?:assembler|assembly|asm)\b[^\n:]*(?:code|program|function|version|follow\w*|it)?\s*:\s*\**$", re.I
)
_LABEL = re.compile(r"^\s*([A-Za-z_.$][\w.$]*):", re.MULTILINE)

OTHER_LANGUAGES = word_set(
    """
    c cpp c++ cc h hpp python py bash sh shell console makefile make rust go java js json text-output output
    """
)


@dataclass(frozen=True)
class _Block:
    """Lines `first` (from 0) up to `end` of the reply."""

    first: int
    end: int
    language: str = ""
    closed: bool = True


def extract(reply: str, arch: str | None = None) -> Extraction | None:
    """The assembly in `reply`; None when there is none.

    Of several fenced blocks, those that are assembly (and of `arch`, when some are) are joined; of blocks that define
    the same label only the longest counts.
    """
    lines = _cleaned(reply).split("\n")
    blocks = _fences(lines)
    chosen = _chosen(lines, [block for block in blocks if _is_assembly(lines, block)], arch)
    if chosen:
        return _joined(lines, chosen)
    outside = _without(lines, blocks)
    announced = [index for index, line in enumerate(outside) if _ANNOUNCEMENT.match(line)]
    kinds = line_kinds(outside)
    for start in reversed(announced):
        if region := _region(outside, kinds, start + 1):
            return _extraction(lines, region, "announced text")
    region = _region(outside, kinds, 0)
    return _extraction(lines, region, "bare text") if region else None


def _cleaned(reply: str) -> str:
    """The reply without chat marks: those in front become nothing, the first behind the answer ends it."""
    text = reply.replace("\r\n", "\n")
    start = _START_MARK.match(text)
    if start:
        text = "\n" * start.group().count("\n") + text[start.end() :]
    end = _END_MARKS.search(text)
    return text[: end.start()] if end else text


def _fences(lines: list[str]) -> list[_Block]:
    blocks: list[_Block] = []
    opened: tuple[int, str, str] | None = None
    for index, line in enumerate(lines):
        found = _FENCE.match(line)
        if found is None:
            continue
        if opened is None:
            opened = index + 1, found[1][0], found[2].lower().strip("{}.")
        elif found[1][0] == opened[1]:
            blocks.append(_Block(opened[0], index, opened[2]))
            opened = (index + 1, found[1][0], found[2].lower()) if found[2] else None
    if opened is not None:
        blocks.append(_Block(opened[0], len(lines), opened[2], closed=False))
    return blocks


def _is_assembly(lines: list[str], block: _Block) -> bool:
    kinds = line_kinds([line for line in lines[block.first : block.end] if line.strip()])
    assembly, other = kinds.count(LineKind.ASSEMBLY), kinds.count(LineKind.OTHER)
    return assembly > (2 * other if block.language in OTHER_LANGUAGES else other)


def _text(lines: list[str], block: _Block) -> str:
    return "\n".join(lines[block.first : block.end])


def _chosen(lines: list[str], blocks: list[_Block], arch: str | None) -> list[_Block]:
    """The blocks that make up the answer, in order."""
    if arch and len(blocks) > 1:
        fitting = [block for block in blocks if detect(Source(text=_text(lines, block), arch="auto")).arch == arch]
        blocks = fitting or blocks
    kept: list[_Block] = []
    for block in sorted(blocks, key=lambda block: block.first - block.end):
        labels = set(_LABEL.findall(_text(lines, block)))
        taken = {label for other in kept for label in _LABEL.findall(_text(lines, other))}
        if not kept or (labels and not labels & taken):
            kept.append(block)
    return sorted(kept, key=lambda block: block.first)


def _joined(lines: list[str], blocks: list[_Block]) -> Extraction:
    """One text with blank lines in between, so that line numbers still agree with the reply's."""
    first, end = blocks[0].first, blocks[-1].end
    inside = {index for block in blocks for index in range(block.first, block.end)}
    text = "\n".join(lines[index] if index in inside else "" for index in range(first, end))
    how = "fenced block" if len(blocks) == 1 else f"{len(blocks)} fenced blocks"
    return Extraction(text=text + "\n", line=first + 1, how=how if blocks[-1].closed else "unclosed fence")


def _without(lines: list[str], blocks: list[_Block]) -> list[str]:
    """The lines, with fenced blocks (which are no assembly) and their fences made to end any assembly around them."""
    outside = list(lines)
    for block in blocks:
        for index in range(block.first - 1, min(block.end + 1, len(lines))):
            outside[index] = "```"
    return outside


def _region(lines: list[str], kinds: list[LineKind], start: int) -> _Block | None:
    """The run of lines from `start` on with the most assembly, without prose at its ends."""
    best: tuple[int, _Block] | None = None
    first, last, count = -1, -1, 0
    for index in range(start, len(lines) + 1):
        kind = kinds[index] if index < len(lines) and lines[index] != "```" else LineKind.OTHER
        if kind is LineKind.ASSEMBLY:
            first = index if first < 0 else first
            last, count = index, count + 1
        elif kind is LineKind.OTHER:
            if count and (best is None or count > best[0]):
                best = count, _Block(first, last + 1)
            first, last, count = -1, -1, 0
    return best[1] if best else None


def _extraction(lines: list[str], region: _Block, how: str) -> Extraction:
    return Extraction(text=_text(lines, region) + "\n", line=region.first + 1, how=how)
