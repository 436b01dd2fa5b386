"""``train RECIPE.toml``: run one training job in the foreground, with its progress on the terminal."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``train``."""
    parser.add_argument("recipe", metavar="RECIPE.toml", help="a training recipe (docs/recipes.md)")


def run(args: argparse.Namespace) -> int:
    """Exit status 0 when the adapter was saved."""
    from playground.training.command import run_recipe

    return run_recipe(Path(args.recipe))
