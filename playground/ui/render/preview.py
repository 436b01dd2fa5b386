"""What a recipe will do, before it is started: figures, warnings, the command, and examples as the model reads them."""

from collections.abc import Sequence

from playground.training.preview import Measurement, PreviewExample
from playground.training.recipe import TrainingRecipe
from playground.ui.render.notice import notice
from playground.ui.render.text import count, disclosure, element, escape
from playground.ui.render.training import Figure, duration, render_figures

UNITS = ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"))


def render_preview(
    recipe: TrainingRecipe,
    examples: Sequence[PreviewExample],
    command: str,
    measured: Measurement | None,
    warnings: Sequence[str] = (),
) -> str:
    """The whole preview; without a measurement, that a step is being measured."""
    head = f"<h3>{escape(recipe.name)} <span class='ap-muted'>before the start</span></h3>"
    if measured is None:
        figures = notice("Two steps are being taken to measure this machine; nothing is kept of them.", "info")
    else:
        figures = render_figures(preview_figures(recipe, measured))
    told = "".join(notice(sentence, "warning") for sentence in warnings)
    shown = disclosure("Training examples as the model reads them", _examples(examples), opened=True)
    line = disclosure("The command", element("pre", f"<code>{escape(command)}</code>", classes="ap-code"))
    return element("section", head + figures + told + shown + line, classes="ap-verdict", aria_label="Preview")


def preview_figures(recipe: TrainingRecipe, measured: Measurement) -> list[Figure]:
    """The numbers that decide whether to start."""
    return [
        Figure("trained parameters", f"{measured.trainable:,}"),
        Figure("all parameters", f"{measured.everything:,}"),
        Figure("share trained", f"{measured.share:.2%}"),
        Figure("adapter", size(measured.adapter_bytes)),
        Figure("examples", f"{measured.examples:,}"),
        Figure("tokens of the data", f"{measured.data_tokens:,}"),
        Figure("steps", f"{recipe.steps:,}"),
        Figure("tokens in all steps", f"{measured.recipe_tokens:,}"),
        Figure("passes over the data", f"{measured.passes:.1f}"),
        Figure("a step", f"{measured.seconds_per_step:.1f} s"),
        Figure("tokens/s", f"{measured.tokens_per_second:,.0f}"),
        Figure("all steps, about", duration(measured.seconds_total)),
        Figure("memory", size(measured.peak_bytes)),
    ]


def size(number: int) -> str:
    """``5.3 MiB``"""
    for unit, name in UNITS:
        if number >= unit:
            return f"{number / unit:.1f} {name}"
    return count(number, "byte")


def _examples(examples: Sequence[PreviewExample]) -> str:
    legend = "<p class='ap-hint'>The loss is taken on the <mark class='ap-trained'>marked</mark> tokens alone.</p>"
    return legend + "".join(map(_example, examples))


def _example(example: PreviewExample) -> str:
    fits = "" if example.fits else " · longer than a row: left out"
    told = f"{example.where} · {count(example.tokens, 'token')}, {example.trained_tokens:,} trained{fits}"
    pieces = "".join(
        element("mark", escape(one.text), classes="ap-trained") if one.bears_loss else escape(one.text)
        for one in example.segments
    )
    text = element("pre", f"<code>{pieces}</code>", classes="ap-code", tabindex="0", role="region", aria_label=told)
    return f"<p class='ap-figures'>{escape(told)}</p>{text}"
