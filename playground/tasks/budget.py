"""What judging one answer may use: limits per case, and over all its cases."""

import time
from dataclasses import replace

from playground.emulator.result import Limits

CASE_LIMITS = Limits(instructions=20_000_000, seconds=3.0, memory_bytes=256 * 1024 * 1024, output_bytes=256 * 1024)
"""Of one case. The largest reference of the bank executes well under a tenth of this at -O0."""

WHOLE_FACTOR = 3
"""All cases together get this many times one case's limits: an answer that always loops for ever is cut short."""


class Budget:
    """Counts down what is left for the remaining cases."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.per_case = limits or CASE_LIMITS
        self._instructions = self.per_case.instructions * WHOLE_FACTOR
        self._deadline = time.monotonic() + self.per_case.seconds * WHOLE_FACTOR

    def next_case(self) -> Limits | None:
        """Limits of the next case; None when nothing is left."""
        seconds = min(self.per_case.seconds, self._deadline - time.monotonic())
        instructions = min(self.per_case.instructions, self._instructions)
        if seconds <= 0 or instructions <= 0:
            return None
        return replace(self.per_case, seconds=seconds, instructions=instructions)

    def used(self, instructions: int) -> None:
        """Take off what a case executed."""
        self._instructions -= instructions


def longest_seconds(limits: Limits | None = None) -> float:
    """Wall seconds that executing all cases of one answer may take."""
    return (limits or CASE_LIMITS).seconds * WHOLE_FACTOR
