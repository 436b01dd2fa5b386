from pathlib import Path
from threading import Event

import gradio as gr
import pytest

from playground.errors import InputError
from playground.evaluation.campaign import Progress
from playground.evaluation.records import Result
from playground.evaluation.report import Comparison, Group, ModelScore, Report, make_report, save_report
from playground.ui.evaluate.saved import read_saved, reports_folder, saved_reports
from playground.ui.evaluate.tab import chosen_tasks, evaluate_tab, run_campaign
from playground.ui.render.report import render_funnel, render_progress, render_report
from playground.ui.services import Services
from tests.ui.hostile import HOSTILE
from tests.ui.markup import elements, shown_text
from tests.ui.test_render_verdict import OURS


def test_a_campaign_ends_in_a_saved_report(services: Services) -> None:
    with gr.Blocks(), gr.Tab() as tab:
        evaluate = evaluate_tab(tab, services)
    values = {widget: widget.value for widget in evaluate.inputs} | {evaluate.models: ["right", "wrong"]}
    *_, last = run_campaign(evaluate, values, services, Event())
    shown = shown_text(last[evaluate.report])
    assert "right aarch64" in shown
    assert "100.0%" in shown
    assert "right against wrong" in shown
    assert "only the first 1" in shown
    assert len(saved_reports(services.home)) == 1


def test_what_cannot_be_evaluated_is_named(services: Services) -> None:
    with gr.Blocks(), gr.Tab() as tab:
        evaluate = evaluate_tab(tab, services)
    values = {widget: widget.value for widget in evaluate.inputs} | {evaluate.models: ["/etc/passwd"]}
    with pytest.raises(InputError, match="/etc/passwd"):
        list(run_campaign(evaluate, values, services, Event()))
    with pytest.raises(InputError, match="Unknown report"):
        read_saved("../x", saved_reports(services.home))


def test_the_limit_counts_tasks(services: Services) -> None:
    assert len(chosen_tasks(services, "practice", 0)) == len(services.tasks)


def test_reports_of_shipped_adapters_come_first(tmp_path: Path) -> None:
    for folder in (tmp_path / "shipped" / "mine", reports_folder(tmp_path) / "later"):
        folder.mkdir(parents=True)
        save_report(make_report([], []), folder / "report.json")
    assert list(saved_reports(tmp_path, tmp_path / "shipped")) == ["shipped: mine", "later"]


def test_a_funnel_has_a_bar_for_every_rung() -> None:
    html = render_funnel({"extracted": 0.75, "correct": 0.25})
    assert html.count("ap-bar") == 7
    assert "75.0%" in shown_text(html)


def test_progress_tells_the_time_left() -> None:
    progress = Progress(judged=3, total=12, generated=3, tokens=9, seconds=1.0, seconds_left=90.0)
    assert "3 of 12 judged · 0 correct · 2 min left" in shown_text(render_progress(progress))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_report_becomes_markup(text: str) -> None:
    group = Group(name=text, tasks=1, samples=1, unscored=0, ladder={}, pass_at={})
    score = ModelScore(
        model=text,
        arch=text,
        overall=group,
        by_tag=(group,),
        by_difficulty=(),
        by_split=(),
        costs=(),
        missing={text: 1},
    )
    pair = Comparison(
        first=text, second=text, arch=text, both=0, only_first=(text,), only_second=(), neither=0, p_value=1.0
    )
    result = Result(
        task_id=text,
        stage=text,
        passed=False,
        unscored=False,
        cases_passed=0,
        cases=1,
        reason=text,
        model=text,
        arch=text,
    )
    html = render_report(Report(settings={}, scores=(score,), comparisons=(pair,)), [result])
    assert {name for name, _ in elements(html)} <= OURS
