"""What the emulator costs, beside the peers a user would pick instead. Prints ratios; asserts nothing.

``python benchmarks/emulator_speed.py``
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import unicorn  # noqa: E402
from unicorn import arm64_const, unicorn_const, x86_const  # noqa: E402

from playground.assembly import assemble  # noqa: E402
from playground.assembly.program import ProgramImage, Source  # noqa: E402
from playground.emulator import run_program  # noqa: E402
from playground.emulator.pool import WorkerPool  # noqa: E402
from playground.emulator.result import Limits  # noqa: E402
from playground.tasks import judge  # noqa: E402
from playground.tasks.task import Case, Task  # noqa: E402

INSTRUCTIONS = 30_000_000
TURN = {
    "x86_64": ("add %rcx, %rax", "xor %rax, %rdx", "inc %rsi", "dec %ecx", "jnz 1b"),
    "aarch64": ("add x0, x0, x1", "eor x2, x2, x0", "add x3, x3, 1", "subs w1, w1, 1", "b.ne 1b"),
}
FRAME = {
    "x86_64": ("mov ${}, %ecx", ("xor %eax, %eax", "ret")),
    "aarch64": ("ldr w1, ={}", ("mov w0, 0", "ret")),
}
GCD = """
\t.globl gcd
gcd:
\tmov x9, x0
\tmov x10, x1
\tcbz x9, .Lsecond
.Lloop:
\tcbz x10, .Lfirst
\tudiv x11, x9, x10
\tmsub x12, x11, x10, x9
\tmov x9, x10
\tmov x10, x12
\tb .Lloop
.Lfirst:
\tmov x0, x9
\tret
.Lsecond:
\tmov x0, x10
\tret
"""
PAIRS = ((12, 18), (1, 1), (0, 5), (5, 0), (270, 192), (17, 13), (1 << 40, 1 << 20), (600851475143, 6857))


def gcd(left: int, right: int) -> int:
    """What is expected."""
    while right:
        left, right = right, left % right
    return left


TASK = Task(
    id="gcd",
    prompt="Return the greatest common divisor of a and b.",
    prototype="unsigned long gcd(unsigned long a, unsigned long b)",
    cases=tuple(Case(args=pair, returns=gcd(*pair)) for pair in PAIRS),
)


def seconds(action: Callable[[], object], repeats: int) -> float:
    """The fastest of `repeats` runs: other processes only ever add."""
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - started)
    return best


def image_of(text: str, arch: str) -> ProgramImage:
    """The image, which must exist."""
    image = assemble(Source(text=text, arch=arch)).image
    assert image is not None
    return image


def bare_unicorn(image: ProgramImage, limit: int) -> Callable[[], object]:
    """The same code in an engine of its own, with an instruction limit when it is not 0."""
    arm = image.arch == "aarch64"
    engine = unicorn.Uc(unicorn_const.UC_ARCH_ARM64 if arm else unicorn_const.UC_ARCH_X86, 0 if arm else 8)
    segment = image.segments[0]
    engine.mem_map(segment.address, -(-segment.size // 4096) * 4096)
    engine.mem_write(segment.address, segment.data)
    engine.mem_map(0x10000000, 0x10000)
    end = segment.address + len(segment.data) - (4 if arm else 1)
    pointer = arm64_const.UC_ARM64_REG_SP if arm else x86_const.UC_X86_REG_RSP

    def run() -> None:
        engine.reg_write(pointer, 0x10008000)
        stop = next(e.address for e in reversed(image.lines) if e.is_code and e.address <= end)
        engine.emu_start(image.entry, stop, 0, limit)

    return run


def straight_runs() -> None:
    """A loop of five instructions: ours, and bare Unicorn with and without a limit."""
    print("straight run of 30 M instructions (M instructions/s)")
    for arch, turn in TURN.items():
        before, after = FRAME[arch]
        lines = (".globl main", "main:", before.format(INSTRUCTIONS // len(turn)), "1:", *turn, *after, "")
        image = image_of("\n".join(lines), arch)
        ours = seconds(lambda image=image: run_program(image, limits=Limits(instructions=10**9, seconds=60)), 3)  # type: ignore[misc]
        limited = seconds(bare_unicorn(image, 10**9), 3)
        free = seconds(bare_unicorn(image, 0), 3)
        rate = INSTRUCTIONS / 1e6
        peers = f"Unicorn with a limit {rate / limited:7.0f}   without {rate / free:7.0f}"
        print(f"  {arch:8} ours {rate / ours:7.0f}   {peers}")
        print(f"  {'':8} ours / Unicorn with a limit: {ours / limited:.2f} (target at most 1.3)")


def judged(count: int) -> int:
    """`count` verdicts in this process; how many passed."""
    return sum(judge(GCD, TASK, arch="aarch64").passed for _ in range(count))


def verdicts() -> None:
    """A function of twenty lines with eight cases, warm."""
    assert judged(1) == 1
    one = seconds(lambda: judged(20), 5) / 20
    print(f"20-line function, 8 cases: {1000 * one:.2f} ms a verdict in one process (target at most 5)")
    verdict = partial(judge, GCD, TASK, arch="aarch64")
    with WorkerPool(2) as pool:
        for future in [pool.submit(verdict, deadline_seconds=60) for _ in range(100)]:
            future.result()
        started = time.perf_counter()
        for future in [pool.submit(verdict, deadline_seconds=60) for _ in range(1000)]:
            assert future.result().passed
        rate = 1000 / (time.perf_counter() - started)
    print(f"worker pool of two: {rate:.0f} verdicts/s (target at least 200)")


def pool_overhead() -> None:
    """What a call through the pool costs when it does nothing."""
    with WorkerPool(1) as pool:
        pool.run(abs, -1, deadline_seconds=60)
        each = seconds(lambda: [pool.run(abs, -1, deadline_seconds=60) for _ in range(200)], 5) / 200
    print(f"a call through the worker pool: {1e6 * each:.0f} us")


def native_tools() -> None:
    """The same function with one case: as, ld and qemu-user in processes of their own."""
    start = "\t.globl _start\n_start:\n\tmov x0, 12\n\tmov x1, 18\n\tbl gcd\n\tmov x8, 93\n\tsvc 0\n"
    with tempfile.TemporaryDirectory() as folder:
        source, target, program = (Path(folder) / name for name in ("a.s", "a.o", "a"))
        source.write_text(start + GCD)

        def native() -> None:
            subprocess.run(["aarch64-linux-gnu-as", "-o", target, source], check=True)
            subprocess.run(["aarch64-linux-gnu-ld", "-o", program, target], check=True)
            assert subprocess.run(["qemu-aarch64", program], check=False).returncode == 6

        theirs = seconds(native, 5)
    ours = seconds(lambda: run_program(image_of(start + GCD, "aarch64")), 20)
    times = f"as + ld + qemu-user {1000 * theirs:.1f} ms, ours {1000 * ours:.2f} ms"
    print(f"assemble and run one call: {times} ({theirs / ours:.0f} times faster)")


if __name__ == "__main__":
    straight_runs()
    verdicts()
    pool_overhead()
    native_tools()
