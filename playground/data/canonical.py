"""Canonical assembly: what a model learns to write. Few tokens, one spelling, still accepted by GNU as and by ours.

The spelling is the one that was counted for SmolLM2's tokenizer: one leading space, no tab, no space after commas, no
``#`` before numbers, local labels ``.L1``, ``.L2`` … in order of appearance.
"""

import re

_DROPPED = re.compile(
    r"^\s*\.(?:file|ident|cfi_\w+|type|size|globl|global|loc|addrsig\w*|build_version|arch|arch_extension|cpu|weak|hidden"
    r"|local|p2align|align|intel_syntax|att_syntax)\b"
)
_COMMENT = {"aarch64": re.compile(r"\s*//.*$"), "x86_64": re.compile(r"\s*#.*$")}
_LABEL_NAME = re.compile(r"(?<![\w.])\.L[\w.$]*")
_HASH = re.compile(r"#(?=[-\w:.])")
_NOTE = re.compile(r"^\.section\s+\.note\b")
"""Notes to the linker, behind everything else."""
ENTRY = " .globl main\n"
"""A program's entry has to be seen by the linker; a function's name is known to whoever asked for it."""
_ENTRY = re.compile(r"^\.globa?l main$")
_JUMP = re.compile(r" b (\.L[\w.$]*)$")
_KEPT_ALIGNMENT = re.compile(r"^\s*\.(?:p2align|align)\b")


def canonical(assembly: str, arch: str) -> str:
    """The canonical spelling of a function's assembly (as `units.split_unit` gives it), ending in a newline."""
    lines: list[str] = []
    in_text = True
    for raw in assembly.splitlines():
        line = _plain(raw, arch)
        if not line:
            continue
        if _NOTE.match(line):
            break
        if line.startswith((".section", ".text", ".data")):
            section = _section(line)
            in_text = section == ".text"
            if not in_text or lines:
                lines.append(f" {section}")
            continue
        if _ENTRY.match(line):
            lines.append(ENTRY.rstrip())
            continue
        if _DROPPED.match(line) and not (not in_text and _KEPT_ALIGNMENT.match(line)):
            continue
        lines.append(line if line.endswith(":") else f" {line}")
    return _number_labels(_returning_at_once(_without_repeats(lines))) + "\n"


def _plain(raw: str, arch: str) -> str:
    """One line without comment, with single spaces and none after commas; strings are left as they are."""
    if '"' in raw:
        return " ".join(raw.strip().split(None, 1))
    line = _COMMENT[arch].sub("", raw).strip().replace("__isoc99_", "")  # scanf's name in C99; both link
    if arch == "aarch64":
        line = _HASH.sub("", line)
    return re.sub(r"\s*,\s*", ",", re.sub(r"\s+", " ", line))


def _section(line: str) -> str:
    """Read-only data of every kind is ``.section .rodata``, code of every kind ``.text``."""
    if line.startswith((".text", ".section .text", ".section\t.text")):
        return ".text"
    return ".section .rodata" if "rodata" in line else line


def _without_repeats(lines: list[str]) -> list[str]:
    """A section directive that names the section already chosen says nothing."""
    kept: list[str] = []
    current = " .text"
    for line in lines:
        if line.startswith((" .section", " .text", " .data")):
            if line == current:
                continue
            current = line
        kept.append(line)
    return kept


def _returning_at_once(lines: list[str]) -> list[str]:
    """AArch64's jump to where nothing but ``ret`` stands is that ``ret``, as gcc writes it for x86-64 by itself."""
    bare: set[str] = set()
    waiting: list[str] = []
    for line in lines:
        if line.endswith(":"):
            waiting.append(line[:-1])
            continue
        if line == " ret":
            bare.update(waiting)
        waiting.clear()
    return [" ret" if (jump := _JUMP.match(line)) and jump[1] in bare else line for line in lines]


def _number_labels(lines: list[str]) -> str:
    """Local labels renamed in order of appearance; labels that nothing refers to are dropped."""
    text = "\n".join(lines)
    references = _LABEL_NAME.findall(re.sub(r"^\.L[\w.$]*:", "", text, flags=re.MULTILINE))
    used = set(references)
    names: dict[str, str] = {}

    def rename(match: re.Match[str]) -> str:
        return names.setdefault(match[0], f".L{len(names) + 1}")

    kept = [line for line in lines if not (line.startswith(".L") and line[:-1] not in used)]
    return _LABEL_NAME.sub(rename, "\n".join(kept))
