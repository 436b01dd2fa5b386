# ruff: noqa: E501  one assembly body a line
"""Calls by prototype: both conventions' rows with more arguments than registers, conversions, arrays, kept registers."""

import math
import struct

import pytest

from playground.emulator import call_function
from playground.emulator.calls import pack_elements
from playground.emulator.prototype import parse_prototype
from playground.errors import InputError
from tests.emulator.images import call, image
from tests.emulator.native_image import image_of_c

ARCHES = ("x86_64", "aarch64")
INTEGERS = ("signed char", "unsigned char", "short", "unsigned short", "int", "unsigned", "long", "unsigned long")


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("optimisation", ["-O0", "-O2"])
def test_more_arguments_than_registers(arch, optimisation, tmp_path, require_tool) -> None:
    """Ten of each sort, interleaved: the expected value is computed here, the callee is the native compiler's."""
    require_tool({"x86_64": "gcc", "aarch64": "aarch64-linux-gnu-gcc"}[arch], "gcc-aarch64-linux-gnu")
    parameters, values, total = [], [], 0.0
    terms = []
    for index in range(10):
        for kind, value in (
            ("int", -3 - index),
            ("double", 0.5 + index),
            ("unsigned char", 200 + index),
            ("float", 1.25 * index),
        ):
            name = f"{kind[0]}{kind[-1]}{index}"
            weight = len(values) + 1
            parameters.append(f"{kind} {name}")
            values.append(value)
            terms.append(f"{name} * {weight}.0")
            total += value * weight
    head = f"double f({', '.join(parameters)})"
    loaded = image_of_c(f"{head} {{ return {' + '.join(terms)}; }}", arch, tmp_path, optimisation, entry=None)
    result = call_function(loaded, parse_prototype(head), values)
    assert result.value == total
    assert result.abi_violations == ()


@pytest.mark.toolchain
@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("kind", INTEGERS)
def test_every_integer_type_in_register_and_on_the_stack(arch, kind, tmp_path, require_tool) -> None:
    require_tool({"x86_64": "gcc", "aarch64": "aarch64-linux-gnu-gcc"}[arch], "gcc-aarch64-linux-gnu")
    filler = ", ".join(f"long p{i}" for i in range(8))
    head = f"{kind} f({kind} a, {filler}, {kind} b)"
    loaded = image_of_c(f"{head} {{ return a > b ? a : b; }}", arch, tmp_path, "-O2", entry=None)
    prototype = parse_prototype(head)
    low, high = prototype.result.range
    for first, second in ((low, high), (high, low), (low, low), (0, 1), (high - 1, low + 1)):
        assert call_function(loaded, prototype, [first, *range(8), second]).value == max(first, second)


def test_rows_without_a_compiler() -> None:
    """psABI 3.2.3 and AAPCS64 6.8.2 by hand: the seventh (ninth) integer lies on the stack."""
    many = "long f(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j)"
    values = [10**index for index in range(10)]
    assert call("mov 8(%rsp), %rax; add 32(%rsp), %rax; ret", "x86_64", many, *values).value == 10**6 + 10**9
    assert call("ldr x0, [sp]; ldr x1, [sp, 8]; add x0, x0, x1; ret", "aarch64", many, *values).value == 10**8 + 10**9
    doubles = "double f(" + ", ".join(f"double d{i}" for i in range(9)) + ")"
    assert call("movsd 8(%rsp), %xmm0; ret", "x86_64", doubles, *range(9)).value == 8.0
    assert call("ldr d0, [sp]; ret", "aarch64", doubles, *range(9)).value == 8.0


@pytest.mark.parametrize(
    ("prototype", "expected"),
    [
        ("signed char f(long a)", -86), ("unsigned char f(long a)", 170), ("short f(long a)", -17494),
        ("unsigned short f(long a)", 48042), ("int f(long a)", -573785174), ("unsigned f(long a)", 3721182122),
        ("long f(long a)", -0x123456722334456), ("bool f(long a)", 170), ("void f(long a)", None),
    ],
)  # fmt: skip
def test_results_are_read_at_their_width(prototype: str, expected: int | None) -> None:
    """Whatever stands above the result's width in the register is not part of it."""
    if expected == -0x123456722334456:
        expected = 0xFEDCBA98DDCCBBAA - (1 << 64)
    assert call("movabs $0xFEDCBA98DDCCBBAA, %rax; ret", "x86_64", prototype, 1).value == expected
    body = "movz x0, 0xBBAA; movk x0, 0xDDCC, lsl 16; movk x0, 0xBA98, lsl 32; movk x0, 0xFEDC, lsl 48; ret"
    assert call(body, "aarch64", prototype, 1).value == expected


def test_floating_point_values_keep_their_bits() -> None:
    for value in (0.1, -0.0, 1e308, 5e-324, math.inf):
        result = call("ret", "x86_64", "double f(double a)", value).value
        assert struct.pack("<d", result) == struct.pack("<d", value)
        assert call("ret", "aarch64", "double f(double a)", value).value == value
    assert call("ret", "x86_64", "float f(float a)", 0.1).value == struct.unpack("<f", struct.pack("<f", 0.1))[0]
    assert math.isnan(call("ret", "aarch64", "float f(float a)", math.nan).value)
    assert call("ret", "x86_64", "float f(float a)", 1e300).value == math.inf


def test_arrays_and_strings_come_back_as_they_were_left() -> None:
    body = "1: ldrb w2, [x0]; cbz w2, 2f; sub w2, w2, 32; strb w2, [x0], 1; b 1b; 2: ret"
    result = call(body, "aarch64", "void f(char *s)", "abc")
    assert result.after == {"s": (65, 66, 67, 0)}
    body = "xor %eax, %eax; 1: cmp %esi, %eax; jge 2f; negw (%rdi,%rax,2); inc %eax; jmp 1b; 2: ret"
    assert call(body, "x86_64", "void f(short *a, int n)", (1, -2, 32767), 3).after == {"a": (-1, 2, -32767)}
    assert call("ret", "x86_64", "void f(double *a)", (0.5, -1.5)).after == {"a": (0.5, -1.5)}


def test_a_string_that_is_returned() -> None:
    assert call("lea 1(%rdi), %rax; ret", "x86_64", "char *f(char *s)", "hello").text == b"ello"
    assert call("mov x0, 0; ret", "aarch64", "char *f(char *s)", "hello").text is None
    assert call("mov $5, %eax; ret", "x86_64", "int f(char *s)", "hello").text is None


def test_null_and_aliases() -> None:
    class Same:
        parameter = "a"

    assert call("mov %rdi, %rax; ret", "x86_64", "long f(long *a)", 0).value == 0
    assert call("sub %rsi, %rdi; mov %rdi, %rax; ret", "x86_64", "long f(long *a, long *b)", (1,), Same()).value == 0
    different = call("sub x0, x0, x1; ret", "aarch64", "long f(long *a, long *b)", (1,), (1,)).value
    assert different not in (0, None)


KEPT_X86 = ("rbx", "rbp", "r12", "r13", "r14", "r15")


@pytest.mark.parametrize("register", KEPT_X86)
def test_each_x86_callee_saved_register_is_checked(register: str) -> None:
    result = call(f"mov $7, %{register}; mov $3, %eax; ret", "x86_64", "int f(void)")
    assert result.value == 3
    (violation,) = result.abi_violations
    assert violation.startswith(f"{register} not restored: 0x7 instead of 0x5afe")


@pytest.mark.parametrize("register", [*(f"x{i}" for i in range(19, 30)), *(f"d{i}" for i in range(8, 16))])
def test_each_aarch64_callee_saved_register_is_checked(register: str) -> None:
    body = f"mov {register}, 7" if register[0] == "x" else f"fmov {register}, 1.0"
    (violation,) = call(f"{body}; ret", "aarch64", "void f(void)").abi_violations
    assert violation.startswith(f"{register} not restored")


def test_upper_halves_of_vector_registers_are_free_to_use() -> None:
    body = "mov x1, 7; mov v8.d[1], x1; movi v16.16b, 1; ret"
    assert call(body, "aarch64", "void f(void)").abi_violations == ()


def test_stack_pointer_and_direction_flag_are_checked() -> None:
    assert call("sub sp, sp, 32; ret", "aarch64", "void f(void)").abi_violations == (
        "sp not restored: 32 bytes too low",
    )
    assert call("std; ret", "x86_64", "void f(void)").abi_violations == ("the direction flag is set on return",)
    assert call("pop %rcx; add $8, %rsp; jmp *%rcx", "x86_64", "void f(void)").run.stop == "fault"


def test_well_behaved_functions_violate_nothing() -> None:
    body = "push %rbx; push %r12; mov $1, %ebx; mov $2, %r12d; pop %r12; pop %rbx; ret"
    assert call(body, "x86_64", "void f(void)").abi_violations == ()
    body = "stp x19, x30, [sp, -32]!; str d8, [sp, 16]; mov x19, 1; fmov d8, 2.0; ldr d8, [sp, 16]; ldp x19, x30, [sp], 32; ret"
    assert call(body, "aarch64", "void f(void)").abi_violations == ()


def test_a_misaligned_stack_at_a_library_call() -> None:
    body = "sub $16, %rsp; mov $-3, %edi; call abs; add $16, %rsp; ret"
    result = call(body, "x86_64", "int f(void)")
    assert (result.value, result.abi_violations) == (3, ("rsp is not a multiple of 16 at the call of `abs`",))
    body = "mov x9, sp; sub x9, x9, 8; mov sp, x9; b abs"
    assert call(body, "aarch64", "int f(int a)", -3).run.fault.kind == "misaligned"


@pytest.mark.parametrize(
    ("arch", "body", "description"),
    [
        ("x86_64", "movl $1, 12(%rdi); ret", "just past the end of argument `dst`"),
        ("x86_64", "movl $1, 36(%rdi); ret", "24 bytes past the end of argument `dst`"),
        ("aarch64", "str w1, [x0, 13]; ret", "1 byte past the end"),
        ("aarch64", "ldr w1, [x0, 40]; ret", "28 bytes past the end of argument `dst`"),
        ("x86_64", "movl $1, -4(%rdi); ret", "it wrote 4 bytes before argument `dst`"),
        ("aarch64", "sub x0, x0, 3, lsl 12; str w1, [x0]; ret", "12288 bytes before argument `dst`"),
    ],
)
def test_out_of_bounds_is_found_and_told(arch: str, body: str, description: str) -> None:
    result = call(body, arch, "void f(int *dst, int n)", (0, 0, 0), 3)
    assert result.run.stop == "fault"
    assert result.value is None
    assert description in result.run.fault.description
    assert result.run.fault.signal == "SIGSEGV"


def test_an_access_across_the_end_of_an_array() -> None:
    fault = call("mov 8(%rdi), %rax; ret", "x86_64", "long f(int *a)", (1, 2, 3)).run.fault
    assert (fault.kind, fault.line) == ("unmapped-read", 3)


def test_constructors_run_before_the_function() -> None:
    text = '.section .init_array,"aw";.quad setup;.text;setup: movq $42, value(%rip);xor %edi, %edi;ret;'
    text += ".globl f;f: mov value(%rip), %rax;add %rdi, %rax;ret;.data;value: .quad 0"
    result = call_function(image(text, "x86_64"), parse_prototype("long f(long a)"), [100])
    assert (result.value, result.abi_violations) == (142, ())


def test_a_function_that_ends_the_process() -> None:
    result = call("mov w0, 3; b exit", "aarch64", "int f(void)")
    assert (result.run.stop, result.run.exit_status, result.value) == ("exited", 3, None)


def test_what_the_caller_got_wrong() -> None:
    loaded = image(".globl f;f: ret", "x86_64")
    with pytest.raises(InputError, match="does not define `g`"):
        call_function(loaded, parse_prototype("int g(void)"), [])
    with pytest.raises(InputError, match="takes 1 arguments, but 2"):
        call_function(loaded, parse_prototype("int f(int a)"), [1, 2])
    with pytest.raises(InputError, match="`a` is a int"):
        call_function(loaded, parse_prototype("int f(int a)"), [(1, 2)])


def test_elements_wrap_to_their_type() -> None:
    kind = parse_prototype("void f(unsigned char *a)").parameters[0].type.pointee
    assert pack_elements((-1, 256, 3), kind) == b"\xff\x00\x03"
