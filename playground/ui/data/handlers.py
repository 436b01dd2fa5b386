"""What the Data tab's buttons and fields do."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gradio as gr

from playground.data.browse import BrowsedExample, DatasetFolder, Page
from playground.data.builds import DataBuilds
from playground.data.lengths import token_counter
from playground.data.recipe import DataRecipe
from playground.errors import InputError
from playground.ui.data.render import render_builds, render_example, render_histograms
from playground.ui.data.tab import DataTab
from playground.ui.data.uploads import sorted_uploads
from playground.ui.faults import Update, shown
from playground.ui.render.notice import notice
from playground.ui.render.text import count, element
from playground.ui.render.verdict import render_verdict
from playground.ui.rights import require_building, require_operator
from playground.ui.services import Services

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
LONGEST_LABEL = 90
NOTE_OF_LINE = "(line, notes) => (notes || {})[line ?? 1] || ''"
Values = Mapping[Any, Any]


def connect_data(tab: DataTab, services: Services) -> None:
    """Every event of the tab."""
    builds = DataBuilds(services.home)
    _connect_building(tab, builds, services)
    _connect_browsing(tab, builds, services)
    _connect_annotating(tab, builds, services)


def _connect_building(tab: DataTab, builds: DataBuilds, services: Services) -> None:
    def look(values: Values) -> Update:
        return watched(tab, builds, values[tab.dataset], values[tab.seen])

    def start(values: Values, request: gr.Request) -> Update:
        require_building(services.environment)
        uploads = list(values[tab.uploads] or ())
        if uploads:
            require_operator(services.environment, request, "Running C of one's own")
        builds.start(_recipe(tab, values, uploads))
        return watched(tab, builds, values[tab.dataset], None)

    def stop() -> Update:
        require_building(services.environment)
        if builds.running():
            builds.stop(builds.running())
        return watched(tab, builds, None, None)

    everything = {*tab.form.inputs, tab.uploads, tab.dataset}
    tab.timer.tick(look, {tab.dataset, tab.seen}, tab.watched, queue=False, **QUIET)
    tab.start.click(shown(tab.banner, start), everything, {tab.banner, *tab.watched}, concurrency_limit=1, **QUIET)
    tab.stop.click(shown(tab.banner, stop), None, {tab.banner, *tab.watched}, **QUIET)


def _connect_browsing(tab: DataTab, builds: DataBuilds, services: Services) -> None:
    def browse(values: Values) -> Update:
        return browsed(tab, builds, services, values)

    def first_page(values: Values) -> Update:
        return browsed(tab, builds, services, {**values, tab.page: 1})

    def view(values: Values) -> Update:
        return viewed(tab, services, *_chosen(tab, builds, values))

    places, written = {tab.dataset, tab.split, tab.words, tab.page}, {tab.banner, *tab.browsed}
    gr.on(
        [tab.dataset.change, tab.split.input, tab.words.submit], shown(tab.banner, first_page), places, written, **QUIET
    )
    tab.page.submit(shown(tab.banner, browse), places, written, **QUIET)
    tab.example.input(shown(tab.banner, view), _example_fields(tab), {tab.banner, *tab.viewed}, **QUIET)


def _connect_annotating(tab: DataTab, builds: DataBuilds, services: Services) -> None:
    def save(values: Values) -> Update:
        require_building(services.environment, "Annotating")
        dataset, example = _chosen(tab, builds, values)
        dataset.annotate(example, int(values[tab.line] or 1), str(values[tab.note] or ""))
        return noted(tab, dataset, example)

    def bring(values: Values) -> Update:
        require_building(services.environment, "Annotating")
        dataset, example = _chosen(tab, builds, values)
        taken = dataset.take_annotations(Path(values[tab.bring]))
        said = notice(f"{count(taken, 'annotated example')} taken over.", "good")
        return {**noted(tab, dataset, example), tab.banner: said}

    chosen, written = _example_fields(tab), {tab.banner, tab.shown, tab.notes, tab.download}
    tab.line.input(None, [tab.line, tab.notes], tab.note, js=NOTE_OF_LINE, **QUIET)
    tab.save.click(shown(tab.banner, save), {*chosen, tab.line, tab.note}, written, **QUIET)
    tab.bring.upload(shown(tab.banner, bring), {*chosen, tab.bring}, written, **QUIET)


def _example_fields(tab: DataTab) -> set[Any]:
    """The fields that name one example."""
    return {tab.dataset, tab.split, tab.example}


def _recipe(tab: DataTab, values: Values, uploads: list[str]) -> DataRecipe:
    """The form's recipe; uploaded files are sorted by what they hold."""
    return tab.form.read(values, **sorted_uploads([Path(path) for path in uploads]))


def watched(tab: DataTab, builds: DataBuilds, dataset: str | None, seen: object) -> Update:
    """What the page should show of the builds now; nothing when it shows that already."""
    states, names = list(builds.states()), builds.names()
    growing = {name for name, state in states if state.state == "building"}
    ready = [name for name in names if name not in growing and builds.dataset(name).splits()]
    now = ([(name, state.state, state.drawn, state.kept) for name, state in states], ready)
    if now == seen:
        return {tab.seen: now}
    chosen = dataset if dataset in ready else (ready[0] if ready else None)
    return {
        tab.builds: render_builds(states),
        tab.dataset: gr.update(choices=ready, value=chosen),
        tab.stop: gr.update(visible=any(state.state == "building" for _, state in states)),
        tab.seen: now,
    }


def browsed(tab: DataTab, builds: DataBuilds, services: Services, values: Values) -> Update:
    """A page of examples, its first one opened, and the file's histograms."""
    dataset = builds.dataset(str(values[tab.dataset] or ""))
    splits = dataset.splits()
    split = values[tab.split] if values[tab.split] in splits else splits[0]
    page = dataset.page(split, str(values[tab.words] or ""), int(values[tab.page] or 1))
    choices = [(_label(example), str(example.number)) for example in page.examples]
    first = page.examples[0] if page.examples else None
    nothing: Update = {tab.shown: "", tab.verdict: ""}
    return {
        tab.split: gr.update(choices=list(splits), value=split),
        tab.page: page.number,
        tab.found: element("p", _told(page), classes="ap-figures"),
        tab.example: gr.update(choices=choices, value=choices[0][1] if choices else None),
        tab.histograms: render_histograms(dataset.lengths(split), token_counter().name, dataset.families(split)),
        **(viewed(tab, services, dataset, first) if first else nothing),
    }


def _told(page: Page) -> str:
    return f"{count(page.matches, 'example')}, page {page.number:,} of {page.pages:,}"


def _label(example: BrowsedExample) -> str:
    """``12 · aarch64 · Return the sum of a and b.``"""
    first = example.question.split("\n")[0]
    return f"{example.number} · {example.arch} · {first}"[:LONGEST_LABEL]


def _chosen(tab: DataTab, builds: DataBuilds, values: Values) -> tuple[DatasetFolder, BrowsedExample]:
    dataset = builds.dataset(str(values[tab.dataset] or ""))
    number = str(values[tab.example] or "")
    if not number.isdigit():
        raise InputError("No example is chosen: choose one from the list.")
    return dataset, dataset.example(str(values[tab.split] or ""), int(number))


def viewed(tab: DataTab, services: Services, dataset: DatasetFolder, example: BrowsedExample) -> Update:
    """One example with its notes, judged anew."""
    task = dataset.task(example.split, example.number)
    verdict = render_verdict(services.judge.verdict(example.answer, task, example.arch)) if task else ""
    lines = example.answer.split("\n")
    choices = [(f"{number}: {line.strip()}"[:60], number) for number, line in enumerate(lines, 1)]
    return {
        **noted(tab, dataset, example),
        tab.verdict: verdict,
        tab.line: gr.update(choices=choices, value=1),
        tab.note: dataset.notes(example).get(1, ""),
    }


def noted(tab: DataTab, dataset: DatasetFolder, example: BrowsedExample) -> Update:
    """The example with its notes, and the file to download once there is one."""
    notes = dataset.notes(example)
    return {
        tab.shown: render_example(example, notes),
        tab.notes: {str(line): note for line, note in notes.items()},
        tab.download: gr.update(visible=dataset.annotations.is_file(), value=_copy(dataset)),
    }


def _copy(dataset: DatasetFolder) -> str | None:
    """Only files below the temporary folder are handed out."""
    if not dataset.annotations.is_file():
        return None
    folder = Path(tempfile.mkdtemp(prefix="annotations-"))
    return str(shutil.copy(dataset.annotations, folder / f"{dataset.name}-annotations.jsonl"))
