; Every feature of the NASM front end; the test compares each section with nasm's.
bits 64
default rel
%define SYS_write 1
%define ADD(a, b) ((a) + (b))
%xdefine NEXT SYS_write
%assign counter 0
%idefine Foo 7
%macro syscall3 4
    mov rax, %1
    mov rdi, %2
    mov rsi, %3
    mov rdx, %4
    syscall
%endmacro
%macro loop_n 1
    mov rcx, %1
%%again:
    dec rcx
    jnz %%again
%endmacro
%macro multipush 1-*
 %rep %0
    push %1
 %rotate 1
 %endrep
%endmacro
%macro retcond 1
    j%-1 %%skip
    ret
%%skip:
%endmacro
%macro defaulted 1-2 rbx
    mov %1, %2
%endmacro
%macro data 2+
%1: db %2
%endmacro
global _start:function
extern printf
section .data
msg db 'Hello, "world"', 10, 0
len equ $ - msg
bt1: db 1, 2, 0x3, 4h, 0b101, 5o, 'a', "bc", `\x41\n\t\0\u00e9`
w1: dw 1, 'ab', 'abc', -1, 65535
d1: dd 1.5, -0.1, 3.14159e10, 'abcd', 0xdeadbeef, 1e-3
q1: dq 1.5, 0x1122334455667788, -1, 'abcdefgh', 1e308, 0x1p-3, __Infinity__, 1_000_000
t1: dt 1.5, -3.25, 1e4000, 0.0
align 16
tab: times 5 db 1, 2
    times 4 dw 0x1234
    times 100-($-tab) db 0xff
d2: dd ADD(3, 4)*2, len, $-msg, Foo, FOO
d3: db counter
%assign counter counter+5
    db counter, NEXT
%rep 3
    db counter
%assign counter counter*2
%endrep
%if counter > 10 && 1
    db 'big'
%elif 1
    db 'no'
%else
    db 'small'
%endif
%ifdef SYS_write
    db 'def'
%endif
%ifndef NOPE
    db 'ndef'
%endif
%ifidn abc, abc
    db 'same'
%endif
%ifnum 5
    db 'num'
%endif
    db 5 dup (7), 2 dup (1, 2)
    db 'a' + 1, ~1 & 0xff, 7 / 2, 7 % 4, -7 // 2, 1 << 3, (3 > 2), 5 == 5, 1 <> 1
    dw 1 ? 5 : 6
data strings, 'x', 'y', 10
struc point
.x: resd 1
.y: resd 1
.name: resb 8
endstruc
    db point_size, point.x, point.y, point.name
len2: dq len2 - msg
section .rodata
pi: dq 3.141592653589793
section .bss
buf: resb 64
    alignb 8
q2: resq 4
section .text
_start:
    syscall3 SYS_write, 1, 5, len
    lea rsi, [rel .table]
    mov al, [rsi + rcx*2]
.loop:
    cmp rax, 10
    jl .loop
    je near .done
    loop_n 5
    loop_n 6
    multipush rax, rbx, rcx
    retcond ne
    defaulted rax
    defaulted rax, rdx
    jmp short .done
    align 16
.table: dw .done - .table, 5
.done:
    mov edx, len
    mov dword [rsp + point.y], 5
    xor edi, edi
    call func
    jmp .loop
    times 3 nop
$func2: ret
func:
    push rbp
    mov rbp, rsp
.loop:
    loop .loop
    leave
    ret
    lock inc dword [rax]
    rep stosq
    mov rcx, \
      5
