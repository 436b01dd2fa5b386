"""The Evaluate tab without a browser: campaigns, drilling down, saved results side by side, who may stop what."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import gradio as gr
import pytest

from playground.errors import InputError
from playground.evaluation.campaign import CampaignSettings, Progress
from playground.evaluation.paired import Comparison
from playground.evaluation.records import Result
from playground.evaluation.report import Group, ModelScore, Report, make_report, save_report
from playground.ui.evaluate.columns import ColumnName, read_columns, report_columns
from playground.ui.evaluate.drill import answers_view, tasks_view
from playground.ui.evaluate.handlers import follow, newly_chosen, pair_view, report_view, settings_of
from playground.ui.evaluate.picks import Pick, pressed
from playground.ui.evaluate.running import Planned, Runs, bank_part, plan_campaign, plan_rest, run_planned
from playground.ui.evaluate.saved import card_of, column_choices, column_name, reports_folder, saved_reports
from playground.ui.evaluate.tab import EvaluateTab, evaluate_tab
from playground.ui.render.drill import render_answers, render_tasks
from playground.ui.render.live import render_live
from playground.ui.render.report import render_comparison, render_funnel, render_progress, render_report
from playground.ui.rights import is_operator
from playground.ui.services import Services
from tests.ui.hostile import HOSTILE
from tests.ui.markup import elements, shown_text
from tests.ui.test_render_verdict import OURS

BUTTONS = OURS | {"button"}


@pytest.fixture
def tab(services: Services) -> EvaluateTab:
    with gr.Blocks(), gr.Tab() as tab:
        return evaluate_tab(tab, services)


@pytest.fixture(scope="module")
def title(services: Services) -> str:
    """A report of two models, the first of which is right."""
    return campaign(services, "right", "wrong").folder.name


def campaign(services: Services, *models: str, **settings: Any) -> Planned:
    planned = plan_campaign(CampaignSettings(models=models, archs=("aarch64",), **settings), "practice", 0, services)
    assert list(run_planned(planned, services, Event()))
    return planned


def test_a_campaign_ends_in_a_saved_report(services: Services, tab: EvaluateTab) -> None:
    values = {widget: widget.value for widget in tab.inputs} | {tab.models: ["right", "wrong"]}
    planned = plan_campaign(settings_of(tab, values), "practice", 0, services)
    first, *live, last = follow(tab, planned, services, Runs(), "me", "before")
    assert first[tab.begun]["saved"] == "before"
    assert "1 of 2 judged" in "".join(str(update[tab.progress]) for update in live) or live
    assert not any(tab.report in update for update in (first, *live, last))  # whoever reads another goes on reading
    assert last[tab.ended]["title"] == planned.folder.name
    shown = shown_text(report_view(tab, last[tab.ended]["title"], services)[tab.report])
    assert "right aarch64" in shown
    assert "100.0%" in shown
    assert "right against wrong" in shown
    assert "Only right was right: 1" in shown
    assert planned.folder.name in saved_reports(services.home)


def test_what_cannot_be_evaluated_is_named(services: Services, tab: EvaluateTab) -> None:
    with pytest.raises(InputError, match="/etc/passwd"):
        plan_campaign(CampaignSettings(models=("/etc/passwd",), archs=("aarch64",)), "practice", 0, services)
    with pytest.raises(InputError, match="Unknown report"):
        report_view(tab, "../x", services)
    offline = CampaignSettings(models=("offline",), archs=("aarch64",))
    with pytest.raises(InputError, match="refused the connection"):
        list(run_planned(plan_campaign(offline, "practice", 0, services), services, Event()))


def test_the_limit_counts_tasks(services: Services) -> None:
    assert len(bank_part(services, "practice", 0)) == len(services.tasks)


def test_a_stopped_campaign_goes_on_where_it_was(services: Services, tab: EvaluateTab) -> None:
    settings = CampaignSettings(models=("right", "wrong"), archs=("aarch64", "x86_64"))
    planned = plan_campaign(settings, "practice", 0, services)
    stop_at_once = Event()
    stop_at_once.set()
    list(run_planned(planned, services, stop_at_once))
    half = report_view(tab, planned.folder.name, services)
    assert half[tab.go_on]["visible"] is True
    assert "stopped before its end. Of 1 tasks were answered by right on x86_64: 0, wrong on" in shown_text(
        half[tab.report]
    )
    rest = plan_rest(planned.folder, services)
    assert (rest.settings, rest.folder, list(rest.tasks)) == (settings, planned.folder, list(services.tasks))
    list(run_planned(rest, services, Event()))
    whole = report_view(tab, planned.folder.name, services)
    assert whole[tab.go_on]["visible"] is False
    with pytest.raises(InputError, match="complete"):
        plan_rest(planned.folder, services)


def test_a_bar_leads_to_its_tasks_and_a_task_to_both_answers(services: Services, title: str) -> None:
    columns = report_columns(title, saved_reports(services.home)[title])
    tasks = {task.id: task for task in services.tasks}
    shown = shown_text(tasks_view(Pick("rung", "wrong", "aarch64", "correct"), columns, tasks))
    assert "Stopped just below “correct” 1" in shown
    assert "Reached “correct” 0" in shown
    assert "gcd✓ ABI kept✗ returned" in shown
    html = answers_view(Pick("task", "", "aarch64", "gcd"), columns, services)
    shown = shown_text(html)
    assert "greatest common divisor" in shown
    assert "correct 3/3" in shown
    assert "a=12, b=18" in shown
    assert html.count("<article") == 2
    for pick in (Pick("tag", "right", "aarch64", "recursion"), Pick("all", "right", "aarch64", "")):
        assert "gcd" in tasks_view(pick, columns, tasks)
    assert "gcd" not in tasks_view(Pick("tag", "right", "aarch64", "no such tag"), columns, tasks)


def test_what_is_no_part_of_a_report_is_refused(services: Services, title: str) -> None:
    columns = report_columns(title, saved_reports(services.home)[title])
    for pick in (Pick("rung", "right", "aarch64", "top"), Pick("all", "right", "mips", "")):
        with pytest.raises(InputError):
            tasks_view(pick, columns, {})
    for text in (
        "",
        "[]",
        "{}",
        '["rung", 1, "", "", 0]',
        '["x", "", "", "", 0]',
        '["task", "", "", "", -1]',
        "[" * 9999,
    ):
        with pytest.raises(InputError, match="no part of a report"):
            Pick.from_json(text)
    for value in ("[]", "1", '["elsewhere", ""]', '["report", ""]', '["report", 1]', "[" * 9999):
        with pytest.raises(InputError):
            pressed(value)
    assert pressed(None) is None
    pick = Pick("task", "m", "aarch64", 'a"<b>', 3)
    assert Pick.from_json(pick.to_json()) == pick
    assert pressed(json.dumps(["pair", pick.to_json()])) == ("pair", pick)


def test_a_campaign_without_an_answer_brings_the_report_back(services: Services, tab: EvaluateTab) -> None:
    settings = CampaignSettings(models=("offline",), archs=("aarch64",))
    updates = follow(tab, plan_campaign(settings, "practice", 0, services), services, Runs(), "me", "before")
    seen: list[Any] = []
    with pytest.raises(InputError, match="refused the connection"):
        seen.extend(updates)
    assert seen[-1][tab.progress] == ""
    assert seen[-1][tab.ended]["title"] == "before"


def test_a_report_that_cannot_be_read_leaves_its_place_empty(services: Services, tab: EvaluateTab) -> None:
    update = newly_chosen(tab, "no such report", services)
    assert "Unknown report" in update[tab.banner]
    assert "ap-empty" in update[tab.report]
    assert update[tab.showing] == "no such report"
    assert newly_chosen(tab, "", services)[tab.showing] == ""


def test_a_task_that_the_bank_lacks_keeps_its_text(services: Services, title: str, tmp_path: Path) -> None:
    folder = saved_reports(services.home)[title]
    for path in folder.iterdir():
        (tmp_path / path.name).write_text(path.read_text().replace("gcd", "gone"))
    shown = shown_text(answers_view(Pick("task", "", "aarch64", "gone"), report_columns("x", tmp_path), services))
    assert "not in the bank" in shown
    assert "udiv" in shown


def test_a_verdict_that_has_changed_is_said(services: Services, title: str, tmp_path: Path) -> None:
    folder = saved_reports(services.home)[title]
    for path in folder.iterdir():
        (tmp_path / path.name).write_text(path.read_text().replace('"stage": "abi"', '"stage": "ran"'))
    shown = shown_text(answers_view(Pick("task", "", "aarch64", "gcd"), report_columns("x", tmp_path), services))
    assert "Judged anew it got to 'abi'" in shown


def test_two_saved_results_side_by_side(services: Services, title: str) -> None:
    other = campaign(services, "right", samples=2, temperature=1.0).folder.name
    names = [column_name(value) for _, value in column_choices(saved_reports(services.home))]
    assert {ColumnName(title, "wrong"), ColumnName(other, "right")} <= set(names)
    shown = shown_text(pair_view([ColumnName(title, "wrong"), ColumnName(other, "right")], services))
    assert "wrong against right aarch64" in shown
    assert "exact McNemar test, two-sided: p = 1" in shown
    assert "Only right was right: 1gcd" in shown
    same = shown_text(pair_view([ColumnName(title, "right"), ColumnName(other, "right")], services))
    assert f"right ({title}) against right ({other})" in same
    for name in (ColumnName(title, "x"), ColumnName("x", "right")):
        with pytest.raises(InputError):
            read_columns([name], saved_reports(services.home))
    for value in ("", "[]", "{}", None):
        with pytest.raises(InputError):
            column_name(value)


def test_samples_are_clicked_through(services: Services) -> None:
    name = campaign(services, "right", samples=3, temperature=0.5).folder.name
    columns = report_columns(name, saved_reports(services.home)[name])
    shown = shown_text(answers_view(Pick("task", "", "aarch64", "gcd", 2), columns, services))
    assert "1 ✓2 ✓3 ✓" in shown


def test_reports_of_shipped_adapters_come_first_with_their_card(tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    for folder in (shipped / "mine" / "report", reports_folder(tmp_path) / "later"):
        folder.mkdir(parents=True)
        save_report(make_report([], []), folder / "report.json")
    (shipped / "mine" / "README.md").write_text("---\nlicense: apache-2.0\n---\n# mine\n\nA card.\n")
    reports = saved_reports(tmp_path, shipped)
    assert list(reports) == ["mine (shipped)", "later"]
    assert card_of(reports["mine (shipped)"]) == "# mine\n\nA card."
    assert card_of(reports["later"]) == ""


def test_only_who_started_a_campaign_or_the_operator_stops_it() -> None:
    runs = Runs()
    with pytest.raises(InputError, match="No campaign of yours"):
        runs.stop("me", operator=True)
    mine = runs.begin("me")
    with pytest.raises(InputError, match="only they or the operator"):
        runs.stop("you", operator=False)
    assert not mine.is_set()
    runs.stop("you", operator=True)
    assert mine.is_set()
    runs.end("me")
    theirs = runs.begin("me")
    assert not theirs.is_set()
    runs.stop("me", operator=False)
    assert theirs.is_set()


@pytest.mark.parametrize(
    ("environment", "host", "headers", "expected"),
    [
        ({}, "127.0.0.1", {}, True),
        ({}, "10.0.0.7", {}, False),
        ({}, "127.0.0.1", {"x-forwarded-for": "10.0.0.7"}, False),
        ({"SPACE_ID": "a/b"}, "127.0.0.1", {}, False),
    ],
)
def test_the_operator_sits_at_the_machine(
    environment: dict[str, str], host: str, headers: dict[str, str], expected: bool
) -> None:
    request = gr.Request(client={"host": host}, headers=headers)
    assert is_operator(environment, request) is expected


def test_a_funnel_has_a_bar_for_every_rung() -> None:
    html = render_funnel({"extracted": 0.75, "correct": 0.25}, "m", "aarch64")
    assert html.count('"ap-bar"') == 7
    assert html.count("<button") == 7
    assert "75.0%" in shown_text(html)
    assert "<button" not in render_funnel({}, "m", "aarch64", buttons=False)


def test_progress_tells_the_time_left() -> None:
    progress = Progress(judged=3, total=12, generated=3, tokens=9, seconds=1.0, seconds_left=90.0)
    assert "3 of 12 judged · 0 correct · 9 tokens/s · 2 min left" in shown_text(render_progress(progress))


def hostile_result(text: str) -> Result:
    return Result(
        task_id=text, stage=text, passed=False, unscored=False, cases_passed=0, cases=1, reason=text, model=text,
        arch=text,
    )  # fmt: skip


def pages(text: str, folder: Path) -> Iterator[str]:
    """Every view of a report in which all that can be text is hostile."""
    group = Group(name=text, tasks=1, samples=1, unscored=1, ladder={}, pass_at={})
    groups = (group,)
    score = ModelScore(
        model=text, arch=text, overall=group, by_tag=groups, by_difficulty=groups, by_split=groups, costs=(),
        missing={text: 1},
    )  # fmt: skip
    pair = Comparison(
        first=text, second=text, arch=text, both=0, only_first=(text,), only_second=(), neither=0, p_value=1.0
    )
    yield render_report(Report(settings={}, scores=(score,), comparisons=(pair,)))
    yield render_comparison(pair)
    yield render_live([hostile_result(text)])
    save_report(Report(settings={}, scores=(score,), comparisons=()), folder / "report.json")
    encodable = text.encode("utf-8", "replace").decode()
    line = {**vars(hostile_result(encodable)), "missing": []}
    (folder / "results.jsonl").write_text(json.dumps(line) + "\n")
    columns = report_columns(encodable, folder)
    yield render_tasks(Pick("all", text, text, text), [], columns)
    yield render_answers("", Pick("task", "", text, text), [])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_report_becomes_markup(text: str, tmp_path: Path) -> None:
    if "\ud800" in text:
        text = text.replace("\ud800", "")  # a file cannot hold it
    for html in pages(text, tmp_path):
        assert {name for name, _ in elements(html)} <= BUTTONS
