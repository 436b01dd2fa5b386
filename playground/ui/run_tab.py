"""The Run tab: pasted assembly, run as a program or judged as a function."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.assembly import extract
from playground.assembly.program import Source
from playground.emulator.execution import ExecutionRequest
from playground.errors import InputError
from playground.isa import ARCHITECTURES, SYNTAXES
from playground.tasks.task import Task
from playground.ui.compare.typed_task import CASE_HEADINGS, Typed, typed_task
from playground.ui.examples import EXAMPLES
from playground.ui.faults import Update, shown
from playground.ui.lookup import fill_in, table
from playground.ui.render.notice import empty
from playground.ui.render.program import render_execution
from playground.ui.render.verdict import render_verdict
from playground.ui.services import Services
from playground.ui.trace.recording import TraceRequest
from playground.ui.trace.stepper import QUIET, RECORDING, SHOW_STEPPER, Stepper, opened, stepper_widgets

LONGEST_SOURCE = 1_000_000
"""Characters: longer ones belong on the command line."""

SYNTAX_TITLES = {"auto": "detected", "gas": "GAS (AT&T)", "intel": "GAS Intel", "nasm": "NASM"}
IN_POOL = {"concurrency_limit": 8, "concurrency_id": "workers"}


@dataclass(frozen=True, kw_only=True)
class RunTab:
    """The widgets of the tab."""

    source: gr.Code
    example: gr.Dropdown
    arch: gr.Radio
    syntax: gr.Radio
    stdin: gr.Textbox
    prototype: gr.Textbox
    cases: gr.Dataframe
    run: gr.Button
    trace: gr.Button
    stepper: Stepper
    banner: gr.HTML
    output: gr.HTML

    @property
    def inputs(self) -> set[Any]:
        return {self.source, self.arch, self.syntax, self.stdin, self.prototype, self.cases}


def run_tab(services: Services) -> RunTab:
    """Declares the tab and connects it."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=1, min_width=340, elem_classes="ap-card"):
            fields = {**_source_fields(), **_function_fields(), **_buttons()}
        with gr.Column(scale=1, min_width=340, elem_classes="ap-card"):
            banner = gr.HTML("", elem_id="run-banner", elem_classes="ap-when-filled")
            output = gr.HTML(empty("The result will appear here."), elem_id="run-output")
    tab = RunTab(**fields, stepper=stepper_widgets(services, "run"), banner=banner, output=output)
    _connect(tab, services)
    return tab


def _source_fields() -> dict[str, Any]:
    """What is run: the text, what it is, and its input."""
    first = next(iter(EXAMPLES))
    example = gr.Dropdown([(one.title, name) for name, one in EXAMPLES.items()], value=first, label="Example")
    source = gr.Code(
        EXAMPLES[first].text,
        language=None,
        label="Assembly",
        lines=14,
        max_lines=28,
        interactive=True,
        elem_id="run-source",
    )
    architectures = [("detected", "auto"), *((one.title, name) for name, one in ARCHITECTURES.items())]
    syntaxes = [(SYNTAX_TITLES[name], name) for name in SYNTAXES]
    with gr.Row():
        arch = gr.Radio(architectures, value="auto", label="Architecture", elem_classes="ap-segment")
        syntax = gr.Radio(syntaxes, value="auto", label="Syntax", elem_classes="ap-segment")
    stdin = gr.Textbox("", label="Standard input", lines=1, max_lines=8)
    return {"example": example, "source": source, "arch": arch, "syntax": syntax, "stdin": stdin}


def _function_fields() -> dict[str, Any]:
    """A function instead of a program: its prototype and its cases."""
    with gr.Accordion("Call one function instead", open=False):
        prototype = gr.Textbox("", label="C prototype", placeholder="long gcd(long a, long b)", elem_classes="ap-mono")
        cases = gr.Dataframe(
            [["", "", ""]],
            headers=list(CASE_HEADINGS),
            datatype="str",
            type="array",
            interactive=True,
            wrap=True,
            label="One call a row, as JSON",
            row_count=1,
            column_count=3,
            buttons=[],
        )
    return {"prototype": prototype, "cases": cases}


def _buttons() -> dict[str, Any]:
    with gr.Row(elem_classes="ap-buttons"):
        run = gr.Button("Run", variant="primary", min_width=100, scale=3, elem_classes="ap-key-run", elem_id="run-run")
        trace = gr.Button("Trace", min_width=100, elem_id="run-step")
    return {"run": run, "trace": trace}


def _connect(tab: RunTab, services: Services) -> None:
    def run(values: Mapping[Any, Any]) -> Update:
        return {tab.output: run_source(tab, values, services)}

    def trace(values: Mapping[Any, Any]) -> Update:
        token = values[tab.stepper.token]
        return opened(tab.stepper, "Trace", trace_request(tab, values), token, services)

    tab.run.click(
        shown(tab.banner, run),
        tab.inputs,
        {tab.banner, tab.output},
        show_progress="minimal",
        show_progress_on=tab.output,
        trigger_mode="always_last",
        api_visibility="private",
        **IN_POOL,
    )
    tab.trace.click(
        shown(tab.banner, trace), {*tab.inputs, tab.stepper.token}, {tab.banner, *tab.stepper.outputs}, **RECORDING
    ).then(None, js=SHOW_STEPPER, **QUIET)
    filled = [tab.source, tab.stdin, tab.prototype, tab.cases]
    fill_in(tab.example, filled, EXAMPLE_FIELDS)


EXAMPLE_FIELDS = {
    name: (one.text, one.stdin, one.prototype, table(CASE_HEADINGS, one.cases)) for name, one in EXAMPLES.items()
}


def run_source(tab: RunTab, values: Mapping[Any, Any], services: Services) -> str:
    """The result of running what the fields hold, as HTML.

    Raises:
        InputError: nothing to run, or the function's fields are wrong.
    """
    text = checked_source(values[tab.source] or "")
    if (values[tab.prototype] or "").strip():
        verdict = services.judge.verdict(text, function_task(tab, values), values[tab.arch], values[tab.syntax])
        return render_verdict(verdict)
    source = Source(text=text, arch=values[tab.arch], syntax=values[tab.syntax])
    execution = services.execute(ExecutionRequest(source=source, stdin=(values[tab.stdin] or "").encode()))
    return render_execution(execution, text)


def function_task(tab: RunTab, values: Mapping[Any, Any]) -> Task:
    """The function and its cases.

    Raises:
        InputError: a field is wrong.
    """
    return typed_task(Typed(prompt="Run", prototype=values[tab.prototype], cases=values[tab.cases] or ()))


def trace_request(tab: RunTab, values: Mapping[Any, Any]) -> TraceRequest:
    """What to record: the program with its input, or the function's first case.

    Raises:
        InputError: nothing to run, or the function's fields are wrong.
    """
    text = checked_source(values[tab.source] or "")
    task = Task(id="run", prompt="Run", stdin=values[tab.stdin] or "")
    if (values[tab.prototype] or "").strip():
        task = function_task(tab, values)
        found = extract(text, None if values[tab.arch] == "auto" else values[tab.arch])
        text = found.text if found else text
    return TraceRequest(source=Source(text=text, arch=values[tab.arch], syntax=values[tab.syntax]), task=task)


def checked_source(text: str) -> str:
    """The text, when there is something to run and it is not too long.

    Raises:
        InputError: it is empty or too long.
    """
    if not text.strip():
        raise InputError("There is no assembly to run: paste some, or choose an example.")
    if len(text) > LONGEST_SOURCE:
        raise InputError(f"The assembly has {len(text):,} characters: the page takes {LONGEST_SOURCE:,}.")
    return text
