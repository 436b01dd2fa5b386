"""Reports on disk: those that ship with adapters, and those made here."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from playground.errors import InputError
from playground.evaluation.campaign import REPORT_FILE, SETTINGS_FILE
from playground.evaluation.saved import saved_report
from playground.paths import SHIPPED_ADAPTERS
from playground.ui.evaluate.columns import ColumnName

SHIPPED = "report"
"""An adapter's subfolder for its report."""


def reports_folder(home: Path) -> Path:
    """Where campaigns started on the page keep their files."""
    return home / "reports"


def saved_reports(home: Path, shipped: Path = SHIPPED_ADAPTERS) -> dict[str, Path]:
    """Title -> folder: shipped ones first, then those made here, the newest first."""
    ours = sorted(reports_folder(home).glob(f"*/{REPORT_FILE}"), key=lambda path: path.stat().st_mtime, reverse=True)
    theirs = sorted(shipped.glob(f"*/{SHIPPED}/{REPORT_FILE}"))
    return {f"{path.parent.parent.name} (shipped)": path.parent for path in theirs} | {
        path.parent.name: path.parent for path in ours
    }


def folder_of(title: str, reports: Mapping[str, Path]) -> Path:
    """The folder of a report's title. Raises InputError when there is none."""
    if title not in reports:
        raise InputError(f"Unknown report {title!r}: choose one from the list.")
    return reports[title]


def card_of(folder: Path) -> str:
    """The model card of a shipped report's adapter as Markdown, without its front matter; empty for other reports."""
    card = folder.parent / "README.md"
    if folder.name != SHIPPED or not card.is_file():
        return ""
    text = card.read_text(encoding="utf-8")
    if text.startswith("---\n"):
        _, _, text = text.removeprefix("---\n").partition("\n---\n")
    return text.strip()


def column_choices(reports: Mapping[str, Path]) -> list[tuple[str, str]]:
    """Every model of every report, to put side by side: label and value (`column_name` reads it)."""
    choices = []
    for title, folder in reports.items():
        try:
            models = dict.fromkeys(score.model for score in saved_report(folder).scores)
        except InputError:
            continue  # another version's report: it is named when it is chosen
        choices += [(f"{model or 'samples'} · {title}", json.dumps([title, model])) for model in models]
    return choices


def column_name(value: object) -> ColumnName:
    """The column that a choice names. Raises InputError for anything else."""
    try:
        title, model = json.loads(str(value))
    except (ValueError, TypeError, RecursionError):
        raise InputError("This is no saved result: choose one from the list.") from None
    return ColumnName(str(title), str(model))


def unfinished(folder: Path, home: Path) -> bool:
    """Whether a campaign that was started here was stopped before its end."""
    ours = folder.parent == reports_folder(home) and (folder / SETTINGS_FILE).is_file()
    return ours and not saved_report(folder).settings.get("complete", True)


def campaign_settings(folder: Path) -> tuple[Mapping[str, object], Sequence[str]]:
    """What a campaign was asked, as JSON, and its tasks' ids. Raises InputError when the folder does not say."""
    try:
        record = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
        identifiers = list(record.pop("task_digests"))
        record.pop("tasks")
    except (OSError, ValueError, KeyError):
        raise InputError(f"The report {folder.name!r} does not say what was asked: start it anew.") from None
    return record, identifiers
