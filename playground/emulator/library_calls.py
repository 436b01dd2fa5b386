"""Control reached an import's slot: run the library function there, and go back to its caller."""

from typing import TYPE_CHECKING

from playground.emulator import library
from playground.emulator.faults import GuestSignal, Unsupported

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

MOST_VIOLATIONS = 20


def call_library(machine: "Machine", name: str, slot: int) -> bool:
    """Run the library function; False when the slot holds a variable, which cannot be called.

    Raises:
        Unsupported: nobody provides the function. ProcessEnd, LongJump: what the function does.
    """
    function = library.lookup(name)
    if function is None:
        if library.data_object(name) is not None:
            return False
        raise Unsupported((name,), f"not supported: the library function `{name}`")
    if machine.on_library_call is not None:
        machine.on_library_call(name)
    machine.current_library_call = name
    _check_stack_alignment(machine, name)
    arguments = function.arguments(machine)
    result = function.implementation(machine, *arguments)
    machine.engine.spoil_scratch_registers()
    function.finish(machine, result)
    machine.current_library_call = ""
    if machine.engine.pc == slot:
        return_to_caller(machine)
    return True


def _check_stack_alignment(machine: "Machine", name: str) -> None:
    """At a function's first instruction: a compiled callee would fault on aarch64, and might on x86-64."""
    arch, row = machine.arch, machine.arch.call
    pushed = 0 if row.link_register else 8
    stack_pointer = machine.register(arch.stack_pointer)
    if (stack_pointer + pushed) % row.stack_alignment == 0:
        return
    message = f"{arch.stack_pointer} is not a multiple of {row.stack_alignment} at the call of `{name}`"
    if row.link_register:
        raise GuestSignal("misaligned", "SIGBUS", message, stack_pointer)
    if message not in machine.abi_violations and len(machine.abi_violations) < MOST_VIOLATIONS:
        machine.abi_violations.append(message)


def return_to_caller(machine: "Machine") -> None:
    """What ``ret`` does at a function's first instruction."""
    arch = machine.arch
    if arch.call.link_register:
        target = machine.register(arch.call.link_register)
    else:
        stack_pointer = machine.register(arch.stack_pointer)
        target = machine.read_integer(stack_pointer, 8)
        machine.set_register(arch.stack_pointer, stack_pointer + 8)
    machine.set_register(arch.program_counter, target)
