"""std::basic_ios members (`this` is the basic_ios itself) and the one locale."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Bool, Char, Int, Pointer
from playground.emulator.library.cxx.ios import BAD, BUFFER, END, EXCEPTIONS, FAIL, GOOD, TIE, Ios, ctype_facet
from playground.emulator.library.cxx.memory import LIBSTDCXX, read_pointer, write_pointer
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


class _At(Ios):
    """A basic_ios by its own address."""

    def __init__(self, machine: "Machine", address: int) -> None:
        self.machine, self.stream, self.address = machine, address, address


PREFIX, CONST = "_ZNSt9basic_iosIcSt11char_traitsIcEE", "_ZNKSt9basic_iosIcSt11char_traitsIcEE"


@function(f"{PREFIX}5clearESt12_Ios_Iostate", header=LIBSTDCXX)
def clear(machine: "Machine", this: Pointer, state: Int) -> None:
    """clear(state): a stream without a buffer stays bad."""
    ios = _At(machine, this)
    ios.set_state(state if ios.buffer is not None else state | BAD)


@function(f"{PREFIX}8setstateESt12_Ios_Iostate", header=LIBSTDCXX)
def setstate(machine: "Machine", this: Pointer, state: Int) -> None:
    """setstate."""
    _At(machine, this).add_state(state)


@function(f"{CONST}7rdstateEv", header=LIBSTDCXX)
def rdstate(machine: "Machine", this: Pointer) -> Int:
    """rdstate."""
    return _At(machine, this).state


@function(f"{CONST}4goodEv", header=LIBSTDCXX)
def good(machine: "Machine", this: Pointer) -> Bool:
    """No bit set."""
    return int(_At(machine, this).state == GOOD)


@function(f"{CONST}3eofEv", header=LIBSTDCXX)
def eof(machine: "Machine", this: Pointer) -> Bool:
    """End of file seen."""
    return int(_At(machine, this).state & END != 0)


@function(f"{CONST}4failEv", f"{CONST}ntEv", header=LIBSTDCXX)
def fail(machine: "Machine", this: Pointer) -> Bool:
    """fail, operator!."""
    return int(_At(machine, this).state & (BAD | FAIL) != 0)


@function(f"{CONST}3badEv", header=LIBSTDCXX)
def bad(machine: "Machine", this: Pointer) -> Bool:
    """bad."""
    return int(_At(machine, this).state & BAD != 0)


@function(f"{CONST}cvbEv", header=LIBSTDCXX)
def as_bool(machine: "Machine", this: Pointer) -> Bool:
    """operator bool."""
    return int(_At(machine, this).state & (BAD | FAIL) == 0)


@function(f"{CONST}4fillEv", header=LIBSTDCXX)
def fill(machine: "Machine", this: Pointer) -> Char:
    """fill()."""
    return _At(machine, this).fill[0]


@function(f"{PREFIX}4fillEc", header=LIBSTDCXX)
def set_fill(machine: "Machine", this: Pointer, c: Char) -> Char:
    """fill(c): the one before."""
    before = _At(machine, this).fill[0]
    _At(machine, this).set_fill(c)
    return before


@function(f"{CONST}5widenEc", header=LIBSTDCXX)
def widen(machine: "Machine", this: Pointer, c: Char) -> Char:
    """widen."""
    return c


@function(f"{PREFIX}3tieEPSo", header=LIBSTDCXX)
def tie(machine: "Machine", this: Pointer, stream: Pointer) -> Pointer:
    """tie(stream): the one before."""
    before = _At(machine, this).tied
    write_pointer(machine, this + TIE, stream)
    return before


@function(f"{CONST}3tieEv", header=LIBSTDCXX)
def get_tie(machine: "Machine", this: Pointer) -> Pointer:
    """tie()."""
    return _At(machine, this).tied


@function(f"{CONST}5rdbufEv", header=LIBSTDCXX)
def rdbuf(machine: "Machine", this: Pointer) -> Pointer:
    """rdbuf()."""
    return read_pointer(machine, this + BUFFER)


@function(f"{PREFIX}5rdbufEPSt15basic_streambufIcS1_E", header=LIBSTDCXX)
def set_rdbuf(machine: "Machine", this: Pointer, buffer: Pointer) -> Pointer:
    """rdbuf(b): the one before; the state is cleared."""
    before = read_pointer(machine, this + BUFFER)
    write_pointer(machine, this + BUFFER, buffer)
    clear(machine, this, GOOD)
    return before


@function(f"{PREFIX}10exceptionsESt12_Ios_Iostate", header=LIBSTDCXX)
def exceptions(machine: "Machine", this: Pointer, mask: Int) -> None:
    """exceptions(mask)."""
    machine.write_integer(this + EXCEPTIONS, mask, 4)
    _At(machine, this).set_state(_At(machine, this).state)


# locales: the "C" locale alone, with the one facet that inlined code asks for


@function("_ZNSt6localeC1Ev", "_ZNSt6localeC1ERKS_", "_ZNSt6localeD1Ev", header=LIBSTDCXX)
def locale(machine: "Machine", this: Pointer) -> None:
    """A std::locale has no state of its own here."""


@function("_ZSt9use_facetISt5ctypeIcEERKT_RKSt6locale", header=LIBSTDCXX)
def use_facet_ctype(machine: "Machine", this: Pointer) -> Pointer:
    """std::use_facet<std::ctype<char>>."""
    return ctype_facet(machine)
