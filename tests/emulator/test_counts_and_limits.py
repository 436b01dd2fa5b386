# ruff: noqa: E501  one assembly body a line
"""Instructions are counted exactly, limits stop where they say, and nothing depends on how a run is sliced."""

import pytest

from playground.emulator import machine, run_program
from playground.emulator.result import Limits
from tests.emulator.images import call, image, run_main, run_start

LOOPS = {
    "x86_64": "mov $%d, %%ecx; 1: dec %%ecx; jnz 1b; xor %%eax, %%eax; ret",
    "aarch64": "ldr w1, =%d; 1: subs w1, w1, 1; b.ne 1b; mov w0, 0; ret",
}
FOREVER = {"x86_64": "1: jmp 1b", "aarch64": "1: b 1b"}
ARCHES = ("x86_64", "aarch64")


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("turns", [1, 2, 1000, 40_000, 200_000])
def test_count_of_a_loop_is_what_the_loop_says(arch: str, turns: int) -> None:
    """One to set up, two a turn, two to return: also across the boundaries of slices."""
    result = run_main(LOOPS[arch] % turns, arch)
    assert (result.stop, result.exit_status) == ("exited", 0)
    assert result.instructions == 1 + 2 * turns + 2


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("limit", [1, 2, 999, 65_536, 65_537, 1_000_003])
def test_instruction_limit_is_met_exactly(arch: str, limit: int) -> None:
    result = run_main(FOREVER[arch], arch, limits=Limits(instructions=limit))
    assert (result.stop, result.limit, result.instructions) == ("limit", "instructions", limit)


@pytest.mark.parametrize("arch", ARCHES)
def test_exactly_enough_instructions_are_enough(arch: str) -> None:
    needed = run_main(LOOPS[arch] % 500, arch).instructions
    assert run_main(LOOPS[arch] % 500, arch, limits=Limits(instructions=needed)).stop == "exited"
    assert run_main(LOOPS[arch] % 500, arch, limits=Limits(instructions=needed - 1)).stop == "limit"


def test_count_up_to_a_fault_excludes_the_faulting_instruction() -> None:
    assert run_main("nop; nop; xor %eax, %eax; mov (%rax), %eax", "x86_64").instructions == 3
    assert run_main("nop; nop; mov x0, 0; ldr x1, [x0]", "aarch64").instructions == 3
    assert run_main("nop; ud2", "x86_64").instructions == 1
    assert run_main("nop; xor %ecx, %ecx; div %ecx", "x86_64").instructions == 2
    assert run_main("nop; brk 1", "aarch64").instructions == 1


def test_system_calls_and_library_calls_count_as_one_instruction() -> None:
    assert run_start("mov $60, %eax; xor %edi, %edi; syscall", "x86_64").instructions == 3
    assert run_start("mov x8, 93; mov x0, 0; svc 0", "aarch64").instructions == 3
    assert run_main("mov $-5, %edi; jmp abs", "x86_64").instructions == 2


@pytest.mark.parametrize("arch", ARCHES)
def test_time_limit(arch: str) -> None:
    result = run_main(FOREVER[arch], arch, limits=Limits(instructions=10**15, seconds=0.3))
    assert (result.stop, result.limit) == ("limit", "seconds")
    assert "0.3 s" in result.reason


@pytest.mark.parametrize("arch", ARCHES)
def test_a_loop_shows_its_hot_lines(arch: str) -> None:
    hot = run_main("nop; nop; " + FOREVER[arch], arch, limits=Limits(instructions=10_000)).hot_lines
    assert [line.line for line in hot] == [5]


def test_output_limit_keeps_what_came_before() -> None:
    body = "1: mov $text, %edi; call puts; jmp 1b"
    result = run_main(body, "x86_64", limits=Limits(output_bytes=5000), data='.data; text: .asciz "0123456"')
    assert (result.stop, result.limit, len(result.stdout)) == ("limit", "output", 5000)
    assert result.stdout.startswith(b"0123456\n" * 100)


def test_memory_limit_is_told_to_the_program_as_the_kernel_does() -> None:
    """malloc gives NULL, brk stays, mmap gives ENOMEM; the run itself goes on."""
    body = "sub $8, %rsp; mov $0x40000000, %edi; call malloc; test %rax, %rax; setz %al; movzx %al, %eax; add $8, %rsp; ret"
    assert run_main(body, "x86_64").exit_status == 1
    body = "mov x8, 222; mov x0, 0; mov x1, 0x40000000; mov x2, 3; mov x3, 0x22; mov x4, -1; mov x5, 0; svc 0; neg x0, x0; ret"
    assert run_main(body, "aarch64").exit_status == 12


def test_an_image_larger_than_the_memory_limit_stops_at_once() -> None:
    result = run_main("ret", "x86_64", data=".bss; .skip 50000000", limits=Limits(memory_bytes=32 << 20))
    assert (result.stop, result.limit, result.instructions) == ("limit", "memory", 0)


@pytest.mark.parametrize("arch", ARCHES)
def test_the_same_input_gives_the_same_result(arch: str) -> None:
    """Also with another program in between, and for what is random or tells the time."""
    body = {
        "x86_64": "rdtsc; mov %eax, %ecx; rdrand %rdx; xor %rdx, %rcx; mov %ecx, %eax; and $127, %eax; ret",
        "aarch64": "mrs x1, cntvct_el0; mrs x2, s3_3_c2_c4_0; eor x0, x1, x2; and x0, x0, 127; ret",
    }[arch]
    loaded = image(f".globl main;main:;{body}", arch)
    first = run_program(loaded)
    for _ in range(3):
        run_main("nop; ret", arch)
        assert run_program(loaded) == first


def test_calls_start_from_the_same_state_each_time() -> None:
    """A function that reads a scratch register, flags, stack garbage or another call's memory sees the same values."""
    body = (
        "mov %r10, %rax; xor -64(%rsp), %rax; add counter(%rip), %rax; incq counter(%rip); ret; .data; counter: .quad 0"
    )
    first = call(body, "x86_64", "long f(void)")
    assert [call(body, "x86_64", "long f(void)") for _ in range(3)] == [first] * 3


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 16])
def test_slicing_does_not_show(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between any two instructions: exclusive monitors, flags and repeat prefixes survive them."""
    monkeypatch.setattr(machine, "FIRST_SLICE", size)
    monkeypatch.setattr(machine, "LONGEST_SLICE", size)
    body = "sub sp, sp, 16; mov x3, sp; mov w1, 500; 1: ldxr w2, [x3]; add w2, w2, 1; stxr w4, w2, [x3]; cbnz w4, 1b; subs w1, w1, 1; b.ne 1b; add sp, sp, 16; mov w0, 0; ret"
    assert run_main(body, "aarch64").instructions == 6 + 6 * 500
    body = "mov $300, %ecx; 1: lea -64(%rsp), %rdi; push %rcx; mov $5, %ecx; rep stosb; pop %rcx; dec %ecx; jnz 1b; xor %eax, %eax; ret"
    assert run_main(body, "x86_64").instructions == 3 + 300 * (6 + REPEATED)


REPEATED = 5 + 1
"""`rep stosb` with a count of 5: each turn and the final test count as an instruction, as in QEMU's own counting."""
