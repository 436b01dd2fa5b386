"""Reports on disk: those that ship with adapters, and those made here."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playground.errors import InputError
from playground.evaluation.campaign import REPORT_FILE, RESULTS_FILE
from playground.evaluation.records import Result, read_lines
from playground.evaluation.report import Report, load_report
from playground.paths import SHIPPED_ADAPTERS


@dataclass(frozen=True)
class Saved:
    """A report with its results, where they are kept too."""

    report: Report
    results: tuple[Result, ...]


def reports_folder(home: Path) -> Path:
    """Where campaigns started on the page keep their files."""
    return home / "reports"


def saved_reports(home: Path, shipped: Path = SHIPPED_ADAPTERS) -> dict[str, Path]:
    """Title -> folder: shipped ones first, then those made here, the newest first."""
    ours = sorted(reports_folder(home).glob(f"*/{REPORT_FILE}"), key=lambda path: path.stat().st_mtime, reverse=True)
    theirs = sorted(shipped.glob(f"**/{REPORT_FILE}"))
    return {f"shipped: {path.parent.relative_to(shipped)}": path.parent for path in theirs} | {
        path.parent.name: path.parent for path in ours
    }


def read_saved(title: str, reports: dict[str, Path]) -> Saved:
    """The report of this title.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    if title not in reports:
        raise InputError(f"Unknown report {title!r}: choose one from the list.")
    folder = reports[title]
    return Saved(load_report(folder / REPORT_FILE), tuple(read_lines(folder / RESULTS_FILE, Result)))


def downloads(title: str, reports: dict[str, Path]) -> Sequence[str]:
    """The files of a report."""
    return [str(path) for path in sorted(reports[title].glob("*.json*"))] if title in reports else []
