"""What a job's child process does, from its recipe to a finished adapter or one sentence on why there is none."""

import errno
import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from accelerate import PartialState

from playground.errors import InputError
from playground.training.adaptation import adapt, compile_blocks, decoder_blocks, load_base, resolve_precision
from playground.training.bases import find_base
from playground.training.checkpoint import last_checkpoint, load_checkpoint, remove_partial, save_checkpoint
from playground.training.compiler import should_compile
from playground.training.encoding import Encoder
from playground.training.evaluating import evaluate
from playground.training.int8 import should_use_int8, use_int8_products
from playground.training.jobstate import JobFolder
from playground.training.loop import Trainer, TrainingDiverged
from playground.training.loss import AnswerLoss
from playground.training.packing import build_batch, pack_rows
from playground.training.prepare import prepare_data
from playground.training.progress import NoteRecord, ProgressWriter, StepRecord
from playground.training.publish import publish_adapter
from playground.training.recipe import TrainingRecipe
from playground.training.sharding import held_parameters, is_sharded, open_accelerator, trained_weights
from playground.training.starting import start_from_adapter
from playground.training.tracking import start_trackers

if TYPE_CHECKING:
    from playground.training.practice import Practice

log = logging.getLogger("playground.training")

EXAMPLES_SHOWN = 16
"""From which the base's 8-bit products learn how large its channels are."""


def train_job(path: Path) -> int:
    """Train the job in folder `path`; 0 when it ended as asked, 1 when it failed. The state says which and why."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    folder = JobFolder(path=path)
    try:
        Session(folder).run()
        return 0
    except Exception as error:
        traceback.print_exc()
        remove_partial(folder.checkpoints)  # a full disk has room for the state again
        if folder.read_state().state == "running":  # the first process to fail knows the cause
            folder.end("failed", explain(error))
        return 1


def explain(error: BaseException) -> str:
    """One sentence for a person on why training ended."""
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, TrainingDiverged):
        return f"Training diverged ({error}); lower the learning rate or the clipping norm and start again."
    if (isinstance(error, OSError) and error.errno == errno.ENOSPC) or "No space left on device" in str(error):
        return "The disk is full; free some space, then resume from the last checkpoint."
    if isinstance(error, MemoryError | torch.OutOfMemoryError) or "not enough memory" in str(error):
        return (
            "Memory ran out; raise accumulation (smaller micro-batches) or lower row_tokens or rank, then start again."
        )
    return f"Training failed: {type(error).__name__}: {first_line(str(error))} (the log has the whole story)."


def first_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0][:300]


class Session:
    """One sitting of a job: from its start, or from its last checkpoint, to its end or the request to stop."""

    def __init__(self, folder: JobFolder) -> None:
        """Loads the base, the data and the adapter. Raises InputError for what a person can mend."""
        self.folder = folder
        self.recipe = TrainingRecipe.read(folder.recipe)
        if not torch.cuda.is_available():
            torch.set_num_threads(1)  # two threads of one process fight as soon as anything else runs
        cpu = not torch.accelerator.is_available()  # accelerate joins CPU processes by gloo only when told so
        precision = resolve_precision(self.recipe.precision, PartialState(cpu=cpu).device)
        self.accelerator = open_accelerator(precision, cpu)
        self.precision = precision
        self.writer = ProgressWriter(folder.progress)
        base = find_base(self.recipe.base)
        model, self.tokenizer = load_base(base.source, precision)
        self.adapted = adapt(model, self.tokenizer, self.recipe)
        if self.recipe.start_from:
            start_from_adapter(self.adapted, self.recipe)
        self.encoder = Encoder(tokenizer=self.tokenizer, recipe=self.recipe, base_fim=base.fim)
        self.data = prepare_data(self.recipe, self.encoder)
        self.recipe = self.recipe.with_changes(row_tokens=self.data.row_tokens)
        self.practice = self.build_practice()
        self.trainer = self.build_trainer()
        self.trackers = start_trackers(self.accelerator, folder.path)

    def build_practice(self) -> "Practice | None":
        if not self.recipe.practice_tasks:
            return None
        from playground.training.practice import Practice, choose_tasks, trained_architectures

        architectures = trained_architectures(self.data.read)
        tasks = choose_tasks(self.recipe.practice_tasks, architectures, self.recipe.seed)
        return Practice(tasks=tasks, encoder=self.encoder, answer_tokens=self.recipe.answer_tokens)

    def build_trainer(self) -> Trainer:
        device = self.accelerator.device
        dtype = next(value.dtype for value in self.adapted.parameters() if not value.requires_grad)
        self.compiled = should_compile(self.recipe, device)
        loss = AnswerLoss(self.adapted, dtype, self.compiled)
        self.int8 = should_use_int8(self.recipe, self.precision, device, is_sharded(self.accelerator))
        if self.int8:
            self.use_int8(loss.eval())
        if self.compiled:
            compile_blocks(self.adapted)
        return Trainer(
            recipe=self.recipe,
            accelerator=self.accelerator,
            adapted=self.adapted,
            loss=loss,
            examples=self.data.training,
            padding=self.tokenizer.eos_token_id,
        )

    def use_int8(self, loss: AnswerLoss) -> None:
        """The first examples, before a resumed run's weights are there, so that it has the integers that it had."""
        shown = self.data.training[:EXAMPLES_SHOWN]
        rows = pack_rows([len(example) for example in shown], range(len(shown)), self.recipe.row_tokens)
        batch = build_batch(rows, shown, self.recipe.row_tokens, self.tokenizer.eos_token_id)
        with self.accelerator.autocast():
            use_int8_products(decoder_blocks(self.adapted), lambda: loss(**vars(batch)))

    def run(self) -> None:
        """Train, evaluate, save; write the state."""
        self.announce()
        if (checkpoint := last_checkpoint(self.folder.checkpoints)) is not None:
            counters, state = load_checkpoint(checkpoint)
            self.trainer.restore(counters, state)
            self.note(f"Resumed from the checkpoint at step {counters.step}.")
        if self.compiled:
            self.note("The first steps compile the model, which takes about half a minute before step 1 is there.")
        finished = self.trainer.run(self.after_step)
        step = self.trainer.counters.step
        if not self.evaluated_at(step):
            self.evaluate()
        if not finished:
            self.checkpoint()
        weights = trained_weights(self.adapted) if self.trainer.sharded else None
        self.accelerator.wait_for_everyone()
        if self.accelerator.is_main_process:
            name = publish_adapter(self.folder, self.recipe, self.adapted, self.tokenizer, self.precision, weights)
            self.folder.stop_request.unlink(missing_ok=True)
            message = "" if finished else f"Stopped after step {step} of {self.recipe.steps}; the adapter was saved."
            self.trackers.finish()
            self.folder.end("finished" if finished else "stopped", message, name)

    def announce(self) -> None:
        trainable, everything = self.adapted.get_nb_trainable_parameters()
        integers = ", the products with the base in 8-bit integers" if self.int8 else ""
        self.note(f"{trainable:,} of {everything:,} parameters are trained, in {self.precision}{integers}.")
        processes = self.accelerator.num_processes
        if processes > 1:
            self.note(f"{processes} processes share each step.")
        if self.trainer.sharded:
            self.note(f"The parameters are sharded: the main process holds {held_parameters(self.adapted):,} of them.")
        self.note(
            f"{len(self.data.training)} training and {len(self.data.held_out)} held-out examples, "
            f"in rows of {self.recipe.row_tokens} tokens."
        )
        if self.data.left_out:
            self.note(f"{self.data.left_out} examples longer than row_tokens = {self.recipe.row_tokens} were left out.")

    def note(self, text: str) -> None:
        if self.accelerator.is_main_process:
            log.info(text)
            self.writer.write(NoteRecord(step=self.trainer.counters.step, text=text))

    def after_step(self, record: StepRecord) -> bool:
        """Write progress, checkpoint and evaluate when due; False when a stop was asked for."""
        if self.accelerator.is_main_process:
            self.writer.write(record)
            self.trackers.log(record)
            log.info(
                "step %d/%d loss %.4f %.0f tokens/s", record.step, record.steps, record.loss, record.tokens_per_second
            )
        if due(record.step, self.recipe.checkpoint_every):
            self.checkpoint()
        if due(record.step, self.recipe.evaluate_every):
            self.evaluate()
        return not self.stop_asked()

    def evaluated_at(self, step: int) -> bool:
        return step > 0 and due(step, self.recipe.evaluate_every)

    def stop_asked(self) -> bool:
        """Whether any process saw the request, so that all stop after the same step."""
        seen = torch.tensor(float(self.folder.stop_request.exists()), device=self.accelerator.device)
        return bool(self.accelerator.reduce(seen) > 0)

    def checkpoint(self) -> None:
        state = self.trainer.state()
        if self.accelerator.is_main_process:
            save_checkpoint(self.folder.checkpoints, self.trainer.counters, state, self.recipe.keep_checkpoints)

    def evaluate(self) -> None:
        """Held-out loss and practice tasks."""
        record = evaluate(self.trainer, self.data.held_out, self.practice)
        if self.accelerator.is_main_process:
            self.writer.write(record)
            self.trackers.log(record)


def due(step: int, every: int) -> bool:
    """Whether something that happens every so many steps happens after this one; 0 is never."""
    return every > 0 and step % every == 0
