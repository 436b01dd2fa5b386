.intel_syntax noprefix
.global main
.extern printf
.section .data
msg: .asciz "Hello, %s! You are %d years old.\n"
arr: .int 10, 20, 30, 40
arrlen = (. - arr) / 4
num: .quad 42
flt: .float 1.5
.section .bss
buffer: .space 64
.section .text
main:
    push rbp
    mov rbp, rsp
    sub rsp, 0x20
    and rsp, -16
    lea rdi, [rip + msg]
    lea rdi, msg[rip]
    lea rdi, [msg + rip]
    mov rdi, OFFSET msg
    mov rdi, offset flat:msg
    mov edi, OFFSET FLAT:msg+4
    mov rax, num
    mov rax, [num]
    mov rax, QWORD PTR num[rip]
    mov rax, qword ptr [rip+num]
    mov dword ptr [rbp-4], 5
    mov DWORD PTR -8[rbp], 0xFF
    mov byte ptr [rdi], 'A'
    mov al, byte ptr [rsi+rcx*1]
    mov eax, dword ptr arr[rcx*4]
    mov eax, arr[0+rcx*4]
    mov eax, [rdi + rcx*4 + 8]
    mov eax, [rdi+4*rcx]
    mov eax, [4*rcx]
    mov rax, qword ptr fs:[40]
    mov rax, QWORD PTR fs:0x28
    mov rax, fs:0
    mov rax, [rdi][rcx*8]
    mov rax, 10[rdi]
    mov rax, 0x1122334455667788
    movabs rax, 0x1122334455667788
    mov eax, 0b1010
    mov ecx, arrlen
    mov rax, -1
    xor eax, eax
    call printf
    call printf@PLT
    call [rax]
    call qword ptr [rip+num]
    call rax
    jmp rax
    jmp qword ptr [rax*8+num]
    jmp short 1f
1:
    je 1b
    jz main
    movzx eax, byte ptr [rdi]
    movzx eax, al
    movsx rax, word ptr [rdi]
    movsxd rax, dword ptr [rdi]
    movsxd rax, ecx
    movsx rax, ecx
    cdqe
    cqo
    cdq
    idiv rbx
    idiv dword ptr [rsp+4]
    imul rax, rbx, 10
    imul eax, dword ptr [rdi], 3
    imul rax, rbx
    inc byte ptr [rax]
    shl eax, 3
    shl eax
    sar rax, cl
    shld rax, rbx, 4
    test al, 1
    cmp dword ptr [rdi], 0x10
    cmp byte ptr [rdi], 10
    sete al
    cmovl eax, ebx
    bt eax, 3
    popcnt rax, rax
    bswap rax
    xchg rax, rbx
    xchg [rdi], eax
    lock cmpxchg [rdi], rbx
    lock cmpxchg qword ptr [rdi], rbx
    lock xadd [rdi], eax
    lock inc dword ptr [rdi]
    rep movsb
    rep stosd
    rep stosq
    repne scasb
    movsq
    lodsb
    stosb
    enter 16, 0
    leave
    ret
    ret 8
    push 5
    push qword ptr [num+rip]
    pop qword ptr [rax]
    pop [rax]
    push [rax]
    syscall
    int 0x80
    int3
    nop
    movss xmm0, dword ptr [rdi]
    movsd xmm1, qword ptr flt[rip]
    movsd xmm0, [rdi]
    movaps xmm1, xmm0
    movups xmm2, [rdi]
    movups xmm2, xmmword ptr [rdi]
    movdqa [rsp+16], xmm0
    movd xmm0, eax
    movq xmm0, rax
    cvtsi2sd xmm0, eax
    cvtsi2sd xmm0, dword ptr [rdi]
    cvtsi2sd xmm0, qword ptr [rdi]
    cvttsd2si rax, xmm0
    pshufd xmm1, xmm0, 0x4e
    vaddps ymm2, ymm1, ymm0
    vmovdqu ymm0, ymmword ptr [rdi]
    fld qword ptr [rdi]
    fld st(1)
    fadd st, st(1)
    fstp tbyte ptr [rdi]
    fild dword ptr [rdi]
    fistp qword ptr [rdi]
    fnstcw word ptr [rdi]
    mov ax, ds
    mov cr0, rax
    in al, dx
    out dx, al
    mov rax, rsp
    mov [rsp], rax
    mov [rsp+rax], rax
    mov [r13], rax
    mov [r12], rax
    mov r8d, r9d
    mov r10b, r11b
    mov sil, dl
    mov ah, bh
    lea rax, [rdi+rdi*2]
    lea eax, [rdi+rsi-1]
    lea rax, [rax*2+0]
    lea rax, [rax+rax]
    add rax, 127
    add rax, 128
    add eax, 0x7fffffff
    add al, 200
    sub rsp, 128
    .att_syntax prefix
    movl $1, %eax
    .intel_syntax noprefix
    mov eax, 1
    .code64
    mov eax, 1 # comment
    mov eax, 3 /* comment */
    mov eax, 4; mov ebx, 5
    .quad main
    .long main - .
