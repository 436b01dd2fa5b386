# ruff: noqa: E501  one assembly body a line
"""Instructions that no assembler made, from bytes and at run time: refused, emulated or faulting like all others."""

import pytest

from tests.emulator.images import run_main, run_start

VPXOR = "c5f1efc0"
CASES = [
    # bytes, how the run ends
    (VPXOR, "AVX (VEX encoding)"), ("62f17c4858c1", "AVX-512 (EVEX encoding)"), ("66c5f1efc0", "AVX (VEX encoding)"),
    ("fa", "privileged-instruction"), ("0f20c0", "privileged-instruction"), ("f4", "privileged-instruction"),
    ("66ed", "privileged-instruction"), ("0f31", ""), ("0f01f9", ""), ("480fc7f0", ""), ("90", ""),
]  # fmt: skip


def check(result, expected: str) -> None:
    if not expected:
        assert result.exit_status == 9, result.reason
    elif expected.startswith("AVX"):
        assert result.missing == (expected,)
    else:
        assert result.fault.kind == expected


@pytest.mark.parametrize(("code", "expected"), CASES)
@pytest.mark.parametrize("form", [".byte", ".ascii", "jump into an instruction"])
def test_bytes_in_the_text(code: str, expected: str, form: str) -> None:
    values = ", ".join(f"0x{byte:02x}" for byte in bytes.fromhex(code))
    text = "".join(f"\\x{byte:02x}" for byte in bytes.fromhex(code))
    statement = {".byte": f".byte {values}", ".ascii": f'.ascii "{text}"'}.get(
        form, f"jmp 1f; .byte 0xb8; 1: .byte {values}"
    )
    check(run_main(f"{statement}; mov $9, %eax; ret", "x86_64"), expected)


MAPPED = "mov $9, %eax; xor %edi, %edi; mov $4096, %esi; mov ${0}, %edx; mov $0x22, %r10d; mov $-1, %r8; xor %r9d, %r9d; syscall; mov %rax, %rbx; "
COPIED = "mov %rbx, %rdi; lea code(%rip), %rsi; mov ${0}, %ecx; rep movsb; "
ENDED = "call *%rbx; mov %eax, %edi; mov $60, %eax; syscall; "


@pytest.mark.parametrize(("code", "expected"), CASES)
@pytest.mark.parametrize("way", ["writable and executable", "made executable later", "text made writable"])
def test_bytes_written_at_run_time(code: str, expected: str, way: str) -> None:
    whole = bytes.fromhex(code) + bytes.fromhex("b809000000c3")
    protect = "mov $10, %eax; mov %rbx, %rdi; mov $4096, %esi; mov ${0}, %edx; syscall; "
    if way == "writable and executable":
        body = MAPPED.format(7) + COPIED.format(len(whole))
    elif way == "made executable later":
        body = MAPPED.format(3) + COPIED.format(len(whole)) + protect.format(5)
    else:
        body = (
            "lea room(%rip), %rbx; and $-4096, %rbx; "
            + protect.format(7)
            + "lea room(%rip), %rbx; "
            + COPIED.format(len(whole))
        )
    values = ", ".join(f"0x{byte:02x}" for byte in whole)
    data = f"room: .skip 32, 0x90; .data; code: .byte {values}"
    check(run_start(body + ENDED, "x86_64", data=data), expected)


def test_code_that_is_written_twice() -> None:
    """First harmless, then refused, at one address."""
    harmless, refused = bytes.fromhex("9090909090909090" + "c3"), bytes.fromhex(VPXOR + VPXOR + "c3")
    data = f".data; one: .byte {','.join(map(str, harmless))}; two: .byte {','.join(map(str, refused))}"
    body = MAPPED.format(7) + "mov %rbx, %rdi; lea one(%rip), %rsi; mov $9, %ecx; rep movsb; call *%rbx; "
    body += "mov %rbx, %rdi; lea two(%rip), %rsi; mov $9, %ecx; rep movsb; " + ENDED
    assert run_start(body, "x86_64", data=data).missing == ("AVX (VEX encoding)",)


def test_privileged_words_written_at_run_time_on_aarch64() -> None:
    """msr daifset, 15 would pass at EL1."""
    body = "mov x8, 222; mov x0, 0; mov x1, 4096; mov x2, 7; mov x3, 0x22; mov x4, -1; mov x5, 0; svc 0; ldr w1, =0xd5034fdf; str w1, [x0]; br x0"
    assert run_start(body, "aarch64").fault.kind == "privileged-instruction"


def test_a_megabyte_of_bytes_that_look_refused_costs_little() -> None:
    result = run_main("mov $9, %eax; ret; .skip 1000000, 0xc5; .skip 1000000, 0x66", "x86_64")
    assert result.exit_status == 9


def test_written_code_counts_its_instructions() -> None:
    """mov $n, %ecx; 1: dec %ecx; jnz 1b; ret: two more for each further turn."""
    counted = []
    for turns in (1000, 10_000):
        code = (0xB9, *turns.to_bytes(4, "little"), 0xFF, 0xC9, 0x75, 0xFC, 0xC3)
        data = f".data; code: .byte {', '.join(map(str, code))}"
        counted.append(run_start(MAPPED.format(7) + COPIED.format(10) + ENDED, "x86_64", data=data).instructions)
    assert counted[1] - counted[0] == 2 * 9000
