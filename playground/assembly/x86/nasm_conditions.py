"""NASM's ``%if`` and its relatives (NASM manual, 4.4)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.assembly.x86.nasm_macros import PreprocessorError
from playground.assembly.x86.nasm_numbers import STRING, nasm_number

if TYPE_CHECKING:
    from playground.assembly.x86.nasm_preprocessor import Preprocessor


@dataclass
class _Branch:
    taken: bool
    """A branch was taken already."""
    active: bool
    outer: bool


@dataclass
class Conditions:
    """The conditionals that are open."""

    preprocessor: "Preprocessor"
    branches: list[_Branch] = field(default_factory=list)

    @property
    def active(self) -> bool:
        return not self.branches or self.branches[-1].active

    @property
    def depth(self) -> int:
        return len(self.branches)

    def unwind(self, depth: int) -> None:
        """Forget those that were opened inside an expansion which ends here."""
        del self.branches[depth:]

    def handle(self, name: str, text: str) -> None:
        """``%if…``, ``%elif…``, ``%else`` or ``%endif``.

        Raises:
            PreprocessorError: no conditional is open, or a condition that is none (which then does not hold).
        """
        if name.startswith("if"):
            outer = self.active
            branch = _Branch(False, False, outer)
            self.branches.append(branch)
            if outer:
                branch.taken = branch.active = self._holds(name[2:], text)
            return
        if not self.branches:
            raise PreprocessorError(f"%{name} without %if", "%" + name)
        branch = self.branches[-1]
        if name == "endif":
            self.branches.pop()
        elif branch.taken or not branch.outer:
            branch.active = False
        else:
            branch.active = branch.taken = name == "else" or self._holds(name[4:], text)

    def _holds(self, kind: str, text: str) -> bool:
        negated = kind.startswith("n") and kind not in ("num",)
        kind = kind[1:] if negated else kind
        test = _TESTS.get(kind)
        if test is None:
            raise PreprocessorError(f"unknown condition %if{kind}", "%if" + kind)
        return test(self.preprocessor, text) != negated


def _identical(preprocessor: "Preprocessor", text: str, fold_case: bool) -> bool:
    expanded = preprocessor.definitions.expand(text)
    left, _, right = expanded.partition(",")
    sides = [re.sub(r"\s+", " ", side).strip() for side in (left, right)]
    return sides[0].lower() == sides[1].lower() if fold_case else sides[0] == sides[1]


_NAME = r"[A-Za-z_.?@$][\w.$@?~#]*"

_TESTS: "dict[str, Callable[[Preprocessor, str], bool]]" = {
    "": lambda p, text: bool(p.evaluate(text)),
    "def": lambda p, text: p.definitions.known(text.strip()),
    "macro": lambda p, text: bool(text.split() and p.macros_named(text.split()[0])),
    "ctx": lambda p, text: p.contexts.is_current(text),
    "idn": lambda p, text: _identical(p, text, False),
    "idni": lambda p, text: _identical(p, text, True),
    "num": lambda p, text: nasm_number(p.definitions.expand(text).strip().lstrip("+-")) is not None,
    "id": lambda p, text: bool(re.fullmatch(_NAME, p.definitions.expand(text).strip())),
    "str": lambda p, text: bool(re.fullmatch(STRING, p.definitions.expand(text).strip())),
    "empty": lambda p, text: not p.definitions.expand(text).strip(),
    "token": lambda p, text: len(p.definitions.expand(text).split()) == 1,
    "env": lambda p, text: False,
}
CONDITION_NAMES = ("if", "elif", "else", "endif", *sorted(f"if{name}" for name in _TESTS if name))
"""What is supported, for the table of dialects; each also as ``%ifn…``, ``%elif…``."""
