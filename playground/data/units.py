"""Many functions in one translation unit: compiled together, split apart again.

Starting a compiler costs more than compiling a small function, so hundreds share a call. Each function's names are made
unique by the preprocessor and restored in its assembly.
"""

import re
from collections.abc import Sequence

from playground.data.function import CFunction

_DEFINED = re.compile(
    r"^(?:__attribute__\(\(\w+\)\)\s*)?(?:static\s+)?\w[\w\s*]*?\b(\w+)\s*\([^;{]*\)\s*\{", re.MULTILINE
)
_TAG = re.compile(r"^(?:struct|union|enum)\s+(\w+)\s*\{", re.MULTILINE)
_LABEL = re.compile(r"^([A-Za-z_.$][\w.$]*):")
_NAME = re.compile(r"(?<![\w.])[A-Za-z_.][\w.$]*")  # $ stands before a name in AT&T syntax
_ALIAS = re.compile(r"\s*\.set\s+(\.L[\w.$]+),\s*(\.L[\w.$]+)(?:\+(\d+))?$")
_LONG_BYTES = 4
_SECTION = re.compile(r"^\s*\.(?:section|text|data|bss)\b")


def unit_source(functions: Sequence[CFunction]) -> str:
    """One translation unit, of one language, in which function i's names carry the prefix ``u{i}_``."""
    lines = [line for function in functions for line in function.source.splitlines()]
    parts = list(dict.fromkeys(line for line in lines if line.startswith("#include")))
    is_cplusplus = any(function.language == "c++" for function in functions)
    parts += ['extern "C" {'] * is_cplusplus
    for index, function in enumerate(functions):
        names = [*defined_names(function.source), *_TAG.findall(function.source)]
        parts += [f"#define {name} u{index}_{name}" for name in names]
        parts += [line for line in function.source.splitlines() if not line.startswith("#include")]
        parts += [f"#undef {name}" for name in names]
    return "\n".join([*parts, *["}"] * is_cplusplus]) + "\n"


def defined_names(source: str) -> list[str]:
    """The functions that a source defines, in order (``if (x) {`` and its like are none)."""
    keywords = {"if", "while", "for", "switch", "return", "else", "do", "sizeof"}
    return [name for name in dict.fromkeys(_DEFINED.findall(source)) if name not in keywords]


def split_unit(assembly: str, functions: Sequence[CFunction]) -> list[str | None]:
    """Each function's own assembly text, with the constants that it refers to; None where the compiler dropped it.

    The text holds ``.text``, the helpers, the function and, behind them, ``.section .rodata`` blocks.
    """
    code, constants = _blocks(assembly)
    return [_one(index, code, constants) for index, _ in enumerate(functions)]


def _one(index: int, code: dict[str, list[str]], constants: dict[str, list[str]]) -> str | None:
    prefix = f"u{index}_"
    mine = [lines for name, lines in code.items() if name.startswith(prefix)]
    if not mine:
        return None
    body = [line for lines in mine for line in lines]
    wanted = _closure("\n".join(body), constants)
    text = "\n".join([" .text", *body, *wanted])
    return re.sub(rf"\b{prefix}", "", text) + "\n"


def _closure(text: str, constants: dict[str, list[str]]) -> list[str]:
    """The constant blocks that a text refers to, directly or through other blocks, in file order."""
    wanted: set[str] = set()
    pending = set(_NAME.findall(text)) & constants.keys()
    while pending:
        wanted |= pending
        inner = "\n".join(line for name in pending for line in constants[name])
        pending = (set(_NAME.findall(inner)) & constants.keys()) - wanted
    return [line for name, lines in constants.items() if name in wanted for line in lines]


def _blocks(assembly: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """(function name -> its lines in .text, constant label -> its lines with section and alignment in front)."""
    code: dict[str, list[str]] = {}
    constants: dict[str, list[str]] = {}
    section, alignment, name, constant = ".text", "", "", ""
    aliases: list[tuple[str, str, int]] = []
    for line in assembly.splitlines():
        stripped = line.strip()
        if alias := _ALIAS.match(line):
            aliases.append((alias[1], alias[2], int(alias[3] or 0)))
            continue
        if _SECTION.match(line):
            section, name, constant = stripped, "", ""
            continue
        label = _LABEL.match(line)
        if section.startswith((".text", ".section\t.text", ".section .text")):
            if label and re.match(r"u\d+_", label[1]):
                name = label[1]
                code[name] = [line]
            elif name:
                code[name].append(line)
                if stripped.startswith(".size"):
                    name = ""
            continue
        if stripped.startswith((".align", ".p2align", ".balign")):
            alignment = line
        elif label:
            constant = label[1]
            constants[constant] = [f" {section}", *([alignment] if alignment else []), line]
        elif constant and not stripped.startswith((".type", ".size")):  # they may speak of the next one
            constants[constant].append(line)
    for name, target, offset in aliases:
        if target in constants:
            constants[name] = _end_of(constants[target], name, offset)
    return code, constants


def _end_of(block: list[str], name: str, offset: int) -> list[str]:
    """A constant that gcc placed inside another one, a ``float`` in a ``double``: with the words from there on."""
    words = [line for line in block if line.strip().startswith(".long")]
    return [block[0], f" .align {_LONG_BYTES}", f"{name}:", *words[offset // _LONG_BYTES :]]
