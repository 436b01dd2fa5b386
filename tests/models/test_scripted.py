"""The scripted generator gives the events that the real one would."""

from playground.models.events import Column, Failed, Finished, GenerationRequest, Sampling, TextDelta
from playground.models.scripted import ScriptedGenerator


def _columns(*models: str, **sampling: int) -> GenerationRequest:
    settings = Sampling(**sampling)
    return GenerationRequest(
        columns=tuple(Column(id=f"{m}-{i}", model=m, sampling=settings) for i, m in enumerate(models))
    )


def test_deltas_join_to_the_answer() -> None:
    answer = "add:\n    add w0, w0, w1\n\n  ret\n"
    events = list(ScriptedGenerator({"base": answer}).stream(_columns("base")))
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == answer
    assert (events[-1].text, events[-1].reason) == (answer, "end")


def test_columns_take_turns_and_fail_alone() -> None:
    script = ScriptedGenerator({"base": "a b", "tuned": ["one", "two"], "broken": RuntimeError("no")})
    events = list(script.stream(_columns("base", "tuned", "broken", "unknown")))
    ended = {event.column: event for event in events if isinstance(event, Finished | Failed)}
    assert [ended[name].text for name in ("base-0", "tuned-1")] == ["a b", "one"]
    assert ended["broken-2"].message == "no"
    assert ended["unknown-3"].message == "Unknown model 'unknown': choose one of base, tuned, broken."
    assert [event.text for event in script.generate_batch(_columns("tuned").columns)] == ["two"]
    assert [event.text for event in script.generate_batch(_columns("tuned").columns)] == ["two"]


def test_cancel_and_length() -> None:
    script = ScriptedGenerator({"base": "a b c d e"})
    assert [*script.stream(_columns("base", max_tokens=2))][-1].text == "a b"
    count = iter(range(10))
    last = [*script.stream(_columns("base"), lambda column: next(count) >= 3)][-1]
    assert (last.reason, last.text) == ("cancelled", "a b c")


def test_an_endless_answer_ends_by_a_stop_alone() -> None:
    script = ScriptedGenerator({"base": "a b"}, endless={"base"})
    count = iter(range(10))
    last = [*script.stream(_columns("base", max_tokens=2), lambda column: next(count) >= 5)][-1]
    assert (last.reason, last.text) == ("cancelled", "a ba ba")


def test_probabilities_come_when_asked_for() -> None:
    script = ScriptedGenerator({"base": "a b c"})
    (plain,) = script.generate_batch(_columns("base").columns)
    (told,) = script.generate_batch(_columns("base", alternatives=2).columns)
    assert plain.probabilities == ()
    assert "".join(token.text for token in told.probabilities) == told.text == "a b c"
    assert [token.probability for token in told.probabilities] == [1.0, 0.4, 0.1]
