"""What directive handlers share: their error, and small readers of operands."""

from typing import TYPE_CHECKING, Protocol

from playground.assembly.lexer import Statement
from playground.assembly.strings import split_commas

if TYPE_CHECKING:
    from playground.assembly.gas import GasReader


class DirectiveError(ValueError):
    """A directive's operands are wrong; `offset` counts from the operands' first column."""

    def __init__(self, message: str, token: str = "", hint: str = "", offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.token = token
        self.hint = hint
        self.offset = offset


class Handler(Protocol):
    """One directive."""

    def __call__(self, reader: "GasReader", statement: Statement, /) -> None: ...


def operands(statement: Statement, least: int, most: int | None = None) -> list[str]:
    """The operands between commas.

    Raises:
        DirectiveError: fewer than `least` or more than `most`.
    """
    pieces = [piece for piece, _ in split_commas(statement.rest)]
    if len(pieces) < least or (least and not pieces[0]):
        raise DirectiveError(
            f"{statement.name} needs {'an operand' if least == 1 else f'{least} operands'}", statement.name
        )
    if most is not None and len(pieces) > most:
        raise DirectiveError(f"{statement.name} takes at most {most} operands, got {len(pieces)}", pieces[most])
    return pieces


def symbol_name(text: str) -> str:
    """A symbol as written, without quotes.

    Raises:
        DirectiveError: no symbol.
    """
    name = text.strip()
    if len(name) > 2 and name[0] == name[-1] == '"':
        return name[1:-1]
    if not name or not (name[0].isalpha() or name[0] in "_.$") or any(c.isspace() or c in "()+-*/," for c in name):
        raise DirectiveError(f"expected a symbol name, got {name!r}", name)
    return name
