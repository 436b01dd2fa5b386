"""A column's sampling parameters: one table from which the widgets and the values are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.errors import InputError
from playground.models.events import Sampling
from playground.models.prompts import SYSTEM_PRESETS
from playground.ui.comparison.setup import ColumnSetup
from playground.ui.faults import Update


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One numeric parameter and its range."""

    name: str
    """The field of Sampling."""
    label: str
    least: float
    most: float
    step: float
    default: float
    info: str = ""

    @property
    def whole(self) -> bool:
        return self.step == int(self.step)


PARAMETERS = (
    Parameter(name="temperature", label="Temperature", least=0, most=2, step=0.05, default=0, info="0 is greedy"),
    Parameter(name="max_tokens", label="Maximum tokens", least=1, most=1024, step=1, default=384),
    Parameter(name="top_p", label="Top-p", least=0.01, most=1, step=0.01, default=1),
    Parameter(name="top_k", label="Top-k", least=0, most=200, step=1, default=0, info="0 keeps all"),
    Parameter(name="min_p", label="Min-p", least=0, most=1, step=0.01, default=0),
    Parameter(name="repetition_penalty", label="Repetition penalty", least=0.5, most=2, step=0.05, default=1),
)

SEED_LIMIT = 2**31
MOST_STOPS = 8


@dataclass(frozen=True, kw_only=True)
class ParameterWidgets:
    """The widgets of one set of parameters."""

    numbers: Mapping[str, gr.Slider]
    seed: gr.Number
    stop: gr.Textbox
    system: gr.Dropdown

    @property
    def components(self) -> tuple[Any, ...]:
        return (*self.numbers.values(), self.seed, self.stop, self.system)

    def read(self, values: Mapping[object, object]) -> Sampling:
        """The parameters from an event's values.

        Raises:
            InputError: a value is out of its range or no number.
        """
        numbers = {name: values[widget] for name, widget in self.numbers.items()}
        return sampling_of(numbers, seed=values[self.seed], stop=str(values[self.stop] or ""))


def parameter_widgets() -> ParameterWidgets:
    """Declares the widgets where they are to stand."""
    numbers = {
        spec.name: gr.Slider(
            spec.least, spec.most, value=spec.default, step=spec.step, label=spec.label, info=spec.info or None
        )
        for spec in PARAMETERS
    }
    seed = gr.Number(0, label="Seed", precision=0, minimum=0, maximum=SEED_LIMIT - 1)
    stop = gr.Textbox("", label="Stop sequences", info=r"One a line; \n stands for a line end", lines=1, max_lines=4)
    system = gr.Dropdown(
        [("The usual one", ""), *((preset.title, preset.text) for preset in SYSTEM_PRESETS)],
        value="",
        label="System prompt",
        info="Choose one or write your own",
        allow_custom_value=True,
    )
    return ParameterWidgets(numbers=numbers, seed=seed, stop=stop, system=system)


def sampling_of(numbers: Mapping[str, object], *, seed: object = 0, stop: str = "") -> Sampling:
    """Sampling from values as a page or a client sends them.

    Raises:
        InputError: a value is out of its range or no number; the sentence names both.
    """
    checked = {spec.name: _number(spec, numbers[spec.name]) for spec in PARAMETERS if spec.name in numbers}
    seed_spec = Parameter(name="seed", label="Seed", least=0, most=SEED_LIMIT - 1, step=1, default=0)
    return Sampling(**checked, seed=int(_number(seed_spec, seed)), stop=stop_sequences(stop))  # type: ignore[arg-type]


def _number(spec: Parameter, value: object) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(f"{spec.label} {value!r} is not a number: give {spec.least:g} to {spec.most:g}.")
    if not spec.least <= value <= spec.most:
        raise InputError(f"{spec.label} {value:g} is out of range: give {spec.least:g} to {spec.most:g}.")
    return int(value) if spec.whole else float(value)


def stop_sequences(text: str) -> tuple[str, ...]:
    r"""One sequence a line; ``\n`` and ``\t`` are written as such."""
    stops = tuple(line.replace("\\n", "\n").replace("\\t", "\t") for line in text.split("\n") if line)
    if len(stops) > MOST_STOPS:
        raise InputError(f"{len(stops)} stop sequences: give at most {MOST_STOPS}.")
    return stops


def parameter_values(widgets: ParameterWidgets, setup: ColumnSetup) -> Update:
    """The widgets as this column was set up."""
    sampling = setup.sampling
    numbers: dict[Any, Any] = {widget: getattr(sampling, name) for name, widget in widgets.numbers.items()}
    return {
        **numbers,
        widgets.seed: sampling.seed,
        widgets.stop: written_stops(sampling.stop),
        widgets.system: setup.system,
    }


def written_stops(stops: Sequence[str]) -> str:
    """As they are typed: one a line, line ends written out."""
    return "\n".join(stop.replace("\n", "\\n").replace("\t", "\\t") for stop in stops)
