"""``data build RECIPE.toml``: build verified training data."""

import argparse
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


def run(args: argparse.Namespace) -> int:
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
    print(f"\n{folder}: {', '.join(f'{count:,} {split}' for split, count in summary.splits.items())}", file=sys.stderr)
    for reason, count in last.dropped.most_common():
        print(f"  dropped {count:,}: {reason}", file=sys.stderr)
    for reason, count in last.gaps.most_common():
        print(f"  gap of ours, {count:,}: {reason}", file=sys.stderr)
    return 0
