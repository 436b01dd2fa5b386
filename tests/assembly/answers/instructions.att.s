	.file	"x.c"
	.code64
	.section	.text.startup,"ax",@progbits
	.globl	_start
	.type	_start, @function
_start: xorq %rax,%rax; incq %rax /* two
 lines */ ; nop
	mov $60,%eax	# exit
	mov $'A', %al
	mov $'\n, %bl
	movb $'\\', %cl
	movb $0x1f, (%rdi,%rsi)
	mov	$msg+5-1, %rsi
	mov	$(msg+4), %edi
	mov	$len, %edx
	mov	$~0, %eax
	mov	$-(3+4), %eax
	mov	$1<<4|3, %eax
	mov $!0, %eax
	movl	$0b101, %eax
	movl	$017, %eax
	mov	$.-_start, %eax
	leaq	-8(%rsp), %rsp
	lea	(,%rax,8), %rbx
	lea	8(,%rax), %rbx
	lea	0x10(%rip), %rbx
	lea	msg-4(%rip), %rbx
	lea	msg(,%rax,4), %rbx
	movq	%rax, %xmm3
	mov	%rsp, %rbp
	mov	%cs, %ax
	mov	%ds, %rax
	movw	%ax, %es
	movq	(%rbp), %mm0
	jmp	.L1
	.p2align 4,,10
	.p2align 3
.L1:	jnz	.L1
	jc	1f
	jnae	1f
	jpo	1f
	jrcxz	1f
	call	*.Ltab(,%rax,8)
	jmp	*.Ltab(,%rax,8)
	notrack jmp *%rax
	bnd ret
	rep ret
	repz ret
1:	lret
	iretq
	sysretq
	pushw	$5
	push	$-128
	pushq	$128
	pushq	%fs
	popq	%gs
	xlat
	lodsb
	lodsq
	stosl
	scasw
	movsq
	cmpsl
	rep; movsl
	movsbl	%al, %ecx
	movsbw	(%rax), %cx
	movzwl	4(%rax), %ecx
	movsx	%al, %ecx
	movzx	%al, %ecx
	movzb	(%rax), %ecx
	shll	%eax
	shrl	$1, %eax
	sal	$2, %rax
	rcrq	$3, (%rax)
	adcl	$0, 4(%rsp)
	sbbq	%rdx, %rdx
	testl	%eax, (%rdi)
	testb	$1, 3(%rdi)
	xaddb	%al, (%rdi)
	cmpxchg16b (%rdi)
	cmovbe	%eax, %ebx
	cmovae	(%rax), %rbx
	setnp	%dl
	btq	$63, %rax
	btcw	$3, (%rax)
	bsrw	%ax, %bx
	imulq	$-5, (%rax), %rbx
	imulw	$5, %ax
	mulb	%cl
	divb	(%rax)
	negb	%al
	andl	$0xfffffff0, %esp
	andq	$0xfffffffffffffff0, %rsp
	andq	$-16, %rsp
	orl	$0x80000000, %eax
	xorb	$0x80, %al
	addq	$0xffffffff80000000, %rax
	cmpq	$-1, %rax
	cmpw	$0xffff, %ax
	movabs	0x1122334455667788, %al
	movabs	%eax, 0x1122334455667788
	movabs	$msg, %rax
	movq	$0x80000000, %rax
	movq	$0xffffffff80000000, %rax
	mov	$0x100000000, %rax
	cvtss2sd	%xmm0, %xmm0
	cvtsi2ssl	(%rax), %xmm0
	cvtsi2sdl	%ecx, %xmm0
	cvttss2si	%xmm0, %ecx
	movmskpd	%xmm0, %eax
	movhps	%xmm0, (%rax)
	movlhps	%xmm0, %xmm1
	pextrw	$3, %xmm0, %eax
	pinsrw	$3, %eax, %xmm0
	psllq	$32, %xmm0
	psrldq	$8, %xmm0
	punpcklqdq	%xmm0, %xmm1
	pcmpeqd	%xmm0, %xmm0
	cmpltsd	%xmm0, %xmm1
	cmpsd	$1, %xmm0, %xmm1
	roundsd	$3, %xmm0, %xmm1
	blendvpd	%xmm0, %xmm1, %xmm2
	ptest	%xmm0, %xmm0
	crc32q	%rax, %rbx
	aesenc	%xmm0, %xmm1
	pclmulqdq	$1, %xmm0, %xmm1
	vxorps	%xmm0, %xmm0, %xmm0
	vmovsd	(%rax), %xmm8
	vcvtsi2sdq	%rax, %xmm1, %xmm2
	vpermq	$0x4e, %ymm0, %ymm1
	vextracti128	$1, %ymm0, %xmm1
	vgatherdps	%ymm2, (%rax,%ymm1,4), %ymm0
	andn	%rax, %rbx, %rcx
	shlx	%rax, (%rbx), %rcx
	bextr	%eax, %ebx, %ecx
	mulx	%rax, %rbx, %rcx
	rorx	$5, %rax, %rbx
	adcx	%rax, %rbx
	prefetchnta	(%rax)
	clflush	(%rax)
	xgetbv
	rdtscp
	fnstcw	-2(%rsp)
	fldcw	-2(%rsp)
	fstps	(%rsp)
	flds	4(%rsp)
	fldt	(%rsp)
	fstpt	(%rsp)
	filds	(%rsp)
	fildll	(%rsp)
	fisttpq	(%rsp)
	fadds	(%rax)
	fmulp	%st, %st(1)
	fsubrp	%st, %st(1)
	fdivp
	fcomi	%st(1), %st
	fucompp
	fnstsw	%ax
	fxam
	fabs
	frndint
	fprem
	fyl2x
	fwait
	finit
	.section	.rodata.str1.1,"aMS",@progbits,1
msg:	.string	"hello \"q\" \\ \x41\x42g \101 \b\f\n\r\t end"
	.ascii	"a" "b", "c\0"
len = . - msg
	.section	.rodata
	.align 8
.Ltab:	.quad	_start, .L1
	.long	.L1-.Ltab
	.quad	.L1-_start
	.byte	.L1-_start
	.uleb128 .L1-_start
	.sleb128 -129, 64
	.float	1e10, -0.0, inf
	.double	1e-310, 1.7976931348623157e308
	.quad	0x8000000000000000, -1, 18446744073709551615
	.ascii	"caf\303\251 ünïcode ☺"
	.size	_start, 10
	.ident	"GCC: (Debian)"
	.section	.note.GNU-stack,"",@progbits
