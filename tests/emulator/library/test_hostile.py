"""Misuse and attacks end in a described fault or a limit: never in an exception of ours or in unbounded memory."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.assembly import assemble
from playground.assembly.program import Source
from playground.emulator.process import run_program
from playground.emulator.result import Limits, RunResult

PRELUDE = """
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
int main(void) { volatile uintptr_t wild = 0x123456789000; volatile size_t huge = (size_t)1 << 62; char *volatile p;
"""

Run = Callable[[str], RunResult]


@pytest.fixture(params=["gcc", "aarch64-linux-gnu-gcc"])
def run(request: pytest.FixtureRequest, tmp_path: Path, require_tool: Callable[[str, str], str]) -> Run:
    """Runs the body of a main function."""
    package = "gcc" if request.param == "gcc" else "gcc-aarch64-linux-gnu"
    compiler = require_tool(request.param, package)
    arch = "x86_64" if request.param == "gcc" else "aarch64"

    def compile_and_run(body: str) -> RunResult:
        source = tmp_path / "program.c"
        source.write_text(PRELUDE + body + "\nreturn 0; }\n")
        command = [compiler, "-O0", "-w", "-fno-builtin", "-S", "-o", "-", source]
        listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        image = assemble(Source(text=listing, arch=arch, syntax="gas")).image
        assert image is not None
        return run_program(image, limits=Limits(memory_bytes=64 << 20, seconds=20))

    return compile_and_run


FAULTS = [
    ("p = malloc(10); p[10] = 1; free(p);", "red-zone", "0 bytes past the end of the 10-byte heap block"),
    ("p = malloc(10); p[-1] = 1; free(p);", "red-zone", "1 bytes before the start of the 10-byte heap block"),
    ('p = malloc(24); strcpy(p, "123456789012345678901234"); exit(0);', "red-zone", "24-byte heap block"),
    ("p = malloc(10); free(p); free(p);", "double-free", "already freed"),
    ("p = malloc(10); free(p + 4);", "abort", "not the start of a heap block"),
    ("int local; free(&local);", "abort", "not the start of a heap block"),
    ('printf("%s", (char *)wild);', "unmapped-read", ""),
    ('printf("%s", (char *)1);', "unmapped-read", ""),
    ('printf("abc%n", (int *)wild);', "unmapped-write", ""),
    ('printf("%zu", strlen((char *)wild));', "unmapped-read", ""),
    ("memset((void *)wild, 1, huge);", "unmapped-write", ""),
    ("static char d[8]; memcpy(d, (void *)wild, huge);", "unmapped-read", ""),
    ("static char d[8]; memset(d, 1, huge);", "unmapped-write", ""),
    ("qsort((void *)wild, 10, 4, compare);", "unmapped-read", ""),
    ("qsort((void *)wild, huge, 4, compare);", "unmapped-read", ""),
    ('fputs("x", (FILE *)wild);', "unmapped-read", ""),
    ("jmp_buf b; memset(b, 0, sizeof b); longjmp(b, 1);", "unmapped-fetch", ""),
    ("int a[3] = {3, 1, 2}; qsort(a, 3, 4, (int (*)(const void *, const void *))wild);", "unmapped-fetch", ""),
    ("abort();", "abort", "abort()"),
]


@pytest.mark.toolchain
@pytest.mark.parametrize(("body", "kind", "told"), FAULTS)
def test_misuse_is_a_described_fault(run: Run, body: str, kind: str, told: str) -> None:
    result = run(body)
    assert result.fault is not None, result
    assert result.fault.kind == kind
    assert told in result.fault.description


@pytest.mark.toolchain
@pytest.mark.parametrize(
    ("body", "limit"),
    [
        ("for (;;) memset(malloc(1 << 20), 1, 1 << 20);", "memory"),
        ("for (;;) malloc(1000);", "memory"),
        ('for (;;) printf("%2000d", 1);', "output"),
        ('printf("%2000000000d", 1);', "output"),
        ('printf("%.2000000000f", 1.0);', "output"),
    ],
)
def test_endless_demands_reach_a_limit(run: Run, body: str, limit: str) -> None:
    assert run(body).limit == limit


@pytest.mark.toolchain
def test_what_cannot_be_had_is_refused_as_natively(run: Run) -> None:
    result = run('p = malloc(huge); printf("%d ", p == NULL); p = calloc(huge, huge); printf("%d", p == NULL);')
    assert (result.stdout, result.exit_status) == (b"1 1", 0)


@pytest.mark.toolchain
def test_buffered_output_is_shown_when_the_program_faults(run: Run) -> None:
    result = run('printf("so far"); printf("%zu", strlen((char *)wild));')
    assert result.fault is not None
    assert result.stdout == b"so far"


@pytest.mark.toolchain
def test_the_heap_may_be_grown_byte_by_byte(run: Run) -> None:
    result = run('p = NULL; for (int i = 1; i < 3000; i++) { p = realloc(p, i); p[i - 1] = i; } printf("%d", p[99]);')
    assert (result.stdout, result.exit_status) == (b"100", 0)
