"""What each case was given, what it should give, and what it gave."""

from collections.abc import Sequence

from playground.emulator.result import Fault, HotLine
from playground.tasks.verdict import CaseResult
from playground.ui.render.text import disclosure, element, escape

HEADINGS = ("", "Inputs", "Expected", "Got")


def render_cases(cases: Sequence[CaseResult]) -> str:
    """A table with one row a case; failed cases carry their fault below."""
    if not cases:
        return ""
    head = "".join(f'<th scope="col">{title or _HIDDEN_HEADING}</th>' for title in HEADINGS)
    body = "".join(_row(number, case) for number, case in enumerate(cases, 1))
    table = f'<table class="ap-table ap-cases"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return element("div", table, classes="ap-scroll", tabindex="0", role="region", aria_label="Cases")


_HIDDEN_HEADING = '<span class="ap-hidden">Passed</span>'


def _row(number: int, case: CaseResult) -> str:
    symbol, word = ("✓", "passed") if case.passed else ("✗", "failed")
    state = f'<td class="ap-state" title="case {number} {word}">{symbol}<span class="ap-hidden"> {word}</span></td>'
    cells = "".join(f'<td data-label="{title}">{escape(text)}</td>' for title, text in _cells(case))
    details = _details(case)
    extra = f'<tr class="ap-extra"><td></td><td colspan="3">{details}</td></tr>' if details else ""
    return f'<tr class="{"ap-pass" if case.passed else "ap-fail"}">{state}{cells}</tr>{extra}'


def _cells(case: CaseResult) -> tuple[tuple[str, str], ...]:
    return (("Inputs", case.inputs), ("Expected", case.expected), ("Got", case.got))


def _details(case: CaseResult) -> str:
    parts = [render_fault(case.fault, told=case.got), render_hot_lines(case.hot_lines)]
    parts.extend(element("div", escape(violation), classes="ap-hint") for violation in case.abi_violations)
    parts.append(render_output("stdout", case.stdout))
    parts.append(render_output("stderr", case.stderr))
    return "".join(parts)


def render_fault(fault: Fault | None, told: str = "") -> str:
    """What broke, on which line, and the calls that led there; the sentence is left out when `told` holds it."""
    if fault is None:
        return ""
    place = f"line {fault.line}" if fault.line else f"address {fault.pc:#x}"
    sentence = "" if fault.description and fault.description in told else f"{escape(fault.description)} "
    head = f'{sentence}<span class="ap-place">{escape(fault.signal)} · {escape(fault.kind)} · {place}</span>'
    frames = "".join(
        element("li", f"{escape(frame.symbol or hex(frame.address))}{f', line {frame.line}' if frame.line else ''}")
        for frame in fault.backtrace
    )
    trace = disclosure("Calls", element("ol", frames, classes="ap-frames")) if len(fault.backtrace) > 1 else ""
    return element("div", head + trace, classes="ap-fault")


def render_hot_lines(lines: Sequence[HotLine]) -> str:
    """Where an endless loop spent its instructions."""
    if not lines:
        return ""
    busiest = ", ".join(f"line {hot.line} ({hot.count:,} times)" for hot in lines[:5])
    return element("div", f"Busiest at the limit: {busiest}.", classes="ap-hint")


def render_output(name: str, text: str) -> str:
    """One stream of a program's output, apart from the other."""
    if not text:
        return ""
    return f'<div class="ap-output"><span class="ap-tag">{name}</span><pre>{escape(text)}</pre></div>'
