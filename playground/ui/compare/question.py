"""The left side of Compare: what is asked. A task of the bank, or an own prompt with its prototype and cases."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.isa import ARCHITECTURES
from playground.tasks.task import Task
from playground.ui.compare.presets import PRESETS
from playground.ui.compare.typed_task import CASE_HEADINGS, Typed, typed_task
from playground.ui.lookup import LEFT_ALONE, fill_in, table
from playground.ui.render.answer import render_task
from playground.ui.services import Services

MODES = (("Chat", "chat"), ("Complete", "complete"), ("Fill in the middle", "fill"))
SOURCES = (("A task", "bank"), ("My own", "own"))
STYLES = (("describe", "describe"), ("translate C", "translate"))
SEGMENT = "ap-segment"
"""Style of a choice of few words."""
FIRST_CASES = [["[12, 18]", "6", ""], ["[7, 0]", "7", ""]]
EXAMPLE_PROMPT = "Return the greatest common divisor of a and b."
EXAMPLE_PROTOTYPE = "unsigned long gcd(unsigned long a, unsigned long b)"


@dataclass(frozen=True, kw_only=True)
class Question:
    """The widgets that say what is asked."""

    mode: gr.Radio
    source: gr.Radio
    task: gr.Dropdown
    card: gr.HTML
    bank_fields: gr.Column
    own_fields: gr.Column
    preset: gr.Dropdown
    prompt: gr.Textbox
    suffix: gr.Textbox
    prototype: gr.Textbox
    cases: gr.Dataframe
    reference: gr.Textbox
    stdin: gr.Textbox
    stdout: gr.Textbox
    exit_status: gr.Number
    arch: gr.Radio
    style: gr.Radio

    @property
    def inputs(self) -> set[Any]:
        """The widgets that `read` looks at."""
        return {
            self.mode,
            self.source,
            self.task,
            self.prompt,
            self.suffix,
            self.prototype,
            self.cases,
            self.reference,
            self.stdin,
            self.stdout,
            self.exit_status,
            self.arch,
            self.style,
        }

    def read(self, values: Mapping[Any, Any], services: Services) -> Task:
        """The task that is asked.

        Raises:
            InputError: no such task, or what was typed is wrong.
        """
        if values[self.source] == "bank" and values[self.mode] == "chat":
            return bank_task(values[self.task], services)
        status = values[self.exit_status]
        return typed_task(
            Typed(
                prompt=values[self.prompt] or "",
                prototype=values[self.prototype] or "",
                cases=values[self.cases] or (),
                reference=values[self.reference] or "",
                stdin=values[self.stdin] or "",
                stdout=values[self.stdout] or "",
                exit_status=None if status is None else int(status),
            )
        )


def bank_task(identifier: object, services: Services) -> Task:
    """The bank's task of this id.

    Raises:
        InputError: there is none.
    """
    task = services.task(str(identifier or ""))
    if task is None:
        raise InputError(f"Unknown task {identifier!r}: choose one from the list.")
    return task


OPENING_TASK = "add_two_arrays"
"""What a first visitor finds chosen: the base model fails it, a tuned one passes."""


def task_card(task: Task) -> str:
    """How the picker shows a task."""
    return render_task(task.prompt, task.prototype, task.tags, len(task.cases), task.reference)


def task_choices(services: Services) -> list[tuple[str, str]]:
    """Label and id, functions first."""
    return [(f"{task.id}{' · program' if task.is_program else ''}", task.id) for task in services.tasks]


def question_widgets(services: Services) -> Question:
    """Declares the left side's fields and what shows and hides them."""
    mode = gr.Radio(MODES, value="chat", label="Mode", elem_classes=SEGMENT)
    source = gr.Radio(SOURCES, value="bank" if services.tasks else "own", label="Question", elem_classes=SEGMENT)
    first = services.task(OPENING_TASK) or next(iter(services.tasks), None)
    with gr.Column(visible=first is not None) as bank_fields:
        task = gr.Dropdown(task_choices(services), value=first.id if first else None, label="Task", filterable=True)
        card = gr.HTML(task_card(first) if first else "")
    own = _own_fields(visible=first is None)
    arch = gr.Radio(
        [(arch.title, name) for name, arch in ARCHITECTURES.items()],
        value="aarch64",
        label="Architecture",
        elem_classes=SEGMENT,
    )
    style = gr.Radio(STYLES, value="describe", label="The model is shown", elem_classes=SEGMENT)
    question = Question(
        mode=mode, source=source, task=task, card=card, bank_fields=bank_fields, arch=arch, style=style, **own
    )
    _wire(question, services)
    return question


def _own_fields(*, visible: bool) -> dict[str, Any]:
    with gr.Column(visible=visible) as own_fields:
        preset = gr.Dropdown(
            [(preset.title, name) for name, preset in PRESETS.items()],
            value=None,
            label="Preset",
            info="Fills the fields below",
        )
        prompt = gr.Textbox(EXAMPLE_PROMPT, label="Prompt", lines=3, max_lines=16, elem_id="own-prompt")
        suffix = gr.Textbox(
            "", label="Suffix (what follows the gap)", lines=3, max_lines=12, visible=False, elem_classes="ap-mono"
        )
        prototype = gr.Textbox(
            EXAMPLE_PROTOTYPE, label="C prototype", info="Empty for a whole program", elem_classes="ap-mono"
        )
        with gr.Accordion("Cases", open=True):
            cases = gr.Dataframe(
                FIRST_CASES,
                headers=list(CASE_HEADINGS),
                datatype="str",
                type="array",
                interactive=True,
                wrap=True,
                label="One call a row, as JSON; a cell's ⋮ adds rows",
                row_count=2,
                column_count=(len(CASE_HEADINGS), "fixed"),
                column_widths=["36%", "30%", "34%"],  # else the longest cell takes all the width, and hides the others
                elem_id="own-cases",
                elem_classes="ap-typed-cases",
                buttons=[],
            )
        with gr.Accordion("C source, for “translate”", open=False):
            reference = gr.Textbox("", label="C source", lines=4, max_lines=16, elem_classes="ap-mono")
        with gr.Accordion("Expected of a program", open=False):
            stdin = gr.Textbox("", label="Standard input", lines=1, max_lines=6)
            stdout = gr.Textbox("", label="Expected standard output", lines=1, max_lines=6)
            exit_status = gr.Number(None, label="Expected exit status", precision=0, minimum=0, maximum=255)
    return {
        "own_fields": own_fields,
        "preset": preset,
        "prompt": prompt,
        "suffix": suffix,
        "prototype": prototype,
        "cases": cases,
        "reference": reference,
        "stdin": stdin,
        "stdout": stdout,
        "exit_status": exit_status,
    }


def _wire(question: Question, services: Services) -> None:
    def show_fields(mode: str, source: str) -> dict[Any, Any]:
        own = source == "own" or mode != "chat"
        return {
            question.source: gr.update(visible=mode == "chat"),
            question.style: gr.update(visible=mode == "chat"),
            question.bank_fields: gr.update(visible=not own),
            question.own_fields: gr.update(visible=own),
            question.suffix: gr.update(visible=mode == "fill"),
            question.prompt: PROMPTS["chat" if mode == "chat" else "text"],
        }

    def show_task(identifier: str) -> str:
        task = services.task(identifier)
        return task_card(task) if task else ""

    fields = {
        question.source,
        question.style,
        question.bank_fields,
        question.own_fields,
        question.suffix,
        question.prompt,
    }
    gr.on(
        [question.mode.change, question.source.change],
        show_fields,
        [question.mode, question.source],
        fields,
        show_progress="hidden",
        queue=False,
        api_visibility="private",
    )
    question.mode.input(
        None,
        [question.mode, question.preset, question.prompt],
        question.preset,
        js=BEGIN_WITH_PRESET,
        show_progress="hidden",
        queue=False,
        api_visibility="private",
    )
    question.task.change(
        show_task, question.task, question.card, show_progress="hidden", queue=False, api_visibility="private"
    )
    filled = [question.mode, question.prompt, question.suffix, question.prototype, question.cases, question.arch]
    fill_in(question.preset, filled, PRESET_FIELDS)


PRESET_FIELDS = {
    name: (one.mode, one.prompt, one.suffix, one.prototype, table(CASE_HEADINGS, one.cases), one.arch)
    for name, one in PRESETS.items()
}

PROMPTS = {
    "chat": gr.update(label="Prompt", elem_classes=[]),
    "text": gr.update(label="Prefix (the text to continue)", elem_classes=["ap-mono"]),
}
"""How the field for the prompt looks: in chat words, else assembly."""

MODE_OF_PRESET = {name: one.mode for name, one in PRESETS.items()}
BEGIN_WITH_PRESET = f"""(mode, preset, prompt) => {{
  const modes = {json.dumps(MODE_OF_PRESET)};
  const untouched = preset ? modes[preset] !== mode : mode !== 'chat' && prompt === {json.dumps(EXAMPLE_PROMPT)};
  return untouched ? Object.keys(modes).find((one) => modes[one] === mode) : {json.dumps(LEFT_ALONE)};
}}"""
"""In the page: what stands there from another mode, and nobody has edited, gives way to this mode's first preset."""
