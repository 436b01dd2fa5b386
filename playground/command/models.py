"""``models``: what can be named as a model."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``models`` has no options."""


def run(args: argparse.Namespace) -> int:
    """Print one line per model: its name, kind, licence and whether it can be used here."""
    from playground.models.catalogue import list_models

    entries = list_models()
    width = max(len(entry.name) for entry in entries)
    for entry in entries:
        state = "" if entry.available else f"  (not available: {entry.why_not})"
        print(f"{entry.name:{width}}  {entry.kind:9}  {entry.title}{state}")
    return 0
