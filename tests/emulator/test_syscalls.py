# ruff: noqa: E501  one assembly body a line
"""System calls by number on both architectures, and the file tree behind them."""

import errno

import pytest

from playground.emulator.faults import LimitReached
from playground.emulator.files import O_APPEND, O_CREAT, O_EXCL, O_RDWR, O_TRUNC, O_WRONLY, Files
from playground.emulator.syscalls import AARCH64_NUMBERS, NUMBERS, X86_64_NUMBERS, registered
from playground.isa import ARCHITECTURES
from tests.emulator.images import run_start

BY_NAME = {arch: {name: number for number, name in table.items()} for arch, table in NUMBERS.items()}


def program(arch: str, *calls: tuple[str | int, tuple[str | int, ...]], data: str = "") -> tuple[str, str]:
    """A body that makes the calls in turn and exits with the low byte of the last result, negated when negative."""
    row = ARCHITECTURES[arch].syscall
    lines = []
    for name, arguments in calls:
        number = BY_NAME[arch][name] if isinstance(name, str) else name
        for register, value in zip((row.number, *row.arguments), (number, *arguments), strict=False):
            lines.append(f"mov ${value}, %{register}" if arch == "x86_64" else f"ldr {register}, ={value}")
        lines.append("syscall" if arch == "x86_64" else "svc 0")
    end = BY_NAME[arch]["exit"]
    if arch == "x86_64":
        lines += ["mov %rax, %rdi", "neg %rdi", "cmovs %rax, %rdi", f"mov ${end}, %eax", "syscall"]
    else:
        lines += ["cmp x0, 0", "cneg x0, x0, mi", f"mov x8, {end}", "svc 0"]
    return ";".join(lines), data


ARCHES = ("x86_64", "aarch64")
DATA = '.data; text: .ascii "hello"; path: .asciz "/tmp/a"; .balign 8; pair: .quad text, 2, text, 3; buffer: .skip 512'


def run(arch: str, *calls: tuple[str | int, tuple[str | int, ...]]):
    body, data = program(arch, *calls, data=DATA)
    return run_start(body, arch, data=data)


@pytest.mark.parametrize("arch", ARCHES)
def test_write_and_writev(arch: str) -> None:
    result = run(arch, ("write", (1, "text", 5)), ("writev", (2, "pair", 2)))
    assert (result.stdout, result.stderr, result.exit_status) == (b"hello", b"hehel", 5)


@pytest.mark.parametrize("arch", ARCHES)
def test_a_file_written_and_read_back(arch: str) -> None:
    flags = O_CREAT | O_RDWR
    opened = ("openat", (-100, "path", flags, 0o644))
    result = run(
        arch, opened, ("write", (3, "text", 5)), ("lseek", (3, 1, 0)), ("read", (3, "buffer", 99)), ("write", (1, "buffer", 4)),
        ("close", (3,)), ("close", (3,)),
    )  # fmt: skip
    assert (result.stdout, result.exit_status) == (b"ello", errno.EBADF)


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize(
    ("call", "status"),
    [
        (("openat", (-100, "path", 0, 0)), errno.ENOENT),
        (("write", (1, 8, 5)), errno.EFAULT),
        (("read", (0, 8, 5)), 0),
        (("write", (77, "text", 5)), errno.EBADF),
        (("write", (0, "text", 5)), errno.EBADF),
        (("lseek", (1, 0, 0)), errno.ESPIPE),
        (("ioctl", (1, 0x5401, "buffer")), errno.ENOTTY),
        (("getpid", ()), 4242 & 0xFF),
        (("getuid", ()), 1000 & 0xFF),
        (("uname", ("buffer",)), 0),
        (("fstat", (1, "buffer")), 0),
        (("clock_gettime", (0, "buffer")), 0),
        (("getrandom", ("buffer", 16, 0)), 16),
        (("rt_sigaction", (11, 0, 0, 8)), 0),
        (("rt_sigprocmask", (0, 0, 0, 8)), 0),
        (("mmap", (0, 0, 3, 0x22, -1, 0)), errno.EINVAL),
        (("mmap", (0, 1 << 46, 3, 0x22, -1, 0)), errno.ENOMEM),
        (("munmap", (1, 4096)), errno.EINVAL),
        (("mprotect", (0x30000000, 4096, 3)), errno.ENOMEM),
    ],
)
def test_result(arch: str, call: tuple, status: int) -> None:
    assert run(arch, call).exit_status == status


@pytest.mark.parametrize("arch", ARCHES)
@pytest.mark.parametrize("name", ["socket", "execve", "fork", "connect", "ptrace"])
def test_what_is_not_served_is_named(arch: str, name: str) -> None:
    numbers = {
        "x86_64": {"socket": 41, "execve": 59, "fork": 57, "connect": 42, "ptrace": 101},
        "aarch64": {"socket": 198, "execve": 221, "fork": 220, "connect": 203, "ptrace": 117},
    }[arch]
    result = run(arch, (numbers[name], (0, 0, 0)))
    assert result.exit_status == errno.ENOSYS
    assert result.missing == (f"system call {numbers[name]}",)


def test_brk_grows_and_shrinks() -> None:
    body = "mov $12, %eax; xor %edi, %edi; syscall; mov %rax, %rbx; lea 0x300000(%rax), %rdi; mov $12, %eax; syscall;"
    body += (
        "sub %rbx, %rax; cmp $0x300000, %rax; jne 1f; movb $1, 0x2fffff(%rbx); mov $12, %eax; mov %rbx, %rdi; syscall;"
    )
    body += "cmp %rbx, %rax; jne 1f; xor %edi, %edi; jmp 2f; 1: mov $1, %edi; 2: mov $60, %eax; syscall"
    assert run_start(body, "x86_64").exit_status == 0


def test_munmap_and_mprotect_take_effect_on_parts() -> None:
    mapped = "mov $9, %eax; xor %edi, %edi; mov $0x4000, %esi; mov $3, %edx; mov $0x22, %r10d; mov $-1, %r8; xor %r9d, %r9d; syscall; mov %rax, %rbx;"
    fill = "movb $7, (%rbx); movb $8, 0x1000(%rbx); movb $9, 0x3000(%rbx);"
    cut = "lea 0x1000(%rbx), %rdi; mov $0x1000, %esi; mov $11, %eax; syscall; cmpb $7, (%rbx); jne 1f; cmpb $9, 0x3000(%rbx); jne 1f;"
    fault = run_start(mapped + fill + cut + "1: mov 0x1000(%rbx), %al", "x86_64").fault
    assert fault.kind == "unmapped-read"
    protect = "lea 0x2000(%rbx), %rdi; mov $0x1000, %esi; mov $1, %edx; mov $10, %eax; syscall; movb $1, 0x1fff(%rbx); mov 0x2000(%rbx), %al; movb $1, 0x2000(%rbx)"
    assert run_start(mapped + fill + protect, "x86_64").fault.kind == "protected-write"


def test_int_80_is_the_32_bit_interface() -> None:
    body = "mov $4, %eax; mov $1, %ebx; mov $text, %ecx; mov $5, %edx; int $0x80; mov $1, %eax; mov $9, %ebx; int $0x80"
    result = run_start(body, "x86_64", data=DATA)
    assert (result.stdout, result.exit_status) == (b"hello", 9)


def test_kernel_clobbers_rcx_and_r11() -> None:
    body = "xor %ecx, %ecx; xor %r11d, %r11d; mov $39, %eax; syscall; test %rcx, %rcx; setz %dil; test %r11, %r11; setz %al; or %al, %dil; movzx %dil, %edi; mov $60, %eax; syscall"
    assert run_start(body, "x86_64").exit_status == 0


def test_sleep_moves_the_guests_clock_and_waits_for_nobody() -> None:
    result = run_start(program("x86_64", ("nanosleep", ("long", 0)))[0], "x86_64", data=".data; long: .quad 100000, 0")
    assert result.exit_status == 0


def test_tables_agree() -> None:
    """Every named call exists, and the exit calls are where man 2 syscall and asm/unistd.h put them."""
    assert set(X86_64_NUMBERS.values()) | set(AARCH64_NUMBERS.values()) <= set(registered)
    assert (X86_64_NUMBERS[231], AARCH64_NUMBERS[94]) == ("exit_group", "exit_group")


# the tree itself


def test_paths_and_directories() -> None:
    files = Files()
    assert files.normalise(b"a/../b//./c") == b"/b/c"
    assert files.open(b"/nowhere/x", O_CREAT | O_WRONLY) == -errno.ENOENT
    assert files.open(b"/tmp", O_WRONLY) == -errno.EISDIR
    assert files.open(b"", 0) == -errno.ENOENT
    assert files.open(b"/../../etc/passwd", 0) == -errno.ENOENT


def test_nothing_of_the_host_is_visible() -> None:
    files = Files()
    for path in (b"/etc/hostname", b"/proc/self/maps", b"/dev/sda", b"/bin/sh", __file__.encode()):
        assert files.open(path, 0) == -errno.ENOENT


def test_append_truncate_exclusive_and_unlink() -> None:
    files = Files()
    one = files.open(b"/tmp/f", O_CREAT | O_WRONLY)
    assert files.write(one, b"abc") == 3
    assert files.open(b"/tmp/f", O_CREAT | O_EXCL | O_WRONLY) == -errno.EEXIST
    two = files.open(b"/tmp/f", O_WRONLY | O_APPEND)
    files.write(two, b"def")
    assert bytes(files.tree[b"/tmp/f"].data) == b"abcdef"
    files.open(b"/tmp/f", O_RDWR | O_TRUNC)
    assert bytes(files.tree[b"/tmp/f"].data) == b""
    assert files.unlink(b"/tmp/f") == 0
    assert files.unlink(b"/tmp/f") == -errno.ENOENT
    assert files.write(one, b"x") == 1


def test_descriptors_run_out_and_are_reused() -> None:
    files = Files()
    opened = [files.open(b"/dev/null", O_RDWR) for _ in range(300)]
    assert max(opened) == 255
    assert opened[-1] == -errno.EMFILE
    assert files.close(17) == 0
    assert files.open(b"/dev/null", 0) == 17


def test_the_tree_is_bounded() -> None:
    files = Files(memory_limit=1000)
    one = files.open(b"/tmp/f", O_CREAT | O_RDWR)
    assert files.write(one, bytes(900)) == 900
    assert files.write(one, bytes(200)) == -errno.ENOSPC
    assert files.seek(one, 1 << 60, 0) == 1 << 60
    assert files.write(one, b"x") == -errno.ENOSPC
    assert min(files.open(b"/tmp/%d" % i, O_CREAT) for i in range(2000)) == -errno.EMFILE


def test_output_beyond_the_limit() -> None:
    files = Files(output_limit=10)
    files.write(1, b"12345")
    with pytest.raises(LimitReached):
        files.write(2, b"6789012345")
    assert (bytes(files.stdout), bytes(files.stderr)) == (b"12345", b"67890")
