"""Child processes that prepare units, one after the other: starting one costs as much as the work on 20 functions.

A child that crashes or passes the deadline is replaced, and its unit is lost. A child ends when its parent does: its
connection closes.
"""

import subprocess
import sys
import traceback
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

from playground.data.prepare import Prepared, UnitWork, prepare_here
from playground.errors import InputError


class Rejected(Exception):
    """A compiler rejects the unit: what a child answers then."""


Answer = list[Prepared] | Rejected | str
"""The unit, or that it does not compile, or the traceback of a defect of ours."""


class UnitLost(RuntimeError):
    """The child crashed or passed its deadline, or a compiler rejected the unit."""


class Preparers:
    """As many children as are used at once; safe to use from several threads, and a context manager."""

    def __init__(self) -> None:
        self._idle: SimpleQueue[_Child] = SimpleQueue()

    def prepare(self, work: UnitWork, seconds: float) -> list[Prepared]:
        """`prepare_here` in a child process.

        Raises:
            UnitLost: the child crashed or hung, or the unit does not compile; halve it to find out why.
        """
        try:
            child = self._idle.get_nowait()
        except Empty:
            child = _Child()
        try:
            answer = child.ask(work, seconds)
        except BaseException:
            child.close()
            raise
        self._idle.put(child)
        if isinstance(answer, list):
            return answer
        if isinstance(answer, Rejected):
            raise UnitLost("does not compile")
        raise RuntimeError(answer)

    def close(self) -> None:
        """End the children."""
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Child:
    """One process and the connection to it."""

    def __init__(self) -> None:
        self._connection, theirs = Pipe()
        command = f"from playground.data.preparers import serve; serve({theirs.fileno()})"
        self._process = subprocess.Popen(  # what the native functions print is no part of any answer
            [sys.executable, "-c", command], pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()

    def ask(self, work: UnitWork, seconds: float) -> Answer:
        try:
            self._connection.send(work)
            if not self._connection.poll(seconds):
                raise UnitLost(f"no answer in {seconds:.0f} s")
            answer: Answer = self._connection.recv()
            return answer
        except (EOFError, ConnectionError):
            raise UnitLost(f"ended by signal {-self._process.wait()}") from None

    def close(self) -> None:
        self._connection.close()
        self._process.kill()
        self._process.wait()


def serve(descriptor: int) -> None:
    """The child's life: units in, answers out, until the connection closes."""
    connection = Connection(descriptor)
    while True:
        try:
            work = connection.recv()
        except EOFError:
            return
        try:
            connection.send(prepare_here(work))
        except InputError:
            connection.send(Rejected())
        except Exception:
            connection.send(traceback.format_exc())
