"""std::string: assignment, appending, size, and change in the middle."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Char, ConstPointer, CString, Pointer, Size
from playground.emulator.library.cxx.memory import write_pointer
from playground.emulator.library.cxx.string import (
    GuestString,
    append_bytes,
    method,
    repeated,
    take,
)

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


@method("9_M_assignERKS4_")
def assign_string(machine: "Machine", this: Pointer, other: Pointer) -> None:
    """_M_assign."""
    if this != other:
        GuestString(machine, this).assign(GuestString(machine, other).content)


@method("aSERKS4_", "6assignERKS4_")
def assign(machine: "Machine", this: Pointer, other: Pointer) -> Pointer:
    """operator=(const string&)."""
    assign_string(machine, this, other)
    return this


@method("aSEOS4_", "6assignEOS4_")
def assign_move(machine: "Machine", this: Pointer, other: Pointer) -> Pointer:
    """operator=(string&&)."""
    target, source = GuestString(machine, this), GuestString(machine, other)
    if this == other:
        return this
    if source.data == source.local:
        target.assign(source.content)
        source.set_size(0)
    else:
        target.dispose()
        take(machine, this, other)
    return this


@method("aSEPKc", "6assignEPKc")
def assign_text(machine: "Machine", this: Pointer, text: CString) -> Pointer:
    """operator=(const char *)."""
    GuestString(machine, this).assign(text)
    return this


@method("6assignEPKcm")
def assign_characters(machine: "Machine", this: Pointer, text: ConstPointer, count: Size) -> Pointer:
    """assign(const char *, n)."""
    GuestString(machine, this).assign(machine.read(text, count))
    return this


@method("6assignEmc")
def assign_repeated(machine: "Machine", this: Pointer, count: Size, c: Char) -> Pointer:
    """assign(n, c)."""
    GuestString(machine, this).assign(repeated(machine, c, count))
    return this


@method("aSEc")
def assign_character(machine: "Machine", this: Pointer, c: Char) -> Pointer:
    """operator=(char)."""
    GuestString(machine, this).assign(bytes([c]))
    return this


@method("9_M_appendEPKcm", "6appendEPKcm")
def append_characters(machine: "Machine", this: Pointer, text: ConstPointer, count: Size) -> Pointer:
    """append(const char *, n)."""
    return append_bytes(machine, this, machine.read(text, count))


@method("6appendEPKc", "pLEPKc")
def append_text(machine: "Machine", this: Pointer, text: CString) -> Pointer:
    """append(const char *)."""
    return append_bytes(machine, this, text)


@method("6appendERKS4_", "pLERKS4_")
def append_string(machine: "Machine", this: Pointer, other: Pointer) -> Pointer:
    """append(const string&)."""
    return append_bytes(machine, this, GuestString(machine, other).content)


@method("6appendERKS4_mm")
def append_part(machine: "Machine", this: Pointer, other: Pointer, position: Size, count: Size) -> Pointer:
    """append(const string&, pos, n)."""
    source = GuestString(machine, other)
    start = source.check(position, "basic_string::append")
    return append_bytes(machine, this, source.content[start : start + count])


@method("6appendEmc")
def append_repeated(machine: "Machine", this: Pointer, count: Size, c: Char) -> Pointer:
    """append(n, c)."""
    return append_bytes(machine, this, repeated(machine, c, count))


@method("pLEc")
def append_character(machine: "Machine", this: Pointer, c: Char) -> Pointer:
    """operator+=(char)."""
    return append_bytes(machine, this, bytes([c]))


@method("9push_backEc")
def push_back(machine: "Machine", this: Pointer, c: Char) -> None:
    """push_back."""
    append_bytes(machine, this, bytes([c]))


# size and capacity


@method("8pop_backEv")
def pop_back(machine: "Machine", this: Pointer) -> None:
    """pop_back."""
    text = GuestString(machine, this)
    text.set_size(text.size - 1)


@method("5clearEv")
def clear(machine: "Machine", this: Pointer) -> None:
    """clear."""
    GuestString(machine, this).set_size(0)


@method("6resizeEmc")
def resize(machine: "Machine", this: Pointer, count: Size, c: Char) -> None:
    """resize(n, c)."""
    text = GuestString(machine, this)
    if count <= text.size:
        text.set_size(count)
    else:
        append_bytes(machine, this, repeated(machine, c, count - text.size))


@method("6resizeEm")
def resize_with_nul(machine: "Machine", this: Pointer, count: Size) -> None:
    """resize(n)."""
    resize(machine, this, count, 0)


@method("7reserveEm")
def reserve(machine: "Machine", this: Pointer, count: Size) -> None:
    """reserve(n)."""
    GuestString(machine, this).reserve(count)


@method("7reserveEv", "13shrink_to_fitEv")
def shrink(machine: "Machine", this: Pointer) -> None:
    """reserve(): storage no larger than needed."""
    text = GuestString(machine, this)
    if text.data != text.local and text.size < text.capacity:
        content = text.content
        text.dispose()
        text.construct(content)


# change in the middle


@method("8_M_eraseEmm")
def erase_unchecked(machine: "Machine", this: Pointer, position: Size, count: Size) -> None:
    """_M_erase."""
    GuestString(machine, this).replace(position, count, b"")


@method("5eraseEmm")
def erase(machine: "Machine", this: Pointer, position: Size, count: Size) -> Pointer:
    """erase(pos, n)."""
    text = GuestString(machine, this)
    text.replace(text.check(position, "basic_string::erase"), min(count, text.size - position), b"")
    return this


def _replace(machine: "Machine", this: int, position: int, count: int, content: bytes, routine: str) -> int:
    text = GuestString(machine, this)
    text.replace(text.check(position, f"basic_string::{routine}"), min(count, text.size - position), content)
    return this


@method("6insertEmPKc")
def insert_text(machine: "Machine", this: Pointer, position: Size, text: CString) -> Pointer:
    """insert(pos, const char *)."""
    return _replace(machine, this, position, 0, text, "replace")


@method("6insertEmPKcm")
def insert_characters(machine: "Machine", this: Pointer, position: Size, text: ConstPointer, count: Size) -> Pointer:
    """insert(pos, const char *, n)."""
    return _replace(machine, this, position, 0, machine.read(text, count), "replace")


@method("6insertEmRKS4_")
def insert_string(machine: "Machine", this: Pointer, position: Size, other: Pointer) -> Pointer:
    """insert(pos, const string&)."""
    return _replace(machine, this, position, 0, GuestString(machine, other).content, "replace")


@method("6insertEmmc")
def insert_repeated(machine: "Machine", this: Pointer, position: Size, count: Size, c: Char) -> Pointer:
    """insert(pos, n, c)."""
    return _replace(machine, this, position, 0, repeated(machine, c, count), "insert")


@method("7replaceEmmPKc")
def replace_text(machine: "Machine", this: Pointer, position: Size, count: Size, text: CString) -> Pointer:
    """replace(pos, n, const char *)."""
    return _replace(machine, this, position, count, text, "replace")


@method("7replaceEmmPKcm")
def replace_characters(
    machine: "Machine", this: Pointer, position: Size, count: Size, text: ConstPointer, size: Size
) -> Pointer:
    """replace(pos, n, const char *, n2)."""
    return _replace(machine, this, position, count, machine.read(text, size), "replace")


@method("7replaceEmmRKS4_")
def replace_string(machine: "Machine", this: Pointer, position: Size, count: Size, other: Pointer) -> Pointer:
    """replace(pos, n, const string&)."""
    return _replace(machine, this, position, count, GuestString(machine, other).content, "replace")


@method("7replaceEmmmc")
def replace_repeated(machine: "Machine", this: Pointer, position: Size, count: Size, size: Size, c: Char) -> Pointer:
    """replace(pos, n, n2, c)."""
    return _replace(machine, this, position, count, repeated(machine, c, size), "replace")


@method("10_M_replaceEmmPKcm")
def replace_unchecked(
    machine: "Machine", this: Pointer, position: Size, count: Size, text: ConstPointer, size: Size
) -> Pointer:
    """_M_replace."""
    GuestString(machine, this).replace(position, count, machine.read(text, size))
    return this


@method("14_M_replace_auxEmmmc")
def replace_repeated_unchecked(
    machine: "Machine", this: Pointer, position: Size, count: Size, size: Size, c: Char
) -> Pointer:
    """_M_replace_aux."""
    GuestString(machine, this).replace(position, count, repeated(machine, c, size))
    return this


@method("9_M_mutateEmmPKcm")
def mutate(machine: "Machine", this: Pointer, position: Size, count: Size, text: Pointer, size: Size) -> None:
    """_M_mutate: new storage, `size` characters at the place of `count`; the size is the caller's to set."""
    string = GuestString(machine, this)
    content = string.content
    inserted = machine.read(text, size) if text else bytes(size)
    grown = content[:position] + inserted + content[position + count :]
    string.grow(len(grown))
    machine.write(string.data, grown)


@method("4swapERS4_")
def swap(machine: "Machine", this: Pointer, other: Pointer) -> None:
    """swap."""
    one, two = GuestString(machine, this), GuestString(machine, other)
    contents = machine.read(this, 32), machine.read(other, 32)
    locals_used = one.data == one.local, two.data == two.local
    machine.write(this, contents[1])
    machine.write(other, contents[0])
    for string, was_local in ((one, locals_used[1]), (two, locals_used[0])):
        if was_local:
            write_pointer(machine, string.address, string.local)
