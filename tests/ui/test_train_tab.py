from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from playground.errors import InputError
from playground.evaluation.records import Result
from playground.evaluation.report import make_report, save_report
from playground.tasks.task import Task
from playground.training.encoding import Segment
from playground.training.jobs import Job
from playground.training.jobstate import STATES as JOB_STATES
from playground.training.jobstate import JobFolder
from playground.training.preview import Measurement, PreviewExample
from playground.training.progress import EvaluationRecord, NoteRecord, ProgressRecord, SampleAnswer, StepRecord
from playground.training.recipe import TrainingRecipe
from playground.ui.render.preview import render_preview, size
from playground.ui.render.training import STATES, duration, render_job, render_jobs
from playground.ui.rights import TRAINING_SWITCH, require_training, training_allowed
from playground.ui.services import Services
from playground.ui.train.adapters import scores_of
from playground.ui.train.curves import MOST_POINTS, curves
from playground.ui.train.fields import DEFAULTS, recipe_form
from tests.ui.hostile import HOSTILE
from tests.ui.markup import elements, shown_text
from tests.ui.test_render_verdict import OURS


def step(number: int, steps: int = 100) -> StepRecord:
    return StepRecord(
        step=number,
        steps=steps,
        loss=2.0 / number,
        learning_rate=1e-3,
        gradient_norm=0.5,
        tokens=100 * number,
        tokens_per_second=321.0,
        seconds=float(number),
        seconds_left=float(steps - number),
    )


def evaluation(number: int, text: str = "ret") -> EvaluationRecord:
    sample = SampleAnswer(
        task=text, arch="aarch64", answer=text, stage="abi", passed=True, unscored=False, base_answer=text
    )
    return EvaluationRecord(
        step=number,
        held_out_loss=1.5,
        held_out_loss_per_example=9.0,
        execution_accuracy=0.25,
        scored=4,
        seconds=1.0,
        samples=(sample,),
    )


def job(state: str = "running", message: str = "", name: str = "mine") -> Job:
    return Job(
        id="20260101-000000-00-mine",
        recipe=TrainingRecipe(name=name, steps=100),
        state=state,
        message=message,
        created=1.0,
        ended=None,
        adapter="",
        step=12,
        seconds_left=3725.0 if state == "running" else None,
        folder=JobFolder(path=Path("/nowhere")),
    )


def test_the_queue_shows_states_and_time_left() -> None:
    shown = shown_text(render_jobs([job(), job("queued")]))
    for part in ("mine", "running", "queued", "12 of 100", "1 h 02 min"):
        assert part in shown


def test_every_state_of_a_job_has_its_chip() -> None:
    assert set(STATES) == set(JOB_STATES)


def test_a_job_shows_its_figures_and_answers() -> None:
    records: list[ProgressRecord] = [step(1), step(2), evaluation(2)]
    shown = shown_text(render_job(job(), records, "a log line"))
    for part in ("loss1.000", "held-out loss1.500", "25% of 4", "321", "a log line", "Sample answers at step 2"):
        assert part in shown


def test_before_the_first_step_it_is_said_what_happens() -> None:
    assert "being loaded" in shown_text(render_job(job(), [], ""))
    compiling = NoteRecord(step=0, text="The first steps compile the model.")
    assert "compile the model" in shown_text(render_job(job(), [compiling], ""))
    assert "compile the model" not in shown_text(render_job(job(), [compiling, step(1)], ""))
    assert "being loaded" not in shown_text(render_job(job("failed"), [], ""))


def test_every_evaluation_shows_its_answers_the_latest_first() -> None:
    shown = shown_text(render_job(job(), [step(1), evaluation(1), step(2), evaluation(2)], ""))
    assert shown.index("Sample answers at step 2") < shown.index("Sample answers at step 1")
    assert "1 of 1 right" in shown


def measured(**changes: Any) -> Measurement:
    values: dict[str, Any] = {
        "trainable": 1_000_000, "everything": 134_000_000, "adapter_bytes": 2 << 20, "examples": 38, "left_out": 2,
        "data_tokens": 4_000, "recipe_tokens": 80_000, "seconds_per_step": 1.5, "tokens_per_second": 320.0,
        "seconds_total": 150.0, "peak_bytes": 3 << 30,
    }  # fmt: skip
    return Measurement(**{**values, **changes})


def preview_of(text: str, known: Measurement | None = None) -> str:
    example = PreviewExample(
        where=text,
        segments=(Segment(text="prompt ", bears_loss=False), Segment(text=text, bears_loss=True)),
        tokens=9,
        trained_tokens=4,
        fits=False,
    )
    return render_preview(TrainingRecipe(name="mine", steps=100), [example], f"train {text}", known, (text,))


def test_a_preview_shows_figures_warnings_and_what_bears_loss() -> None:
    html = preview_of("answer", measured())
    assert 'ap-trained">answer</mark>' in html
    shown = shown_text(html)
    for part in (
        "share trained0.75%",
        "adapter2.0 MiB",
        "passes over the data20.0",
        "all steps, about2 min",
        "3.0 GiB",
    ):
        assert part in shown
    assert "9 tokens, 4 trained · longer than a row: left out" in shown
    assert "Two steps are being taken" in shown_text(preview_of("answer"))
    assert size(12) == "12 bytes"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_preview_becomes_markup(text: str) -> None:
    assert {name for name, _ in elements(preview_of(text, measured()))} <= OURS | {"mark"}


def test_scores_come_from_the_newest_report_of_the_adapter(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "one"
    folder.mkdir(parents=True)
    result = Result(
        task_id="t", stage="abi", passed=True, unscored=False, cases_passed=1, cases=1, reason="", model="mine",
        arch="aarch64",
    )  # fmt: skip
    save_report(make_report([result], [Task(id="t", prompt="x")]), folder / "report.json")
    assert "| mine" in scores_of("mine", tmp_path)
    assert scores_of("other", tmp_path) == ""
    (folder / "report.json").write_text("broken")
    assert scores_of("mine", tmp_path) == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_job_becomes_markup(text: str) -> None:
    html = render_job(job("failed", text), [step(1), evaluation(1, text)], text)
    assert {name for name, _ in elements(html)} <= OURS


def test_curves_have_one_line_a_job_and_one_held_out() -> None:
    frame = curves({"mine": [step(1), step(2), evaluation(2)], "other": [step(1)]}, "loss")
    assert list(frame["curve"]) == ["mine", "mine", "mine, held out", "other"]
    assert list(curves({"mine": [step(1), evaluation(2)]}, "held-out loss")["value"]) == [1.5]
    assert list(curves({"mine": [step(1), evaluation(2)]}, "right when run")["value"]) == [0.25]
    assert list(curves({"mine": [step(1)]}, "tokens/s")["value"]) == [321.0]
    assert curves({}, "loss").empty


def test_a_long_curve_is_thinned_but_keeps_its_end() -> None:
    frame = curves({"mine": [step(number) for number in range(1, 10_001)]}, "loss")
    assert len(frame) <= 2 * MOST_POINTS
    assert frame["step"].iloc[-1] == 10_000


def test_durations_read_well() -> None:
    assert [duration(seconds) for seconds in (45, 720, 4800)] == ["45 s", "12 min", "1 h 20 min"]


def test_training_is_off_on_a_public_space_unless_its_operator_allows_it() -> None:
    assert training_allowed({})
    assert not training_allowed({"SPACE_ID": "a/b"})
    assert training_allowed({"SPACE_ID": "a/b", TRAINING_SWITCH: "1"})
    with pytest.raises(InputError, match=TRAINING_SWITCH):
        require_training({"SPACE_ID": "a/b"})


def test_the_form_gives_the_recipe_that_it_shows(services: Services) -> None:
    with gr.Blocks():
        form = recipe_form(services)
    values: dict[Any, Any] = {widget: widget.value for widget in form.widgets.values()}
    assert form.read(values) == TrainingRecipe(**{name: DEFAULTS[name] for name in form.widgets})
    values[form.widgets["learning_rate"]] = 1
    assert form.read(values).learning_rate == 1.0
    for name, value, words in (
        ("rank", 0, "rank"),
        ("name", "../up", "up"),
        ("datasets", ["../../etc/passwd"], "passwd"),
        ("base", "/etc/passwd", "passwd"),
    ):
        with pytest.raises(InputError, match=words):
            form.read({**values, form.widgets[name]: value})


def test_a_dataset_built_later_is_offered(services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    with gr.Blocks():
        form = recipe_form(services)
    values: dict[Any, Any] = {widget: widget.value for widget in form.widgets.values()}
    values[form.widgets["datasets"]] = ["mine"]
    with pytest.raises(InputError, match="'mine'"):
        form.read(values)
    folder = tmp_path / "datasets" / "mine"
    folder.mkdir(parents=True)
    (folder / "train.jsonl").write_text("")
    (folder / "README.md").write_text("")
    assert ("mine", "mine") in form.offered["datasets"]()
    assert form.read(values).datasets == ("mine",)
