"""A campaign: answers are generated in batches and judged meanwhile; stopped, it goes on from where it was."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from playground.errors import InputError
from playground.evaluation.engine import Assignment, Engine
from playground.evaluation.records import Result, Sample, append_line, read_lines, write_sorted
from playground.evaluation.report import Report, make_report, save_report
from playground.evaluation.shots import Shot, with_shots
from playground.isa import ARCHITECTURES
from playground.models.events import Column, Failed, Finished, Sampling
from playground.models.prompts import task_messages
from playground.tasks.files import task_to_json
from playground.tasks.task import Task

SAMPLES_FILE = "samples.jsonl"
RESULTS_FILE = "results.jsonl"
REPORT_FILE = "report.json"
SETTINGS_FILE = "campaign.json"


@dataclass(frozen=True, kw_only=True)
class CampaignSettings:
    """What is asked of which models; with the tasks it determines the report."""

    models: tuple[str, ...]
    archs: tuple[str, ...]
    style: str = "describe"
    samples: int = 1
    """Per task."""
    temperature: float = 0.0
    top_p: float = 1.0
    max_tokens: int = 512
    seed: int = 0
    shots: tuple[Shot, ...] = ()
    """Solved examples before every question."""

    def __post_init__(self) -> None:
        for arch in self.archs:
            if arch not in ARCHITECTURES:
                raise InputError(f"Unknown architecture {arch!r}: choose one of {', '.join(ARCHITECTURES)}.")
        if not self.models:
            raise InputError("There is no model: name at least one with --model.")
        repeated = next((name for name in self.models if self.models.count(name) > 1), None)
        if repeated is not None:
            raise InputError(f"The model {repeated!r} is named twice: name each once.")
        if self.style not in ("describe", "translate"):
            raise InputError(f"Unknown style {self.style!r}: choose describe or translate.")
        if self.samples < 1 or self.max_tokens < 1:
            raise InputError(f"samples {self.samples} and max_tokens {self.max_tokens} must be at least 1.")
        if not 0 <= self.temperature <= 10:
            raise InputError(f"The temperature {self.temperature} is out of range: give 0 (greedy) to 10.")
        if self.samples > 1 and self.temperature == 0:
            raise InputError(
                f"{self.samples} greedy samples would all be the same: give --temperature above 0, or --samples 1."
            )


class BatchGenerator(Protocol):
    """What writes the answers: the models, or a script in tests."""

    def generate_batch(self, columns: Iterable[Column], batch_size: int = 16) -> Iterator[Finished | Failed]: ...


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a campaign is."""

    judged: int
    total: int
    generated: int
    """In this run."""
    tokens: int
    """In this run."""
    seconds: float
    """Of this run."""
    seconds_left: float | None
    """Estimated; None before the first answer."""
    results: Sequence[Result] = ()
    """All results so far, of earlier runs too."""


@dataclass(frozen=True, kw_only=True)
class CampaignOutcome:
    """What a run of a campaign came to."""

    report: Report
    complete: bool
    progress: Progress
    failures: tuple[str, ...] = ()
    """One sentence for each different reason for which a model gave no answer."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One answer to be asked for."""

    model: str
    arch: str
    task: Task
    sample: int

    @property
    def key(self) -> tuple[str, str, str, int]:
        return self.model, self.arch, self.task.id, self.sample


def plan(settings: CampaignSettings, tasks: Sequence[Task]) -> list[Unit]:
    """Every answer to be asked for, model by model; the order is always the same."""
    return [
        Unit(model=model, arch=arch, task=task, sample=sample)
        for model in settings.models
        for arch in settings.archs
        for task in tasks
        if task.arch in (None, arch)
        for sample in range(settings.samples)
    ]


def column_of(unit: Unit, settings: CampaignSettings, identifier: str) -> Column:
    """The question to the model. The seed depends on the unit alone, so that a resumed campaign draws the same."""
    task = unit.task
    messages = task_messages(task.prompt, task.prototype, unit.arch, style_of(settings.style), task.reference)
    sampling = Sampling(
        temperature=settings.temperature,
        top_p=settings.top_p,
        max_tokens=settings.max_tokens,
        seed=unit_seed(settings.seed, unit),
    )
    shown = with_shots(messages, settings.shots, unit.arch)
    return Column(id=identifier, model=unit.model, messages=shown, sampling=sampling)


def style_of(style: str) -> Any:
    """The style as the prompts' literal type; `CampaignSettings` has checked it."""
    return style


def unit_seed(seed: int, unit: Unit) -> int:
    """31 bits from the campaign's seed, architecture, task and sample number: the same for all models."""
    text = f"{seed}/{unit.arch}/{unit.task.id}/{unit.sample}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1


@dataclass
class Campaign:
    """One output folder and what goes into it."""

    settings: CampaignSettings
    tasks: Sequence[Task]
    folder: Path
    engine: Engine
    generator: BatchGenerator
    batch_size: int = 16
    report_progress: Callable[[Progress], None] = lambda progress: None
    stopped: Callable[[], bool] = lambda: False
    """Asked after every answer; True ends the run with what is done."""
    _samples: dict[tuple[str, str, str, int], Sample] = field(default_factory=dict)
    _results: dict[tuple[str, str, str, int], Result] = field(default_factory=dict)
    _failures: dict[str, None] = field(default_factory=dict)
    _tokens: int = 0
    _generated: int = 0
    _started: float = 0.0

    def run(self) -> CampaignOutcome:
        """Generate and judge what is missing, then write the report over everything.

        Raises:
            InputError: the folder holds another campaign, or cannot be written.
        """
        self._open_folder()
        units = plan(self.settings, self.tasks)
        by_key = {unit.key: unit for unit in units}
        self._samples = {one.key: one for one in read_lines(self.folder / SAMPLES_FILE, Sample) if one.key in by_key}
        self._results = {
            one.key: one for one in read_lines(self.folder / RESULTS_FILE, Result) if one.key in self._samples
        }
        self._started = time.monotonic()
        self._judge_left_over(by_key)
        try:
            self._generate([unit for unit in units if unit.key not in self._samples], len(units))
        finally:
            self._take_results(wait_for_all=True, total=len(units))
        return self._finish(len(units))

    def _open_folder(self) -> None:
        """Make the folder, or make sure that it holds this very campaign."""
        record = campaign_record(self.settings, self.tasks)
        path = self.folder / SETTINGS_FILE
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if path.exists():
                self._require_same(record, json.loads(path.read_text(encoding="utf-8")))
            else:
                path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        except (OSError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"Cannot write to {self.folder}: {getattr(error, 'strerror', None) or error}.") from None

    def _require_same(self, record: dict[str, Any], before: dict[str, Any]) -> None:
        for name in record.keys() | before.keys():
            was, value = before.get(name), record.get(name)
            if name != "task_digests" and was != value:
                detail = "" if name in ("tasks", "shots") else f" ({was!r} there, {value!r} now)"
                raise InputError(
                    f"{self.folder} holds a campaign with other {name}{detail}: give another --out folder, or the same "
                    "settings to go on with that one."
                )

    def _judge_left_over(self, by_key: dict[tuple[str, str, str, int], Unit]) -> None:
        """Answers that an earlier run wrote down but did not judge."""
        for key, sample in self._samples.items():
            if key not in self._results:
                self.engine.submit(Assignment(sample=sample, task=by_key[key].task))

    def _generate(self, units: Sequence[Unit], total: int) -> None:
        named = {str(index): unit for index, unit in enumerate(units)}
        with (self.folder / SAMPLES_FILE).open("a", encoding="utf-8") as out:
            for event in self._events(named):
                unit = named[event.column]
                if isinstance(event, Failed):
                    self._failures[f"{unit.model}: {event.message}"] = None
                else:
                    sample = _sample_of(unit, event)
                    append_line(out, sample)
                    self._samples[sample.key] = sample
                    self._tokens += event.tokens
                    self._generated += 1
                    self.engine.submit(Assignment(sample=sample, task=unit.task))
                self._take_results(wait_for_all=False, total=total)
                if self.stopped():
                    return

    def _events(self, named: dict[str, Unit]) -> Iterator[Finished | Failed]:
        """Model by model, so that one model at a time holds the memory."""
        for model in self.settings.models:
            columns = (column_of(unit, self.settings, name) for name, unit in named.items() if unit.model == model)
            yield from self.generator.generate_batch(columns, batch_size=self.batch_size)

    def _take_results(self, *, wait_for_all: bool, total: int) -> None:
        with (self.folder / RESULTS_FILE).open("a", encoding="utf-8") as out:
            for result in self.engine.results(wait_for_all=wait_for_all):
                append_line(out, result)
                self._results[result.key] = result
                self.report_progress(self._progress(total))
        self.report_progress(self._progress(total))

    def _progress(self, total: int) -> Progress:
        seconds = time.monotonic() - self._started
        missing = total - len(self._samples)
        left = seconds / self._generated * missing if self._generated else None
        return Progress(
            judged=len(self._results),
            total=total,
            generated=self._generated,
            tokens=self._tokens,
            seconds=seconds,
            seconds_left=0.0 if not missing else left,
            results=tuple(self._results.values()),
        )

    def _finish(self, total: int) -> CampaignOutcome:
        write_sorted(self.folder / SAMPLES_FILE, list(self._samples.values()))
        write_sorted(self.folder / RESULTS_FILE, list(self._results.values()))
        settings = {
            **settings_record(self.settings),
            "tasks": len(self.tasks),
            "tasks_digest": tasks_digest(self.tasks),
            "complete": len(self._results) == total,
        }
        report = make_report(self._results.values(), self.tasks, settings)
        save_report(report, self.folder / REPORT_FILE)
        return CampaignOutcome(
            report=report,
            complete=len(self._results) == total,
            progress=self._progress(total),
            failures=tuple(self._failures),
        )


def _sample_of(unit: Unit, event: Finished) -> Sample:
    return Sample(
        task_id=unit.task.id,
        completion=event.text,
        model=unit.model,
        arch=unit.arch,
        sample=unit.sample,
        tokens=event.tokens,
        ended_by=event.reason,
    )


def campaign_record(settings: CampaignSettings, tasks: Sequence[Task]) -> dict[str, Any]:
    """What campaign.json holds: enough to know the campaign again, and to go on with it."""
    digests = {task.id: tasks_digest([task]) for task in tasks}
    record = {**settings_record(settings), "tasks": tasks_digest(tasks), "task_digests": digests}
    plain: dict[str, Any] = json.loads(json.dumps(record))
    return plain


def settings_record(settings: CampaignSettings) -> dict[str, Any]:
    """The settings as plain values; without examples as before there were any, so that older folders go on."""
    record = asdict(settings)
    if not settings.shots:
        del record["shots"]
    return record


def settings_from_record(record: Mapping[str, Any]) -> CampaignSettings:
    """`settings_record` undone."""
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in record.items()}
    return CampaignSettings(**{**values, "shots": tuple(Shot(**shot) for shot in record.get("shots", ()))})


def tasks_digest(tasks: Iterable[Task]) -> str:
    """A fingerprint of the tasks, prompts and cases included."""
    text = json.dumps([task_to_json(task) for task in tasks], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
