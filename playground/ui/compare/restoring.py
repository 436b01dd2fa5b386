"""Puts a kept comparison back onto the page: its question, parameters, texts and verdicts."""

import json
from typing import Any

import gradio as gr

from playground.tasks.files import task_to_json
from playground.tasks.task import Task
from playground.ui.compare.columns import Shown
from playground.ui.compare.handlers import after_run
from playground.ui.compare.parameters import parameter_values
from playground.ui.compare.question import Question
from playground.ui.compare.streaming import clear_column, show_column
from playground.ui.compare.tab import CompareTab
from playground.ui.compare.voting import hide_names
from playground.ui.comparison.archive import Archived
from playground.ui.comparison.setup import Comparison
from playground.ui.faults import Update
from playground.ui.services import Services


def restored(tab: CompareTab, identifier: str, archived: Archived, services: Services) -> Update:
    """Every field and every column as it was."""
    comparison = archived.comparison
    update: Update = {tab.banner: "", tab.conversation.fault: "", **question_values(tab.question, comparison, services)}
    update |= {tab.many: len(comparison.columns), tab.samples: comparison.samples, tab.keep_in_step: False}
    update |= hide_names(tab.columns, hidden=False) | tab.stepper.hidden()
    for column in tab.columns:
        update |= clear_column(column)
        update[column.box] = gr.update(visible=column.number < len(comparison.columns))
    for column, setup, answers in zip(tab.columns, comparison.columns, archived.answers, strict=False):
        update |= parameter_values(column.parameters, setup)
        if answers:
            update |= show_column(column, Shown(identifier, comparison, column.number, answers))
        update[column.model] = gr.update(value=setup.model, visible=True)
    return update | after_run(tab, identifier, comparison, services) | {tab.voting.blind: False, tab.voting.thanks: ""}


def restored_outputs(tab: CompareTab) -> set[Any]:
    """The widgets that `restored` writes."""
    own = {widget for column in tab.columns for widget in (column.box, *column.parameters.components)}
    fields = {tab.many, tab.samples, tab.keep_in_step}
    return {*tab.outputs, *tab.question.inputs, tab.question.preset, *fields, *own}


def question_values(question: Question, comparison: Comparison, services: Services) -> Update:
    """The question's fields; a task that the bank still has is chosen there, any other one is written out."""
    task = comparison.task
    asked = {question.mode: comparison.mode, question.arch: comparison.arch, question.style: comparison.style}
    update: Update = {question.preset: None, **asked}
    if services.task(task.id) == task:
        return update | {question.source: "bank", question.task: task.id}
    return update | {
        question.source: "own",
        question.prompt: task.prompt,
        question.suffix: comparison.suffix,
        question.prototype: task.prototype or "",
        question.cases: case_rows(task),
        question.reference: task.reference,
        question.stdin: task.stdin,
        question.stdout: task.stdout or "",
        question.exit_status: task.exit_status,
    }


def case_rows(task: Task) -> list[list[str]]:
    """A task's cases as the table's rows."""
    rows = []
    for case in task_to_json(task).get("cases", ()):
        returns = json.dumps(case["returns"]) if "returns" in case else ""
        after = json.dumps(case["after"]) if "after" in case else ""
        rows.append([json.dumps(case["args"]), returns, after])
    return rows or [["", "", ""]]
