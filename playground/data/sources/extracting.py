"""Self-contained functions out of a C or C++ file, by tree-sitter: what does not parse is passed over, not fatal.

Self-contained: it uses its parameters, its locals, functions of the same file that are self-contained themselves, and
names of the standard headers. What uses a global, a macro or a type of the file's own is left out and counted.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import tree_sitter_c
import tree_sitter_cpp
from tree_sitter import Language, Node, Parser

from playground.data.function import CFunction
from playground.data.sources.comments import request_from_comment
from playground.data.sources.standard_names import FUNCTION_HEADERS, HEADERS
from playground.emulator.prototype import parse_prototype
from playground.errors import InputError

LONGEST_FILE = 2_000_000
"""Characters; a longer file is generated tables."""
_SPECIFIERS = re.compile(r"\b(?:static|inline|extern|__inline__|__inline)\b\s*")
_UNWANTED = {
    "gnu_asm_expression": "has inline assembly",
    "attribute_specifier": "has attributes",
    "attribute_declaration": "has attributes",
    "goto_statement": "has goto",
    "preproc_if": "has preprocessor lines",
    "preproc_ifdef": "has preprocessor lines",
    "preproc_call": "has preprocessor lines",
    "preproc_def": "has preprocessor lines",
    "try_statement": "has exceptions",
    "throw_statement": "has exceptions",
    "lambda_expression": "has a lambda",
}
"""Kinds of nodes that a function is left out for."""


@dataclass(frozen=True, kw_only=True)
class Extracted:
    """What a file gave."""

    functions: tuple[CFunction, ...]
    skipped: Counter[str] = field(default_factory=Counter)
    """Reason -> how many functions."""


class _Skipped(Exception):
    """The function is left out; the message is the reason."""


@lru_cache(maxsize=2)
def _parser(language: str) -> Parser:
    return Parser(Language(tree_sitter_cpp.language() if language == "c++" else tree_sitter_c.language()))


def extract_functions(text: str, language: str = "c", *, origin: str = "", licence: str = "") -> Extracted:
    """Every self-contained function of a file, its helpers in front of it.

    Args:
        language: ``c`` or ``c++``.
        origin: Where the text came from; each function's gets its line added.
    """
    if len(text) > LONGEST_FILE:
        return Extracted(functions=(), skipped=Counter({"the file is too long": 1}))
    return _File(text.encode(), language, origin, licence).extracted()


class _File:
    """One parsed file."""

    def __init__(self, text: bytes, language: str, origin: str, licence: str) -> None:
        self.text, self.language, self.origin, self.licence = text, language, origin, licence
        root = _parser(language).parse(text).root_node
        self.defined: dict[str, Node] = {}
        self.own_names: set[str] = set()
        for node in _top_level(root):
            if node.type == "function_definition" and (name := self._name(node)):
                self.defined.setdefault(name, node)
            else:
                self.own_names |= self._declared(node)

    def extracted(self) -> Extracted:
        functions, skipped = [], Counter[str]()
        for name, node in self.defined.items():
            try:
                functions.append(self._function(name, node))
            except _Skipped as reason:
                skipped[str(reason)] += 1
        return Extracted(functions=tuple(functions), skipped=skipped)

    def _function(self, name: str, node: Node) -> CFunction:
        if name == "main":
            raise _Skipped("is main")
        helpers = self._helpers(name, ())
        nodes = [self.defined[helper] for helper in helpers] + [node]
        headers = sorted({header for one in nodes for header in self._headers(one)})
        prototype = self._prototype(node)
        parts = [f"#include <{header}>" for header in headers]
        parts += [f"static {self._plain(self.defined[helper])}" for helper in helpers] + [self._plain(node)]
        source = "\n".join(parts) + "\n"
        return CFunction(
            name=name, prototype=prototype, source=source, request=request_from_comment(self._comment(node)),
            family=f"source/{shape_of(self._plain(node))}", tags=self._tags(name, node), language=self.language,
            origin=f"{self.origin}:{node.start_point[0] + 1}", licence=self.licence,
        )  # fmt: skip

    def _prototype(self, node: Node) -> str:
        """The declaration without its body.

        Raises:
            _Skipped: a type that the emulator cannot call with.
        """
        body = node.child_by_field_name("body")
        assert body is not None
        text = self.text[node.start_byte : body.start_byte].decode(errors="replace")
        prototype = " ".join(_SPECIFIERS.sub("", text).split())
        try:
            parse_prototype(prototype)
        except InputError:
            raise _Skipped("has a type that cannot be called with") from None
        return prototype

    def _helpers(self, name: str, path: tuple[str, ...]) -> list[str]:
        """The functions of this file that a function calls, callees first; each is checked on the way."""
        if name in path:
            return []
        node = self.defined[name]
        self._require_plain(node)
        found: list[str] = []
        for called in sorted(self._used(node) & self.defined.keys() - {name}):
            if called in path:
                raise _Skipped("is mutually recursive")
            found += [helper for helper in (*self._helpers(called, (*path, name)), called) if helper not in found]
        return found

    def _require_plain(self, node: Node) -> None:
        """Raises _Skipped with the reason why a function is not self-contained."""
        if node.has_error:
            raise _Skipped("does not parse")
        declared = {self._text(one) for one in _declared_identifiers(node)}
        for one in _walk(node):
            if one.type in _UNWANTED:
                raise _Skipped(_UNWANTED[one.type])
            if one.type == "storage_class_specifier" and self._text(one) == "static" and one.parent != node:
                raise _Skipped("keeps state")
            if one.type in ("identifier", "type_identifier", "namespace_identifier"):
                self._require_known(self._text(one), declared)

    def _require_known(self, name: str, declared: set[str]) -> None:
        if name in declared or name in self.defined:
            return
        if name in self.own_names:
            raise _Skipped("uses a global, a macro or a type of its file")
        if name not in HEADERS:
            raise _Skipped("uses a name that its file does not define")

    def _headers(self, node: Node) -> set[str]:
        words = {self._text(one) for one in _walk(node) if one.type.endswith(("identifier", "primitive_type"))}
        words |= {self._text(one) for one in _walk(node) if one.type in ("true", "false", "null", "primitive_type")}
        headers = {HEADERS[word] for word in words & HEADERS.keys() if word not in self.defined}
        return headers - {"stdbool.h"} if self.language == "c++" else headers

    def _used(self, node: Node) -> set[str]:
        return {self._text(one) for one in _walk(node) if one.type == "identifier"}

    def _tags(self, name: str, node: Node) -> tuple[str, ...]:
        kinds = {one.type for one in _walk(node)}
        loops = bool(kinds & {"for_statement", "while_statement", "do_statement", "for_range_loop"})
        body = node.child_by_field_name("body")
        recursive = body is not None and name in self._used(body)
        calls = bool(self._used(node) & FUNCTION_HEADERS.keys())
        return tuple(
            tag for tag, holds in (("loop", loops), ("recursion", recursive), ("library", calls)) if holds
        )  # fmt: skip

    def _comment(self, node: Node) -> str:
        """The comment right above a function."""
        lines: list[str] = []
        expected, before = node.start_point[0], node.prev_sibling
        while before is not None and before.type == "comment" and before.end_point[0] >= expected - 1:
            lines.insert(0, self._text(before))
            expected, before = before.start_point[0], before.prev_sibling
        return "\n".join(lines)

    def _plain(self, node: Node) -> str:
        """The definition without linkage specifiers in front and without comments."""
        body = node.child_by_field_name("body")
        assert body is not None
        head = self.text[node.start_byte : body.start_byte].decode(errors="replace")
        inner = self.text[body.start_byte : node.end_byte]
        for one in reversed([one for one in _walk(body) if one.type == "comment"]):
            inner = inner[: one.start_byte - body.start_byte] + inner[one.end_byte - body.start_byte :]
        lines = [line.rstrip() for line in inner.decode(errors="replace").splitlines()]
        code = "\n".join(line for line in lines if line)
        return f"{' '.join(_SPECIFIERS.sub('', head).split())} {code}"

    def _name(self, node: Node) -> str:
        """The defined name; empty for methods, operators and templates."""
        declarator = node.child_by_field_name("declarator")
        while declarator is not None and declarator.type in ("pointer_declarator", "reference_declarator"):
            declarator = declarator.child_by_field_name("declarator") or declarator.named_child(0)
        if declarator is None or declarator.type != "function_declarator":
            return ""
        inner = declarator.child_by_field_name("declarator")
        return self._text(inner) if inner is not None and inner.type == "identifier" else ""

    def _declared(self, node: Node) -> set[str]:
        """Names that a top-level node makes: globals, types, macros, enumeration constants."""
        kinds = ("identifier", "type_identifier")
        return {self._text(one) for one in _walk(node) if one.type in kinds} if node.type != "comment" else set()

    def _text(self, node: Node) -> str:
        return self.text[node.start_byte : node.end_byte].decode(errors="replace")


def _top_level(root: Node) -> Iterator[Node]:
    """File-level nodes, those inside include guards and extern "C" too."""
    for node in root.named_children:
        if node.type in ("preproc_ifdef", "preproc_if", "linkage_specification", "declaration_list", "preproc_else"):
            yield from _top_level(node)
        else:
            yield node


def _walk(node: Node) -> Iterator[Node]:
    stack = [node]
    while stack:
        one = stack.pop()
        yield one
        stack.extend(reversed(one.children))


def _declared_identifiers(function: Node) -> Iterator[Node]:
    """Identifiers that parameters and local declarations introduce."""
    for node in _walk(function):
        if node.type not in (
            "parameter_declaration",
            "declaration",
            "for_range_loop",
            "optional_parameter_declaration",
        ):
            continue
        for declarator in node.children_by_field_name("declarator"):
            inner: Node | None = declarator
            while inner is not None and inner.type not in ("identifier", "type_identifier"):
                inner = inner.child_by_field_name("declarator") or (
                    inner.named_child(0) if inner.named_children else None
                )
            if inner is not None:
                yield inner


def shape_of(source: str) -> str:
    """The structure of a function, blind to names and numbers: eight hexadecimal digits."""
    words = re.sub(r"\b\d[\w.]*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'", "0", source)
    keep = (
        r"\b(?!(?:if|else|for|while|do|switch|case|return|break|continue|int|char|long|short|unsigned|float|double)\b)"
    )
    words = re.sub(keep + r"[A-Za-z_]\w*", "v", words)
    return hashlib.sha256("".join(words.split()).encode()).hexdigest()[:8]
