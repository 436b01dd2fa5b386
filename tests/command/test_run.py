"""``python -m playground run``: as a person types it, in a process of its own."""

import base64
import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

HELLO_AARCH64 = """\
.data
message: .ascii "hello\\n"
.text
.globl _start
_start:
    mov x0, 1
    adr x1, message
    mov x2, 6
    mov x8, 64
    svc 0
    mov x0, 3
    mov x8, 93
    svc 0
"""

SUM_X86_64 = ".globl main\nmain:\n    movl $8, %eax\n    addl $120, %eax\n    ret\n"

ECHO_X86_64 = """\
.globl _start
_start:
    xorl %edi, %edi
    leaq buffer(%rip), %rsi
    movl $16, %edx
    xorl %eax, %eax
    syscall
    movl %eax, %edx
    movl $1, %edi
    movl $1, %eax
    syscall
    movl $60, %eax
    xorl %edi, %edi
    syscall
.bss
buffer: .skip 16
"""


def playground(*arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "playground", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=120, input=stdin, check=False,
    )  # fmt: skip


@pytest.fixture
def file(tmp_path: Path):
    def write(text: str, name: str = "program.s") -> str:
        path = tmp_path / name
        path.write_text(text)
        return str(path)

    return write


def test_a_program_prints_and_exits(file) -> None:
    done = playground("run", file(HELLO_AARCH64))
    assert done.stdout == "hello\n"
    assert "status 3" in done.stderr
    assert done.returncode == 0


def test_json_has_the_contract_fields(file) -> None:
    done = playground("run", file(SUM_X86_64), "--json")
    record = json.loads(done.stdout)
    assert record["stop"] in ("exited", "returned")
    assert record["exit_status"] == 128
    assert {"stdout_base64", "instructions", "diagnostics", "missing"} <= record.keys()
    assert record["instructions"] == 3


def test_standard_input_reaches_the_program(file, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("ping")
    done = playground("run", file(ECHO_X86_64), "--stdin", str(tmp_path / "in.txt"))
    assert done.stdout == "ping"


def test_a_fault_is_told_with_its_line_and_fails(file) -> None:
    done = playground("run", file(".globl main\nmain:\n    xorl %eax, %eax\n    movl (%rax), %eax\n    ret\n"))
    assert done.returncode == 1
    assert "line 4" in done.stderr
    assert "SIGSEGV" in done.stderr


def test_an_error_shows_line_column_and_source(file) -> None:
    done = playground(
        "run", file(".globl main\nmain:\n    mov w0, 1\n    frobnicate w0\n    ret\n"), "--arch", "aarch64"
    )
    assert done.returncode == 1
    assert "4:5: error:" in done.stderr
    assert "frobnicate w0" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "needle"),
    [
        (["run", "/nonexistent.s"], "/nonexistent.s"),
        (["run"], "FILE"),
        (["run", "--batch", "/nonexistent.jsonl", "--out", "/tmp/never"], "/nonexistent.jsonl"),
    ],
)
def test_a_mistake_is_one_sentence_and_status_2(arguments: list[str], needle: str) -> None:
    done = playground(*arguments)
    assert done.returncode == 2
    assert needle in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unknown_architecture_is_refused_with_the_choices(file) -> None:
    done = playground("run", file(SUM_X86_64), "--arch", "riscv64")
    assert done.returncode == 2
    assert "riscv64" in done.stderr
    assert "aarch64" in done.stderr


def batch(tmp_path: Path, items: list[str], *, compressed: bool = False) -> list[dict]:
    source = tmp_path / ("in.jsonl.gz" if compressed else "in.jsonl")
    opener = gzip.open if compressed else open
    with opener(source, "wt") as out:
        out.write("\n".join(items) + "\n")
    target = tmp_path / "out.jsonl"
    done = playground("run", "--batch", str(source), "--out", str(target), "--jobs", "2")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in target.read_text().splitlines()]


@pytest.mark.parametrize("compressed", [False, True])
def test_a_batch_keeps_order_and_survives_everything(tmp_path: Path, compressed: bool) -> None:
    endless = ".globl main\nmain: jmp main\n"
    items = [
        json.dumps({"id": "hello", "arch": "aarch64", "asm": HELLO_AARCH64}),
        json.dumps({"id": "endless", "arch": "x86_64", "asm": endless}),
        json.dumps({"id": "bad", "arch": "x86_64", "asm": "main: frobnicate %eax\n"}),
        "{broken",
        json.dumps({"id": "noarch", "arch": "z80", "asm": "nop"}),
        json.dumps({"id": "echo", "arch": "x86_64", "syntax": "gas", "asm": ECHO_X86_64, "stdin": "pong"}),
    ]
    hello, endless_result, bad, broken, unknown, echo = batch(tmp_path, items, compressed=compressed)
    assert (hello["id"], hello["stop"], hello["exit_status"]) == ("hello", "exited", 3)
    assert base64.b64decode(hello["stdout_base64"]) == b"hello\n"
    assert endless_result["stop"] == "limit"
    assert bad["stop"] == "rejected"
    assert bad["diagnostics"][0]["line"] == 1
    assert broken["stop"] == "rejected"
    assert "in.jsonl" in broken["diagnostics"][0]["message"]
    assert "z80" in unknown["diagnostics"][0]["message"]
    assert base64.b64decode(echo["stdout_base64"]) == b"pong"


@pytest.mark.parametrize("command", ["run", "check", "evaluate", "generate", "train", "data", "models"])
def test_every_command_has_help(command: str) -> None:
    done = playground(command, "--help")
    assert done.returncode == 0
    assert "usage:" in done.stdout
