"""std::string: construction, destruction, and the inner steps that unoptimised code calls."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Buffer, Char, ConstPointer, Pointer, ResultAddress, Size
from playground.emulator.library.cxx.exceptions import throw
from playground.emulator.library.cxx.memory import LIBSTDCXX, read_pointer, write_pointer
from playground.emulator.library.cxx.runtime import allocate
from playground.emulator.library.cxx.string import (
    NPOS,
    GuestString,
    grown_capacity,
    method,
    repeated,
    take,
)
from playground.emulator.library.memory import copy, fill
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


@method("C1Ev", "C2Ev", "C1ERKS3_", "C2ERKS3_")
def construct_empty(machine: "Machine", this: Pointer) -> None:
    """string()."""
    GuestString(machine, this).construct(b"")


@method("C1ERKS4_", "C2ERKS4_")
def construct_copy(machine: "Machine", this: Pointer, other: Pointer) -> None:
    """string(const string&)."""
    GuestString(machine, this).construct(GuestString(machine, other).content)


@method("C1EOS4_", "C2EOS4_")
def construct_move(machine: "Machine", this: Pointer, other: Pointer) -> None:
    """string(string&&): takes the storage over."""
    take(machine, this, other)


@method("C1ERKS4_mm", "C2ERKS4_mm", "C1ERKS4_mmRKS3_")
def construct_part(machine: "Machine", this: Pointer, other: Pointer, position: Size, count: Size) -> None:
    """string(const string&, pos, n)."""
    source = GuestString(machine, other)
    start = source.check(position, "basic_string::basic_string")
    GuestString(machine, this).construct(source.content[start : start + count])


@method("C1ERKS4_m", "C2ERKS4_m")
def construct_from_position(machine: "Machine", this: Pointer, other: Pointer, position: Size) -> None:
    """string(const string&, pos)."""
    construct_part(machine, this, other, position, NPOS)


@method("C1EPKcRKS3_", "C2EPKcRKS3_", "C1IS3_EEPKcRKS3_", "C2IS3_EEPKcRKS3_")
def construct_from_text(machine: "Machine", this: Pointer, text: Pointer) -> None:
    """string(const char *)."""
    if text == 0:
        throw(machine, "St11logic_error", "basic_string: construction from null is not valid")
    GuestString(machine, this).construct(machine.read_cstring(text))


@method("C1EPKcmRKS3_", "C2EPKcmRKS3_")
def construct_from_characters(machine: "Machine", this: Pointer, text: ConstPointer, count: Size) -> None:
    """string(const char *, n)."""
    GuestString(machine, this).construct(machine.read(text, count))


@method("C1EmcRKS3_", "C2EmcRKS3_", "12_M_constructEmc", "18_M_construct_aux_2Emc")
def construct_repeated(machine: "Machine", this: Pointer, count: Size, c: Char) -> None:
    """string(n, c)."""
    GuestString(machine, this).construct(repeated(machine, c, count))


@method(
    *("12_M_constructIPKcEEvT_S8_St20forward_iterator_tag", "12_M_constructIPcEEvT_S7_St20forward_iterator_tag"),
    "12_M_constructIN9__gnu_cxx17__normal_iteratorIPcS4_EEEEvT_SA_St20forward_iterator_tag",
    "12_M_constructIN9__gnu_cxx17__normal_iteratorIPKcS4_EEEEvT_SB_St20forward_iterator_tag",
)
def construct_range(machine: "Machine", this: Pointer, first: Pointer, last: Pointer) -> None:
    """string(first, last)."""
    if first == 0 and last:
        throw(machine, "St11logic_error", "basic_string::_M_construct null not valid")
    GuestString(machine, this).construct(machine.read(first, last - first))


@method("D1Ev", "D2Ev", "10_M_disposeEv")
def destroy(machine: "Machine", this: Pointer) -> None:
    """~string()."""
    GuestString(machine, this).dispose()


# the inner steps that -O0 code calls


@method("9_M_createERmm")
def create_storage(machine: "Machine", this: Pointer, capacity: Pointer, old: Size) -> Buffer:
    """_M_create: storage for at least *capacity characters, which is raised to what was chosen."""
    chosen = grown_capacity(machine, read_pointer(machine, capacity), old)
    write_pointer(machine, capacity, chosen)
    return allocate(machine, chosen + 1)


@method("7_M_dataEPc")
def set_data(machine: "Machine", this: Pointer, storage: Pointer) -> None:
    """_M_data(p)."""
    write_pointer(machine, this, storage)


@method("12_Alloc_hiderC1EPcRKS3_", "12_Alloc_hiderC2EPcRKS3_", "12_Alloc_hiderC1EPcOS3_", "12_Alloc_hiderC2EPcOS3_")
def construct_holder(machine: "Machine", this: Pointer, storage: Pointer) -> None:
    """_Alloc_hider."""
    write_pointer(machine, this, storage)


@method("13_M_set_lengthEm")
def set_length(machine: "Machine", this: Pointer, size: Size) -> None:
    """_M_set_length."""
    GuestString(machine, this).set_size(size)


@method("9_M_lengthEm")
def store_length(machine: "Machine", this: Pointer, size: Size) -> None:
    """_M_length(n)."""
    write_pointer(machine, this + 8, size)


@method("11_M_capacityEm")
def store_capacity(machine: "Machine", this: Pointer, capacity: Size) -> None:
    """_M_capacity(n)."""
    write_pointer(machine, this + 16, capacity)


@method("13_M_local_dataEv", "K 13_M_local_dataEv")
def local_data(machine: "Machine", this: Pointer) -> Buffer:
    """_M_local_data."""
    return this + 16


@method("17_M_use_local_dataEv")
def use_local_data(machine: "Machine", this: Pointer) -> Buffer:
    """_M_use_local_data."""
    return this + 16


@method("10_M_destroyEm")
def destroy_storage(machine: "Machine", this: Pointer, capacity: Size) -> None:
    """_M_destroy."""
    library_state(machine).heap.release(GuestString(machine, this).data, "operator delete")


@method("K 13get_allocatorEv")
def copy_allocator(machine: "Machine", result: ResultAddress, this: Pointer) -> Pointer:
    """get_allocator: an empty object, returned in memory."""
    return result


@method("16_M_get_allocatorEv", "K 16_M_get_allocatorEv")
def get_allocator(machine: "Machine", this: Pointer) -> Pointer:
    """The allocator is the string itself."""
    return this


@method(*("13_S_copy_charsEPcPKcS7_", "13_S_copy_charsEPcS5_S5_"))
def copy_range(machine: "Machine", target: Pointer, first: Pointer, last: Pointer) -> None:
    """_S_copy_chars."""
    copy(machine, target, first, last - first)


@method("7_S_copyEPcPKcm", "7_S_moveEPcPKcm")
def copy_characters(machine: "Machine", target: Pointer, source: Pointer, count: Size) -> None:
    """_S_copy."""
    copy(machine, target, source, count)


@method("9_S_assignEPcmc")
def fill_characters(machine: "Machine", target: Pointer, count: Size, c: Char) -> None:
    """_S_assign."""
    fill(machine, target, c, count)


@function("_ZNSaIcEC1Ev", "_ZNSaIcEC2Ev", "_ZNSaIcEC1ERKS_", "_ZNSaIcEC2ERKS_", header=LIBSTDCXX)
def allocator_construct(machine: "Machine", this: Pointer) -> None:
    """std::allocator<char>()."""


@function("_ZNSaIcED1Ev", "_ZNSaIcED2Ev", header=LIBSTDCXX)
def allocator_destroy(machine: "Machine", this: Pointer) -> None:
    """~allocator()."""


@method("K 6substrEmm")
def substr(machine: "Machine", result: ResultAddress, this: Pointer, position: Size, count: Size) -> Pointer:
    """substr(pos, n)."""
    text = GuestString(machine, this)
    start = text.check(position, "basic_string::substr")
    GuestString(machine, result).construct(text.content[start : start + count])
    return result
