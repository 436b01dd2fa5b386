"""How fast answers are judged: 1,000 short functions of 8 cases each, and one verdict against a toolchain's.

    python benchmarks/judging_speed.py

The toolchain's way for the same function: GNU as, ld (through gcc, with a main that calls the cases), and the run.
"""

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playground.emulator.pool import WorkerPool
from playground.evaluation.check import judge_samples
from playground.evaluation.engine import LocalEngine
from playground.evaluation.records import Sample
from playground.tasks.bank import load_bank
from playground.tasks.judging import Judge
from playground.tasks.task import Task

SAMPLES = 1000
CASES = 8
GCD = {
    "aarch64": "gcd:\n cbz x1, 2f\n1: udiv x2, x0, x1\n msub x2, x2, x1, x0\n mov x0, x1\n mov x1, x2\n cbnz x1, 1b\n"
    "2: ret\n",
    "x86_64": "gcd:\n movq %rdi, %rax\n1: testq %rsi, %rsi\n je 2f\n xorl %edx, %edx\n divq %rsi\n movq %rsi, %rax\n"
    " movq %rdx, %rsi\n jmp 1b\n2: ret\n",
}
MAIN = """
#include <stdio.h>
unsigned long gcd(unsigned long a, unsigned long b);
int main(void) {{ {calls} }}
"""


def main() -> None:
    """Print the figures with the machine's details."""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    task = next(one for one in load_bank() if one.id == "gcd")
    eight = Task(id=task.id, prompt=task.prompt, prototype=task.prototype, cases=task.cases[:CASES])
    for arch in GCD:
        batch_seconds(eight, arch)
    single_verdicts(eight)


def batch_seconds(task: Task, arch: str) -> None:
    """A thousand different texts, so that nothing but single instructions can be remembered from one to the next."""
    samples = [
        Sample(task_id="gcd", completion=f"{GCD[arch]} nop // {index}\n", arch=arch, sample=index)
        for index in range(SAMPLES)
    ]
    engine = LocalEngine()
    judge_samples(samples[:20], {"gcd": task}, engine)
    started, busy = time.perf_counter(), processor_seconds(resource.RUSAGE_SELF)
    children = processor_seconds(resource.RUSAGE_CHILDREN)
    results = judge_samples(samples, {"gcd": task}, engine)
    seconds, own = time.perf_counter() - started, processor_seconds(resource.RUSAGE_SELF) - busy
    engine.close()
    worker_seconds = processor_seconds(resource.RUSAGE_CHILDREN) - children
    assert all(result.passed for result in results)
    each = 1000 * seconds / SAMPLES
    print(f"{arch}: {SAMPLES} samples of {CASES} cases judged in {seconds:.2f} s ({each:.2f} ms each)")
    print(f"    processor time: {own:.2f} s here, {worker_seconds:.2f} s in the workers")


def processor_seconds(who: int) -> float:
    """User and system time of this process, or of its ended children."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def single_verdicts(task: Task) -> None:
    """One warm verdict, beside as, ld and a native run of the same."""
    with WorkerPool(size=1) as pool:
        judge = Judge(pool)
        ours = median_milliseconds(lambda: judge.verdict(GCD["x86_64"], task, "x86_64"))
    print(f"one warm verdict: {ours:.2f} ms")
    if platform.machine() != "x86_64" or shutil.which("gcc") is None:
        print("no native x86-64 toolchain here to compare with")
        return
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), task)
        theirs = median_milliseconds(lambda: native_verdict(Path(folder)))
    print(f"as + ld + native run: {theirs:.2f} ms; ratio {ours / theirs:.3f}")


def median_milliseconds(call: object, repeats: int = 30) -> float:
    """Of `repeats` calls after three that warm up."""
    assert callable(call)
    times = []
    for _ in range(repeats + 3):
        started = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times[3:])


def prepare(folder: Path, task: Task) -> None:
    """The answer and an object file with a main that makes all calls."""
    calls = " ".join(f'printf("%lu\\n", gcd({case.args[0]}ul, {case.args[1]}ul));' for case in task.cases)
    (folder / "main.c").write_text(MAIN.format(calls=calls))
    (folder / "gcd.s").write_text(f".globl gcd\n{GCD['x86_64']}")
    subprocess.run(["gcc", "-c", "main.c"], cwd=folder, check=True)


def native_verdict(folder: Path) -> None:
    """What a test harness with a toolchain does for one answer."""
    subprocess.run(["as", "-o", "gcd.o", "gcd.s"], cwd=folder, check=True)
    subprocess.run(["gcc", "-Wl,--no-warn-execstack", "-o", "program", "main.o", "gcd.o"], cwd=folder, check=True)
    subprocess.run(["./program"], cwd=folder, check=True, capture_output=True)


if __name__ == "__main__":
    main()
