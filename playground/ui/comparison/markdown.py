"""One comparison as Markdown, to be pasted elsewhere."""

from playground.tasks.verdict import Verdict
from playground.ui.comparison.archive import Archived
from playground.ui.comparison.board import Answer
from playground.ui.render.ladder import LABELS


def as_markdown(archived: Archived) -> str:
    """The question, and per column its parameters, its reply and its verdict."""
    comparison = archived.comparison
    task = comparison.task
    head = [f"# {comparison.arch}: {task.id}", "", fenced(comparison.follow_up or task.prompt, "text")]
    if task.prototype:
        head += ["", fenced(task.prototype, "c")]
    for number, answers in enumerate(archived.answers):
        for sample, answer in enumerate(answers, 1):
            head += ["", *_answer(chr(ord("A") + number), sample, len(answers), answer)]
    return "\n".join(head) + "\n"


def _answer(letter: str, sample: int, of: int, answer: Answer) -> list[str]:
    title = f"## {letter}: {answer.model}" + (f", sample {sample} of {of}" if of > 1 else "")
    figures = f"{answer.tokens} tokens, {answer.tokens_per_second:.1f} tokens/s"
    told = answer.error or (_verdict(answer.verdict) if answer.verdict else "not judged")
    return [title, "", f"{told} ({figures})", "", fenced(answer.text, "")]


def _verdict(verdict: Verdict) -> str:
    reached = LABELS.get(verdict.stage, "no assembly found")
    cases = f", {verdict.cases_passed} of {len(verdict.cases)} cases" if verdict.cases else ""
    outcome = "passed" if verdict.passed else "unscored" if verdict.unscored else "failed"
    return f"**{outcome}**: {reached}{cases}. {verdict.reason}".strip()


def fenced(text: str, language: str) -> str:
    """A fenced block that nothing inside can close (CommonMark 0.31, section 4.5)."""
    longest = max((len(run) for run in _runs(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _runs(text: str) -> list[str]:
    return ["`" * len(run) for run in "".join(one if one == "`" else " " for one in text).split()]
