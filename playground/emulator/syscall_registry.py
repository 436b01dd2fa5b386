"""Where system calls are registered: a decorator puts small functions of the process into a table by name."""

from collections.abc import Callable

SystemCall = Callable[..., int]
"""Takes the machine and as many registers (signed 64 bits) as it has further parameters; answers as the kernel does."""

registered: dict[str, tuple[SystemCall, int]] = {}
"""Name -> the function and its number of arguments."""


def call(*names: str) -> Callable[[SystemCall], SystemCall]:
    """Register a system call under `names`."""

    def register(function: SystemCall) -> SystemCall:
        for name in names:
            registered[name] = (function, function.__code__.co_argcount - 1)
        return function

    return register
