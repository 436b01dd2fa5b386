"""One training recipe: a validated value, saved as TOML beside its result and enough to repeat it."""

import math
import re
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Self

from playground.errors import InputError
from playground.training.toml import dump_toml

METHODS = ("lora", "rslora", "dora", "adalora")
PROMPT_FORMATS = ("chat", "text")
LOSS_ON = ("answer", "all")
PRECISIONS = ("auto", "bf16", "fp16", "fp32")
SCHEDULES = ("linear", "cosine", "constant")
SWITCH = ("auto", "on", "off")

CHOICES = {
    "method": METHODS,
    "prompt_format": PROMPT_FORMATS,
    "loss_on": LOSS_ON,
    "precision": PRECISIONS,
    "schedule": SCHEDULES,
    "int8": SWITCH,
    "compile": SWITCH,
}
"""Field -> the words it may hold."""

RANGES: dict[str, tuple[float, float]] = {
    "rank": (1, 1024),
    "alpha": (1, 8192),
    "dropout": (0, 0.9),
    "target_rank": (1, 1024),
    "row_tokens": (0, 65536),
    "rows_per_step": (1, 4096),
    "accumulation": (1, 4096),
    "steps": (1, 10_000_000),
    "learning_rate": (1e-8, 1.0),
    "final_share": (0, 1),
    "warmup_steps": (0, 10_000_000),
    "weight_decay": (0, 1),
    "clip": (1e-6, 1e6),
    "seed": (0, 2**32 - 1),
    "held_out": (0, 0.5),
    "evaluate_every": (0, 10_000_000),
    "practice_tasks": (0, 200),
    "answer_tokens": (1, 4096),
    "checkpoint_every": (0, 10_000_000),
    "keep_checkpoints": (1, 100),
    "fim_share": (0, 1),
}
"""Field -> smallest and largest value, both allowed."""

SHORTEST_ROW = 16
LONGEST_CHOSEN_ROW = 512
"""Tokens of the longest row that is chosen: longer ones cost memory and attention, and must be asked for."""

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""An adapter's name is a folder's name: nothing that could leave the folder of adapters."""


@dataclass(frozen=True, kw_only=True)
class TrainingRecipe:
    """Everything that decides a training run. The defaults suit the embedded model on two CPU cores.

    Raises InputError that names the field, its value and what it may be.
    """

    name: str
    """The finished adapter's folder under ``PLAYGROUND_HOME/adapters`` and its name in every list of models."""
    base: str = "base"
    """``base`` (the embedded model), a catalogue name or a local path."""
    start_from: str = ""
    """A finished adapter (a name or a folder) whose weights training begins with; empty: fresh ones."""
    datasets: tuple[str, ...] = ("starter-aarch64", "starter-x86_64")
    """Names of shipped datasets or paths of ``.jsonl`` files in OpenAI's fine-tuning format; mixed."""
    prompt_format: str = "chat"
    """``chat`` (the base's chat template) or ``text`` (the messages' contents, one after the other, without roles)."""
    loss_on: str = "answer"
    """``answer``: assistant messages only. ``all``: every token, as for plain assembly text."""

    method: str = "lora"
    rank: int = 16
    """For AdaLoRA the rank at the start."""
    alpha: int = 32
    dropout: float = 0.0
    target_modules: tuple[str, ...] = ("all-linear",)
    """Names of linear modules, or ``all-linear`` (every one but the head)."""
    target_rank: int = 8
    """AdaLoRA's average rank at the end."""
    train_head: bool = False
    """Train the language-model head in full; a base that ties it to the embeddings keeps them tied."""
    new_tokens: tuple[str, ...] = ()
    """Tokens added to the vocabulary; only their rows of the embeddings are trained."""
    fim_share: float = 0.0
    """Share of examples whose answer becomes a fill-in-the-middle text, half prefix-suffix-middle, half
    suffix-prefix-middle (Bavarian et al. 2022, arXiv 2207.14255)."""
    fim_tokens: tuple[str, ...] = ()
    """Prefix, suffix and middle token; empty: the base's own."""

    row_tokens: int = 0
    """Examples are packed into rows of this many tokens; longer examples are left out and counted. 0: the length up to
    LONGEST_CHOSEN_ROW at which these examples train fastest."""
    rows_per_step: int = 8
    """Rows that one optimiser step sees, over all micro-batches and processes."""
    accumulation: int = 2
    """Micro-batches a step, for each process."""
    precision: str = "auto"
    """Of the frozen base and the matrix products; adapters are kept in fp32. ``auto``: bf16 where it is supported."""
    int8: str = "auto"
    """Products with the frozen base in 8-bit integers while training (not in evaluation); what is trained stays in
    floating point. ``auto``: in bf16 on a CPU that is fast at them."""
    compile: str = "auto"
    """``auto``: torch.compile on a run long enough to repay it, where a C++ compiler is there."""

    steps: int = 150
    learning_rate: float = 2e-3
    schedule: str = "linear"
    final_share: float = 0.05
    """The last learning rate over the highest."""
    warmup_steps: int = 15
    """Half of `steps` at most: a short run warms up in its first half."""
    weight_decay: float = 0.0
    betas: tuple[float, float] = (0.9, 0.98)
    clip: float = 1.0
    """Largest norm of the gradient."""
    seed: int = 0

    held_out: float = 0.05
    """Share of examples kept back for the held-out loss."""
    evaluate_every: int = 50
    """Steps between evaluations; 0: only at the end."""
    practice_tasks: int = 4
    """Practice tasks a model answers at each evaluation, judged by execution; 0: none."""
    answer_tokens: int = 160
    """Longest answer to a practice task."""
    checkpoint_every: int = 50
    """Steps between checkpoints; 0: only when stopped."""
    keep_checkpoints: int = 2

    def __post_init__(self) -> None:
        for check in (check_types, check_words, check_ranges, check_agreement):
            check(self)

    def learning_rate_at(self, step: int) -> float:
        """The learning rate of step `step`, counted from 1: linear warm-up, then the schedule down to `final_share`."""
        warmup = min(self.warmup_steps, self.steps // 2)
        if step <= warmup:
            return self.learning_rate * step / warmup
        done = (step - warmup) / max(1, self.steps - warmup)
        share = {
            "linear": 1.0 - done,
            "cosine": (1.0 + math.cos(math.pi * min(done, 1.0))) / 2.0,
            "constant": 1.0,
        }[self.schedule]
        floor = 1.0 if self.schedule == "constant" else self.final_share
        return self.learning_rate * (floor + (1.0 - floor) * max(0.0, share))

    def to_toml(self) -> str:
        """TOML text that `from_toml` reads back to an equal recipe."""
        return dump_toml(asdict(self))

    @classmethod
    def from_toml(cls, text: str, where: str = "the recipe") -> Self:
        """The recipe in `text`; `where` names it in an InputError."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{where} is not valid TOML: {error}.") from None
        return cls.from_table(table, where)

    @classmethod
    def from_table(cls, table: dict[str, Any], where: str = "the recipe") -> Self:
        """The recipe whose fields `table` gives; lists become tuples."""
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(table) - known)
        if unknown:
            raise InputError(f"{where} has the unknown field {unknown[0]!r}; fields are {', '.join(sorted(known))}.")
        if "name" not in table:
            raise InputError(f'{where} has no name; add a line such as name = "my-adapter".')
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
        }
        return cls(**values)

    @classmethod
    def read(cls, path: Path) -> Self:
        """The recipe in a TOML file."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"The recipe {path} cannot be read: {error}.") from None
        return cls.from_toml(text, str(path))

    def with_changes(self, **changes: Any) -> Self:
        """A copy with some fields changed, validated again."""
        return replace(self, **changes)


def check_types(recipe: TrainingRecipe) -> None:
    """Every field holds the type that it declares; an int may stand for a float."""
    for field in fields(recipe):
        value = getattr(recipe, field.name)
        if field.type is float and isinstance(value, int) and not isinstance(value, bool):
            object.__setattr__(recipe, field.name, float(value))
        elif field.type in (int, float, str, bool):
            if type(value) is not field.type:
                raise InputError(f"{field.name} = {value!r} is not {TYPE_WORDS[field.type]}.")
        else:
            check_list(field.name, value, float if field.name == "betas" else str)


TYPE_WORDS: dict[Any, str] = {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}


def check_list(name: str, value: object, kind: type) -> None:
    if not isinstance(value, tuple) or not all(isinstance(item, kind) for item in value):
        raise InputError(f"{name} = {value!r} is not a list of {'numbers' if kind is float else 'texts'}.")


def check_words(recipe: TrainingRecipe) -> None:
    """Fields that hold one word of a few, and the name."""
    for name, words in CHOICES.items():
        value = getattr(recipe, name)
        if value not in words:
            raise InputError(f"{name} = {value!r} is unknown; choose {', '.join(words[:-1])} or {words[-1]}.")
    if not NAME.fullmatch(recipe.name):
        raise InputError(
            f"name = {recipe.name!r} cannot name a folder; use up to 64 letters, digits, '.', '_' or '-', "
            "and begin with a letter or digit."
        )


def check_ranges(recipe: TrainingRecipe) -> None:
    """Fields that hold a number between two bounds."""
    for name, (low, high) in RANGES.items():
        value = getattr(recipe, name)
        if not low <= value <= high:  # NaN fails too
            raise InputError(f"{name} = {value!r} is out of range; give a value from {low:g} to {high:g}.")
    if 0 < recipe.row_tokens < SHORTEST_ROW:
        raise InputError(
            f"row_tokens = {recipe.row_tokens} is out of range; give at least {SHORTEST_ROW}, or 0 to have it chosen."
        )
    if len(recipe.betas) != 2 or not all(0 <= beta < 1 for beta in recipe.betas):
        raise InputError(f"betas = {list(recipe.betas)!r} must be two numbers from 0 to below 1.")


def check_agreement(recipe: TrainingRecipe) -> None:
    """Fields that must fit each other."""
    if not recipe.datasets:
        raise InputError("datasets is empty; name a shipped dataset or a .jsonl file.")
    if not recipe.target_modules:
        raise InputError('target_modules is empty; name modules such as "q_proj", or "all-linear".')
    if recipe.rows_per_step % recipe.accumulation:
        raise InputError(
            f"rows_per_step = {recipe.rows_per_step} is no multiple of accumulation = {recipe.accumulation}; "
            "change one of them."
        )
    if recipe.method == "adalora" and recipe.target_rank > recipe.rank:
        raise InputError(f"target_rank = {recipe.target_rank} is above the starting rank = {recipe.rank}; lower it.")
    if recipe.fim_tokens and len(recipe.fim_tokens) != 3:
        raise InputError(f"fim_tokens = {list(recipe.fim_tokens)!r} must be three: prefix, suffix and middle token.")
