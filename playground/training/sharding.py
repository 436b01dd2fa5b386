"""Training with the parameters sharded over the processes: FSDP2 (torch's ``fully_shard``), configured by accelerate.

Outside a forward and its backward every parameter is a DTensor of which this process holds its part; `gathered` and
`spread` stand between them and what is kept on disk, which is the same however many processes there were.
"""

import os
from collections.abc import Callable, Mapping
from typing import Any

import torch
from accelerate import Accelerator, DistributedType, FullyShardedDataParallelPlugin, PartialState
from torch import Tensor, nn
from torch.distributed.fsdp import FSDPModule, MixedPrecisionPolicy, register_fsdp_forward_method
from torch.distributed.tensor import DTensor, distribute_tensor

from playground.errors import InputError
from playground.training.adaptation import decoder_blocks


def sharding_plugin() -> FullyShardedDataParallelPlugin | None:
    """What accelerate's configuration, which its launcher put into the environment, asks for; None: no sharding.

    Left open there, each decoder block is a unit. Parameters are not cast (accelerate would reduce gradients and return
    the loss in bfloat16): the base is in its precision already, the adapter in float32, and autocast does the rest, as
    without sharding. Every process reads the whole base before it keeps its part.

    Raises InputError for FSDP1 and DeepSpeed, which are not supported.
    """
    if os.environ.get("ACCELERATE_USE_DEEPSPEED", "false").lower() == "true":
        raise InputError("DeepSpeed is not supported; to shard a base, configure accelerate for FSDP version 2.")
    if os.environ.get("ACCELERATE_USE_FSDP", "false").lower() != "true":
        return None
    if os.environ.get("FSDP_VERSION", "1") != "2":
        raise InputError("FSDP version 1 is not supported; give accelerate --fsdp_version 2.")
    return FullyShardedDataParallelPlugin(
        auto_wrap_policy=os.environ.get("FSDP_AUTO_WRAP_POLICY", "TRANSFORMER_BASED_WRAP"),
        mixed_precision_policy=MixedPrecisionPolicy(),
        cpu_ram_efficient_loading=False,
    )


def open_accelerator(precision: str, cpu: bool) -> Accelerator:
    """The accelerator that the launcher's configuration asks for, in ``bf16``, ``fp16`` or ``fp32``.

    On CPU processes accelerate 1.15 passes over FSDP's configuration and trains data-parallel without a word
    (``AcceleratorState.__init__`` reads it for GPUs alone), though torch's ``fully_shard`` works over gloo. There its
    state is completed here as it completes it for GPUs, so that the same code runs on both.
    """
    plugin = sharding_plugin()
    accelerator = Accelerator(cpu=cpu, mixed_precision="no" if precision == "fp32" else precision, fsdp_plugin=plugin)
    if plugin is not None and accelerator.distributed_type == DistributedType.MULTI_CPU:
        accelerator.state.fsdp_plugin = plugin
        accelerator.state.distributed_type = PartialState().distributed_type = DistributedType.FSDP
    return accelerator


def is_sharded(accelerator: Accelerator) -> bool:
    return accelerator.distributed_type == DistributedType.FSDP


def shard(accelerator: Accelerator, loss: Any, optimizer: torch.optim.Optimizer) -> tuple[Any, Any]:
    """`loss` (an AnswerLoss) with its model sharded, and the optimizer of what this process holds."""
    loss._no_split_modules = sorted({type(block).__name__ for block in decoder_blocks(loss.model)})
    loss.forward = accelerator.autocast()(loss.forward)  # accelerate leaves it to the casts that were refused above
    module, optimizer = accelerator.prepare(loss, optimizer)
    loss.model.generate = gathering_generate(module, loss.model.generate)
    return module, optimizer


def gathering_generate(module: Any, generate: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """`generate` of the model inside `module`: it enters below `module`, whose own parameters are gathered for it.

    Every process must call it, with the same arguments.
    """
    module.generate = generate
    register_fsdp_forward_method(module, "generate")

    def generate_gathered(**options: Any) -> Tensor:
        written: Tensor = module.generate(**options, synced_gpus=True)
        reshard(module)
        return written

    return generate_gathered


def held_parameters(model: nn.Module) -> int:
    """How many of the parameters' elements this process holds between steps."""
    parts: list[Any] = list(model.parameters())
    return sum((part.to_local() if isinstance(part, DTensor) else part).numel() for part in parts)


def reshard(module: nn.Module) -> None:
    """Free what a forward without a backward left gathered. Nothing to do in a module that is not sharded."""
    for part in module.modules():
        if isinstance(part, FSDPModule):
            part.reshard()


def gathered(content: Any) -> Any:
    """`content`, of dictionaries and lists, with every sharded tensor whole on the CPU; the rest as it is.

    Every process must call it: each gives its parts.
    """
    if isinstance(content, DTensor):
        whole: Any = content.detach()
        return whole.full_tensor().cpu()
    if isinstance(content, dict):
        return {key: gathered(value) for key, value in content.items()}
    if isinstance(content, list):
        return [gathered(value) for value in content]
    return content


def spread(value: Tensor, like: Tensor) -> Tensor:
    """This process's part of `value`, as `like` is sharded; `value` itself where `like` is whole."""
    if not isinstance(like, DTensor) or value.shape != like.shape:  # the optimizer's step counts belong to no part
        return value
    return distribute_tensor(value.to(like.device), like.device_mesh, like.placements, src_data_rank=None)


def spread_optimizer(state: Mapping[str, Any], optimizer: torch.optim.Optimizer) -> dict[str, Any]:
    """A whole optimizer's state for `optimizer`, whose parameters may be sharded."""
    parameters = [value for group in optimizer.param_groups for value in group["params"]]
    moments = {
        index: {name: spread(value, parameters[index]) for name, value in entry.items()}
        for index, entry in state["state"].items()
    }
    return {**state, "state": moments}


def trained_weights(adapted: nn.Module) -> dict[str, Tensor]:
    """Name in the state dict -> whole value on the CPU of everything that is trained. Every process must call it."""
    state = adapted.state_dict(keep_vars=True)
    return {name: gathered(value) for name, value in state.items() if value.requires_grad}
