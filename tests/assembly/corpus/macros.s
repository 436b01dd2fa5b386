	.data
	.macro	pair a, b=7
	.byte	\a, \b
	.endm
	.macro	list first, rest:vararg
	.byte	\first
	.ifnb	\rest
	list	\rest
	.endif
	.endm
	.macro	count to, from=0
	.byte	\from
	.if	\to-\from
	count	"(\to)", "(\from+1)"
	.endif
	.endm
	.macro	unique
label\@:	.byte	label\@ - start
	.endm
	.macro	leave n
	.if	\n
	.exitm
	.endif
	.byte	0xee
	.endm
	.macro	joined x
name\x\()_end:	.byte	\x
	.endm
start:
	pair	1
	pair	2, 3
	pair	b=4, a=5
	list	1, 2, 3, 4
	count	3
	unique
	unique
	leave	0
	leave	1
	joined	9
	.byte	name9_end - start
	.rept	3
	.byte	0xab
	.endr
	.irp	v, 1, 2, 3
	.byte	\v*2
	.endr
	.irpc	d, 123
	.byte	0x\d
	.endr
	.rept	2
	.rept	2
	.byte	0xcd
	.endr
	.endr
	.if	start - start
	.byte	1
	.elseif	1
	.byte	2
	.else
	.byte	3
	.endif
	.ifdef	start
	.byte	4
	.endif
	.ifndef	start
	.byte	5
	.else
	.byte	6
	.endif
	.ifeq	0
	.byte	7
	.endif
	.ifgt	5
	.byte	8
	.endif
	.ifc	abc, abc
	.byte	9
	.endif
	.if	0
	.macro	never
	.byte	10
	.endm
	.if	1
	.byte	11
	.endif
	.endif
	.set	n, 0
	.rept	4
	.byte	n
	.set	n, n+1
	.endr
	.purgem	pair
	.text
	nop
