# ruff: noqa: E501  one assembly body a line
"""Whole programs: the initial stack, main's arguments, constructors, thread-local storage, standard input, exit."""

import struct

import pytest

from playground.emulator import run_program
from playground.errors import InputError
from tests.emulator.images import image, run_main, run_start
from tests.emulator.native_image import image_of_c

ARCHES = ("x86_64", "aarch64")
COMPILERS = {"x86_64": ("gcc", "gcc"), "aarch64": ("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu")}


def dump_stack(arch: str) -> bytes:
    """What _start finds above its stack pointer, with two arguments and one variable."""
    body = {
        "x86_64": "mov $1, %eax; mov $1, %edi; mov %rsp, %rsi; mov $1024, %edx; syscall; mov $60, %eax; xor %edi, %edi; syscall",
        "aarch64": "mov x8, 64; mov x0, 1; mov x1, sp; mov x2, 1024; svc 0; mov x8, 93; mov x0, 0; svc 0",
    }[arch]
    loaded = image(f".globl _start;_start:;{body}", arch)
    result = run_program(loaded, arguments=("prog", "αβ" * 100), environment={"HOME": "/home/" + "x" * 600})
    assert result.exit_status == 0
    return result.stdout


@pytest.mark.parametrize("arch", ARCHES)
def test_initial_stack(arch: str) -> None:
    """psABI figure 3.9: argc, argv, NULL, envp, NULL, auxiliary vector, NULL, strings."""
    words = struct.unpack("<128Q", dump_stack(arch))
    assert words[0] == 2
    assert words[3] == 0
    assert words[5] == 0
    auxiliary = dict(zip(words[6::2], words[7::2], strict=False))
    assert auxiliary[6] == 4096
    assert (auxiliary[11], auxiliary[23]) == (1000, 0)
    assert auxiliary[25] % 16 == 0
    assert words[1] < words[2] or words[1] > words[2]


@pytest.mark.parametrize("arch", ARCHES)
def test_stack_pointer_is_aligned_at_the_start(arch: str) -> None:
    body = {
        "x86_64": "mov %rsp, %rdi; and $15, %edi; mov $60, %eax; syscall",
        "aarch64": "mov x0, sp; and x0, x0, 15; mov x8, 93; svc 0",
    }
    assert run_start(body[arch], arch).exit_status == 0


MAIN = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
__thread int counter = 5; __thread char text[40] = "tls"; __thread long aligned __attribute__((aligned(64))) = 9;
static void at_exit(void) { puts("atexit"); }
__attribute__((constructor(102))) static void second(void) { puts("second"); }
__attribute__((constructor(101))) static void first(void) { puts("first"); }
__attribute__((destructor)) static void last(void) { puts("destructor"); }
int main(int argc, char **argv, char **envp) {
  atexit(at_exit);
  counter += argc;
  printf("%d %s %ld %d\n", counter, text, aligned, (int)((unsigned long)&aligned % 64));
  for (int i = 0; i < argc; i++) printf("[%s]", argv[i]);
  printf("[%s] %s %d\n", envp[0], getenv("KEY"), argv[argc] == NULL);
  char line[64]; while (fgets(line, sizeof line, stdin)) printf("%zu:%s", strlen(line), line);
  return 300;
}
"""


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("optimisation", ["-O0", "-O2"])
def test_a_c_program_from_start_to_end(arch, optimisation, tmp_path, require_tool) -> None:
    """Constructors by priority, TLS, arguments, environment, input, atexit before destructors, status modulo 256."""
    require_tool(*COMPILERS[arch])
    loaded = image_of_c(MAIN, arch, tmp_path, optimisation)
    result = run_program(loaded, stdin=b"one\ntwo\n", arguments=("prog", "a b"), environment={"KEY": "value"})
    expected = "first\nsecond\n7 tls 9 0\n[prog][a b][KEY=value] value 1\n4:one\n4:two\natexit\ndestructor\n"
    assert (result.stop, result.exit_status) == ("exited", 300 % 256)
    assert result.stdout.decode() == expected


CALLBACKS = r"""
#include <stdio.h>
#include <stdlib.h>
#include <setjmp.h>
static jmp_buf out; static int calls;
static int inner(const void *a, const void *b) { calls++; return *(int *)a - *(int *)b; }
static int outer(const void *a, const void *b) { int t[3] = {3, 1, 2}; qsort(t, 3, sizeof *t, inner); return inner(a, b); }
static int leave(const void *a, const void *b) { longjmp(out, 7); }
int main(void) {
  int v[6] = {4, 6, 5, 1, 3, 2};
  qsort(v, 6, sizeof *v, outer);
  for (int i = 0; i < 6; i++) printf("%d ", v[i]);
  int r = setjmp(out);
  if (!r) qsort(v, 6, sizeof *v, leave);
  printf("%d %d\n", r, calls > 6);
  qsort(v, 6, sizeof *v, inner);
  return 0;
}
"""


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ARCHES)
def test_callbacks_nest_and_long_jumps_leave_them(arch, tmp_path, require_tool) -> None:
    require_tool(*COMPILERS[arch])
    result = run_program(image_of_c(CALLBACKS, arch, tmp_path, "-O1"))
    assert (result.stop, result.stdout) == ("exited", b"1 2 3 4 5 6 7 1\n")


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ARCHES)
def test_endless_nesting_of_callbacks_is_refused(arch, tmp_path, require_tool) -> None:
    require_tool(*COMPILERS[arch])
    text = "#include <stdlib.h>\nint v[2];static int f(const void *a, const void *b) { qsort(v, 2, 4, f); return 0; }"
    result = run_program(image_of_c(text + "int main(void) { return f(0, 0); }", arch, tmp_path, "-O1"))
    assert result.stop == "limit"
    assert "nested" in result.reason


def test_standard_error_is_apart() -> None:
    body = "mov $1, %eax; mov $2, %edi; mov $t, %esi; mov $3, %edx; syscall; mov $1, %eax; mov $1, %edi; syscall; xor %eax, %eax; ret"
    result = run_main(body, "x86_64", data='.data; t: .ascii "err"')
    assert (result.stdout, result.stderr) == (b"err", b"err")


def test_exit_flushes_and_underscore_exit_does_not() -> None:
    body = "sub $8, %rsp; mov $t, %edi; call puts; mov $3, %edi; call {}"
    data = '.data; t: .asciz "text"'
    assert run_main(body.format("exit"), "x86_64", data=data).stdout == b"text\n"
    assert run_main(body.format("_exit"), "x86_64", data=data).stdout == b""


def test_registers_are_reported() -> None:
    result = run_start("mov $7, %ebx; mov $60, %eax; mov $1, %edi; syscall", "x86_64")
    assert result.registers["rbx"] == 7
    assert set(result.registers) >= {"rax", "r15", "rip", "rflags"}
    result = run_start("mov x19, 7; mov x8, 93; svc 0", "aarch64")
    assert (result.registers["x19"], set(result.registers) >= {"x0", "sp", "pc", "nzcv"}) == (7, True)


def test_no_entry() -> None:
    with pytest.raises(InputError, match="main"):
        run_program(image(".globl f;f: ret", "x86_64"))


def test_floating_point_control_is_as_linux_sets_it() -> None:
    body = "sub $8, %rsp; fnstcw (%rsp); stmxcsr 4(%rsp); mov (%rsp), %ax; cmp $0x37f, %ax; jne 1f; cmpl $0x1f80, 4(%rsp); jne 1f; xor %eax, %eax; 1: add $8, %rsp; ret"
    assert run_main(body, "x86_64").exit_status == 0


def test_a_jit_runs_the_code_it_has_just_written() -> None:
    """Bytes stored by the guest replace translations of what stood there."""
    body = """mov $9, %eax; xor %edi, %edi; mov $4096, %esi; mov $7, %edx; mov $0x22, %r10d; mov $-1, %r8; xor %r9d, %r9d; syscall
        mov %rax, %rbx; xor %ebp, %ebp
     1: movb $0xb8, (%rbx); mov %ebp, 1(%rbx); movb $0xc3, 5(%rbx); call *%rbx; cmp %ebp, %eax; jne 2f
        inc %ebp; cmp $1000, %ebp; jne 1b; xor %edi, %edi
     2: mov $60, %eax; syscall"""
    assert run_start(body, "x86_64").exit_status == 0


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
@pytest.mark.parametrize("access", ["read", "write", "library"])
def test_a_variable_that_nobody_defines_is_our_gap(arch: str, access: str) -> None:
    """Never zeros, never a fault: the linker would have found it, or refused the program."""
    body = {
        ("x86_64", "read"): "mov some_library_variable(%rip), %eax; ret",
        ("x86_64", "write"): "movl $1, some_library_variable+64(%rip); ret",
        ("x86_64", "library"): "sub $8, %rsp; lea some_library_variable(%rip), %rdi; call strlen; add $8, %rsp; ret",
        ("aarch64", "read"): "adrp x0, some_library_variable; ldr w0, [x0, :lo12:some_library_variable]; ret",
        ("aarch64", "write"): "adrp x0, some_library_variable; str w0, [x0, :lo12:some_library_variable]; ret",
        (
            "aarch64",
            "library",
        ): "stp x29, x30, [sp, -16]!; adrp x0, some_library_variable; bl strlen; ldp x29, x30, [sp], 16; ret",
    }[arch, access]
    result = run_main(body, arch)
    assert (result.stop, result.missing) == ("unsupported", ("some_library_variable",))
