"""``generate``: one model answers one prompt, streamed to the terminal."""

import argparse
import sys

from playground.errors import InputError
from playground.isa import ARCHITECTURES
from playground.models.events import Column, Failed, Finished, GenerationRequest, Sampling, TextDelta


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``generate``."""
    parser.add_argument("--model", required=True, metavar="M", help="base, an adapter, a catalogue name or a path")
    parser.add_argument("--prompt", required=True, metavar="TEXT", help="the request; - reads standard input")
    parser.add_argument("--arch", choices=tuple(ARCHITECTURES), default="aarch64", help="default %(default)s")
    parser.add_argument("--prototype", default=None, metavar="C", help="the C prototype that the answer must have")
    parser.add_argument("--temperature", type=float, default=0.0, help="0 is greedy (default)")
    parser.add_argument("--top-p", type=float, default=1.0)
    parser.add_argument("--max-tokens", type=int, default=384, help="default %(default)s")
    parser.add_argument("--seed", type=int, default=0)


def run(args: argparse.Namespace) -> int:
    """Stream the reply to stdout and its figures to stderr."""
    from playground.models.generation import Generator
    from playground.models.prompts import task_messages

    prompt = sys.stdin.read() if args.prompt == "-" else args.prompt
    if not prompt.strip():
        raise InputError("--prompt is empty: write what the assembly should do.")
    sampling = Sampling(temperature=args.temperature, top_p=args.top_p, max_tokens=args.max_tokens, seed=args.seed)
    messages = task_messages(prompt, args.prototype, args.arch)
    column = Column(id="answer", model=args.model, messages=messages, sampling=sampling)
    for event in Generator(local_paths=True).stream(GenerationRequest(columns=(column,))):
        if isinstance(event, TextDelta):
            print(event.text, end="", flush=True)
        elif isinstance(event, Failed):
            raise InputError(event.message)
        elif isinstance(event, Finished):
            print()
            figures = f"{event.tokens} tokens, {event.tokens_per_second:.1f} tokens/s, ended by {event.reason}"
            print(f"[{figures}]", file=sys.stderr)
    return 0
