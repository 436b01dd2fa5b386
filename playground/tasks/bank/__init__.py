"""The task bank: function and program tasks with references in C, expected values computed from them natively.

``sources/*.c`` is what people write, ``functions.jsonl`` and ``programs.jsonl`` what `build` makes of it: task files.
"""

import functools
from pathlib import Path

from playground.tasks.files import read_tasks
from playground.tasks.task import Task

BANK_FOLDER = Path(__file__).resolve().parent
FUNCTIONS_FILE = BANK_FOLDER / "functions.jsonl"
PROGRAMS_FILE = BANK_FOLDER / "programs.jsonl"


@functools.cache
def load_bank() -> tuple[Task, ...]:
    """Every task, functions first. Read once a process."""
    return read_tasks(FUNCTIONS_FILE) + read_tasks(PROGRAMS_FILE)


def split_of(tasks: tuple[Task, ...], split: str) -> tuple[Task, ...]:
    """The tasks of ``practice`` (may be looked at while building data) or ``final`` (never used for training)."""
    return tuple(task for task in tasks if task.split == split)
