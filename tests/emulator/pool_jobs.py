"""What workers are asked to do in the pool's tests."""

import ctypes
import os
import resource
import time

from playground.assembly import breadcrumb
from playground.assembly.keystone_engine import engine


def add(left: int, right: int) -> int:
    return left + right


def environment() -> dict[str, str]:
    return dict(os.environ)


def process() -> int:
    return os.getpid()


def spin() -> None:
    while True:
        pass


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def crash() -> None:
    ctypes.string_at(0)


def crash_while_assembling() -> None:
    breadcrumb.leave("aarch64", [12], ["add x0, x0, :lo12:sym"])
    ctypes.string_at(0)


def crash_in_a_block() -> None:
    breadcrumb.leave("aarch64", [3, 4], ["nop", "ret"])
    ctypes.string_at(0)


def spin_while_assembling() -> None:
    breadcrumb.leave("x86_64", [7], [","])
    spin()


def assemble_raw(arch: str, texts: list[str]) -> int:
    """Every text to the engine as it stands, one a line: an encoder without the rewriting that protects the engine."""
    return len(engine(arch).encode_block(texts, list(range(1, len(texts) + 1))))


def leave() -> None:
    os._exit(3)


def fail() -> None:
    raise ValueError("what the function raised")


class Local(Exception):
    """Not importable on the other side once renamed."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("true",)


class Hostile:
    """An answer that would run a program in the parent."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch {self.path}",)


def hostile_answer(path: str) -> object:
    return Hostile(path)


def hostile_error() -> None:
    raise Local


def allocate(size: int) -> int:
    return len(bytearray(size))


def write_file(path: str) -> None:
    with open(path, "wb") as file:
        file.write(b"x" * 10)


def limits() -> dict[str, int]:
    kinds = ("RLIMIT_AS", "RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CPU")
    return {kind: resource.getrlimit(getattr(resource, kind))[0] for kind in kinds}


def open_descriptors() -> list[str]:
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            found.append(os.readlink(f"/proc/self/fd/{name}"))
        except OSError:
            continue
    return found


def large(size: int) -> bytes:
    return bytes(size)
