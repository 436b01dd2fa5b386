	.text
	.globl	_start
_start:	nop
	.p2align 4
	nop
	.p2align 3,,2
	nop
	.p2align 6,,40
a:	nop
	.section .text.hot,"ax",%progbits
	.p2align 5
	nop
	.balign	8
	.section .init_array,"aw"
	.balign	8
	.quad	_start
	.section .data.rel.ro,"aw"
	.quad	a, b, c, _start
	.data
b:	.quad	c, d - 8, missing, missing+4
	.section .rodata
c:	.string	"text"
	.balign	4
d:	.long	c - ., d - c
	.weak	absent
	.quad	absent
	.section .text
	nop
