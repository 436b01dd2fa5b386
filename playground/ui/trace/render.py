"""One moment of a trace as a debugger shows it: source, registers, flags, stack, memory written, output so far."""

from collections.abc import Sequence

from playground.emulator.trace import FLAG_BITS, MemoryRow, RegisterView, StackSlot, State, Trace
from playground.ui.render.cases import render_output
from playground.ui.render.code import highlighted_lines
from playground.ui.render.notice import notice
from playground.ui.render.text import count, element, escape
from playground.ui.trace.recording import Recording

LINES_AROUND = 100
"""Source lines shown before and behind the current one: longer sources would cross the network on each step."""

LAST_OUTPUT = 4_000
"""Characters of output that are shown: the last ones."""

WORD_DIGITS = 16


def render_moment(recording: Recording, position: int, breakpoints: frozenset[int]) -> str:
    """The view at `position`, 0 to ``len(trace)``: before the step of that number."""
    trace = recording.trace
    state = trace.state(position)
    left = _source(recording, state, breakpoints) + _output(trace, state)
    right = _registers(trace, state) + _stack(trace, state) + _written(state)
    panes = element("div", left, classes="ap-trace-pane") + element("div", right, classes="ap-trace-pane")
    content = _head(trace, state) + _ending(trace, position) + element("div", panes, classes="ap-trace-panes")
    return element("section", content, classes="ap-trace-view", aria_label="Trace", data_position=str(position))


def _head(trace: Trace, state: State) -> str:
    counter = next(one for one in state.registers if one.name == trace.architecture.program_counter)
    place = counter.meaning.removeprefix("-> ")
    facts = [f"Step {state.position:,} of {len(trace):,}"]
    facts += [f"line {state.line}"] if state.line else []
    facts.append(f"{counter.name} {counter.value:#x}{f' ({place})' if place else ''}")
    facts += [f"next: call of {state.next_call}"] if state.next_call else []
    return element("p", escape(" · ".join(facts)), classes="ap-trace-head", role="status")


def _ending(trace: Trace, position: int) -> str:
    """How it ended, in full behind the last step, small before it."""
    sentence, kind = ending(trace)
    if position == len(trace):
        return notice(sentence, kind)
    return element("p", escape(sentence), classes="ap-figures")


def ending(trace: Trace) -> tuple[str, str]:
    """What comes behind the last step: a sentence, and the kind of notice it is."""
    result = trace.result
    if trace.truncated:
        executed = count(result.instructions, "instruction")
        return f"These are the first {count(len(trace), 'step')}; the run went on, {executed} in all.", "info"
    if result.fault is not None:
        return result.reason or result.fault.description, "error"
    if result.stop == "exited":
        return f"The program exits with status {result.exit_status}.", "good"
    if result.stop == "returned":
        value = trace.call.value if trace.call else None
        return f"The function returns{f' {value}' if value is not None else ''}.", "good"
    return result.reason or result.stop, "warning"


# source


def _source(recording: Recording, state: State, breakpoints: frozenset[int]) -> str:
    lines = recording.text.replace("\r\n", "\n").split("\n")
    here = state.line or _calling_line(recording.trace, state.position)
    first = max(1, here - LINES_AROUND)
    last = min(len(lines), max(here, 1) + LINES_AROUND)
    coloured = highlighted_lines("\n".join(lines[first - 1 : last]), recording.arch, recording.syntax)
    rows = "".join(
        _line(number, text, here=number == here, inside=not state.line, stops=number in breakpoints)
        for number, text in enumerate(coloured, first)
    )
    rows = _left_out(first - 1, "above") + rows + _left_out(len(lines) - last, "below")
    code = element("code", rows)
    return element("pre", code, classes="ap-code ap-trace-source", role="region", tabindex="0", aria_label="Source")


def _calling_line(trace: Trace, position: int) -> int:
    """The line that led to a step without one, such as a library function's."""
    return next((step.line for step in reversed(trace.steps[:position]) if step.line), 0)


def _line(number: int, text: str, *, here: bool, inside: bool, stops: bool) -> str:
    """A line number is pressed to set or clear a breakpoint; `inside`: the line has called what comes next."""
    pressed, dot = ("true", "●") if stops else ("false", " ")
    mark = ("↪" if inside else "▸") if here else " "
    label = f"Breakpoint on line {number}"
    gutter = (
        f'<button type="button" tabindex="-1" class="ap-gutter" data-line="{number}" aria-pressed="{pressed}" '
        f'aria-label="{label}" title="{label}">{dot}{number:>4} {mark}</button>'
    )
    classes = f"ap-line{' ap-here' if here else ''}{' ap-stops' if stops else ''}"
    current = ' aria-current="step"' if here else ""
    return f'<span class="{classes}"{current}>{gutter} {text or " "}</span>'


def _left_out(lines: int, where: str) -> str:
    return f'<span class="ap-line ap-muted">… {count(lines, "line")} {where}</span>' if lines else ""


def _output(trace: Trace, state: State) -> str:
    """What was written so far; behind the last step also what the C library still held in its buffers."""
    over = state.position == len(trace) and not trace.truncated
    now = trace.result if over else state
    streams = (("stdout", now.stdout), ("stderr", now.stderr))
    return "".join(render_output(name, _last(data.decode(errors="replace"))) for name, data in streams)


def _last(text: str) -> str:
    return text if len(text) <= LAST_OUTPUT else f"… {text[-LAST_OUTPUT:]}"


# registers and flags


def _registers(trace: Trace, state: State) -> str:
    cells = "".join(map(_register, state.registers))
    return _part("Registers", _flags(trace, state) + element("dl", cells, classes="ap-trace-registers"))


def _register(view: RegisterView) -> str:
    was = f'<span class="ap-was">was {view.previous:x}</span> ' if view.changed else ""
    told = f"{was}{escape(view.meaning)}"
    title = f"{view.name} = {view.value} (signed {_signed(view.value)}){f' {view.meaning}' if view.meaning else ''}"
    value = element("dd", f"{word(view.value)}<span class='ap-tail'>{told}</span>", title=title)
    mark = '<span aria-hidden="true">•</span>' if view.changed else ""
    return element("div", f"<dt>{mark}{escape(view.name)}</dt>{value}", classes="ap-changed" if view.changed else "")


def word(value: int) -> str:
    """Sixteen hexadecimal digits, the leading zeros dimmed."""
    digits = f"{value & (1 << 64) - 1:x}"
    zeros = "0" * (WORD_DIGITS - len(digits))
    return f'<code class="ap-word"><span class="ap-zeros">{zeros}</span>{digits}</code>'


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 & 1 else value


def _flags(trace: Trace, state: State) -> str:
    name = trace.architecture.flags_register
    before = trace.registers_at(max(0, state.position - 1))[name]
    chips = "".join(
        _flag(flag, state.flags[flag], changed=state.flags[flag] != bool(before >> bit & 1))
        for flag, bit in FLAG_BITS[trace.arch].items()
    )
    return element("p", chips, classes="ap-flags", role="group", aria_label="Flags")


def _flag(name: str, value: bool, *, changed: bool) -> str:
    classes = f"ap-flag{' ap-set' if value else ''}{' ap-changed' if changed else ''}"
    title = f"{name} is {'set' if value else 'clear'}{', changed' if changed else ''}"
    return element("span", f"{name}={int(value)}{'•' if changed else ''}", classes=classes, title=title)


# memory


def _stack(trace: Trace, state: State) -> str:
    if not state.stack:
        return _part("Stack", element("p", "The stack pointer points at no mapped memory.", classes="ap-hint"))
    rows = "".join(_slot(slot, _pointing(state.registers, slot.address)) for slot in state.stack)
    return _part(f"Stack, from {trace.architecture.stack_pointer}", _table(rows, "Stack", "ap-trace-stack"))


def _pointing(registers: Sequence[RegisterView], address: int) -> str:
    names = [one.name for one in registers if one.value == address]
    return f"← {', '.join(names)}" if names else ""


def _slot(slot: StackSlot, pointed: str) -> str:
    meaning = f"{escape(slot.meaning)} <span class='ap-muted'>{escape(pointed)}</span>"
    cells = (f"{slot.address:x}", f"+{slot.offset:#04x}", word(slot.value), meaning)
    return element("tr", _cells(cells), classes="ap-changed" if slot.changed else "")


def _written(state: State) -> str:
    if not state.written:
        return _part("Memory written", element("p", "The last step stored nothing.", classes="ap-hint"))
    rows = "".join(element("tr", _cells((f"{row.address:x}", _bytes(row), _text(row)))) for row in state.written)
    return _part("Memory written by the last step", _table(rows, "Memory written"))


def _bytes(row: MemoryRow) -> str:
    pairs = ["··" if byte is None else f"{byte:02x}" for byte in row.data]
    marked = [f"<mark>{pair}</mark>" if new else pair for pair, new in zip(pairs, row.changed, strict=True)]
    return " ".join(marked[:8]) + "  " + " ".join(marked[8:])


def _text(row: MemoryRow) -> str:
    pairs = zip(row.text, row.changed, strict=True)
    return "".join(f"<mark>{escape(one)}</mark>" if new else escape(one) for one, new in pairs)


def _cells(cells: Sequence[str]) -> str:
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _table(rows: str, label: str, classes: str = "") -> str:
    table = f'<table class="ap-table ap-trace-table {classes}"><tbody>{rows}</tbody></table>'
    return element("div", table, classes="ap-scroll ap-tall", tabindex="0", role="region", aria_label=label)


def _part(title: str, content: str) -> str:
    return element("div", f'<h4 class="ap-trace-title">{escape(title)}</h4>{content}', classes="ap-trace-part")
