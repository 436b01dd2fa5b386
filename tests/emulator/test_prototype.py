"""Prototypes: the types that C gives, proved against gcc's sizes; one sentence for what does not parse."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.emulator.c_types import STANDARD_NAMES, type_of_words
from playground.emulator.prototype import parse_prototype
from playground.errors import InputError


def test_the_seed_s_prototype() -> None:
    parsed = parse_prototype("void add_two_arrays(int* src1, int* src2, int* dst, int size)")
    assert parsed.name == "add_two_arrays"
    assert parsed.result.kind == "void"
    assert [parameter.name for parameter in parsed.parameters] == ["src1", "src2", "dst", "size"]
    pointee = parsed.parameters[0].type.pointee
    assert pointee is not None
    assert (pointee.kind, pointee.size, pointee.signed) == ("integer", 4, True)


@pytest.mark.parametrize(
    ("text", "size", "signed"),
    [
        ("unsigned f(void)", 4, False),
        ("long unsigned int f()", 8, False),
        ("int long unsigned long f(void);", 8, False),
        ("short int signed f(void) { return 1; }", 2, True),
        ("unsigned char f(void)", 1, False),
        ("const volatile uint16_t f(void)", 2, False),
        ("static inline size_t f(void)", 8, False),
        ("_Bool f(void)", 1, False),
        ('__attribute__((noinline, target("sse2"))) int64_t f(void)', 8, True),
        ("extern int (f)(void)", 4, True),
        ("/* a */ signed // b\n char f(void)", 1, True),
    ],
)
def test_integer_results(text: str, size: int, signed: bool) -> None:
    result = parse_prototype(text).result
    assert (result.kind, result.size, result.signed) == ("integer", size, signed)


@pytest.mark.parametrize(
    ("parameter", "name", "element_size"),
    [
        ("const double *x", "x", 8),
        ("float *restrict y", "y", 4),
        ("int a[10]", "a", 4),
        ("short m[3][4]", "m", 2),
        ("long (*rows)[4]", "rows", 8),
        ("char const * const s", "s", 1),
        ("void *p", "p", 1),
        ("char **argv", "argv", 8),
        ("int *pointers[3]", "pointers", 8),
        ("unsigned char []", "a0", 1),
        ("struct node *list", "list", 1),
    ],
)
def test_pointers(parameter: str, name: str, element_size: int) -> None:
    (parsed,) = parse_prototype(f"void f({parameter})").parameters
    assert (parsed.name, parsed.type.kind, parsed.type.size) == (name, "pointer", 8)
    assert parsed.type.pointee is not None
    assert parsed.type.pointee.size == element_size


def test_strings_are_char_pointers() -> None:
    first, second, third = parse_prototype("char *f(const char *s, unsigned char *b, char t[])").parameters
    assert (first.type.is_string, second.type.is_string, third.type.is_string) == (True, False, True)
    assert first.type.spelling == "const char *"


def test_unnamed_parameters_are_named_by_position() -> None:
    assert [p.name for p in parse_prototype("int f(int, long b, double)").parameters] == ["a0", "b", "a2"]


def test_a_structure_s_layout() -> None:
    text = "struct rec { char tag; int id, *next; short s; }; int f(const struct rec *r)"
    pointee = parse_prototype(text).parameters[0].type.pointee
    assert pointee is not None
    assert [(field.name, field.offset) for field in pointee.fields] == [("tag", 0), ("id", 4), ("next", 8), ("s", 16)]
    assert pointee.structure_bytes == 24


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("", "type"),
        ("gcd(int a, int b)", "'gcd'"),
        ("int", "function"),
        ("int x", "'x'"),
        ("int f(struct point p)", "struct by value"),
        ("struct point f(void)", "struct by value"),
        ("int f(int (*compare)(int, int))", "function pointer"),
        ("int (*f)(int)", "function pointer"),
        ("int printf(const char *format, ...)", "variadic"),
        ("long double f(void)", "'long double'"),
        ("int f(u64 x)", "'u64'"),
        ("int f(int a", "')'"),
        ("int f(int a) nonsense", "'nonsense'"),
        ("int f(int a); int g(int b);", "'int'"),
        ("int f(int a, int a)", "'a'"),
        ("int f(void x)", "void"),
        ("int f(int &x)", "'&'"),
        ("unsigned signed f(void)", "'unsigned signed'"),
        ("int f(" + "(" * 500, "("),
        ("int " * 2000, "characters"),
        ("\x00\x07", "type"),
    ],
)
def test_what_does_not_parse_is_one_sentence_naming_the_token(text: str, token: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_prototype(text)
    assert token in str(caught.value)
    assert "\n" not in str(caught.value)


SPELLINGS = [
    "char", "signed char", "unsigned char", "short", "unsigned short", "int short", "unsigned", "signed", "long",
    "unsigned long", "long long int", "long long unsigned", "int long unsigned", "float", "double", "_Bool",
]  # fmt: skip


def test_sizes_and_signs_are_gcc_s(require_tool: Callable[[str, str], str], tmp_path: Path) -> None:
    gcc = require_tool("gcc", "gcc")
    skipped = {"uchar"}
    names = [name for name in STANDARD_NAMES if name not in skipped]
    rows = "".join(f'P("{name}", {name})' for name in [*SPELLINGS, *names])
    (tmp_path / "sizes.c").write_text(
        "#include <stdio.h>\n#include <stdint.h>\n#include <stddef.h>\n#include <sys/types.h>\n#include <uchar.h>\n"
        "#include <time.h>\n"
        f'#define P(n, t) printf("%s|%zu|%d\\n", n, sizeof(t), (t)-1 < (t)1);\nint main(void) {{ {rows} }}\n'
    )
    subprocess.run([gcc, "-D_GNU_SOURCE", "-o", tmp_path / "sizes", tmp_path / "sizes.c"], check=True)
    for line in subprocess.check_output([tmp_path / "sizes"], text=True).splitlines():
        name, size, signed = line.split("|")
        ours = STANDARD_NAMES.get(name) or type_of_words(tuple(name.split()))
        assert ours is not None
        assert (ours.size, ours.signed) == (int(size), signed == "1"), name
