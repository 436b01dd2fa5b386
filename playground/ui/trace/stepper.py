"""The stepper's widgets: declared once in each tab that opens it, hidden until there is a trace."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from playground.emulator.trace import DEFAULT_STEPS
from playground.errors import InputError
from playground.ui.faults import Update, shown
from playground.ui.render.text import escape
from playground.ui.services import Services
from playground.ui.trace.moves import MOVES, breakpoint_lines, moved, within
from playground.ui.trace.recording import MOST_STEPS, TraceRequest
from playground.ui.trace.render import render_moment
from playground.ui.trace.shelf import Kept

QUIET: dict[str, Any] = {"show_progress": "hidden", "queue": False, "api_visibility": "private"}
RECORDING: dict[str, Any] = {
    "show_progress": "minimal",
    "concurrency_limit": 8,
    "concurrency_id": "workers",
    "api_visibility": "private",
}
HINT = (
    '<p class="ap-hint">Press a line number to stop there. With the buttons in focus: <kbd>n</kbd> or <kbd>→</kbd> '
    "steps, <kbd>p</kbd> or <kbd>←</kbd> goes back, <kbd>c</kbd> runs to the next breakpoint. "
    "<kbd>Enter</kbd> in the number of steps records anew.</p>"
)
SHOW_STEPPER = "() => requestAnimationFrame(() => window.showStepper && window.showStepper())"
SHOW_CURRENT_LINE = "() => requestAnimationFrame(() => window.showCurrentLine && window.showCurrentLine())"

Values = Mapping[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Stepper:
    """The widgets."""

    box: gr.Column
    title: gr.HTML
    close: gr.Button
    case: gr.Dropdown
    steps: gr.Number
    breakpoints: gr.Textbox
    moves: Mapping[str, gr.Button]
    position: gr.Slider
    banner: gr.HTML
    view: gr.HTML
    token: gr.State
    """Under which the server keeps this visitor's trace; empty without one."""

    @property
    def outputs(self) -> set[Any]:
        """What opening a trace writes."""
        fields = {self.case, self.steps, self.breakpoints, self.position, self.token}
        return {self.box, self.title, self.banner, self.view, *fields}

    def hidden(self) -> Update:
        """Once what was traced is no longer shown."""
        return {self.box: gr.update(visible=False)}


def stepper_widgets(services: Services, place: str) -> Stepper:
    """Declares the stepper and connects it; `place` begins the ids of its elements."""
    with gr.Column(visible=False, elem_classes="ap-card ap-trace", elem_id=f"{place}-trace") as box:
        with gr.Row(elem_classes="ap-trace-bar"):
            title = gr.HTML("", elem_classes="ap-trace-name")
            close = gr.Button("Close", size="sm", min_width=80)
        with gr.Row(elem_classes="ap-trace-fields"):
            case = gr.Dropdown([], label="Case", visible=False, scale=3, min_width=200)
            breakpoints = gr.Textbox(
                "", label="Breakpoints", placeholder="Lines: 4, 9", max_lines=1, scale=2, min_width=140,
                elem_classes="ap-mono ap-breakpoints",
            )  # fmt: skip
            steps = gr.Number(
                DEFAULT_STEPS,
                label="Steps to record",
                precision=0,
                minimum=1,
                maximum=MOST_STEPS,
                min_width=140,
            )
        with gr.Row(elem_classes="ap-trace-moves"):
            moves = {
                name: gr.Button(name, size="sm", min_width=40, elem_classes=KEY_CLASSES.get(name)) for name in MOVES
            }
        position = gr.Slider(0, 1, value=0, step=1, label="Position", buttons=[])
        banner = gr.HTML("", elem_classes="ap-when-filled")
        view = gr.HTML("")
        gr.HTML(HINT)
    stepper = Stepper(
        box=box,
        title=title,
        close=close,
        case=case,
        steps=steps,
        breakpoints=breakpoints,
        moves=moves,
        position=position,
        banner=banner,
        view=view,
        token=gr.State("", delete_callback=services.traces.forget),
    )
    _connect(stepper, services)
    return stepper


KEY_CLASSES = {"Step ›": "ap-step-forward", "‹ Back": "ap-step-back", "Breakpoint ››": "ap-step-on"}
"""The buttons that keys press (`keys.js`)."""


def opened(stepper: Stepper, title: str, request: TraceRequest, token: str, services: Services) -> Update:
    """Record, and show the moment before the first step. `token` is of the trace that is replaced.

    Raises:
        InputError: there is nothing to record.
    """
    same_text = bool(token) and _has_text(services, token, request.source.text)
    update = _recorded(stepper, request, token, "", services)
    cases = request.case_titles
    return update | {
        stepper.box: gr.update(visible=True),
        stepper.title: f'<h3 class="ap-title">{escape(title)}</h3>',
        stepper.case: gr.update(
            choices=[(name, number) for number, name in enumerate(cases)],
            value=request.case if cases else None,
            visible=bool(cases),
        ),
        **({} if same_text else {stepper.breakpoints: ""}),
    }


def _has_text(services: Services, token: str, text: str) -> bool:
    try:
        return services.traces.get(token).recording.text == text
    except InputError:
        return False


def _recorded(stepper: Stepper, request: TraceRequest, token: str, breakpoints: str, services: Services) -> Update:
    lines = breakpoint_lines(breakpoints)
    recording = services.trace(request)
    return {
        stepper.token: services.traces.put(Kept(request, recording), instead_of=token),
        stepper.steps: request.steps,
        stepper.position: gr.update(maximum=max(1, len(recording.trace)), value=0),
        stepper.view: render_moment(recording, 0, lines),
        stepper.banner: "",
    }


def _connect(stepper: Stepper, services: Services) -> None:
    inputs = {stepper.token, stepper.position, stepper.breakpoints}

    def look(values: Values) -> Update:
        recording = services.traces.get(values[stepper.token]).recording
        position = within(recording.trace, int(values[stepper.position] or 0))
        return {stepper.view: render_moment(recording, position, breakpoint_lines(values[stepper.breakpoints] or ""))}

    def record_again(values: Values) -> Update:
        kept = services.traces.get(values[stepper.token])
        request = replace(kept.request, case=int(values[stepper.case] or 0), steps=int(values[stepper.steps] or 0))
        if request == kept.request:  # a drop-down tells that it was left, too
            return {}
        return _recorded(stepper, request, values[stepper.token], values[stepper.breakpoints] or "", services)

    def close(token: str) -> Update:
        services.traces.forget(token)
        return {stepper.box: gr.update(visible=False), stepper.token: ""}

    for name, button in stepper.moves.items():
        button.click(
            shown(stepper.banner, _mover(stepper, name, services)),
            inputs,
            {stepper.banner, stepper.position, stepper.view},
            **QUIET,
        )
    gr.on(
        [stepper.position.input, stepper.breakpoints.change],
        shown(stepper.banner, look),
        inputs,
        {stepper.banner, stepper.view},
        trigger_mode="always_last",
        **QUIET,
    )
    again = {*inputs, stepper.case, stepper.steps}
    outputs = {stepper.banner, stepper.token, stepper.steps, stepper.position, stepper.view}
    gr.on(
        [stepper.case.input, stepper.steps.submit],
        shown(stepper.banner, record_again),
        again,
        outputs,
        trigger_mode="always_last",
        **RECORDING,
    )
    stepper.close.click(close, stepper.token, {stepper.box, stepper.token}, **QUIET)
    stepper.view.change(None, js=SHOW_CURRENT_LINE, **QUIET)


def _mover(stepper: Stepper, name: str, services: Services) -> Any:
    def move(values: Values) -> Update:
        recording = services.traces.get(values[stepper.token]).recording
        lines = breakpoint_lines(values[stepper.breakpoints] or "")
        position = moved(recording.trace, name, int(values[stepper.position] or 0), lines)
        return {stepper.position: position, stepper.view: render_moment(recording, position, lines)}

    return move
