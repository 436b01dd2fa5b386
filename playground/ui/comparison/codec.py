"""Frozen dataclasses to JSON and back, by their annotations: what is kept of a comparison is what was shown."""

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from playground.tasks.files import task_from_json, task_to_json
from playground.tasks.task import Task

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """A value of dataclasses, tuples, bytes and scalars as what ``json.dumps`` takes."""
    if isinstance(value, Task):
        return task_to_json(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    return value


def from_json(kind: type[T], value: Any) -> T:
    """The value of this type that `to_json` wrote. Fields that a newer version added take their defaults."""
    return typing.cast(T, _read(kind, value))


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        (inner,) = (one for one in typing.get_args(kind) if one is not type(None))
        return _read(inner, value)
    if origin is tuple:
        return tuple(_read(typing.get_args(kind)[0], item) for item in value)
    if kind is bytes:
        return bytes.fromhex(value)
    if kind is Task:
        return task_from_json(value)
    return _read_fields(kind, value) if is_dataclass(kind) else value


def _read_fields(kind: Any, value: Mapping[str, Any]) -> Any:
    hints = typing.get_type_hints(kind)
    return kind(
        **{field.name: _read(hints[field.name], value[field.name]) for field in fields(kind) if field.name in value}
    )
