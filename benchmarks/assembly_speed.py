"""How long the assembler takes, and the ratio to GNU as on the same text. Prints; asserts nothing.

    python benchmarks/assembly_speed.py

Cold: a new process, everything imported, nothing encoded yet. Warm: the same text again. Milliseconds of processor time
(and of wall time in brackets, which depends on what else the machine does); for GNU as those of its process.
"""

import itertools
import multiprocessing
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playground.assembly.assembler import assemble
from playground.assembly.program import Source
from playground.isa import architecture

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "assembly" / "corpus"
DIALECTS = {
    ("x86_64", "gas"): ["gcc"],
    ("x86_64", "intel"): ["gcc", "-masm=intel"],
    ("aarch64", "gas"): ["aarch64-linux-gnu-gcc"],
}
SHORT_LINES = 100
LONG_LINES = 18_000, 32_000
"""A compiler output of about 20,000 lines."""
TARGETS = {"a function": "target: 3 ms warm", "a gcc output": "target: 2,000 ms"}


@dataclass(frozen=True)
class Cost:
    """Milliseconds of one run."""

    processor: float
    wall: float

    def __str__(self) -> str:
        return f"{self.processor:8.2f} ({self.wall:8.2f})"


def children_seconds() -> float:
    """Processor time of the processes that this one has started and waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> Cost:
    """One run."""
    wall, processor = time.perf_counter(), clock()
    work()
    return Cost(1000 * (clock() - processor), 1000 * (time.perf_counter() - wall))


def median(work: Callable[[], object], repeats: int) -> Cost:
    """The medians of `repeats` runs."""
    costs = [measured(work) for _ in range(repeats)]
    return Cost(statistics.median(c.processor for c in costs), statistics.median(c.wall for c in costs))


def compiled(command: list[str], source: Path, folder: Path, *options: str) -> str:
    """What gcc or g++ prints for a source file."""
    program = command[0].replace("gcc", "g++") if source.suffix == ".cpp" else command[0]
    output = folder / "out.s"
    subprocess.run([program, *command[1:], *options, "-w", "-S", source, "-o", output], check=True)
    return output.read_text()


def function(command: list[str], folder: Path) -> str:
    """The first functions of a file, about SHORT_LINES lines."""
    lines = compiled(command, CORPUS / "integers.c", folder, "-O1").splitlines()
    end = next(i for i, line in enumerate(lines) if i >= SHORT_LINES and line.startswith("\t.size"))
    return "\n".join(lines[: end + 1]) + "\n"


def long_output(command: list[str], folder: Path) -> str:
    """gcc's output for the first of csmith's random programs that has about 20,000 lines."""
    for seed in itertools.chain([10], range(1, 200)):
        source = folder / f"csmith{seed}.c"
        if not source.exists():
            subprocess.run(["csmith", "--seed", str(seed), "-o", source], check=True, cwd=folder)
        text = compiled(command, source, folder, "-O1", "-I/usr/include/csmith")
        if LONG_LINES[0] <= text.count("\n") <= LONG_LINES[1]:
            return text
    raise SystemExit("none of csmith's programs has about 20,000 lines")


def in_new_process(work: Callable[[Source, int], tuple[Cost, Cost]], source: Source, repeats: int) -> tuple[Cost, Cost]:
    """`work` in a process that has imported the assembler and encoded nothing."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (source, repeats))


def cold_and_warm(source: Source, repeats: int) -> tuple[Cost, Cost]:
    """The first run in this process, and the median of the next."""

    def ours() -> None:
        result = assemble(source)
        if result.image is None:
            raise SystemExit(f"not assembled: {result.diagnostics[:3]} {result.gaps[:3]}")

    return measured(ours), median(ours, repeats)


def peer(source: Source, folder: Path, repeats: int) -> Cost:
    """GNU as on the same text."""
    path = folder / "gnu.s"
    path.write_text((".intel_syntax noprefix\n" if source.syntax == "intel" else "") + source.text)
    program = shutil.which(f"{architecture(source.arch).gnu_triplet}-as") or "as"
    command = [program, str(path), "-o", str(folder / "gnu.o")]
    costs = [
        measured(lambda: subprocess.run(command, check=True, capture_output=True), children_seconds)
        for _ in range(repeats)
    ]
    return Cost(statistics.median(c.processor for c in costs), statistics.median(c.wall for c in costs))


def report(title: str, arch: str, syntax: str, text: str, folder: Path, repeats: int) -> None:
    source = Source(text=text, arch=arch, syntax=syntax)
    cold, warm = in_new_process(cold_and_warm, source, repeats)
    theirs = peer(source, folder, repeats)
    ratio = f"ratio cold {cold.processor / theirs.processor:5.2f} warm {warm.processor / theirs.processor:5.2f}"
    lines = f"{text.count(chr(10)):6} lines"
    print(f"{title:14} {arch:8} {syntax:6}{lines}  cold {cold}  warm {warm}  GNU as {theirs}  {ratio}", flush=True)


def main() -> None:
    print("milliseconds: processor (wall).", "; ".join(f"{title}: {goal}" for title, goal in TARGETS.items()))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for (arch, syntax), command in DIALECTS.items():
            report("a function", arch, syntax, function(command, folder), folder, 20)
            report("a C++ program", arch, syntax, compiled(command, CORPUS / "objects.cpp", folder, "-O0"), folder, 5)
            if shutil.which("csmith"):
                report("a gcc output", arch, syntax, long_output(command, folder), folder, 5)
            else:
                print("a gcc output of 20,000 lines needs the package csmith: not measured")


if __name__ == "__main__":
    main()
