"""Bases from the model hub that a machine with a connection can load, beside the embedded one."""

from dataclasses import dataclass

from playground.models.prompts import FimTokens


@dataclass(frozen=True, kw_only=True)
class HubBase:
    """What must be known of a model before it is fetched."""

    name: str
    title: str
    repo: str
    licence: str
    billions: float
    """Parameters, in billions."""
    chat: bool
    """Its tokenizer carries a chat template."""
    fim: FimTokens | None = None
    gated: bool = False
    """The hub asks for a token of someone who accepted the licence."""


_QWEN = FimTokens(prefix="<|fim_prefix|>", suffix="<|fim_suffix|>", middle="<|fim_middle|>")
_STARCODER = FimTokens(prefix="<fim_prefix>", suffix="<fim_suffix>", middle="<fim_middle>")
_SANTACODER = FimTokens(prefix="<fim-prefix>", suffix="<fim-suffix>", middle="<fim-middle>")
_CODE_LLAMA = FimTokens(prefix="▁<PRE>", suffix="▁<SUF>", middle="▁<MID>")

HUB_BASES: tuple[HubBase, ...] = (
    HubBase(
        name="qwen2.5-coder-0.5b",
        title="Qwen2.5-Coder 0.5B Instruct",
        repo="Qwen/Qwen2.5-Coder-0.5B-Instruct",
        licence="Apache-2.0",
        billions=0.49,
        chat=True,
        fim=_QWEN,
    ),
    HubBase(
        name="qwen2.5-coder-1.5b",
        title="Qwen2.5-Coder 1.5B Instruct",
        repo="Qwen/Qwen2.5-Coder-1.5B-Instruct",
        licence="Apache-2.0",
        billions=1.54,
        chat=True,
        fim=_QWEN,
    ),
    HubBase(
        name="qwen2.5-coder-7b",
        title="Qwen2.5-Coder 7B Instruct",
        repo="Qwen/Qwen2.5-Coder-7B-Instruct",
        licence="Apache-2.0",
        billions=7.62,
        chat=True,
        fim=_QWEN,
    ),
    HubBase(
        name="codellama-7b",
        title="Code Llama 7B",
        repo="codellama/CodeLlama-7b-hf",
        licence="Llama 2 Community License",
        billions=6.74,
        chat=False,
        fim=_CODE_LLAMA,
    ),
    HubBase(
        name="starcoderbase-1b",
        title="StarCoderBase 1B",
        repo="bigcode/starcoderbase-1b",
        licence="BigCode OpenRAIL-M",
        billions=1.14,
        chat=False,
        fim=_STARCODER,
        gated=True,
    ),
    HubBase(
        name="santacoder",
        title="SantaCoder 1.1B",
        repo="bigcode/gpt_bigcode-santacoder",
        licence="BigCode OpenRAIL-M",
        billions=1.12,
        chat=False,
        fim=_SANTACODER,
    ),
    HubBase(
        name="codegen-350m-mono",
        title="CodeGen 350M mono",
        repo="Salesforce/codegen-350M-mono",
        licence="BSD-3-Clause",
        billions=0.36,
        chat=False,
    ),
    HubBase(
        name="phi-1",
        title="Phi-1 1.3B",
        repo="microsoft/phi-1",
        licence="MIT",
        billions=1.42,
        chat=False,
    ),
)
