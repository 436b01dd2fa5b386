"""The table of GNU as directives: handled, ignored, refused, or lacking."""

import difflib
from typing import TYPE_CHECKING

from playground.assembly.directive import DirectiveError, Handler
from playground.assembly.directives_data import DATA_DIRECTIVES
from playground.assembly.directives_sections import SECTION_DIRECTIVES
from playground.assembly.directives_symbols import SYMBOL_DIRECTIVES
from playground.assembly.lexer import Statement
from playground.assembly.words import word_set

if TYPE_CHECKING:
    from playground.assembly.gas import GasReader


def _ignore(reader: "GasReader", statement: Statement) -> None:
    """Says nothing that changes the program."""


def _refuse(reader: "GasReader", statement: Statement) -> None:
    raise DirectiveError(
        f"{statement.name} reads a file of this machine, which is refused",
        statement.name,
        "put the contents into the source",
    )


def _unwind(reader: "GasReader", statement: Statement) -> None:
    reader.builder.unwind.append(f"{statement.name} {statement.rest}".rstrip())


PREFIXED_INTEL = "intel prefix"
"""``.intel_syntax prefix``: Intel operands whose registers carry a percent sign. Without an argument both are read."""


def _syntax(name: str) -> Handler:
    def handle(reader: "GasReader", statement: Statement) -> None:
        if reader.builder.arch != "x86_64":
            raise DirectiveError(f"{statement.name} belongs to x86-64", statement.name, "this is an aarch64 file")
        if name == "gas" and statement.rest.strip() == "noprefix":
            reader.builder.lack(reader.line, ".att_syntax noprefix", "not supported: .att_syntax noprefix")
        prefixed = name == "intel" and statement.rest.strip() == "prefix"
        reader.builder.syntax = PREFIXED_INTEL if prefixed else name

    return handle


def _end(reader: "GasReader", statement: Statement) -> None:
    reader.ended = True


def _message(*, is_error: bool) -> Handler:
    def handle(reader: "GasReader", statement: Statement) -> None:
        text = statement.rest.strip('"') or f"{statement.name} was reached"
        if is_error:
            raise DirectiveError(text, statement.name)
        reader.builder.warn(reader.line, statement.column, text, statement.name)

    return handle


def _descriptor_call(reader: "GasReader", statement: Statement) -> None:
    """``.tlsdesccall symbol`` marks the call behind it, which a static image does without."""
    if reader.builder.arch != "aarch64":
        raise DirectiveError(f"{statement.name} is an aarch64 directive", statement.name)
    reader.drops_call = True


def _forget_macro(reader: "GasReader", statement: Statement) -> None:
    if reader.macros.pop(statement.rest.strip().lower(), None) is None:
        raise DirectiveError(f"there is no macro {statement.rest.strip()!r}", statement.rest)


def _forget_alias(reader: "GasReader", statement: Statement) -> None:
    reader.aliases.pop(statement.rest.strip().lower(), None)


def _stray(reader: "GasReader", statement: Statement) -> None:
    raise DirectiveError(f"{statement.name} without its opening directive", statement.name)


IGNORED = word_set(
    """
    .file .loc .ident .arch .cpu .arch_extension .addrsig .addrsig_sym .line .ln .list .nolist .title .sbttl
    .psize .eject .version .print .code64 .loc_mark_labels .tune .gnu_attribute .variant_pcs .noaltmacro .linkonce
    .appfile .appline .allow_index_reg .disallow_index_reg .sse_check .operand_check .build_version
    .subsections_via_symbols .no_dead_strip .view .attach_to_group
    """
)
"""Directives for debuggers, linkers and listings."""

LACKING = word_set(
    """
    .altmacro .reloc .bundle_align_mode .bundle_lock .bundle_unlock .base64 .code32
    .code16 .code16gcc .func .endfunc .desc .stabs .stabn .stabd .def .endef .scl .dim .tag .val .tlsdescadd
    .tlsdescldr .vtable_entry .vtable_inherit .largecomm .lbss .bfloat16 .ldouble .tfloat .hfloat .ds.x .dc.x
    .dcb.x .secrel32 .even .lflags .mri .cfi_inline_lsda
    """
)
"""Directives of GNU as that are valid and not supported here."""

_UNWIND_NAMES = """
    startproc endproc sections personality personality_id lsda fde_data def_cfa def_cfa_register def_cfa_offset
    adjust_cfa_offset def_aspace_cfa offset val_offset rel_offset register restore undefined same_value
    remember_state restore_state return_column signal_frame window_save escape val_encoded_addr label b_key_frame
    negate_ra_state llvm_def_aspace_cfa mte_tagged_frame
"""
UNWIND = frozenset(f".cfi_{name}" for name in word_set(_UNWIND_NAMES))
"""Call frame information: kept as written, not needed to run."""

REFUSED = frozenset({".include", ".incbin"})
"""Directives that read a file."""

DIRECTIVES: dict[str, Handler] = {
    **DATA_DIRECTIVES,
    **SECTION_DIRECTIVES,
    **SYMBOL_DIRECTIVES,
    **dict.fromkeys(IGNORED, _ignore),
    **dict.fromkeys(UNWIND, _unwind),
    **dict.fromkeys(REFUSED, _refuse),
    ".intel_syntax": _syntax("intel"),
    ".att_syntax": _syntax("gas"),
    ".end": _end,
    ".err": _message(is_error=True),
    ".error": _message(is_error=True),
    ".abort": _message(is_error=True),
    ".fail": _message(is_error=True),
    ".warning": _message(is_error=False),
    ".tlsdesccall": _descriptor_call,
    ".purgem": _forget_macro,
    ".unreq": _forget_alias,
    ".endm": _stray,
    ".endmacro": _stray,
    ".endr": _stray,
}


def explain_unknown(reader: "GasReader", statement: Statement) -> None:
    """A directive that is not in the table: a gap of ours when GNU as has it, else the writer's mistake.

    Raises:
        DirectiveError: no assembler has it.
    """
    name = statement.name
    if name in LACKING or name.startswith(".debug_"):
        reader.builder.lack(reader.line, name, f"not supported: the directive {name}")
        return
    near = difflib.get_close_matches(name, DIRECTIVES, 1, 0.75)
    hint = f"did you mean {near[0]}?" if near else ""
    raise DirectiveError(f"unknown directive {name}", name, hint, offset=statement.column - statement.rest_column)
