"""``python -m playground COMMAND …``: errors go to stderr in one sentence, with exit status 2."""

import argparse
import importlib
import sys

from playground import __version__
from playground.errors import InputError

COMMANDS = {
    "run": "playground.command.run",
    "check": "playground.command.check",
    "evaluate": "playground.command.evaluate",
    "generate": "playground.command.generate",
    "train": "playground.command.train",
    "average": "playground.command.average",
    "data": "playground.command.data",
    "models": "playground.command.models",
}
"""A command's module is imported only when it is asked for: ``run`` must not wait for torch."""

SUMMARIES = {
    "run": "assemble and execute a file, or a batch of programs",
    "check": "judge answers that any model wrote against a task file",
    "evaluate": "generate answers with models and judge them",
    "generate": "let one model answer one prompt",
    "train": "train an adapter from a recipe",
    "average": "make one adapter of several",
    "data": "build verified training data from a recipe",
    "models": "list the models that can be named",
}


def build_parser(wanted: str | None) -> argparse.ArgumentParser:
    """The parser of all commands, of which only `wanted` has its own options loaded."""
    parser = argparse.ArgumentParser(prog="python -m playground", description="The assembly playground.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module_name in COMMANDS.items():
        command = commands.add_parser(name, help=SUMMARIES[name], description=f"{SUMMARIES[name].capitalize()}.")
        if name == wanted:
            module = importlib.import_module(module_name)
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns its exit status: 2 for anything that the person who typed it can mend."""
    arguments = sys.argv[1:] if arguments is None else arguments
    wanted = next((argument for argument in arguments if not argument.startswith("-")), None)
    parsed = build_parser(wanted).parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
