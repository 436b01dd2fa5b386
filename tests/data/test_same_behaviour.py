"""What does a final task's work is found however it is written; what only resembles it is kept."""

import pytest

from playground.assembly import assemble
from playground.assembly.program import Source
from playground.data.same_behaviour import by_types, task_done, types_of
from playground.emulator.prototype import parse_prototype
from playground.tasks.files import task_from_json

TASKS = by_types(
    task_from_json({"prompt": "", **table})
    for table in (
        {"id": "twice", "prototype": "long twice(long x)", "cases": [{"args": [x], "returns": 2 * x} for x in (4, -3)]},
        {
            "id": "clear",
            "prototype": "void clear(int *a, int n)",
            "cases": [{"args": [[7, 8, 9], 2], "after": {"a": [0, 0, 9]}}],
        },
        {"id": "program", "stdout": "2\n"},
    )
)  # fmt: skip
CLEAR = "cbz w1,.L1\n.L2:\n str wzr,[x0],4\n subs w1,w1,1\n bne .L2\n.L1:"


@pytest.mark.parametrize(
    ("prototype", "body", "done"),
    [
        ("long sum(long y)", "add x0,x0,x0", "twice"),
        ("long shifted(const long y)", "lsl x0,x0,1", "twice"),
        ("long thrice(long y)", "add x0,x0,x0,lsl 1", None),
        ("int sum(int y)", "add w0,w0,w0", None),  # other types: another function
        ("long never(long y)", "b .", None),  # it does not end
        ("void wipe(int *values, int count)", CLEAR, "clear"),
        ("void wipe(int *values, int count)", "str wzr,[x0]", None),
    ],
)  # fmt: skip
def test_functions_are_known_by_what_they_do(prototype: str, body: str, done: str | None) -> None:
    parsed = parse_prototype(prototype)
    image = assemble(Source(text=f"{parsed.name}:\n {body}\n ret\n", arch="aarch64")).image
    assert image is not None
    found = task_done(image, parsed, TASKS)
    assert (found and found.id) == done


def test_types_are_compared_without_const_and_names() -> None:
    assert types_of(parse_prototype("unsigned f(const char *s)")) == types_of(
        parse_prototype("unsigned int g(char *text)")
    )
    assert types_of(parse_prototype("int f(int a)")) != types_of(parse_prototype("long f(int a)"))
