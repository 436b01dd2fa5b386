"""How a model is asked: messages for a task, presets from earlier experiments, fill-in-the-middle prompts."""

from dataclasses import dataclass
from typing import Literal

from playground.errors import InputError
from playground.isa import ARCHITECTURES
from playground.models.events import Message

Style = Literal["describe", "translate"]

SYSTEM_PROMPTS: dict[str, str] = {"aarch64": "Write AArch64 assembly.", "x86_64": "Write x86-64 assembly."}
"""The system message that the shipped adapters are trained with, by architecture."""


def task_messages(
    task_prompt: str,
    prototype: str | None,
    arch: str,
    style: Style = "describe",
    reference: str = "",
    system: str | None = None,
) -> tuple[Message, ...]:
    """The chat that asks for one task.

    *describe* gives the request in English and the C prototype; *translate* gives the C source `reference`.
    `system` replaces the architecture's system message; an empty one leaves it out.

    Raises:
        InputError: an unknown architecture or style, or *translate* without a C source.
    """
    if arch not in ARCHITECTURES:
        raise InputError(f"Unknown architecture {arch!r}: choose one of {', '.join(ARCHITECTURES)}.")
    said = SYSTEM_PROMPTS[arch] if system is None else system
    head = (Message(role="system", content=said),) if said else ()
    return (*head, Message(role="user", content=_request(task_prompt, prototype, style, reference)))


def _request(task_prompt: str, prototype: str | None, style: str, reference: str) -> str:
    if style == "translate":
        if not reference.strip():
            raise InputError("The style translate needs the task's C source (its reference): use describe instead.")
        return reference.strip()
    if style != "describe":
        raise InputError(f"Unknown style {style!r}: choose describe or translate.")
    return f"{task_prompt.strip()}\n{prototype.strip()}" if prototype else task_prompt.strip()


@dataclass(frozen=True, kw_only=True)
class FimTokens:
    """A model's fill-in-the-middle tokens and the order in which it was trained to read them."""

    prefix: str
    suffix: str
    middle: str
    order: Literal["PSM", "SPM"] = "PSM"
    """Prefix, suffix, middle; or suffix, prefix, middle (Bavarian et al. 2022, https://arxiv.org/abs/2207.14255)."""


def fim_prompt(tokens: FimTokens, prefix: str, suffix: str) -> str:
    """The raw text after which the model writes what stands between `prefix` and `suffix`.

    PSM is ``<PRE> prefix <SUF> suffix <MID>``. SPM is ``<PRE> <SUF> suffix <MID> prefix``, the variant of the
    paper's appendix D that StarCoder and Code Llama were trained with.
    """
    if tokens.order == "SPM":
        return f"{tokens.prefix}{tokens.suffix}{suffix}{tokens.middle}{prefix}"
    return f"{tokens.prefix}{prefix}{tokens.suffix}{suffix}{tokens.middle}"


@dataclass(frozen=True, kw_only=True)
class SystemPreset:
    """A system prompt to choose from a list."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class CompletionPreset:
    """A beginning of assembly that a model is asked to continue."""

    title: str
    arch: str
    prefix: str


SYSTEM_PRESETS: tuple[SystemPreset, ...] = (
    SystemPreset(title="Shipped adapters, aarch64", text=SYSTEM_PROMPTS["aarch64"]),
    SystemPreset(title="Shipped adapters, x86-64", text=SYSTEM_PROMPTS["x86_64"]),
    SystemPreset(
        title="Assembler specialist for g++ (C++ first)",
        text=(
            "You are a coding assistant AI specialised in writing x86-64 g++ Assembler code.\n"
            "The Assembler code you provide is for 64-bit Intel Core i7 8th gen CPU and Linux Ubuntu Mate operating "
            "system.\n"
            "The Assembler code is x86-64 and can be further compiled with g++ 13.2.0 (Ubuntu 13.2.0-23ubuntu4).\n"
            "Before writing the Assembler code in your responses, always write C++ code first, preferably use pure C++."
        ),
    ),
)

_ADD_TWO_ARRAYS_BARE = """\
add_two_arrays:
.LFB0:
    .cfi_startproc
    sub sp, sp, #48
    .cfi_def_cfa_offset 48
    str x0, [sp, 24]
    str x1, [sp, 16]
    str x2, [sp, 8]
    str w3, [sp, 4]
    str wzr, [sp, 44]
    b   .L2
.L2:
    ldr w1, [sp, 44]
    ldr w0, [sp, 4]
    cmp w1, w0
    blt .L3
    nop
    nop
    add sp, sp, 48
    .cfi_def_cfa_offset 0
    ret
    .cfi_endproc
.L3:
    ldrsw   x0, [sp, 44]
    lsl x0, x0, 2
    ldr x1, [sp, 24]
    add x0, x1, x0
    ldr w2, [x0]
"""

_ADD_TWO_ARRAYS_GUIDED = """\
add_two_arrays: ;function that accepts pointers to two arrays and stores their sum in third array, sizes of arrays are equal
    sub sp, sp, #48; allocate stack space
    str x0, [sp, 24]; store first source pointer
    str x1, [sp, 16]; store second source pointer
    str x2, [sp, 8]; store destination pointer
    str w3, [sp, 4]; store array size
    str wzr, [sp, 44]; store loop counter
    b   .L2
.L2: ; check if end of array is achieved
    ldr w1, [sp, 44]; load current loop counter
    ldr w0, [sp, 4]; load arrays size
    cmp w1, w0; compare them
    blt .L3; if the end is not achieved - continue summing
    add sp, sp, 48; restore stack pointer if end is achived
    ret
.L3:
    ldrsw   x0, [sp, 44]; load current loop counter value
    lsl x0, x0, 2
    ldr x1, [sp, 24]; load first source pointer value
    add x0, x1, x0; get pointer to element from first source array
    ldr w2, [x0];get element from first source array
"""  # noqa: E501 (as it was given)

COMPLETION_PRESETS: tuple[CompletionPreset, ...] = (
    CompletionPreset(title="add_two_arrays, no comments", arch="aarch64", prefix=_ADD_TWO_ARRAYS_BARE),
    CompletionPreset(title="add_two_arrays, guiding comments", arch="aarch64", prefix=_ADD_TWO_ARRAYS_GUIDED),
)
"""The loop body of a function that adds two arrays is to be continued; both prompts end after the first load."""
