"""``run FILE`` and ``run --batch IN --out OUT``: assemble and execute."""

import argparse
import json
import sys
from pathlib import Path

from playground.assembly.program import Source
from playground.command.batch import result_record, run_batch
from playground.command.terminal import print_execution, print_verdict
from playground.emulator.execution import Execution, ExecutionRequest, execute_in_pool
from playground.emulator.pool import WorkerPool
from playground.emulator.result import Limits
from playground.errors import InputError
from playground.isa import ARCHITECTURES, SYNTAXES

LARGEST_FILE_BYTES = 16 * 1024 * 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``run``."""
    default = Limits()
    parser.add_argument("file", nargs="?", metavar="FILE", help="assembly text; - reads standard input")
    parser.add_argument("--arch", choices=("auto", *ARCHITECTURES), default="auto", help="default: detected")
    parser.add_argument("--syntax", choices=SYNTAXES, default="auto", help="default: detected")
    parser.add_argument("--stdin", metavar="FILE", help="what the program reads from its standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of output and report")
    parser.add_argument("--prototype", metavar="C", help="call this function instead of running a program")
    parser.add_argument("--args", metavar="JSON", default="[]", help="its arguments, a JSON list: [12, 18]")
    parser.add_argument("--returns", metavar="JSON", help="the value expected of it")
    parser.add_argument("--instructions", type=int, default=default.instructions, help="limit (default %(default)s)")
    parser.add_argument("--seconds", type=float, default=default.seconds, help="limit (default %(default)s)")
    parser.add_argument("--batch", metavar="IN.jsonl[.gz]", help="run many programs, one JSON object a line")
    parser.add_argument("--out", metavar="OUT.jsonl", help="where --batch writes its results")
    parser.add_argument("--jobs", type=int, default=0, help="worker processes of --batch (default: one per core)")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when the program ended by itself (a batch: when every line was processed)."""
    limits = Limits(instructions=args.instructions, seconds=args.seconds)
    if args.batch:
        return _run_batch(args, limits)
    if not args.file:
        raise InputError("Nothing to run: give a FILE, or --batch IN.jsonl --out OUT.jsonl.")
    source = Source(text=_read_text(args.file), arch=args.arch, syntax=args.syntax)
    with WorkerPool(size=1) as pool:
        if args.prototype:
            return _call(pool, source, args)
        stdin = _read_bytes(args.stdin) if args.stdin else b""
        execution = execute_in_pool(pool, ExecutionRequest(source=source, stdin=stdin, limits=limits))
    return _report(source, execution, as_json=args.json)


def _report(source: Source, execution: Execution, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(result_record(None, execution)))
    else:
        print_execution(source.text, execution)
    return 0 if execution.ended_by_itself else 1


def _run_batch(args: argparse.Namespace, limits: Limits) -> int:
    if not args.out:
        raise InputError("--batch needs --out OUT.jsonl to write its results to.")
    if args.jobs < 0:
        raise InputError(f"--jobs {args.jobs} is negative: give the number of worker processes, or 0 for one per core.")
    run_batch(Path(args.batch), Path(args.out), jobs=args.jobs, limits=limits)
    return 0


def _call(pool: WorkerPool, source: Source, args: argparse.Namespace) -> int:
    """Call one function through the judge, as the Run tab does."""
    from playground.tasks.files import task_from_json
    from playground.tasks.judging import Judge

    case: dict[str, object] = {"args": _json_option("--args", args.args)}
    if args.returns is not None:
        case["returns"] = _json_option("--returns", args.returns)
    task = task_from_json({"id": "run", "prompt": "", "prototype": args.prototype, "cases": [case]})
    verdict = Judge(pool).verdict(source.text, task, arch=source.arch, syntax=source.syntax)
    print_verdict(verdict)
    return 0 if all(case.fault is None and not case.hot_lines for case in verdict.cases) and verdict.cases else 1


def _json_option(option: str, text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{option} {text!r} is not JSON ({error.msg} at column {error.colno}).") from None


def _read_text(name: str) -> str:
    return _read_bytes(name).decode("utf-8", errors="replace")


def _read_bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(LARGEST_FILE_BYTES)
    path = Path(name)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            raise InputError(f"{name} has {size:,} bytes: at most {LARGEST_FILE_BYTES:,} are read.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"Cannot read {name}: {error.strerror or error}.") from None
