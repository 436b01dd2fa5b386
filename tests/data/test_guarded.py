"""Native calls that crash or hang lose their own answer alone."""

import os
import signal
import time

from playground.data.guarded import guarded_map


def test_lost_calls_leave_the_others_alone() -> None:
    def call(number: int) -> int:
        if number in (1, 2):
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 4:
            time.sleep(300)
        if number == 6:
            raise ValueError("no answer")
        return number * number

    assert guarded_map(call, 8, seconds=5.0) == [0, None, None, 9, None, 25, None, 49]


def test_nothing_to_call() -> None:
    assert guarded_map(lambda number: number, 0, seconds=1.0) == []
