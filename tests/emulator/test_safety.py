# ruff: noqa: E501  one assembly body a line
"""Hostile programs, one property at a time: each ends with a clear result, soon, and leaves nothing behind."""

import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from playground.emulator import call_function, run_program
from playground.emulator.pool import WorkerPool
from playground.emulator.prototype import parse_prototype
from playground.emulator.result import Limits, RunResult
from tests.emulator.images import image, run_main, run_start

SOON = 10.0


def ended(result: RunResult, started: float) -> RunResult:
    assert time.monotonic() - started < SOON
    return result


def test_endless_allocation_meets_the_memory_limit() -> None:
    """256 MiB in pieces of one."""
    started = time.monotonic()
    body = "push %rbx; 1: mov $0x100000, %edi; call malloc; movb $1, (%rax); jmp 1b"
    result = ended(run_main(body, "x86_64"), started)
    assert (result.stop, result.limit) == ("limit", "memory")


def test_endless_small_allocation_ends() -> None:
    started = time.monotonic()
    result = ended(
        run_main("push %rbx; 1: mov $1, %edi; call malloc; jmp 1b", "x86_64", limits=Limits(seconds=2)), started
    )
    assert result.stop == "limit"


@pytest.mark.parametrize("size", ["1 << 32", "1 << 46", "1 << 62", "-1", "-4096"])
def test_huge_mappings_are_refused(size: str) -> None:
    started = time.monotonic()
    body = f"mov $9, %eax; xor %edi, %edi; movabs ${eval(size)}, %rsi; mov $3, %edx; mov $0x22, %r10d; mov $-1, %r8; xor %r9d, %r9d; syscall;"
    body += "neg %eax; mov %eax, %edi; mov $60, %eax; syscall"
    result = ended(run_start(body, "x86_64"), started)
    assert result.exit_status in (12, 22)


def test_endless_mappings_end() -> None:
    started = time.monotonic()
    body = "1: mov x8, 222; mov x0, 0; mov x1, 4096; mov x2, 3; mov x3, 0x22; mov x4, -1; mov x5, 0; svc 0; cmp x0, 0; b.gt 1b; neg x0, x0; mov x8, 93; svc 0"
    assert ended(run_start(body, "aarch64"), started).exit_status == 12


def test_a_region_cut_into_a_thousand_pieces() -> None:
    """munmap of every other page: the number of mappings is bounded."""
    started = time.monotonic()
    body = "mov $9, %eax; xor %edi, %edi; mov $0x800000, %esi; mov $3, %edx; mov $0x22, %r10d; mov $-1, %r8; xor %r9d, %r9d; syscall; mov %rax, %rbx;"
    body += "1: mov %rbx, %rdi; mov $4096, %esi; mov $11, %eax; syscall; add $8192, %rbx; jmp 1b"
    result = ended(run_start(body, "x86_64", limits=Limits(seconds=4)), started)
    assert result.stop in ("limit", "exited")


def test_system_calls_with_wild_arguments_never_escape() -> None:
    """Every served call with extreme registers answers or ends the process; nothing of ours raises."""
    for number in (*range(335), 999):
        for value in ("0", "-1", "0x7fffffffffffffff", "0x400000"):
            body = f"mov ${number}, %eax; movabs ${value}, %rdi; mov %rdi, %rsi; mov %rdi, %rdx; mov %rdi, %r10; mov %rdi, %r8; mov %rdi, %r9; syscall; mov $60, %eax; syscall"
            result = run_start(body, "x86_64", limits=Limits(seconds=2, memory_bytes=64 << 20))
            assert result.stop in ("exited", "fault", "limit"), (number, value, result)


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_formatted_stores_to_wild_pointers_fault(arch: str) -> None:
    """printf("%n", 8) and printf to a missing string."""
    body = {
        "x86_64": "sub $8, %rsp; mov $t, %edi; mov $8, %esi; xor %eax, %eax; call printf",
        "aarch64": "stp x29, x30, [sp, -16]!; ldr x0, =t; mov x1, 8; bl printf",
    }[arch]
    for text in ("%n", "%s", "%ls"):
        result = run_main(body, arch, data=f'.data; t: .asciz "{text}"')
        assert (result.stop, result.fault.signal, result.fault.address) == ("fault", "SIGSEGV", 8)


def test_an_unterminated_string_faults_at_the_end_of_memory() -> None:
    body = "push %rbx; mov $9, %eax; xor %edi, %edi; mov $4096, %esi; mov $3, %edx; mov $0x22, %r10d; mov $-1, %r8; xor %r9d, %r9d; syscall; mov %rax, %rbx;"
    body += "mov %rbx, %rdi; mov $4096, %ecx; mov $65, %al; rep stosb; mov $t, %edi; mov %rbx, %rsi; xor %eax, %eax; call printf"
    result = run_main(body, "x86_64", data='.data; t: .asciz "%s"')
    assert (result.stop, result.fault.kind) == ("fault", "unmapped-read")


@pytest.mark.parametrize("width", ["999999999", "*"])
def test_enormous_field_widths_end(width: str) -> None:
    started = time.monotonic()
    body = "sub $8, %rsp; mov $t, %edi; mov $0x7ffffff0, %esi; mov $5, %edx; xor %eax, %eax; call printf; xor %eax, %eax; add $8, %rsp; ret"
    result = ended(run_main(body, "x86_64", data=f'.data; t: .asciz "%{width}d"'), started)
    assert result.stop in ("limit", "exited")
    assert len(result.stdout) <= Limits().output_bytes


@pytest.mark.parametrize("routine", ["memset", "memcpy", "memmove", "bzero", "strncpy"])
def test_enormous_lengths_fault_soon(routine: str) -> None:
    started = time.monotonic()
    body = f"sub $8, %rsp; lea -64(%rsp), %rdi; lea -128(%rsp), %rsi; mov $-1, %rdx; call {routine}"
    assert ended(run_main(body, "x86_64"), started).stop in ("fault", "limit")


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_code_that_rewrites_itself_for_ever_ends(arch: str) -> None:
    """Every turn costs a new translation: the time limit holds all the same."""
    body = {
        "x86_64": "mov $9, %eax; xor %edi, %edi; mov $4096, %esi; mov $7, %edx; mov $0x22, %r10d; mov $-1, %r8; xor %r9d, %r9d; syscall; movl $0xfa48fe, (%rax); "
        "movb $0xeb, (%rax); movb $0xfe, 1(%rax); movl $0x90909090, 2(%rax); mov %rax, %rdi; movw $0x07fe, (%rdi); movw $0xfceb, 2(%rdi); mov %rdi, %rdi; jmp *%rdi",
        "aarch64": "mov x8, 222; mov x0, 0; mov x1, 4096; mov x2, 7; mov x3, 0x22; mov x4, -1; mov x5, 0; svc 0; ldr w1, =0xb9000002; str w1, [x0, 4]; "
        "ldr w2, =0xd503201f; ldr w1, =0x17ffffff; str w1, [x0, 8]; str w2, [x0]; br x0",
    }[arch]
    started = time.monotonic()
    result = ended(run_start(body, arch, limits=Limits(instructions=10**12, seconds=1)), started)
    assert result.stop in ("limit", "fault")


def test_a_long_repeat_prefix_is_interrupted() -> None:
    started = time.monotonic()
    body = "1: lea -4096(%rsp), %rdi; mov $4096, %ecx; rep stosb; jmp 1b"
    result = ended(run_main(body, "x86_64", limits=Limits(instructions=10**12, seconds=0.5)), started)
    assert result.limit == "seconds"


def test_executing_data_bytes_never_takes_the_process_along() -> None:
    """Many pairs of bytes as an instruction, on its own, in one process."""
    loaded = image(".globl main;main: sub $8, %rsp;mov $code, %eax;jmp *%rax;.data;code: .skip 64", "x86_64")
    text, data = (next(s for s in loaded.segments if s.executable is flag) for flag in (True, False))
    for first in range(256):
        for second in range(first % 16, 256, 16):
            bytes_ = bytes((first, second, 0x24, 0x10, 0, 0, 0, 0)) + b"\xcc" * 8
            changed = _with_code(loaded, text, data, bytes_)
            result = run_program(changed, limits=Limits(instructions=1000, seconds=2))
            assert result.stop in ("fault", "exited", "limit", "unsupported"), bytes_.hex()


def _with_code(loaded, text, data, code):
    new = (replace(text), replace(data, data=code + bytes(len(data.data) - len(code)), executable=True))
    return replace(loaded, segments=new, lines=())


def test_ten_thousand_runs_without_growth() -> None:
    """Calls of a hundred different functions, with libraries and faults among them; resident memory stays."""
    prototype = parse_prototype("long f(long *a, long n)")
    images = [image(f".globl f;f: mov (%rdi), %rax;add ${i}, %rax;ret", "x86_64") for i in range(30)]
    images += [image(f".globl f;f: ldr x0, [x0, {8 * (i % 6)}];ret", "aarch64") for i in range(12)]
    images += [image(".globl f;f: mov $100, %edi;jmp malloc", "x86_64")]

    def rounds(count: int) -> int:
        for index in range(count):
            call_function(images[index % len(images)], prototype, [(1, 2, 3), index])
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

    before = rounds(3000)
    assert rounds(10_000) - before < 16 << 20


def test_an_endless_loop_delays_no_other_caller() -> None:
    """Two workers, one kept busy by another visitor's endless loops: everyone else is answered at once."""
    endless = image(".globl main;main: jmp main", "x86_64")
    quick = image(".globl main;main: mov $7, %eax;ret", "x86_64")
    long_run = partial(run_program, limits=Limits(instructions=10**15, seconds=1.5))
    with WorkerPool(2) as pool:
        for _ in range(4):
            pool.run(run_program, quick, deadline_seconds=60)
        flood = [pool.submit(long_run, endless, deadline_seconds=30, caller="flood") for _ in range(3)]
        started = time.monotonic()
        for _ in range(3):
            assert pool.run(run_program, quick, deadline_seconds=30).exit_status == 7
        assert time.monotonic() - started < 6
        for future in flood:
            assert future.result().limit == "seconds"
