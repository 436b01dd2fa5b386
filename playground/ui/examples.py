"""What the Run tab offers to begin with."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Example:
    """One program or function."""

    title: str
    text: str
    stdin: str = ""
    prototype: str = ""
    cases: tuple[tuple[str, str, str], ...] = (("", "", ""),)


EXAMPLES = {
    "hello-aarch64": Example(
        title="Hello, AArch64 (system calls)",
        text="""\
    .text
    .global _start
_start:
    mov x0, 1               // standard output
    adr x1, message
    mov x2, 15
    mov x8, 64              // write
    svc 0
    mov x0, 0
    mov x8, 93              // exit
    svc 0

    .section .rodata
message:
    .ascii "Hello, AArch64\\n"
""",
    ),
    "sum-x86": Example(
        title="Sum the numbers read, x86-64 (AT&T, C library)",
        stdin="8 120\n",
        text="""\
    .section .rodata
input:  .string "%ld"
output: .string "sum %ld\\n"

    .text
    .globl main
main:
    pushq %rbx
    subq $16, %rsp
    xorl %ebx, %ebx
next:
    leaq input(%rip), %rdi
    leaq 8(%rsp), %rsi
    xorl %eax, %eax
    call scanf
    cmpl $1, %eax
    jne done
    addq 8(%rsp), %rbx
    jmp next
done:
    leaq output(%rip), %rdi
    movq %rbx, %rsi
    xorl %eax, %eax
    call printf
    xorl %eax, %eax
    addq $16, %rsp
    popq %rbx
    ret
""",
    ),
    "gcd": Example(
        title="A function with cases, AArch64",
        prototype="unsigned long gcd(unsigned long a, unsigned long b)",
        cases=(("[12, 18]", "6", ""), ("[7, 0]", "7", ""), ("[0, 5]", "5", "")),
        text="""\
gcd:
    cbz x1, .Ldone
    udiv x2, x0, x1
    msub x2, x2, x1, x0     // x0 mod x1
    mov x0, x1
    mov x1, x2
    b gcd
.Ldone:
    ret
""",
    ),
    "fault": Example(
        title="A fault, x86-64 (NASM)",
        text="""\
global _start
section .text
_start:
    mov rdi, 0
    mov rax, [rdi]      ; reads address 0
    mov eax, 60
    syscall
""",
    ),
    "endless": Example(
        title="An endless loop, AArch64",
        text="""\
    .global main
main:
    mov w0, 0
.Lagain:
    add w0, w0, 1
    b .Lagain
""",
    ),
}
