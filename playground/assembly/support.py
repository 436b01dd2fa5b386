"""What each dialect supports, as a table for people, made from the tables that do the work."""

from collections.abc import Mapping

from playground.assembly.aarch64.branches import LACKING_OPERATORS, PLACES
from playground.assembly.aarch64.extensions import ROWS, UNSUPPORTED
from playground.assembly.aarch64.hints import HINTS, PLAIN
from playground.assembly.aarch64.low_parts import OPERATORS
from playground.assembly.aarch64.mnemonics import mnemonics
from playground.assembly.aarch64.moves import GROUPS
from playground.assembly.conditionals import CONDITIONAL_NAMES
from playground.assembly.directives import DIRECTIVES, IGNORED, LACKING, REFUSED, UNWIND
from playground.assembly.directives_data import DATA_DIRECTIVES
from playground.assembly.directives_sections import SECTION_DIRECTIVES
from playground.assembly.directives_symbols import SYMBOL_DIRECTIVES
from playground.assembly.gas import BLOCK_DIRECTIVES
from playground.assembly.x86.families import known_mnemonics
from playground.assembly.x86.intel import SIZES
from playground.assembly.x86.nasm_data import DATA, RESERVE
from playground.assembly.x86.nasm_directives import DIRECTIVES as NASM_DIRECTIVES
from playground.assembly.x86.nasm_directives import LACKING as NASM_LACKING
from playground.assembly.x86.nasm_operands import SIZES as NASM_SIZES
from playground.assembly.x86.nasm_operands import WRT
from playground.assembly.x86.nasm_preprocessor import DIRECTIVE_NAMES
from playground.assembly.x86.nasm_preprocessor import LACKING as PREPROCESSOR_LACKING
from playground.assembly.x86.relocations import KINDS

_OTHER_DIRECTIVES = frozenset(DIRECTIVES) - {
    *DATA_DIRECTIVES, *SECTION_DIRECTIVES, *SYMBOL_DIRECTIVES, *IGNORED, *UNWIND, *REFUSED, *BLOCK_DIRECTIVES,
}  # fmt: skip

GAS_ROWS: Mapping[str, frozenset[str]] = {
    "sections, alignment": frozenset(SECTION_DIRECTIVES),
    "symbols": frozenset(SYMBOL_DIRECTIVES),
    "data": frozenset(DATA_DIRECTIVES),
    "macros, repetition": frozenset(BLOCK_DIRECTIVES),
    "conditionals": CONDITIONAL_NAMES,
    "other": _OTHER_DIRECTIVES,
    "kept for an unwinder": UNWIND,
    "read and ignored": IGNORED,
    "refused: reads files": REFUSED,
    "not supported (unscored)": LACKING,
}
"""Directives of GNU as, by what becomes of them."""

AARCH64_ROWS: Mapping[str, frozenset[str]] = {
    "encoded here: places": frozenset(PLACES),
    "encoded here: hints, pointer authentication": frozenset({*HINTS, *PLAIN}),
    "encoded here: extensions that Keystone lacks": frozenset(ROWS),
    "relocation operators": frozenset(f":{name}:" for name in {*OPERATORS, *GROUPS}),
    "relocation operators not supported (unscored)": frozenset(f":{name}:" for name in LACKING_OPERATORS),
    "extensions not supported (unscored), besides SVE and SME": UNSUPPORTED,
}

X86_ROWS: Mapping[str, frozenset[str]] = {
    "AT&T and Intel: relocation operators": frozenset(f"@{operator}" for _, operator in KINDS if operator),
    "Intel: operand sizes before PTR": frozenset(SIZES),
    "NASM: data and reservation": frozenset({*DATA, *RESERVE, "times"}),
    "NASM: directives": frozenset(NASM_DIRECTIVES) - NASM_LACKING,
    "NASM: preprocessor": frozenset(f"%{name}" for name in DIRECTIVE_NAMES),
    "NASM: not supported (unscored)": NASM_LACKING | {f"%{name}" for name in PREPROCESSOR_LACKING},
    "NASM: operand sizes": frozenset(NASM_SIZES),
    "NASM: wrt": frozenset(WRT),
}


def support_table() -> str:
    """Markdown: one row per group of directives and instructions, for GNU as text and for each architecture."""
    lines = ["| | Supported |", "|---|---|"]
    lines += [_row(f"GAS directives: {title}", names) for title, names in GAS_ROWS.items()]
    lines += [_row(f"aarch64, {title}", names) for title, names in AARCH64_ROWS.items()]
    lines += [_row(f"x86-64, {title}", names) for title, names in X86_ROWS.items()]
    lines.append(
        f"| aarch64 mnemonics known | {len(mnemonics())}: an unknown one of them is our gap, any other a mistake |"
    )
    lines.append(f"| x86-64 mnemonics known | {len(known_mnemonics())} without size suffixes: likewise |")
    return "\n".join(lines) + "\n"


def _row(title: str, names: frozenset[str]) -> str:
    return f"| {title} | {' '.join(f'`{name}`' for name in sorted(names))} |"
