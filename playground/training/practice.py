"""Practice tasks: what the model under training writes for them, judged by execution."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from playground.emulator.pool import WorkerPool
from playground.isa import ARCHITECTURES
from playground.models.prompts import SYSTEM_PROMPTS, task_messages
from playground.tasks.bank import load_bank
from playground.tasks.judging import Judge
from playground.tasks.task import Task
from playground.training.dataset import ChatExample
from playground.training.encoding import Encoder
from playground.training.progress import SampleAnswer


@dataclass(frozen=True, kw_only=True)
class PracticeTask:
    """A task, asked for one architecture."""

    task: Task
    arch: str


def trained_architectures(examples: Sequence[ChatExample]) -> tuple[str, ...]:
    """The architectures whose system message opens an example; all when none does."""
    opened_by = {example.messages[0].content for example in examples}
    found = tuple(arch for arch, system in SYSTEM_PROMPTS.items() if system in opened_by)
    return found or tuple(ARCHITECTURES)


def choose_tasks(count: int, architectures: Sequence[str], seed: int) -> tuple[PracticeTask, ...]:
    """`count` function tasks of the bank's practice half, easy ones first, the architectures taking turns.

    The same seed gives the same tasks.
    """
    tasks = [task for task in load_bank() if task.split == "practice" and not task.is_program]
    random.Random(seed).shuffle(tasks)
    tasks.sort(key=lambda task: task.difficulty != "easy")
    chosen: list[PracticeTask] = []
    for number, task in enumerate(tasks):
        arch = task.arch or architectures[number % len(architectures)]
        if arch in architectures and len(chosen) < count:
            chosen.append(PracticeTask(task=task, arch=arch))
    return tuple(chosen)


@dataclass(kw_only=True)
class Practice:
    """Answers the same tasks at each evaluation, beside what the untrained base answered."""

    tasks: Sequence[PracticeTask]
    encoder: Encoder
    answer_tokens: int
    base_answers: list[str] = field(default_factory=list)

    def samples(self, adapted: Any, device: torch.device) -> tuple[SampleAnswer, ...]:
        """One judged answer per task."""
        return self.judge(self.write(adapted, device))

    def write(self, adapted: Any, device: torch.device) -> list[str]:
        """The answers of `adapted`, after those of its base the first time."""
        if not self.base_answers:
            with adapted.disable_adapter():
                self.base_answers = self.answers(adapted, device)
        return self.answers(adapted, device)

    def judge(self, answers: Sequence[str]) -> tuple[SampleAnswer, ...]:
        """`answers` with their verdicts. The judge's worker lives for the call alone."""
        with WorkerPool(size=1) as pool:
            judge = Judge(pool)
            return tuple(
                self.sample(judge, item, answer, base)
                for item, answer, base in zip(self.tasks, answers, self.base_answers, strict=True)
            )

    def sample(self, judge: Judge, item: PracticeTask, answer: str, base_answer: str) -> SampleAnswer:
        verdict = judge.verdict(answer, item.task, item.arch)
        return SampleAnswer(
            task=item.task.id,
            arch=item.arch,
            answer=answer,
            stage=verdict.stage,
            passed=verdict.passed,
            unscored=verdict.unscored,
            base_answer=base_answer,
        )

    @torch.no_grad()
    def answers(self, adapted: Any, device: torch.device) -> list[str]:
        """Greedy answers to all tasks, as one batch padded on the left."""
        prompts = [
            self.encoder.prompt(task_messages(item.task.prompt, item.task.prototype, item.arch)).tokens
            for item in self.tasks
        ]
        width = max(map(len, prompts))
        end = self.encoder.tokenizer.eos_token_id
        ids = torch.tensor([[end] * (width - len(prompt)) + list(prompt) for prompt in prompts], device=device)
        mask = torch.tensor([[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts], device=device)
        adapted.eval()
        written = adapted.generate(
            input_ids=ids,
            attention_mask=mask,
            max_new_tokens=self.answer_tokens,
            do_sample=False,
            use_cache=True,
            pad_token_id=end,
        )
        adapted.train()
        return [str(text) for text in self.encoder.tokenizer.batch_decode(written[:, width:], skip_special_tokens=True)]
