"""The shipped datasets come from C: respelling keeps every byte of the code."""

from collections.abc import Callable

import pytest

from playground.models.prompts import task_messages
from playground.training.dataset import read_dataset
from playground.training.datasets.build import SEED
from playground.training.datasets.compiling import TOOLS, compile_function, respell, same_object_code
from playground.training.datasets.families import every_function

PACKAGES = {"aarch64": "gcc-aarch64-linux-gnu", "x86_64": "gcc"}


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", TOOLS)
def test_a_sample_of_functions_is_respelled_to_the_same_bytes(
    arch: str, require_tool: Callable[[str, str], str]
) -> None:
    require_tool(f"{TOOLS[arch][0]}gcc", PACKAGES[arch])
    functions = list(every_function(SEED))
    shipped = {example.messages[:2]: example.messages[2].content for example in read_dataset(f"starter-{arch}")}
    checked = 0
    for function in functions[::60]:
        assembly = compile_function(function.c_source, arch)
        assert assembly is not None
        assert same_object_code(function.c_source, assembly, arch)
        assert not same_object_code(function.c_source, assembly + "\n nop", arch)
        assert task_messages(function.request, function.prototype, arch) in shipped
        checked += 1
    assert checked > 10


def test_directives_and_comments_go_and_labels_are_numbered() -> None:
    written = "\t.text\nf:\n.LFB0:\n\tcmp\tw0, #3\t// three\n\tbne\t.L9\n.L4:\n\tb\t.L4\n.L9:\n\tret\n\t.size\tf, .-f\n"
    assert respell(written) == "f:\n cmp w0,3\n bne .L1\n.L2:\n b .L2\n.L1:\n ret"
