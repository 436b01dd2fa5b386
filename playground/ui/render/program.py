"""A program's run as a person sees it: how it ended, its two outputs apart, the fault, registers, listing."""

from collections.abc import Mapping

from playground.emulator.execution import Execution
from playground.emulator.result import RunResult
from playground.ui.render.cases import render_fault, render_hot_lines, render_output
from playground.ui.render.diagnostics import render_diagnostics
from playground.ui.render.ladder import STATES
from playground.ui.render.listing import listing_of, render_listing
from playground.ui.render.notice import notice
from playground.ui.render.text import count, disclosure, element, escape

STEPS = ("assembled", "ran", "ended")


def render_execution(execution: Execution, source: str) -> str:
    """The view of one assembled and executed source."""
    parts = [_chips(execution), _reason(execution), render_diagnostics(execution.assembly.diagnostics, source)]
    if execution.result is not None:
        parts.append(_result(execution.result))
    parts.append(_listing(execution, source))
    parts.append(element("p", escape(_figures(execution)), classes="ap-figures"))
    return element("section", "".join(parts), classes="ap-verdict", aria_label="Result")


def _chips(execution: Execution) -> str:
    chips = "".join(_chip(label, state) for label, state in _steps(execution))
    return element("ol", chips, classes="ap-ladder", aria_label="How far it got")


def _chip(label: str, state: str) -> str:
    symbol, words = STATES[state]
    content = f'<span aria-hidden="true">{symbol}</span> {escape(label)}<span class="ap-hidden">, {words}</span>'
    return element("li", content, classes=f"ap-chip ap-{state}", title=words)


def _steps(execution: Execution) -> list[tuple[str, str]]:
    """``assembled``, then how the run ended."""
    stop = execution.stop
    if execution.result is None:
        assembled = "reached" if execution.assembly.image else "unscored" if stop == "unsupported" else "failed"
        return [("assembled", assembled), ("ran", "unreached"), ("ended", "unreached")]
    result = execution.result
    end = {"exited": f"exit status {result.exit_status}", "returned": "returned"}.get(stop, stop)
    state = {"exited": "reached", "returned": "reached", "unsupported": "unscored"}.get(stop, "failed")
    return [("assembled", "reached"), ("ran", "reached"), (end, state)]


def _reason(execution: Execution) -> str:
    if execution.missing:
        return notice(f"Not supported: {', '.join(execution.missing)}.", "warning")
    return notice(execution.result.reason if execution.result else "")


def _result(result: RunResult) -> str:
    parts = (
        render_fault(result.fault, told=result.reason),
        render_hot_lines(result.hot_lines),
        render_output("stdout", result.stdout.decode(errors="replace")),
        render_output("stderr", result.stderr.decode(errors="replace")),
        _registers(result.registers),
    )
    return "".join(parts)


def _registers(registers: Mapping[str, int]) -> str:
    if not registers:
        return ""
    cells = "".join(
        f"<div><dt>{escape(name)}</dt><dd title='{value}'>{value & (1 << 64) - 1:016x}</dd></div>"
        for name, value in registers.items()
    )
    return disclosure("Registers at the end", element("dl", cells, classes="ap-registers"))


def _listing(execution: Execution, source: str) -> str:
    image = execution.assembly.image
    if image is None:
        return ""
    rows = listing_of(image, source)
    return disclosure("Listing", render_listing(rows, image.arch, image.syntax)) if rows else ""


def _figures(execution: Execution) -> str:
    figures = [execution.assembly.detected]
    if execution.result is not None:
        figures.append(f"{count(execution.result.instructions, 'instruction')} executed")
    return " · ".join(figure for figure in figures if figure)
