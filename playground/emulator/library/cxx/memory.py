"""Reading and writing guest pointers, and addresses at which guest code can call a library function."""

from typing import TYPE_CHECKING

from playground.emulator.library.state import library_state

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

LIBSTDCXX = "libstdc++"


def read_pointer(machine: "Machine", address: int) -> int:
    """The 64-bit word at `address`."""
    return machine.read_integer(address, 8)


def write_pointer(machine: "Machine", address: int, value: int) -> None:
    """Store a 64-bit word."""
    machine.write_integer(address, value, 8)


def callable_address(machine: "Machine", name: str) -> int:
    """An address that runs the library function `name` when it is called (for vtables)."""
    slot = machine.symbol_slot(name)
    if slot is not None:
        return slot
    addresses: dict[str, int] = library_state(machine).parts.setdefault("callable addresses", {})
    if name not in addresses:
        addresses[name] = machine.allocate_static(16)
        machine.define_slot(addresses[name], name)
    return addresses[name]
