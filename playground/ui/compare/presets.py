"""Prompts to begin with: calls of functions, and assembly to be continued with and without guiding comments."""

from dataclasses import dataclass

from playground.models.prompts import COMPLETION_PRESETS


@dataclass(frozen=True, kw_only=True)
class Preset:
    """One ready-made question."""

    title: str
    mode: str
    prompt: str
    prototype: str
    cases: tuple[tuple[str, str, str], ...]
    suffix: str = ""
    arch: str = "aarch64"


ADD_ARRAYS_PROTOTYPE = "void add_two_arrays(int *src1, int *src2, int *dst, int size)"
ADD_ARRAYS_CASES = (
    ("[[1, 2, 3], [10, 20, 30], [0, 0, 0], 3]", "", '{"dst": [11, 22, 33]}'),
    ("[[-1], [1], [7], 1]", "", '{"dst": [0]}'),
    ("[[5], [6], [9], 0]", "", '{"dst": [9]}'),
)

_MIDDLE_SUFFIX = """\
    add w1, w2, w1
    str w1, [x0]
    ldr w0, [sp, 44]
    add w0, w0, 1
    str w0, [sp, 44]
    b   .L2
"""

PRESETS = {
    "add-numbers": Preset(
        title="Add two numbers",
        mode="chat",
        prompt="Add the numbers 8 and 120 and return the sum.",
        prototype="long add_numbers(void)",
        cases=(("[]", "128", ""),),
    ),
    **{
        f"complete-{number}": Preset(
            title=f"Complete {preset.title}",
            mode="complete",
            prompt=preset.prefix,
            prototype=ADD_ARRAYS_PROTOTYPE,
            cases=ADD_ARRAYS_CASES,
            arch=preset.arch,
        )
        for number, preset in enumerate(COMPLETION_PRESETS, 1)
    },
    "fill-middle": Preset(
        title="Fill the middle of add_two_arrays",
        mode="fill",
        prompt=COMPLETION_PRESETS[0].prefix,
        suffix=_MIDDLE_SUFFIX,
        prototype=ADD_ARRAYS_PROTOTYPE,
        cases=ADD_ARRAYS_CASES,
    ),
}
