"""From a position of a trace to another, as the stepper's buttons ask; and the lines that stop it."""

import re
from collections.abc import Callable

from playground.emulator.trace import Trace
from playground.errors import InputError

Move = Callable[[Trace, int, frozenset[int]], int]


def _to_the_fault(trace: Trace, position: int, lines: frozenset[int]) -> int:
    if trace.result.fault is None:
        raise InputError("This run has no fault.")
    if trace.truncated:
        raise InputError(f"The fault comes behind the {len(trace):,} steps recorded: record more of them.")
    return len(trace)


MOVES: dict[str, Move] = {
    "Start": lambda trace, position, lines: 0,
    "‹‹ Breakpoint": lambda trace, position, lines: trace.previous_position(position, lines),
    "‹ Back": lambda trace, position, lines: position - 1,
    "Step ›": lambda trace, position, lines: position + 1,
    "Breakpoint ››": lambda trace, position, lines: trace.next_position(position, lines),
    "To the fault": _to_the_fault,
    "End": lambda trace, position, lines: len(trace),
}
"""A button's label -> where it leads. Without a breakpoint ahead a run goes on to its end, as in a debugger."""


def moved(trace: Trace, name: str, position: int, lines: frozenset[int]) -> int:
    """The position behind a move, within the trace.

    Raises:
        InputError: there is no fault to go to.
    """
    return within(trace, MOVES[name](trace, within(trace, position), lines))


def within(trace: Trace, position: int) -> int:
    """The nearest position that the trace has."""
    return min(max(position, 0), len(trace))


def breakpoint_lines(text: str) -> frozenset[int]:
    """Line numbers apart by commas or spaces.

    Raises:
        InputError: a word is no line number.
    """
    words = [word for word in re.split(r"[,\s]+", text) if word]
    for word in words:
        if not re.fullmatch(r"[0-9]{1,9}", word):
            raise InputError(f"The breakpoint {word[:40]!r} is no line number: write numbers such as 4, 9.")
    return frozenset(map(int, words))
