"""A campaign started on the page: what is asked, its thread, its progress, and who may stop it."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Lock, Thread
from typing import cast

from playground.errors import InputError
from playground.evaluation.campaign import (
    BatchGenerator,
    Campaign,
    CampaignOutcome,
    CampaignSettings,
    Progress,
    settings_from_record,
)
from playground.evaluation.engine import LocalEngine
from playground.tasks.task import Task
from playground.ui.compare.columns import model_choices
from playground.ui.evaluate.saved import campaign_settings, reports_folder, unfinished
from playground.ui.services import Services

SPLITS = ("practice", "final", "both")
Outcome = Progress | CampaignOutcome | Exception


class Runs:
    """The campaigns under way, by the page's session that started them; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: dict[str, Event] = {}

    def begin(self, visitor: str) -> Event:
        """A campaign of this visitor starts; the event tells it to stop."""
        with self._lock:
            return self._running.setdefault(visitor, Event())

    def has_another(self, visitor: str) -> bool:
        """Whether somebody else's campaign is under way."""
        with self._lock:
            return bool(self._running.keys() - {visitor})

    def end(self, visitor: str) -> None:
        """It is over."""
        with self._lock:
            self._running.pop(visitor, None)

    def stop(self, visitor: str, *, operator: bool) -> None:
        """Stop the visitor's own campaign; the operator stops whatever runs.

        Raises:
            InputError: nothing runs, or it is somebody else's.
        """
        with self._lock:
            mine = self._running.get(visitor)
            found = list(self._running.values()) if operator else [mine] if mine else []
            if not found:
                someone = " Somebody else's is running: only they or the operator can stop it." if self._running else ""
                raise InputError(f"No campaign of yours is running.{someone}")
            for event in found:
                event.set()


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A campaign that is about to start, or to go on."""

    settings: CampaignSettings
    tasks: Sequence[Task]
    folder: Path


def plan_campaign(settings: CampaignSettings, split: str, limit: int, services: Services) -> Planned:
    """A new one.

    Raises:
        InputError: a model or a part of the bank is not there.
    """
    require_known(settings, services)
    tasks = bank_part(services, split, limit)
    return Planned(settings=settings, tasks=tasks, folder=_new_folder(settings, reports_folder(services.home)))


def _new_folder(settings: CampaignSettings, parent: Path) -> Path:
    """Named by time and models; a second one within the second gets a number."""
    names = "-".join(model.replace("/", "_").replace(":", "_") for model in settings.models)[:80]
    stamp = time.strftime("%Y-%m-%d %H.%M.%S")
    numbers = ("", *(f" {number}" for number in range(2, 1000)))
    folders = (parent / f"{stamp}{number} {names}"[:120] for number in numbers)
    return next(folder for folder in folders if not folder.exists())


def plan_rest(folder: Path, services: Services) -> Planned:
    """What is left of one that was stopped.

    Raises:
        InputError: it was not stopped, or its models or tasks are gone.
    """
    if not unfinished(folder, services.home):
        raise InputError(f"The campaign {folder.name!r} is complete: there is nothing to go on with.")
    record, identifiers = campaign_settings(folder)
    settings = settings_from_record(record)
    require_known(settings, services)
    tasks = [task for identifier in identifiers if (task := services.task(identifier)) is not None]
    return Planned(settings=settings, tasks=tasks, folder=folder)


def require_known(settings: CampaignSettings, services: Services) -> None:
    """Raises InputError for a model that the page does not offer: a path would read this machine's files."""
    known = [name for _, name in model_choices(services)]
    for model in settings.models:
        if model not in known:
            raise InputError(f"Unknown model {model!r}: choose among {', '.join(known)}.")


def bank_part(services: Services, split: str, limit: int) -> list[Task]:
    """The bank's tasks of one part, at most `limit` of them (0: all).

    Raises:
        InputError: there are none.
    """
    tasks = [task for task in services.tasks if not task.split or split in (task.split, "both")]
    if not tasks:
        raise InputError(f"The bank has no task in the part {split!r}: choose {', '.join(SPLITS)}.")
    return tasks[:limit] if limit else tasks


def run_planned(planned: Planned, services: Services, stopped: Event) -> Iterator[Progress]:
    """Its progress while it runs; stopped when the page that looks is gone.

    Raises:
        InputError: as the campaign does; also when a model gave no answer at all.
    """
    events: Queue[Outcome] = Queue()
    Thread(target=_run, args=(planned, services, stopped, events), daemon=True).start()
    try:
        while isinstance(event := _latest(events), Progress):
            yield event
    finally:
        stopped.set()
    if isinstance(event, Exception):
        raise event
    if event.failures and not event.report.scores:
        raise InputError(f"No answer from {event.failures[0]}")


def _latest(events: "Queue[Outcome]") -> Outcome:
    """The next event, or the newest when several wait: the page need not show each."""
    event = events.get()
    while isinstance(event, Progress):
        try:
            event = events.get_nowait()
        except Empty:
            break
    return event


def _run(planned: Planned, services: Services, stopped: Event, events: "Queue[Outcome]") -> None:
    engine = LocalEngine(jobs=1)
    try:
        campaign = Campaign(
            settings=planned.settings,
            tasks=planned.tasks,
            folder=planned.folder,
            engine=engine,
            generator=cast(BatchGenerator, services.generator),
            report_progress=events.put,
            stopped=stopped.is_set,
        )
        events.put(campaign.run())
    except Exception as error:
        events.put(error)
    finally:
        engine.close()
