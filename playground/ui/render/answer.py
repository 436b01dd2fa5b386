"""One answer of a column: its state and figures, the reply as it is written, its verdict."""

from playground.tasks.verdict import Verdict
from playground.ui.comparison.board import Answer
from playground.ui.render.notice import empty, notice
from playground.ui.render.reply import render_reply
from playground.ui.render.text import count, disclosure, element, escape
from playground.ui.render.verdict import render_verdict

STATUS = {
    "waiting": "waiting for the model",
    "writing": "writing",
    "judging": "assembling and running",
    "done": "judged",
    "failed": "failed",
}

ENDINGS = {
    "length": "The reply reached its token limit.",
    "cancelled": "Stopped: what was written so far was judged.",
}
"""Endings that a person should know of."""


def render_answer(answer: Answer | None, arch: str = "aarch64") -> str:
    """The card of one answer; without one, what to do to get it."""
    if answer is None:
        return empty("The answer and its verdict will appear here.")
    parts = (_head(answer), notice(answer.error), _reply(answer, arch), _ending(answer), _verdict(answer.verdict))
    return element("article", "".join(parts), classes=f"ap-answer ap-is-{answer.status}", data_status=answer.status)


def _head(answer: Answer) -> str:
    status = element("span", STATUS[answer.status], classes="ap-status")
    return element("div", status + element("span", _figures(answer), classes="ap-figures"), classes="ap-answer-head")


def _figures(answer: Answer) -> str:
    """``84 tokens · 40.2 tokens/s · first after 0.31 s``"""
    figures = []
    if answer.tokens:
        figures.append(count(answer.tokens, "token"))
    if answer.tokens_per_second:
        figures.append(f"{answer.tokens_per_second:.1f} tokens/s")
    if answer.seconds_to_first_token is not None:
        figures.append(f"first after {answer.seconds_to_first_token:.2f} s")
    return " · ".join(figures)


def _reply(answer: Answer, arch: str) -> str:
    """The reply as it stands; once it has ended, with its tokens' probabilities where the model told them."""
    if not answer.text:
        return empty("No text yet.") if not answer.over else ""
    syntax = answer.verdict.syntax if answer.verdict else "gas"
    return render_reply(answer.text, arch, syntax, answer.probabilities)


def _ending(answer: Answer) -> str:
    sentence = ENDINGS.get(answer.ended_by, "")
    return element("p", escape(sentence), classes="ap-hint") if sentence else ""


def _verdict(verdict: Verdict | None) -> str:
    return render_verdict(verdict) if verdict else ""


def render_task(prompt: str, prototype: str | None, tags: tuple[str, ...], cases: int, reference: str) -> str:
    """What a task asks, as the picker shows it."""
    tagged = "".join(element("span", escape(tag), classes="ap-tag") for tag in tags)
    kind = f"<code>{escape(prototype)}</code>" if prototype else "<span class='ap-muted'>a whole program</span>"
    judged = count(cases, "case") if prototype else "its output"
    source = disclosure("C reference", element("pre", escape(reference), classes="ap-code")) if reference else ""
    body = f"<p>{escape(prompt)}</p><p>{kind}</p><p class='ap-figures'>{tagged} judged by {judged}</p>{source}"
    return element("div", body, classes="ap-task")
