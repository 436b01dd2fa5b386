"""The Data tab: a build on the left, what was built on the right."""

from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.ui.data.fields import DataForm, data_form
from playground.ui.data.render import render_builds
from playground.ui.render.notice import notice
from playground.ui.rights import building_allowed, require_building, sources_allowed
from playground.ui.seen import seen_state
from playground.ui.services import Services

POLL_SECONDS = 2.0


@dataclass(frozen=True)
class Asked:
    """What was searched for last, and which page of what was found."""

    words: str = ""
    page: int = 1
    turn: int = 0
    """Counts how often Enter was pressed."""

    @classmethod
    def of(cls, value: object) -> "Asked":
        """As the page sends it; anything else asks for everything."""
        if not isinstance(value, dict) or not all(type(value.get(name)) is int for name in ("page", "turn")):
            return cls()
        return cls(str(value.get("words") or ""), value["page"], value["turn"])


@dataclass(frozen=True)
class Place:
    """Where in a dataset the page is."""

    dataset: str
    split: str
    asked: Asked
    page: int
    example: int | None = None
    """The number of the one that is open."""


@dataclass(frozen=True, kw_only=True)
class DataTab:
    """The widgets of the tab."""

    form: DataForm
    uploads: gr.Files
    start: gr.Button
    stop: gr.Button
    banner: gr.HTML
    builds: gr.HTML
    dataset: gr.Dropdown
    split: gr.Radio
    words: gr.Textbox
    page: gr.Number
    found: gr.HTML
    example: gr.Radio
    shown: gr.HTML
    verdict: gr.HTML
    line: gr.Dropdown
    note: gr.Textbox
    notes: gr.JSON
    """``lines``, the example's notes, and ``instead_of``, the note in whose place they come: the page looks them up
    itself, so that no late answer overwrites what is typed."""
    saved: gr.Textbox
    """Changes whenever notes were written."""
    asked: gr.JSON
    """What was searched for (`Asked`)."""
    place: gr.State
    """The `Place` that the page shows."""
    save: gr.Button
    bring: gr.UploadButton
    download: gr.DownloadButton
    histograms: gr.HTML
    seen: gr.Textbox
    """What the page shows of the builds: nothing is sent again that has not changed."""
    timer: gr.Timer

    @property
    def watched(self) -> set[Any]:
        """What a look at the builds writes."""
        return {self.builds, self.dataset, self.stop, self.seen}

    @property
    def browsed(self) -> set[Any]:
        """What choosing examples writes."""
        return {self.split, self.page, self.found, self.example, self.histograms, self.place, *self.viewed}

    @property
    def viewed(self) -> set[Any]:
        """What one example writes."""
        return {self.shown, self.verdict, self.line, self.notes, self.download}


def data_tab(services: Services) -> DataTab:
    """Declares the tab; `connect_data` connects it."""
    allowed = building_allowed(services.environment)
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300, elem_classes="ap-setup ap-card"):
            form = data_form()
            uploads = gr.Files(
                label="C and C++ files, chat examples or batch results (.jsonl)", height=120, elem_id="data-uploads",
                file_types=[".c", ".h", ".cc", ".cpp", ".hpp", ".jsonl"], visible=sources_allowed(services.environment),
            )  # fmt: skip
            with gr.Row(elem_classes="ap-sticky"):
                start = gr.Button("Build", variant="primary", interactive=allowed, elem_id="data-build")
                stop = gr.Button("Stop and keep what is done", visible=False, elem_id="data-stop")
        with gr.Column(scale=6, min_width=340):
            banner = gr.HTML(_closed(services), elem_id="data-banner", elem_classes="ap-when-filled")
            with gr.Column(elem_classes="ap-card"):
                builds = gr.HTML(render_builds(()), elem_id="data-builds")
            widgets = _browser(allowed)
    return DataTab(
        form=form, uploads=uploads, start=start, stop=stop, banner=banner, builds=builds, seen=seen_state(),
        timer=gr.Timer(POLL_SECONDS), **widgets,
    )  # fmt: skip


def _browser(allowed: bool) -> dict[str, Any]:
    """The part that looks into a dataset."""
    found: dict[str, Any] = {}
    with gr.Column(elem_classes="ap-card"):
        with gr.Row():
            found["dataset"] = gr.Dropdown([], label="Dataset", interactive=True, elem_id="data-dataset")
            found["words"] = gr.Textbox(label="Search", info="Words that the example holds", elem_id="data-words")
            found["page"] = gr.Number(1, label="Page", minimum=1, precision=0, elem_id="data-page")
        found["split"] = gr.Radio([], label="File", elem_classes="ap-segment", elem_id="data-split")
        found["found"] = gr.HTML("", elem_id="data-found")
        found["example"] = gr.Radio([], label="Examples", elem_classes="ap-list", elem_id="data-example")
    with gr.Column(elem_classes="ap-card"):
        found["shown"] = gr.HTML("", elem_id="data-shown")
        with gr.Row(elem_classes="ap-annotate"):
            found["line"] = gr.Dropdown([], label="Line", interactive=True, elem_id="data-line")
            found["note"] = gr.Textbox(label="Note", info="Empty takes it away", max_lines=1, elem_id="data-note")
        found["notes"] = gr.JSON({}, visible="hidden")
        found["saved"] = gr.Textbox("", visible="hidden")
        found["asked"] = gr.JSON({}, visible="hidden")
        found["place"] = gr.State(None)
        with gr.Row(elem_classes="ap-small"):
            found["save"] = gr.Button("Save note", size="sm", interactive=allowed, elem_id="data-save")
            found["bring"] = gr.UploadButton(
                "Import from doccano", size="sm", file_types=[".jsonl"], interactive=allowed, elem_id="data-import"
            )
            found["download"] = gr.DownloadButton("Annotations for doccano", size="sm", visible=False)
        found["verdict"] = gr.HTML("", elem_id="data-verdict")
    with gr.Column(elem_classes="ap-card"):
        found["histograms"] = gr.HTML("", elem_id="data-histograms")
    return found


def _closed(services: Services) -> str:
    try:
        require_building(services.environment)
    except InputError as error:
        return notice(str(error), "info")
    return ""
