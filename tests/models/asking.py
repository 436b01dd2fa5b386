"""How the tests ask: columns, their endings, and the same questions to transformers itself."""

from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

from playground.models.catalogue import adapters_folder
from playground.models.events import Column, Failed, Finished, GenerationRequest, Message, Sampling

LORA = {"r": 16, "lora_alpha": 32, "target_modules": "all-linear", "task_type": "CAUSAL_LM"}


class Reference:
    """transformers' ``generate()`` and PEFT's own loading, apart from everything under test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self._models: dict[tuple[str, int], Any] = {}
        self._answers: dict[tuple[str, str, int, int], str] = {}

    def model(self, adapter: str = "") -> Any:
        key = (adapter, _saved_at(adapter))
        if key not in self._models:
            model = AutoModelForCausalLM.from_pretrained(self.folder, dtype=torch.bfloat16)
            if adapter:
                model = PeftModel.from_pretrained(model, adapters_folder() / adapter)
            self._models[key] = model.eval()
        return self._models[key]

    def answer(self, question: str, adapter: str = "", tokens: int = 30, **options: Any) -> str:
        """The reply to one user message; `options` go to ``generate()``, greedy (and remembered) without."""
        model, key = self.model(adapter), (question, adapter, _saved_at(adapter), tokens)
        if options:
            return self._generate(model, question, tokens, {"do_sample": False} | options)
        if key not in self._answers:
            self._answers[key] = self._generate(model, question, tokens, {"do_sample": False})
        return self._answers[key]

    def _generate(self, model: Any, question: str, tokens: int, options: dict[str, Any]) -> str:
        chat = [{"role": "user", "content": question}]
        inputs = self.tokenizer.apply_chat_template(
            chat, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        out = model.generate(**inputs, max_new_tokens=tokens, **options)
        return str(self.tokenizer.decode(out[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True))


def _saved_at(adapter: str) -> int:
    return (adapters_folder() / adapter / "adapter_model.safetensors").stat().st_mtime_ns if adapter else 0


def ask(name: str, question: str, model: str = "base", **sampling: Any) -> Column:
    """A chat column with one user message."""
    settings = Sampling(**({"max_tokens": 30} | sampling))
    return Column(id=name, model=model, messages=(Message(role="user", content=question),), sampling=settings)


def endings(generator: Any, *columns: Column) -> dict[str, Finished | Failed]:
    """How each column ended."""
    events = generator.stream(GenerationRequest(columns=columns))
    return {event.column: event for event in events if isinstance(event, Finished | Failed)}
