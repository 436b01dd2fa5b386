"""The Ray engine on a cluster of this machine: results equal the local ones, a killed process's work runs again."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from playground.errors import InputError
from playground.evaluation.check import judge_samples
from playground.evaluation.engine import Engine, LocalEngine, open_engine
from playground.evaluation.records import Result, Sample
from playground.tasks.bank import load_bank

HAS_RAY = importlib.util.find_spec("ray") is not None
needs_ray = pytest.mark.skipif(
    not HAS_RAY and not os.environ.get("CI"), reason="install with: pip install 'ray[client]'"
)
ROOT = Path(__file__).resolve().parents[2]
TASKS = {task.id: task for task in load_bank()}
ANSWERS = (
    "add_numbers:\n add w0, w0, w1\n ret\n",
    "add_numbers:\n sub w0, w0, w1\n ret\n",
    "add_numbers:\n frobnicate\n ret\n",
    "no assembly at all",
)
SAMPLES = [
    Sample(task_id="add_numbers", completion=ANSWERS[index % 4], arch="aarch64", sample=index) for index in range(40)
]


def free_ports(number: int) -> list[int]:
    """Ports of this machine that nobody listens on, each another."""
    with ExitStack() as stack:
        listeners = [stack.enter_context(socket.socket()) for _ in range(number)]
        for listener in listeners:
            listener.bind(("127.0.0.1", 0))
        return [int(listener.getsockname()[1]) for listener in listeners]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A head and one more node, each with one processor, and the client's server."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    ray = [sys.executable, "-m", "ray.scripts.scripts"]
    common = ["--num-cpus=1", "--object-store-memory=100000000", "--disable-usage-stats"]
    port, client = free_ports(2)
    ports = [f"--port={port}", f"--ray-client-server-port={client}"]
    head = ["start", "--head", *ports, "--include-dashboard=false", *common]
    subprocess.run([*ray, *head], check=True, env=environment, capture_output=True, timeout=180)
    node = ["start", f"--address=127.0.0.1:{port}", *common]
    subprocess.run([*ray, *node], check=True, env=environment, capture_output=True, timeout=180)
    yield f"ray://127.0.0.1:{client}"
    subprocess.run([*ray, "stop", "--force"], check=False, env=environment, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def local_results() -> list[Result]:
    engine = LocalEngine(jobs=1)
    results = judge_samples(SAMPLES, TASKS, engine)
    engine.close()
    return results


def ray_workers() -> list[int]:
    """Processes of the cluster that judge."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if command.startswith(b"ray::judge_assignment"):
                found.append(int(entry.name))
    return found


def connected(cluster: str) -> Engine:
    """Ray gives its own client server 30 s to start, which a busy machine may need more than once."""
    for _ in range(2):
        try:
            return open_engine(cluster, 0)
        except InputError:
            time.sleep(5)
    return open_engine(cluster, 0)


@pytest.mark.slow
@pytest.mark.timeout(900)
@needs_ray
def test_results_equal_the_local_ones_also_when_a_process_is_killed(cluster: str, local_results: list[Result]) -> None:
    engine = connected(cluster)
    killed = []

    def kill_one(judged: int) -> None:
        if judged >= 5 and not killed:
            for _ in range(1_000):
                if workers := ray_workers():
                    os.kill(workers[0], signal.SIGKILL)
                    killed.append(workers[0])
                    return
                time.sleep(0.01)

    try:
        results = judge_samples(SAMPLES * 1, TASKS, engine, progress=kill_one)
    finally:
        engine.close()
    assert results == local_results
    assert killed


def test_without_ray_or_cluster_there_is_one_sentence() -> None:
    with pytest.raises(InputError, match=r"pip install 'ray\[client\]'|No Ray cluster answers"):
        open_engine("ray://127.0.0.1:1", 0)
