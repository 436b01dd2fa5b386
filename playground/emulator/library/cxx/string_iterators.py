"""std::string's members that take or give iterators (which are plain pointers), and operator+."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Char, ConstPointer, CString, Pointer, ResultAddress, Size
from playground.emulator.library.cxx.memory import LIBSTDCXX, write_pointer
from playground.emulator.library.cxx.string import GuestString, method, repeated
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

ITERATOR = "N9__gnu_cxx17__normal_iteratorIPcS4_EE"
CONST_ITERATOR = "N9__gnu_cxx17__normal_iteratorIPKcS4_EE"
PLUS = "_ZStplIcSt11char_traitsIcESaIcEENSt7__cxx1112basic_stringIT_T0_T1_EE"


@method("6rbeginEv", "K 6rbeginEv", "K 7crbeginEv")
def rbegin(machine: "Machine", result: ResultAddress, this: Pointer) -> Pointer:
    """A reverse iterator holds the address one past its element; it is returned in memory."""
    text = GuestString(machine, this)
    write_pointer(machine, result, text.data + text.size)
    return result


@method("4rendEv", "K 4rendEv", "K 5crendEv")
def rend(machine: "Machine", result: ResultAddress, this: Pointer) -> Pointer:
    """The reverse end."""
    write_pointer(machine, result, GuestString(machine, this).data)
    return result


@method(f"5eraseE{ITERATOR}", f"5eraseE{CONST_ITERATOR}")
def erase_at(machine: "Machine", this: Pointer, position: Pointer) -> Pointer:
    """erase(iterator)."""
    return _replace(machine, this, position, position + 1, b"")


@method(f"5eraseE{ITERATOR}S8_", f"5eraseE{CONST_ITERATOR}S9_")
def erase_range(machine: "Machine", this: Pointer, first: Pointer, last: Pointer) -> Pointer:
    """erase(first, last)."""
    return _replace(machine, this, first, last, b"")


@method(f"6insertE{ITERATOR}c", f"6insertE{CONST_ITERATOR}c")
def insert_at(machine: "Machine", this: Pointer, position: Pointer, c: Char) -> Pointer:
    """insert(iterator, c)."""
    return _replace(machine, this, position, position, bytes([c]))


@method(f"6insertE{ITERATOR}mc", f"6insertE{CONST_ITERATOR}mc")
def insert_repeated_at(machine: "Machine", this: Pointer, position: Pointer, count: Size, c: Char) -> Pointer:
    """insert(iterator, n, c)."""
    return _replace(machine, this, position, position, repeated(machine, c, count))


@method(f"7replaceE{ITERATOR}S8_PKcm", f"7replaceE{CONST_ITERATOR}S9_S8_m")
def replace_range(
    machine: "Machine", this: Pointer, first: Pointer, last: Pointer, text: ConstPointer, count: Size
) -> Pointer:
    """replace(first, last, const char *, n)."""
    _replace(machine, this, first, last, machine.read(text, count))
    return this


@method(f"7replaceE{ITERATOR}S8_PKc", f"7replaceE{CONST_ITERATOR}S9_S8_")
def replace_range_with_text(machine: "Machine", this: Pointer, first: Pointer, last: Pointer, text: CString) -> Pointer:
    """replace(first, last, const char *)."""
    _replace(machine, this, first, last, text)
    return this


@method(f"7replaceE{ITERATOR}S8_RKS4_", f"7replaceE{CONST_ITERATOR}S9_RKS4_")
def replace_range_with_string(
    machine: "Machine", this: Pointer, first: Pointer, last: Pointer, other: Pointer
) -> Pointer:
    """replace(first, last, const string&)."""
    _replace(machine, this, first, last, GuestString(machine, other).content)
    return this


@method(f"7replaceE{ITERATOR}S8_PKcSA_", f"7replaceE{CONST_ITERATOR}S9_S8_S8_", f"7replaceE{CONST_ITERATOR}S9_S9_S9_")
def replace_range_with_range(
    machine: "Machine", this: Pointer, first: Pointer, last: Pointer, start: Pointer, end: Pointer
) -> Pointer:
    """replace(first, last, first2, last2)."""
    _replace(machine, this, first, last, machine.read(start, end - start))
    return this


def _replace(machine: "Machine", this: int, first: int, last: int, content: bytes) -> int:
    """Replace first..last; an iterator to what was put there."""
    text = GuestString(machine, this)
    position = first - text.data
    text.replace(position, last - first, content)
    return text.data + position


@method(
    *("C1IPKcvEET_S8_RKS3_", "C2IPKcvEET_S8_RKS3_", "C1IPcvEET_S7_RKS3_", "C2IPcvEET_S7_RKS3_"),
    f"C1I{ITERATOR}vEET_SA_RKS3_",
    f"C2I{ITERATOR}vEET_SA_RKS3_",
)
def construct_from_range(machine: "Machine", this: Pointer, first: Pointer, last: Pointer) -> None:
    """string(first, last)."""
    GuestString(machine, this).construct(machine.read(first, last - first))


@method("C1ESt16initializer_listIcERKS3_", "C2ESt16initializer_listIcERKS3_")
def construct_from_list(machine: "Machine", this: Pointer, first: Pointer, count: Size) -> None:
    """string{…}: the list is passed as pointer and length."""
    GuestString(machine, this).construct(machine.read(first, count))


@method("6insertEmRKS4_mm")
def insert_part(machine: "Machine", this: Pointer, position: Size, other: Pointer, start: Size, count: Size) -> Pointer:
    """insert(pos, const string&, pos2, n)."""
    source, text = GuestString(machine, other), GuestString(machine, this)
    begin = source.check(start, "basic_string::insert")
    text.replace(text.check(position, "basic_string::insert"), 0, source.content[begin : begin + count])
    return this


def _sum(machine: "Machine", result: int, content: bytes) -> int:
    GuestString(machine, result).construct(content)
    return result


@function(f"{PLUS}RKS8_SA_", header=LIBSTDCXX)
def add_strings(machine: "Machine", result: ResultAddress, left: Pointer, right: Pointer) -> Pointer:
    """string + string."""
    return _sum(machine, result, GuestString(machine, left).content + GuestString(machine, right).content)


@function(f"{PLUS}PKS5_RKS8_", header=LIBSTDCXX)
def add_text(machine: "Machine", result: ResultAddress, left: CString, right: Pointer) -> Pointer:
    """const char * + string."""
    return _sum(machine, result, left + GuestString(machine, right).content)


@function(f"{PLUS}S5_RKS8_", header=LIBSTDCXX)
def add_character(machine: "Machine", result: ResultAddress, left: Char, right: Pointer) -> Pointer:
    """char + string."""
    return _sum(machine, result, bytes([left]) + GuestString(machine, right).content)
