"""Run-time type information: type_info's vtables, the builtin types' objects, dynamic_cast (Itanium C++ ABI 2.9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Bool, Long, Pointer
from playground.emulator.library.cxx.memory import LIBSTDCXX, read_pointer, write_pointer
from playground.emulator.library.registry import data, function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

KINDS = (
    *("117__class_type_infoE", "120__si_class_type_infoE", "121__vmi_class_type_infoE", "119__pointer_type_infoE"),
    *("123__fundamental_type_infoE", "116__enum_type_infoE", "120__function_type_infoE", "117__array_type_infoE"),
    "129__pointer_to_member_type_infoE",
)
SINGLE = "_ZTVN10__cxxabiv120__si_class_type_infoE"
MULTIPLE = "_ZTVN10__cxxabiv121__vmi_class_type_infoE"
BUILTIN = (*"vbcahstijlmxynofdegw", "Dn", "Ds", "Di", "Du")
VIRTUAL, PUBLIC = 1, 2
DEEPEST_HIERARCHY = 1000
"""Subobjects visited; a wild type_info ends there."""


def _empty_vtable(machine: "Machine", address: int) -> None:
    """Its address is all that is looked at."""


for _kind in KINDS:
    data(f"_ZTVN10__cxxabiv{_kind}", 88, header=LIBSTDCXX)(_empty_vtable)


def _define_builtin(mangled: str) -> None:
    def initialise(machine: "Machine", address: int) -> None:
        write_pointer(machine, address + 8, library_state(machine).text(f"typeinfo {mangled}", mangled.encode()))

    data(f"_ZTI{mangled}", 16, header=LIBSTDCXX)(initialise)


for _builtin in BUILTIN:
    for _prefix in ("", "P", "PK"):
        _define_builtin(_prefix + _builtin)


@dataclass(frozen=True)
class Subobject:
    """A base class subobject (or the whole) of an object."""

    address: int
    type_info: int
    public: bool
    """Reached by public inheritance all the way."""


def _bases(machine: "Machine", whole: Subobject) -> Iterator[Subobject]:
    """The direct bases of a subobject."""
    kind = read_pointer(machine, whole.type_info)
    if kind == (machine.symbol_slot(SINGLE) or -16) + 16:
        yield Subobject(whole.address, read_pointer(machine, whole.type_info + 16), whole.public)
    elif kind == (machine.symbol_slot(MULTIPLE) or -16) + 16:
        for index in range(min(machine.read_integer(whole.type_info + 20, 4), 256)):
            entry = whole.type_info + 24 + 16 * index
            flags = machine.read_integer(entry + 8, 8, signed=True)
            offset = flags >> 8
            if flags & VIRTUAL:
                offset = machine.read_integer(read_pointer(machine, whole.address) + offset, 8, signed=True)
            public = whole.public and bool(flags & PUBLIC)
            yield Subobject(whole.address + offset, read_pointer(machine, entry), public)


def _subobjects(machine: "Machine", whole: Subobject) -> list[Subobject]:
    """The object and all its bases, each address and type once per way of access."""
    found: list[Subobject] = []
    pending = [whole]
    while pending and len(found) < DEEPEST_HIERARCHY:
        subobject = pending.pop()
        if subobject not in found:
            found.append(subobject)
            pending += _bases(machine, subobject)
    return found


def _same_type(machine: "Machine", one: int, two: int) -> bool:
    if one == two:
        return True
    names = [machine.read_cstring(read_pointer(machine, type_info + 8), 4096) for type_info in (one, two)]
    return names[0] == names[1] and not names[0].startswith(b"*")


def _of_type(machine: "Machine", subobjects: list[Subobject], type_info: int) -> list[Subobject]:
    return [s for s in subobjects if s.public and _same_type(machine, s.type_info, type_info)]


@function("__dynamic_cast", header=LIBSTDCXX)
def __dynamic_cast(machine: "Machine", source: Pointer, source_type: Pointer, target: Pointer, hint: Long) -> Pointer:
    """The target subobject for a dynamic_cast, or NULL."""
    vtable = read_pointer(machine, source)
    top = machine.read_integer(vtable - 16, 8, signed=True)
    whole = Subobject(source + top, read_pointer(machine, vtable - 8), True)
    everything = _subobjects(machine, whole)
    candidates = _of_type(machine, everything, target)
    downwards = {
        candidate.address
        for candidate in candidates
        if any(inner.address == source for inner in _of_type(machine, _subobjects(machine, candidate), source_type))
    }
    if len(downwards) == 1:
        return downwards.pop()
    across = {candidate.address for candidate in candidates}
    reachable = any(s.address == source for s in _of_type(machine, everything, source_type))
    return across.pop() if not downwards and len(across) == 1 and reachable else 0


@function("_ZNKSt9type_infoeqERKS_", header=LIBSTDCXX)
def type_info_equal(machine: "Machine", this: Pointer, other: Pointer) -> Bool:
    """type_info::operator==."""
    return int(_same_type(machine, this, other))
