"""Statements and definitions: a C source -> Unit."""

from functools import lru_cache

import tree_sitter_c
from tree_sitter import Language, Node, Parser

from playground.data.direct.declarations import TypeNames, is_scalar, text_of
from playground.data.direct.expressions import ExpressionReader, Signature, cast, memory_of
from playground.data.direct.library import PROTOTYPES
from playground.data.direct.nodes import (
    Assign,
    Block,
    Declare,
    Evaluate,
    Expression,
    Function,
    If,
    Leave,
    Loop,
    Memory,
    Name,
    Number,
    Return,
    Statement,
    Switch,
    Text,
    Unit,
    Variable,
)  # fmt: skip
from playground.data.direct.types import (
    VOID,
    Array,
    Pointer,
    Structure,
    Type,
    Unsupported,
    decayed,
)  # fmt: skip

_PASSED = ("comment", "preproc_include", ";")


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(Language(tree_sitter_c.language()))


def read_unit(source: str) -> Unit:
    """The definitions of a C source.

    Raises:
        Unsupported: it does not parse, or uses something that is not covered.
    """
    reader = UnitReader()
    reader.top(_parser().parse(PROTOTYPES.encode()).root_node)
    known = set(reader.types.structures)
    root = _parser().parse(source.encode()).root_node
    if root.has_error:
        raise Unsupported("what does not parse")
    reader.top(root)
    reader.unit.structures = [found for name, found in reader.types.structures.items() if name not in known]
    return reader.unit


class UnitReader:
    """Reads definitions one after the other."""

    def __init__(self) -> None:
        self.types = TypeNames()
        self.functions: dict[str, Signature] = {}
        self.unit = Unit()
        self._expressions = ExpressionReader(self.types, self.functions)

    def top(self, root: Node) -> None:
        for node in root.named_children:
            if node.type == "function_definition":
                self._function(node)
            elif node.type == "declaration":
                self._outer_declaration(node)
            elif node.type == "type_definition":
                base = self.types.type_of(node)
                for declarator in node.children_by_field_name("declarator"):
                    name, type_ = self.types.declared(declarator, base)
                    self.types.typedefs[name] = type_
            elif node.type in ("struct_specifier", "enum_specifier"):
                self.types.named(node)
            elif node.type not in _PASSED:
                raise Unsupported(f"a {node.type}")

    def _outer_declaration(self, node: Node) -> None:
        base = self.types.type_of(node)
        for declarator in node.children_by_field_name("declarator"):
            if (found := _function_declarator(declarator)) is not None:
                self._signature(found, declarator, base)
                continue
            self.static(declarator, base)

    def _signature(self, found: Node, declarator: Node, base: Type) -> str:
        while declarator.type == "pointer_declarator":
            base = Pointer(base)
            inner = declarator.child_by_field_name("declarator")
            assert inner is not None
            declarator = inner
        name = text_of(found.child_by_field_name("declarator"))
        self.functions[name] = (base, *self.types.parameters(found))
        return name

    def static(self, declarator: Node, base: Type) -> Variable:
        """A variable with static storage, in scope from here on; its values must be constants."""
        value = declarator.child_by_field_name("value") if declarator.type == "init_declarator" else None
        inner = declarator.child_by_field_name("declarator") if declarator.type == "init_declarator" else declarator
        assert inner is not None
        name, type_ = self.types.declared(inner, base)
        reader = self._expressions
        values: list[Expression] = []
        if value is not None and value.type == "initializer_list":
            if not isinstance(type_, Array) or not is_scalar(type_.of):
                raise Unsupported("static structures")
            values = [cast(reader.read(child), type_.of) for child in value.named_children if child.type != "comment"]
            type_ = Array(type_.of, type_.count or len(values))
        elif value is not None:
            values = [cast(reader.read(value), decayed(type_))]
        if not all(isinstance(item, Number | Text) for item in values):
            raise Unsupported("a static value that is no constant")
        variable = Variable(name, type_, is_static=True, values=tuple(values))
        reader.scopes[-1][name] = variable
        self.unit.statics.append(variable)
        return variable

    def _function(self, node: Node) -> None:
        declarator, body = node.child_by_field_name("declarator"), node.child_by_field_name("body")
        found = _function_declarator(declarator) if declarator is not None else None
        if declarator is None or body is None or found is None:
            raise Unsupported("a definition of another kind")
        name = self._signature(found, declarator, self.types.type_of(node))
        type_, parameters, is_variadic = self.functions[name]
        if is_variadic:
            raise Unsupported("variable arguments")
        if isinstance(type_, Structure) or any(isinstance(given, Structure) for _, given in parameters):
            raise Unsupported("a structure by value")
        addressed = _addressed(body)
        variables = [Variable(label, given, is_in_memory=label in addressed) for label, given in parameters]
        self._expressions.scopes.append({variable.name: variable for variable in variables})
        reader = _BodyReader(self, self._expressions, addressed, type_)
        self.unit.functions.append(Function(name, type_, variables, reader.block(body)))
        self._expressions.scopes.pop()


class _BodyReader:
    """Reads the statements of one function."""

    def __init__(self, unit: UnitReader, expressions: ExpressionReader, addressed: set[str], type_: Type) -> None:
        self._unit = unit
        self._expressions = expressions
        self._addressed = addressed
        self._type = type_

    def block(self, node: Node) -> Block:
        self._expressions.scopes.append({})
        found = [self.statement(child) for child in node.named_children if child.type not in _PASSED]
        self._expressions.scopes.pop()
        return Block(tuple(found))

    def statement(self, node: Node) -> Statement:
        read = self._expressions.read
        if node.type == "compound_statement":
            return self.block(node)
        if node.type == "expression_statement":
            return Evaluate(read(node.named_children[0]), _said(node)) if node.named_children else Block(())
        if node.type == "declaration":
            return Block(tuple(self._declarations(node)))
        if node.type == "if_statement":
            other = node.child_by_field_name("alternative")
            no = self.statement(other.named_children[-1]) if other is not None else None
            test = self._field(node, "condition")
            return If(test, self._inner(node, "consequence"), no, f"if {_said(node, 'condition')}")
        if node.type == "while_statement":
            text = f"while {_said(node, 'condition')}"
            return Loop(self._field(node, "condition"), self._inner(node, "body"), text=text)
        if node.type == "do_statement":
            text = f"while {_said(node, 'condition')}"
            return Loop(self._field(node, "condition"), self._inner(node, "body"), tests_last=True, text=text)
        if node.type == "for_statement":
            return self._for(node)
        if node.type == "switch_statement":
            return self._switch(node)
        if node.type == "return_statement":
            value = read(node.named_children[0]) if node.named_children else None
            has_value = value is not None and self._type != VOID
            return Return(cast(value, self._type) if value is not None and has_value else None, _said(node))
        if node.type in ("break_statement", "continue_statement"):
            return Leave(node.type.removesuffix("_statement"))
        raise Unsupported(f"a {node.type}")

    def _inner(self, node: Node, field: str) -> Statement:
        found = node.child_by_field_name(field)
        if found is None:
            raise Unsupported(f"a {node.type} without {field}")
        return self.statement(found)

    def _field(self, node: Node, field: str) -> Expression:
        found = node.child_by_field_name(field)
        if found is None:
            raise Unsupported(f"a {node.type} without {field}")
        return self._expressions.read(found)

    def _for(self, node: Node) -> Statement:
        self._expressions.scopes.append({})
        first: list[Statement] = []
        start = node.child_by_field_name("initializer")
        if start is not None:
            first = (
                self._declarations(start)
                if start.type == "declaration"
                else [Evaluate(self._expressions.read(start), _said(start))]
            )
        test, step = node.child_by_field_name("condition"), node.child_by_field_name("update")
        loop = Loop(
            self._expressions.read(test) if test is not None else None,
            self._inner(node, "body"),
            self._expressions.read(step) if step is not None else None,
            text=_said(node, "condition") or "for (;;)",
            step_text=_said(node, "update"),
        )
        self._expressions.scopes.pop()
        return Block((*first, loop))

    def _switch(self, node: Node) -> Statement:
        value = self._field(node, "condition")
        body = node.child_by_field_name("body")
        entries: list[tuple[Number | None, int]] = []
        statements: list[Statement] = []
        self._expressions.scopes.append({})
        for child in body.named_children if body is not None else ():
            if child.type == "comment":
                continue
            if child.type != "case_statement":
                raise Unsupported("statements before the first case")
            label = child.child_by_field_name("value")
            case = self._expressions.read(label) if label is not None else None
            if case is not None and not isinstance(case, Number):
                raise Unsupported("a case that is no constant")
            entries.append((case, len(statements)))
            rest = [inner for inner in child.named_children if label is None or inner != label]
            statements += [self.statement(inner) for inner in rest if inner.type not in _PASSED]
        self._expressions.scopes.pop()
        return Switch(value, tuple(entries), tuple(statements), f"switch {_said(node, 'condition')}")

    def _declarations(self, node: Node) -> list[Statement]:
        base = self._unit.types.type_of(node)
        is_static = any(text_of(child) == "static" for child in node.children)
        found: list[Statement] = []
        for declarator in node.children_by_field_name("declarator"):
            if is_static:
                self._unit.static(declarator, base)
            else:
                found.append(self._local(declarator, base))
        return found

    def _local(self, declarator: Node, base: Type) -> Declare:
        value = declarator.child_by_field_name("value") if declarator.type == "init_declarator" else None
        inner = declarator.child_by_field_name("declarator") if declarator.type == "init_declarator" else declarator
        assert inner is not None
        name, type_ = self._unit.types.declared(inner, base)
        type_ = self._unit.types.complete(type_)
        is_list = value is not None and value.type == "initializer_list"
        if is_list and isinstance(type_, Array) and not type_.count:
            type_ = Array(type_.of, len(value.named_children))  # type: ignore[union-attr]
        in_memory = name in self._addressed or isinstance(type_, Array | Structure)
        variable = Variable(name, type_, is_in_memory=in_memory)
        if value is None:
            self._expressions.scopes[-1][name] = variable
            return Declare(variable)
        text = f"{name} = {_said(value)}"
        if not isinstance(type_, Array | Structure):
            given = cast(self._expressions.read(value), type_)
            self._expressions.scopes[-1][name] = variable
            target = memory_of(variable) if in_memory else Name(type_, variable)
            return Declare(variable, (Assign(type_, target, given),), text=text)
        if not is_list:
            raise Unsupported("an array set from a text")
        self._expressions.scopes[-1][name] = variable
        stores, clears = self._filled(memory_of(variable), value)
        return Declare(variable, tuple(stores), clears, text)

    def _filled(self, place: Memory, node: Node | None) -> tuple[list[Assign], bool]:
        assert node is not None
        given = [child for child in node.named_children if child.type != "comment"]
        parts: list[Type]
        if isinstance(place.type, Structure):
            parts = [member.type for member in place.type.fields]
            offsets = [member.offset for member in place.type.fields]
        else:
            assert isinstance(place.type, Array)
            parts = [place.type.of] * place.type.count
            offsets = [place.type.of.size * index for index in range(place.type.count)]
        stores: list[Assign] = []
        if not all(is_scalar(part) for part in parts):
            raise Unsupported("initialisers within initialisers")
        for child, part, offset in zip(given, parts, offsets, strict=False):
            if child.type in ("initializer_pair", "initializer_list"):
                raise Unsupported("an initialiser by name")
            value = cast(self._expressions.read(child), part)
            stores.append(Assign(part, Memory(part, place.address, place.offset + offset), value))
        clears = len(given) < len(parts)
        return ([store for store in stores if not clears or not _is_zero(store.value)]), clears


def _said(node: Node, field: str = "") -> str:
    """What the source has there (in `field`), on one line, without the semicolon; empty for nothing."""
    found = node.child_by_field_name(field) if field else node
    return " ".join(text_of(found).split()).removesuffix(";").rstrip()


def _is_zero(value: Expression) -> bool:
    return isinstance(value, Number) and value.value == 0


def _function_declarator(node: Node) -> Node | None:
    while node.type == "pointer_declarator":
        inner = node.child_by_field_name("declarator")
        if inner is None:
            return None
        node = inner
    return node if node.type == "function_declarator" else None


def _addressed(body: Node) -> set[str]:
    """Names whose address is taken somewhere in a function."""
    found: set[str] = set()
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.type == "pointer_expression" and text_of(node.child_by_field_name("operator")) == "&":
            argument = node.child_by_field_name("argument")
            if argument is not None and argument.type == "identifier":
                found.add(text_of(argument))
        waiting.extend(node.named_children)
    return found
