"""A report's folder: what a campaign left there, packed small for the repository, and read back."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playground.errors import InputError
from playground.evaluation.campaign import (
    REPORT_FILE,
    RESULTS_FILE,
    SAMPLES_FILE,
    SETTINGS_FILE,
    CampaignSettings,
    campaign_record,
)
from playground.evaluation.records import Result, Sample, append_line, packed_path, read_lines
from playground.evaluation.report import Report, load_report
from playground.evaluation.tables import report_tables
from playground.tasks.task import Task

PACKED_FILES = (RESULTS_FILE, SAMPLES_FILE)


def saved_report(folder: Path) -> Report:
    """The report in a folder. Raises InputError when there is none."""
    return load_report(folder / REPORT_FILE)


def saved_results(folder: Path) -> list[Result]:
    """Every judged answer; none when they were not kept."""
    return read_lines(folder / RESULTS_FILE, Result)


def saved_samples(folder: Path) -> list[Sample]:
    """Every answer; none when they were not kept."""
    return read_lines(folder / SAMPLES_FILE, Sample)


def pack(folder: Path) -> None:
    """Compress results and samples: the same content gives the same bytes."""
    for name in PACKED_FILES:
        path = folder / name
        if path.exists():
            packed_path(path).write_bytes(gzip.compress(path.read_bytes(), mtime=0))
            path.unlink()


def unpack(folder: Path) -> None:
    """Undo `pack`, so that a campaign can go on."""
    for name in PACKED_FILES:
        path = folder / name
        if packed_path(path).exists() and not path.exists():
            path.write_bytes(gzip.decompress(packed_path(path).read_bytes()))
            packed_path(path).unlink()


def reuse_samples(source: Path, folder: Path, settings: CampaignSettings, tasks: Sequence[Task]) -> int:
    """Copy the answers that another campaign's folder holds to the same questions; how many there were.

    An answer depends on its model, its task and the sampling alone, not on what else was asked.

    Raises:
        InputError: the folder holds no campaign, or one that asked in another way.
    """
    before, now = _settings_record(source), campaign_record(settings, tasks)
    for name in (now.keys() | before.keys()) - {"models", "archs", "tasks", "task_digests"}:
        if before.get(name) != now.get(name):
            raise InputError(f"{source} asked in another way (its {name} is {before.get(name)!r}): leave --reuse out.")
    same = dict(before.get("task_digests", {})).items() & now["task_digests"].items()
    tasks_alike = {identifier for identifier, _ in same}
    here = {sample.key for sample in saved_samples(folder)}
    found = [
        sample
        for sample in saved_samples(source)
        if sample.task_id in tasks_alike
        and sample.model in settings.models
        and sample.arch in settings.archs
        and sample.key not in here
    ]
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / SAMPLES_FILE).open("a", encoding="utf-8") as out:
        for sample in found:
            append_line(out, sample)
    return len(found)


def _settings_record(folder: Path) -> dict[str, Any]:
    path = folder / SETTINGS_FILE
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return record
    except (OSError, ValueError):
        raise InputError(f"{folder} holds no campaign: give the --out folder of an earlier evaluate.") from None


def write_downloads(source: Path, target: Path) -> list[Path]:
    """A report's files for a person: JSON, Markdown, results and answers (JSON lines). Gives their paths."""
    report = saved_report(source)
    (target / REPORT_FILE).write_bytes((source / REPORT_FILE).read_bytes())
    (target / "report.md").write_text(report_tables(report), encoding="utf-8")
    for name in PACKED_FILES:
        path = source / name
        if path.exists():
            (target / name).write_bytes(path.read_bytes())
        elif packed_path(path).exists():
            (target / name).write_bytes(gzip.decompress(packed_path(path).read_bytes()))
    return sorted(target.iterdir())
