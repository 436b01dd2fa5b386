"""The C types of library functions as annotations: how each is fetched from a call and given back as its result."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from playground.emulator.library.arguments import ArgumentReader, Arguments, VaList
from playground.emulator.library.binary_float import BINARY128, X87_EXTENDED, Float, decode, encode

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


@dataclass(frozen=True)
class CValue:
    """One C type: its spelling in a prototype, how it is read from a call, how it is returned."""

    spelling: str
    fetch: Callable[[Arguments], Any] | None = None
    give: Callable[["Machine", Any], None] | None = None
    variadic: bool = False


def _fetch_unsigned(bits: int) -> Callable[[Arguments], int]:
    mask = (1 << bits) - 1
    return lambda arguments: arguments.integer() & mask


def _fetch_signed(bits: int) -> Callable[[Arguments], int]:
    mask, top = (1 << bits) - 1, 1 << (bits - 1)
    return lambda arguments: ((arguments.integer() & mask) ^ top) - top


def _give_integer(bits: int) -> Callable[["Machine", int], None]:
    mask = (1 << bits) - 1

    def give(machine: "Machine", value: int) -> None:
        machine.set_register(machine.arch.call.integer_results[0], value & mask)

    return give


def _give_pair(machine: "Machine", value: int) -> None:
    low, high = machine.arch.call.integer_results
    machine.set_register(low, value & (1 << 64) - 1)
    machine.set_register(high, (value >> 64) & (1 << 64) - 1)


def _fetch_double(arguments: Arguments) -> float:
    value: float = struct.unpack("<d", arguments.vector(8).to_bytes(8, "little"))[0]
    return value


def _fetch_float(arguments: Arguments) -> float:
    value: float = struct.unpack("<f", arguments.vector(4).to_bytes(4, "little"))[0]
    return value


def _give_double(machine: "Machine", value: float) -> None:
    _give_vector(machine, 0, int.from_bytes(struct.pack("<d", value), "little"))


def single_bits(value: float) -> int:
    """The binary32 pattern of `value` rounded to nearest (overflow gives infinity, where struct would raise)."""
    try:
        return int.from_bytes(struct.pack("<f", value), "little")
    except OverflowError:
        return 0xFF800000 if value < 0 else 0x7F800000


def _give_float(machine: "Machine", value: float) -> None:
    _give_vector(machine, 0, single_bits(value))


def _give_vector(machine: "Machine", index: int, bits: int) -> None:
    machine.set_vector(machine.arch.call.float_results[index], bits)


def _give_complex(machine: "Machine", value: complex) -> None:
    for index, part in enumerate((value.real, value.imag)):
        _give_vector(machine, index, int.from_bytes(struct.pack("<d", part), "little"))


def _fetch_single_complex(arguments: Arguments) -> complex:
    """x86-64 packs both parts into one eightbyte (psABI 3.2.3); on aarch64 they are two floats (AAPCS64 5.10.5)."""
    if arguments.is_aarch64:
        real = _fetch_float(arguments)
        return complex(real, _fetch_float(arguments))
    return complex(*struct.unpack("<ff", arguments.vector(8).to_bytes(8, "little")))


def _give_single_complex(machine: "Machine", value: complex) -> None:
    real, imaginary = single_bits(value.real), single_bits(value.imag)
    if machine.arch.name == "aarch64":
        _give_vector(machine, 0, real)
        _give_vector(machine, 1, imaginary)
    else:
        _give_vector(machine, 0, real | imaginary << 32)


def _give_long_double(machine: "Machine", value: Float) -> None:
    """x86-64 returns it on the x87 stack (psABI 3.2.3, class X87); aarch64 in v0."""
    if machine.arch.name == "aarch64":
        _give_vector(machine, 0, encode(value, BINARY128))
    else:
        machine.push_x87(encode(value, X87_EXTENDED))


def _fetch_complex(arguments: Arguments) -> complex:
    real = _fetch_double(arguments)
    return complex(real, _fetch_double(arguments))


def _integer(spelling: str, bits: int, *, signed: bool) -> CValue:
    fetch = _fetch_signed(bits) if signed else _fetch_unsigned(bits)
    return CValue(spelling, fetch, _give_integer(max(bits, 32)))


def _pointer(spelling: str) -> CValue:
    return CValue(spelling, Arguments.integer, _give_integer(64))


def _fetch_int128(arguments: Arguments) -> int:
    return ((arguments.int128()) ^ 1 << 127) - (1 << 127)


Int = Annotated[int, _integer("int", 32, signed=True)]
UInt = Annotated[int, _integer("unsigned int", 32, signed=False)]
Char = Annotated[int, _integer("char", 8, signed=False)]
"""A character as 0..255 whatever char's sign."""
Short = Annotated[int, _integer("short", 16, signed=True)]
UShort = Annotated[int, _integer("unsigned short", 16, signed=False)]
UChar = Annotated[int, _integer("unsigned char", 8, signed=False)]
Long = Annotated[int, _integer("long", 64, signed=True)]
ULong = Annotated[int, _integer("unsigned long", 64, signed=False)]
LongLong = Annotated[int, _integer("long long", 64, signed=True)]
ULongLong = Annotated[int, _integer("unsigned long long", 64, signed=False)]
Size = Annotated[int, _integer("size_t", 64, signed=False)]
SSize = Annotated[int, _integer("ssize_t", 64, signed=True)]
Bool = Annotated[int, _integer("bool", 8, signed=False)]
Int128 = Annotated[int, CValue("__int128", _fetch_int128, _give_pair)]
UInt128 = Annotated[int, CValue("unsigned __int128", Arguments.int128, _give_pair)]
Pair = Annotated[int, CValue("struct of 16 bytes", Arguments.int128, _give_pair)]
"""A structure of two eightbytes, the first in the low 64 bits."""
Pointer = Annotated[int, _pointer("void *")]
ConstPointer = Annotated[int, _pointer("const void *")]
Buffer = Annotated[int, _pointer("char *")]
"""Memory that the function writes text into."""
Function = Annotated[int, _pointer("function *")]
"""A guest function's address."""
Stream = Annotated[int, _pointer("FILE *")]
Double = Annotated[float, CValue("double", _fetch_double, _give_double)]
Single = Annotated[float, CValue("float", _fetch_float, _give_float)]
Quad = Annotated[
    Float,
    CValue(
        "__float128",
        lambda arguments: decode(arguments.vector(16), BINARY128),
        lambda machine, value: _give_vector(machine, 0, encode(value, BINARY128)),
    ),
]
"""IEEE binary128 in a vector register on both architectures (aarch64's long double)."""
LongDouble = Annotated[Float, CValue("long double", Arguments.long_double, _give_long_double)]
DoubleComplex = Annotated[complex, CValue("double complex", _fetch_complex, _give_complex)]
SingleComplex = Annotated[complex, CValue("float complex", _fetch_single_complex, _give_single_complex)]
CString = Annotated[
    bytes,
    CValue("const char *", lambda arguments: arguments.machine.read_cstring(arguments.integer()), None),
]
"""A NUL-terminated string, read when the call is decoded (a bad pointer faults as it would inside the function)."""
ResultAddress = Annotated[int, CValue("hidden result *", Arguments.result_address, _give_integer(64))]
"""Where the caller wants a class or structure that is returned in memory."""
Variadic = Annotated[ArgumentReader, CValue("...", lambda arguments: arguments, None, variadic=True)]
VariadicList = Annotated[
    ArgumentReader, CValue("va_list", lambda arguments: VaList(arguments.machine, arguments.integer()), None)
]


@dataclass(frozen=True)
class ParameterText:
    """A parameter as the prototype prints it."""

    spelling: str
    name: str

    def __str__(self) -> str:
        if self.spelling == "...":
            return "..."
        return f"{self.spelling}{'' if self.spelling.endswith('*') else ' '}{self.name}"
