"""The stepper without a browser: recording, moving, keeping, and what a moment shows."""

import re

import pytest

from playground.assembly.program import Source
from playground.emulator.pool import WorkerPool
from playground.emulator.result import Fault, RunResult
from playground.emulator.trace import Extent, MemoryChange, Step, Trace
from playground.errors import InputError
from playground.isa import architecture
from playground.tasks.files import task_from_json
from playground.tasks.task import Task
from playground.ui.trace.moves import MOVES, breakpoint_lines, moved
from playground.ui.trace.recording import MOST_STEPS, Recording, TraceRequest, bounded, record, record_in_pool
from playground.ui.trace.render import LAST_OUTPUT, ending, render_moment
from playground.ui.trace.shelf import Kept, Shelf
from tests.ui.conftest import GCD, RIGHT
from tests.ui.hostile import HOSTILE
from tests.ui.markup import elements, shown_text

PROGRAM = """\
    .globl main
main:
    stp x29, x30, [sp, -32]!
    mov x1, 5
    str x1, [sp, 16]
    adr x0, text
    bl puts
    subs x1, x1, x1
    ldr x2, [x1]
    ret
text:
    .string "found <b>"
"""
STORE, CALL, FAULT = 5, 7, 9
"""Lines of PROGRAM."""
NO_LINES: frozenset[int] = frozenset()
NONE_TASK = Task(id="none", prompt="none")


def request(text: str, task: Task = NONE_TASK, *, case: int = 0, steps: int = 1000) -> TraceRequest:
    source = Source(text=text, arch="aarch64", syntax="gas")
    return TraceRequest(source=source, task=task, case=case, steps=steps)


@pytest.fixture(scope="module")
def faulting() -> Recording:
    return record(request(PROGRAM))


def position_behind(recording: Recording, line: int) -> int:
    """The position after the first step of a source line."""
    return next(index for index, step in enumerate(recording.trace.steps, 1) if step.line == line)


def classes_of(html: str, css_class: str) -> list[dict[str, str | None]]:
    return [found for _, found in elements(html) if css_class in (found.get("class") or "").split()]


# recording


def test_a_program_is_recorded_up_to_its_fault(faulting: Recording) -> None:
    assert faulting.trace.result.fault is not None
    assert faulting.trace.result.fault.line == FAULT
    assert [step.call for step in faulting.trace.steps if step.call] == ["puts"]


def test_a_case_is_recorded_with_its_own_arguments() -> None:
    body = RIGHT.removeprefix("```asm\n").removesuffix("```\n")
    lengths = [len(record(request(body, GCD, case=case)).trace) for case in range(len(GCD.cases))]
    values = [call.value for case in range(3) if (call := record(request(body, GCD, case=case)).trace.call)]
    assert values == [6, 7, 5]
    assert lengths[1] == 2  # gcd(7, 0): cbz, ret


def test_case_titles_name_the_arguments() -> None:
    assert request("", GCD).case_titles == ("case 1: a=12, b=18", "case 2: a=7, b=0", "case 3: a=0, b=5")
    assert request("").case_titles == ()


def test_the_program_reads_its_input() -> None:
    text = "main:\n stp x29, x30, [sp, -16]!\n bl getchar\n ldp x29, x30, [sp], 16\n ret\n"
    task = task_from_json({"id": "one", "prompt": "one", "stdin": "A", "exit_status": 65})
    assert record(request(text, task)).trace.result.exit_status == 65


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (request("main:\n frobnicate x0\n"), "line 2: .*frobnicate"),
        (request("helper:\n ret\n"), "nowhere to start"),
        (request("helper:\n ret\n", GCD), "`gcd` is not defined"),
        (request("gcd:\n ret\n", GCD, case=3), "no case 4: the function has 3"),
        (request("main:\n ret\n", steps=0), "0 steps"),
        (request("main:\n ret\n", steps=MOST_STEPS + 1), f"1 to {MOST_STEPS:,}"),
    ],
)
def test_what_cannot_be_recorded_is_told(asked: TraceRequest, told: str) -> None:
    with pytest.raises(InputError, match=told):
        record(asked)


@pytest.mark.parametrize("repeated", ["add x19, x19, 1", "str x19, [sp, -8]"])
def test_an_endless_loop_gives_its_first_steps_through_the_pool(pool: WorkerPool, repeated: str) -> None:
    recording = record_in_pool(pool, request(f"main:\n {repeated}\n b main\n", steps=20_000))
    assert len(recording.trace) == 20_000
    assert recording.trace.truncated
    assert ending(recording.trace)[1] == "info"


def test_what_the_pool_refuses_is_told_too(pool: WorkerPool) -> None:
    with pytest.raises(InputError, match="nowhere to start"):
        record_in_pool(pool, request("helper:\n ret\n"))


def test_a_trace_that_holds_too_much_is_cut_or_refused(faulting: Recording) -> None:
    pages = sum(map(len, faulting.trace.initial_pages.values()))
    assert bounded(faulting.trace, pages + 1_000_000) is faulting.trace
    first, second = (position_behind(faulting, line) for line in (STORE - 2, STORE))
    cut = bounded(faulting.trace, pages + 40)  # the first pair takes 16 + 16 bytes, the next store 8 + 8
    assert first <= len(cut) < second
    assert cut.truncated
    render_moment(Recording(text=PROGRAM, arch="aarch64", syntax="gas", trace=cut), len(cut), NO_LINES)
    with pytest.raises(InputError, match="bytes of initialised memory"):
        bounded(faulting.trace, pages - 1)


# moving


def test_moves_stay_within_the_trace(faulting: Recording) -> None:
    trace = faulting.trace
    for name in MOVES:
        for position in (-5, 0, 1, len(trace), len(trace) + 5):
            assert 0 <= moved(trace, name, position, NO_LINES) <= len(trace)
    assert moved(trace, "Step ›", 1, NO_LINES) == 2
    assert moved(trace, "‹ Back", 2, NO_LINES) == 1
    assert moved(trace, "To the fault", 0, NO_LINES) == len(trace)


def test_breakpoints_stop_in_both_directions(faulting: Recording) -> None:
    trace, lines = faulting.trace, breakpoint_lines(f"{STORE}, {CALL}")
    store = moved(trace, "Breakpoint ››", 0, lines)
    call = moved(trace, "Breakpoint ››", store, lines)
    assert [trace.steps[store].line, trace.steps[call].line] == [STORE, CALL]
    assert moved(trace, "Breakpoint ››", call, lines) == len(trace)
    assert moved(trace, "‹‹ Breakpoint", call, lines) == store
    assert moved(trace, "‹‹ Breakpoint", store, lines) == 0


def test_a_run_without_a_fault_says_so() -> None:
    whole = record(request("main:\n mov x0, 0\n ret\n")).trace
    with pytest.raises(InputError, match="no fault"):
        moved(whole, "To the fault", 0, NO_LINES)
    cut = record(request(PROGRAM, steps=2)).trace
    with pytest.raises(InputError, match="behind the 2 steps recorded"):
        moved(cut, "To the fault", 0, NO_LINES)


@pytest.mark.parametrize("text", ["x", "4; 5", "-1", "1.5", "٣", "9" * 30])
def test_a_breakpoint_must_be_a_line_number(text: str) -> None:
    with pytest.raises(InputError, match="is no line number"):
        breakpoint_lines(text)
    assert breakpoint_lines(" 4,9  12\n") == {4, 9, 12}


# keeping


def test_the_shelf_keeps_the_traces_used_last(faulting: Recording) -> None:
    shelf = Shelf(most=2)
    kept = Kept(request(PROGRAM), faulting)
    first, second = shelf.put(kept), shelf.put(kept)
    shelf.get(first)
    third = shelf.put(kept)
    assert shelf.get(first) is kept
    assert shelf.get(third) is kept
    with pytest.raises(InputError, match="press Trace again"):
        shelf.get(second)


def test_a_new_trace_replaces_the_visitors_old_one(faulting: Recording) -> None:
    shelf = Shelf()
    kept = Kept(request(PROGRAM), faulting)
    token = shelf.put(kept)
    other = shelf.put(kept, instead_of=token)
    assert len(shelf) == 1
    shelf.forget(other)
    shelf.forget("")
    assert len(shelf) == 0


# showing


def test_a_moment_marks_line_registers_and_bytes(faulting: Recording) -> None:
    position = position_behind(faulting, STORE)
    html = render_moment(faulting, position, frozenset({CALL}))
    here = classes_of(html, "ap-here")
    assert [one.get("aria-current") for one in here] == ["step"]
    assert f"Step {position} of {len(faulting.trace)} · line {STORE + 1} · pc" in shown_text(html)
    assert "05 00 00 00 00 00 00 00" in shown_text(html)
    marked = re.findall(r"<mark>([0-9a-f]{2})</mark>", html)
    assert marked == ["05"]  # the seven zeros were zeros before
    pressed = [one["data-line"] for one in classes_of(html, "ap-gutter") if one["aria-pressed"] == "true"]
    assert pressed == [str(CALL)]


def test_a_changed_register_shows_what_it_was(faulting: Recording) -> None:
    html = render_moment(faulting, position_behind(faulting, STORE - 1), NO_LINES)
    assert re.search(r"•x10{15}5was", shown_text(html).replace(" ", ""))
    before = render_moment(faulting, 0, NO_LINES)
    assert classes_of(before, "ap-changed") == []


def test_the_stack_has_ten_slots_and_names_who_points_there(faulting: Recording) -> None:
    html = render_moment(faulting, position_behind(faulting, STORE), NO_LINES)
    stack = html[html.index('aria-label="Stack"') : html.index("Memory written")]
    assert stack.count("<tr") == 10
    assert "← sp" in shown_text(stack)
    assert stack.count('<tr class="ap-changed"') == 1


def test_a_library_call_keeps_its_line_in_sight_and_output_grows(faulting: Recording) -> None:
    inside = next(index for index, step in enumerate(faulting.trace.steps) if step.call)
    before = render_moment(faulting, inside, NO_LINES)
    assert "next: call of puts" in shown_text(before)
    assert "↪" in before
    assert classes_of(before, "ap-output") == []
    at_end = render_moment(faulting, len(faulting.trace), NO_LINES)
    assert "found <b>" in shown_text(at_end.split('class="ap-output"')[1])


def test_output_grows_with_the_steps_that_write_it() -> None:
    text = "_start:\n mov x0, 1\n adr x1, text\n mov x2, 1\n mov x8, 64\n svc 0\n add x1, x1, 1\n svc 0\n b _start\n"
    recording = record(request(text + 'text: .ascii "ab"\n', steps=50))
    first = next(index for index, step in enumerate(recording.trace.steps, 1) if step.stdout == 1)
    second = next(index for index, step in enumerate(recording.trace.steps, 1) if step.stdout == 2)
    seen = [render_moment(recording, position, NO_LINES) for position in (first - 1, first, second)]
    assert [re.findall(r"stdout</span><pre>(.*?)</pre>", html) for html in seen] == [[], ["a"], ["ab"]]


def test_the_end_tells_the_fault(faulting: Recording) -> None:
    html = render_moment(faulting, len(faulting.trace), NO_LINES)
    notices = classes_of(html, "ap-notice-error")
    assert len(notices) == 1
    assert f"SIGSEGV (line {FAULT})" in shown_text(html)


@pytest.mark.parametrize("arch", ["aarch64", "x86_64"])
def test_flags_are_those_of_the_architecture(arch: str) -> None:
    text = {"aarch64": "main:\n cmp x0, x0\n ret\n", "x86_64": "main:\n cmpq %rax, %rax\n ret\n"}[arch]
    recording = record(TraceRequest(source=Source(text=text, arch=arch, syntax="gas"), task=NONE_TASK))
    flags = {"aarch64": "N=0 Z=1 C=1 V=0", "x86_64": "CF=0 PF=1 AF=0 ZF=1 SF=0 DF=0 OF=0"}[arch]
    shown = shown_text(render_moment(recording, 1, NO_LINES)).replace("•", "")
    assert flags.replace(" ", "") in shown


def test_a_long_source_shows_the_lines_around_the_current_one() -> None:
    text = "main:\n" + " nop\n" * 5000 + " ret\n"
    recording = record(request(text, steps=10_000))
    middle = render_moment(recording, 2500, NO_LINES)
    assert len(classes_of(middle, "ap-gutter")) == 201
    assert [one.get("aria-current") for one in classes_of(middle, "ap-here")] == ["step"]
    assert "lines above" in shown_text(middle)
    assert "lines below" in shown_text(middle)


def hostile_recording(text: str) -> Recording:
    """A trace in which everything that a program can name or write is hostile."""
    arch = architecture("aarch64")
    names = (*arch.general_registers, arch.program_counter, arch.flags_register)
    page = text.encode(errors="replace")[:4096].ljust(4096, b"\0")
    where = 0x400000
    step = Step(where, 0, {"x0": where}, (MemoryChange(where, b"\0" * 16, page[:16]),), text, 10**6, 10**6)
    output = text.encode(errors="replace")
    fault = Fault(kind=text, signal="SIGSEGV", address=None, description=text, pc=where, line=1)
    return Recording(
        text=text,
        arch="aarch64",
        syntax="gas",
        trace=Trace(
            arch="aarch64",
            steps=(step, step),
            result=RunResult(
                stop="fault", exit_status=None, stdout=output, stderr=output, fault=fault, instructions=2, reason=text
            ),
            call=None,
            truncated=False,
            initial_registers={**dict.fromkeys(names, where), arch.stack_pointer: where},
            initial_pages={where: page},
            extents=(Extent(where, where + 4096, text),),
            symbols=((where, text), (where + 8, text)),
        ),
    )


PLAIN = {
    "section", "p", "div", "pre", "code", "span", "button", "h4", "dl", "dt", "dd", "table", "tbody", "tr", "td",
    "mark",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_a_program_names_or_writes_becomes_markup(text: str) -> None:
    recording = hostile_recording(text)
    for position in range(3):
        html = render_moment(recording, position, NO_LINES)
        found = elements(html)
        assert {name for name, _ in found} <= PLAIN
        assert not [key for _, attributes in found for key in attributes if key.startswith("on") or key == "href"]
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e\u2066\ud800]", html)


def test_much_output_is_shortened_to_its_end() -> None:
    recording = hostile_recording("a" * 10_000 + "end")
    shown = shown_text(render_moment(recording, 1, NO_LINES).split('class="ap-output"')[1])
    assert "end" in shown
    assert len(shown) < LAST_OUTPUT + 5000
