# ruff: noqa: E501  one assembly body a line
"""Traces: every step's effects, going back and forth, and no influence on the run itself."""

import pytest

from playground.emulator import call_function, run_program, trace_call, trace_program
from playground.emulator.prototype import parse_prototype
from playground.emulator.result import Limits
from tests.emulator.images import image

SUM = {
    "x86_64": "xor %eax, %eax; 1: add %edi, %eax; push %rax; pop %rcx; dec %edi; jnz 1b; ret",
    "aarch64": "mov w1, 0; 1: add w1, w1, w0; str x1, [sp, -16]!; ldr x2, [sp], 16; subs w0, w0, 1; b.ne 1b; mov w0, w1; ret",
}
ARCHES = ("x86_64", "aarch64")
PROTOTYPE = parse_prototype("int f(int n)")


def sum_image(arch: str):
    return image(f".globl f;f:;{SUM[arch]}", arch)


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("steps", [0, 1, 7, 100, 20_000])
def test_tracing_changes_nothing(arch: str, steps: int) -> None:
    plain = call_function(sum_image(arch), PROTOTYPE, [50])
    trace = trace_call(sum_image(arch), PROTOTYPE, [50], steps=steps)
    assert trace.call == plain
    assert len(trace) == min(steps, plain.run.instructions)
    assert trace.truncated == (steps < plain.run.instructions)
    assert call_function(sum_image(arch), PROTOTYPE, [50]) == plain


@pytest.mark.parametrize("arch", ARCHES)
def test_registers_and_flags_at_every_position(arch: str) -> None:
    trace = trace_call(sum_image(arch), PROTOTYPE, [3])
    total, counter = ("rax", "rdi") if arch == "x86_64" else ("x1", "x0")
    lines = [trace.state(position).line for position in range(len(trace))]
    adds = [position for position in range(len(trace)) if lines[position] == 4]
    assert len(adds) == 3
    for turn, position in enumerate(adds):
        before, after = trace.registers_at(position), trace.registers_at(position + 1)
        assert after[total] - before[total] == before[counter] & 0xFFFFFFFF == 3 - turn
    last = trace.state(adds[-1] + 4)
    assert last.flags["ZF" if arch == "x86_64" else "Z"] is True
    assert trace.state(adds[0] + 4).flags["ZF" if arch == "x86_64" else "Z"] is False


@pytest.mark.parametrize("arch", ARCHES)
def test_the_end_of_the_trace_is_the_runs_end(arch: str) -> None:
    trace = trace_call(sum_image(arch), PROTOTYPE, [3])
    assert trace.registers_at(len(trace)) == trace.result.registers


@pytest.mark.parametrize("arch", ARCHES)
def test_memory_goes_back_too(arch: str) -> None:
    trace = trace_call(sum_image(arch), PROTOTYPE, [3])
    stores = [position for position, step in enumerate(trace.steps) if step.memory]
    values = []
    for position in stores:
        (change,) = trace.steps[position].memory
        after = trace.memory_at(position + 1).word(change.address)
        values.append(after)
        assert trace.memory_at(position).read(change.address, len(change.before)) == change.before
        row = trace.state(position + 1).written[0]
        assert any(row.changed)
    assert values == [3, 5, 6]


def test_a_changed_register_is_marked_with_its_previous_value() -> None:
    trace = trace_call(image(".globl f;f: mov $5, %eax;mov $6, %eax;ret", "x86_64"), PROTOTYPE, [1])
    views = {view.name: view for view in trace.state(2).registers}
    assert (views["rax"].value, views["rax"].previous, views["rax"].changed) == (6, 5, True)
    assert not views["rbx"].changed


def test_stack_slots_are_dereferenced() -> None:
    body = 'sub $24, %rsp; movq $text, (%rsp); lea f(%rip), %rax; mov %rax, 8(%rsp); add $24, %rsp; ret; .section .rodata; text: .asciz "hello"'
    trace = trace_call(image(f".globl f;f:;{body}", "x86_64"), PROTOTYPE, [1])
    state = trace.state(4)
    assert len(state.stack) == 10
    assert [slot.offset for slot in state.stack[:2]] == [0, 8]
    assert state.stack[0].meaning in ('-> "hello"', "-> text")
    assert state.stack[1].meaning == "-> f"
    assert state.stack[1].changed
    assert not state.stack[0].changed


@pytest.mark.parametrize("arch", ARCHES)
def test_library_calls_are_steps_with_their_output(arch: str) -> None:
    body = {
        "x86_64": "sub $8, %rsp; mov $text, %edi; call puts; mov $10, %edi; call putchar; xor %eax, %eax; add $8, %rsp; ret",
        "aarch64": "stp x29, x30, [sp, -16]!; adr x0, text; bl puts; mov w0, 10; bl putchar; mov w0, 0; ldp x29, x30, [sp], 16; ret",
    }[arch]
    text = f'.globl main;main:;{body};.balign 4;text: .asciz "hi"'
    trace = trace_program(image(text, arch))
    assert [step.call for step in trace.steps if step.call] == ["puts", "putchar"]
    assert trace.result == run_program(image(text, arch))


def test_output_appears_when_it_is_written() -> None:
    body = "mov $1, %eax; mov $1, %edi; mov $t, %esi; mov $2, %edx; syscall; mov $60, %eax; syscall"
    trace = trace_program(image(f'.globl _start;_start:;{body};.data;t: .ascii "ok"', "x86_64"))
    seen = [trace.state(position).stdout for position in range(len(trace) + 1)]
    assert seen[0] == b""
    assert seen[-1] == b"ok"
    assert seen == sorted(seen)


@pytest.mark.parametrize("arch", ARCHES)
def test_run_to_fault(arch: str) -> None:
    body = {"x86_64": "mov $8, %eax; mov (%rax), %rcx", "aarch64": "mov x0, 8; ldr x1, [x0]"}[arch]
    trace = trace_program(image(f".globl main;main:;{body}", arch))
    assert len(trace) == 1
    state = trace.state(len(trace))
    assert (state.pc, state.line) == (trace.result.fault.pc, trace.result.fault.line)


def test_breakpoints_forward_and_back() -> None:
    trace = trace_call(sum_image("x86_64"), PROTOTYPE, [3])
    stops, position = [], -1
    while (position := trace.next_position(position, frozenset({4}))) < len(trace):
        stops.append(position)
    assert len(stops) == 3
    assert trace.previous_position(stops[2], frozenset({4})) == stops[1]
    assert trace.previous_position(stops[0], frozenset({4})) == 0


def test_positions_outside() -> None:
    trace = trace_call(sum_image("x86_64"), PROTOTYPE, [3])
    with pytest.raises(IndexError):
        trace.state(len(trace) + 1)
    with pytest.raises(IndexError):
        trace.state(-1)


def test_memory_rows_of_any_address() -> None:
    trace = trace_call(image(".globl f;f: ret", "x86_64"), parse_prototype("int f(char *s)"), ["abc"])
    address = trace.registers_at(0)["rdi"]
    rows = trace.rows(0, address, 2)
    assert "abc" in rows[0].text + rows[1].text
    assert rows[1].data[0] is None
    assert trace.rows(0, 0x1234_0000_0000, 1)[0].data == (None,) * 16


def test_what_never_started() -> None:
    trace = trace_program(
        image(".globl main;main: ret;.bss;.skip 50000000", "x86_64"), limits=Limits(memory_bytes=1 << 22)
    )
    assert (len(trace), trace.result.limit) == (0, "memory")
    assert trace.state(0).pc == 0
