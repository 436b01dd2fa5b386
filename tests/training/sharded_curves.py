"""Several recipes trained one after the other by one pair of processes: ``-m tests.training.sharded_curves FOLDER``.

FOLDER holds ``NAME.toml``, each a recipe; ``NAME.pt`` comes to stand beside it.
"""

import sys
from pathlib import Path
from typing import Any

import torch
from accelerate import PartialState

from playground.training.loop import Trainer
from playground.training.progress import StepRecord
from playground.training.recipe import TrainingRecipe
from playground.training.sharding import is_sharded, open_accelerator, trained_weights
from tests.training.test_loop import build_trainer


def course(trainer: Trainer) -> dict[str, Any]:
    """What is seen of a training whose third step is followed by an evaluation: held-out loss and answers."""
    losses: list[float] = []
    seen: dict[str, Any] = {}

    def after_step(record: StepRecord) -> bool:
        losses.append(record.loss)
        if record.step == 3:
            seen["held_out"] = trainer.mean_loss(trainer.examples[:3])
            seen["answers"] = answers(trainer)
        return True

    trainer.run(after_step)
    return {**seen, "losses": losses, "weights": trained_weights(trainer.adapted)}


def answers(trainer: Trainer) -> list[list[int]]:
    """What the base and the adapted model write for the same prompt: token ids."""
    adapted, prompt = trainer.adapted, torch.tensor([trainer.examples[0].tokens[:20]])
    options = {"input_ids": prompt, "attention_mask": torch.ones_like(prompt), "max_new_tokens": 8, "do_sample": False}
    adapted.eval()
    with torch.no_grad(), adapted.disable_adapter():
        base = adapted.generate(**options, pad_token_id=0)
    with torch.no_grad():
        tuned = adapted.generate(**options, pad_token_id=0)
    adapted.train()
    return [ids[0, prompt.shape[1] :].tolist() for ids in (base, tuned)]


def main(folder: Path) -> None:
    accelerator = open_accelerator("fp32", cpu=True)
    assert is_sharded(accelerator), "accelerate was not configured to shard"
    for path in sorted(folder.glob("*.toml")):
        found = course(build_trainer(TrainingRecipe.read(path), accelerator))
        if accelerator.is_main_process:
            torch.save(found, path.with_suffix(".pt"))
        accelerator.free_memory()
    PartialState().destroy_process_group()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
