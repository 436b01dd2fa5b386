bits 64
default rel
%define name(x) x %+ _t
%define QUOTE 'abc'
%macro prologue 0-1 16
    push rbp
    mov rbp, rsp
  %if %1 > 0
    sub rsp, %1
  %endif
%endmacro
%macro multi 1-*
  %assign %%i 0
  %rep %0
    mov eax, %1
    %rotate 1
  %endrep
%endmacro
%macro writes 2
    mov rax, 1
    mov rdi, 1
    lea rsi, [%1]
    mov rdx, %2
    syscall
%endmacro
%macro exit 1
    mov eax, 60
    mov edi, %1
    syscall
%endmacro
%macro string 2
%1: db %2, 0
%1_len equ $ - %1
%endmacro
%imacro UPPER 1
    mov eax, %1
%endmacro
section .data
string hello, "Hello"
  string bye, 'Bye'
msg: db 'a', "it's", `tab\tnl\n`, 0xA
msglen: equ $-msg
matrix: times 3*3 dd 1.0
tblA: dq 0, 1
      dq 2
c1 equ 5
c2 equ c1*2+1
.local: dw c2
%assign n 5
%rep n
 dd n
 %assign n n-1
%endrep
struc node
  .next:  resq 1
  .value: resd 1
          alignb 8
  .sz:
endstruc
n1: istruc node
    at node.next, dq n1
    at node.value, dd 7
  iend
list: istruc node
iend
section .rodata align=16
pi: dq 3.141592653589793
neg1: dd -1
mask: times 2 dq 0x7fffffffffffffff
section .bss
buf: resb 1024
.end:
cnt resd 1
section .text
global _start
extern puts, exit_
_start:
    prologue
    prologue 32
    multi 1, 2, 3
    writes hello, hello_len
    upper 5
    Upper 6
    cmp byte [hello + rcx], 0
    je .done
    jmp .loop
.loop:
    inc rcx
    cmp rcx, msglen
    jl .loop
.done:
    mov eax, [n1 + node.value]
    mov rax, [rdi + node.next]
    mov ecx, node_size
    mov rcx, node.value
    movsd xmm0, [pi]
    mulsd xmm0, qword [pi]
    mov rbx, qword [tblA + 8*rcx]
    mov [cnt], eax
    mov dword [cnt], c2
    mov al, [buf + 5]
    lea rdx, [rel buf.end - 4]
    xor eax, eax
    call puts wrt ..plt
    call puts
    exit 0
func:
.x: ret
    jmp .x
    jmp func.x
    mov eax, buf.end - buf
    mov rax, $$
    mov eax, $ - func
    db 'A' + 1, 'AB' >> 8
    dw 'AB', "ABC"
    dd 'A', "ABCDE"
    dq 'ABCDEFGH'
    mov eax, 'ABCD'
    mov ax, "hi"
    cmp al, '0'
    mov rax, 'ABCDEFGH'
    test byte [rdi], 1<<3
    mov al, 0FFh
    mov ax, 0b1111_0000
    mov eax, 0xFFFF_FFFF
    mov rax, 0x8000000000000000
    add rax, -1
    add rax, 0x7f
    add eax, 0x80
    add rax, byte -1
    and eax, 0xffffff00
    sub rsp, 8*4
    push word 5
    push fs
    mov ds, ax
    mov eax, ds
    xlatb
    movsx eax, byte [rsi]
    movzx eax, word [rsi]
    bswap r8
    shld eax, ebx, 3
    rol byte [rdi], 1
    ror dword [rdi], cl
    mul byte [rdi]
    idiv qword [rdi]
    neg dword [rdi]
    not qword [rdi]
    setne byte [rdi]
    cmovz rax, [rdi]
    xadd [rdi], al
    cmpxchg8b [rdi]
    cmpxchg16b [rdi]
    popcnt eax, [rdi]
    pause
    lfence
    cvtss2sd xmm0, [rdi]
    cvttss2si eax, [rdi]
    cvtsi2ss xmm0, eax
    pinsrd xmm0, eax, 1
    pextrd eax, xmm0, 1
    pshufb xmm0, [rdi]
    movhlps xmm0, xmm1
    movlps xmm0, [rdi]
    movhpd [rdi], xmm0
    movntdq [rdi], xmm0
    maskmovdqu xmm0, xmm1
    psrldq xmm0, 4
    pslld xmm0, xmm1
    roundsd xmm0, xmm1, 1
    cmpps xmm0, xmm1, 2
    cmpltps xmm0, xmm1
    vaddsd xmm0, xmm1, xmm2
    vaddpd ymm0, ymm1, [rdi]
    vfmadd213sd xmm0, xmm1, xmm2
    andn eax, ebx, ecx
    pdep rax, rbx, rcx
    fld1
    fldpi
    fild dword [rdi]
    fistp qword [rdi]
    fstsw ax
    fstcw [rdi]
    fldcw [rdi]
    fcomi st0, st1
    fcomip st0, st1
    fchs
    fxch st1
    fmul dword [rdi]
    fmulp st1, st0
    fdivrp
    fsubr st1, st0
    fsubrp st1, st0
    fdiv st2, st0
    fdiv st0, st2
    ffree st1
    emms
    lock add dword [rdi], 1
    lock bts [rdi], rax
    rep lodsb
    repz cmpsq
    in al, 60h
    out 60h, al
    in eax, dx
    sysenter
    rdtscp
    wbinvd
    prefetcht0 [rdi]
    clflush [rdi]
    jrcxz .y
    jecxz .y
.y: loopne .y
    call near puts
    call func
    jmp qword [tblA + rax*8]
    call [rel tblA]
    ret
