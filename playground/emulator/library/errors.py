"""errno: the numbers, names and messages (Linux generic numbers, which both architectures use; man 3 errno)."""

import errno as _errno
import os
from typing import TYPE_CHECKING

from playground.emulator.library.c_values import Pointer
from playground.emulator.library.registry import function

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

NO_MESSAGE = "Unknown error"


def set_errno(machine: "Machine", number: int) -> None:
    """Store `number` into the guest's errno."""
    machine.write_integer(machine.errno_address, number, 4)


def get_errno(machine: "Machine") -> int:
    """The guest's errno."""
    return machine.read_integer(machine.errno_address, 4, signed=True)


def checked(machine: "Machine", result: int) -> int:
    """A system call's result as its C wrapper gives it: negative error numbers go to errno and become -1."""
    if result >= 0:
        return result
    set_errno(machine, -result)
    return -1


def error_message(number: int) -> bytes:
    """strerror's text: ``Success`` for 0, ``Unknown error 4242`` outside the table."""
    if number == 0:
        return b"Success"
    if number not in _errno.errorcode:
        return f"{NO_MESSAGE} {number}".encode()
    return os.strerror(number).encode()


def error_name(number: int) -> bytes:
    """The constant's name as %#m prints it."""
    return _errno.errorcode.get(number, str(number)).encode()


@function(header="errno.h")
def __errno_location(machine: "Machine") -> Pointer:
    """The address of the calling thread's errno."""
    return machine.errno_address
