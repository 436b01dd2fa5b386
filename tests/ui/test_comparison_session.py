import threading

import pytest

from playground.errors import InputError
from playground.models.events import Sampling
from playground.models.scripted import ScriptedGenerator
from playground.tasks.task import Case, Task
from playground.ui.comparison.board import Board
from playground.ui.comparison.session import run_comparison
from playground.ui.comparison.setup import ColumnSetup, Comparison, generation_request, require_known_models
from tests.ui.fakes import PlainJudge

GCD = Task(
    id="gcd",
    prompt="Return the greatest common divisor of a and b.",
    prototype="unsigned long gcd(unsigned long a, unsigned long b)",
    cases=(Case(args=(12, 18), returns=6),),
)


def comparison(*models: str, samples: int = 1, **fields: object) -> Comparison:
    columns = tuple(ColumnSetup(model=model) for model in models)
    return Comparison(task=GCD, arch="aarch64", columns=columns, samples=samples, **fields)  # type: ignore[arg-type]


def last(boards: object) -> Board:
    *_, board = boards  # type: ignore[misc]
    return board


def test_each_column_ends_with_its_text_and_its_verdict() -> None:
    generator = ScriptedGenerator({"base": "no idea", "tuned": "gcd:\n ret\n"})
    board = last(run_comparison(comparison("base", "tuned"), generator, PlainJudge(), frame_seconds=0))
    assert [answer.text for answer in board.answers.values()] == ["no idea", "gcd:\n ret\n"]
    assert [answer.verdict.stage for answer in board.answers.values() if answer.verdict] == ["none", "extracted"]
    assert all(answer.status == "done" for answer in board.answers.values())


def test_a_failing_column_leaves_the_others_alone() -> None:
    generator = ScriptedGenerator({"base": ConnectionError("The endpoint refused."), "tuned": "gcd:\n ret\n"})
    board = last(run_comparison(comparison("base", "tuned"), generator, PlainJudge(), frame_seconds=0))
    assert (board.answers["0.0"].status, board.answers["0.0"].error) == ("failed", "The endpoint refused.")
    assert board.answers["1.0"].status == "done"


def test_a_column_is_judged_while_others_are_still_written() -> None:
    generator = ScriptedGenerator({"short": "a", "long": "b " * 60}, seconds_per_token=0.01)
    boards = run_comparison(comparison("short", "long"), generator, PlainJudge(), frame_seconds=0)
    assert any(board.answers["0.0"].status == "done" and board.answers["1.0"].status == "writing" for board in boards)


def test_a_stopped_column_keeps_its_text_and_is_judged() -> None:
    generator = ScriptedGenerator({"base": "gcd: " + "mov " * 200, "tuned": "b"}, seconds_per_token=0.005)
    asked: set[str] = set()
    board = None
    for board in run_comparison(
        comparison("base", "tuned"), generator, PlainJudge(), cancelled=asked.__contains__, frame_seconds=0
    ):
        if board.answers["0.0"].tokens > 5:
            asked.add("0.0")
    assert board is not None
    stopped = board.answers["0.0"]
    assert stopped.ended_by == "cancelled"
    assert stopped.text.startswith("gcd: mov")
    assert len(stopped.text) < 800
    assert stopped.verdict is not None
    assert board.answers["1.0"].ended_by == "end"


def test_a_judge_that_raises_becomes_that_columns_message() -> None:
    class Broken:
        def verdict(self, *_: object, **__: object) -> None:
            raise RuntimeError("secret detail")

    board = last(run_comparison(comparison("base"), ScriptedGenerator({"base": "a"}), Broken(), frame_seconds=0))  # type: ignore[arg-type]
    assert board.answers["0.0"].status == "failed"
    assert "secret" not in board.answers["0.0"].error


def test_a_generator_that_dies_ends_every_open_column() -> None:
    class Dying(ScriptedGenerator):
        def stream(self, *args, **kwargs):  # type: ignore[no-untyped-def]
            yield next(super().stream(*args, **kwargs))
            raise MemoryError

    board = last(run_comparison(comparison("base", "base"), Dying({"base": "a b c"}), PlainJudge(), frame_seconds=0))
    assert [answer.status for answer in board.answers.values()] == ["failed", "failed"]


def test_leaving_the_page_stops_the_writing() -> None:
    others = set(threading.enumerate())
    generator = ScriptedGenerator({"base": "mov " * 2000}, seconds_per_token=0.005, endless={"base"})
    boards = run_comparison(comparison("base"), generator, PlainJudge(), frame_seconds=0)
    next(boards)
    next(boards)
    boards.close()  # type: ignore[attr-defined]
    for thread in {one for one in threading.enumerate() if one.name == "writing"} - others:
        thread.join(60)
        assert not thread.is_alive()


def test_samples_differ_in_their_seed_alone() -> None:
    request = generation_request(comparison("base", "tuned", samples=3))
    assert [column.id for column in request.columns] == ["0.0", "0.1", "0.2", "1.0", "1.1", "1.2"]
    assert [column.sampling.seed for column in request.columns[:3]] == [0, 1, 2]
    assert request.columns[0].messages == request.columns[2].messages


def test_one_column_can_be_run_by_itself() -> None:
    generator = ScriptedGenerator({"base": "a", "tuned": "b"})
    board = last(run_comparison(comparison("base", "tuned"), generator, PlainJudge(), only=1, frame_seconds=0))
    assert list(board.answers) == ["1.0"]


def test_the_other_modes_give_raw_text_and_judge_the_whole() -> None:
    judge = PlainJudge()
    fill = comparison("base", mode="fill", suffix="\n ret\n")
    generator = ScriptedGenerator({"base": "mov x0, 1"})
    last(run_comparison(fill, generator, judge, frame_seconds=0))
    column = generator.requests[0].columns[0]
    assert (column.messages, column.prefix, column.suffix) == ((), GCD.prompt, "\n ret\n")
    assert judge.seen == [GCD.prompt + "mov x0, 1" + "\n ret\n"]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"arch": "riscv"}, "riscv"),
        ({"style": "sing"}, "sing"),
        ({"mode": "dream"}, "dream"),
        ({"samples": 17}, "17"),
        ({"columns": ()}, "0 columns"),
        ({"style": "translate"}, "C source"),
    ],
)
def test_what_cannot_be_asked_is_named(fields: dict[str, object], word: str) -> None:
    whole = {"task": GCD, "arch": "aarch64", "columns": (ColumnSetup(model="base", sampling=Sampling()),)} | fields
    with pytest.raises(InputError, match=word):
        Comparison(**whole)  # type: ignore[arg-type]


def test_a_visitor_chooses_among_names_only() -> None:
    with pytest.raises(InputError, match=r"/etc/passwd.*column 2.*base, tuned"):
        require_known_models(comparison("base", "/etc/passwd"), ["base", "tuned"])
