.intel_syntax prefix
.globl f
f:
	mov %eax, DWORD PTR [%rdi+%rcx*4+8]
	mov DWORD PTR [%rbp-4], %edi
	mov QWORD PTR -8[%rbp], %rsi
	lea %rax, msg[%rip]
	lea %rax, [%rip+msg]
	add %rax, 5
	mov %rax, %fs:0x28
	mov %rax, QWORD PTR %fs:[40]
	movss %xmm0, DWORD PTR [%rax]
	fadd %st, %st(1)
	fxch %st(3)
	call f
	jmp %rax
	jmp [%rax]
	push %rbx
	shl %rax, %cl
	mov %eax, rax
	mov %eax, DWORD PTR eax[%rip]
	ret
	.data
msg: .quad f
rax: .long 1
eax: .long 2
