"""Calls of native code that may crash or never return, one after the other in a forked child.

One fork serves all calls; it is repeated only behind a call that was lost, so the cost is that of the calls.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")

_FORK = multiprocessing.get_context("fork")


def guarded_map(call: Callable[[int], T], count: int, seconds: float) -> list[T | None]:
    """``[call(0), call(1), …]``, with None where a call ended the process, raised, or took longer than `seconds`.

    `call` gives something that can be pickled. POSIX only (fork(2)); the caller should have one thread.
    """
    answers: list[T | None] = []
    while len(answers) < count:
        answers += _until_lost(call, range(len(answers), count), seconds)
        if len(answers) < count:
            answers.append(None)
    return answers


def _until_lost(call: Callable[[int], Any], numbers: Sequence[int], seconds: float) -> list[Any]:
    """The answers that came before one was lost."""
    reading, writing = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=_answer, args=(call, numbers, writing))
    child.start()
    writing.close()
    answers: list[Any] = []
    try:
        while len(answers) < len(numbers) and reading.poll(seconds):
            answers.append(reading.recv())
    except EOFError:  # the child ended in the middle of a call
        pass
    finally:
        child.kill()
        child.join()
        reading.close()
    return answers


def _answer(call: Callable[[int], Any], numbers: Sequence[int], writing: Connection) -> None:
    """The child's work."""
    for number in numbers:
        writing.send(call(number))
