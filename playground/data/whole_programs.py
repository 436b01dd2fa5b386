"""Whole C programs: compiled one by one, run natively twice, and what both runs print is what the pair must print."""

import resource
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playground.data.compilers import native_program
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


def run_natively(source: str) -> ProgramRun | None:
    """Compile and run with empty input under limits; None when it crashes, does not end, or does not repeat itself."""
    with tempfile.TemporaryDirectory() as folder:
        binary = Path(folder) / "program"
        try:
            native_program(source, binary)
        except InputError:
            return None
        first = _run(binary, folder)
        return first if first is not None and first == _run(binary, folder) else None


def _run(binary: Path, folder: str) -> ProgramRun | None:
    try:
        done = subprocess.run(
            [str(binary)], stdin=subprocess.DEVNULL, capture_output=True, timeout=2 * RUN_SECONDS, check=False,
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
