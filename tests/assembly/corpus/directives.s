	.data
	.set	five, 5
	six = five + 1
	.equ	seven, six+1
	.equiv	eight, 8
first:	.byte	1, 2, -1, 255, 'a', '\n', five, first_end-first
	.2byte	0x1234, 65535
	.4byte	first, second-first, .-first, . + 4
	.8byte	first+8, -1, 0x123456789abcdef0
	.short	1, -2
	.hword	3
	.int	4, 2147483648
	.long	second-first, 5*3+1, 7%4, 1<<20, ~0, !0, (2+3)*4
	.quad	first, second+16, second-first, eight
	.octa	0x0123456789abcdeffedcba9876543210
first_end:
	.ascii	"abc", "def" "ghi"
	.asciz	"tab\there \"quoted\" \101\x42\\ end"
	.string	"one", "two; not a comment # nor this // nor /* this */"
	.float	1.5, -0.25, 3e10
	.single	0.5
	.double	2.5, 1e-300, -1.0
second:
	.balign	16, 0xcc
	.zero	3
	.skip	4, 0x11
	.space	5
	.fill	3, 2, 0x1234
	.fill	2, 8, 0x123456789
	.fill	4
	.p2align 5, , 20
	.p2align 4, 0x90, 3
	.uleb128 0, 127, 128, 624485, first_end-first
	.sleb128 0, -1, 63, 64, -65, -123456
	.org	second + 200, 0xaa
	.dc.b	1, 2
	.dc.w	3
	.dc.l	4
	.dcb.b	3, 7
2:	.byte	0
0:	.byte	0
1:	.byte	1f-0b, 1b-2b
1:	.byte	1b-0b
	.section .rodata.mine,"a"
2:	.quad	2b, third, first
	.pushsection .data
	.byte	0x77
	.popsection
	.byte	0x66
	.previous
	.byte	0x55
	.section .rodata.mine
	.byte	0x44
	.subsection 1
third:	.byte	0x33
	.subsection 0
	.byte	0x22
	.text
	.globl	entry
	.type	entry, "function"
entry:	nop
	nop
	.size	entry, .-entry
	.comm	shared, 40, 32
	.lcomm	private, 12
	.local	hidden
	.comm	hidden, 8, 8
	.bss
	.balign	8
zeros:	.zero	24
	.data
	.quad	zeros, entry
