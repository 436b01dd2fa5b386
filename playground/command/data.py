"""``data``: build verified training data, write a batch of requests, take annotations in and out."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from playground.paths import playground_home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``data``."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    build = actions.add_parser("build", help="build a dataset from a recipe")
    build.add_argument("recipe", metavar="RECIPE.toml")
    build.add_argument("--out", metavar="DIR", help="default: PLAYGROUND_HOME/datasets/NAME")
    build.add_argument("--jobs", type=int, default=0, help="worker processes (default: one per core)")
    build.set_defaults(act=_build)
    request = actions.add_parser("request", help="write a batch file that asks a model for C (OpenAI's batch format)")
    request.add_argument("out", metavar="REQUESTS.jsonl")
    request.add_argument("--model", required=True, help="the model's name at its provider")
    request.add_argument("--answers", type=int, default=1, help="replies to each request")
    request.set_defaults(act=_request)
    ordinary = actions.add_parser("ordinary", help="write ordinary questions with a model's own answers, to mix in")
    ordinary.add_argument("out", metavar="OUT.jsonl")
    ordinary.add_argument("--model", default="base", help="who answers (default: base)")
    ordinary.add_argument("--count", type=int, default=300, help="questions asked (default 300)")
    ordinary.add_argument("--seed", type=int, default=0, help="which questions")
    ordinary.set_defaults(act=_ordinary)
    give = actions.add_parser("to-doccano", help="write a dataset's answers, with their notes, for doccano")
    take = actions.add_parser("from-doccano", help="add doccano's annotations to a dataset")
    use = actions.add_parser("annotated", help="write the annotated examples as chat examples, notes as comments")
    for parser_of, file, act in ((give, "OUT.jsonl", _give), (take, "IN.jsonl", _take), (use, "OUT.jsonl", _use)):
        parser_of.add_argument("dataset", metavar="DIR", help="a built dataset's folder")
        parser_of.add_argument("file", metavar=file)
        parser_of.set_defaults(act=act)


def run(args: argparse.Namespace) -> int:
    """Do what was asked for."""
    status: int = args.act(args)
    return status


def _build(args: argparse.Namespace) -> int:
    """Build, show progress on stderr, write the card."""
    from playground.data.build import BuildProgress, build
    from playground.data.card import write_card
    from playground.data.recipe import read_recipe
    from playground.data.write import write_dataset
    from playground.emulator.pool import WorkerPool

    recipe = read_recipe(Path(args.recipe))
    folder = Path(args.out) if args.out else playground_home() / "datasets" / recipe.name
    started = time.monotonic()
    last = BuildProgress()

    def show(state: BuildProgress) -> None:
        nonlocal last
        last = state
        seconds = time.monotonic() - started
        print(
            f"\r{state.drawn:,} tried, {state.kept:,} kept, {state.kept / seconds:.0f} pairs/s ",
            end="", file=sys.stderr, flush=True,
        )  # fmt: skip

    with WorkerPool(size=args.jobs or os.cpu_count() or 1) as pool:
        summary = write_dataset(folder, recipe, build(recipe, pool, progress=show))
    write_card(folder, recipe, last, summary)
    print(f"\n{folder}: {', '.join(f'{n:,} {split}' for split, n in summary.splits.items())}", file=sys.stderr)
    for reason, count in last.dropped.most_common():
        print(f"  dropped {count:,}: {reason}", file=sys.stderr)
    for reason, count in last.gaps.most_common():
        print(f"  gap of ours, {count:,}: {reason}", file=sys.stderr)
    return 0


def _request(args: argparse.Namespace) -> int:
    from playground.data.sources.batches import batch_requests

    lines = [json.dumps(request) for request in batch_requests(args.model, args.answers)]
    Path(args.out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{args.out}: {len(lines)} requests. Name the result file in a recipe's batches.", file=sys.stderr)
    return 0


def _ordinary(args: argparse.Namespace) -> int:
    from playground.data.ordinary import write_ordinary
    from playground.models.generation import Generator

    generator = Generator(local_paths=True)
    written = write_ordinary(Path(args.out), generator, model=args.model, count=args.count, seed=args.seed)
    print(f"{args.out}: {written} of {args.count} questions whose answer came to its end.", file=sys.stderr)
    return 0


def _give(args: argparse.Namespace) -> int:
    from playground.data.browse import DatasetFolder

    return _write_lines(args.file, [one.to_json() for one in DatasetFolder(Path(args.dataset)).for_doccano()], "texts")


def _take(args: argparse.Namespace) -> int:
    from playground.data.browse import DatasetFolder

    taken = DatasetFolder(Path(args.dataset)).take_annotations(Path(args.file))
    print(f"{args.dataset}: {taken:,} annotated examples taken over", file=sys.stderr)
    return 0


def _use(args: argparse.Namespace) -> int:
    from playground.data.browse import DatasetFolder

    examples = DatasetFolder(Path(args.dataset)).commented_examples()
    return _write_lines(args.file, [one.to_json() for one in examples], "examples")


def _write_lines(file: str, lines: list[str], what: str) -> int:
    Path(file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{file}: {len(lines):,} {what}", file=sys.stderr)
    return 0
