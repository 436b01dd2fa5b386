"""The guest's time: it depends on nothing but what the guest did."""

from dataclasses import dataclass

from playground.emulator.engine import Engine

EPOCH_NANOSECONDS = 1_700_000_000 * 10**9
"""2023-11-14 22:13:20 UTC: the guest's date at the start of every run."""


@dataclass
class Clock:
    """Deterministic time: a nanosecond an instruction, plus what the program sleeps."""

    engine: Engine
    slept_nanoseconds: int = 0

    def monotonic_nanoseconds(self) -> int:
        """Since the process started."""
        return self.engine.executed + self.slept_nanoseconds

    def realtime_nanoseconds(self) -> int:
        """Since 1970."""
        return EPOCH_NANOSECONDS + self.monotonic_nanoseconds()

    def sleep(self, nanoseconds: int) -> None:
        """Time passes at once."""
        self.slept_nanoseconds += max(0, nanoseconds)
