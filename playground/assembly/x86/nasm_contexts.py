"""NASM's context stack: ``%push``, ``%pop``, ``%repl`` and the names that start with ``%$`` (NASM manual, 4.7)."""

import re
from dataclasses import dataclass, field

from playground.assembly import limits
from playground.assembly.x86.nasm_macros import PreprocessorError
from playground.assembly.x86.nasm_numbers import STRING

_LOCAL = re.compile(rf"({STRING})|%(\$+)([A-Za-z_][\w.]*)")


@dataclass
class Contexts:
    """The contexts that are open, the innermost last."""

    stack: list[tuple[str, int]] = field(default_factory=list)
    """Name (in lower case, may be empty) and serial number."""
    serial: int = 0

    def push(self, text: str) -> None:
        if len(self.stack) >= limits.MACRO_DEPTH:
            raise limits.LimitReached(f"contexts nested deeper than {limits.MACRO_DEPTH}")
        self.serial += 1
        self.stack.append((text.strip().lower(), self.serial))

    def pop(self, text: str) -> None:
        """``%pop [name]``

        Raises:
            PreprocessorError: no context is open, or another one.
        """
        self._require(text)
        self.stack.pop()

    def rename(self, text: str) -> None:
        """``%repl name``"""
        self._require("")
        self.stack[-1] = text.strip().lower(), self.stack[-1][1]

    def is_current(self, text: str) -> bool:
        """``%ifctx name``"""
        return bool(self.stack) and self.stack[-1][0] == text.strip().lower()

    def _require(self, text: str) -> None:
        name = text.strip()
        if not self.stack:
            raise PreprocessorError("no context is open", name or "%pop", "%push name opens one")
        if name and not self.is_current(name):
            raise PreprocessorError(f"the open context is {self.stack[-1][0]!r}, not {name!r}", name)

    def fill_in(self, line: str) -> str:
        """`line` with ``%$name`` (the innermost context's), ``%$$name`` (the next one's) … as plain names.

        Raises:
            PreprocessorError: there is no such context.
        """

        def replacement(found: re.Match[str]) -> str:
            if found[1]:
                return found[1]
            depth = len(found[2])
            if depth > len(self.stack):
                raise PreprocessorError(f"no context is open for {found.group()}", found.group(), "%push opens one")
            return f"..@context{self.stack[-depth][1]}.{found[3]}"

        return _LOCAL.sub(replacement, line)
