"""Imported by a worker before its first job: judges one function per architecture, so that the first real answer does
not wait for the engines and their tables (half a second)."""

from playground.isa import ARCHITECTURES
from playground.tasks.judging import judge
from playground.tasks.task import Case, Task

RETURN_FIRST_ARGUMENT = {"aarch64": "same:\n ret\n", "x86_64": "same:\n mov eax,edi\n ret\n"}

_TASK = Task(id="same", prompt="", prototype="int same(int a)", cases=(Case(args=(7,), returns=7),))

for _arch in ARCHITECTURES:
    judge(RETURN_FIRST_ARGUMENT[_arch], _TASK, arch=_arch)
