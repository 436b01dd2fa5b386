"""The only file that knows Unicorn: a processor with named registers that runs until something happens.

Unicorn's defects that are mended here (see ENGINES.md and docs/decisions.md): floating-point control registers that
start at zero, ``syscall`` without a hook being ignored, host time and randomness in the guest, and the instruction
count, which the library keeps exactly but does not tell.
"""

import ctypes
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import unicorn
from unicorn import arm64_const, unicorn_const, x86_const
from unicorn.unicorn_py3.unicorn import uclib

from playground.emulator.memory import Region
from playground.emulator.register_marks import marks_behind_library_call
from playground.isa import AARCH64, Architecture

CHECKED_TIMES = 1000
"""How often `Engine.watch` asks at one address; a call of Python costs as much as hundreds of instructions."""
TRANSLATION_BYTES = 16 << 20
"""Translated code that is kept; by default it would grow without bound over thousands of programs."""

_ACCESSES = {
    unicorn_const.UC_MEM_READ_UNMAPPED: "read",
    unicorn_const.UC_MEM_READ_PROT: "read",
    unicorn_const.UC_MEM_WRITE_UNMAPPED: "write",
    unicorn_const.UC_MEM_WRITE_PROT: "write",
    unicorn_const.UC_MEM_FETCH_UNMAPPED: "fetch",
    unicorn_const.UC_MEM_FETCH_PROT: "fetch",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """Why the processor stopped."""

    reason: str
    """``budget`` (used up), ``end`` (an exit address, or a halt), ``syscall``, ``interrupt``, ``memory``,
    ``illegal``, ``system-register``, ``misaligned``."""
    number: int = 0
    """Of an interrupt."""
    access: str = ""
    """Of a memory fault: ``read``, ``write``, ``fetch``."""
    address: int = 0
    size: int = 0


@dataclass(frozen=True, kw_only=True)
class SystemRegister:
    """A coprocessor register as ``mrs`` and ``msr`` name it: S<op0>_<op1>_C<crn>_C<crm>_<op2>."""

    op0: int
    op1: int
    crn: int
    crm: int
    op2: int


_X86_NAMES = "rax rbx rcx rdx rsi rdi rbp rsp rip rflags fs_base gs_base fpcw fpsw fptag mxcsr"
_X86_REGISTERS: dict[str, int] = {
    name: getattr(x86_const, f"UC_X86_REG_{name.upper()}")
    for name in (*_X86_NAMES.split(" "), *(f"r{i}" for i in range(8, 16)))
}
_ARM_REGISTERS: dict[str, int] = {
    **{f"x{i}": getattr(arm64_const, f"UC_ARM64_REG_X{i}") for i in range(31)},
    **{name: getattr(arm64_const, f"UC_ARM64_REG_{name.upper()}") for name in ("sp", "pc", "nzcv", "tpidr_el0")},
    "fpcr": arm64_const.UC_ARM64_REG_FPCR,
    "fpsr": arm64_const.UC_ARM64_REG_FPSR,
}
_X86_VECTORS = {f"xmm{i}": getattr(x86_const, f"UC_X86_REG_XMM{i}") for i in range(16)}
_ARM_VECTORS = {f"v{i}": getattr(arm64_const, f"UC_ARM64_REG_V{i}") for i in range(32)}

_X86_DEFAULTS = {"fpcw": 0x37F, "mxcsr": 0x1F80, "fptag": 0xFFFF}
"""As Linux starts a process (psABI 3.4.1); Unicorn starts them at 0, 0 and 0x5555."""


class EngineError(RuntimeError):
    """The engine refused something of ours: a defect of this program, not of the guest's."""


def _checked(status: int, what: str) -> None:
    if status != unicorn_const.UC_ERR_OK:
        raise EngineError(f"{what}: {unicorn.UcError(status)}")


class RegisterBlock:
    """Reads or writes a fixed list of registers in one call of the library (the binding's own way takes 35 us)."""

    def __init__(self, handle: Any, identifiers: Iterable[int]) -> None:
        numbers = list(identifiers)
        self._handle = handle
        self._count = len(numbers)
        self._ids = (ctypes.c_int * self._count)(*numbers)
        self._values = (ctypes.c_uint64 * self._count)()
        base = ctypes.addressof(self._values)
        self._pointers = (ctypes.c_void_p * self._count)(*(base + 8 * i for i in range(self._count)))

    def read(self) -> tuple[int, ...]:
        """The registers' values, in the list's order."""
        _checked(uclib.uc_reg_read_batch(self._handle, self._ids, self._pointers, self._count), "reading registers")
        return tuple(self._values)

    def write(self, values: Iterable[int]) -> None:
        """Set all of them, in the list's order."""
        self._values[:] = list(values)
        _checked(uclib.uc_reg_write_batch(self._handle, self._ids, self._pointers, self._count), "writing registers")


class FixedRegisters:
    """Writes the same values into the same registers again and again, in one call of the library."""

    def __init__(self, handle: Any, general: Mapping[int, int], vectors: Mapping[int, int]) -> None:
        self._handle = handle
        self._count = len(general) + len(vectors)
        self._ids = (ctypes.c_int * self._count)(*general, *vectors)
        data = [value.to_bytes(16, "little") for value in (*general.values(), *vectors.values())]
        self._values = ctypes.create_string_buffer(b"".join(data))
        base = ctypes.addressof(self._values)
        self._pointers = (ctypes.c_void_p * self._count)(*(base + 16 * i for i in range(self._count)))

    def write(self) -> None:
        """Set all of them."""
        _checked(uclib.uc_reg_write_batch(self._handle, self._ids, self._pointers, self._count), "writing registers")


class Engine:
    """One processor. Costs about a millisecond to make: keep it and `reset` it."""

    def __init__(self, arch: Architecture) -> None:
        architecture, mode, model = arch.unicorn
        self.arch = arch
        self._uc = unicorn.Uc(getattr(unicorn_const, architecture), getattr(unicorn_const, mode))
        self._uc.ctl_set_cpu_model(getattr(arm64_const if arch is AARCH64 else x86_const, model))
        self._uc.ctl_set_tcg_buffer_size(TRANSLATION_BYTES)
        self._handle = self._uc._uch
        self._ids = _ARM_REGISTERS if arch is AARCH64 else _X86_REGISTERS
        self._vector_ids = _ARM_VECTORS if arch is AARCH64 else _X86_VECTORS
        self._pc_id = self._ids[arch.program_counter]
        self._word = ctypes.c_uint64()
        self._word_pointer = ctypes.byref(self._word)
        self._double_word = (ctypes.c_uint64 * 2)()
        self._stop: Stop | None = None
        self._exits: frozenset[int] = frozenset()
        self._hosts: dict[int, Any] = {}
        self._trace_hooks: list[int] = []
        self._watch_hooks: dict[int, int] = {}
        self._checks: Mapping[int, Callable[[], Stop | None]] = {}
        self._times: dict[int, int] = {}
        self._asked_enough: list[int] = []
        self._examine_hooks: list[int] = []
        self._blocks: dict[tuple[str, ...], RegisterBlock] = {}
        self.executed = 0
        """Instructions begun since `reset`, exactly."""
        self.system_registers: Callable[[SystemRegister], int | None] = lambda register: None
        """Asked at every ``mrs`` (aarch64): a value, None for the processor's own, negative to stop."""
        self._install_hooks()
        self._apply_defaults()
        self._pristine = self._uc.context_save()
        self._counter = ctypes.c_uint64.from_address(self._handle.value + _counter_offset())
        self.all_names = (*arch.general_registers, arch.program_counter, arch.flags_register)
        self._all = RegisterBlock(self._handle, [self._ids[name] for name in self.all_names])
        general, vectors = marks_behind_library_call(arch)
        self._scratch = FixedRegisters(
            self._handle,
            {self._ids[name]: value for name, value in general.items()},
            {self._vector_ids[name]: value for name, value in vectors.items()},
        )

    def _apply_defaults(self) -> None:
        if self.arch is AARCH64:
            enabled = self._uc.reg_read(arm64_const.UC_ARM64_REG_CPACR_EL1) | 0x300000
            self._uc.reg_write(arm64_const.UC_ARM64_REG_CPACR_EL1, enabled)
            self._uc.reg_write(arm64_const.UC_ARM64_REG_NZCV, 0)
            return
        for name, value in _X86_DEFAULTS.items():
            self._uc.reg_write(self._ids[name], value)

    # what happens inside a run

    def _install_hooks(self) -> None:
        uc = self._uc
        uc.hook_add(unicorn_const.UC_HOOK_INTR, self._on_interrupt)
        uc.hook_add(unicorn_const.UC_HOOK_MEM_INVALID, self._on_memory)
        uc.hook_add(unicorn_const.UC_HOOK_INSN_INVALID, self._on_illegal)
        if self.arch is AARCH64:
            uc.hook_add(unicorn_const.UC_HOOK_INSN, self._on_mrs, None, 1, 0, arm64_const.UC_ARM64_INS_MRS)
        else:
            uc.hook_add(unicorn_const.UC_HOOK_INSN, self._on_syscall, None, 1, 0, x86_const.UC_X86_INS_SYSCALL)

    def _end(self, stop: Stop) -> None:
        if self._stop is None:
            self._stop = stop
        self._uc.emu_stop()

    def _on_interrupt(self, _uc: Any, number: int, _data: Any) -> None:
        self._end(Stop("interrupt", number=number))

    def _on_syscall(self, _uc: Any, _data: Any) -> None:
        self._end(Stop("syscall"))

    def _on_illegal(self, _uc: Any, _data: Any) -> bool:
        self._end(Stop("illegal"))
        return False

    def _on_memory(self, _uc: Any, kind: int, address: int, size: int, _value: int, _data: Any) -> bool:
        self._end(Stop("memory", access=_ACCESSES[kind], address=address, size=size))
        return False

    def _on_mrs(self, _uc: Any, register: int, place: Any, _data: Any) -> bool:
        named = SystemRegister(op0=place.op0, op1=place.op1, crn=place.crn, crm=place.crm, op2=place.op2)
        value = self.system_registers(named)
        if value is None:
            return False
        if value < 0:
            self._end(Stop("system-register"))
            return True
        self._uc.reg_write(register, value)
        return True

    # running

    def run(self, pc: int, budget: int) -> Stop:
        """Execute from `pc`, at most `budget` instructions (>= 1), until something happens."""
        self._stop = None
        if self._asked_enough:
            self._release_watched()
        if pc == 0:
            # 0 is the end address given below: the engine would return at once as if it had arrived
            self.write(self.arch.program_counter, 0)
            return Stop("memory", access="fetch", address=0, size=1)
        status = uclib.uc_emu_start(self._handle, pc, 0, 0, budget)
        done = self._counter.value
        self._raise_hook_error()
        if done > budget:
            self.executed += budget
            return self._stop or Stop("budget")
        self.executed += done
        if self._stop is not None:
            return self._stop
        if status != unicorn_const.UC_ERR_OK:
            return self._untold(status)
        return Stop("end")

    def _untold(self, status: int) -> Stop:
        """An error that no hook announced."""
        if status == unicorn_const.UC_ERR_INSN_INVALID:
            return Stop("illegal")
        if status == unicorn_const.UC_ERR_EXCEPTION:
            return Stop("interrupt", number=-1)
        raise EngineError(f"the engine failed: {unicorn.UcError(status)}")

    def _raise_hook_error(self) -> None:
        error = self._uc._hook_exception
        if error is not None:
            self._uc._hook_exception = None
            raise error

    def set_exits(self, addresses: frozenset[int]) -> None:
        """Stop with ``end`` before the instruction at each of these addresses."""
        if addresses == self._exits:
            return
        self._exits = addresses
        self._uc.ctl_exits_enabled(True)
        self._uc.ctl_set_exits(sorted(addresses))
        self._uc.ctl_flush_tb()

    def reset(self) -> None:
        """Registers as at the start of a process; memory and translations stay."""
        self._uc.context_restore(self._pristine)
        self.executed = 0
        self.stop_tracing()
        self._remove(self._examine_hooks)

    # registers

    def read(self, name: str) -> int:
        """A general register, the program counter or the flags, 64 bits unsigned."""
        uclib.uc_reg_read(self._handle, self._ids[name], self._word_pointer)
        return self._word.value

    def write(self, name: str, value: int) -> None:
        self._word.value = value & 0xFFFF_FFFF_FFFF_FFFF
        uclib.uc_reg_write(self._handle, self._ids[name], self._word_pointer)

    def write_block(self, values: Mapping[str, int]) -> None:
        """Set many registers at once; a set of names that was used before costs one call."""
        names = tuple(values)
        block = self._blocks.get(names)
        if block is None:
            block = self._blocks[names] = RegisterBlock(self._handle, [self._ids[name] for name in names])
        block.write(values.values())

    def spoil_scratch_registers(self) -> None:
        """Overwrite what a called routine may overwrite, results included: see `register_marks`."""
        self._scratch.write()

    @property
    def pc(self) -> int:
        uclib.uc_reg_read(self._handle, self._pc_id, self._word_pointer)
        return self._word.value

    def read_vector(self, name: str) -> int:
        """A vector register, 128 bits unsigned."""
        uclib.uc_reg_read(self._handle, self._vector_ids[name], self._double_word)
        low, high = self._double_word
        return low | high << 64

    def write_vector(self, name: str, value: int) -> None:
        self._double_word[0] = value & 0xFFFF_FFFF_FFFF_FFFF
        self._double_word[1] = value >> 64 & 0xFFFF_FFFF_FFFF_FFFF
        uclib.uc_reg_write(self._handle, self._vector_ids[name], self._double_word)

    def read_all(self) -> tuple[int, ...]:
        """Every register of `all_names`, in that order."""
        return self._all.read()

    def registers(self) -> Mapping[str, int]:
        """General registers, program counter and flags by name."""
        return dict(zip(self.all_names, self.read_all(), strict=True))

    def push_x87(self, bits: int) -> None:
        """Push an 80-bit extended value on the x87 stack (x86-64's long double result)."""
        top = (self.read("fpsw") >> 11) - 1 & 7
        self.write("fpsw", self.read("fpsw") & ~0x3800 | top << 11)
        self.write("fptag", self.read("fptag") & ~(3 << 2 * top))
        mantissa, exponent = bits & (1 << 64) - 1, bits >> 64 & 0xFFFF
        self._uc.reg_write(x86_const.UC_X86_REG_FP0 + top, (mantissa, exponent))

    # memory (the Backend of `memory.AddressSpace`)

    def map(self, region: Region) -> None:
        host = (ctypes.c_char * region.size).from_buffer(region.storage)
        self._hosts[id(region)] = host
        status = uclib.uc_mem_map_ptr(
            self._handle, ctypes.c_uint64(region.address), ctypes.c_size_t(region.size), _bits(region),
            ctypes.c_void_p(ctypes.addressof(host)),
        )  # fmt: skip
        _checked(status, f"mapping {region.name}")

    def unmap(self, region: Region) -> None:
        status = uclib.uc_mem_unmap(self._handle, ctypes.c_uint64(region.address), ctypes.c_size_t(region.size))
        _checked(status, f"unmapping {region.name}")
        self._hosts.pop(id(region), None)

    def protect(self, region: Region) -> None:
        address, size = ctypes.c_uint64(region.address), ctypes.c_size_t(region.size)
        _checked(uclib.uc_mem_protect(self._handle, address, size, _bits(region)), f"protecting {region.name}")

    def code_changed(self, address: int, size: int) -> None:
        self._uc.ctl_remove_cache(address, address + max(size, 1))

    # tracing

    def trace(self, on_step: Callable[[int], None], on_write: Callable[[int, int], None]) -> None:
        """Call `on_step(pc)` before every instruction and `on_write(address, size)` before every store."""
        step = self._uc.hook_add(unicorn_const.UC_HOOK_CODE, lambda _uc, pc, _size, _data: on_step(pc))
        write = self._uc.hook_add(
            unicorn_const.UC_HOOK_MEM_WRITE,
            lambda _uc, _kind, address, size, _value, _data: on_write(address, size),
        )
        self._trace_hooks = [step, write]
        self._uc.ctl_flush_tb()

    def stop_tracing(self) -> None:
        """Back to full speed."""
        self._remove(self._trace_hooks)

    def _remove(self, hooks: list[int]) -> None:
        for hook in hooks:
            self._uc.hook_del(hook)
        if hooks:
            hooks.clear()
            self._uc.ctl_flush_tb()

    def watch(self, checks: Mapping[int, Callable[[], Stop | None]]) -> None:
        """Ask before the instruction at each address, the first CHECKED_TIMES times in a run; a Stop ends the run.

        Each place has a hook of its own, so that all others run at full speed; asked often enough it loses the hook.
        """
        if checks is self._checks and not self._asked_enough:
            self._times.clear()
            return
        self._unwatch()
        self._checks = checks
        for address in checks:
            self._watch_hooks[address] = self._uc.hook_add(
                unicorn_const.UC_HOOK_CODE, self._on_watched, None, address, address
            )
        if checks:
            self._uc.ctl_flush_tb()

    def _on_watched(self, _uc: Any, pc: int, _size: int, _data: Any) -> None:
        stop = self._checks[pc]()
        times = self._times[pc] = self._times.get(pc, 0) + 1
        if stop is not None:
            self._end(stop)
            self.executed -= 1
        elif times >= CHECKED_TIMES and pc not in self._asked_enough:
            self._asked_enough.append(pc)
            self.interrupt()

    def _release_watched(self) -> None:
        """Between two runs: hooks can only be removed here."""
        for address in self._asked_enough:
            hook = self._watch_hooks.pop(address, None)
            if hook is not None:
                self._uc.hook_del(hook)
                self._uc.ctl_remove_cache(address, address + 1)

    def _unwatch(self) -> None:
        for hook in self._watch_hooks.values():
            self._uc.hook_del(hook)
        if self._watch_hooks:
            self._uc.ctl_flush_tb()
        self._watch_hooks.clear()
        self._times.clear()
        self._asked_enough.clear()

    def examine(self, start: int, end: int, is_refused: Callable[[int], bool]) -> None:
        """Until `reset`: stop with ``end`` before an instruction in start..end of which `is_refused(pc)`."""

        def on_step(_uc: Any, pc: int, _size: int, _data: Any) -> None:
            if is_refused(pc):
                self._end(Stop("end"))
                self.executed -= 1

        self._examine_hooks.append(self._uc.hook_add(unicorn_const.UC_HOOK_CODE, on_step, None, start, end - 1))
        self._uc.ctl_flush_tb()

    @property
    def tracing(self) -> bool:
        return bool(self._trace_hooks)

    def interrupt(self) -> None:
        """End the present run from inside the step hook, before the step, as a used-up budget does."""
        self._end(Stop("budget"))
        self.executed -= 1


def _bits(region: Region) -> int:
    return (
        unicorn_const.UC_PROT_READ * region.readable
        | unicorn_const.UC_PROT_WRITE * region.writable
        | unicorn_const.UC_PROT_EXEC * region.executable
    )


_found_offset: int | None = None


def _counter_offset() -> int:
    """Where the engine's handle keeps its instruction counter, found by running known numbers of instructions.

    `uc_emu_start(count=…)` counts exactly, but no function tells the count; a hook in Python would cost 350 ns an
    instruction. The counter lies directly before the limit, so the pair is looked for after two runs.
    """
    global _found_offset
    if _found_offset is None:
        candidates = _pairs(5, 1_234_567) & _pairs(11, 7_654_321)
        if len(candidates) != 1:
            raise EngineError(f"the instruction counter was not found in unicorn {unicorn.__version__}")
        _found_offset = candidates.pop()
    return _found_offset


def _pairs(count: int, limit: int) -> set[int]:
    """Offsets in a fresh handle of the words (count, limit) after `count` instructions with that limit."""
    uc = unicorn.Uc(unicorn_const.UC_ARCH_X86, unicorn_const.UC_MODE_64)
    uc.mem_map(0x1000, 0x1000)
    uc.mem_write(0x1000, b"\x90" * 64)
    uc.emu_start(0x1000, 0x1000 + count, 0, limit)
    usable = ctypes.CDLL(None).malloc_usable_size
    usable.restype, usable.argtypes = ctypes.c_size_t, [ctypes.c_void_p]
    words = usable(uc._uch) // 8
    values = (ctypes.c_uint64 * words).from_address(uc._uch.value)
    return {8 * i for i in range(words - 1) if values[i] == count and values[i + 1] == limit}
