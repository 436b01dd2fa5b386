"""What follows when the processor stops inside guest code: a system call, or a fault as the kernel would tell it."""

from playground.emulator.engine import Stop, SystemRegister
from playground.emulator.faults import GuestFault, GuestSignal, SignalRow, Unsupported
from playground.emulator.machine import Machine
from playground.emulator.refusals import MRS_VALUES, READABLE_REGISTERS, Refusal, unknown_instruction
from playground.emulator.syscalls import compatibility_call, system_call
from playground.isa import AARCH64

ILLEGAL = SignalRow("illegal-instruction", "SIGILL", "illegal instruction")

X86_EXCEPTIONS = {
    0: SignalRow("division", "SIGFPE", "division by zero, or a quotient too large for its register"),
    1: SignalRow("trap", "SIGTRAP", "a single-step trap"),
    3: SignalRow("trap", "SIGTRAP", "a breakpoint (int3)"),
    4: SignalRow("privileged-instruction", "SIGSEGV", "an overflow trap"),
    6: ILLEGAL,
    16: SignalRow("division", "SIGFPE", "an x87 floating-point exception"),
    17: SignalRow("misaligned", "SIGBUS", "a misaligned access"),
    19: SignalRow("division", "SIGFPE", "an SSE floating-point exception"),
}
"""Intel SDM volume 3, table 6-1, with the signals of Linux's arch/x86/kernel/traps.c."""
X86_PROTECTION = SignalRow(
    "privileged-instruction", "SIGSEGV", "a general protection fault: the instruction is not allowed in a user process"
)
X86_INT_80 = 0x80

ARM_EXCEPTIONS = {
    1: ILLEGAL,
    4: SignalRow("misaligned", "SIGBUS", "a misaligned exclusive or atomic access"),
    7: SignalRow("trap", "SIGTRAP", "a breakpoint (brk)"),
    13: SignalRow("illegal-instruction", "SIGILL", "illegal instruction: smc is not allowed in a user process"),
}
"""QEMU's target/arm/cpu.h EXCP_*, with the signals of Linux's arch/arm64/kernel/traps.c."""
ARM_SVC = 2
COMPLETED = {1, 3, 4, X86_INT_80}
"""x86 traps: reported behind the instruction, which counts as executed."""


class StopHandler:
    """Callable that deals with every stop but library calls and returns, which `Machine` handles itself."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._actions = {
            "memory": self._memory,
            "syscall": self._syscall,
            "interrupt": self._arm_exception if machine.arch is AARCH64 else self._x86_exception,
            "illegal": self._illegal,
            "end": self._end,
            "system-register": self._forbidden_register,
            "misaligned": self._misaligned,
        }
        machine.engine.system_registers = self._system_register

    def __call__(self, stop: Stop) -> None:
        self._actions[stop.reason](stop)

    def _memory(self, stop: Stop) -> None:
        machine = self.machine
        address = machine.engine.pc
        if stop.access != "fetch":
            machine.engine.executed -= 1
            address = _canonical(stop.address)
        raise GuestFault(stop.access, address, stop.size, protected=machine.memory.find(address) is not None)

    def _syscall(self, _stop: Stop) -> None:
        system_call(self.machine)

    def _x86_exception(self, stop: Stop) -> None:
        if stop.number == X86_INT_80:
            compatibility_call(self.machine)
            return
        if stop.number not in COMPLETED:
            self.machine.engine.executed -= 1
        self._raise(X86_EXCEPTIONS.get(stop.number, X86_PROTECTION))

    def _arm_exception(self, stop: Stop) -> None:
        if stop.number == ARM_SVC:
            system_call(self.machine)
            return
        pc = self.machine.engine.pc
        if pc % 4:
            raise GuestSignal("misaligned", "SIGBUS", f"jumped to {pc:#x}, which is not a multiple of 4", pc)
        if stop.number == 1:
            self._illegal(stop)
        self.machine.engine.executed -= 1
        self._raise(ARM_EXCEPTIONS.get(stop.number, ILLEGAL))

    def _illegal(self, _stop: Stop) -> None:
        self.machine.engine.executed -= 1
        missing = unknown_instruction(self.machine)
        if missing:
            raise Unsupported((missing,), f"not supported: the emulator lacks {missing}")
        self._raise(ILLEGAL)

    def _end(self, _stop: Stop) -> None:
        """A refused instruction, or one that halts the processor."""
        machine = self.machine
        refusal = machine.refused.get(machine.engine.pc) or machine.written_refusals.get(machine.engine.pc)
        if isinstance(refusal, Refusal):
            refusal.act(machine)
        elif machine.arch is not AARCH64:
            self._raise(X86_PROTECTION)
        # aarch64 wfi and wfe end the run behind themselves; in a process they merely wait, so go on.

    def _system_register(self, register: SystemRegister) -> int | None:
        key = (register.op0, register.op1, register.crn, register.crm, register.op2)
        value = MRS_VALUES.get(key)
        if value is not None:
            return value(self.machine)
        if key not in READABLE_REGISTERS:
            return -1
        return None

    def _misaligned(self, stop: Stop) -> None:
        value = stop.address
        if self.machine.arch is AARCH64:
            message = f"the stack pointer is used while it is {value:#x}, which is not a multiple of 16"
            raise GuestSignal("misaligned", "SIGBUS", message, value)
        message = f"an aligned 16-byte access (movaps and the like) at {value:#x}, which is not a multiple of 16"
        raise GuestSignal("misaligned", "SIGSEGV", message, value)

    def _forbidden_register(self, _stop: Stop) -> None:
        engine = self.machine.engine
        engine.write(self.machine.arch.program_counter, engine.pc - 4)
        engine.executed -= 1
        message = "reads a system register that only the operating system may read"
        raise GuestSignal("privileged-instruction", "SIGILL", message)

    @staticmethod
    def _raise(row: SignalRow) -> None:
        raise GuestSignal(row.kind, row.signal, row.description)


def _canonical(address: int) -> int:
    """Unicorn's x86 drops the bits above 52 of an address: take them from bit 51, as real pointers have them."""
    return address | 0xFFF0_0000_0000_0000 if address >> 47 == 0x1F else address
