"""The Data tab's rights, its form, and that nothing in a dataset becomes markup."""

from collections import Counter
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from playground.data.browse import BrowsedExample
from playground.data.job import BuildState
from playground.data.recipe import DataRecipe
from playground.errors import InputError
from playground.models.events import Message
from playground.ui.data.fields import DEFAULTS, data_form
from playground.ui.data.handlers import connect_data
from playground.ui.data.render import STATES, render_builds, render_example, render_histograms
from playground.ui.data.tab import data_tab
from playground.ui.data.uploads import sorted_uploads
from playground.ui.rights import BUILDING_SWITCH, building_allowed, require_building, sources_allowed
from playground.ui.services import Services
from tests.ui.hostile import HOSTILE
from tests.ui.markup import elements, shown_text
from tests.ui.test_render_verdict import OURS

SPACE = {"SPACE_ID": "a/b"}
TABLES = {"caption", "h3", "p", "article", "br", "dl"}


def test_building_is_off_on_a_public_space_unless_its_operator_allows_it() -> None:
    assert building_allowed({})
    assert not building_allowed(SPACE)
    assert building_allowed({**SPACE, BUILDING_SWITCH: "1"})
    with pytest.raises(InputError, match=BUILDING_SWITCH):
        require_building(SPACE)


def test_c_of_one_s_own_is_never_offered_on_a_space() -> None:
    assert sources_allowed({})
    assert not sources_allowed({**SPACE, BUILDING_SWITCH: "1"})


@pytest.mark.parametrize("environment", [SPACE, {**SPACE, BUILDING_SWITCH: "1"}, {}])
def test_the_tab_offers_what_is_allowed(services: Services, environment: dict[str, str]) -> None:
    with gr.Blocks():
        tab = data_tab(replace(services, environment=environment))
    assert tab.start.interactive is building_allowed(environment)
    assert tab.save.interactive is building_allowed(environment)
    assert tab.uploads.visible is sources_allowed(environment)
    assert bool(tab.banner.value) is not building_allowed(environment)


def test_the_form_gives_the_recipe_that_it_shows() -> None:
    with gr.Blocks():
        form = data_form()
    values: dict[Any, Any] = {widget: widget.value for widget in form.widgets.values()}
    assert form.read(values) == DataRecipe(**{name: DEFAULTS[name] for name in form.widgets})
    assert set(form.widgets) | {"families", "sources", "batches", "chats"} == {one.name for one in fields(DataRecipe)}
    for name, value, words in (("name", "../up", "up"), ("archs", [], "archs"), ("functions", 0, "functions")):
        with pytest.raises(InputError, match=words):
            form.read({**values, form.widgets[name]: value})


def test_uploads_are_sorted_by_what_they_hold(tmp_path: Path) -> None:
    texts = {"a.c": "int f;", "b.jsonl": '{"messages": []}\n', "c.jsonl": '{"custom_id": "x"}\n', "d.jsonl": "{}\n"}
    paths = [tmp_path / name for name in texts]
    for path in paths:
        path.write_text(texts[path.name])
    found = sorted_uploads(paths[:3])
    assert [len(found[field]) for field in ("sources", "chats", "batches")] == [1, 1, 1]
    with pytest.raises(InputError, match=r"d\.jsonl"):
        sorted_uploads(paths)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_dataset_becomes_markup(text: str) -> None:
    messages = tuple(Message(role=role, content=text or "x") for role in ("system", "user", "assistant"))
    example = BrowsedExample(split="train", number=1, messages=messages, family=text, arch="aarch64")
    state = BuildState(state="failed", message=text, dropped={text: 1}, gaps={text: 2})
    shown = render_example(example, {1: text}) + render_builds([(text, state)])
    shown += render_histograms(Counter({5: 1}), text, Counter({text: 3}))
    assert {name for name, _ in elements(shown)} <= OURS | TABLES


def test_histograms_count_everything_once() -> None:
    families = Counter({f"family {number}": number for number in range(1, 31)})
    shown = shown_text(render_histograms(Counter({3: 2, 45: 1, 119: 4}), "words", families))
    assert "19 others190" in shown  # 1 + 2 + … + 19
    assert "110–1194" in shown


def test_every_state_of_a_build_has_its_chip() -> None:
    assert set(STATES) == {"building", "finished", "stopped", "failed"}
    shown = shown_text(
        render_builds([("mine", BuildState(state="building", drawn=50, wanted=100, kept=90, seconds=3.0))])
    )
    assert "90 pairs kept of 50 functions in 3 s, 30 a second" in shown


@pytest.mark.parametrize("button", ["start", "stop", "save"])
def test_a_raw_request_is_refused_where_building_is_off(services: Services, button: str) -> None:
    closed = replace(services, environment=SPACE)
    with gr.Blocks() as page:
        tab = data_tab(closed)
        connect_data(tab, closed)
    target = (getattr(tab, button)._id, "click")
    (handler,) = (one for one in page.fns.values() if target in one.targets)
    assert handler.fn is not None
    arguments: dict[str, list[Any]] = {"start": [{}, None], "stop": [], "save": [{}]}
    update = handler.fn(*arguments[button])
    assert list(update) == [tab.banner]
    assert BUILDING_SWITCH in update[tab.banner]
