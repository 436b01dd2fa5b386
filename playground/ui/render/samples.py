"""One column: the strip of its samples with their marks and pass@k, and the sample that is looked at."""

from collections.abc import Sequence

from playground.ui.comparison.board import Answer
from playground.ui.render.answer import render_answer
from playground.ui.render.ladder import mark
from playground.ui.render.text import element


def render_column(answers: Sequence[Answer], sample: int, arch: str) -> str:
    """The column's card; `sample` is the one shown when there are several."""
    if not answers:
        return render_answer(None)
    shown = render_answer(answers[min(sample, len(answers) - 1)], arch)
    return _strip(answers) + shown if len(answers) > 1 else shown


def _strip(answers: Sequence[Answer]) -> str:
    marks = "".join(_mark(number, answer) for number, answer in enumerate(answers, 1))
    judged = [answer.verdict for answer in answers if answer.verdict and not answer.verdict.unscored]
    passed = sum(verdict.passed for verdict in judged)
    summary = element("p", f"{passed} of {len(judged)} scored samples passed", classes="ap-figures")
    return element("div", element("ol", marks, classes="ap-ladder", aria_label="Samples") + summary, classes="ap-strip")


def _mark(number: int, answer: Answer) -> str:
    symbol = mark(answer.verdict) if answer.status != "failed" else "!"
    state = {"✓": "reached", "✗": "failed", "?": "unscored", "!": "failed"}.get(symbol, "unreached")
    words = f"Sample {number}: {'passed' if symbol == '✓' else answer.status}"
    return element("li", f"{number} {symbol}", classes=f"ap-chip ap-{state}", title=words)
