"""Argument values: from JSON, checked against the C types of a prototype, and as the elements of guest memory."""

import json
import math
import struct
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from playground.emulator.c_types import CType
from playground.emulator.prototype import Parameter, Prototype
from playground.errors import InputError
from playground.tasks.task import Argument, Case, Numbers, SameAs, Zeros

LARGEST_ARRAY = 1 << 20
"""Elements of one argument: far above any task, far below the guest's memory limit."""

_NAMED_FLOATS = {"nan": math.nan, "inf": math.inf, "infinity": math.inf, "-inf": -math.inf, "-infinity": -math.inf}

_STRUCT_CODES = {
    ("integer", 1, True): "b", ("integer", 1, False): "B", ("integer", 2, True): "h", ("integer", 2, False): "H",
    ("integer", 4, True): "i", ("integer", 4, False): "I", ("integer", 8, True): "q", ("integer", 8, False): "Q",
    ("float", 4, True): "f", ("float", 8, True): "d", ("pointer", 8, False): "Q",
}  # fmt: skip


def value_from_json(value: Any, where: str) -> Argument:
    """One argument: a number, a list of numbers, a string, ``{"zeros": n}`` or ``{"same_as": name}``.

    Raises:
        InputError: it is none of these.
    """
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float, str)):
        return value
    if isinstance(value, list):
        return _numbers(value, where)
    if isinstance(value, dict) and len(value) == 1:
        if isinstance(value.get("zeros"), int) and 0 <= value["zeros"] <= LARGEST_ARRAY:
            return Zeros(count=int(value["zeros"]))
        if isinstance(value.get("same_as"), str):
            return SameAs(parameter=value["same_as"])
    raise InputError(
        f'{where} is {json.dumps(value)[:60]}; give a number, a list of numbers, a string, or {{"zeros": n}} '
        f"with n up to {LARGEST_ARRAY}."
    )


def memory_from_json(value: Any, where: str) -> Numbers | str:
    """What memory must hold: a list of numbers, or a text.

    Raises:
        InputError: it is neither.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return _numbers(value, where)
    raise InputError(f"{where} is {json.dumps(value)[:60]}; give a list of numbers, or a string.")


def _numbers(values: list[Any], where: str) -> Numbers:
    if len(values) > LARGEST_ARRAY:
        raise InputError(f"{where} has {len(values):,} elements; give at most {LARGEST_ARRAY:,}.")
    for index, value in enumerate(values):
        if not isinstance(value, (int, float)):
            raise InputError(f"{where}[{index}] is {json.dumps(value)[:60]}; give a number.")
    return tuple(int(value) if isinstance(value, bool) else value for value in values)


def check_case(case: Case, prototype: Prototype, where: str) -> Case:
    """The case with its values in their C types' Python types.

    Raises:
        InputError: the number of arguments, an argument, the result or a memory does not fit the prototype.
    """
    parameters = prototype.parameters
    if len(case.args) != len(parameters):
        raise InputError(
            f'{where}: "args" has {len(case.args)} values, but {prototype.name} takes {len(parameters)}; give one each.'
        )
    args = tuple(
        _fitted(argument, parameter, case, prototype, where)
        for argument, parameter in zip(case.args, parameters, strict=True)
    )
    returns = _fitted_result(case.returns, prototype, where)
    after = {name: _fitted_memory(name, memory, args, prototype, where) for name, memory in case.after.items()}
    return replace(case, args=args, returns=returns, after=after)


def _fitted(argument: Argument, parameter: Parameter, case: Case, prototype: Prototype, where: str) -> Argument:
    place = f'{where}: argument "{parameter.name}" ({parameter.type.spelling})'
    kind = parameter.type
    if kind.kind != "pointer":
        return _fitted_number(argument, kind, place)
    if isinstance(argument, SameAs):
        return _fitted_alias(argument, parameter, case, prototype, place)
    if isinstance(argument, str) and (kind.pointee is None or kind.pointee.size != 1 or kind.pointee.fields):
        raise InputError(f"{place} is a string; a string fits only a pointer to characters: give a list.")
    if isinstance(argument, tuple):
        return _fitted_elements(argument, kind, place)
    if isinstance(argument, (int, float)) and argument != 0:
        raise InputError(f'{place} is {argument}; give a list, a string, {{"zeros": n}}, or 0 for NULL.')
    return argument


def _fitted_alias(argument: SameAs, parameter: Parameter, case: Case, prototype: Prototype, place: str) -> SameAs:
    names = [one.name for one in prototype.parameters]
    earlier = names[: names.index(parameter.name)]
    target = prototype.parameter(argument.parameter)
    if argument.parameter not in earlier or target is None or target.type.kind != "pointer":
        raise InputError(f'{place}: "same_as" is {argument.parameter!r}; name an earlier pointer parameter.')
    if isinstance(case.args[names.index(argument.parameter)], SameAs):
        raise InputError(f'{place}: "same_as" names {argument.parameter!r}, itself an alias; name the original.')
    return argument


def _fitted_number(argument: object, kind: CType, place: str) -> int | float:
    if isinstance(argument, str) and kind.kind == "float" and argument.lower() in _NAMED_FLOATS:
        return _NAMED_FLOATS[argument.lower()]
    if not isinstance(argument, (int, float)):
        raise InputError(f"{place} is {_shown(argument)}; give a number.")
    if kind.kind == "float":
        return _as_float(argument, place)
    if isinstance(argument, float) and not argument.is_integer():
        raise InputError(f"{place} is {argument}; give a whole number.")
    low, high = -(1 << 8 * kind.size - 1), (1 << 8 * kind.size) - 1
    if not low <= argument <= high:
        raise InputError(f"{place} is {argument}; it must fit in {8 * kind.size} bits.")
    return kind.wrap(int(argument))


def _as_float(value: int | float, place: str) -> float:
    try:
        return float(value)
    except OverflowError:
        raise InputError(f"{place} is too large for a floating-point number.") from None


def _fitted_elements(values: Numbers, kind: CType, place: str) -> Numbers:
    pointee = kind.pointee
    assert pointee is not None
    if not pointee.fields:
        return tuple(_fitted_number(value, pointee, f"{place}[{index}]") for index, value in enumerate(values))
    fields = pointee.fields
    if len(values) % len(fields):
        raise InputError(f"{place} has {len(values)} values; give {len(fields)} per {pointee.spelling}, in order.")
    return tuple(
        _fitted_number(value, fields[index % len(fields)].type, f"{place}[{index}]")
        for index, value in enumerate(values)
    )


def _fitted_result(returns: object, prototype: Prototype, where: str) -> int | float | str | None:
    kind = prototype.result
    place = f'{where}: "returns" ({kind.spelling})'
    if returns is None:
        return None
    if kind.kind == "void":
        raise InputError(f"{place} is {_shown(returns)}, but {prototype.name} returns nothing; take it away.")
    if kind.kind != "pointer":
        return _fitted_number(returns, kind, place)
    if isinstance(returns, str) and kind.pointee is not None and kind.pointee.size == 1:
        return returns
    if isinstance(returns, int) and returns == 0:
        return 0
    raise InputError(f"{place} is {_shown(returns)}; give 0 for NULL, or for a char * the text that it points at.")


def _fitted_memory(
    name: str, memory: Numbers | str, args: Sequence[Argument], prototype: Prototype, where: str
) -> Numbers | str:
    parameter = prototype.parameter(name)
    place = f'{where}: "after" {name!r}'
    if parameter is None or parameter.type.kind != "pointer":
        pointers = [one.name for one in prototype.parameters if one.type.kind == "pointer"]
        raise InputError(f"{place}: no pointer parameter is called so; choose one of {', '.join(pointers) or 'none'}.")
    argument = args[prototype.parameters.index(parameter)]
    if isinstance(argument, SameAs):
        raise InputError(f"{place} is the memory of {argument.parameter!r}; give it under that name.")
    if isinstance(memory, str):
        if parameter.type.pointee is None or parameter.type.pointee.size != 1:
            raise InputError(f"{place} is a string; only a pointer to characters holds one: give a list.")
        needed = len(memory.encode(errors="surrogateescape")) + 1
    else:
        memory = _fitted_elements(memory, parameter.type, place)
        needed = len(memory)
    if needed > element_count(argument, parameter.type):
        raise InputError(
            f"{place} has {needed} elements, but the argument has {element_count(argument, parameter.type)}."
        )
    return memory


def element_count(argument: Argument, kind: CType) -> int:
    """Elements (of structures: members) that an argument's memory holds; a string's NUL counts."""
    if isinstance(argument, str):
        return len(argument.encode(errors="surrogateescape")) + 1
    if isinstance(argument, Zeros):
        return argument.count * max(1, len(kind.pointee.fields) if kind.pointee else 1)
    return len(argument) if isinstance(argument, tuple) else 0


def pack_structures(values: Numbers, pointee: CType) -> tuple[int, ...]:
    """The bytes of an array of structures, members in order, padding zero."""
    width = len(pointee.fields)
    data = bytearray(pointee.structure_bytes * (len(values) // width))
    for index, value in enumerate(values):
        field = pointee.fields[index % width]
        _, offset = index, index // width * pointee.structure_bytes + field.offset
        number = float(value) if field.type.kind == "float" else int(value)
        struct.pack_into("<" + _code(field.type), data, offset, number)
    return tuple(data)


def unpack_structures(data: Sequence[int | float], pointee: CType) -> Numbers:
    """The members' values of an array of structures given as bytes."""
    raw = bytes(int(byte) for byte in data)
    values: list[int | float] = []
    for start in range(0, len(raw) - pointee.structure_bytes + 1, pointee.structure_bytes):
        for field in pointee.fields:
            values.append(struct.unpack_from("<" + _code(field.type), raw, start + field.offset)[0])
    return tuple(values)


def _code(kind: CType) -> str:
    return _STRUCT_CODES[(kind.kind, kind.size, kind.signed)]


def _shown(value: object) -> str:
    return repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "..."
