"""std::string's const members: access, search and comparison."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import (
    Bool,
    Buffer,
    Char,
    ConstPointer,
    CString,
    Int,
    Pointer,
    Size,
)
from playground.emulator.library.cxx.exceptions import throw, throw_out_of_range
from playground.emulator.library.cxx.string import MAX_SIZE, NPOS, GuestString, method
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


@method("K 4sizeEv", "K 6lengthEv")
def size(machine: "Machine", this: Pointer) -> Size:
    """size."""
    return GuestString(machine, this).size


@method("K 5emptyEv")
def empty(machine: "Machine", this: Pointer) -> Bool:
    """empty."""
    return int(GuestString(machine, this).size == 0)


@method("K 4dataEv", "K 5c_strEv", "K 7_M_dataEv", "4dataEv", "5beginEv", "K 5beginEv", "K 6cbeginEv")
def data(machine: "Machine", this: Pointer) -> Buffer:
    """data, c_str, begin."""
    return GuestString(machine, this).data


@method("3endEv", "K 3endEv", "K 4cendEv")
def end(machine: "Machine", this: Pointer) -> Buffer:
    """end."""
    text = GuestString(machine, this)
    return text.data + text.size


@method("K 8capacityEv")
def capacity(machine: "Machine", this: Pointer) -> Size:
    """capacity."""
    return GuestString(machine, this).capacity


@method("K 8max_sizeEv")
def max_size(machine: "Machine", this: Pointer) -> Size:
    """max_size."""
    return MAX_SIZE


@method("K 11_M_is_localEv")
def is_local(machine: "Machine", this: Pointer) -> Bool:
    """True while the characters lie in the object itself."""
    text = GuestString(machine, this)
    return int(text.data == text.local)


@method("ixEm", "K ixEm")
def index(machine: "Machine", this: Pointer, position: Size) -> Buffer:
    """operator[]."""
    return GuestString(machine, this).data + position


@method("2atEm", "K 2atEm")
def at(machine: "Machine", this: Pointer, position: Size) -> Buffer:
    """at: std::out_of_range beyond the end."""
    text = GuestString(machine, this)
    if position >= text.size:
        message = f"basic_string::at: __n (which is {position}) >= this->size() (which is {text.size})"
        throw_out_of_range(machine, message)
    return text.data + position


@method("5frontEv", "K 5frontEv")
def front(machine: "Machine", this: Pointer) -> Buffer:
    """front."""
    return GuestString(machine, this).data


@method("4backEv", "K 4backEv")
def back(machine: "Machine", this: Pointer) -> Buffer:
    """back."""
    text = GuestString(machine, this)
    return text.data + text.size - 1


@method("K 11_M_disjunctEPKc")
def disjunct(machine: "Machine", this: Pointer, other: Pointer) -> Bool:
    """True when `other` points outside the string."""
    text = GuestString(machine, this)
    return int(not text.data <= other <= text.data + text.size)


@method("K 8_M_checkEmPKc")
def check(machine: "Machine", this: Pointer, position: Size, routine: CString) -> Size:
    """The position, or std::out_of_range."""
    return GuestString(machine, this).check(position, routine.decode("latin-1"))


@method("K 8_M_limitEmm")
def limit(machine: "Machine", this: Pointer, position: Size, count: Size) -> Size:
    """count, cut at the string's end."""
    return min(count, GuestString(machine, this).size - position)


@method("K 15_M_check_lengthEmmPKc")
def check_length(machine: "Machine", this: Pointer, removed: Size, added: Size, routine: CString) -> None:
    """std::length_error when the result would be too long."""
    if MAX_SIZE - (GuestString(machine, this).size - removed) < added:
        throw(machine, "St12length_error", routine.decode("latin-1"))


@method("K 4copyEPcmm")
def copy_out(machine: "Machine", this: Pointer, target: Pointer, count: Size, position: Size) -> Size:
    """copy(dst, n, pos)."""
    text = GuestString(machine, this)
    part = text.content[text.check(position, "basic_string::copy") :][:count]
    machine.write(target, part)
    return len(part)


# search: each algorithm on (text, characters, position), registered for its four parameter forms

Search = Callable[[bytes, bytes, int], int]


def find(text: bytes, wanted: bytes, position: int) -> int:
    """The first occurrence from position on, -1 for none."""
    return text.find(wanted, position) if position <= len(text) else -1


def rfind(text: bytes, wanted: bytes, position: int) -> int:
    """The last occurrence that starts at or before position."""
    return text.rfind(wanted, 0, min(position, len(text)) + len(wanted)) if len(wanted) <= len(text) else -1


def _first(text: bytes, wanted: bytes, position: int, member: bool) -> int:
    return next((i for i in range(position, len(text)) if (text[i] in wanted) is member), -1)


def _last(text: bytes, wanted: bytes, position: int, member: bool) -> int:
    return next((i for i in range(min(position, len(text) - 1), -1, -1) if (text[i] in wanted) is member), -1)


SEARCHES: dict[str, Search] = {
    "4find": find,
    "5rfind": rfind,
    "13find_first_of": lambda text, wanted, position: _first(text, wanted, position, True),
    "17find_first_not_of": lambda text, wanted, position: _first(text, wanted, position, False),
    "12find_last_of": lambda text, wanted, position: _last(text, wanted, position, True),
    "16find_last_not_of": lambda text, wanted, position: _last(text, wanted, position, False),
}


def _define_search(name: str, search: Search) -> None:
    def by_characters(machine: "Machine", this: Pointer, text: ConstPointer, position: Size, count: Size) -> Size:
        return search(GuestString(machine, this).content, machine.read(text, count), position) & NPOS

    def by_text(machine: "Machine", this: Pointer, text: CString, position: Size) -> Size:
        return search(GuestString(machine, this).content, text, position) & NPOS

    def by_string(machine: "Machine", this: Pointer, other: Pointer, position: Size) -> Size:
        return search(GuestString(machine, this).content, GuestString(machine, other).content, position) & NPOS

    def by_character(machine: "Machine", this: Pointer, c: Char, position: Size) -> Size:
        return search(GuestString(machine, this).content, bytes([c]), position) & NPOS

    forms: dict[str, Callable[..., int]] = {
        "EPKcmm": by_characters,
        "EPKcm": by_text,
        "ERKS4_m": by_string,
        "Ecm": by_character,
    }
    for signature, implementation in forms.items():
        implementation.__doc__ = f"std::string::{name.lstrip('0123456789')}; npos for none."
        method(f"K {name}{signature}")(implementation)


for _name, _search in SEARCHES.items():
    _define_search(_name, _search)


# comparison


def compare(left: bytes, right: bytes) -> int:
    """The first difference, else the difference of the lengths (kept within int)."""
    for one, two in zip(left, right, strict=False):
        if one != two:
            return one - two
    return max(-(1 << 31), min((1 << 31) - 1, len(left) - len(right)))


def _traits_order(machine: "Machine", left: bytes, right: bytes) -> int:
    """basic_string::compare: memcmp's result, which is a sign alone on aarch64."""
    common = min(len(left), len(right))
    if left[:common] == right[:common]:
        return compare(left, right)
    difference = compare(left[:common], right[:common])
    return difference if machine.arch.name == "x86_64" else (difference > 0) - (difference < 0)


@method("K 7compareERKS4_")
def compare_string(machine: "Machine", this: Pointer, other: Pointer) -> Int:
    """compare(const string&)."""
    return _traits_order(machine, GuestString(machine, this).content, GuestString(machine, other).content)


@method("K 7compareEPKc")
def compare_text(machine: "Machine", this: Pointer, text: CString) -> Int:
    """compare(const char *)."""
    return _traits_order(machine, GuestString(machine, this).content, text)


def _part(machine: "Machine", this: int, position: int, count: int) -> bytes:
    text = GuestString(machine, this)
    start = text.check(position, "basic_string::compare")
    return text.content[start : start + count]


@method("K 7compareEmmRKS4_")
def compare_part(machine: "Machine", this: Pointer, position: Size, count: Size, other: Pointer) -> Int:
    """compare(pos, n, const string&)."""
    return _traits_order(machine, _part(machine, this, position, count), GuestString(machine, other).content)


@method("K 7compareEmmPKc")
def compare_part_with_text(machine: "Machine", this: Pointer, position: Size, count: Size, text: CString) -> Int:
    """compare(pos, n, const char *)."""
    return _traits_order(machine, _part(machine, this, position, count), text)


@method("K 7compareEmmPKcm")
def compare_part_with_characters(
    machine: "Machine", this: Pointer, position: Size, count: Size, text: ConstPointer, length: Size
) -> Int:
    """compare(pos, n, const char *, n2)."""
    return _traits_order(machine, _part(machine, this, position, count), machine.read(text, length))


@function("_ZNSt11char_traitsIcE7compareEPKcS2_m", header="libstdc++")
def traits_compare(machine: "Machine", one: ConstPointer, two: ConstPointer, count: Size) -> Int:
    """char_traits<char>::compare."""
    return _traits_order(machine, machine.read(one, count), machine.read(two, count))
