"""A base model with the adapter that a recipe asks for."""

from typing import Any

import torch
from peft import AdaLoraConfig, LoraConfig, get_peft_model
from torch import Tensor, nn
from transformers import AutoModelForCausalLM, AutoTokenizer

from playground.errors import InputError
from playground.training.attention import PACKED, PLAIN
from playground.training.loss import base_model
from playground.training.recipe import TrainingRecipe

DTYPES = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32}

ORTHOGONALITY_WEIGHT = 0.5
"""Weight of AdaLoRA's regulariser, peft's default (Zhang et al. 2023, arXiv 2303.10512, equation 4)."""


def resolve_precision(wanted: str, device: torch.device) -> str:
    """``auto`` -> ``bf16`` where the device multiplies it, else ``fp16`` on a GPU and ``fp32`` on a CPU.

    Raises InputError for fp16 on a CPU, where its gradients cannot be scaled.
    """
    if wanted == "fp16" and device.type == "cpu":
        raise InputError('precision = "fp16" needs a GPU; choose "bf16", "fp32" or "auto".')
    if wanted != "auto":
        return wanted
    if device.type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported() else "fp16"
    return "bf16"


def load_base(source: str, precision: str) -> tuple[Any, Any]:
    """The model at `source` (a folder or a hub repository) in `precision` and its tokenizer.

    Attention is made of plain products on a CPU: they beat the fused kernel's backward pass at rows of 256, under
    torch.compile the more so (360 against 495 tokens/s). On a GPU the fused kernel is used.
    """
    attention = "sdpa" if torch.cuda.is_available() else "eager"
    model = AutoModelForCausalLM.from_pretrained(source, dtype=DTYPES[precision], attn_implementation=attention)
    if attention == "eager" and model.config.model_type in PLAIN:
        model.set_attn_implementation(PACKED)
    model.config.use_cache = False
    return model, AutoTokenizer.from_pretrained(source)


def adapt(model: Any, tokenizer: Any, recipe: TrainingRecipe) -> Any:
    """`model` with a fresh adapter: a peft model whose trainable parameters are float32.

    Adds the recipe's new tokens to `tokenizer` and rows for them to the embeddings.
    """
    torch.manual_seed(recipe.seed)
    added = add_tokens(model, tokenizer, recipe.new_tokens)
    try:
        adapted = get_peft_model(model, adapter_config(model, recipe, added))
    except ValueError as error:
        raise InputError(f"The adapter does not fit the base {recipe.base!r}: {error}") from None
    for parameter in adapted.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    for module in adapted.modules():
        if hasattr(module, "cast_input_dtype_enabled"):
            module.cast_input_dtype_enabled = False  # autocast brings both operands to one type
    return adapted


def add_tokens(model: Any, tokenizer: Any, new_tokens: tuple[str, ...]) -> list[int]:
    """Ids of the new tokens; a new row starts at the mean of the old ones."""
    vocabulary = tokenizer.get_vocab()
    known = [token for token in new_tokens if token in vocabulary]
    if known:
        raise InputError(f"new_tokens: the base already has the token {known[0]!r}; leave it out.")
    if not new_tokens:
        return []
    tokenizer.add_tokens(list(new_tokens))
    if len(tokenizer) > model.get_input_embeddings().weight.shape[0]:
        model.resize_token_embeddings(len(tokenizer))
    return [int(index) for index in tokenizer.convert_tokens_to_ids(list(new_tokens))]


def adapter_config(model: Any, recipe: TrainingRecipe, added: list[int]) -> LoraConfig:
    """The peft configuration of a recipe."""
    modules = recipe.target_modules
    shared: dict[str, Any] = {
        "lora_alpha": recipe.alpha,
        "lora_dropout": recipe.dropout,
        "target_modules": "all-linear" if modules == ("all-linear",) else list(modules),
        "task_type": "CAUSAL_LM",
    }
    if recipe.train_head:
        shared["modules_to_save"] = [head_name(model)]
        shared["ensure_weight_tying"] = bool(model.config.tie_word_embeddings)
    if added:
        shared["trainable_token_indices"] = added
    if recipe.method == "adalora":
        return AdaLoraConfig(**shared, **adalora_schedule(recipe))
    return LoraConfig(**shared, r=recipe.rank, use_rslora=recipe.method == "rslora", use_dora=recipe.method == "dora")


def adalora_schedule(recipe: TrainingRecipe) -> dict[str, int]:
    """AdaLoRA trains a tenth of the steps at full rank, prunes until three quarters, then fine-tunes what is left."""
    return {
        "init_r": recipe.rank,
        "target_r": recipe.target_rank,
        "tinit": recipe.steps // 10,
        "tfinal": recipe.steps // 4,
        "deltaT": max(1, recipe.steps // 100),
        "total_step": recipe.steps,
    }


def head_name(model: Any) -> str:
    """The last part of the head's name, by which peft finds it."""
    head = model.get_output_embeddings()
    return next(name for name, module in model.named_modules() if module is head).rpartition(".")[2]


def orthogonality(model: nn.Module) -> Tensor:
    """AdaLoRA's regulariser: mean over all P and Q of the Frobenius norm of P P^T - I (arXiv 2303.10512, equation 4).

    peft adds it only to a loss that the model computes itself.
    """
    norms = []
    for name, parameter in model.named_parameters():
        if "lora_A" in name or "lora_B" in name:
            product = parameter @ parameter.T if "lora_A" in name else parameter.T @ parameter
            norms.append(torch.linalg.matrix_norm(product - torch.eye(len(product), device=product.device)))
    return ORTHOGONALITY_WEIGHT * torch.stack(norms).mean()


def decoder_blocks(model: nn.Module) -> list[nn.Module]:
    """The repeated blocks of a transformer, in order: the longest list of modules in it."""
    lists = [module for module in base_model(model).modules() if isinstance(module, nn.ModuleList)]
    return list(max(lists, key=len, default=[]))


def compile_blocks(model: nn.Module) -> None:
    """torch.compile each block in place: one compilation serves all, and names of parameters stay."""
    for block in decoder_blocks(model):
        block.compile(dynamic=False)
