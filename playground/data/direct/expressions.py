"""Expressions: tree-sitter's nodes -> the typed tree."""

import re
from collections.abc import Callable

from tree_sitter import Node

from playground.data.direct.declarations import TypeNames, text_of
from playground.data.direct.library import CONSTANTS
from playground.data.direct.nodes import (
    AddressOf,
    Assign,
    Binary,
    Call,
    Cast,
    Change,
    Comma,
    Compare,
    Conditional,
    Element,
    Expression,
    Logic,
    Memory,
    Name,
    Number,
    Text,
    Unary,
    Variable,
)  # fmt: skip
from playground.data.direct.types import (
    CHAR,
    DOUBLE,
    FLOAT,
    INT,
    LONG,
    UNSIGNED,
    UNSIGNED_LONG,
    VOID,
    Array,
    Integer,
    Pointer,
    Real,
    Structure,
    Type,
    Unsupported,
    common,
    decayed,
    promoted,
)  # fmt: skip

Signature = tuple[Type, list[tuple[str, Type]], bool]
_ESCAPES = {"n": 10, "t": 9, "r": 13, "0": 0, "a": 7, "b": 8, "f": 12, "v": 11, "\\": 92, "'": 39, '"': 34}
_COMPARISONS = ("==", "!=", "<", ">", "<=", ">=")


class ExpressionReader:
    """Reads expressions among the names that are in scope."""

    def __init__(self, types: TypeNames, functions: dict[str, Signature]) -> None:
        self.types = types
        self.functions = functions
        self.scopes: list[dict[str, Variable]] = [{}]
        self._readers: dict[str, Callable[[Node], Expression]] = {
            "number_literal": self._number, "char_literal": self._character, "identifier": self._identifier,
            "true": self._constant, "false": self._constant, "null": self._constant,
            "string_literal": self._string, "concatenated_string": self._string,
            "parenthesized_expression": self._parenthesised, "binary_expression": self._binary,
            "unary_expression": self._unary, "pointer_expression": self._pointer,
            "subscript_expression": self._subscript, "field_expression": self._field,
            "call_expression": self._call, "cast_expression": self._cast,
            "conditional_expression": self._conditional, "assignment_expression": self._assignment,
            "update_expression": self._update, "sizeof_expression": self._sizeof, "comma_expression": self._comma,
        }  # fmt: skip

    def lookup(self, name: str) -> Variable | None:
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        return None

    def lvalue(self, node: Node) -> Expression:
        """An expression before arrays decay: a Name, a Memory, or an array's address as AddressOf or Memory."""
        reader = self._readers.get(node.type)
        if reader is None:
            raise Unsupported(f"a {node.type}")
        return reader(node)

    def read(self, node: Node) -> Expression:
        """A value: arrays become pointers to their first element."""
        found = self.lvalue(node)
        if isinstance(found, Memory) and isinstance(found.type, Array):
            return address_of(found)
        if isinstance(found, Name) and isinstance(found.type, Array):
            return AddressOf(Pointer(found.type.of), found.variable)
        return found

    def child(self, node: Node, field: str) -> Node:
        found = node.child_by_field_name(field)
        if found is None:
            raise Unsupported(f"a {node.type} without {field}")
        return found

    def _number(self, node: Node) -> Expression:
        text = text_of(node)
        if text[0] in "+-":  # the grammar takes a sign for a part of some numbers
            number = self._unsigned_number(text[1:])
            return number if text[0] == "+" else _negated(number)
        return self._unsigned_number(text)

    def _unsigned_number(self, text: str) -> Number:
        if re.fullmatch(r"0[xX][\da-fA-F]+[uUlL]*|\d+[uUlL]*|0[bB][01]+[uUlL]*", text):
            return _integer_literal(text)
        digits = text.rstrip("fFlL")
        return Number(FLOAT if text[-1] in "fF" else DOUBLE, float(digits), digits)

    def _character(self, node: Node) -> Expression:
        body = text_of(node)[1:-1]
        if body.startswith("\\"):
            if body[1:] not in _ESCAPES:
                raise Unsupported(f"the character {body}")
            return Number(INT, _ESCAPES[body[1:]])
        if len(body) != 1 or ord(body) > 126:
            raise Unsupported(f"the character {body}")
        return Number(INT, ord(body), f"'{body}'" if body.isalnum() else "")

    def _constant(self, node: Node) -> Expression:
        value, type_ = CONSTANTS[{"nullptr": "NULL"}.get(text_of(node), text_of(node))]
        return Number(type_, value)

    def _identifier(self, node: Node) -> Expression:
        name = text_of(node)
        variable = self.lookup(name)
        if variable is not None:
            return memory_of(variable) if variable.is_in_memory or variable.is_static else Name(variable.type, variable)
        if name in self.types.enumerators:
            return Number(INT, self.types.enumerators[name])
        if name in CONSTANTS:
            return self._constant(node)
        raise Unsupported(f"the name {name}")

    def _string(self, node: Node) -> Expression:
        parts = [node] if node.type == "string_literal" else node.named_children
        return Text(Pointer(CHAR), "".join(text_of(part)[1:-1] for part in parts if part.type == "string_literal"))

    def _parenthesised(self, node: Node) -> Expression:
        return self.lvalue(node.named_children[0])

    def _comma(self, node: Node) -> Expression:
        first, second = self.read(self.child(node, "left")), self.read(self.child(node, "right"))
        return Comma(second.type, first, second)

    def _binary(self, node: Node) -> Expression:
        left, right = self.read(self.child(node, "left")), self.read(self.child(node, "right"))
        return self.combined(text_of(node.child_by_field_name("operator")), left, right)

    def combined(self, operator: str, left: Expression, right: Expression) -> Expression:
        """``left operator right`` with the conversions that C makes."""
        if operator in ("&&", "||"):
            return Logic(operator, left, right)
        if isinstance(left.type, Pointer) or isinstance(right.type, Pointer):
            return _with_pointers(operator, left, right)
        _refuse_reals(operator, left.type, right.type)
        if operator in ("<<", ">>"):
            type_ = promoted(left.type)
            return Binary(type_, operator, cast(left, type_), cast(right, promoted(right.type)))
        type_ = common(left.type, right.type)
        left, right = cast(left, type_), cast(right, type_)
        if operator in _COMPARISONS:
            return Compare(operator, left, right)
        return Binary(type_, operator, left, right)

    def _unary(self, node: Node) -> Expression:
        operator, operand = text_of(node.child_by_field_name("operator")), self.read(self.child(node, "argument"))
        if operator == "!":
            return Logic("!", operand)
        type_ = operand.type if isinstance(operand.type, Real) else promoted(operand.type)
        operand = cast(operand, type_)
        if operator == "~":
            _refuse_reals(operator, type_)
        if operator == "+":
            return operand
        if operator == "-" and isinstance(operand, Number):
            return _negated(operand)
        return Unary(type_, operator, operand)

    def _pointer(self, node: Node) -> Expression:
        operator, argument = text_of(node.child_by_field_name("operator")), self.child(node, "argument")
        if operator == "*":
            return dereferenced(self.read(argument))
        found = self.lvalue(argument)
        if not isinstance(found, Memory):
            raise Unsupported("the address of what is in no memory")
        return address_of(found)

    def _subscript(self, node: Node) -> Expression:
        pointer, index = self.read(self.child(node, "argument")), self.read(self.child(node, "index"))
        return dereferenced(_moved(pointer, index))

    def _field(self, node: Node) -> Expression:
        name = text_of(node.child_by_field_name("field"))
        if text_of(node.child_by_field_name("operator")) == "->":
            whole = dereferenced(self.read(self.child(node, "argument")))
        else:
            whole = self.lvalue(self.child(node, "argument"))
        structure = self.types.complete(whole.type)
        if not isinstance(structure, Structure) or not isinstance(whole, Memory):
            raise Unsupported("a member of what is no structure in memory")
        for member in structure.fields:
            if member.name == name:
                return Memory(member.type, whole.address, whole.offset + member.offset)
        raise Unsupported(f"the member {name}")

    def _call(self, node: Node) -> Expression:
        name = text_of(node.child_by_field_name("function"))
        if name not in self.functions:
            raise Unsupported(f"a call of {name}")
        type_, parameters, is_variadic = self.functions[name]
        given = [self.read(child) for child in self.child(node, "arguments").named_children if child.type != "comment"]
        arguments = [cast(value, wanted) for value, (_, wanted) in zip(given, parameters, strict=False)]
        for value in given[len(parameters) :]:
            arguments.append(cast(value, DOUBLE if isinstance(value.type, Real) else _promoted_argument(value.type)))
        return Call(type_, name, tuple(arguments), is_variadic)

    def _cast(self, node: Node) -> Expression:
        return cast(self.read(self.child(node, "value")), self.types.described(self.child(node, "type")))

    def _conditional(self, node: Node) -> Expression:
        test = self.read(self.child(node, "condition"))
        yes, no = self.read(self.child(node, "consequence")), self.read(self.child(node, "alternative"))
        if isinstance(yes.type, Pointer) or isinstance(no.type, Pointer) or VOID in (yes.type, no.type):
            type_ = yes.type if isinstance(yes.type, Pointer) else no.type
        else:
            type_ = common(yes.type, no.type)
        return Conditional(type_, test, cast(yes, type_), cast(no, type_))

    def _assignment(self, node: Node) -> Expression:
        target, value = self.lvalue(self.child(node, "left")), self.read(self.child(node, "right"))
        operator = text_of(node.child_by_field_name("operator"))
        if not isinstance(target, Name | Memory) or isinstance(target.type, Array | Structure):
            raise Unsupported("an assignment to a whole structure or array")
        if operator == "=":
            return Assign(target.type, target, cast(value, target.type))
        return self._changed(operator[:-1], target, value, is_post=False)

    def _update(self, node: Node) -> Expression:
        target = self.lvalue(self.child(node, "argument"))
        operator = text_of(node.child_by_field_name("operator"))
        if not isinstance(target, Name | Memory):
            raise Unsupported("a step of what is no variable")
        is_post = node.children[0].type not in ("++", "--")
        return self._changed(operator[0], target, Number(INT, 1, "1"), is_post=is_post)

    def _changed(self, operator: str, target: Name | Memory, value: Expression, *, is_post: bool) -> Expression:
        type_ = target.type
        if isinstance(type_, Pointer):
            return Change(type_, operator, target, cast(value, LONG), type_, is_post)
        _refuse_reals(operator, type_, value.type)
        if operator in ("<<", ">>"):
            computed = promoted(type_)
            return Change(type_, operator, target, cast(value, promoted(value.type)), computed, is_post)
        computed = common(type_, value.type)
        return Change(type_, operator, target, cast(value, computed), computed, is_post)

    def _sizeof(self, node: Node) -> Expression:
        type_node = node.child_by_field_name("type")
        if type_node is not None:
            name = text_of(type_node)
            variable = self.lookup(name)
            type_ = variable.type if variable is not None else self.types.described(type_node)
        else:
            type_ = self.lvalue(self.child(node, "value")).type
        return Number(UNSIGNED_LONG, self.types.complete(type_).size)


def _refuse_reals(operator: str, *operands: Type) -> None:
    """C has no remainder, shift or bit operation on floating point (C17 6.5.3.3, 6.5.5, 6.5.7, 6.5.10 to 12)."""
    if operator in ("%", "<<", ">>", "&", "^", "|", "~") and any(isinstance(type_, Real) for type_ in operands):
        raise Unsupported(f"the operator {operator} on floating point")


def memory_of(variable: Variable) -> Memory:
    """A variable that lives in memory, as an lvalue."""
    return Memory(variable.type, AddressOf(Pointer(decayed(variable.type)), variable))


def address_of(place: Memory) -> Expression:
    """The address of an lvalue, as a pointer to it (or to its first element)."""
    to = place.type.of if isinstance(place.type, Array) else place.type
    address = place.address
    if place.offset:
        return Element(Pointer(to), address, Number(LONG, place.offset), 1)
    if isinstance(address, AddressOf):
        return AddressOf(Pointer(to), address.variable)
    return Cast(Pointer(to), address) if address.type != Pointer(to) else address


def dereferenced(pointer: Expression) -> Expression:
    """What a pointer points at."""
    if not isinstance(pointer.type, Pointer):
        raise Unsupported("what a number points at")
    return Memory(pointer.type.to, pointer)


def cast(value: Expression, type_: Type) -> Expression:
    """`value` converted; a number is converted here."""
    if value.type == type_ or type_ == VOID:
        return value
    if isinstance(value, Number):
        if isinstance(type_, Integer) and isinstance(value.value, int):
            return Number(type_, *_wrapped(value.value, type_, value.text))
        if isinstance(type_, Real):
            return Number(type_, float(value.value), value.text if not value.text.startswith(("0x", "'")) else "")
        if isinstance(type_, Pointer):
            return Number(type_, value.value)
    if isinstance(type_, Array | Structure) or isinstance(value.type, Array | Structure):
        raise Unsupported("a structure as a value")
    return Cast(type_, value)


def _wrapped(value: int, type_: Integer, text: str) -> tuple[int, str]:
    if type_.is_boolean:
        return int(value != 0), ""
    bits = 8 * type_.size
    wrapped = value & ((1 << bits) - 1)
    if type_.signed and wrapped >> (bits - 1):
        wrapped -= 1 << bits
    return wrapped, text if wrapped == value else ""


def _integer_literal(text: str) -> Number:
    digits = text.rstrip("uUlL")
    suffix = text[len(digits) :].lower()
    is_octal = len(digits) > 1 and digits[0] == "0" and digits.isdigit()
    value = int(digits, 8) if is_octal else int(digits, 0)
    is_decimal = digits.isdigit() and not is_octal
    candidates = [INT, UNSIGNED, LONG, UNSIGNED_LONG]
    if "l" in suffix:
        candidates = [LONG, UNSIGNED_LONG]
    if "u" in suffix:
        candidates = [type_ for type_ in candidates if not type_.signed]
    elif is_decimal:
        candidates = [type_ for type_ in candidates if type_.signed]
    for type_ in candidates:
        if value < 1 << (8 * type_.size - type_.signed):
            return Number(type_, value, "" if is_octal else digits)
    raise Unsupported(f"the number {text}")


def _negated(number: Number) -> Number:
    text = f"-{number.text}" if number.text and "'" not in number.text else ""
    if isinstance(number.type, Integer):
        return Number(number.type, *_wrapped(-int(number.value), number.type, text))
    return Number(number.type, -number.value, text)


def _promoted_argument(type_: Type) -> Type:
    return type_ if isinstance(type_, Pointer) else promoted(type_)


def _moved(pointer: Expression, index: Expression) -> Expression:
    if not isinstance(pointer.type, Pointer):
        pointer, index = index, pointer
    if not isinstance(pointer.type, Pointer) or not isinstance(index.type, Integer):
        raise Unsupported("pointer arithmetic without a pointer and an integer")
    if index.type.size < INT.size:
        index = cast(index, INT)
    size = pointer.type.to.size
    if size == 0:
        raise Unsupported("a step over an incomplete type")
    return Element(pointer.type, pointer, index, size)


def _with_pointers(operator: str, left: Expression, right: Expression) -> Expression:
    if operator in _COMPARISONS:
        return Compare(operator, cast(left, UNSIGNED_LONG), cast(right, UNSIGNED_LONG))
    if operator == "+":
        return _moved(left, right)
    if operator == "-" and isinstance(left.type, Pointer) and isinstance(right.type, Pointer):
        size = left.type.to.size
        difference = Binary(LONG, "-", cast(left, LONG), cast(right, LONG))
        return difference if size == 1 else Binary(LONG, "/", difference, Number(LONG, size))
    if operator == "-" and isinstance(right.type, Integer) and isinstance(left.type, Pointer):
        back = Number(LONG, -right.value) if isinstance(right, Number) else Unary(LONG, "-", cast(right, LONG))
        return _moved(left, back)
    raise Unsupported(f"{operator} on pointers")
