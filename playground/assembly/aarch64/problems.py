"""How the encoder says no, before the statement's line is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a statement; `offset` counts columns from the operands' start, None means the mnemonic."""

    message: str
    token: str = ""
    hint: str = ""
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something valid that is not supported."""

    name: str
    message: str


class Rejected(Exception):
    """Raised inside this package only; becomes a Diagnostic."""

    def __init__(self, message: str, token: str = "", hint: str = "", offset: int | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(message, token, hint, offset)


class NotSupported(Exception):
    """Raised inside this package only; becomes a Gap."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.missing = Missing(name, message)
