"""``average NAME ADAPTER[:WEIGHT] ADAPTER[:WEIGHT] …``: one adapter of several."""

import argparse

from playground.errors import InputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``average``."""
    parser.add_argument("name", metavar="NAME", help="what the new adapter is called")
    parser.add_argument(
        "parts",
        metavar="ADAPTER[:WEIGHT]",
        nargs="+",
        help="an adapter's name or folder and how much it counts, relative to the others (default 1)",
    )


def run(args: argparse.Namespace) -> int:
    """Average and say what became of it."""
    from playground.training.averaging import Part, average_adapters

    parts = [Part(*_read(text)) for text in args.parts]
    name, kept = average_adapters(args.name, parts)
    print(f"adapter {name}: the average of {len(parts)}; the rank keeps at least {kept:.2%} of each layer's sum")
    return 0


def _read(text: str) -> tuple[str, float]:
    """Raises InputError: what stands behind the last colon is no number."""
    name, colon, weight = text.rpartition(":")
    if not colon:
        return text, 1.0
    try:
        return name, float(weight)
    except ValueError:
        raise InputError(f"The weight in {text!r} is {weight!r}: write a number, as in {name}:0.5.") from None
