"""std::ostream: operator<< as libstdc++'s num_put formats, unformatted output, endl and the manipulators."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playground.emulator.library.binary_float import BINARY64, BINARY128, X87_EXTENDED, BinaryFormat, Float, from_python
from playground.emulator.library.c_values import (
    Bool,
    Char,
    ConstPointer,
    Double,
    Function,
    Int,
    Long,
    LongDouble,
    Pair,
    Pointer,
    Short,
    Single,
    SSize,
    UInt,
    ULong,
    UShort,
)
from playground.emulator.library.cxx.ios import (
    ADJUSTFIELD,
    BAD,
    BASEFIELD,
    BOOLALPHA,
    DEC,
    FAIL,
    FIXED,
    FLOATFIELD,
    GOOD,
    HEX,
    INTERNAL,
    LEFT,
    OCT,
    SCIENTIFIC,
    SHOWBASE,
    SHOWPOINT,
    SHOWPOS,
    UNITBUF,
    UPPERCASE,
    Ios,
)
from playground.emulator.library.cxx.memory import LIBSTDCXX
from playground.emulator.library.cxx.string import GuestString
from playground.emulator.library.printf import Conversion, render_float
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


def padded(ios: Ios, text: bytes, *, numeric: bool = False) -> bytes:
    """`text` brought to the stream's width, which is then reset to 0."""
    width, ios.width = ios.width, 0
    missing = min(width, ios.machine.limits.output_bytes + len(text)) - len(text)
    if missing <= 0:
        return text
    padding, adjust = ios.fill * missing, ios.flags & ADJUSTFIELD
    if adjust == LEFT:
        return text + padding
    if adjust == INTERNAL and numeric:
        split = _prefix_length(text)
        return text[:split] + padding + text[split:]
    return padding + text


def _prefix_length(text: bytes) -> int:
    """How much of a number stands in front of internal padding: its sign or its 0x."""
    if text[:1] in (b"-", b"+"):
        return 1
    return 2 if text[:2].lower() == b"0x" and len(text) > 2 else 0


def emit(machine: "Machine", stream: int, make: Callable[[Ios], bytes]) -> int:
    """One output operation: the sentry, the text, the buffer, unitbuf; returns the stream."""
    ios = Ios(machine, stream)
    if ios.tied and ios.state == GOOD:
        flush_stream(machine, ios.tied)
    if ios.state != GOOD:
        ios.add_state(FAIL)
        return stream
    buffer = ios.buffer
    if buffer is None or not buffer.write(make(ios)):
        ios.add_state(BAD)
    elif ios.flags & UNITBUF:
        buffer.flush()
    return stream


def flush_stream(machine: "Machine", stream: int) -> int:
    """flush()."""
    buffer = Ios(machine, stream).buffer
    if buffer is not None and not buffer.flush():
        Ios(machine, stream).add_state(BAD)
    return stream


# numbers


def integer_text(value: int, bits: int, signed: bool, flags: int) -> bytes:
    """num_put for integers: signed values print as unsigned in bases 8 and 16."""
    base = flags & BASEFIELD
    if base not in (OCT, HEX):
        sign = "-" if value < 0 else "+" if signed and flags & SHOWPOS else ""
        return f"{sign}{abs(value)}".encode()
    value &= (1 << bits) - 1
    digits = format(value, "x" if base == HEX else "o")
    if flags & SHOWBASE and value:
        digits = ("0x" if base == HEX else "0") + digits
    return (digits.upper() if flags & UPPERCASE and base == HEX else digits).encode()


def float_text(value: Float, source: BinaryFormat, flags: int, precision: int) -> bytes:
    """num_put for floating point: printf with the conversion that the flags choose."""
    letter = {FIXED: "f", SCIENTIFIC: "e", FLOATFIELD: "a"}.get(flags & FLOATFIELD, "g")
    marks = ("+" if flags & SHOWPOS else "") + ("#" if flags & SHOWPOINT else "")
    conversion = Conversion(
        flags=frozenset(marks),
        width=None,
        precision=None if letter == "a" or precision < 0 else min(precision, 1 << 20),
        length="",
        letter=letter.upper() if flags & UPPERCASE else letter,
        position=None,
        text=b"",
    )
    return render_float(value, conversion, source)


def put_integer(machine: "Machine", stream: int, value: int, bits: int, signed: bool) -> int:
    """operator<< of an integer."""
    return emit(machine, stream, lambda ios: padded(ios, integer_text(value, bits, signed, ios.flags), numeric=True))


def put_float(machine: "Machine", stream: int, value: Float, source: BinaryFormat) -> int:
    """operator<< of a floating-point number."""
    return emit(
        machine, stream, lambda ios: padded(ios, float_text(value, source, ios.flags, ios.precision), numeric=True)
    )


def _define_integer(code: str, value_type: Any, bits: int, signed: bool, names: tuple[str, ...]) -> None:
    def insert(machine: "Machine", this: Pointer, value: int) -> Pointer:
        return put_integer(machine, this, value, bits, signed)

    insert.__annotations__["value"] = value_type
    insert.__doc__ = "operator<< of an integer."
    function(f"_ZNSolsE{code}", *names, header=LIBSTDCXX)(insert)


for _code, _type, _bits, _signed in (
    ("s", Short, 16, True),
    ("t", UShort, 16, False),
    ("i", Int, 32, True),
    ("j", UInt, 32, False),
    ("l", Long, 64, True),
    ("m", ULong, 64, False),
    ("x", Long, 64, True),
    ("y", ULong, 64, False),
):
    _names = (f"_ZNSo9_M_insertI{_code}EERSoT_",) if _bits == 64 else ()
    _define_integer(_code, _type, _bits, _signed, _names)


@function("_ZNSolsEb", "_ZNSo9_M_insertIbEERSoT_", header=LIBSTDCXX)
def insert_bool(machine: "Machine", this: Pointer, value: Bool) -> Pointer:
    """operator<<(bool)."""

    def text(ios: Ios) -> bytes:
        if ios.flags & BOOLALPHA:
            return padded(ios, b"true" if value else b"false")
        return padded(ios, integer_text(int(value != 0), 64, True, ios.flags), numeric=True)

    return emit(machine, this, text)


@function("_ZNSolsEd", "_ZNSo9_M_insertIdEERSoT_", header=LIBSTDCXX)
def insert_double(machine: "Machine", this: Pointer, value: Double) -> Pointer:
    """operator<<(double)."""
    return put_float(machine, this, from_python(value), BINARY64)


@function("_ZNSolsEf", header=LIBSTDCXX)
def insert_float(machine: "Machine", this: Pointer, value: Single) -> Pointer:
    """operator<<(float)."""
    return put_float(machine, this, from_python(value), BINARY64)


@function("_ZNSolsEe", "_ZNSo9_M_insertIeEERSoT_", header=LIBSTDCXX)
def insert_long_double(machine: "Machine", this: Pointer, value: LongDouble) -> Pointer:
    """operator<<(long double)."""
    return put_float(machine, this, value, BINARY128 if machine.arch.name == "aarch64" else X87_EXTENDED)


@function("_ZNSolsEPKv", "_ZNSo9_M_insertIPKvEERSoT_", header=LIBSTDCXX)
def insert_pointer(machine: "Machine", this: Pointer, value: ConstPointer) -> Pointer:
    """operator<<(const void *): hexadecimal with its base; 0 for NULL."""

    def text(ios: Ios) -> bytes:
        flags = ios.flags & ~(BASEFIELD | UPPERCASE) | HEX | SHOWBASE
        return padded(ios, integer_text(value, 64, False, flags), numeric=True)

    return emit(machine, this, text)


@function("_ZNSolsEDn", header=LIBSTDCXX)
def insert_nullptr(machine: "Machine", this: Pointer, value: Pointer) -> Pointer:
    """operator<<(nullptr_t)."""
    return emit(machine, this, lambda ios: padded(ios, b"nullptr"))


# text

OSTREAM = "_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_"
INSERT = "_ZSt16__ostream_insertIcSt11char_traitsIcEERSt13basic_ostreamIT_T0_ES6_PKS3_l"
INSERT_STRING = "_ZStlsIcSt11char_traitsIcESaIcEERSt13basic_ostreamIT_T0_ES7_RKNSt7__cxx1112basic_stringIS4_S5_T1_EE"


@function(f"{OSTREAM}PKc", f"{OSTREAM}PKh", f"{OSTREAM}PKa", header=LIBSTDCXX)
def insert_text(machine: "Machine", stream: Pointer, text: Pointer) -> Pointer:
    """operator<<(const char *); NULL makes the stream bad."""
    if text == 0:
        Ios(machine, stream).add_state(BAD)
        return stream
    content = machine.read_cstring(text)
    return emit(machine, stream, lambda ios: padded(ios, content))


@function(f"{OSTREAM}c", f"{OSTREAM}h", f"{OSTREAM}a", header=LIBSTDCXX)
def insert_character(machine: "Machine", stream: Pointer, c: Char) -> Pointer:
    """operator<<(char)."""
    return emit(machine, stream, lambda ios: padded(ios, bytes([c])))


@function(INSERT, header=LIBSTDCXX)
def ostream_insert(machine: "Machine", stream: Pointer, text: ConstPointer, count: SSize) -> Pointer:
    """std::__ostream_insert."""
    content = machine.read(text, count)
    return emit(machine, stream, lambda ios: padded(ios, content))


@function(INSERT_STRING, header=LIBSTDCXX)
def insert_string(machine: "Machine", stream: Pointer, text: Pointer) -> Pointer:
    """operator<<(const std::string&)."""
    content = GuestString(machine, text).content
    return emit(machine, stream, lambda ios: padded(ios, content))


@function("_ZNSo3putEc", header=LIBSTDCXX)
def put(machine: "Machine", this: Pointer, c: Char) -> Pointer:
    """put."""
    return emit(machine, this, lambda ios: bytes([c]))


@function("_ZNSo5writeEPKcl", "_ZNSo8_M_writeEPKcl", header=LIBSTDCXX)
def write(machine: "Machine", this: Pointer, text: ConstPointer, count: SSize) -> Pointer:
    """write."""
    content = machine.read(text, count)
    return emit(machine, this, lambda ios: content)


@function("_ZNSo5flushEv", "_ZSt5flushIcSt11char_traitsIcEERSt13basic_ostreamIT_T0_ES6_", header=LIBSTDCXX)
def flush(machine: "Machine", this: Pointer) -> Pointer:
    """flush."""
    return flush_stream(machine, this)


@function("_ZSt4endlIcSt11char_traitsIcEERSt13basic_ostreamIT_T0_ES6_", header=LIBSTDCXX)
def endl(machine: "Machine", stream: Pointer) -> Pointer:
    """A newline and a flush."""
    return flush_stream(machine, emit(machine, stream, lambda ios: b"\n"))


@function("_ZSt4endsIcSt11char_traitsIcEERSt13basic_ostreamIT_T0_ES6_", header=LIBSTDCXX)
def ends(machine: "Machine", stream: Pointer) -> Pointer:
    """A NUL."""
    return emit(machine, stream, lambda ios: b"\0")


# manipulators


@function("_ZNSolsEPFRSoS_E", "_ZNSirsEPFRSiS_E", header=LIBSTDCXX)
def apply_stream_manipulator(machine: "Machine", this: Pointer, manipulator: Function) -> Pointer:
    """stream << endl."""
    return machine.call(manipulator, (this,))


@function("_ZNSolsEPFRSt8ios_baseS0_E", "_ZNSirsEPFRSt8ios_baseS0_E", header=LIBSTDCXX)
def apply_ios_base_manipulator(machine: "Machine", this: Pointer, manipulator: Function) -> Pointer:
    """stream << hex."""
    machine.call(manipulator, (Ios(machine, this).address,))
    return this


@function(
    "_ZNSolsEPFRSt9basic_iosIcSt11char_traitsIcEES3_E",
    "_ZNSirsEPFRSt9basic_iosIcSt11char_traitsIcEES3_E",
    header=LIBSTDCXX,
)
def apply_ios_manipulator(machine: "Machine", this: Pointer, manipulator: Function) -> Pointer:
    """A manipulator of basic_ios."""
    machine.call(manipulator, (Ios(machine, this).address,))
    return this


def _set_width(ios: Ios, value: int) -> None:
    ios.width = value


def _set_precision(ios: Ios, value: int) -> None:
    ios.precision = value


def _set_base(ios: Ios, value: int) -> None:
    ios.flags = ios.flags & ~BASEFIELD | {8: OCT, 10: DEC, 16: HEX}.get(value, 0)


def _set_flags(ios: Ios, value: int) -> None:
    ios.flags |= value


def _reset_flags(ios: Ios, value: int) -> None:
    ios.flags &= ~value


def _set_fill(ios: Ios, value: int) -> None:
    ios.set_fill(value)


MANIPULATORS: dict[str, Callable[[Ios, int], None]] = {
    "St5_Setw": _set_width,
    "St13_Setprecision": _set_precision,
    "St8_SetfillIS3_E": _set_fill,
    "St8_Setbase": _set_base,
    "St12_Setiosflags": _set_flags,
    "St14_Resetiosflags": _reset_flags,
}


def _define_manipulator(name: str, change: Callable[[Ios, int], None]) -> None:
    def apply(machine: "Machine", stream: Pointer, value: Int) -> Pointer:
        change(Ios(machine, stream), value)
        return stream

    apply.__doc__ = f"stream << {name.lstrip('St0123456789_').lower()}."
    function(
        f"_ZStlsIcSt11char_traitsIcEERSt13basic_ostreamIT_T0_ES6_{name}",
        f"_ZStrsIcSt11char_traitsIcEERSt13basic_istreamIT_T0_ES6_{name}",
        header=LIBSTDCXX,
    )(apply)


for _name, _change in MANIPULATORS.items():
    _define_manipulator(_name, _change)


@function("_ZNSo5tellpEv", header=LIBSTDCXX)
def tellp(machine: "Machine", this: Pointer) -> Pair:
    """The write position of a string stream, as std::fpos; -1 for others."""
    buffer = Ios(machine, this).buffer
    position: int = getattr(buffer, "write_position", (1 << 64) - 1)
    return position
