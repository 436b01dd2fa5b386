"""The worker process: takes pickled calls from a socket, runs them, answers. Started by `pool`, never by hand.

It begins with an empty environment and few rights, ends when its parent does, and leaves a breadcrumb behind of what it
was doing, in memory shared with the parent.
"""

import contextlib
import ctypes
import importlib
import mmap
import os
import pickle
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any

from playground.assembly import breadcrumb

HEADER = struct.Struct("<Q")
ADDRESS_SPACE_BYTES = 6 << 30
OPEN_FILES = 64
CPU_MARGIN_SECONDS = 5
WARM_UP = ("playground.assembly.assembler", "playground.emulator")
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS = 1, 38


def receive(channel: socket.socket) -> bytes | None:
    """One message; None when the other side closed.

    Raises:
        OSError: the connection broke, or its time-out passed.
    """
    header = _receive_exactly(channel, HEADER.size)
    return None if header is None else _receive_exactly(channel, HEADER.unpack(header)[0])


def _receive_exactly(channel: socket.socket, size: int) -> bytes | None:
    if size == 0:
        return b""
    data = bytearray(size)
    view, at = memoryview(data), 0
    while at < size:
        count = channel.recv_into(view[at:])
        if count == 0:
            return None
        at += count
    return bytes(data)


def send(channel: socket.socket, data: bytes) -> None:
    """One message."""
    channel.sendall(HEADER.pack(len(data)) + data)


def serve(channel: socket.socket) -> None:
    """Answer calls until the parent closes the connection."""
    while True:
        message = receive(channel)
        if message is None:
            return
        send(channel, answer(message))


def answer(message: bytes) -> bytes:
    """The pickled outcome of one call: (True, value) or (False, exception)."""
    try:
        function, arguments, deadline = pickle.loads(message)
        _limit_processor_time(deadline)
        return pickle.dumps((True, function(*arguments)), protocol=pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return _pickled_error(error)
    finally:
        breadcrumb.clear()


def _pickled_error(error: Exception) -> bytes:
    try:
        data = pickle.dumps((False, error))
        pickle.loads(data)
    except Exception:
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return data


def _limit_processor_time(deadline_seconds: float) -> None:
    """A second bound beside the parent's deadline: SIGXCPU ends a worker that a stopped parent does not kill."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(usage.ru_utime + usage.ru_stime + deadline_seconds) + CPU_MARGIN_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def give_up_rights() -> None:
    """Die with the parent; no core dumps, no new files, no new privileges, bounded memory and descriptors."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(AttributeError, OSError):  # prctl is Linux's
        prctl: Callable[..., int] = ctypes.CDLL(None).prctl
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    limits = {
        resource.RLIMIT_AS: ADDRESS_SPACE_BYTES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
    }
    for kind, value in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


def main(channel_descriptor: int, breadcrumb_descriptor: int, parent: int, modules: tuple[str, ...]) -> None:
    """Serve the socket `channel_descriptor` until it is closed."""
    channel = socket.socket(fileno=channel_descriptor)
    shared: Any = mmap.mmap(breadcrumb_descriptor, breadcrumb.BYTES)
    give_up_rights()
    if os.getppid() != parent:
        return
    breadcrumb.attach(shared)
    for name in modules:
        importlib.import_module(name)
    send(channel, b"ready")
    with contextlib.suppress(ConnectionError):
        serve(channel)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), tuple(sys.argv[4:]))
