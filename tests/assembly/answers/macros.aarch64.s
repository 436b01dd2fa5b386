	.arch armv8.5-a+crypto+fp16
	.file "x.c"
	.text
	.align	2
	.global	fact
	.type	fact, %function
fact:
.LFB0:
	.cfi_startproc
	cmp	w0, 1
	ble	.L3
	stp	x29, x30, [sp, -32]!
	.cfi_def_cfa_offset 32
	mov	x29, sp
	str	x19, [sp, 16]
	mov	w19, w0
	sub	w0, w0, #1
	bl	fact
	mul	w0, w0, w19
	ldr	x19, [sp, 16]
	ldp	x29, x30, [sp], 32
	ret
.L3:
	mov	w0, 1
	ret
	.cfi_endproc
.macro push reg
	str \reg, [sp, #-16]!
.endm
.macro pop reg
	ldr \reg, [sp], #16
.endm
.macro movi64 rd, val
	movz \rd, #((\val) & 0xffff)
	movk \rd, #(((\val) >> 16) & 0xffff), lsl #16
	movk \rd, #(((\val) >> 32) & 0xffff), lsl #32
	movk \rd, #(((\val) >> 48) & 0xffff), lsl #48
.endm
.macro repeat n=3, what:req
	.rept \n
	\what
	.endr
.endm
.macro args first, rest:vararg
	.quad \first
	.ifnb \rest
	args \rest
	.endif
.endm
counter .req x20
	push x0
	pop x0
	movi64 x5, 0x1122334455667788
	repeat what=nop
	repeat 2, "add x0, x0, x0"
	mov counter, #0
	add counter, counter, #1
	.unreq counter
table:
	args 1, 2, 3, table
	.irp r, x0, x1, x2
	mov \r, xzr
	.endr
	.irpc d, 0123
	mov x\d, #\d
	.endr
	.set i, 0
	.rept 4
	.byte i
	.set i, i+1
	.endr
	.balign 4
	.if i == 4
	nop
	.else
	.error "bad"
	.endif
	.ifdef fact
	nop
	.endif
	.ifndef nothing
	nop
	.endif
	b fact
	b .
	b . + 8
	adr x0, .
	adr x0, . - 4
	cbz x0, . + 12
	ldr x0, . + 8
	ldr x0, table
	ldrsw x0, table
	prfm pldl1keep, [x0]
	prfm pldl1keep, [x0, #64]
	sys #3, c7, c5, #1, x0
	dc zva, x0
	ic ivau, x0
	yield
	wfe
	sev
	isb
	dsb sy
	mrs x0, cntvct_el0
	mrs x0, s3_3_c14_c0_2
	mrs x1, fpcr
	msr fpsr, xzr
	ldaxr w0, [x1]
	stlxr w2, w0, [x1]
	stlr w0, [x1]
	ldadd w0, w1, [x2]
	casal x0, x1, [x2]
	swp w0, w1, [x2]
	crc32b w0, w1, w2
	ccmp x0, #1, #4, eq
	ccmn w0, w1, #0, ne
	adds x0, x1, w2, uxtw #2
	subs xzr, x1, #1
	cmn x0, #1
	cmp sp, x1
	cmp x0, w1, sxtw
	ands x0, x1, #0x7
	bics x0, x1, x2
	orn x0, x1, x2
	adc x0, x1, x2
	sbcs x0, x1, x2
	ngc x0, x1
	umulh x0, x1, x2
	smaddl x0, w1, w2, x3
	umsubl x0, w1, w2, x3
	mneg x0, x1, x2
	ror x0, x1, #3
	rev16 w0, w1
	rev32 x0, x1
	cls x0, x1
	sxtb x0, w1
	uxth w0, w1
	sxtw x0, w1
	cinc x0, x1, eq
	cneg w0, w1, lt
	csetm x0, hi
	csinv x0, x1, x2, vs
	movn x0, #5
	mov x0, sp
	mov sp, x0
	mov w0, wzr
	mov x0, #-5
	mov w0, #0xffff0000
	mov x0, #0xaaaaaaaaaaaaaaaa
	mov x1, -0x10001
	ldnp x0, x1, [x2]
	stnp q0, q1, [x2, #32]
	ldpsw x0, x1, [x2]
	ldtr x0, [x1]
	str b0, [x0, #1]
	str h0, [x0, #2]
	ldr s0, [x0, x1, lsl #2]
	ldr d0, [x0, #8]!
	str q0, [sp, #-16]!
	ldrh w0, [x1, #2]
	ldrsh x0, [x1], #2
	strh w0, [x1, x2, lsl #1]
