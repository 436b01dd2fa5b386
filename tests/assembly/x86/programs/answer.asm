; NASM typical
%define SYS_WRITE 1
%define SYS_EXIT  60
%define STDOUT 1
%define sq(x) ((x)*(x))
%xdefine later SYS_EXIT
%assign i 0
bits 64
default rel
global _start
global main:function
extern printf, malloc
extern free
section .data
    msg     db "Hello, world!", 10, 0
    len     equ $ - msg
    len2    equ $-msg-1
    tick    db `esc\n\t\x41\0`
    w       dw 0x1234, 'ab', 0ABCDh
    d       dd 1, 2, 3, -4, 1.5, 'abcd'
    q       dq msg, 3.14, 0x1122334455667788, $, $$
    t       dt 1.5
    times 5 db 0xAA
    times 3+($-$$)-($-$$) db 0
    arr     dd 10, 20, 30
    arrlen  equ ($-arr)/4
    dd 1_000_000, 0b1010_1010, 1010b, 17o, 0q17, 0x1F, 1Fh, $1F, 0h1F, 99d
    dq 1e10, -2.5e-3, __Infinity__
    db 1,2,
    db "multi",'part',13,10
    dw msg2-msg
msg2: db "x"
    align 8
    dq 1
    align 16, db 0xcc
    dd 5
section .rodata
fmt: db "%d", 10, 0
section .bss
    buf     resb 64
    nums    resd 10
    ptrs    resq 4
    alignb 16
    aligned resb sq(4)
section .text
_start:
    mov rax, SYS_WRITE
    mov rdi, STDOUT
    mov rsi, msg
    mov rdx, len
    syscall
    mov eax, later
    xor edi, edi
    syscall
    lea rsi, [rel msg]
    lea rsi, [msg]
    lea rsi, [abs msg]
    mov rax, [arr]
    mov eax, [arr + rcx*4]
    mov eax, [rel arr]
    mov byte [buf], 'A'
    mov byte [rdi + 1], 10
    mov word [rdi], 1
    mov dword [rdi], 1
    mov qword [rdi], 1
    mov [rdi], dword 1
    mov rax, [fs:0x28]
    mov rax, [fs:rcx]
    mov rax, [gs:rcx*8]
    mov rax, 0x1122334455667788
    mov rax, -1
    mov rax, 0xffffffff
    push 5
    push dword 5
    push qword [rdi]
    push byte 5
    pop rax
    call printf
    call printf wrt ..plt
    call [rax]
    call qword [rax]
    jmp rax
    jmp short .l1
.l1: jmp near .l1
    je .l2
    jz near .l2
    times 200 nop
.l2: loop .l2
    jmp $
    jmp $+5
    jmp $-2
main:
.l1: jmp .l1
    jmp _start.l1
    movzx eax, byte [rdi]
    movsx rax, word [rdi]
    movsxd rax, dword [rdi]
    movsx rax, dword [rdi]
    cmp byte [rdi], 0
    cmp al, 'z'
    cmp eax, 'abcd'
    sub al, '0'
    test rax, rax
    rep movsb
    rep stosb
    repne scasb
    lock inc dword [rdi]
    lock xadd [rdi], eax
    lock cmpxchg [rdi], rbx
    xchg rax, rbx
    xchg [rdi], rax
    imul rax, rbx, 10
    imul eax, 3
    shl rax, 1
    shl rax, cl
    sar eax, 31
    bt rax, 5
    movss xmm0, [rdi]
    movsd xmm0, [rdi]
    movaps xmm0, [rdi]
    cvtsi2sd xmm0, rax
    cvtsi2sd xmm0, dword [rdi]
    cvttsd2si eax, xmm0
    movq xmm0, rax
    movd eax, xmm0
    addsd xmm0, [d]
    pxor xmm0, xmm0
    vaddps ymm0, ymm1, ymm2
    vmovdqu ymm0, [rdi]
    fld qword [rdi]
    fld dword [rdi]
    fld tword [rdi]
    fild word [rdi]
    fstp qword [rdi]
    fadd st0, st1
    fadd st1
    faddp
    faddp st1, st0
    faddp st1
    fxch
    fsqrt
    fld st0
    fninit
    ret
    ret 8
    retn
    int 0x80
    int 80h
    int3
    nop
    cqo
    cdqe
    enter 16, 0
    leave
    db 0x90, 0x90
    dq _start, main.l1
    dd main - _start
    lea rax, [rax*2]
    lea rax, [rax*3]
    lea rax, [rax*5]
    lea rax, [rbx+rcx*8+100h]
    mov eax, [eax]
    mov rax, [dword 0x1000]
    mov al, [0x1000]
    mov ax, 1 << 4 | 3
    mov eax, ~5
    mov eax, !0
    mov eax, 7 // 2
    mov eax, -7 % 3
    mov eax, 7 %% 3
    mov eax, (1+2)*3
    mov eax, msg2-msg
    mov eax, arrlen
    and rsp, ~15
    mov rdi, fmt
    mov edi, fmt
%rep 4
    add eax, i
%assign i i+1
%endrep
%macro push2 2
    push %1
    push %2
%endmacro
%macro save 1-*
  %rep %0
    push %1
  %rotate 1
  %endrep
%endmacro
%macro looped 0
%%again:
    dec ecx
    jnz %%again
%endmacro
%macro def 1-2 5
    mov eax, %2
    mov ebx, %1
%endmacro
%macro print 2+
  jmp %%after
%%s: db %2
%%after:
  mov ecx, %1
%endmacro
    push2 rax, rbx
    save rax, rbx, rcx
    looped
    looped
    def 1
    def 1, 2
    print 3, "hi", 10, 0
%ifdef SYS_WRITE
    mov eax, 1
%else
    mov eax, 2
%endif
%ifndef NOPE
    nop
%endif
%if SYS_EXIT == 60 && 1
    nop
%elif 1
    hlt
%else
    ud2
%endif
%ifidn abc, abc
   nop
%endif
%ifnum 5
   nop
%endif
%strlen slen "hello"
    mov eax, slen
%undef SYS_EXIT
%ifdef SYS_EXIT
   hlt
%endif
struc point
  .x: resd 1
  .y: resd 1
  .name: resb 8
endstruc
    mov eax, [rdi + point.y]
    mov ecx, point_size
section .data
p1: istruc point
  at point.x, dd 1
  at point.y, dd 2
  at point.name, db "abc"
iend
    dd point_size
section .text
%push ctx
%$lab: jmp %$lab
%pop
%define str1 "abc"
  db str1, 0
%macro case 1
  cmp eax, %1
  j%+1 %%x
%%x:
%endmacro
%define cat(a,b) a %+ b
   mov cat(e,ax), 1
