"""Starting and ending a job's processes: a session of their own, so that they outlive the app and die together."""

import os
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from playground.paths import CHECKOUT
from playground.training.jobstate import JobFolder, JobState, session_processes

GRACE_SECONDS = 5.0
"""Between SIGTERM and SIGKILL."""

NICENESS = 10
"""Training gives way to the page on a machine that is short of cores."""


QUIET = {
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "PYTHONWARNINGS": "ignore::FutureWarning,ignore::DeprecationWarning",
}
"""A job's log is read by people: no bars that only a terminal can redraw, no warnings for the libraries' authors."""

KEEPING_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(2**31 - 1), "MALLOC_TRIM_THRESHOLD_": str(2**40)}
"""glibc (mallopt(3)) keeps what a step frees for the next one: faulting it in anew took a twentieth of a step."""

SINGLE_PROCESS = (
    *("--num_processes", "1", "--num_machines", "1"),
    *("--mixed_precision", "no", "--dynamo_backend", "no"),  # the recipe decides both
)


@dataclass(frozen=True, kw_only=True)
class Launch:
    """How a job's processes are started."""

    options: tuple[str, ...] | None = None
    """Options of ``accelerate launch``. None: those in ``PLAYGROUND_ACCELERATE_OPTIONS``; else what
    ``accelerate config`` wrote, where it did; else a single process."""
    cpu_processes: int | None = None
    """More than one: that many processes of one thread on this machine's CPU, started by torchrun, as
    ``accelerate launch`` wants MPI for it. None: ``PLAYGROUND_CPU_PROCESSES``, else one: a core is left to the page."""

    def command(self, job: Path) -> tuple[str, ...]:
        """What is executed: `shown`, with this interpreter's own modules in place of commands on the path."""
        module, *options = self.launcher()
        return (sys.executable, "-m", module, *options, *trainer(job))

    def shown(self, job: Path) -> str:
        """The command as a person types it in the checkout."""
        module, *options = self.launcher()
        return shlex.join([*SHELL_NAMES[module], *options, *trainer(job)])

    def launcher(self) -> tuple[str, ...]:
        """The launcher's module and its options."""
        processes = self.cpu_processes or int(os.environ.get("PLAYGROUND_CPU_PROCESSES", "1"))
        if processes > 1:
            return ("torch.distributed.run", "--standalone", "--nproc_per_node", str(processes))
        return ("accelerate.commands.launch", *self.accelerate_options())

    def accelerate_options(self) -> tuple[str, ...]:
        configured = os.environ.get("PLAYGROUND_ACCELERATE_OPTIONS")
        if self.options is not None:
            return self.options
        if configured is not None:
            return tuple(shlex.split(configured))
        return () if accelerate_configuration().exists() else SINGLE_PROCESS


SHELL_NAMES = {"torch.distributed.run": ("torchrun",), "accelerate.commands.launch": ("accelerate", "launch")}
"""Module -> the command that its package installs for it."""


def trainer(job: Path) -> tuple[str, ...]:
    return ("-m", "playground.training.trainer", "--job", str(job))


def accelerate_configuration() -> Path:
    """The file that ``accelerate config`` writes."""
    cache = Path(os.environ.get("HF_HOME", Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")) / "huggingface"))
    return cache.expanduser() / "accelerate" / "default_config.yaml"


def launch(folder: JobFolder, home: Path, options: Launch) -> tuple[int, float]:
    """Start the job: pid and creation time of the session's leader. Its output goes to the job's log."""
    environment = {
        **os.environ,
        "PLAYGROUND_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")])),
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"),
        "TOKENIZERS_PARALLELISM": "false",
        **QUIET,
        **KEEPING_MEMORY,
    }
    with folder.log.open("ab") as output:
        process = subprocess.Popen(
            options.command(folder.path),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=folder.path,
            start_new_session=True,
        )
    leader = psutil.Process(process.pid)
    leader.nice(NICENESS)
    CHILDREN.append(process)
    return process.pid, leader.create_time()


CHILDREN: list[subprocess.Popen[bytes]] = []
"""Leaders started by this process: kept so that they are reaped when they end."""


def reap() -> None:
    """Collect the exit status of leaders that have ended."""
    CHILDREN[:] = [child for child in CHILDREN if child.poll() is None]


def end_session(state: JobState) -> None:
    """End every process of a job: SIGTERM, and SIGKILL for what is left after the grace."""
    ends_at = time.monotonic() + GRACE_SECONDS
    for sent in (signal.SIGTERM, signal.SIGKILL):
        living = session_processes(state)
        for process in living:
            try:
                process.send_signal(sent)
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(living, timeout=max(0.1, ends_at - time.monotonic()))
    reap()
