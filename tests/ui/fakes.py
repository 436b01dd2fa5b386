"""Stand-ins that behave as the real ones do, without weights and without workers."""

from playground.tasks.task import Task
from playground.tasks.verdict import Verdict


class PlainJudge:
    """Finds assembly by its label and judges no further; remembers what it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def verdict(self, answer: str, task: Task, arch: str, syntax: str = "auto") -> Verdict:
        self.seen.append(answer)
        if ":" not in answer:
            return Verdict(stage="none", passed=False, reason="The reply holds no assembly.", arch=arch)
        return Verdict(stage="extracted", passed=False, reason="Not assembled here.", assembly=answer, arch=arch)


class Model:
    """An entry of the model picker."""

    available = True

    def __init__(self, name: str) -> None:
        self.name = name
        self.kind = "base" if name == "base" else "adapter"
        self.title = f"Model {name}"
