"""std::istream: operator>> as libstdc++'s num_get reads, unformatted input, getline."""

from typing import TYPE_CHECKING

from playground.emulator.library.binary_float import BINARY32, BINARY64, BINARY128, X87_EXTENDED, BinaryFormat, encode
from playground.emulator.library.c_values import Buffer, Char, Pointer, SSize
from playground.emulator.library.cxx.ios import (
    BASEFIELD,
    BOOLALPHA,
    DEC,
    END,
    FAIL,
    GCOUNT,
    GOOD,
    HEX,
    OCT,
    SKIPWS,
    Ios,
    StreamBuffer,
)
from playground.emulator.library.cxx.memory import LIBSTDCXX
from playground.emulator.library.cxx.output import flush_stream
from playground.emulator.library.cxx.string import GuestString, append_bytes
from playground.emulator.library.parse_number import SPACES, parse_float
from playground.emulator.library.registry import function
from playground.emulator.library.streams import EOF

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

LONGEST_TOKEN = 1 << 20
"""Bytes that one extraction may take."""
NEWLINE = 0x0A


class Extraction:
    """One input operation: the sentry, the state bits it collects, the characters it counts."""

    def __init__(self, machine: "Machine", stream: int, *, skip: bool = True, formatted: bool = True) -> None:
        self.machine = machine
        self.stream = stream
        self.ios = Ios(machine, stream)
        self.count = 0
        self._bits = 0
        self._formatted = formatted
        self.ready = self._sentry(skip)

    def _sentry(self, skip: bool) -> bool:
        if not self._formatted:
            self.machine.write_integer(self.stream + GCOUNT, 0, 8)
        if self.ios.state != GOOD or self.ios.buffer is None:
            self.ios.add_state(FAIL)
            return False
        if self.ios.tied:
            flush_stream(self.machine, self.ios.tied)
        if skip and self.ios.flags & SKIPWS:
            self.skip_space()
            if self.peek() == EOF:
                self.ios.add_state(END | FAIL)
                return False
        return True

    @property
    def buffer(self) -> StreamBuffer:
        buffer = self.ios.buffer
        assert buffer is not None
        return buffer

    def skip_space(self) -> None:
        while (byte := self.buffer.peek()) != EOF and byte in SPACES:
            self.buffer.getc()

    def peek(self) -> int:
        """The next character; end of file is remembered."""
        byte = self.buffer.peek()
        if byte == EOF:
            self._bits |= END
        return byte

    def take(self) -> int:
        """Consume and count the next character."""
        self.count += 1
        return self.buffer.getc()

    def fail(self, bits: int = FAIL) -> None:
        self._bits |= bits

    def finish(self) -> int:
        """Store the count and the state; the stream."""
        if not self._formatted:
            self.machine.write_integer(self.stream + GCOUNT, self.count, 8)
        self.ios.add_state(self._bits)
        return self.stream


# numbers


def _integer_token(extraction: Extraction, base: int) -> tuple[bool, str, int]:
    """Sign, digits and base of the integer that the input starts with (num_get's _M_extract_int)."""
    negative = False
    if extraction.peek() in (0x2B, 0x2D):
        negative = extraction.take() == 0x2D
    digits = ""
    if extraction.peek() == 0x30 and base in (0, 16):
        digits, base = _prefix(extraction, base)
    base = base or 10
    while len(digits) < LONGEST_TOKEN and (byte := extraction.peek()) != EOF and _is_digit(byte, base):
        digits += chr(extraction.take())
    return negative, digits, base


def _prefix(extraction: Extraction, base: int) -> tuple[str, int]:
    """A leading 0, perhaps with x: digits read so far and the base it means."""
    extraction.take()
    if extraction.peek() in (0x78, 0x58):
        extraction.take()
        return "", 16
    return "0", base or 8


def _is_digit(byte: int, base: int) -> bool:
    character = chr(byte)
    return byte < 128 and character.isalnum() and int(character, 36) < base


def _extract_integer(machine: "Machine", stream: int, target: int, size: int, signed: bool) -> int:
    extraction = Extraction(machine, stream)
    if not extraction.ready:
        return stream
    base = {DEC: 10, HEX: 16, OCT: 8}.get(extraction.ios.flags & BASEFIELD, 0)
    negative, digits, base = _integer_token(extraction, base)
    value = 0
    if not digits:
        extraction.fail()
    else:
        value = int(digits.lstrip("0")[:200] or "0", base)
        value, overflow = _limited(-value if negative else value, size, signed)
        if overflow:
            extraction.fail()
    machine.write_integer(target, value, size)
    return extraction.finish()


def _limited(value: int, size: int, signed: bool) -> tuple[int, bool]:
    """The value in the type's range, and whether it had to be cut; unsigned types take a minus sign modulo."""
    bits = 8 * size
    if signed:
        low, high = -(1 << (bits - 1)), (1 << (bits - 1)) - 1
        return max(low, min(high, value)), not low <= value <= high
    high = (1 << bits) - 1
    return (value & high, False) if abs(value) <= high else (high, True)


def _define_integer(code: str, size: int, signed: bool) -> None:
    def extract(machine: "Machine", this: Pointer, target: Pointer) -> Pointer:
        return _extract_integer(machine, this, target, size, signed)

    extract.__doc__ = f"operator>> of an integer of {size} bytes."
    function(f"_ZNSirsER{code}", f"_ZNSi10_M_extractI{code}EERSiRT_", header=LIBSTDCXX)(extract)


for _code, _size, _signed in (
    ("s", 2, True),
    ("t", 2, False),
    ("i", 4, True),
    ("j", 4, False),
    ("l", 8, True),
    ("m", 8, False),
    ("x", 8, True),
    ("y", 8, False),
):
    _define_integer(_code, _size, _signed)


def _float_token(extraction: Extraction) -> bytes:
    """The characters of a decimal number (num_get's _M_extract_float: no hexadecimal, no inf, no nan)."""
    text = bytearray()
    seen_point = seen_exponent = False
    if extraction.peek() in (0x2B, 0x2D):
        text.append(extraction.take())
    while len(text) < LONGEST_TOKEN and (byte := extraction.peek()) != EOF:
        if 0x30 <= byte <= 0x39:
            text.append(extraction.take())
        elif byte == 0x2E and not seen_point and not seen_exponent:
            seen_point = True
            text.append(extraction.take())
        elif byte in (0x45, 0x65) and not seen_exponent and any(0x30 <= b <= 0x39 for b in text):
            seen_exponent = True
            text.append(extraction.take())
            if extraction.peek() in (0x2B, 0x2D):
                text.append(extraction.take())
        else:
            break
    return bytes(text)


def _extract_float(machine: "Machine", stream: int, target: int, size: int, layout: BinaryFormat) -> int:
    extraction = Extraction(machine, stream)
    if not extraction.ready:
        return stream
    text = _float_token(extraction)
    parsed = parse_float(text, layout)
    bits = encode(parsed.rounded.value, layout)
    if not text or parsed.consumed != len(text):
        bits = 0
        extraction.fail()
    elif parsed.rounded.overflow:
        bits -= 1 if not layout.explicit_leading_bit else (1 << 64) - (1 << 63) + 1
        extraction.fail()
    machine.write(target, bits.to_bytes(16, "little")[:size])
    return extraction.finish()


@function("_ZNSirsERf", "_ZNSi10_M_extractIfEERSiRT_", header=LIBSTDCXX)
def extract_float(machine: "Machine", this: Pointer, target: Pointer) -> Pointer:
    """operator>>(float&)."""
    return _extract_float(machine, this, target, 4, BINARY32)


@function("_ZNSirsERd", "_ZNSi10_M_extractIdEERSiRT_", header=LIBSTDCXX)
def extract_double(machine: "Machine", this: Pointer, target: Pointer) -> Pointer:
    """operator>>(double&)."""
    return _extract_float(machine, this, target, 8, BINARY64)


@function("_ZNSirsERe", "_ZNSi10_M_extractIeEERSiRT_", header=LIBSTDCXX)
def extract_long_double(machine: "Machine", this: Pointer, target: Pointer) -> Pointer:
    """operator>>(long double&)."""
    if machine.arch.name == "aarch64":
        return _extract_float(machine, this, target, 16, BINARY128)
    return _extract_float(machine, this, target, 10, X87_EXTENDED)


@function("_ZNSirsERb", "_ZNSi10_M_extractIbEERSiRT_", header=LIBSTDCXX)
def extract_bool(machine: "Machine", this: Pointer, target: Pointer) -> Pointer:
    """operator>>(bool&): 0 or 1, or with boolalpha false or true."""
    extraction = Extraction(machine, this)
    if not extraction.ready:
        return this
    value = _word_bool(extraction) if extraction.ios.flags & BOOLALPHA else _digit_bool(extraction)
    machine.write(target, bytes([value]))
    return extraction.finish()


def _digit_bool(extraction: Extraction) -> int:
    negative, digits, base = _integer_token(extraction, 10)
    value = int(digits[:200] or "0", base) * (-1 if negative else 1)
    if not digits or value not in (0, 1):
        extraction.fail()
    return int(value != 0)


def _word_bool(extraction: Extraction) -> int:
    word = ""
    while (byte := extraction.peek()) != EOF and any(name.startswith(word + chr(byte)) for name in ("true", "false")):
        word += chr(extraction.take())
    if word not in ("true", "false"):
        extraction.fail()
    return int(word == "true")


@function("_ZNSirsERPv", "_ZNSi10_M_extractIPvEERSiRT_", header=LIBSTDCXX)
def extract_pointer(machine: "Machine", this: Pointer, target: Pointer) -> Pointer:
    """operator>>(void *&): hexadecimal."""
    extraction = Extraction(machine, this)
    if not extraction.ready:
        return this
    negative, digits, base = _integer_token(extraction, 16)
    if not digits:
        extraction.fail()
    machine.write_integer(target, int(digits[:200] or "0", base) * (-1 if negative else 1), 8)
    return extraction.finish()


# text

ISTREAM = "_ZStrsIcSt11char_traitsIcEERSt13basic_istreamIT_T0_ES6_"
PLAIN = "_ZStrsISt11char_traitsIcEERSt13basic_istreamIcT_ES5_"
STRING = "_ZStrsIcSt11char_traitsIcESaIcEERSt13basic_istreamIT_T0_ES7_RNSt7__cxx1112basic_stringIS4_S5_T1_EE"
GETLINE = "_ZSt7getlineIcSt11char_traitsIcESaIcEERSt13basic_istreamIT_T0_ES7_RNSt7__cxx1112basic_stringIS4_S5_T1_EE"


@function(f"{ISTREAM}RS3_", f"{PLAIN}Rh", f"{PLAIN}Ra", header=LIBSTDCXX)
def extract_character(machine: "Machine", stream: Pointer, target: Pointer) -> Pointer:
    """operator>>(char&)."""
    extraction = Extraction(machine, stream)
    if not extraction.ready:
        return stream
    machine.write(target, bytes([extraction.take()]))
    return extraction.finish()


def _word(extraction: Extraction, most: int) -> bytes:
    text = bytearray()
    while len(text) < most and (byte := extraction.peek()) != EOF and byte not in SPACES:
        text.append(extraction.take())
    if not text:
        extraction.fail()
    return bytes(text)


@function(STRING, header=LIBSTDCXX)
def extract_string(machine: "Machine", stream: Pointer, target: Pointer) -> Pointer:
    """operator>>(std::string&): a word of at most width() characters."""
    extraction = Extraction(machine, stream)
    if not extraction.ready:
        return stream
    width, extraction.ios.width = extraction.ios.width, 0
    _assign_growing(machine, target, _word(extraction, width if width > 0 else LONGEST_TOKEN))
    return extraction.finish()


def _assign_growing(machine: "Machine", target: int, content: bytes) -> None:
    """Appended in pieces of 128, as libstdc++ does: the capacity grows alike."""
    GuestString(machine, target).set_size(0)
    for start in range(0, len(content), 128):
        append_bytes(machine, target, content[start : start + 128])


@function(f"{ISTREAM}PS3_", f"{PLAIN}Ph", f"{PLAIN}Pa", header=LIBSTDCXX)
def extract_characters(machine: "Machine", stream: Pointer, target: Buffer) -> Pointer:
    """operator>>(char *): a word and a NUL, at most width() bytes."""
    return _extract_characters(machine, stream, target, LONGEST_TOKEN)


@function("_ZSt17__istream_extractRSiPcl", header=LIBSTDCXX)
def istream_extract(machine: "Machine", stream: Pointer, target: Buffer, room: SSize) -> None:
    """operator>>(char (&)[N])."""
    _extract_characters(machine, stream, target, room)


def _extract_characters(machine: "Machine", stream: int, target: int, room: int) -> int:
    extraction = Extraction(machine, stream)
    if not extraction.ready:
        return stream
    width, extraction.ios.width = extraction.ios.width, 0
    most = min(room, width) if width > 0 else room
    machine.write(target, _word(extraction, most - 1) + b"\0")
    return extraction.finish()


def _line(machine: "Machine", stream: int, target: int, delimiter: int) -> int:
    extraction = Extraction(machine, stream, skip=False)
    if not extraction.ready:
        return stream
    text = bytearray()
    while (byte := extraction.peek()) != EOF and len(text) < machine.limits.memory_bytes:
        extraction.take()
        if byte == delimiter:
            break
        text.append(byte)
    if extraction.count == 0:
        extraction.fail()
    _assign_growing(machine, target, bytes(text))
    return extraction.finish()


@function(GETLINE, header=LIBSTDCXX)
def getline(machine: "Machine", stream: Pointer, target: Pointer) -> Pointer:
    """std::getline(stream, string)."""
    return _line(machine, stream, target, NEWLINE)


@function(f"{GETLINE}S4_", header=LIBSTDCXX)
def getline_until(machine: "Machine", stream: Pointer, target: Pointer, delimiter: Char) -> Pointer:
    """std::getline(stream, string, delimiter)."""
    return _line(machine, stream, target, delimiter)


@function("_ZSt2wsIcSt11char_traitsIcEERSt13basic_istreamIT_T0_ES6_", header=LIBSTDCXX)
def ws(machine: "Machine", stream: Pointer) -> Pointer:
    """Skip white space."""
    extraction = Extraction(machine, stream, skip=False)
    if extraction.ready:
        extraction.skip_space()
        extraction.peek()
        extraction.finish()
    return stream
