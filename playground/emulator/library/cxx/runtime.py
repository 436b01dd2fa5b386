"""libsupc++: operator new and delete, guards of static locals, pure virtual calls, termination."""

from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Int, Pointer, Size
from playground.emulator.library.cxx.exceptions import terminate, throw
from playground.emulator.library.cxx.memory import LIBSTDCXX
from playground.emulator.library.registry import data, function
from playground.emulator.library.start import report
from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine


def allocate(machine: "Machine", size: int, alignment: int = 16) -> int:
    """operator new: throws std::bad_alloc when it cannot be had."""
    address = library_state(machine).heap.allocate(max(size, 1), max(alignment, 16))
    if address == 0:
        throw(machine, "St9bad_alloc", "std::bad_alloc")
    return address


@function("_Znwm", "_Znam", header=LIBSTDCXX)
def operator_new(machine: "Machine", size: Size) -> Pointer:
    """operator new(size_t)."""
    return allocate(machine, size)


@function("_ZnwmSt11align_val_t", "_ZnamSt11align_val_t", header=LIBSTDCXX)
def operator_new_aligned(machine: "Machine", size: Size, alignment: Size) -> Pointer:
    """operator new(size_t, align_val_t)."""
    return allocate(machine, size, alignment)


@function("_ZnwmRKSt9nothrow_t", "_ZnamRKSt9nothrow_t", header=LIBSTDCXX)
def operator_new_nothrow(machine: "Machine", size: Size, tag: Pointer) -> Pointer:
    """operator new(size_t, nothrow): NULL instead of an exception."""
    return library_state(machine).heap.allocate(max(size, 1))


@function(
    *("_ZdlPv", "_ZdaPv", "_ZdlPvm", "_ZdaPvm", "_ZdlPvSt11align_val_t", "_ZdaPvSt11align_val_t"),
    *("_ZdlPvmSt11align_val_t", "_ZdaPvmSt11align_val_t", "_ZdlPvRKSt9nothrow_t", "_ZdaPvRKSt9nothrow_t"),
    header=LIBSTDCXX,
)
def operator_delete(machine: "Machine", block: Pointer) -> None:
    """operator delete in all its forms; size and alignment are not needed."""
    library_state(machine).heap.release(block, "operator delete")


@data("_ZSt7nothrow", 1, header=LIBSTDCXX)
def _nothrow(machine: "Machine", address: int) -> None:
    """std::nothrow."""


@function("__cxa_guard_acquire", header=LIBSTDCXX)
def __cxa_guard_acquire(machine: "Machine", guard: Pointer) -> Int:
    """1 when the static local is still to be initialised (Itanium C++ ABI 3.3.3)."""
    return int(machine.read(guard, 1) == b"\0")


@function("__cxa_guard_release", header=LIBSTDCXX)
def __cxa_guard_release(machine: "Machine", guard: Pointer) -> None:
    """The static local is initialised."""
    machine.write(guard, b"\1")


@function("__cxa_guard_abort", header=LIBSTDCXX)
def __cxa_guard_abort(machine: "Machine", guard: Pointer) -> None:
    """Its initialisation threw."""
    machine.write(guard, b"\0")


@function("__cxa_pure_virtual", "__cxa_deleted_virtual", header=LIBSTDCXX)
def __cxa_pure_virtual(machine: "Machine") -> None:
    """A pure virtual function was called."""
    report(machine, "pure virtual method called")
    terminate(machine, "a pure virtual function was called")


@function("_ZSt9terminatev", "__cxa_call_terminate", "__cxa_call_unexpected", header=LIBSTDCXX)
def std_terminate(machine: "Machine") -> None:
    """std::terminate()."""
    terminate(machine, "std::terminate() was called")


@function("__cxa_throw_bad_array_new_length", "_ZSt28__throw_bad_array_new_lengthv", header=LIBSTDCXX)
def throw_bad_array_new_length(machine: "Machine") -> None:
    """A negative or too large array length."""
    throw(machine, "St20bad_array_new_length", "std::bad_array_new_length")


@function("_ZNSt6chrono3_V212system_clock3nowEv", header=LIBSTDCXX)
def system_clock_now(machine: "Machine") -> Size:
    """std::chrono::system_clock::now(): nanoseconds since 1970."""
    return machine.clock.realtime_nanoseconds()


@function("_ZNSt6chrono3_V212steady_clock3nowEv", header=LIBSTDCXX)
def steady_clock_now(machine: "Machine") -> Size:
    """std::chrono::steady_clock::now(): nanoseconds since the start."""
    return machine.clock.monotonic_nanoseconds()
