"""Random C programs by csmith, compiled at five levels, run natively and here."""

import subprocess
from dataclasses import dataclass
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
NATIVE_SECONDS = 3
STRIDE = 100_000
"""Between the seeds that replace one another."""
MOST_REPLACEMENTS = 9


@dataclass(frozen=True)
class Comparison:
    """One random program in one architecture."""

    seed: int
    level: str
    difference: str
    """Empty when both agree, else a sentence."""
    replaced: int
    """Programs before it that did not end natively in time, so that nothing could be compared."""


def compare(seed: int, folder: Path, arch: str, *options: str) -> Comparison:
    """The program of a seed, or of the first seed after it (by `STRIDE`) that ends natively in time.

    Raises:
        TooSlow: none of `MOST_REPLACEMENTS` replacements ended in time.
    """
    level = LEVELS[seed % len(LEVELS)]
    for replaced in range(MOST_REPLACEMENTS + 1):
        chosen = seed + replaced * STRIDE
        path = generate(chosen, folder, *options)
        text = compile_to_assembly(path, arch, level, *environment_for_csmith())
        try:
            return Comparison(chosen, level, difference(text, path, arch), replaced)
        except TooSlow:
            continue
    raise TooSlow


def generate(seed: int, folder: Path, *options: str) -> Path:
    """The program of one seed; the same each time."""
    path = folder / f"csmith{seed}.c"
    command = ["csmith", "--seed", str(seed), "-o", str(path), *options]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return path


def difference(text: str, path: Path, arch: str) -> str:
    """Empty when both agree; a sentence when they do not.

    Raises:
        TooSlow: the native program takes too long.
    """
    native = run_natively(path.with_suffix(".s"), arch, seconds=NATIVE_SECONDS)
    try:
        result = run_here(text, arch)
    except AssertionError as error:
        return f"not assembled: {error}"[:300]
    if result.exit_status is None or outcome_of(result) != native:
        return f"natively {native}, here {result.stop} {result.exit_status} {result.stdout!r} {result.reason}"
    return "" if native.stdout else "nothing printed natively"
