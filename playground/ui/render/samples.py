"""One column: the strip of its samples with their marks and pass@k, and the sample that is looked at."""

from collections.abc import Sequence

from playground.evaluation.passk import pass_at_k
from playground.models.events import Message
from playground.ui.comparison.board import Answer
from playground.ui.render.answer import render_answer
from playground.ui.render.ladder import mark
from playground.ui.render.text import element
from playground.ui.render.turns import render_turns


def render_column(answers: Sequence[Answer], sample: int, arch: str, before: Sequence[Message] = ()) -> str:
    """The column's card; `sample` is the one shown when there are several, `before` the turns that led to it."""
    if not answers:
        return render_answer(None)
    shown = render_answer(answers[min(sample, len(answers) - 1)], arch)
    strip = _strip(answers) if len(answers) > 1 else ""
    return render_turns(before, arch) + strip + shown


def _strip(answers: Sequence[Answer]) -> str:
    """While samples are written, a mark each; once all are over, the choice of a sample carries the marks."""
    marks = "".join(_chip(number, answer) for number, answer in enumerate(answers, 1))
    over = all(answer.over for answer in answers)
    strip = "" if over else element("ol", marks, classes="ap-ladder", aria_label="Samples")
    judged = [answer.verdict for answer in answers if answer.verdict and not answer.verdict.unscored]
    passed = sum(verdict.passed for verdict in judged)
    told = f"{passed} of {len(judged)} scored samples passed"
    if not judged:
        told = "No sample could be scored." if over else "No sample is scored yet."
    figures = (element("span", one, classes="ap-whole") for one in (told, *estimates(len(judged), passed)))
    summary = element("p", " · ".join(figures), classes="ap-figures")
    return element("div", strip + summary, classes="ap-strip")


def estimates(samples: int, correct: int) -> list[str]:
    """``pass@1 25%``, ``pass@4 80%``: for powers of 2 below the number of scored samples, and for all of them."""
    ks = [k for k in (1, 2, 4, 8, 16) if k < samples] + [samples] if samples else []
    return [f"pass@{k} {pass_at_k(samples, correct, k):.0%}" for k in ks]


def symbol_of(answer: Answer) -> str:
    """One character for how a sample ended; ``!`` when there was no answer."""
    return mark(answer.verdict) if answer.status != "failed" else "!"


def _chip(number: int, answer: Answer) -> str:
    symbol = symbol_of(answer)
    state = {"✓": "reached", "✗": "failed", "?": "unscored", "!": "failed"}.get(symbol, "unreached")
    words = f"Sample {number}: {'passed' if symbol == '✓' else answer.status}"
    return element("li", f"{number} {symbol}", classes=f"ap-chip ap-{state}", title=words)
