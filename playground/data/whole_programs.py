"""Whole C programs: run natively twice, and what both runs print is what the pair must print.

The generator's programs share a translation unit, and a binary that is told which of them to be; others, whose names
may clash, are compiled one by one.
"""

import resource
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playground.data.compilers import native_program
from playground.data.function import CFunction
from playground.data.units import unit_source
from playground.errors import InputError

RUN_SECONDS = 2
MOST_OUTPUT = 20_000
"""Bytes; a program that prints more teaches nothing more."""
MOST_MEMORY = 1 << 30


@dataclass(frozen=True, kw_only=True)
class ProgramRun:
    """What a program did, twice alike."""

    stdout: str
    exit_status: int


def run_natively(source: str, stdin: str = "") -> ProgramRun | None:
    """Compile and run on `stdin` under limits; None when it crashes, does not end, or does not repeat itself."""
    with tempfile.TemporaryDirectory() as folder:
        binary = Path(folder) / "program"
        try:
            native_program(source, binary)
        except InputError:
            return None
        return _twice(binary, folder, stdin)


def run_unit_natively(programs: Sequence[CFunction]) -> list[ProgramRun | None]:
    """`run_natively` for programs of one translation unit.

    Raises:
        InputError: the unit does not compile.
    """
    mains = ", ".join(f"u{index}_main" for index, _ in enumerate(programs))
    chooser = (
        f"#include <stdlib.h>\nstatic int (*const all[])(void) = {{ {mains} }};\n"
        "int main(int count, char **words) { return all[atoi(words[count - 1])](); }\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        binary = Path(folder) / "programs"
        native_program(unit_source(programs) + chooser, binary)
        return [_twice(binary, folder, program.stdin, str(index)) for index, program in enumerate(programs)]


def _twice(binary: Path, folder: str, stdin: str, *arguments: str) -> ProgramRun | None:
    first = _run(binary, folder, stdin, *arguments)
    return first if first is not None and first == _run(binary, folder, stdin, *arguments) else None


def _run(binary: Path, folder: str, stdin: str, *arguments: str) -> ProgramRun | None:
    try:
        done = subprocess.run(
            [str(binary), *arguments], input=stdin.encode(), capture_output=True, timeout=2 * RUN_SECONDS, check=False,
            cwd=folder, env={}, preexec_fn=_limit, start_new_session=True,
        )  # fmt: skip
        text = done.stdout.decode()
    except (subprocess.TimeoutExpired, UnicodeDecodeError):
        return None
    if done.returncode < 0 or len(done.stdout) > MOST_OUTPUT:
        return None
    return ProgramRun(stdout=text, exit_status=done.returncode)


def _limit() -> None:
    """No files, little memory, little time."""
    resource.setrlimit(resource.RLIMIT_CPU, (RUN_SECONDS, RUN_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
