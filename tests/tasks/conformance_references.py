"""Every reference of the bank, compiled by gcc for both architectures at five levels, must reach the top of the ladder.

Prints each that does not; exit status 1 when there is one. About two minutes on two cores.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

from playground.emulator.pool import WorkerPool
from playground.evaluation.baselines import compile_reference, problem_line
from playground.isa import ARCHITECTURES
from playground.tasks.bank import load_bank
from playground.tasks.judging import Judge
from playground.tasks.task import Task

LEVELS = ("O0", "O1", "O2", "O3", "Os")


def problems_of(judge: Judge, task: Task) -> list[str]:
    """A line for each architecture and level at which the task's reference is not judged right."""
    found = []
    for arch in ARCHITECTURES:
        for level in LEVELS:
            verdict = judge.verdict(compile_reference(task, arch, level), task, arch)
            if verdict.stage != "abi":
                found.append(problem_line(task, arch, level, verdict))
    return found


def main() -> int:
    """Judge all and print what is wrong."""
    with WorkerPool(size=2) as pool, ThreadPoolExecutor(max_workers=2) as threads:
        judge = Judge(pool)
        problems = [line for lines in threads.map(lambda task: problems_of(judge, task), load_bank()) for line in lines]
    print("\n".join(problems))
    print(f"{len(load_bank()) * len(ARCHITECTURES) * len(LEVELS)} builds, {len(problems)} not right")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
