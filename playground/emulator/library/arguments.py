"""Where a C call's arguments lie, by the architecture's row: registers first, then the stack, or a va_list in memory.

x86-64: System V psABI 3.2.3 and 3.5.7. aarch64: AAPCS64 6.8.2 and appendix B (variadic calls use the same registers).
"""

from typing import TYPE_CHECKING

from playground.emulator.library.binary_float import BINARY32, BINARY64, BINARY128, X87_EXTENDED, Float, decode

if TYPE_CHECKING:
    from playground.emulator.machine import Machine

SLOT = 8
"""Bytes of a stack argument."""
MASK64 = (1 << 64) - 1


class Arguments:
    """Reads the arguments of the call that the machine stands at, one after the other.

    The machine's state must be that at the callee's first instruction (x86-64: return address on top of the stack).
    """

    def __init__(self, machine: "Machine", *, variadic: bool = False) -> None:
        arch = machine.arch
        self.machine = machine
        self.is_aarch64 = arch.call.vector_count_register is None
        self.long_double_format = BINARY128 if self.is_aarch64 else X87_EXTENDED
        self._call = arch.call
        self._integers = 0
        self._vectors = 0
        self._stack: int | None = None
        self._vectors_lost = False
        if variadic and arch.call.vector_count_register:
            self._vectors_lost = machine.register(arch.call.vector_count_register) & 0xFF == 0

    def integer(self) -> int:
        """The next integer or pointer, as 64 unsigned bits (upper bits of a narrower one are undefined)."""
        registers = self._call.integer_arguments
        if self._integers < len(registers):
            self._integers += 1
            return self.machine.register(registers[self._integers - 1])
        return int.from_bytes(self._from_stack(SLOT), "little")

    def int128(self) -> int:
        """The next __int128, unsigned: two registers (an even pair on aarch64), else 16 aligned bytes."""
        registers = self._call.integer_arguments
        if self.is_aarch64:
            self._integers += self._integers % 2
        if self._integers + 2 <= len(registers):
            return self.integer() | self.integer() << 64
        if self.is_aarch64:
            self._integers = len(registers)
        return int.from_bytes(self._from_stack(16, alignment=16), "little")

    def vector(self, size: int) -> int:
        """The low `size` bytes of the next floating-point argument."""
        registers = self._call.float_arguments
        if self._vectors < len(registers):
            self._vectors += 1
            if self._vectors_lost:
                return 0
            raw = self.machine.vector(registers[self._vectors - 1])
            return raw & ((1 << 8 * size) - 1)
        return int.from_bytes(self._from_stack(size, alignment=max(size, SLOT)), "little")

    def double(self) -> Float:
        return decode(self.vector(8), BINARY64)

    def single(self) -> Float:
        return decode(self.vector(4), BINARY32)

    def long_double(self) -> Float:
        """x86-64 passes it on the stack (class X87 is MEMORY); aarch64 in a vector register."""
        if self.is_aarch64:
            return decode(self.vector(16), BINARY128)
        return decode(int.from_bytes(self._from_stack(16, alignment=16), "little") & ((1 << 80) - 1), X87_EXTENDED)

    def result_address(self) -> int:
        """Where the caller wants a result that is returned in memory (x8 on aarch64; the hidden first argument)."""
        if self.is_aarch64:
            return self.machine.register(self._call.indirect_result_register)
        return self.integer()

    def _from_stack(self, size: int, alignment: int = SLOT) -> bytes:
        if self._stack is None:
            self._stack = self._stack_start()
        start = (self._stack + alignment - 1) & -alignment
        self._stack = start + max(size, SLOT)
        return self.machine.read(start, size)

    def _stack_start(self) -> int:
        """The first stack argument: behind the return address where the call pushed one."""
        arch = self.machine.arch
        return self.machine.register(arch.stack_pointer) + (0 if arch.call.link_register else SLOT)


class VaList:
    """Reads arguments from a ``va_list`` (psABI figure 3.34; AAPCS64 appendix B). The list itself stays as it was."""

    def __init__(self, machine: "Machine", address: int) -> None:
        self.machine = machine
        self.is_aarch64 = machine.arch.call.vector_count_register is None
        self.long_double_format = BINARY128 if self.is_aarch64 else X87_EXTENDED
        if self.is_aarch64:
            self._stack, general, vector = (machine.read_integer(address + 8 * i, 8) for i in range(3))
            general_offset, vector_offset = (machine.read_integer(address + 24 + 4 * i, 4, signed=True) for i in (0, 1))
            self._general, self._general_end = general + general_offset, general
            self._vector, self._vector_end = vector + vector_offset, vector
        else:
            general_offset, vector_offset = (machine.read_integer(address + 4 * i, 4) for i in (0, 1))
            self._stack, save_area = (machine.read_integer(address + 8 * i, 8) for i in (1, 2))
            self._general, self._general_end = save_area + general_offset, save_area + 48
            self._vector, self._vector_end = save_area + vector_offset, save_area + 176

    def integer(self) -> int:
        if self._general < self._general_end:
            self._general += SLOT
            return self.machine.read_integer(self._general - SLOT, 8)
        return self._from_stack(8)

    def vector(self, size: int) -> int:
        if self._vector < self._vector_end:
            self._vector += 16
            return self.machine.read_integer(self._vector - 16, size)
        return self._from_stack(size, alignment=max(size, SLOT))

    def double(self) -> Float:
        return decode(self.vector(8), BINARY64)

    def long_double(self) -> Float:
        if self.is_aarch64:
            return decode(self.vector(16), BINARY128)
        return decode(self._from_stack(16, alignment=16) & ((1 << 80) - 1), X87_EXTENDED)

    def _from_stack(self, size: int, alignment: int = SLOT) -> int:
        self._stack = (self._stack + alignment - 1) & -alignment
        value = int.from_bytes(self.machine.read(self._stack, size), "little")
        self._stack += max(size, SLOT)
        return value


ArgumentReader = Arguments | VaList
"""What the printf and scanf families take their variable arguments from."""
