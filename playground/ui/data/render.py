"""Datasets as a person sees them: a build's progress, histograms, one example with its notes."""

from collections import Counter
from collections.abc import Mapping, Sequence

from playground.data.browse import BrowsedExample
from playground.data.job import BuildState
from playground.models.events import Message
from playground.ui.render.code import block_of_lines, c_block, highlighted_lines
from playground.ui.render.notice import empty, notice
from playground.ui.render.text import count, disclosure, element, escape
from playground.ui.render.training import duration

STATES = {
    "building": ("info", "▶"), "finished": ("reached", "✓"), "stopped": ("unscored", "■"), "failed": ("failed", "✗"),
}  # fmt: skip
"""A build's state -> the chip's style and symbol."""
BARS = 12
"""Rows of a histogram at most."""


def render_builds(states: Sequence[tuple[str, BuildState]]) -> str:
    """Every build, the newest first, with how far it is."""
    if not states:
        return empty("No build was started from this page yet: name a dataset and press Build.")
    return "".join(_build(name, state) for name, state in states)


def _build(name: str, state: BuildState) -> str:
    style, symbol = STATES[state.state]
    chip = f'<span class="ap-chip ap-{style}"><span aria-hidden="true">{symbol}</span> {escape(state.state)}</span>'
    rate = f", {state.kept / state.seconds:.0f} a second" if state.seconds >= 1 and state.kept else ""
    told = f"{count(state.kept, 'pair')} kept of {count(state.drawn, 'function')} in {duration(state.seconds)}{rate}"
    head = element("div", f"<h3>{escape(name)}</h3>{chip}", classes="ap-answer-head")
    bar = _bar(state.drawn, state.wanted) if state.state == "building" else ""
    lists = _counted("Dropped", state.dropped) + _counted("Unscored: our gaps", state.gaps)
    line = element("p", escape(told), classes="ap-figures")
    body = head + bar + line + notice(state.message) + lists
    return element("article", body, classes="ap-build", data_status=state.state)


def _bar(done: int, wanted: int) -> str:
    percent = min(100.0, 100 * done / max(1, wanted))
    return element(
        "div", f'<span style="width:{percent:.1f}%"></span>', classes="ap-bar", role="progressbar",
        aria_label="Functions tried", aria_valuemin="0", aria_valuemax="100", aria_valuenow=str(round(percent)),
    )  # fmt: skip


def _counted(title: str, counts: Mapping[str, int]) -> str:
    if not counts:
        return ""
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{number:,}</td></tr>" for name, number in counts.items())
    table = f"<table class='ap-table'><tbody>{rows}</tbody></table>"
    summary = f"{escape(title)} <span class='ap-muted'>{sum(counts.values()):,}</span>"
    return disclosure(summary, element("div", table, classes="ap-scroll"))


def render_histograms(lengths: Counter[int], counter: str, families: Counter[str]) -> str:
    """Answers by their length in tokens, and examples by family."""
    if not families:
        return empty("This file holds no examples.")
    by_length = _histogram("Answers by tokens", f"Counted by {counter}.", _binned(lengths))
    kept = families.most_common(BARS - 1)
    others = sum(families.values()) - sum(number for _, number in kept)
    rows = [*kept, *([(f"{len(families) - len(kept)} others", others)] if others else [])]
    by_family = _histogram("Examples by family", f"{count(len(families), 'group')} of families.", rows)
    return element("div", by_length + by_family, classes="ap-pair")


def _binned(lengths: Counter[int]) -> list[tuple[str, int]]:
    """Equal steps from 0 to the longest, at most BARS of them."""
    longest = max(lengths, default=0)
    step = next(size for size in (10, 20, 25, 50, 100, 200, 500, 1000, 10**6) if longest < size * BARS)
    bins: Counter[int] = Counter()
    for length, number in lengths.items():
        bins[length // step] += number
    return [(f"{index * step}–{index * step + step - 1}", bins[index]) for index in range(longest // step + 1)]


def _histogram(title: str, told: str, rows: Sequence[tuple[str, int]]) -> str:
    most = max((number for _, number in rows), default=1) or 1
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td><span class="ap-bar" aria-hidden="true">'
        f'<span style="width:{100 * number / most:.1f}%"></span></span></td><td>{number:,}</td></tr>'
        for name, number in rows
    )
    table = f'<table class="ap-histogram"><caption>{escape(title)}</caption><tbody>{body}</tbody></table>'
    return f"<div>{table}<p class='ap-figures'>{escape(told)}</p></div>"


def render_example(example: BrowsedExample, notes: Mapping[int, str]) -> str:
    """The conversation: what was asked, and the answer with its lines' notes."""
    head = element("div", f"<h3>{escape(example.id)}</h3><span class='ap-tag'>{escape(example.family)}</span>")
    asked = "".join(_asked(message) for message in example.messages[:-1])
    return element("article", head + asked + _answer(example, notes), classes="ap-example", aria_label="Example")


def _asked(message: Message) -> str:
    shown = c_block(message.content) if "{" in message.content else f"<p>{_broken(message.content)}</p>"
    return f"<div class='ap-turn'><p class='ap-figures'>{escape(message.role)}</p>{shown}</div>"


def _broken(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _answer(example: BrowsedExample, notes: Mapping[int, str]) -> str:
    lines = highlighted_lines(example.answer, example.arch)
    shown = [
        f'{line}<span class="ap-note"> {escape(notes[number])}</span>' if number in notes else line
        for number, line in enumerate(lines, 1)
    ]
    block = block_of_lines(shown, numbered=True, label="Answer")
    return f"<div class='ap-turn'><p class='ap-figures'>assistant</p>{block}</div>"
