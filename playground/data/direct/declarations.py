"""Type specifiers and declarators: tree-sitter's nodes -> types."""

from dataclasses import dataclass, field

from tree_sitter import Node

from playground.data.direct.library import TYPES
from playground.data.direct.types import (
    DOUBLE,
    FLOAT,
    INT,
    UNSIGNED,
    VOID,
    Array,
    Integer,
    Pointer,
    Real,
    Structure,
    Type,
    Unsupported,
    decayed,
    laid_out,
)  # fmt: skip

_QUALIFIERS = {"const", "volatile", "restrict", "register", "inline", "__inline", "__inline__", "extern"}


def text_of(node: Node | None) -> str:
    """What stands in the source, empty for no node."""
    return node.text.decode() if node is not None and node.text is not None else ""


@dataclass
class TypeNames:
    """Structures, typedefs and enumerators that have been declared so far."""

    structures: dict[str, Structure] = field(default_factory=dict)
    typedefs: dict[str, Type] = field(default_factory=lambda: dict(TYPES))
    enumerators: dict[str, int] = field(default_factory=dict)

    def type_of(self, node: Node) -> Type:
        """The type that a declaration's ``type`` field and sign words name.

        Raises:
            Unsupported: a union, a bit field, long double, or a name that is not known.
        """
        type_node = node.child_by_field_name("type")
        if type_node is None:
            raise Unsupported("a declaration without a type")
        return self.named(type_node)

    def named(self, node: Node) -> Type:
        """The type that a specifier names, declared on the way where it has a body."""
        text = text_of(node)
        if node.type == "struct_specifier":
            return self._structure(node)
        if node.type == "enum_specifier":
            self._enumeration(node)
            return UNSIGNED
        if node.type == "type_identifier" or text in self.typedefs:
            if text not in self.typedefs:
                raise Unsupported(f"the type {text}")
            return self.typedefs[text]
        if node.type in ("primitive_type", "sized_type_specifier"):
            return _arithmetic(text.split())
        raise Unsupported(f"a {node.type}")

    def _structure(self, node: Node) -> Structure:
        name = text_of(node.child_by_field_name("name"))
        body = node.child_by_field_name("body")
        if body is None:
            if name not in self.structures:
                self.structures[name] = Structure(name, (), 0, 1)
            return self.structures[name]
        members: list[tuple[str, Type]] = []
        for member in body.named_children:
            if member.type == "comment":
                continue
            if member.type != "field_declaration" or any(c.type == "bitfield_clause" for c in member.named_children):
                raise Unsupported("a bit field")
            base = self.type_of(member)
            for declarator in member.children_by_field_name("declarator"):
                members.append(self.declared(declarator, base))
        structure = laid_out(name, members)
        self.structures[name or f"{node.start_byte}"] = structure
        return structure

    def _enumeration(self, node: Node) -> None:
        body = node.child_by_field_name("body")
        value = 0
        for enumerator in body.named_children if body else ():
            given = enumerator.child_by_field_name("value")
            value = int(text_of(given), 0) if given is not None else value
            self.enumerators[text_of(enumerator.child_by_field_name("name"))] = value
            value += 1

    def declared(self, node: Node, base: Type) -> tuple[str, Type]:
        """(name, type) of a declarator; the name is empty for an abstract one."""
        inner = node.child_by_field_name("declarator")
        if node.type in ("pointer_declarator", "abstract_pointer_declarator"):
            return self.declared(inner, Pointer(base)) if inner is not None else ("", Pointer(base))
        if node.type in ("array_declarator", "abstract_array_declarator"):
            size = node.child_by_field_name("size")
            array = Array(base, self._count(size) if size is not None else 0)
            return self.declared(inner, array) if inner is not None else ("", array)
        if node.type == "parenthesized_declarator":
            raise Unsupported("a parenthesised declarator")
        if node.type in ("identifier", "field_identifier", "type_identifier"):
            return text_of(node), base
        raise Unsupported(f"a {node.type}")

    def _count(self, node: Node) -> int:
        text = text_of(node).rstrip("uUlL")
        if text in self.enumerators:
            return self.enumerators[text]
        try:
            return int(text, 0)
        except ValueError:
            raise Unsupported(f"an array of {text}") from None

    def described(self, node: Node) -> Type:
        """The type of a ``type_descriptor``: of a cast or sizeof."""
        base = self.type_of(node)
        declarator = node.child_by_field_name("declarator")
        return self.declared(declarator, base)[1] if declarator is not None else base

    def complete(self, type_: Type) -> Type:
        """A structure that was named before it was declared, as it is now."""
        if isinstance(type_, Structure) and not type_.fields:
            return self.structures.get(type_.name, type_)
        return type_

    def parameters(self, node: Node) -> tuple[list[tuple[str, Type]], bool]:
        """(name and type of each, whether more may follow) of a function declarator's list."""
        found: list[tuple[str, Type]] = []
        listed = node.child_by_field_name("parameters")
        is_variadic = False
        for child in listed.children if listed is not None else ():
            if child.type in ("variadic_parameter", "..."):
                is_variadic = True
            if child.type != "parameter_declaration":
                continue
            base = self.type_of(child)
            declarator = child.child_by_field_name("declarator")
            name, type_ = self.declared(declarator, base) if declarator is not None else ("", base)
            if type_ != VOID:
                found.append((name, decayed(type_)))
        return found, is_variadic


def _arithmetic(words: list[str]) -> Type:
    kept = [word for word in words if word not in _QUALIFIERS]
    if kept == ["void"]:
        return VOID
    if kept == ["float"]:
        return FLOAT
    if kept == ["double"]:
        return DOUBLE
    signed = "unsigned" not in kept
    if "double" in kept or "float" in kept:
        raise Unsupported(" ".join(kept))
    if "char" in kept:
        return Integer(1, signed)
    if "short" in kept:
        return Integer(2, signed)
    if "long" in kept:
        return Integer(8, signed)
    return Integer(INT.size, signed)


def is_scalar(type_: Type) -> bool:
    """What a register holds."""
    return isinstance(type_, Integer | Real | Pointer)
