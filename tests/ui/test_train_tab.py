from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from playground.errors import InputError
from playground.training.jobs import Job
from playground.training.jobstate import STATES as JOB_STATES
from playground.training.jobstate import JobFolder
from playground.training.progress import EvaluationRecord, ProgressRecord, SampleAnswer, StepRecord
from playground.training.recipe import TrainingRecipe
from playground.ui.render.training import STATES, duration, render_job, render_jobs
from playground.ui.rights import TRAINING_SWITCH, require_training, training_allowed
from playground.ui.services import Services
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


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_job_becomes_markup(text: str) -> None:
    html = render_job(job("failed", text), [step(1), evaluation(1, text)], text)
    assert {name for name, _ in elements(html)} <= OURS


def test_curves_have_one_line_a_job_and_one_held_out() -> None:
    frame = curves({"mine": [step(1), step(2), evaluation(2)], "other": [step(1)]}, "loss")
    assert list(frame["curve"]) == ["mine", "mine", "mine, held out", "other"]
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
