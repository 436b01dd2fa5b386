"""Make the shipped datasets anew: ``python -m playground.training.datasets.build`` (needs gcc, also for aarch64)."""

import json
import random
import re
from pathlib import Path

from playground.models.prompts import task_messages
from playground.training.datasets.compiling import TOOLS, compile_function, same_object_code
from playground.training.datasets.families import every_function
from playground.training.datasets.functions import Function

FOLDER = Path(__file__).resolve().parent
SEED = 20
EXAMPLES = 900
"""Of each architecture."""

KEPT_FOR_TASKS = re.compile(r"\b(?:add_two_arrays|copy_string|copy_array)\b")
"""What a task of the seeds or a final task of the bank asks for by name does not stand in the training data."""


def main() -> None:
    """Write ``starter-ARCH.jsonl`` for each architecture."""
    functions = [function for function in every_function(SEED) if not KEPT_FOR_TASKS.search(function.prototype)]
    functions = list({(function.request, function.prototype): function for function in functions}.values())
    random.Random(SEED).shuffle(functions)
    for arch in TOOLS:
        lines = [line for function in functions if (line := example(function, arch))][:EXAMPLES]
        path = FOLDER / f"starter-{arch}.jsonl"
        path.write_text("".join(lines), encoding="utf-8")
        print(f"{path.name}: {len(lines)} of {len(functions)} functions, {path.stat().st_size:,} bytes")


def example(function: Function, arch: str) -> str:
    """One line of the dataset; empty when the function is too long or its respelling was not exact."""
    assembly = compile_function(function.c_source, arch)
    if assembly is None or not same_object_code(function.c_source, assembly, arch):
        return ""
    messages = [
        {"role": message.role, "content": message.content}
        for message in task_messages(function.request, function.prototype, arch)
    ]
    messages.append({"role": "assistant", "content": assembly})
    return json.dumps({"messages": messages}, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
