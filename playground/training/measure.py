"""Measure a recipe on this machine: ``python -m playground.training.measure < RECIPE.toml``, one line of JSON."""

import resource
import sys
import tempfile
from pathlib import Path

import torch

from playground.errors import InputError
from playground.training.jobstate import JobFolder
from playground.training.preview import Measurement, dump_measurement
from playground.training.progress import StepRecord
from playground.training.recipe import TrainingRecipe
from playground.training.session import Session, explain

STEPS = 2
"""The first one pays for what happens once; the last one is measured."""


def main() -> int:
    """Print the measurement, or one sentence with exit status 1."""
    try:
        print(dump_measurement(measure_recipe(TrainingRecipe.from_toml(sys.stdin.read()))))
        return 0
    except Exception as error:
        print(explain(error) if not isinstance(error, InputError) else error)
        return 1


def measure_recipe(recipe: TrainingRecipe) -> Measurement:
    """Train `STEPS` steps in a folder that is thrown away; nothing is compiled, evaluated or published."""
    short = recipe.with_changes(steps=STEPS, compile="off", practice_tasks=0)
    with tempfile.TemporaryDirectory() as path:
        folder = JobFolder(path=Path(path))
        folder.recipe.write_text(short.to_toml())
        session = Session(folder)
        records: list[StepRecord] = []

        def keep(record: StepRecord) -> bool:
            records.append(record)
            return True

        session.trainer.run(keep)
    trainable, everything = session.adapted.get_nb_trainable_parameters()
    last = records[-1]
    seconds = last.seconds - records[-2].seconds
    return Measurement(
        trainable=trainable,
        everything=everything,
        adapter_bytes=trainable * (2 if session.precision == "bf16" else 4),
        examples=len(session.data.training),
        left_out=session.data.left_out,
        data_tokens=sum(map(len, session.data.training)),
        recipe_tokens=round(last.tokens / last.step * recipe.steps),
        seconds_per_step=seconds,
        tokens_per_second=last.tokens_per_second,
        seconds_total=seconds * recipe.steps,
        peak_bytes=peak_bytes(),
    )


def peak_bytes() -> int:
    """The GPU's memory at its highest where there is one, else the process's resident set (getrusage(2), kilobytes)."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    raise SystemExit(main())
