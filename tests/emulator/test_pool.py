"""Workers: isolation, deadlines, deaths, fairness, closing."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.emulator import pool as pool_module
from playground.emulator.pool import DeadlinePassed, PoolClosed, WorkerDied, WorkerPool
from tests.emulator import pool_jobs


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    """One pool for all tests of this file."""
    os.environ["PLAYGROUND_TEST_SECRET"] = "hunter2"
    with WorkerPool(2, modules=("tests.emulator.pool_jobs",)) as made:
        yield made
    del os.environ["PLAYGROUND_TEST_SECRET"]


def test_values_come_back(pool: WorkerPool) -> None:
    assert pool.run(pool_jobs.add, 2, 3, deadline_seconds=30) == 5
    futures = [pool.submit(pool_jobs.add, index, 1, deadline_seconds=30) for index in range(20)]
    assert [future.result() for future in futures] == list(range(1, 21))
    assert len(pool.run(pool_jobs.large, 10_000_000, deadline_seconds=30)) == 10_000_000


def test_what_the_function_raised_is_raised(pool: WorkerPool) -> None:
    with pytest.raises(ValueError, match="what the function raised"):
        pool.run(pool_jobs.fail, deadline_seconds=30)


def test_no_secret_is_inherited(pool: WorkerPool) -> None:
    seen = pool.run(pool_jobs.environment, deadline_seconds=30)
    assert "PLAYGROUND_TEST_SECRET" not in seen
    assert set(seen) <= {"PYTHONPATH", "PYTHONHASHSEED", "LANG", "LC_CTYPE", "OMP_NUM_THREADS"}


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_no_descriptor_is_inherited(pool: WorkerPool, tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w"):
        names = pool.run(pool_jobs.open_descriptors, deadline_seconds=30)
    assert not any("secret" in name for name in names)
    assert len(names) <= 8


def test_limits_are_set(pool: WorkerPool) -> None:
    limits = pool.run(pool_jobs.limits, deadline_seconds=30)
    assert limits["RLIMIT_CORE"] == 0
    assert limits["RLIMIT_FSIZE"] == 0
    assert 0 < limits["RLIMIT_NOFILE"] <= 64
    assert 0 < limits["RLIMIT_AS"] <= 8 << 30
    assert 30 < limits["RLIMIT_CPU"] < 120


def test_memory_is_bounded(pool: WorkerPool) -> None:
    with pytest.raises(MemoryError):
        pool.run(pool_jobs.allocate, 1 << 40, deadline_seconds=30)


def test_files_cannot_be_written(pool: WorkerPool, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File too large"):
        pool.run(pool_jobs.write_file, str(tmp_path / "x"), deadline_seconds=30)
    assert not (tmp_path / "x").exists() or (tmp_path / "x").read_bytes() == b""


def test_a_worker_that_dies_is_named_and_replaced(pool: WorkerPool) -> None:
    for _ in range(3):
        with pytest.raises(WorkerDied) as caught:
            pool.run(pool_jobs.crash, deadline_seconds=30)
        assert (caught.value.signal, caught.value.text) == ("SIGSEGV", "")
    with pytest.raises(WorkerDied, match="status 3"):
        pool.run(pool_jobs.leave, deadline_seconds=30)
    assert pool.run(pool_jobs.add, 1, 1, deadline_seconds=30) == 2


def test_the_breadcrumb_says_what_it_was_doing(pool: WorkerPool) -> None:
    with pytest.raises(WorkerDied, match="line 12: add x0") as caught:
        pool.run(pool_jobs.crash_while_assembling, deadline_seconds=30)
    assert (caught.value.line, caught.value.text) == (12, "add x0, x0, :lo12:sym")
    with pytest.raises(DeadlinePassed, match="line 7") as late:
        pool.run(pool_jobs.spin_while_assembling, deadline_seconds=0.5)
    assert (late.value.line, late.value.text) == (7, ",")


@pytest.mark.parametrize(
    ("arch", "deadly"), [("aarch64", "ldr x0, [x0, #:lo12:0x5]"), ("x86_64", "lock %eax")], ids=["exits", "hangs"]
)
def test_the_statement_of_a_block_that_ends_the_engine_is_found(pool: WorkerPool, arch: str, deadly: str) -> None:
    """Keystone 0.9.2 calls exit() on the first and spins on the second (both kept from it by our encoders)."""
    texts = [f"mov{'z w0, #' if arch == 'aarch64' else 'l $'}{i:#x}{', %eax' * (arch == 'x86_64')}" for i in range(90)]
    texts[61] = deadly
    with pytest.raises((WorkerDied, DeadlinePassed), match="while assembling line 62") as caught:
        pool.run(pool_jobs.assemble_raw, arch, texts, deadline_seconds=60 if arch == "aarch64" else 10)
    assert isinstance(caught.value, WorkerDied if arch == "aarch64" else DeadlinePassed)
    assert (caught.value.line, caught.value.text) == (62, deadly)
    del texts[61]
    assert pool.run(pool_jobs.assemble_raw, arch, texts, deadline_seconds=30) == 89


def test_a_block_without_a_single_culprit_stays_named(pool: WorkerPool) -> None:
    with pytest.raises(WorkerDied, match=r"line 3: nop … ret \(to line 4\)") as caught:
        pool.run(pool_jobs.crash_in_a_block, deadline_seconds=30)
    assert caught.value.signal == "SIGSEGV"


def test_a_deadline_kills(pool: WorkerPool) -> None:
    victim = pool.run(pool_jobs.process, deadline_seconds=30)
    started = time.monotonic()
    futures = [pool.submit(pool_jobs.spin, deadline_seconds=0.4) for _ in range(2)]
    for future in futures:
        with pytest.raises(DeadlinePassed):
            future.result()
    assert time.monotonic() - started < 60
    with pytest.raises(ProcessLookupError):
        os.kill(victim, 0)


def test_one_callers_flood_does_not_starve_another(pool: WorkerPool) -> None:
    """Twelve slow jobs of one caller wait; another's single job overtakes all but those already running."""
    for ready in [pool.submit(pool_jobs.sleep, 0.2, deadline_seconds=30) for _ in range(2)]:
        ready.result()  # both workers have started: the one that takes the single job must not be busy with that
    over: list[str] = []
    flood = [pool.submit(pool_jobs.sleep, 0.2, deadline_seconds=30, caller="flood") for _ in range(12)]
    single = pool.submit(pool_jobs.add, 1, 1, deadline_seconds=30, caller="other")
    for future in flood:
        future.add_done_callback(lambda _: over.append("flood"))
    single.add_done_callback(lambda _: over.append("single"))
    assert single.result() == 2
    for future in flood:
        future.result()
    assert over.index("single") <= 4


def test_threads_are_callers_of_their_own(pool: WorkerPool) -> None:
    over: list[str] = []
    flood = [pool.submit(pool_jobs.sleep, 0.2, deadline_seconds=30) for _ in range(12)]
    for future in flood:
        future.add_done_callback(lambda _: over.append("flood"))

    def add() -> None:
        pool.submit(pool_jobs.add, 1, 1, deadline_seconds=30).add_done_callback(lambda _: over.append("single"))

    thread = threading.Thread(target=add)
    thread.start()
    thread.join()
    for future in flood:
        future.result()
    assert over.index("single") <= 4


def test_an_answer_cannot_run_code_in_the_parent(pool: WorkerPool, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="unreadable"):
        pool.run(pool_jobs.hostile_answer, str(tmp_path / "touched"), deadline_seconds=30)
    assert not (tmp_path / "touched").exists()
    with pytest.raises(RuntimeError):
        pool.run(pool_jobs.hostile_error, deadline_seconds=30)


def test_workers_are_recycled(monkeypatch: pytest.MonkeyPatch, pool: WorkerPool) -> None:
    monkeypatch.setattr(pool_module, "JOBS_PER_WORKER", 2)
    seen = {pool.run(pool_jobs.process, deadline_seconds=30) for _ in range(8)}
    assert len(seen) >= 3


def test_closing_ends_running_and_waiting_calls() -> None:
    with WorkerPool(1, modules=()) as made:
        made.run(time.sleep, 0, deadline_seconds=30)
        running = made.submit(time.sleep, 250, deadline_seconds=280)
        waiting = made.submit(time.sleep, 250, deadline_seconds=280)
        time.sleep(0.2)
        started = time.monotonic()
    assert time.monotonic() - started < 60
    for future in (running, waiting):
        with pytest.raises(PoolClosed):
            future.result(timeout=60)
    with pytest.raises(PoolClosed):
        made.run(time.sleep, 0, deadline_seconds=30)


@pytest.mark.skipif(sys.platform != "linux", reason="PR_SET_PDEATHSIG")
def test_workers_die_with_their_parent() -> None:
    """Even in the middle of an endless loop, and when the parent is killed without warning."""
    script = (
        "import os, time\n"
        "from playground.emulator.pool import WorkerPool\n"
        "pool = WorkerPool(1, modules=())\n"
        "print(pool.run(os.getpid, deadline_seconds=60), flush=True)\n"
        "pool.submit(time.sleep, 300, deadline_seconds=600)\n"
        "time.sleep(300)\n"
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=root)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    time.sleep(0.3)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        state = Path(f"/proc/{worker}/stat")
        if not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the worker outlived its parent")
