"""Random C programs by csmith, compiled at five levels, run natively and here."""

import subprocess
from pathlib import Path

from tests.emulator.toolchain import (
    TooSlow,
    compile_to_assembly,
    environment_for_csmith,
    outcome_of,
    run_here,
    run_natively,
)

LEVELS = ("-O0", "-O1", "-O2", "-O3", "-Os")


def generate(seed: int, folder: Path, *options: str) -> Path:
    """The program of one seed; the same each time."""
    path = folder / f"csmith{seed}.c"
    command = ["csmith", "--seed", str(seed), "-o", str(path), *options]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return path


def difference(path: Path, arch: str, level: str) -> str | None:
    """Empty when both agree; a sentence when they do not; None when the native program takes too long."""
    text = compile_to_assembly(path, arch, level, *environment_for_csmith())
    try:
        native = run_natively(path.with_suffix(".s"), arch, seconds=3)
    except TooSlow:
        return None
    try:
        result = run_here(text, arch)
    except AssertionError as error:
        return f"not assembled: {error}"[:300]
    if result.exit_status is None or outcome_of(result) != native:
        return f"natively {native}, here {result.stop} {result.exit_status} {result.stdout!r} {result.reason}"
    return ""
