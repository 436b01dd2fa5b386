"""What gcc's code for the bank's references costs: instructions executed and bytes of code at -O0, -O1 and -O2.

``python -m playground.evaluation.baselines`` writes ``baselines.json`` anew (it needs gcc and
aarch64-linux-gnu-gcc); every figure comes from the same assembler, emulator and judge as a model's answer.
"""

import functools
import json
import re
import subprocess
import sys
from pathlib import Path

from playground.emulator.pool import WorkerPool
from playground.isa import ARCHITECTURES
from playground.tasks.bank import load_bank
from playground.tasks.judging import Judge
from playground.tasks.task import Task
from playground.tasks.verdict import Verdict

BASELINES_FILE = Path(__file__).with_name("baselines.json")
LEVELS = ("O0", "O1", "O2")

Figures = dict[str, dict[str, dict[str, tuple[int, int]]]]
"""Task id -> architecture -> level -> (instructions over all cases, bytes of code)."""


@functools.cache
def load_baselines() -> Figures:
    """The figures as shipped; a task that is not in the bank has none."""
    records = json.loads(BASELINES_FILE.read_text(encoding="utf-8"))
    return {
        task: {arch: {level: (row[0], row[1]) for level, row in levels.items()} for arch, levels in archs.items()}
        for task, archs in records.items()
    }


def compiler(arch: str) -> str:
    """The gcc that compiles for `arch`."""
    return f"{ARCHITECTURES[arch].gnu_triplet}-gcc"


def compile_reference(task: Task, arch: str, level: str, *, options: tuple[str, ...] = ()) -> str:
    """gcc's assembly for a task's reference.

    Raises:
        FileNotFoundError: the compiler is not installed.
        subprocess.CalledProcessError: the reference does not compile.
    """
    name = re.escape(task.id)
    code = task.reference if task.is_program else re.sub(rf"^static (?=.*\b{name}\()", "", task.reference)
    command = [compiler(arch), f"-{level}", "-std=gnu11", "-w", "-S", "-x", "c", *options, "-o", "-", "-"]
    return subprocess.run(command, input=code, capture_output=True, text=True, check=True).stdout


def measure(judge: Judge) -> tuple[Figures, list[str]]:
    """The figures of all bank tasks, and a line for each that is not judged correct."""
    figures: Figures = {}
    problems = []
    for task in load_bank():
        for arch in ARCHITECTURES:
            for level in LEVELS:
                verdict = judge.verdict(compile_reference(task, arch, level), task, arch)
                if not verdict.passed:
                    problems.append(problem_line(task, arch, level, verdict))
                    continue
                figures.setdefault(task.id, {}).setdefault(arch, {})[level] = (verdict.instructions, verdict.code_bytes)
    return figures, problems


def problem_line(task: Task, arch: str, level: str, verdict: Verdict) -> str:
    """One sentence on a reference that the judge does not accept."""
    return f"{task.id} {arch} -{level}: {verdict.stage}{' (unscored)' if verdict.unscored else ''}: {verdict.reason}"


def main() -> int:
    """Write the file; exit status 1 when a reference was not judged correct."""
    with WorkerPool() as pool:
        figures, problems = measure(Judge(pool))
    lines = (f"{json.dumps(task)}: {json.dumps(archs)}" for task, archs in sorted(figures.items()))
    BASELINES_FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print("\n".join(problems) or "every reference is judged correct")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
