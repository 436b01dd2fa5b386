"""What a library call may overwrite is overwritten, what it must keep is kept, and wrong code shows."""

import math

import pytest

from playground.emulator.register_marks import SPOILED, STATUS_FLAGS, marks_behind_library_call
from playground.isa import AARCH64, X86_64
from tests.emulator.images import call, run_main

VOLATILE = {
    "x86_64": ("rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11"),
    "aarch64": tuple(f"x{index}" for index in range(19)),
}
"""psABI AMD64 figure 3.4 and AAPCS64 6.1.1, written down once more."""
RELIES = {
    "x86_64": "sub $8, %rsp; mov $65, %edi; mov $7, %{0}; call putchar; mov %{0}, %rax; add $8, %rsp; ret",
    "aarch64": "stp x29, x30, [sp, -16]!; mov {0}, 7; mov w0, 65; bl putchar; mov x0, {0}; ldp x29, x30, [sp], 16; ret",
}
CASES = [(arch, name) for arch, names in VOLATILE.items() for name in names if name not in ("rax", "x0", "rdi")]


@pytest.mark.parametrize(("arch", "name"), CASES)
def test_a_value_kept_in_a_volatile_register_is_lost(arch: str, name: str) -> None:
    result = call(RELIES[arch].format(name), arch, "long f(void)")
    assert result.value != 7
    assert result.value & ~0x1F == SPOILED


PRESERVED = [("x86_64", "rbx"), ("x86_64", "r14"), ("aarch64", "x19"), ("aarch64", "x28")]


@pytest.mark.parametrize(("arch", "name"), PRESERVED)
def test_a_value_kept_in_a_preserved_register_stays(arch: str, name: str) -> None:
    assert call(RELIES[arch].format(name), arch, "long f(void)").value == 7


def test_the_marked_registers_are_the_manuals() -> None:
    for arch in (X86_64, AARCH64):
        general, vectors = marks_behind_library_call(arch)
        assert set(general) == {*VOLATILE[arch.name], arch.flags_register}
        preserved = {f"v{index}" for index in range(8, 16)} if arch is AARCH64 else set()
        assert set(vectors) == set(arch.vector_registers) - preserved


def test_vector_registers_and_flags_are_lost_too() -> None:
    kept = "sub $8, %rsp; movsd %xmm0, %xmm5; mov $65, %edi; call putchar; movapd %xmm5, %xmm0; add $8, %rsp; ret"
    assert math.isnan(call(kept, "x86_64", "double f(double a)", 2.0).value)
    kept = "stp x29, x30, [sp, -16]!; fmov {0}, d0; mov w0, 65; bl putchar; fmov d0, {0}; ldp x29, x30, [sp], 16; ret"
    assert math.isnan(call(kept.format("d16"), "aarch64", "double f(double a)", 2.0).value)
    assert call(kept.format("d8"), "aarch64", "double f(double a)", 2.0).value == 2.0
    flags = "sub $8, %rsp; mov $65, %edi; call putchar; pushfq; pop %rax; add $8, %rsp; ret"
    assert call(flags, "x86_64", "long f(void)").value & 0xCD5 == STATUS_FLAGS["rflags"] & 0xCD5


def test_results_are_not_lost() -> None:
    halves = "sub $8, %rsp; mov $17, %edi; mov $5, %esi; call ldiv; imul $100, %rax; add %rdx, %rax; add $8, %rsp; ret"
    assert call(halves, "x86_64", "long f(void)").value == 302
    root = "stp x29, x30, [sp, -16]!; bl sqrt; ldp x29, x30, [sp], 16; ret"
    assert call(root, "aarch64", "double f(double a)", 9.0).value == 3.0


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_an_address_taken_from_a_lost_register_is_told_as_such(arch: str) -> None:
    body = {
        "x86_64": "push %rbx; mov $65, %edi; call putchar; mov 16(%rcx), %rax",
        "aarch64": "stp x29, x30, [sp, -16]!; mov w0, 65; bl putchar; ldr x0, [x9, 16]",
    }[arch]
    result = run_main(body, arch)
    assert result.fault.signal == "SIGSEGV"
    assert "a library call left in a register that it may overwrite" in result.fault.description
