"""setjmp.h: the callee-saved registers, stack pointer and return address in a jmp_buf of our own layout."""

from typing import TYPE_CHECKING

from playground.emulator.faults import GuestFault
from playground.emulator.library.c_values import Int, Pointer
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

SETJMP = "setjmp.h"
MASK64 = (1 << 64) - 1


def _saved_general(machine: "Machine") -> tuple[str, ...]:
    return machine.arch.call.callee_saved


def _return_state(machine: "Machine") -> tuple[int, int]:
    """Where the caller continues, and its stack pointer there."""
    stack_pointer = machine.register(machine.arch.stack_pointer)
    link = machine.arch.call.link_register
    if link:
        return machine.register(link), stack_pointer
    return machine.read_integer(stack_pointer, 8), stack_pointer + 8


@function("setjmp", "_setjmp", "__sigsetjmp", header=SETJMP)
def setjmp(machine: "Machine", environment: Pointer) -> Int:
    """Remember this place; 0 now, longjmp's value when control comes back."""
    pc, stack_pointer = _return_state(machine)
    row = machine.arch.call
    words = [pc, stack_pointer]
    words += [machine.register(name) for name in _saved_general(machine)]
    words += [machine.vector(name) & MASK64 for name in row.callee_saved_low_halves]
    machine.write(environment, b"".join(word.to_bytes(8, "little") for word in words))
    return 0


@function("longjmp", "_longjmp", "siglongjmp", "__longjmp_chk", header=SETJMP)
def longjmp(machine: "Machine", environment: Pointer, value: Int) -> None:
    """Continue where setjmp was called, which then returns value (1 for 0)."""
    arch, row = machine.arch, machine.arch.call
    words = iter([machine.read_integer(environment + 8 * index, 8) for index in range(_words(machine))])
    registers = {arch.program_counter: next(words), arch.stack_pointer: next(words)}
    _check_target(machine, registers[arch.program_counter])
    registers |= {name: next(words) for name in _saved_general(machine)}
    for name in row.callee_saved_low_halves:
        machine.set_vector(name, next(words))
    registers[row.integer_results[0]] = (value or 1) & 0xFFFFFFFF
    if row.link_register:
        registers[row.link_register] = registers[arch.program_counter]
    machine.long_jump(registers)


def _check_target(machine: "Machine", pc: int) -> None:
    """A jmp_buf that setjmp never filled faults at the jump itself."""
    try:
        machine.read(pc, 1)
    except GuestFault:
        raise GuestFault("fetch", pc, 1) from None


def _words(machine: "Machine") -> int:
    row = machine.arch.call
    return 2 + len(row.callee_saved) + len(row.callee_saved_low_halves)
