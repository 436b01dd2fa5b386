"""Where arguments stand at a call."""

from collections.abc import Sequence

from playground.data.direct.registers import Convention, Register, kind
from playground.data.direct.types import Type


def argument_places(types: Sequence[Type], convention: Convention) -> list[Register | int]:
    """Each argument's register, or which eight bytes of the caller's stack, from 0 (AAPCS64 6.8.2, psABI 3.2.3)."""
    general, real = list(convention.arguments), list(convention.real_arguments)
    places: list[Register | int] = []
    on_stack = 0
    for type_ in types:
        free = real if kind(type_) else general
        if free:
            places.append(free.pop(0))
        else:
            places.append(on_stack)
            on_stack += 1
    return places
