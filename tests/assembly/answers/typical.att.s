# AT&T
	.globl main
	.section .rodata
fmt:	.string "x = %d\n"
.LC0:	.asciz "tab\there \"quoted\" \\ \0end"
	.data
arr:	.long 1,2,3,4,5
arr_end:
	.set count, (arr_end - arr) / 4
val:	.quad 0x1122334455667788
b1:	.byte 1, 2, 'a, 'b', '\n', 0b101, 017, 0xff
w1:	.word 0xffff
	.value 3
	.short -1
	.float 1.0
	.double 0.1
	.octa 1
	.zero 3
	.space 4, 0xcc
	.fill 3, 1, 0x90
	.p2align 4,,10
	.balign 8, 0xaa
	.text
main:
	pushq %rbp
	movq %rsp, %rbp
	subq $16, %rsp
	movl $0, -4(%rbp)
	movl $count, %ecx
	leaq arr(%rip), %rsi
	xorl %eax, %eax
loop:
	addl (%rsi,%rcx,4), %eax
	decl %ecx
	jnz loop
	addl -4(%rsi,%rcx,4), %eax ; movl %eax, %esi
	leaq fmt(%rip), %rdi
	xor %eax, %eax
	call printf@PLT
	call *%rax
	call *8(%rax)
	jmp *(%rax,%rbx,8)
	jmp *%rdx
	movq $main, %rax
	movabsq $0x1122334455667788, %rax
	movabs $main, %rbx
	movq $-1, %rax
	movq $0xffffffff, %rax
	movq $0x7fffffff, %rax
	mov $5, %rax
	mov %fs:40, %rax
	mov %fs:0x28, %rcx
	movq %gs:0, %rdx
	mov val, %rax
	mov val(%rip), %rax
	mov val+4(,%rcx,2), %eax
	movb $'A', b1(%rip)
	movw $1, (%rdi)
	movzbl (%rdi), %eax
	movzbq %al, %rax
	movswl %ax, %ecx
	movslq %ecx, %rcx
	movsbl -1(%rdi), %edx
	cltq
	cqto
	cltd
	cwtl
	idivq %rbx
	divl 4(%rsp)
	imulq $10, %rax, %rbx
	imul %rcx, %rax
	imull $3, %eax
	mulq %rcx
	negl %eax
	notq (%rax)
	incb (%rax)
	shll $3, %eax
	shl %eax
	sarq %cl, %rax
	shrd $4, %rax, %rbx
	rolw $1, %ax
	testb $1, %al
	test %rax, %rax
	cmpl $0x10, (%rdi)
	cmpb $'\n', (%rdi)
	sete %al
	setg (%rdi)
	cmovl %eax, %ebx
	cmovneq (%rdi), %rax
	bsf %rax, %rcx
	bt $3, %eax
	btsl %ecx, (%rdi)
	popcnt %rax, %rax
	lzcnt %eax, %eax
	tzcnt %rax, %rbx
	bswap %rax
	xchg %rax, %rbx
	xchgl %eax, (%rdi)
	lock cmpxchgq %rbx, (%rdi)
	lock; incl (%rdi)
	lock xaddl %eax, (%rdi)
	rep movsb
	rep stosq
	repne scasb
	repe cmpsb
	cld
	std
	enter $16, $0
	leave
	ret
	ret $8
	retq
	pushfq
	popfq
	push $5
	pushq $0x1000
	push val(%rip)
	popq (%rax)
	syscall
	int $0x80
	int3
	hlt
	nop
	nopw 0(%rax,%rax,1)
	pause
	cpuid
	rdtsc
	mfence
	ud2
	movss (%rdi), %xmm0
	movsd .LC1(%rip), %xmm1
	movaps %xmm0, %xmm1
	movups (%rdi), %xmm2
	movdqa %xmm0, 16(%rsp)
	movd %eax, %xmm0
	movq %rax, %xmm0
	movq %xmm0, %rax
	addsd %xmm1, %xmm0
	cvtsi2sd %eax, %xmm0
	cvtsi2sdq %rax, %xmm0
	cvttsd2si %xmm0, %rax
	cvttsd2siq %xmm0, %rax
	ucomisd %xmm0, %xmm1
	pxor %xmm0, %xmm0
	paddd %xmm1, %xmm0
	pshufd $0x4e, %xmm0, %xmm1
	shufps $0, %xmm0, %xmm0
	sqrtsd %xmm0, %xmm0
	andpd %xmm0, %xmm1
	unpcklps %xmm0, %xmm1
	haddps %xmm0, %xmm0
	pmovmskb %xmm0, %eax
	vaddps %ymm0, %ymm1, %ymm2
	vmovdqu (%rdi), %ymm0
	vfmadd231ps %ymm0, %ymm1, %ymm2
	vpbroadcastd (%rdi), %ymm0
	vzeroupper
	fldl (%rdi)
	fld1
	faddp
	fstpl (%rdi)
	fildl (%rdi)
	fistpll (%rdi)
	fxch %st(1)
	fsin
	fucomip %st(1), %st
	jmp 1f
1:	jne 1b
	je 2f
	.fill 200
2:	jecxz 3f
3:	loop 3b
	js main
	ja .+10
	jmp .
	.section .rodata
.LC1:	.double 2.5
	.quad main, loop-main
	.long main-., count
