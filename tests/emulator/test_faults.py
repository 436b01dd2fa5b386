# ruff: noqa: E501  one assembly body a line
"""What breaks says why: kind, signal, address, words, line, backtrace; and the same signal as natively."""

import pytest

from playground.emulator import run_program
from playground.emulator.result import Limits
from tests.emulator.images import call, image, run_main, run_start

FAULTS = [
    # architecture, body, kind, signal, words
    ("x86_64", "xor %eax, %eax; mov (%rax), %ecx", "unmapped-read", "SIGSEGV", "null pointer"),
    ("x86_64", "mov $16, %eax; movl $1, (%rax)", "unmapped-write", "SIGSEGV", "16 bytes past the null pointer"),
    ("x86_64", "lea main(%rip), %rax; movb $1, (%rax)", "protected-write", "SIGSEGV", "read-only memory"),
    ("x86_64", "mov $0x1234, %eax; jmp *%rax", "unmapped-fetch", "SIGSEGV", "jumped to 0x1234"),
    ("x86_64", "lea -16(%rsp), %rax; jmp *%rax", "unmapped-fetch", "SIGSEGV", "data, not code"),
    ("x86_64", "pop %rax; mov $0x77, %eax; push %rax; ret", "bad-return", "SIGSEGV", "returned to 0x77"),
    ("x86_64", "push %rax; call main", "stack-overflow", "SIGSEGV", "below the stack"),
    ("x86_64", "mov $-8, %rax; mov (%rax), %rax", "unmapped-read", "SIGSEGV", "0xfffffffffffffff8"),
    ("x86_64", "xor %ecx, %ecx; xor %edx, %edx; div %ecx", "division", "SIGFPE", "division by zero"),
    ("x86_64", "mov $1, %edx; xor %eax, %eax; mov $1, %ecx; idiv %ecx", "division", "SIGFPE", "too large"),
    ("x86_64", "ud2", "illegal-instruction", "SIGILL", "illegal"),
    ("x86_64", "int3", "trap", "SIGTRAP", "breakpoint"),
    ("x86_64", ".byte 0x06", "illegal-instruction", "SIGILL", "illegal"),
    ("x86_64", "call abort", "abort", "SIGABRT", "abort()"),
    ("aarch64", "mov x0, 0; ldr x1, [x0]", "unmapped-read", "SIGSEGV", "null pointer"),
    ("aarch64", "mov x0, 24; str w1, [x0]", "unmapped-write", "SIGSEGV", "24 bytes past the null pointer"),
    ("aarch64", "adr x0, main; str w1, [x0]", "protected-write", "SIGSEGV", "read-only memory"),
    ("aarch64", "mov x0, 0x1234; br x0", "unmapped-fetch", "SIGSEGV", "jumped to 0x1234"),
    ("aarch64", "mov x30, 0x5678; ret", "bad-return", "SIGSEGV", "returned to 0x5678"),
    ("aarch64", "stp x29, x30, [sp, -16]!; bl main", "stack-overflow", "SIGSEGV", "below the stack"),
    ("aarch64", "adr x0, main; add x0, x0, 2; br x0", "misaligned", "SIGBUS", "not a multiple of 4"),
    ("aarch64", "mov x1, sp; add x1, x1, 1; ldxr x0, [x1]", "misaligned", "SIGBUS", "misaligned"),
    ("aarch64", "sub sp, sp, 8; str x0, [sp]", "misaligned", "SIGBUS", "not a multiple of 16"),
    ("aarch64", "str x30, [sp, -8]!; ldr x30, [sp], 8; ret", "misaligned", "SIGBUS", "not a multiple of 16"),
    ("aarch64", "udf 0", "illegal-instruction", "SIGILL", "illegal"),
    ("aarch64", "brk 1", "trap", "SIGTRAP", "breakpoint"),
    ("aarch64", "bl abort", "abort", "SIGABRT", "abort()"),
]


@pytest.mark.parametrize(("arch", "body", "kind", "signal", "words"), FAULTS, ids=lambda value: str(value)[:24])
def test_fault(arch: str, body: str, kind: str, signal: str, words: str) -> None:
    result = run_main(body, arch)
    assert result.stop == "fault", result
    assert (result.fault.kind, result.fault.signal) == (kind, signal)
    assert words in result.fault.description
    assert result.reason.startswith(signal)
    assert result.exit_status is None


PRIVILEGED = [
    ("x86_64", "SIGSEGV", ("hlt", "cli", "sti", "in $0x60, %al", "out %al, $0x80", "mov %cr0, %rax", "mov %rax, %cr3", "rdmsr",
                           "wrmsr", "clts", "invd", "wbinvd", "swapgs", "lgdt (%rsp)", "invlpg (%rsp)", "lmsw %ax", "insb")),
    ("aarch64", "SIGILL", ("msr daifset, 2", "mrs x0, currentel", "msr vbar_el1, x0", "eret", ".inst 0xd508871f")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("arch", "signal", "body"), [(arch, signal, body) for arch, signal, bodies in PRIVILEGED for body in bodies]
)
def test_privileged_instructions_fault_as_in_a_user_process(arch: str, signal: str, body: str) -> None:
    """The emulated processor runs at ring 0 or EL1, where they would pass."""
    result = run_main(f"nop; {body}; nop", arch)
    assert result.stop == "fault"
    assert result.fault.signal == signal
    assert result.fault.line == 4
    assert result.instructions == 1


@pytest.mark.parametrize(
    "body", ["mrs x0, nzcv", "mrs x0, tpidr_el0", "mrs x0, fpcr", "msr fpsr, x0", "mrs x0, midr_el1"]
)
def test_system_registers_that_a_process_may_use(body: str) -> None:
    assert run_main(f"{body}; mov w0, 0; ret", "aarch64").exit_status == 0


def test_hlt_that_a_program_wrote_itself_still_faults() -> None:
    body = "sub $16, %rsp; movb $0xf4, (%rsp); mov $10, %eax; mov %rsp, %rdi; and $-4096, %rdi; mov $4096, %esi;"
    body += "mov $7, %edx; syscall; jmp *%rsp"
    result = run_main(body, "x86_64")
    assert (result.stop, result.fault.kind) == ("fault", "privileged-instruction")


@pytest.mark.parametrize("body", ["vaddsd %xmm0, %xmm1, %xmm2", "vpxor %ymm0, %ymm1, %ymm2", "vmovaps %xmm0, %xmm1"])
def test_vex_encodings_are_unsupported_not_wrong(body: str) -> None:
    """Unicorn would run them as two-operand SSE without saying so."""
    result = run_main(f"{body}; xor %eax, %eax; ret", "x86_64")
    assert (result.stop, result.missing) == ("unsupported", ("AVX (VEX encoding)",))


def test_vex_encodings_that_are_not_reached_do_no_harm() -> None:
    assert run_main("mov $3, %eax; ret; vaddsd %xmm0, %xmm1, %xmm2", "x86_64").exit_status == 3


def test_instructions_that_the_emulator_lacks() -> None:
    assert run_main("sha256rnds2 %xmm0, %xmm1, %xmm2; ret", "x86_64").stop == "unsupported"
    assert run_main(".inst 0x2518e3e0; ret", "aarch64").missing == ("SVE instructions",)


def test_a_library_function_that_nobody_provides() -> None:
    result = run_main("call frobnicate", "x86_64")
    assert (result.stop, result.missing) == ("unsupported", ("frobnicate",))
    assert "frobnicate" in result.reason
    assert run_main("xor %eax, %eax; ret; call frobnicate", "x86_64").stop == "exited"


def test_a_library_variable_that_is_called() -> None:
    assert run_main("mov $stdout, %eax; call *%rax", "x86_64").fault.kind == "unmapped-fetch"


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_a_bad_pointer_in_a_library_function_is_told_at_the_call(arch: str) -> None:
    body = {
        "x86_64": "nop; sub $8, %rsp; mov $64, %edi; call strlen; nop",
        "aarch64": "nop; nop; mov x0, 64; bl strlen; nop",
    }
    fault = run_main(body[arch], arch).fault
    assert (fault.kind, fault.line, fault.address) == ("unmapped-read", 6, 64)
    assert "in `strlen`" in fault.description


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_backtrace_by_frame_pointers(arch: str) -> None:
    frame = {
        "x86_64": ("push %rbp; mov %rsp, %rbp;", "call {}; pop %rbp; ret;"),
        "aarch64": ("stp x29, x30, [sp, -16]!; mov x29, sp;", "bl {}; ldp x29, x30, [sp], 16; ret;"),
    }[arch]
    fault = {"x86_64": "ud2", "aarch64": "udf 0"}[arch]
    text = f".globl main;main: {frame[0]}{frame[1].format('middle')}middle: {frame[0]}{frame[1].format('inner')}"
    result = run_program(image(text + f"inner: {frame[0]}{fault}", arch))
    names = [frame.symbol.partition("+")[0] for frame in result.fault.backtrace]
    assert names[:3] == ["inner", "middle", "main"]
    lines = [frame.line for frame in result.fault.backtrace[:3]]
    assert lines == sorted(lines, reverse=True)
    assert result.fault.backtrace[0].line == result.fault.line


def test_start_that_returns() -> None:
    """There is no caller: on x86-64 ret takes argc for an address."""
    assert run_start("ret", "x86_64").fault.kind == "bad-return"
    assert run_start("ret", "aarch64").fault.kind == "bad-return"


def test_a_jump_to_the_emulators_own_addresses() -> None:
    """Where calls return to, and between the import slots, there is nothing to find."""
    result = run_main("movabs $0x4fff00000000, %rax; jmp *%rax; call puts", "x86_64")
    assert result.fault.kind == "unmapped-fetch"
    result = run_main("lea puts(%rip), %rax; inc %rax; jmp *%rax", "x86_64")
    assert result.fault.kind == "unmapped-fetch"


def test_heap_errors() -> None:
    free_twice = (
        "push %rbx; mov $10, %edi; call malloc; mov %rax, %rbx; mov %rbx, %rdi; call free; mov %rbx, %rdi; call free"
    )
    assert run_main(free_twice, "x86_64").fault.kind == "double-free"
    overrun = "push %rbx; mov $10, %edi; call malloc; movb $1, 10(%rax); mov %rax, %rdi; call free"
    assert run_main(overrun, "x86_64").fault.kind == "red-zone"
    wild = "sub $8, %rsp; mov $10, %edi; call malloc; mov 0x100000(%rax), %eax"
    assert run_main(wild, "x86_64").stop == "fault"


def test_limits_do_not_hide_a_fault_before_them() -> None:
    assert run_main("nop; ud2", "x86_64", limits=Limits(instructions=2)).stop == "fault"


OVERRUNS = {
    "x86_64": "sub $8, %rsp; mov $10, %edi; call malloc; movb $1, {0}(%rax); add $8, %rsp; xor %eax, %eax",
    "aarch64": "stp x29, x30, [sp, -16]!; mov w0, 10; bl malloc; mov w1, 1; sturb w1, [x0, {0}]; ldp x29, x30, [sp], 16; mov w0, 0",
}
ENDINGS = {
    "x86_64": {"main": "ret", "_exit": "mov $60, %eax; xor %edi, %edi; syscall"},
    "aarch64": {"main": "ret", "_exit": "mov x8, 94; mov x0, 0; svc 0"},
}


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
@pytest.mark.parametrize(
    ("offset", "told"), [(10, "past the end of the 10-byte"), (-1, "1 bytes before the start of the 10-byte")]
)
def test_a_heap_overrun_is_found_without_a_free(arch: str, offset: int, told: str) -> None:
    """At the return of a called function, at the end of main, and at a bare exit system call."""
    body = OVERRUNS[arch].format(offset)
    results = [call(body + "; ret", arch, "int f(void)").run]
    results += [run_main(f"{body}; {ending}", arch) for ending in ENDINGS[arch].values()]
    for result in results:
        assert (result.stop, result.fault.kind) == ("fault", "red-zone")
        assert told in result.fault.description
    inside = OVERRUNS[arch].format(9)
    assert call(inside + "; ret", arch, "int f(void)").value == 0
    assert run_main(f"{inside}; ret", arch).exit_status == 0
