"""What to ask a model and how to judge what it wrote."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.emulator.result import Limits
    from playground.tasks.task import Task
    from playground.tasks.verdict import Verdict


def judge(answer: str, task: "Task", *, arch: str, syntax: str = "auto", limits: "Limits | None" = None) -> "Verdict":
    """`playground.tasks.judging.judge`; the engines are loaded by the first call, so values stay cheap to import.

    Raises:
        InputError: an unknown architecture or syntax.
    """
    from playground.tasks.judging import judge as judge_answer

    return judge_answer(answer, task, arch=arch, syntax=syntax, limits=limits)
