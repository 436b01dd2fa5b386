"""How a model is asked."""

import pytest

from playground.errors import InputError
from playground.models.prompts import (
    COMPLETION_PRESETS,
    SYSTEM_PRESETS,
    FimTokens,
    fim_prompt,
    task_messages,
)


def test_describe_gives_the_request_and_the_prototype() -> None:
    system, user = task_messages("Add a and b.", "int add(int a, int b)", "aarch64")
    assert (system.role, system.content) == ("system", "Write AArch64 assembly.")
    assert (user.role, user.content) == ("user", "Add a and b.\nint add(int a, int b)")


def test_translate_gives_the_c_source_alone() -> None:
    system, user = task_messages("x", None, "x86_64", style="translate", reference="int f(void) { return 1; }\n")
    assert system.content == "Write x86-64 assembly."
    assert user.content == "int f(void) { return 1; }"


def test_a_system_prompt_replaces_the_architectures_and_an_empty_one_leaves_it_out() -> None:
    assert task_messages("x", None, "aarch64", system="Be brief.")[0].content == "Be brief."
    assert [message.role for message in task_messages("x", None, "aarch64", system="")] == ["user"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x", None, "riscv"), "'riscv'.*aarch64, x86_64"),
        (("x", None, "aarch64", "sing"), "'sing'"),
        (("x", None, "aarch64", "translate"), "C source"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: tuple, said: str) -> None:
    with pytest.raises(InputError, match=said):
        task_messages(*arguments)


def test_fill_in_the_middle_orders() -> None:
    tokens = {"prefix": "<P>", "suffix": "<S>", "middle": "<M>"}
    assert fim_prompt(FimTokens(**tokens), "a", "b") == "<P>a<S>b<M>"
    assert fim_prompt(FimTokens(**tokens, order="SPM"), "a", "b") == "<P><S>b<M>a"


def test_presets() -> None:
    bare, guided = COMPLETION_PRESETS
    assert bare.prefix.startswith("add_two_arrays:\n.LFB0:\n")
    assert bare.prefix.endswith("ldr w2, [x0]\n")
    assert "; allocate stack space" in guided.prefix
    assert any("always write C++ code first" in preset.text for preset in SYSTEM_PRESETS)
