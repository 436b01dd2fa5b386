"""What clients and agents can ask for: plain values in, plain values out, as the page itself does it.

Signatures and docstrings are what clients see: gradio makes the endpoints' and the tools' descriptions from them.
"""

import json
import uuid
from typing import Any

from playground.assembly.program import Source
from playground.emulator.execution import ExecutionRequest
from playground.errors import InputError
from playground.tasks.files import task_from_json, task_to_json
from playground.tasks.task import Task
from playground.ui.compare.columns import model_choices
from playground.ui.compare.parameters import sampling_of
from playground.ui.compare.question import bank_task
from playground.ui.comparison.session import run_comparison
from playground.ui.comparison.setup import ColumnSetup, Comparison, require_known_models
from playground.ui.records import answer_record, execution_record, verdict_record
from playground.ui.run_tab import checked_source
from playground.ui.services import Services


class Endpoints:
    """The functions behind the named endpoints, on these services."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def compare(
        self,
        models: list[str],
        task_id: str = "",
        prompt: str = "",
        prototype: str = "",
        cases: list[dict] | None = None,
        arch: str = "aarch64",
        style: str = "describe",
        temperature: float = 0.0,
        max_tokens: int = 384,
        seed: int = 0,
    ) -> list[dict]:
        """Ask one to four models for assembly and judge each answer by running it.

        Args:
            models: Names of models, as /models lists them.
            task_id: A task of the bank, as /tasks lists them; or leave it empty and give prompt, prototype and cases.
            prompt: What the assembly should do.
            prototype: C prototype of the function that is asked for.
            cases: Calls with what they must give, such as {"args": [12, 18], "returns": 6}.
            arch: aarch64 or x86_64.
            style: describe shows the models the request, translate the task's C source.
            temperature: 0 is greedy.
            max_tokens: Longest answer in tokens.
            seed: Of the sampling; the same seed gives the same text.

        Returns:
            Per model its text, figures and verdict.
        """
        task = bank_task(task_id, self._services) if task_id else given_task(prompt, prototype, cases or [])
        sampling = sampling_of({"temperature": temperature, "max_tokens": max_tokens}, seed=seed)
        columns = tuple(ColumnSetup(model=model, sampling=sampling) for model in models)
        comparison = Comparison(task=task, arch=arch, columns=columns, style=style)
        require_known_models(comparison, [name for _, name in model_choices(self._services)])
        *_, last = run_comparison(comparison, self._services.generator, self._services.judge)
        return [answer_record(answer) for answer in last.answers.values()]

    def run(self, assembly: str, arch: str = "auto", syntax: str = "auto", stdin: str = "") -> dict:
        """Assemble a program and execute it in an emulated Linux process.

        Args:
            assembly: The program: it defines _start or main.
            arch: aarch64, x86_64 or auto.
            syntax: gas (AT&T on x86-64), intel (GAS Intel), nasm or auto.
            stdin: What the program reads from its standard input.

        Returns:
            How it ended: stop, exit_status, stdout, stderr, instructions, fault, registers, diagnostics.
        """
        source = Source(text=checked_source(assembly), arch=arch, syntax=syntax)
        return execution_record(self._services.execute(ExecutionRequest(source=source, stdin=stdin.encode())))

    def assemble_and_run(self, assembly: str, arch: str = "auto", syntax: str = "auto", stdin: str = "") -> str:
        """Assemble a program and execute it in an emulated Linux process, with the C library at hand.

        Args:
            assembly: The program: it defines _start or main.
            arch: aarch64, x86_64 or auto.
            syntax: gas (AT&T on x86-64), intel (GAS Intel), nasm or auto.
            stdin: What the program reads from its standard input.

        Returns:
            JSON: stop (exited, returned, fault, limit, rejected, unsupported), exit_status, stdout, stderr, number of
            instructions, the fault with its source line, registers, and the assembler's errors with line and column.
        """
        return json.dumps(self.run(assembly, arch, syntax, stdin))

    def check_function(
        self, assembly: str, prototype: str, cases: list[dict], arch: str = "aarch64", syntax: str = "auto"
    ) -> str:
        """Call an assembly function with each case and say how far it got and whether it is right.

        Args:
            assembly: Text that defines the function; a fenced block in Markdown is found too.
            prototype: Its C prototype, such as "void add(int *dst, const int *src, int n)".
            cases: Calls with what they must give: {"args": [[1, 2], [3, 4], 2], "after": {"dst": [4, 6]}} or
                {"args": [12, 18], "returns": 6}.
            arch: aarch64 or x86_64.
            syntax: gas (AT&T on x86-64), intel (GAS Intel), nasm or auto.

        Returns:
            JSON: stage (the highest rung of extracted, assembled, linked, ran, returned, correct, abi), passed, the
            result of each case, and the assembler's errors with line and column.
        """
        task = given_task("Check", prototype, cases)
        return json.dumps(verdict_record(self._services.judge.verdict(checked_source(assembly), task, arch, syntax)))

    def tasks(self) -> list[dict]:
        """The task bank: what can be asked of a model, and how its answer is judged.

        Returns:
            Tasks with id, prompt, prototype and cases, or a program's stdin, stdout and exit_status.
        """
        return [task_to_json(task) for task in self._services.tasks]

    def models(self) -> list[dict]:
        """The models that can be compared here.

        Returns:
            Per model its name, title and kind.
        """
        available = (one for one in self._services.models() if one.available)
        return [{"name": one.name, "title": one.title, "kind": one.kind} for one in available]


def given_task(prompt: str, prototype: str, cases: list[dict[str, Any]]) -> Task:
    """A function task from an endpoint's arguments.

    Raises:
        InputError: something is missing or wrong.
    """
    if not prompt.strip():
        raise InputError("There is neither a task_id nor a prompt: give one.")
    if not prototype.strip():
        raise InputError("The prototype is empty: give the function's C prototype, such as long f(long a).")
    identifier = f"own-{uuid.uuid4().hex[:8]}"
    return task_from_json({"id": identifier, "prompt": prompt, "prototype": prototype, "cases": cases})
