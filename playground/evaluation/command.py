"""``python -m playground check`` and ``evaluate``: options in, files and tables out."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from playground.errors import InputError
from playground.evaluation.campaign import Campaign, CampaignOutcome, CampaignSettings, Progress
from playground.evaluation.check import judge_samples, read_samples
from playground.evaluation.engine import open_engine
from playground.evaluation.records import Result
from playground.evaluation.report import make_report
from playground.evaluation.saved import pack, reuse_samples, unpack
from playground.evaluation.shots import read_shots
from playground.evaluation.tables import report_tables
from playground.isa import ARCHITECTURES, SYNTAXES
from playground.tasks.bank import load_bank
from playground.tasks.files import read_tasks
from playground.tasks.task import Task

CHECK_FIELDS = ("task_id", "stage", "passed", "unscored", "cases_passed", "cases", "reason")
"""The contract's line of ``check --out``."""


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``check``."""
    parser.add_argument("--tasks", required=True, metavar="TASKS.jsonl", help="task file, or bank")
    parser.add_argument("--samples", required=True, metavar="SAMPLES.jsonl", help='{"task_id", "completion"} a line')
    parser.add_argument("--arch", required=True, choices=list(ARCHITECTURES), help="architecture of the answers")
    parser.add_argument("--syntax", default="auto", choices=SYNTAXES, help="assembly syntax (default: auto)")
    parser.add_argument("--out", required=True, metavar="OUT.jsonl", help="one result a line, in the samples' order")
    _add_engine_arguments(parser)


def _add_engine_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=int, default=0, help="worker processes (default: one per core)")
    parser.add_argument("--engine", default="local", help="local, or ray://HOST:PORT for a Ray cluster")


def run_check(args: argparse.Namespace) -> int:
    """Judge the samples, write one line each, print the ladder and pass@k. Exit status 0."""
    _require_jobs(args.jobs)
    tasks = {task.id: task for task in _tasks(args.tasks)}
    samples = read_samples(Path(args.samples), tasks, args.arch)
    _require_writable(Path(args.out))
    engine = open_engine(args.engine, args.jobs)
    try:
        results = judge_samples(samples, tasks, engine, syntax=args.syntax)
    finally:
        engine.close()
    _write_results(Path(args.out), results)
    print(report_tables(make_report(results, tasks.values())), end="")
    return 0


def _require_jobs(jobs: int) -> None:
    if jobs < 0:
        raise InputError(f"--jobs {jobs} is negative: give the number of worker processes, or 0 for one per core.")


def _require_writable(path: Path) -> None:
    try:
        path.open("w").close()
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror or error}.") from None


def _write_results(path: Path, results: Sequence[Result]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for result in results:
            record = asdict(result)
            line = {name: record[name] for name in CHECK_FIELDS} | {"missing": list(result.missing)}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _tasks(name: str) -> tuple[Task, ...]:
    return load_bank() if name == "bank" else read_tasks(Path(name))


def add_evaluate_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``evaluate``."""
    parser.add_argument("--model", required=True, action="append", nargs="+", metavar="M", help="model(s) to evaluate")
    parser.add_argument("--tasks", default="bank", help="bank (default), or a task file")
    parser.add_argument("--split", choices=("practice", "final"), help="only this part of the bank")
    parser.add_argument("--arch", action="append", choices=list(ARCHITECTURES), help="may be repeated (default: both)")
    parser.add_argument(
        "--style", default="describe", choices=("describe", "translate"), help="what the model is shown"
    )
    parser.add_argument("--samples", type=int, default=1, help="answers per task (default 1)")
    parser.add_argument("--temperature", type=float, default=0.0, help="0 is greedy (default)")
    parser.add_argument("--top-p", type=float, default=1.0, help="nucleus sampling (default 1: off)")
    parser.add_argument("--max-tokens", type=int, default=512, help="longest answer in tokens (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same report")
    parser.add_argument(
        "--examples",
        metavar="FILE.jsonl",
        help="a chat file of data build: its first examples precede every question",
    )
    parser.add_argument("--shots", type=int, default=3, help="how many of --examples (default 3)")
    parser.add_argument("--limit", type=int, default=0, help="only the first L tasks")
    parser.add_argument("--batch", type=int, default=16, help="answers generated at once (default 16)")
    parser.add_argument("--reuse", metavar="DIR", help="take the same models' answers from an earlier --out folder")
    parser.add_argument("--pack", action="store_true", help="when complete, keep samples and results as .gz")
    parser.add_argument("--out", required=True, metavar="DIR", help="samples.jsonl, results.jsonl, report.json")
    _add_engine_arguments(parser)


def run_evaluate(args: argparse.Namespace) -> int:
    """Generate and judge.

    Exit status 0 when complete, 1 when a model gave no answer, 130 when interrupted (the same command goes on).
    """
    from playground.models.catalogue import usable_model
    from playground.models.generation import Generator

    _require_jobs(args.jobs)
    settings = _settings(args)
    tasks = _chosen_tasks(args)
    for model in settings.models:
        usable_model(model, local_paths=True)
    folder = Path(args.out)
    unpack(folder)
    if args.reuse:
        reused = reuse_samples(Path(args.reuse), folder, settings, tasks)
        print(f"{reused} answers taken from {args.reuse}", file=sys.stderr)
    engine = open_engine(args.engine, args.jobs)
    bar = ProgressBar()
    campaign = Campaign(
        settings=settings,
        tasks=tasks,
        folder=folder,
        engine=engine,
        generator=Generator(local_paths=True),
        batch_size=args.batch,
        report_progress=bar.show,
    )
    try:
        outcome = campaign.run()
    except KeyboardInterrupt:
        print(f"\nstopped; the same command goes on from what is in {args.out}", file=sys.stderr)
        return 130
    finally:
        engine.close()
    if args.pack and outcome.complete:
        pack(folder)
    return _show_outcome(outcome, folder)


def _settings(args: argparse.Namespace) -> CampaignSettings:
    archs = tuple(dict.fromkeys(args.arch or ARCHITECTURES))
    return CampaignSettings(
        models=tuple(name for group in args.model for name in group),
        archs=archs,
        style=args.style,
        samples=args.samples,
        temperature=args.temperature,
        top_p=args.top_p,
        max_tokens=args.max_tokens,
        seed=args.seed,
        shots=read_shots(Path(args.examples), archs, args.shots) if args.examples else (),
    )


def _chosen_tasks(args: argparse.Namespace) -> tuple[Task, ...]:
    tasks = tuple(task for task in _tasks(args.tasks) if args.split in (None, task.split))
    if args.style == "translate":
        without = next((task.id for task in tasks if not task.reference.strip()), None)
        if without is not None:
            raise InputError(f"The style translate needs C, but task {without!r} has no reference: use describe.")
    if args.limit < 0:
        raise InputError(f"--limit {args.limit} is negative: give how many tasks to take, or 0 for all.")
    chosen = tasks[: args.limit] if args.limit else tasks
    if not chosen:
        raise InputError(f"No task is left of {args.tasks}: choose another --split.")
    return chosen


def _show_outcome(outcome: CampaignOutcome, folder: Path) -> int:
    progress = outcome.progress
    print(report_tables(outcome.report), end="")
    if progress.generated:
        speed = progress.tokens / progress.seconds if progress.seconds else 0.0
        spent = f"{progress.tokens} tokens in {progress.seconds:.0f} s: {speed:.1f} tokens/s"
        print(f"\n{progress.generated} answers, {spent}")
    print(f"written to {folder}")
    for failure in outcome.failures:
        print(f"no answer from {failure}", file=sys.stderr)
    return 0 if outcome.complete else 1


class ProgressBar:
    """One line on stderr with the time left; on a stream that is no terminal, a line every tenth of the way."""

    WIDTH = 30

    def __init__(self) -> None:
        self._shown = -1

    def show(self, progress: Progress) -> None:
        """Redraw when something changed."""
        is_terminal = sys.stderr.isatty()
        mark = progress.judged if is_terminal else progress.judged * 10 // max(1, progress.total)
        if mark == self._shown:
            return
        self._shown = mark
        print(self.line(progress), end="\r" if is_terminal else "\n", file=sys.stderr, flush=True)
        if is_terminal and progress.judged == progress.total:
            print(file=sys.stderr)

    def line(self, progress: Progress) -> str:
        """``[#####-----] 12/164 judged, 3 right, 41.0 tokens/s, 2:10 left``"""
        filled = self.WIDTH * progress.judged // max(1, progress.total)
        right = sum(result.passed for result in progress.results)
        speed = progress.tokens / progress.seconds if progress.seconds else 0.0
        left = "" if progress.seconds_left is None else f", {minutes(progress.seconds_left)} left"
        bar = "#" * filled + "-" * (self.WIDTH - filled)
        return f"[{bar}] {progress.judged}/{progress.total} judged, {right} right, {speed:.1f} tokens/s{left}  "


def minutes(seconds: float) -> str:
    """``1:02:03`` or ``2:03``"""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
