"""Progress survives torn lines and resumed runs."""

from pathlib import Path

from playground.training.progress import (
    EvaluationRecord,
    NoteRecord,
    ProgressRecord,
    ProgressWriter,
    SampleAnswer,
    StepRecord,
    latest_run,
    read_progress,
)


def step(number: int, loss: float = 1.0) -> StepRecord:
    return StepRecord(
        step=number,
        steps=9,
        loss=loss,
        learning_rate=0.1,
        gradient_norm=2.0,
        tokens=10 * number,
        tokens_per_second=10.0,
        seconds=1.0 * number,
        seconds_left=9.0 - number,
    )


def evaluation(number: int) -> EvaluationRecord:
    sample = SampleAnswer(
        task="gcd", arch="aarch64", answer="é\n ret", stage="abi", passed=True, unscored=False, base_answer=""
    )
    return EvaluationRecord(
        step=number,
        held_out_loss=None,
        held_out_loss_per_example=None,
        execution_accuracy=1.0,
        scored=1,
        seconds=2.0,
        samples=(sample,),
    )


def test_records_come_back_as_they_were_written(tmp_path: Path) -> None:
    records: list[ProgressRecord] = [NoteRecord(step=0, text="begun"), step(1), evaluation(1)]
    writer = ProgressWriter(tmp_path / "progress.jsonl")
    for record in records:
        writer.write(record)
    assert list(read_progress(tmp_path / "progress.jsonl")) == records
    assert list(read_progress(tmp_path / "none.jsonl")) == []


def test_a_torn_line_is_passed_over_and_then_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "progress.jsonl"
    ProgressWriter(path).write(step(1))
    with path.open("ab") as file:
        file.write(b'{"kind": "step", "step": 2, "lo')
    assert list(read_progress(path)) == [step(1)]
    ProgressWriter(path).write(step(2))
    assert list(read_progress(path)) == [step(1), step(2)]


def test_foreign_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "progress.jsonl"
    path.write_bytes(b'[1]\n{"kind": "other"}\n{"kind": "step"}\n\xff\xfe\nnull\n')
    assert list(read_progress(path)) == []


def test_a_resumed_run_reads_as_one() -> None:
    resumed = NoteRecord(step=2, text="Resumed from the checkpoint at step 2.")
    records = [step(1), step(2), evaluation(2), step(3, 7.0), evaluation(3), resumed, step(3, 0.5), evaluation(3)]
    assert latest_run(iter(records)) == (step(1), step(2), evaluation(2), resumed, step(3, 0.5), evaluation(3))
