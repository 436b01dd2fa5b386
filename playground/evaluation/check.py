"""Judging answers that came from elsewhere: ``check``."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from playground.errors import InputError
from playground.evaluation.engine import Assignment, Engine
from playground.evaluation.records import Result, Sample
from playground.tasks.task import Task


def read_samples(path: Path, tasks: Mapping[str, Task], arch: str) -> list[Sample]:
    """The answers of a samples file (``{"task_id", "completion"}`` a line), numbered per task in their order.

    Raises:
        InputError: the file cannot be read, or a line is wrong; names file:line, field and remedy.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"Cannot read the samples file {path}: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        raise InputError(f"The samples file {path} is not UTF-8 (byte {error.start}): save it as UTF-8.") from None
    seen: Counter[tuple[str, str]] = Counter()
    samples = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            task_id, completion, model = _fields(line, f"{path.name}:{number}", tasks)
            samples.append(
                Sample(task_id=task_id, completion=completion, model=model, arch=arch, sample=seen[model, task_id])
            )
            seen[model, task_id] += 1
    if not samples:
        raise InputError(f'{path.name} holds no sample: write one {{"task_id": …, "completion": …}} a line.')
    return samples


def _fields(line: str, where: str, tasks: Mapping[str, Task]) -> tuple[str, str, str]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is not JSON: {error}.") from None
    if not isinstance(record, dict):
        raise InputError(f'{where} is no JSON object: write {{"task_id": …, "completion": …}}.')
    for name in ("task_id", "completion"):
        if not isinstance(record.get(name), str):
            raise InputError(f'{where}: the field "{name}" is missing or no text.')
    if record["task_id"] not in tasks:
        raise InputError(f"{where}: there is no task {record['task_id']!r} in the task file: correct the task_id.")
    model = record.get("model")
    return record["task_id"], record["completion"], model if isinstance(model, str) else ""


def judge_samples(
    samples: Sequence[Sample],
    tasks: Mapping[str, Task],
    engine: Engine,
    *,
    syntax: str = "auto",
    progress: Callable[[int], None] = lambda judged: None,
) -> list[Result]:
    """The results in the order of the samples."""
    found: dict[tuple[str, str, str, int], Result] = {}
    for result in _results(samples, tasks, engine, syntax):
        found[result.key] = result
        progress(len(found))
    return [found[sample.key] for sample in samples]


def _results(samples: Sequence[Sample], tasks: Mapping[str, Task], engine: Engine, syntax: str) -> Iterator[Result]:
    for sample in samples:
        engine.submit(Assignment(sample=sample, task=tasks[sample.task_id], syntax=syntax))
        yield from engine.results(wait_for_all=False)
    yield from engine.results(wait_for_all=True)
