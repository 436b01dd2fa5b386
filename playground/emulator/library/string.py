"""string.h and strings.h, byte by byte as glibc does in the "C" locale."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Buffer, ConstPointer, CString, Int, Long, Pointer, Size
from playground.emulator.library.errors import error_message
from playground.emulator.library.memory import CHUNK, copy, fill, find_byte, first_difference
from playground.emulator.library.registry import function
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

STRING = "string.h"
STRINGS = "strings.h"


@function(header=STRING)
def memcpy(machine: "Machine", dst: Pointer, src: ConstPointer, n: Size) -> Pointer:
    """Copy n bytes; overlapping blocks come out as with memmove."""
    copy(machine, dst, src, n)
    return dst


@function(header=STRING)
def memmove(machine: "Machine", dst: Pointer, src: ConstPointer, n: Size) -> Pointer:
    """Copy n bytes between blocks that may overlap."""
    copy(machine, dst, src, n)
    return dst


@function("mempcpy", "__mempcpy", header=STRING)
def mempcpy(machine: "Machine", dst: Pointer, src: ConstPointer, n: Size) -> Pointer:
    """memcpy that returns the end of what it wrote."""
    copy(machine, dst, src, n)
    return dst + n


@function(header=STRING)
def memccpy(machine: "Machine", dst: Pointer, src: ConstPointer, c: Int, n: Size) -> Pointer:
    """Copy up to and with the first byte c; returns the byte after it in dst, or NULL."""
    found = find_byte(machine, src, c, n)
    copy(machine, dst, src, n if found is None else found + 1 - src)
    return 0 if found is None else dst + found + 1 - src


@function(header=STRING)
def memset(machine: "Machine", dst: Pointer, c: Int, n: Size) -> Pointer:
    """Fill n bytes with the low byte of c."""
    fill(machine, dst, c, n)
    return dst


@function("bzero", "explicit_bzero", header=STRINGS)
def bzero(machine: "Machine", dst: Pointer, n: Size) -> None:
    """Fill n bytes with zero."""
    fill(machine, dst, 0, n)


@function(header=STRINGS)
def bcopy(machine: "Machine", src: ConstPointer, dst: Pointer, n: Size) -> None:
    """memmove with its operands the other way round."""
    copy(machine, dst, src, n)


@function(header=STRING)
def memcmp(machine: "Machine", a: ConstPointer, b: ConstPointer, n: Size) -> Int:
    """Compare n bytes; x86-64's glibc returns the difference of the bytes, aarch64's its sign."""
    pair = first_difference(machine, a, b, n)
    if pair is None:
        return 0
    difference = pair[0] - pair[1]
    return difference if machine.arch.name == "x86_64" else (difference > 0) - (difference < 0)


@function("bcmp", header=STRINGS)
def bcmp(machine: "Machine", a: ConstPointer, b: ConstPointer, n: Size) -> Int:
    """memcmp."""
    return memcmp(machine, a, b, n)


@function(header=STRING)
def memchr(machine: "Machine", s: ConstPointer, c: Int, n: Size) -> Pointer:
    """The first byte c among n, or NULL."""
    return find_byte(machine, s, c, min(n, (1 << 64) - s)) or 0


@function("rawmemchr", "__rawmemchr", header=STRING)
def rawmemchr(machine: "Machine", s: ConstPointer, c: Int) -> Pointer:
    """The first byte c, however far."""
    return find_byte(machine, s, c, (1 << 64) - s) or 0


@function(header=STRING)
def memrchr(machine: "Machine", s: ConstPointer, c: Int, n: Size) -> Pointer:
    """The last byte c among n, or NULL."""
    end = s + n
    while end > s:
        start = max(s, end - CHUNK)
        index = machine.read(start, end - start).rfind(c & 0xFF)
        if index >= 0:
            return start + index
        end = start
    return 0


@function(header=STRING)
def memmem(machine: "Machine", s: ConstPointer, n: Size, needle: ConstPointer, m: Size) -> Pointer:
    """The first occurrence of m bytes among n, or NULL."""
    if m > n:
        return 0
    index = machine.read(s, n).find(machine.read(needle, m))
    return 0 if index < 0 else s + index


@function(header=STRING)
def strlen(machine: "Machine", s: CString) -> Size:
    """Bytes before the NUL."""
    return len(s)


@function(header=STRING)
def strnlen(machine: "Machine", s: ConstPointer, n: Size) -> Size:
    """Bytes before the NUL, at most n."""
    return len(machine.read_cstring(s, n))


@function(header=STRING)
def strcpy(machine: "Machine", dst: Buffer, src: CString) -> Buffer:
    """Copy a string with its NUL."""
    machine.write(dst, src + b"\0")
    return dst


@function("stpcpy", "__stpcpy", header=STRING)
def stpcpy(machine: "Machine", dst: Buffer, src: CString) -> Buffer:
    """strcpy that returns the NUL's address."""
    machine.write(dst, src + b"\0")
    return dst + len(src)


@function(header=STRING)
def strncpy(machine: "Machine", dst: Buffer, src: ConstPointer, n: Size) -> Buffer:
    """Copy at most n bytes, filling up with NULs to n."""
    stpncpy(machine, dst, src, n)
    return dst


@function(header=STRING)
def stpncpy(machine: "Machine", dst: Buffer, src: ConstPointer, n: Size) -> Buffer:
    """strncpy that returns the first NUL's address, or dst + n."""
    text = machine.read_cstring(src, n)
    machine.write(dst, text)
    fill(machine, dst + len(text), 0, n - len(text))
    return dst + len(text)


@function(header=STRING)
def strcat(machine: "Machine", dst: Buffer, src: CString) -> Buffer:
    """Append src to the string at dst."""
    machine.write(dst + len(machine.read_cstring(dst)), src + b"\0")
    return dst


@function(header=STRING)
def strncat(machine: "Machine", dst: Buffer, src: ConstPointer, n: Size) -> Buffer:
    """Append at most n bytes of src, and a NUL."""
    machine.write(dst + len(machine.read_cstring(dst)), machine.read_cstring(src, n) + b"\0")
    return dst


def compare(left: bytes, right: bytes) -> int:
    """The difference of the first unequal bytes of two strings (their NULs counted), or 0."""
    for one, two in zip(left + b"\0", right + b"\0", strict=False):
        if one != two:
            return one - two
    return 0


@function("strcmp", "strcoll", header=STRING)
def strcmp(machine: "Machine", a: CString, b: CString) -> Int:
    """Compare two strings."""
    return compare(a, b)


@function(header=STRING)
def strncmp(machine: "Machine", a: ConstPointer, b: ConstPointer, n: Size) -> Int:
    """Compare at most n bytes of two strings."""
    return compare(machine.read_cstring(a, n), machine.read_cstring(b, n)) if n else 0


@function(header=STRINGS)
def strcasecmp(machine: "Machine", a: CString, b: CString) -> Int:
    """Compare without regard to the case of ASCII letters."""
    return compare(a.lower(), b.lower())


@function(header=STRINGS)
def strncasecmp(machine: "Machine", a: ConstPointer, b: ConstPointer, n: Size) -> Int:
    """strcasecmp of at most n bytes."""
    return compare(machine.read_cstring(a, n).lower(), machine.read_cstring(b, n).lower()) if n else 0


@function(header=STRING)
def strxfrm(machine: "Machine", dst: Buffer, src: CString, n: Size) -> Size:
    """The "C" locale's transform is the string itself."""
    machine.write(dst, (src + b"\0")[:n])
    return len(src)


@function("strchr", "index", header=STRING)
def strchr(machine: "Machine", s: ConstPointer, c: Int) -> Buffer:
    """The first character c (NUL counts), or NULL."""
    index = (machine.read_cstring(s) + b"\0").find(c & 0xFF)
    return 0 if index < 0 else s + index


@function(header=STRING)
def strchrnul(machine: "Machine", s: ConstPointer, c: Int) -> Buffer:
    """The first character c, or the string's NUL."""
    text = machine.read_cstring(s)
    index = text.find(c & 0xFF)
    return s + (len(text) if index < 0 else index)


@function("strrchr", "rindex", header=STRING)
def strrchr(machine: "Machine", s: ConstPointer, c: Int) -> Buffer:
    """The last character c (NUL counts), or NULL."""
    index = (machine.read_cstring(s) + b"\0").rfind(c & 0xFF)
    return 0 if index < 0 else s + index


@function(header=STRING)
def strstr(machine: "Machine", s: ConstPointer, needle: CString) -> Buffer:
    """The first occurrence of needle, or NULL."""
    index = machine.read_cstring(s).find(needle)
    return 0 if index < 0 else s + index


@function(header=STRING)
def strcasestr(machine: "Machine", s: ConstPointer, needle: CString) -> Buffer:
    """strstr without regard to the case of ASCII letters."""
    index = machine.read_cstring(s).lower().find(needle.lower())
    return 0 if index < 0 else s + index


def _span(text: bytes, accepted: bytes) -> int:
    return len(text) - len(text.lstrip(accepted)) if accepted else 0


def _complement_span(text: bytes, rejected: bytes) -> int:
    return next((index for index, byte in enumerate(text) if byte in rejected), len(text))


@function(header=STRING)
def strspn(machine: "Machine", s: CString, accept: CString) -> Size:
    """Length of the prefix made of characters of accept."""
    return _span(s, accept)


@function(header=STRING)
def strcspn(machine: "Machine", s: CString, reject: CString) -> Size:
    """Length of the prefix free of characters of reject."""
    return _complement_span(s, reject)


@function(header=STRING)
def strpbrk(machine: "Machine", s: ConstPointer, accept: CString) -> Buffer:
    """The first character that is in accept, or NULL."""
    text = machine.read_cstring(s)
    index = _complement_span(text, accept)
    return 0 if index == len(text) else s + index


@function("strtok_r", "__strtok_r", header=STRING)
def strtok_r(machine: "Machine", s: Buffer, delimiters: CString, save: Pointer) -> Buffer:
    """The next token of s (or of what save remembers), cut off with a NUL."""
    token, rest = _next_token(machine, s or machine.read_integer(save, 8), delimiters)
    machine.write_integer(save, rest, 8)
    return token


@function(header=STRING)
def strtok(machine: "Machine", s: Buffer, delimiters: CString) -> Buffer:
    """The next token of s, or of the string remembered from the call before."""
    state = library_state(machine)
    token, state.strtok_rest = _next_token(machine, s or state.strtok_rest, delimiters)
    return token


def _next_token(machine: "Machine", address: int, delimiters: bytes) -> tuple[int, int]:
    """The token's address (0: none) and where the next search starts."""
    if address == 0:
        return 0, 0
    text = machine.read_cstring(address)
    start = _span(text, delimiters)
    if start == len(text):
        return 0, address + start
    end = start + _complement_span(text[start:], delimiters)
    if end == len(text):
        return address + start, address + end
    machine.write(address + end, b"\0")
    return address + start, address + end + 1


@function("strsep", "__strsep", header=STRING)
def strsep(machine: "Machine", s: Pointer, delimiters: CString) -> Buffer:
    """Cut the string at *s at its first delimiter; *s becomes what follows, or NULL."""
    address = machine.read_integer(s, 8)
    if address == 0:
        return 0
    text = machine.read_cstring(address)
    end = _complement_span(text, delimiters)
    if end == len(text):
        machine.write_integer(s, 0, 8)
        return address
    machine.write(address + end, b"\0")
    machine.write_integer(s, address + end + 1, 8)
    return address


def duplicate(machine: "Machine", text: bytes) -> int:
    """A fresh heap copy of `text` with its NUL; 0 when the heap is full."""
    address = library_state(machine).heap.allocate(len(text) + 1)
    if address:
        machine.write(address, text + b"\0")
    return address


@function("strdup", "__strdup", header=STRING)
def strdup(machine: "Machine", s: CString) -> Buffer:
    """A heap copy of a string."""
    return duplicate(machine, s)


@function("strndup", "__strndup", header=STRING)
def strndup(machine: "Machine", s: ConstPointer, n: Size) -> Buffer:
    """A heap copy of at most n bytes of a string."""
    return duplicate(machine, machine.read_cstring(s, n))


@function(header=STRING)
def strerror(machine: "Machine", number: Int) -> Buffer:
    """The message of an error number."""
    return library_state(machine).text("strerror", error_message(number))


@function(header=STRING)
def strerror_r(machine: "Machine", number: Int, dst: Buffer, n: Size) -> Buffer:
    """GNU's strerror_r: returns a static text for known numbers and leaves dst alone."""
    return library_state(machine).text(f"strerror {number}", error_message(number))


@function(header=STRING)
def __xpg_strerror_r(machine: "Machine", number: Int, dst: Buffer, n: Size) -> Int:
    """POSIX's strerror_r: EINVAL 22 for unknown numbers, ERANGE 34 when dst is too small."""
    text = error_message(number)
    machine.write(dst, text[: max(n - 1, 0)] + b"\0")
    if text.startswith(b"Unknown"):
        return 22
    return 34 if len(text) >= n else 0


@function(header=STRINGS)
def ffs(machine: "Machine", value: Int) -> Int:
    """The lowest set bit's number from 1, 0 for none."""
    return (value & -value).bit_length()


@function("ffsl", "ffsll", header=STRINGS)
def ffsl(machine: "Machine", value: Long) -> Int:
    """ffs of a long."""
    return (value & -value).bit_length()
