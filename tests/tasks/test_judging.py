"""The ladder, rung by rung, on answers written by hand for both architectures."""

import os
from concurrent.futures import Future
from typing import Any

import pytest

from playground.emulator.pool import DeadlinePassed, WorkerDied, WorkerPool
from playground.emulator.result import Limits
from playground.errors import InputError
from playground.tasks.bank import load_bank
from playground.tasks.files import task_from_json
from playground.tasks.judging import Judge, JudgeRequest, lost_verdict
from playground.tasks.task import Task

ADD: dict[str, Any] = {
    "id": "add",
    "prompt": "Add a and b.",
    "prototype": "long add(long a, long b)",
    "cases": [{"args": [1, 2], "returns": 3}, {"args": [-5, 3], "returns": -2}, {"args": [0, 0], "returns": 0}],
}
ADD_TASK = task_from_json(ADD)

SEED_ANSWER = """\
add_two_arrays:
.LFB0:
	.cfi_startproc
	sub	sp, sp, #48
	.cfi_def_cfa_offset 48
	str	x0, [sp, 24]
	str	x1, [sp, 16]
	str	x2, [sp, 8]
	str	w3, [sp, 4]
	str	wzr, [sp, 44]
	b	.L2
.L2:
	ldr	w1, [sp, 44]
	ldr	w0, [sp, 4]
	cmp	w1, w0
	blt	.L3
	nop
	nop
	add	sp, sp, 48
	.cfi_def_cfa_offset 0
	ret
	.cfi_endproc
.L3:
	ldrsw	x0, [sp, 44]
	lsl	x0, x0, 2
	ldr	x1, [sp, 24]
	add	x0, x1, x0
	ldr	w2, [x0]
	ldrsw	x0, [sp, 44]
	lsl	x0, x0, 2
	ldr	x1, [sp, 16]
	add	x0, x1, x0
	ldr	w1, [x0]
	ldrsw	x0, [sp, 44]
	lsl	x0, x0, 2
	ldr	x3, [sp, 8]
	add	x0, x3, x0
	add	w1, w2, w1
	str	w1, [x0]
	ldr	w0, [sp, 44]
	add	w0, w0, 1
	str	w0, [sp, 44]
"""
"""As it was published: gcc's text, cut off behind the last store, so the loop runs off its end."""


def bank_task(identifier: str) -> Task:
    return next(task for task in load_bank() if task.id == identifier)


@pytest.mark.parametrize(
    ("answer", "arch", "stage"),
    [
        ("", "aarch64", "none"),
        ("I am sorry, I cannot do that.", "aarch64", "none"),
        ("```\nadd:\n  frobnicate x0, x1\n  ret\n```", "aarch64", "extracted"),
        ("add:\n  add x0, x0, x1\n  bl helper_that_is_nowhere\n  ret\n", "aarch64", "assembled"),
        ("sum:\n  add x0, x0, x1\n  ret\n", "aarch64", "assembled"),
        ("add:\n  ldr x0, [xzr]\n  ret\n".replace("[xzr]", "[x9]"), "aarch64", "linked"),
        ("add:\n  b add\n", "aarch64", "linked"),
        ("add:\n  cmp x0, 0\n  blt .Lbad\n  add x0, x0, x1\n  ret\n.Lbad:\n  udf 0\n", "aarch64", "ran"),
        ("add:\n  sub x0, x0, x1\n  ret\n", "aarch64", "returned"),
        ("add:\n  mov x19, 5\n  add x0, x0, x1\n  ret\n", "aarch64", "correct"),
        ("Here it is:\n```asm\nadd:\n  add x0, x0, x1\n  ret\n```\nDone.", "aarch64", "abi"),
        ("add:\n  leaq (%rdi,%rsi), %rax\n  ret\n", "x86_64", "abi"),
        ("add:\n  movq %rdi, %rbx\n  leaq (%rdi,%rsi), %rax\n  ret\n", "x86_64", "correct"),
        ("add:\n  mov rax, rdi\n  add rax, rsi\n  ret\n", "x86_64", "abi"),
    ],
)
def test_each_rung(judge: Judge, answer: str, arch: str, stage: str) -> None:
    verdict = judge.verdict(answer, ADD_TASK, arch)
    assert (verdict.stage, verdict.unscored) == (stage, False), verdict.reason
    assert verdict.passed is (stage in ("correct", "abi"))
    assert bool(verdict.reason) is (stage != "abi")
    assert "\n" not in verdict.reason


def test_a_verdict_says_what_each_case_gave(judge: Judge) -> None:
    verdict = judge.verdict("add:\n  sub x0, x0, x1\n  ret\n", ADD_TASK, "aarch64")
    assert [(case.inputs, case.expected, case.got, case.passed) for case in verdict.cases] == [
        ("a=1, b=2", "3", "-1", False),
        ("a=-5, b=3", "-2", "-8", False),
        ("a=0, b=0", "0", "0", True),
    ]
    assert verdict.cases_passed == 1
    assert verdict.reason == "Case 1 (a=1, b=2): expected 3, got -1."
    assert [(row.line, row.text) for row in verdict.listing] == [(2, "sub x0, x0, x1"), (3, "ret")]
    assert verdict.listing[1].data == bytes.fromhex("c0035fd6")
    assert verdict.code_bytes == 8
    assert verdict.instructions == 6


def test_the_sole_other_function_is_named(judge: Judge) -> None:
    verdict = judge.verdict(".globl sum\nsum:\n  add x0, x0, x1\n  ret\n", ADD_TASK, "aarch64")
    assert "`add` is not defined" in verdict.reason
    assert "`sum`" in verdict.reason


def test_the_seed_s_function_ends_where_it_was_cut_off(judge: Judge) -> None:
    task = bank_task("add_two_arrays")
    assert not judge.verdict(SEED_ANSWER, task, "aarch64").passed
    whole = SEED_ANSWER + "\tb\t.L2\n"
    verdict = judge.verdict(whole, task, "aarch64")
    assert verdict.stage == "abi", verdict.reason


def test_an_endless_loop_stops_soon_and_is_told(judge: Judge) -> None:
    request, future = judge.submit("add:\n  b add\n", ADD_TASK, "aarch64", limits=Limits(instructions=100_000))
    verdict = judge.result(request, future)
    assert verdict.stage == "linked"
    assert len(verdict.cases) == 3
    assert "100,000 instructions" in verdict.reason


def test_a_function_that_leaves_the_process_did_not_return(judge: Judge) -> None:
    verdict = judge.verdict("add:\n  mov x8, 93\n  mov x0, 7\n  svc 0\n", ADD_TASK, "aarch64")
    assert verdict.stage == "ran"
    assert "status 7" in verdict.cases[0].got


def test_a_library_function_that_we_lack_is_unscored_when_it_is_reached(judge: Judge) -> None:
    lacking = "mcheck_check_all"
    called = judge.verdict(f"add:\n  push %rbx\n  call {lacking}\n  pop %rbx\n  ret\n", ADD_TASK, "x86_64")
    assert (called.unscored, called.missing) == (True, (lacking,))
    skipped = f"add:\n  leaq (%rdi,%rsi), %rax\n  ret\n  call {lacking}\n"
    assert judge.verdict(skipped, ADD_TASK, "x86_64").stage == "abi"


def test_an_instruction_that_we_lack_is_unscored(judge: Judge) -> None:
    verdict = judge.verdict("add:\n  vpaddq %ymm0, %ymm1, %ymm2\n  leaq (%rdi,%rsi), %rax\n  ret\n", ADD_TASK, "x86_64")
    assert verdict.unscored
    assert verdict.missing
    assert verdict.reason.startswith("not supported")


HELLO_X86 = """\
    .globl _start
_start:
    movl $1, %eax
    movl $1, %edi
    leaq text(%rip), %rsi
    movl $6, %edx
    syscall
    movl $60, %eax
    movl $3, %edi
    syscall
    .section .rodata
text: .ascii "hello\\n"
"""


def program(**expected: Any) -> Task:
    return task_from_json({"id": "p", "prompt": "x", **expected})


def test_programs(judge: Judge) -> None:
    right = program(stdout="hello\n", exit_status=3)
    assert judge.verdict(HELLO_X86, right, "x86_64").stage == "abi"
    assert judge.verdict(HELLO_X86, program(stdout="hello"), "x86_64").stage == "returned"
    assert judge.verdict(HELLO_X86, program(exit_status=0), "x86_64").stage == "returned"
    assert judge.verdict(HELLO_X86.replace("_start", "begin"), right, "x86_64").stage == "assembled"
    assert judge.verdict(HELLO_X86.replace("movl $60", "movl $39"), right, "x86_64").stage == "linked"
    wrong = judge.verdict(HELLO_X86, program(stdout="hallo\n", exit_status=3), "x86_64")
    assert wrong.cases[0].got == 'stdout "hello\\n", exit status 3'


@pytest.mark.parametrize("arch", ["aarch64", "x86_64"])
def test_structures_and_texts(judge: Judge, arch: str) -> None:
    answers = {
        "aarch64": "move_point:\n ldr w3, [x0]\n add w3, w3, w1\n str w3, [x0]\n ldr w3, [x0, 4]\n add w3, w3, w2\n"
        " str w3, [x0, 4]\n ret\n"
        "skip_spaces:\n ldrb w1, [x0]\n cmp w1, 32\n bne 1f\n add x0, x0, 1\n b skip_spaces\n1: ret\n",
        "x86_64": "move_point:\n addl %esi, (%rdi)\n addl %edx, 4(%rdi)\n ret\n"
        "skip_spaces:\n movq %rdi, %rax\n1: cmpb $32, (%rax)\n jne 2f\n incq %rax\n jmp 1b\n2: ret\n",
    }
    for identifier in ("move_point", "skip_spaces"):
        verdict = judge.verdict(answers[arch], bank_task(identifier), arch)
        assert verdict.stage == "abi", verdict.reason
    assert '"a b"' in verdict.cases[4].got
    wrong = judge.verdict(answers["x86_64"].replace("4(%rdi)", "(%rdi)"), bank_task("move_point"), "x86_64")
    assert wrong.cases[0].got == "p = [3, 0]"


def test_wrong_names_are_refused(judge: Judge) -> None:
    with pytest.raises(InputError, match="'arm'"):
        judge.verdict("add: ret", ADD_TASK, "arm")
    with pytest.raises(InputError, match="'masm'"):
        judge.verdict("add: ret", ADD_TASK, "x86_64", "masm")


class LosingPool:
    """A pool whose worker dies in every call."""

    def __init__(self, pool: WorkerPool) -> None:
        self.pool = pool

    def submit(self, function: object, *arguments: object, deadline_seconds: float) -> "Future[object]":
        return self.pool.submit(os.abort, deadline_seconds=deadline_seconds)


def test_a_lost_worker_is_a_verdict(judge: Judge) -> None:
    losing = Judge(LosingPool(judge.pool))  # type: ignore[arg-type]
    verdict = losing.verdict("add:\n  ret\n", ADD_TASK, "aarch64")
    assert (verdict.unscored, verdict.passed, verdict.missing) == (True, False, ("worker",))
    assert "SIGABRT" in verdict.reason
    assert judge.verdict("add:\n  add x0, x0, x1\n  ret\n", ADD_TASK, "aarch64").stage == "abi"


def test_a_lost_worker_s_statement_is_named() -> None:
    request = JudgeRequest(answer="add:\n  ret\n", task=ADD_TASK, arch="aarch64")
    verdict = lost_verdict(request, WorkerDied(-11, (7, "frob x0")))
    assert (verdict.stage, verdict.missing) == ("extracted", ("frob x0",))
    assert lost_verdict(request, DeadlinePassed(5.0)).missing == ("worker",)


def test_a_defect_of_ours_is_never_the_author_s_failure() -> None:
    request = JudgeRequest(answer="add:\n  ret\n", task=ADD_TASK, arch="aarch64")
    verdict = lost_verdict(request, KeyError("oops"))
    assert (verdict.unscored, verdict.missing) == (True, ("defect",))
    assert "KeyError" in verdict.reason
