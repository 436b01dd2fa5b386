"""What a person sees of a recipe before its start: the table of parameters, its data, a measured step, the command."""

import itertools
import json
import os
import random
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from playground.errors import InputError
from playground.paths import CHECKOUT
from playground.training.dataset import split_examples
from playground.training.encoding import Encoder, Segment
from playground.training.launch import Launch
from playground.training.recipe import LONGEST_CHOSEN_ROW, TrainingRecipe

MEASURING_SECONDS = 300.0
"""The longest that measuring a step may take."""


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """A recipe's size and speed on this machine."""

    trainable: int
    """Parameters that are trained."""
    everything: int
    """All parameters, those of the adapter included."""
    adapter_bytes: int
    """Of the adapter's weights as they will be saved."""
    examples: int
    left_out: int
    """Examples longer than a row."""
    data_tokens: int
    """Real tokens of all training examples: one pass over the data."""
    recipe_tokens: int
    """Real tokens that all steps see, estimated from the measured ones."""
    seconds_per_step: float
    tokens_per_second: float
    """Real tokens, padding apart."""
    seconds_total: float
    """Estimated for all steps, without evaluations and compiling."""
    peak_bytes: int
    """Memory of the process at its highest; of the GPU where there is one."""

    @property
    def share(self) -> float:
        """Trained over all parameters."""
        return self.trainable / self.everything

    @property
    def passes(self) -> float:
        """How often the run sees the data."""
        return self.recipe_tokens / self.data_tokens


MANY_PASSES = 10
LONG_HOURS = 12


def warnings(recipe: TrainingRecipe, measured: Measurement) -> tuple[str, ...]:
    """What a person should know before the start, a sentence each."""
    found = []
    if measured.left_out:
        everything = measured.left_out + measured.examples
        longest = recipe.row_tokens or LONGEST_CHOSEN_ROW
        found.append(
            f"{measured.left_out:,} of {everything:,} examples are longer than {longest} tokens and are left out: "
            "raise the tokens a row to keep them."
        )
    if measured.passes > MANY_PASSES:
        found.append(
            f"The data is seen {measured.passes:.0f} times, which learns it by heart: take fewer steps or more data."
        )
    if measured.peak_bytes > machine_bytes():
        found.append(
            "A step needs more memory than this machine has: raise the micro-batches a step, or lower the tokens a row."
        )
    if measured.seconds_total > LONG_HOURS * 3600:
        found.append(f"It takes about {measured.seconds_total / 3600:.0f} hours on this machine.")
    if not 0 < recipe.checkpoint_every <= recipe.steps:
        found.append("No checkpoint is written before the end: a job that dies begins anew.")
    if not recipe.held_out:
        found.append("No example is held out: there will be no held-out loss.")
    return tuple(found)


def machine_bytes() -> int:
    """Memory of this machine, or of its GPU when it has one (as `peak_bytes` counts)."""
    import torch  # seconds to import: only when asked

    if torch.cuda.is_available():
        return int(torch.cuda.mem_get_info()[1])
    return int(psutil.virtual_memory().total)


def measure(recipe: TrainingRecipe) -> Measurement:
    """Take two real steps in a child process. Takes as long as they do and some seconds more.

    Raises InputError for what the recipe's owner can mend, as the training would.
    """
    command = [sys.executable, "-m", "playground.training.measure"]
    environment = {"OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false", **os.environ}
    try:
        child = subprocess.run(
            command,
            input=recipe.to_toml(),
            capture_output=True,
            text=True,
            cwd=CHECKOUT,
            env=environment,
            timeout=MEASURING_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"Two steps took more than {MEASURING_SECONDS:.0f} s on this machine; use smaller rows or a smaller base."
        ) from None
    answer = (child.stdout.strip().splitlines() or [""])[-1]
    if child.returncode:
        raise InputError(answer or "Measuring a step failed; start the job to see its log.")
    return Measurement(**json.loads(answer))


def dump_measurement(measurement: Measurement) -> str:
    """One line, as `measure` reads it."""
    return json.dumps(asdict(measurement))


@dataclass(frozen=True, kw_only=True)
class PreviewExample:
    """One training example as the model will read it."""

    where: str
    segments: tuple[Segment, ...]
    """The templated text; `Segment.bears_loss` marks what is trained."""
    tokens: int
    trained_tokens: int
    fits: bool
    """It is no longer than a row."""


def preview_examples(recipe: TrainingRecipe, count: int = 3) -> tuple[PreviewExample, ...]:
    """The first training examples after templating. Loads the base's tokenizer, not its weights.

    Raises InputError as the training would.
    """
    encoder = recipe_encoder(recipe)
    chance = random.Random(recipe.seed)
    training = split_examples(recipe.datasets, recipe.held_out, recipe.seed).training
    shown = []
    for example in itertools.islice(training, count):
        segments = encoder.segments(example, chance)
        encoded = encoder.encode(segments)
        shown.append(
            PreviewExample(
                where=example.where,
                segments=segments,
                tokens=len(encoded),
                trained_tokens=sum(encoded.bears_loss[1:]),
                fits=len(encoded) <= (recipe.row_tokens or LONGEST_CHOSEN_ROW),
            )
        )
    return tuple(shown)


def recipe_encoder(recipe: TrainingRecipe) -> Encoder:
    """The encoder that training would use, with the new tokens in the tokenizer."""
    from transformers import AutoTokenizer  # seconds to import: only when asked

    from playground.training.bases import find_base

    base = find_base(recipe.base)
    tokenizer = AutoTokenizer.from_pretrained(base.source)
    tokenizer.add_tokens(list(recipe.new_tokens))
    return Encoder(tokenizer=tokenizer, recipe=recipe, base_fim=base.fim)


def preview_command(home: Path, launch: Launch | None = None) -> str:
    """The exact command that a job's start runs; the job's folder gets its name at the start."""
    return (launch or Launch()).shown(home / "jobs" / "JOB")
