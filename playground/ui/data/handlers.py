"""What the Data tab's buttons and fields do."""

import shutil
import tempfile
import uuid
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from playground.data.browse import BrowsedExample, DatasetFolder, Page
from playground.data.builds import DataBuilds
from playground.data.lengths import token_counter
from playground.data.recipe import DataRecipe
from playground.errors import InputError
from playground.ui.data.render import render_builds, render_example, render_histograms
from playground.ui.data.tab import Asked, DataTab, Place
from playground.ui.data.uploads import sorted_uploads
from playground.ui.faults import Update, shown
from playground.ui.render.notice import notice
from playground.ui.render.text import count, element
from playground.ui.render.verdict import render_verdict
from playground.ui.rights import require_building, require_operator
from playground.ui.seen import digest
from playground.ui.services import Services

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
LONGEST_LABEL = 90
ASK_FOR_WORDS = "(words, asked) => ({words, page: 1, turn: (asked?.turn || 0) + 1})"
ASK_FOR_PAGE = "(page, asked) => ({words: asked?.words || '', page, turn: (asked?.turn || 0) + 1})"
"""Words and a page count once Enter was pressed in them, not while they are being typed."""
NOTE_OF_LINE = """(line, notes, note) => {
  const lines = notes?.lines || {};
  return note && !Object.values(lines).includes(note) ? note : lines[line ?? 1] || '';
}"""
"""Another line brings its note; one that was typed and not saved stays."""
NOTE_OF_EXAMPLE = "(line, notes, note) => (notes?.instead_of === note ? notes.lines[line ?? 1] || '' : note)"
"""Another example brings its note; one that was typed since it was chosen stays."""
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
    """One listener for all that is chosen: a later choice is answered after an earlier one, and shows in its place."""

    def look(values: Values) -> Update:
        return looked(tab, builds, services, values)

    gr.on(
        [tab.dataset.change, tab.split.input, tab.asked.change, tab.example.input, tab.saved.change],
        shown(tab.banner, look),
        {*_example_fields(tab), tab.asked, tab.note, tab.place},
        {tab.banner, *tab.browsed},
        **QUIET,
    )
    tab.words.submit(None, [tab.words, tab.asked], tab.asked, js=ASK_FOR_WORDS, **QUIET)
    tab.page.submit(None, [tab.page, tab.asked], tab.asked, js=ASK_FOR_PAGE, **QUIET)
    note = [tab.line, tab.notes, tab.note]
    tab.line.input(None, note, tab.note, js=NOTE_OF_LINE, **QUIET)
    tab.notes.change(None, note, tab.note, js=NOTE_OF_EXAMPLE, **QUIET)


def _connect_annotating(tab: DataTab, builds: DataBuilds, services: Services) -> None:
    def save(values: Values) -> Update:
        require_building(services.environment, "Annotating")
        dataset, example = _chosen(builds, values[tab.dataset], values[tab.split], values[tab.example])
        dataset.annotate(example, int(values[tab.line] or 1), str(values[tab.note] or ""))
        return _saved(tab, dataset)

    def bring(values: Values) -> Update:
        require_building(services.environment, "Annotating")
        dataset, _ = _chosen(builds, values[tab.dataset], values[tab.split], values[tab.example])
        taken = dataset.take_annotations(Path(values[tab.bring]))
        return _saved(tab, dataset) | {tab.banner: notice(f"{count(taken, 'annotated example')} taken over.", "good")}

    chosen, written = _example_fields(tab), {tab.banner, tab.saved, tab.download}
    tab.save.click(shown(tab.banner, save), {*chosen, tab.line, tab.note}, written, **QUIET)
    tab.bring.upload(shown(tab.banner, bring), {*chosen, tab.bring}, written, **QUIET)


def _saved(tab: DataTab, dataset: DatasetFolder) -> Update:
    """Once notes were written: the example is shown anew, and the file can be downloaded."""
    return {tab.saved: uuid.uuid4().hex, tab.download: gr.update(visible=True, value=_copy(dataset))}


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
    now = digest(([(name, state.state, state.drawn, state.kept) for name, state in states], ready))
    if now == seen:
        return {tab.seen: now}
    gone = dataset not in ready
    return {
        tab.builds: render_builds(states),
        tab.dataset: gr.update(choices=ready, **({"value": ready[0] if ready else None} if gone else {})),
        tab.stop: gr.update(visible=any(state.state == "building" for _, state in states)),
        tab.seen: now,
    }


def looked(tab: DataTab, builds: DataBuilds, services: Services, values: Values) -> Update:
    """What the fields choose: the page of the list that was asked for, or the first one of another file; another
    example alone where the list stays; the notes alone where the example does, too."""
    dataset = builds.dataset(str(values[tab.dataset] or ""))
    before: Place | None = values[tab.place]
    splits = dataset.splits()
    split = values[tab.split] if values[tab.split] in splits else splits[0]
    asked = Asked.of(values[tab.asked])
    if before is None or asked != before.asked:
        return browsed(tab, services, dataset, Place(dataset.name, split, asked, max(1, asked.page)), values[tab.note])
    if (dataset.name, split) != (before.dataset, before.split):
        return browsed(tab, services, dataset, Place(dataset.name, split, asked, 1), values[tab.note])
    _, example = _chosen(builds, dataset.name, split, values[tab.example])
    if example.number != before.example:
        now_there = {tab.place: replace(before, example=example.number)}
        return viewed(tab, services, dataset, example, values[tab.note]) | now_there
    return {tab.banner: gr.skip(), **noted(tab, dataset, example)}


def browsed(tab: DataTab, services: Services, dataset: DatasetFolder, place: Place, note: object) -> Update:
    """A page of examples, its first one opened, and the file's histograms. `note` is what the field holds."""
    split = place.split
    page = dataset.page(split, place.asked.words, place.page)
    choices = [(_label(example), str(example.number)) for example in page.examples]
    first = page.examples[0] if page.examples else None
    nothing: Update = {tab.shown: "", tab.verdict: ""}
    return {
        tab.split: gr.update(choices=list(dataset.splits()), value=split),
        tab.page: page.number,
        tab.found: element("p", _told(page), classes="ap-figures"),
        tab.example: gr.update(choices=choices, value=choices[0][1] if choices else None),
        tab.histograms: render_histograms(dataset.lengths(split), token_counter().name, dataset.families(split)),
        tab.place: replace(place, page=page.number, example=first.number if first else None),
        **(viewed(tab, services, dataset, first, note) if first else nothing),
    }


def _told(page: Page) -> str:
    return f"{count(page.matches, 'example')}, page {page.number:,} of {page.pages:,}"


def _label(example: BrowsedExample) -> str:
    """``12 · aarch64 · Return the sum of a and b.``"""
    first = example.question.split("\n")[0]
    return f"{example.number} · {example.arch} · {first}"[:LONGEST_LABEL]


def _chosen(builds: DataBuilds, name: object, split: object, number: object) -> tuple[DatasetFolder, BrowsedExample]:
    """Raises InputError when no example is chosen."""
    dataset = builds.dataset(str(name or ""))
    if not str(number or "").isdigit():
        raise InputError("No example is chosen: choose one from the list.")
    return dataset, dataset.example(str(split or ""), int(str(number)))


def viewed(tab: DataTab, services: Services, dataset: DatasetFolder, example: BrowsedExample, note: object) -> Update:
    """One example with its notes, judged anew; `note` is what the field holds, in whose place the example's goes."""
    task = dataset.task(example.split, example.number)
    verdict = render_verdict(services.judge.verdict(example.answer, task, example.arch)) if task else ""
    lines = example.answer.split("\n")
    choices = [(f"{number}: {line.strip()}"[:60], number) for number, line in enumerate(lines, 1)]
    return {
        **noted(tab, dataset, example, instead_of=str(note or "")),
        tab.verdict: verdict,
        tab.line: gr.update(choices=choices, value=1),
        tab.download: gr.update(visible=dataset.annotations.is_file(), value=_copy(dataset)),
    }


def noted(tab: DataTab, dataset: DatasetFolder, example: BrowsedExample, instead_of: str | None = None) -> Update:
    """The example with its notes; the field's note stays, unless it is the one that they come instead of."""
    notes = dataset.notes(example)
    lines = {str(line): note for line, note in notes.items()}
    return {tab.shown: render_example(example, notes), tab.notes: {"instead_of": instead_of, "lines": lines}}


def _copy(dataset: DatasetFolder) -> str | None:
    """Only files below the temporary folder are handed out."""
    if not dataset.annotations.is_file():
        return None
    folder = Path(tempfile.mkdtemp(prefix="annotations-"))
    return str(shutil.copy(dataset.annotations, folder / f"{dataset.name}-annotations.jsonl"))
