"""What an image holds: segments, permissions, symbols, imports, line table, constructors, thread-local storage."""

from itertools import pairwise

import pytest

from playground.assembly import assemble
from playground.assembly.program import IMAGE_BASE, IMPORT_STRIDE, ProgramImage, Source

PROGRAM = """
	.text
	.globl	main
	.type	main, %function
main:
	adrp	x0, message
	add	x0, x0, :lo12:message
	bl	puts
	ldr	x1, =0x1122334455667788
	ldr	w2, =counter
	ldr	x3, =0x1122334455667788
	bl	exit
	.size	main, .-main
	.weak	maybe
	.data
	.quad	maybe, stdout, main
	.section .rodata
message: .string "hello"
	.comm	counter, 4, 4
	.section .init_array.00200,"aw"
	.xword	second
	.section .init_array,"aw"
	.xword	last
	.section .init_array.00101,"aw"
	.xword	first
	.text
first:	ret
second:	ret
last:	ret
"""


def image_of(text: str, arch: str = "aarch64") -> ProgramImage:
    result = assemble(Source(text=text, arch=arch))
    assert result.image is not None, (result.diagnostics, result.gaps)
    return result.image


def memory(image: ProgramImage, address: int, size: int) -> bytes:
    segment = next(s for s in image.segments if s.address <= address < s.address + s.size)
    return segment.data[address - segment.address :][:size]


def test_segments_are_page_aligned_with_their_permissions() -> None:
    image = image_of(PROGRAM)
    assert [(s.name, s.writable, s.executable) for s in image.segments] == [
        ("text", False, True), ("rodata", False, False), ("data", True, False), ("bss", True, False),
    ]  # fmt: skip
    assert image.segments[0].address == IMAGE_BASE
    assert all(segment.address % 4096 == 0 for segment in image.segments)
    ends = [segment.address + segment.size for segment in image.segments]
    assert all(end <= following.address for end, following in zip(ends, image.segments[1:], strict=False))


def test_undefined_symbols_are_imports_behind_the_image_and_weak_ones_are_null() -> None:
    image = image_of(PROGRAM)
    assert set(image.imports) == {"puts", "exit", "stdout"}
    slots = sorted(image.imports.values())
    assert slots[0] == image.import_base >= image.segments[-1].address + image.segments[-1].size
    assert {b - a for a, b in pairwise(slots)} == {IMPORT_STRIDE}
    assert image.import_size == 3 * IMPORT_STRIDE
    data = next(segment for segment in image.segments if segment.name == "data").data
    pointers = [int.from_bytes(data[i : i + 8], "little") for i in range(0, len(data), 8)]
    start = pointers.index(image.imports["stdout"]) - 1
    assert pointers[start : start + 3] == [0, image.imports["stdout"], image.symbols["main"].address]


def test_symbols_have_kind_size_binding_section_and_line() -> None:
    main = image_of(PROGRAM).symbols["main"]
    assert (main.kind, main.size, main.binding, main.section, main.line) == ("function", 28, "global", ".text", 5)


def test_entry_is_start_then_main() -> None:
    assert image_of(PROGRAM).entry_symbol == "main"
    assert image_of("main: ret\n_start: ret\n").entry_symbol == "_start"
    assert image_of("f: ret\n").entry is None


def test_the_line_table_covers_every_instruction() -> None:
    image = image_of(PROGRAM)
    code = [entry for entry in image.lines if entry.is_code]
    assert [entry.line for entry in code][:7] == [6, 7, 8, 9, 10, 11, 12]
    assert all(entry.length == 4 for entry in code)
    assert [entry.address for entry in image.lines] == sorted(entry.address for entry in image.lines)


def test_equal_literals_share_one_aligned_pool_entry() -> None:
    image = image_of(PROGRAM)
    text = image.segments[0].data
    places = [i for i in range(len(text) - 7) if text[i : i + 8] == bytes.fromhex("8877665544332211")]
    assert len(places) == 1
    assert places[0] % 8 == 0
    assert places[0] >= 28


def test_constructors_run_by_priority() -> None:
    image = image_of(PROGRAM)
    assert image.init_array == tuple(image.symbols[name].address for name in ("first", "second", "last"))


@pytest.mark.parametrize(
    ("arch", "text", "word"),
    [
        (
            "aarch64",
            "mrs x0, tpidr_el0\nadd x0, x0, #:tprel_hi12:b, lsl #12\nadd x0, x0, #:tprel_lo12_nc:b\nret",
            "00600091",
        ),
        ("x86_64", "movl %fs:b@tpoff, %eax\nret", "f8ffffff"),
    ],
)
def test_thread_local_offsets(arch: str, text: str, word: str) -> None:
    """Variant I: a 16-byte header in front of the block; variant II: the block ends at the thread pointer."""
    image = image_of(f'{text}\n.section .tdata,"awT"\n.quad 1\nb: .quad 2\n', arch)
    assert image.thread_local is not None
    assert (image.thread_local.size, image.thread_local.alignment) == (16, 1)
    assert image.thread_local.data == (1).to_bytes(8, "little") + (2).to_bytes(8, "little")
    assert image.symbols["b"].kind == "tls"
    assert bytes.fromhex(word) in image.segments[0].data


def test_initial_data_in_bss_is_refused() -> None:
    result = assemble(Source(text=".bss\nx: .long 5\n", arch="aarch64"))
    assert [found.line for found in result.diagnostics] == [2]


def test_relaxed_jumps() -> None:
    """Short where it reaches: 127 bytes forward; long beyond, and always for global symbols."""
    for gap, size in ((127, 2), (128, 5)):
        image = image_of(f"jmp 1f\n.skip {gap}\n1: ret\n", "x86_64")
        assert image.lines[0].length == size
    assert image_of(".globl f\njmp f\nf: ret\n", "x86_64").lines[0].length == 5


SEED = """
add_two_arrays:
.LFB0:
	.cfi_startproc
	sub	sp, sp, #48
	str	x0, [sp, 24]
	str	wzr, [sp, 44]
	b	.L2
.L2:
	ret
	.cfi_endproc
"""


def test_a_listing_as_gcc_prints_it() -> None:
    image = image_of(SEED)
    assert image.unwind == (".cfi_startproc", ".cfi_endproc")
    assert memory(image, image.symbols["add_two_arrays"].address, 12) == bytes.fromhex("ffc300d1e00f00f9ff2f00b9")
