"""What a person pressed in a report, as it crosses from the page's script to the server."""

import json
from dataclasses import dataclass

from playground.errors import InputError

KINDS = ("all", "unscored", "rung", "split", "difficulty", "tag", "task")
PLACES = ("report", "pair", "drill")
"""Where a part can be pressed: in the report, in the comparison of two results, in what was drilled into."""
LONGEST = 2_000
"""Characters of a pick: it comes from a visitor."""


@dataclass(frozen=True)
class Pick:
    """A part of a report."""

    kind: str
    """One of KINDS."""
    model: str
    """Whose; empty for a task, which is shown for every model."""
    arch: str
    name: str
    """Of the rung, the group or the task; empty for ``all`` and ``unscored``."""
    sample: int = 0
    """Of a task."""

    def to_json(self) -> str:
        return json.dumps([self.kind, self.model, self.arch, self.name, self.sample])

    @classmethod
    def from_json(cls, text: object) -> "Pick":
        """Raises InputError for anything that `to_json` does not write."""
        try:
            kind, model, arch, name, sample = json.loads(str(text)[:LONGEST])
        except (ValueError, TypeError, RecursionError):
            raise InputError("This is no part of a report: press one of its bars or tasks.") from None
        texts = all(isinstance(one, str) for one in (kind, model, arch, name))
        if not texts or kind not in KINDS or type(sample) is not int or sample < 0:
            raise InputError("This is no part of a report: press one of its bars or tasks.")
        return cls(kind, model, arch, name, sample)


def pressed(value: object) -> tuple[str, Pick] | None:
    """Where something was pressed, and what; None when nothing was.

    Raises:
        InputError: the value is not what the page sends.
    """
    if not value:
        return None
    try:
        place, pick = json.loads(str(value)[:LONGEST])
    except (ValueError, TypeError, RecursionError):
        raise InputError("This is no part of a report: press one of its bars or tasks.") from None
    if place not in PLACES:
        raise InputError(f"Unknown place {place!r}: a part of a report is pressed in one of {', '.join(PLACES)}.")
    return place, Pick.from_json(pick)
