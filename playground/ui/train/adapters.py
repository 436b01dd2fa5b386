"""Finished adapters: compare, rename, delete, push to the hub."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.evaluation.report import Report
from playground.evaluation.saved import saved_report
from playground.evaluation.tables import report_tables
from playground.training.adapters import delete_adapter, push_adapter, rename_adapter, trained_adapters
from playground.ui.evaluate.saved import reports_folder
from playground.ui.faults import Update, shown
from playground.ui.render.notice import notice
from playground.ui.rights import require_operator, require_training
from playground.ui.services import Services

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, kw_only=True)
class AdapterWidgets:
    """The widgets of the card."""

    adapter: gr.Dropdown
    new_name: gr.Textbox
    rename: gr.Button
    sure: gr.Checkbox
    delete: gr.Button
    repository: gr.Textbox
    private: gr.Checkbox
    push: gr.Button
    banner: gr.HTML

    @property
    def changed(self) -> set[Any]:
        """What an action writes."""
        return {self.banner, self.adapter, self.new_name, self.sure}


def adapter_widgets(services: Services) -> AdapterWidgets:
    """Declares the card and connects it."""
    with gr.Accordion("Adapters trained here", open=False, elem_classes="ap-card", elem_id="train-adapters"):
        banner = gr.HTML("", elem_id="adapter-banner", elem_classes="ap-when-filled")
        with gr.Row():
            adapter = gr.Dropdown(list(trained_adapters()), value=None, label="Adapter", elem_id="adapter-name")
            new_name = gr.Textbox("", label="New name", max_lines=1, elem_id="adapter-new-name")
            rename = gr.Button("Rename", size="sm", min_width=100, elem_id="adapter-rename")
        with gr.Row():
            repository = gr.Textbox(
                "", label="Repository on the hub", placeholder="owner/name", max_lines=1, elem_id="adapter-repository"
            )
            private = gr.Checkbox(True, label="Private")
            push = gr.Button("Push to the hub", size="sm", min_width=100, elem_id="adapter-push")
        with gr.Row():
            sure = gr.Checkbox(False, label="Yes, delete this adapter for ever", elem_id="adapter-sure")
            delete = gr.Button("Delete", size="sm", variant="stop", min_width=100, elem_id="adapter-delete")
    widgets = AdapterWidgets(
        adapter=adapter,
        new_name=new_name,
        rename=rename,
        sure=sure,
        delete=delete,
        repository=repository,
        private=private,
        push=push,
        banner=banner,
    )
    _connect(widgets, services)
    return widgets


def _connect(card: AdapterWidgets, services: Services) -> None:
    def rename(name: str | None, new_name: str) -> Update:
        require_training(services.environment, "Renaming adapters")
        rename_adapter(chosen(name), new_name.strip())
        return after(card, f"{name} is called {new_name.strip()} now.", new_name.strip()) | {card.new_name: ""}

    def delete(name: str | None, sure: bool) -> Update:
        require_training(services.environment, "Deleting adapters")
        if not sure:
            raise InputError(f"{chosen(name)} would be gone for ever: tick the box beside Delete first.")
        delete_adapter(chosen(name))
        return after(card, f"{name} was deleted.", None)

    def push(name: str | None, repository: str, private: bool, request: gr.Request) -> Update:
        require_operator(services.environment, request, "Pushing to the hub with this machine's token")
        scores = scores_of(chosen(name), services.home)
        address = push_adapter(chosen(name), repository.strip(), private=private, scores=scores)
        return {card.banner: notice(f"Pushed to {address}.", "good")}

    def push_asked(name: str | None, repository: str, private: bool, request: gr.Request) -> Update:
        return shown(card.banner, push)(name, repository, private, request)  # whose annotation gradio must see

    card.rename.click(shown(card.banner, rename), [card.adapter, card.new_name], card.changed, **QUIET)
    card.delete.click(shown(card.banner, delete), [card.adapter, card.sure], card.changed, **QUIET)
    card.push.click(push_asked, [card.adapter, card.repository, card.private], {card.banner}, **QUIET)


def chosen(name: str | None) -> str:
    """Raises InputError when nothing is chosen."""
    if not name:
        raise InputError("No adapter is chosen: choose one from the list.")
    return name


def after(card: AdapterWidgets, sentence: str, name: str | None) -> Update:
    """The list anew, and what was done."""
    return {
        card.adapter: gr.update(choices=list(trained_adapters()), value=name),
        card.sure: False,
        card.banner: notice(sentence, "good"),
    }


def scores_of(adapter: str, home: Path) -> str:
    """The tables of the newest report that this adapter is in, as Markdown; empty without one."""
    folders = sorted(reports_folder(home).glob("*/report.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in folders:
        report = _readable(path.parent)
        if report is not None and any(score.model == adapter for score in report.scores):
            return report_tables(report)
    return ""


def _readable(folder: Path) -> Report | None:
    try:
        return saved_report(folder)
    except InputError:
        return None
