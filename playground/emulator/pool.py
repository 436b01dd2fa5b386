"""Worker processes for code that nobody trusts: killed at their deadline, replaced when they die, shared fairly."""

import contextlib
import io
import mmap
import os
import pickle
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from playground.assembly import breadcrumb
from playground.assembly.breadcrumb import Crumb
from playground.assembly.culprit import encode_singly
from playground.emulator import worker
from playground.emulator.fair_queue import FairQueue, Job, PoolClosed

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

JOBS_PER_WORKER = 5000
"""A worker is replaced after so many calls, so that nothing that leaks in an engine adds up."""
START_SECONDS = 60.0
RETRY_SECONDS = 0.1
LOCATING_SECONDS = 3.0
"""What giving a block's statements to the engine one by one may take; it takes milliseconds when nothing is wrong."""
ROOT = Path(__file__).resolve().parents[2]
"""The folder that holds the package: the only thing a worker's environment names."""
PLAIN_CLASSES = {
    ("builtins", name) for name in ("set", "frozenset", "bytearray", "complex", "range", "slice", "object")
} | {("collections", "OrderedDict"), ("collections", "deque"), ("collections", "Counter"), ("pathlib", "PosixPath")}
"""What an answer may hold beside the package's own classes and exceptions."""


class WorkerDied(RuntimeError):
    """The worker process ended in the middle of a call."""

    def __init__(self, exit_code: int | None, place: tuple[int, str] | None) -> None:
        self.signal = _signal_name(exit_code)
        """``SIGSEGV``; empty when it exited by itself."""
        self.exit_code = exit_code
        self.line, self.text = place or (0, "")
        """The statement that was being assembled; 0 and empty when none was."""
        how = f"killed by {self.signal}" if self.signal else f"ended with status {exit_code}"
        at = f" while assembling line {self.line}: {self.text}" if place else ""
        super().__init__(f"the worker was {how}{at}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.exit_code, (self.line, self.text) if self.text else None)


class DeadlinePassed(RuntimeError):
    """A call took longer than its deadline, so its worker was killed."""

    def __init__(self, seconds: float, place: tuple[int, str] | None = None) -> None:
        self.seconds = seconds
        self.line, self.text = place or (0, "")
        at = f" while assembling line {self.line}: {self.text}" if place else ""
        super().__init__(f"no answer within {seconds:g} s{at}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.seconds, (self.line, self.text) if self.text else None)


def _signal_name(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return ""
    try:
        return signal.Signals(-exit_code).name
    except ValueError:
        return f"signal {-exit_code}"


class _AnswerUnpickler(pickle.Unpickler):
    """Answers come from a process that ran hostile input: only classes of ours and plain ones are built from them."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if self._allowed(module, name) else None
        if isinstance(found, type):
            return found
        raise pickle.UnpicklingError(f"an answer holds {module}.{name}")

    @staticmethod
    def _allowed(module: str, name: str) -> bool:
        if (module, name) in PLAIN_CLASSES or module.partition(".")[0] == "playground":
            return True
        builtin = __builtins__[name] if isinstance(__builtins__, dict) and name in __builtins__ else None
        return module == "builtins" and isinstance(builtin, type) and issubclass(builtin, Exception)


class _Worker:
    """One child process and its socket. Used by one thread."""

    def __init__(self, modules: tuple[str, ...]) -> None:
        with tempfile.TemporaryFile() as shared:
            shared.truncate(breadcrumb.BYTES)
            self._breadcrumb = mmap.mmap(shared.fileno(), breadcrumb.BYTES)
            self._channel, theirs = socket.socketpair()
            with theirs:
                self.process = _spawn(theirs.fileno(), shared.fileno(), modules)
        self.jobs = 0
        self.crumb: Crumb | None = None
        """What the engine had been given when the process was lost."""
        self._ready = False

    def call(self, job: Job) -> tuple[bool, Any]:
        """Hand over a job and wait for (True, value) or (False, exception).

        Raises:
            WorkerDied, DeadlinePassed: the worker is gone.
        """
        try:
            if not self._ready:
                self._await(START_SECONDS)
                self._ready = True
            self._channel.settimeout(job.deadline_seconds)
            worker.send(self._channel, job.message)
            answer = self._await(job.deadline_seconds)
        except TimeoutError:
            place = self.place()
            self.kill()
            raise DeadlinePassed(job.deadline_seconds, place) from None
        except ConnectionError:
            raise self._death() from None
        self.jobs += 1
        return self._decoded(answer)

    def _await(self, seconds: float) -> bytes:
        self._channel.settimeout(seconds)
        answer = worker.receive(self._channel)
        if answer is None:
            raise ConnectionResetError
        return answer

    def _decoded(self, answer: bytes) -> tuple[bool, Any]:
        try:
            worked, value = _AnswerUnpickler(io.BytesIO(answer)).load()
        except Exception as error:
            return False, RuntimeError(f"the worker's answer is unreadable: {error}")
        return bool(worked), value

    def _death(self) -> WorkerDied:
        place = self.place()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=5)
        code = self.process.poll()
        self.kill()
        return WorkerDied(code, place)

    def place(self) -> tuple[int, str] | None:
        """The breadcrumb's statement or block; `crumb` keeps it."""
        self.crumb = breadcrumb.read(self._breadcrumb)
        return self.crumb.place if self.crumb else None

    def kill(self) -> None:
        """End the process and let go of everything."""
        self.process.kill()
        self.process.wait()
        self._channel.close()


def _spawn(channel: int, shared: int, modules: tuple[str, ...]) -> "subprocess.Popen[bytes]":
    """A worker with no environment but where to find the package: nothing secret is inherited."""
    return subprocess.Popen(
        [sys.executable, "-B", "-s", "-m", worker.__name__, str(channel), str(shared), str(os.getpid()), *modules],
        env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(channel, shared),
    )


class _Nursery:
    """Starts workers ahead of need, so that one that was killed is replaced at once.

    They are all started on one thread, since PR_SET_PDEATHSIG watches the thread that made a process.
    """

    def __init__(self, modules: tuple[str, ...]) -> None:
        self._modules = modules
        self._started: queue.Queue[_Worker] = queue.Queue(maxsize=1)
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="worker-nursery", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while not self._closed:
            try:
                self._started.put(_Worker(self._modules))
            except OSError:
                time.sleep(RETRY_SECONDS)

    def take(self) -> "_Worker | None":
        """A started worker (its imports may still be under way); None once closed."""
        while not self._closed:
            with contextlib.suppress(queue.Empty):
                return self._started.get(timeout=RETRY_SECONDS)
        return None

    def close(self) -> None:
        """End the spare, and the thread."""
        self._closed = True
        while self._thread.is_alive():
            with contextlib.suppress(queue.Empty):
                self._started.get(timeout=RETRY_SECONDS).kill()
        with contextlib.suppress(queue.Empty):
            self._started.get_nowait().kill()


class WorkerPool:
    """`size` worker processes and a spare. A context manager; `close` ends them."""

    def __init__(self, size: int | None = None, *, modules: tuple[str, ...] = worker.WARM_UP) -> None:
        self.size = size or os.cpu_count() or 1
        self._nursery = _Nursery(modules)
        self._queue = FairQueue()
        self._lock = threading.Lock()
        self._workers: set[_Worker] = set()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._serve, name=f"worker-pool-{index}", daemon=True) for index in range(self.size)
        ]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        function: Callable[..., Result],
        *args: Any,
        deadline_seconds: float,
        caller: Hashable | None = None,
    ) -> "Future[Result]":
        """`function(*args)` in a worker, as a future. Callers (default: threads) take turns.

        The function must be importable, arguments and result must pickle. The deadline begins when a worker takes the
        call. The future raises WorkerDied, DeadlinePassed, or what the function raised.

        Raises:
            PoolClosed: the pool was closed.
        """
        future: Future[Result] = Future()
        message = pickle.dumps((function, args, deadline_seconds), protocol=pickle.HIGHEST_PROTOCOL)
        key = threading.get_ident() if caller is None else caller
        self._queue.put(key, Job(message, deadline_seconds, future))
        return future

    def run(
        self,
        function: Callable[..., Result],
        *args: Any,
        deadline_seconds: float,
        caller: Hashable | None = None,
    ) -> Result:
        """`submit`, and wait.

        Raises:
            WorkerDied, DeadlinePassed, PoolClosed, or what the function raised.
        """
        return self.submit(function, *args, deadline_seconds=deadline_seconds, caller=caller).result()

    def _serve(self) -> None:
        """One thread's life: it owns one worker at a time."""
        mine = self._start()
        while mine is not None:
            job = self._queue.get()
            if job is None:
                break
            if not job.future.set_running_or_notify_cancel():
                continue
            mine = self._perform(job, mine)
        if mine is not None:
            self._discard(mine)

    def _perform(self, job: Job, mine: _Worker) -> "_Worker | None":
        try:
            worked, value = mine.call(job)
        except Exception as error:
            self._discard(mine)
            following = self._start()
            lost: Exception = error
            if following is not None and mine.crumb is not None and len(mine.crumb.statements) > 1:
                lost, following = self._located(error, mine.crumb, following)
            job.future.set_exception(PoolClosed("the worker pool was closed") if self._closed else lost)
            return following
        if worked:
            job.future.set_result(value)
        else:
            job.future.set_exception(value if isinstance(value, Exception) else RuntimeError(repr(value)))
        if mine.jobs >= JOBS_PER_WORKER:
            self._discard(mine)
            return self._start()
        return mine

    def _located(self, lost: Exception, crumb: Crumb, helper: _Worker) -> tuple[Exception, "_Worker | None"]:
        """`lost` with the one statement of the block that ends a worker by itself, and the worker to go on with.

        When no statement does, the block stays named.
        """
        message = pickle.dumps((encode_singly, (crumb,), LOCATING_SECONDS), protocol=pickle.HIGHEST_PROTOCOL)
        try:
            helper.call(Job(message, LOCATING_SECONDS, Future()))
        except (WorkerDied, DeadlinePassed) as again:
            self._discard(helper)
            place = (again.line, again.text) if again.text else crumb.place
            if isinstance(lost, WorkerDied):
                return WorkerDied(lost.exit_code, place), self._start()
            return DeadlinePassed(lost.seconds, place) if isinstance(lost, DeadlinePassed) else lost, self._start()
        return lost, helper

    def _start(self) -> "_Worker | None":
        made = self._nursery.take()
        with self._lock:
            if made is None or self._closed:
                if made is not None:
                    made.kill()
                return None
            self._workers.add(made)
            return made

    def _discard(self, gone: _Worker) -> None:
        with self._lock:
            self._workers.discard(gone)
        gone.kill()

    def close(self) -> None:
        """End every worker, in the middle of a call too; calls that were not begun raise PoolClosed."""
        with self._lock:
            self._closed = True
            workers = list(self._workers)
        for job in self._queue.close():
            if job.future.set_running_or_notify_cancel():
                job.future.set_exception(PoolClosed("the worker pool was closed"))
        for one in workers:
            one.process.kill()
        self._nursery.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def __enter__(self) -> "WorkerPool":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


__all__ = ["DeadlinePassed", "PoolClosed", "WorkerDied", "WorkerPool"]
