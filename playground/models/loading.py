"""Weights in memory: one copy of each base; each adapter is a PEFT model of its own around those same tensors."""

import copy
import json
import threading
import warnings
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from peft import PeftModel
from torch import nn
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase
from transformers.utils import logging as transformers_logging

from playground.errors import InputError
from playground.models.catalogue import BASE, ModelEntry, usable_model
from playground.models.weights import ensure_embedded

# A person at a terminal should see the answer, not how its weights were read.
transformers_logging.disable_progress_bar()
warnings.filterwarnings("ignore", message=".*is_gradient_checkpointing.*", category=FutureWarning)


@dataclass(frozen=True, kw_only=True)
class LoadedBase:
    entry: ModelEntry
    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase

    @property
    def context(self) -> int:
        """Tokens that prompt and reply may take together."""
        config = self.model.config
        return int(getattr(config, "max_position_embeddings", 0) or getattr(config, "n_positions", 0) or 2048)

    @property
    def ends(self) -> frozenset[int]:
        """The tokens that end a reply."""
        configured = self.model.generation_config.eos_token_id
        ends = configured if isinstance(configured, list) else [configured]
        return frozenset(end for end in (*ends, self.tokenizer.eos_token_id) if end is not None)


@dataclass
class Models:
    """What is loaded; safe to ask from several threads."""

    local_paths: bool = False
    """Whether a model may be named by a folder's path: for operators, never for visitors."""
    _bases: dict[str, LoadedBase] = field(default_factory=dict)
    _adapters: dict[tuple[Path, int], tuple[LoadedBase, PeftModel]] = field(default_factory=dict)
    _locks: dict[str, threading.Lock] = field(default_factory=dict)

    def load(self, name: str) -> tuple[LoadedBase, PeftModel | None]:
        """The base that `name` runs on, with the tokenizer that it reads with, and its adapter (None for a base).
        Loads of different bases do not wait for each other.

        Raises:
            InputError: unknown, not available here, or its files cannot be loaded.
        """
        entry = usable_model(name, local_paths=self.local_paths)
        with self._locks.setdefault(entry.base, threading.Lock()):
            if entry.base not in self._bases:
                base = entry if entry.base == entry.name else usable_model(entry.base)
                self._bases[entry.base] = load_base(base)
            loaded = self._bases[entry.base]
            return (loaded, None) if entry.base == entry.name else self._adapter(entry, loaded)

    def _adapter(self, entry: ModelEntry, base: LoadedBase) -> tuple[LoadedBase, PeftModel]:
        folder = _folder(entry)
        key = (folder, (folder / "adapter_model.safetensors").stat().st_mtime_ns)
        if key not in self._adapters:
            for stale in [other for other in self._adapters if other[0] == folder]:
                del self._adapters[stale]  # trained again under the same name
            read_with = with_own_tokens(base, entry)
            adapter = load_adapter(base.model, folder, entry.name, vocabulary=len(read_with.tokenizer))
            self._adapters[key] = (read_with, adapter)
        return self._adapters[key]


def load_base(entry: ModelEntry) -> LoadedBase:
    """A base's weights in bfloat16, on the accelerator where there is one.

    Raises:
        InputError: its files are missing or cannot be read.
    """
    source = str(ensure_embedded()) if entry.name == BASE else str(entry.folder or entry.repo)
    try:
        tokenizer = AutoTokenizer.from_pretrained(source)
        model = AutoModelForCausalLM.from_pretrained(source, dtype=torch.bfloat16)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"The model {entry.name!r} cannot be loaded from {source}: {_first_line(error)}") from error
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.eval().requires_grad_(False).to(device)
    return LoadedBase(entry=entry, model=model, tokenizer=tokenizer)


def with_own_tokens(base: LoadedBase, adapter: ModelEntry) -> LoadedBase:
    """The base as an adapter reads: with the tokenizer that was saved beside it, where one was, and with its own
    fill-in-the-middle tokens, where it has such.

    Raises:
        InputError: the tokenizer cannot be read.
    """
    folder = _folder(adapter)
    if adapter.fim != base.entry.fim:
        base = replace(base, entry=replace(base.entry, fim=adapter.fim))
    if not (folder / "tokenizer.json").is_file():
        return base
    try:
        return replace(base, tokenizer=AutoTokenizer.from_pretrained(str(folder)))
    except Exception as error:  # tokenizers raise whatever the file provokes
        raise InputError(
            f"The tokenizer of the adapter {adapter.name!r} cannot be loaded: {_first_line(error)}"
        ) from error


def load_adapter(model: PreTrainedModel, folder: Path, name: str, vocabulary: int = 0) -> PeftModel:
    """The adapter in `folder` around `model`'s own tensors: the base is neither copied nor changed.

    An adapter with new tokens (`vocabulary` exceeds the embeddings' rows) gets embeddings of its own with rows for
    them, which its trained rows then replace.

    Raises:
        InputError: it cannot be loaded, is of a kind that is not supported, or does not fit the base.
    """
    _refuse_prompt_learning(folder, name)
    try:
        around = _same_tensors(model)
        if vocabulary > around.get_input_embeddings().weight.shape[0]:
            _own_embeddings(around)
            around.resize_token_embeddings(vocabulary, mean_resizing=False)
        peft = PeftModel.from_pretrained(around, str(folder), adapter_name="default")
    except Exception as error:  # PEFT raises whatever the file provokes
        raise InputError(f"The adapter {name!r} cannot be loaded: {_first_line(error)}") from error
    return peft.eval().requires_grad_(False)


def _refuse_prompt_learning(folder: Path, name: str) -> None:
    kind = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8")).get("peft_type")
    if kind in {"PROMPT_TUNING", "P_TUNING", "PREFIX_TUNING", "MULTITASK_PROMPT_TUNING", "CPT", "ADAPTION_PROMPT"}:
        raise InputError(f"The adapter {name!r} is not supported: {kind} adapters have no weights to add to a layer.")


def _same_tensors(model: PreTrainedModel) -> PreTrainedModel:
    """A copy of the module tree that holds the same parameters and buffers: PEFT may replace modules in it."""
    tensors: list[nn.Parameter | torch.Tensor] = [*model.parameters(), *model.buffers()]
    return copy.deepcopy(model, memo={id(tensor): tensor for tensor in tensors})


def _own_embeddings(model: PreTrainedModel) -> None:
    """Embeddings and head of this tree's own: resizing writes into the parameters, which the base shares."""
    embeddings, head = model.get_input_embeddings(), model.get_output_embeddings()
    tied = head is not None and head.weight is embeddings.weight
    embeddings.weight = nn.Parameter(embeddings.weight.detach().clone(), requires_grad=False)
    if head is not None:
        weight = embeddings.weight if tied else nn.Parameter(head.weight.detach().clone(), requires_grad=False)
        head.weight = weight


def _folder(entry: ModelEntry) -> Path:
    if entry.folder is None:
        raise ValueError(f"the entry {entry.name} has no folder")
    return entry.folder


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
