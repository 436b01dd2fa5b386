"""A C prototype as text -> its result and parameter types. A small declarator parser (C11 6.7.6), no preprocessor."""

import re
from dataclasses import dataclass

from playground.emulator.c_types import BASE_WORDS, STANDARD_NAMES, VOID, CType, Field, pointer_to, type_of_words
from playground.errors import InputError

IGNORED_WORDS = frozenset(
    ("const", "volatile", "restrict", "__restrict", "__restrict__", "__const", "register", "static", "inline", "auto",
     "__inline", "__inline__", "extern", "_Noreturn", "noreturn", "__extension__")
)  # fmt: skip
_TOKEN = re.compile(r"\s*(?:/\*.*?\*/|//[^\n]*|([A-Za-z_]\w*|\d\w*|\.\.\.|->|::|\S))", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_]\w*\Z")
LONGEST_PROTOTYPE = 4000
DEEPEST_NESTING = 20


@dataclass(frozen=True, kw_only=True)
class Parameter:
    name: str
    """As declared; ``a0``, ``a1`` … by position when unnamed."""
    type: CType


@dataclass(frozen=True, kw_only=True)
class Prototype:
    """What a call needs to know of a function."""

    name: str
    result: CType
    parameters: tuple[Parameter, ...]

    def parameter(self, name: str) -> Parameter | None:
        """The parameter called `name`, if there is one."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def pointee(self, name: str) -> CType:
        """What the pointer parameter called `name` points at.

        Raises:
            KeyError: there is no such pointer parameter.
        """
        parameter = self.parameter(name)
        if parameter is None or parameter.type.pointee is None:
            raise KeyError(name)
        return parameter.type.pointee


def parse_prototype(text: str) -> Prototype:
    """Parse one function declaration; a trailing ``;`` or a body is ignored, and ``struct`` definitions may precede it.

    Types: the integer types of every width and sign in any order of words, those of <stdint.h>, ``bool``, ``float``,
    ``double``, and pointers to or arrays of them; ``struct NAME *``. Not covered: structures by value, function
    pointers, variadic functions, ``long double``, ``__int128``, complex and vector types.

    Raises:
        InputError: one sentence that names the token that does not parse.
    """
    if len(text) > LONGEST_PROTOTYPE:
        raise InputError(f"The prototype has {len(text):,} characters: give the declaration alone.")
    return _Parser(text).prototype()


@dataclass(frozen=True)
class _Declarator:
    """What stands around a declared name, outermost first: ``*``, ``[]`` or ``()``."""

    name: str
    parts: tuple[str, ...]
    parameters: tuple[Parameter, ...] = ()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())
        self.tokens = [token for token in _TOKEN.findall(text) if token]
        self.at = 0
        self.depth = 0
        self.structures: dict[str, CType] = {}

    # tokens

    @property
    def token(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.token
        self.at += 1
        return token

    def accept(self, token: str) -> bool:
        if self.token != token:
            return False
        self.at += 1
        return True

    def expect(self, token: str) -> None:
        if not self.accept(token):
            raise self.error(f"expected {token!r} but found {self._here()}")

    def error(self, why: str) -> InputError:
        shown = self.text if len(self.text) <= 120 else self.text[:117] + "..."
        remedy = "Write one C function such as: long add(long a, long b)"
        return InputError(f"The prototype {shown!r} does not parse: {why}. {remedy}.")

    def _here(self) -> str:
        return repr(self.token) if self.token else "its end"

    # grammar

    def prototype(self) -> Prototype:
        while self.token in ("struct", "union") and self.tokens[self.at + 2 : self.at + 3] == ["{"]:
            self.base_type()
            self.expect(";")
        result, const = self.base_type()
        declarator = self.declarator()
        if "()" not in declarator.parts:
            raise self.error(f"{declarator.name or self.text!r} is no function: there is no parameter list")
        if not declarator.name:
            raise self.error("the function has no name")
        if declarator.parts[0] != "()" or "()" in declarator.parts[1:] or "[]" in declarator.parts:
            raise self.error(
                f"{declarator.name!r} returns or is a function pointer or an array, which is not supported"
            )
        self._require_end()
        for _ in declarator.parts[1:]:
            result, const = pointer_to(result, const=const), False
        self._refuse_structure(result, "the result")
        return Prototype(name=declarator.name, result=result, parameters=declarator.parameters)

    def _require_end(self) -> None:
        self.skip_attributes()
        if self.token not in ("", ";", "{"):
            raise self.error(f"{self._here()} does not belong behind the parameter list")
        if self.token == ";" and self.at + 1 < len(self.tokens):
            raise self.error(f"there is more than one declaration: {self.tokens[self.at + 1]!r} follows the ';'")

    def skip_attributes(self) -> None:
        """``__attribute__((…))`` and qualifiers."""
        while self.token in IGNORED_WORDS or self.token in ("__attribute__", "__asm__", "asm"):
            word = self.take()
            if word not in IGNORED_WORDS and self.token == "(":
                self._skip_parentheses()

    def _skip_parentheses(self) -> None:
        depth = 0
        while self.token:
            depth += {"(": 1, ")": -1}.get(self.take(), 0)
            if depth == 0:
                return
        raise self.error("a '(' is not closed")

    def base_type(self) -> tuple[CType, bool]:
        """The declaration specifiers' type, and whether ``const`` is among them."""
        words: list[str] = []
        named: CType | None = None
        const = False
        while _NAME.match(self.token or ""):
            word = self.token
            if word in IGNORED_WORDS or word == "__attribute__":
                const = const or word in ("const", "__const")
                self.skip_attributes() if word == "__attribute__" else self.take()
            elif word in BASE_WORDS and named is None:
                words.append(self.take())
            elif word in ("struct", "union") and named is None and not words:
                named = self.structure()
            elif word in STANDARD_NAMES and named is None and not words:
                named = STANDARD_NAMES[self.take()]
            else:
                break
        return self._resolved(words, named), const

    def _resolved(self, words: list[str], named: CType | None) -> CType:
        if named is not None:
            return named
        if not words:
            raise self.error(self._unknown_type())
        found = type_of_words(tuple(words))
        if found is None:
            raise self.error(f"{' '.join(words)!r} is no supported type")
        return found

    def _unknown_type(self) -> str:
        if self.token == "...":
            return "variadic functions ('...') are not supported"
        if self.token == "enum":
            return "'enum' is not supported (use int)"
        return f"{self._here()} is no known type" if self.token else "it ends where a type should stand"

    def structure(self) -> CType:
        """``struct NAME`` or ``struct NAME { … }``: as a pointee, bytes with members."""
        keyword = self.take()
        name = self.take()
        if not _NAME.match(name):
            raise self.error(f"{name!r} stands where the {keyword}'s name should be")
        spelling = f"{keyword} {name}"
        if self.token == "{":
            if keyword == "union":
                raise self.error("a 'union' definition is not supported")
            self.structures[spelling] = self._definition(spelling)
        opaque = CType(kind="integer", size=1, spelling=spelling)
        return self.structures.get(spelling, opaque)

    def _definition(self, spelling: str) -> CType:
        """Members at their natural alignment (psABI 3.1.2, AAPCS64 5.9): no bit-fields, no nesting."""
        self.expect("{")
        fields: list[Field] = []
        end, alignment = 0, 1
        while not self.accept("}"):
            base, const = self.base_type()
            while True:
                for name, member in self._members(base, const):
                    offset = -(-end // member.size) * member.size
                    fields.append(Field(name=name, type=member, offset=offset))
                    end, alignment = offset + member.size, max(alignment, member.size)
                if not self.accept(","):
                    break
            self.expect(";")
        size = -(-end // alignment) * alignment
        return CType(kind="integer", size=1, spelling=spelling, fields=tuple(fields), structure_bytes=size)

    def _members(self, base: CType, const: bool) -> list[tuple[str, CType]]:
        declarator = self.declarator()
        stars = declarator.parts.count("*")
        for _ in range(stars):
            base, const = pointer_to(base, const=const), False
        self._refuse_structure(base, f"member {declarator.name!r}")
        if not declarator.name or base.kind == "void" or "[]" in declarator.parts or "()" in declarator.parts:
            raise self.error(f"member {declarator.name!r} of a struct must be a number or a pointer")
        return [(declarator.name, base)]

    def declarator(self) -> _Declarator:
        """``* const name [4] (…)``: pointers, then a name or a parenthesised declarator, then suffixes."""
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise self.error("it is nested too deeply")
        stars: list[str] = []
        self.skip_attributes()
        while self.accept("*"):
            stars.append("*")
            self.skip_attributes()
        if self.token == "&":
            raise self.error("'&' is no C: write a pointer")
        inner = self._direct()
        suffixes, parameters = self._suffixes()
        self.depth -= 1
        return _Declarator(inner.name, (*inner.parts, *suffixes, *stars), inner.parameters or parameters)

    def _direct(self) -> _Declarator:
        grouped = self.token == "(" and self.tokens[self.at + 1 : self.at + 2] in (["*"], ["("])
        if grouped or self._named_in_parentheses():
            self.expect("(")
            inner = self.declarator()
            self.expect(")")
            return inner
        if _NAME.match(self.token or "") and self.token not in BASE_WORDS:
            return _Declarator(self.take(), ())
        return _Declarator("", ())

    def _named_in_parentheses(self) -> bool:
        """``int (add)(int a)``."""
        after = self.tokens[self.at + 1 : self.at + 3]
        return self.token == "(" and len(after) == 2 and after[1] == ")" and self._is_plain_name(after[0])

    def _is_plain_name(self, token: str) -> bool:
        known = BASE_WORDS | IGNORED_WORDS | STANDARD_NAMES.keys()
        return bool(_NAME.match(token)) and token not in known

    def _suffixes(self) -> tuple[list[str], tuple[Parameter, ...]]:
        suffixes: list[str] = []
        parameters: tuple[Parameter, ...] = ()
        while self.token in ("[", "("):
            if self.take() == "[":
                while self.token not in ("]", ""):
                    self.take()
                self.expect("]")
                suffixes.append("[]")
            else:
                parameters = self.parameters()
                suffixes.append("()")
        return suffixes, parameters

    def parameters(self) -> tuple[Parameter, ...]:
        """Behind the ``(``, up to and with the ``)``."""
        if self.accept(")"):
            return ()
        found: list[Parameter] = []
        while True:
            found.append(self._parameter(len(found)))
            if not self.accept(","):
                break
        self.expect(")")
        if len(found) == 1 and found[0].type.kind == "void" and found[0].name == "a0":
            return ()
        return self._checked(found)

    def _checked(self, parameters: list[Parameter]) -> tuple[Parameter, ...]:
        names = [parameter.name for parameter in parameters]
        for parameter in parameters:
            if parameter.type.kind == "void":
                raise self.error(f"parameter {parameter.name!r} has the type void")
            if names.count(parameter.name) > 1:
                raise self.error(f"two parameters are called {parameter.name!r}")
        return tuple(parameters)

    def _parameter(self, position: int) -> Parameter:
        base, const = self.base_type()
        declarator = self.declarator()
        if "()" in declarator.parts:
            raise self.error(
                f"parameter {declarator.name or position + 1!r} is a function pointer, which is not supported"
            )
        kind = self._decayed(base, const, declarator.parts)
        self._refuse_structure(kind, f"parameter {declarator.name or position + 1!r}")
        return Parameter(name=declarator.name or f"a{position}", type=kind)

    @staticmethod
    def _decayed(base: CType, const: bool, parts: tuple[str, ...]) -> CType:
        """An array decays to a pointer; further dimensions are flattened: a matrix is the list of its elements."""
        found = base
        for index, part in reversed(list(enumerate(parts))):
            if part == "*" or index == 0:
                found, const = pointer_to(found, const=const), False
        return found

    def _refuse_structure(self, found: CType, what: str) -> None:
        if found.kind == "integer" and found.spelling.split(" ")[0] in ("struct", "union"):
            raise self.error(
                f"{what} is a {found.spelling.split(' ')[0]} by value, which is not supported: pass a pointer"
            )


__all__ = ["VOID", "CType", "Field", "Parameter", "Prototype", "parse_prototype"]
