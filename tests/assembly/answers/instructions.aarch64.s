	.arch armv8.5-a+crypto+fp16
	.text
	.section .text.unlikely,"ax",@progbits
	.align 2
	.p2align 4,,11
	.global main
	.type main, %function
main:
.LFB0:
	hint 34
	stp x29, x30, [sp, -48]!
	mov x29, sp ; mov w0, 1 ; nop
	LDR X0, [SP, #16]
	Mov W1, #0X10
	mov x0, 0b1010
	mov w0, 017
	add sp, sp, 48
	add x0, sp, 16
	sub sp, sp, #4096
	sub sp, sp, #0x10, lsl 12
	add x0, x1, w2, sxtw
	add x0, x1, w2, sxtw 3
	add x0, x1, x2, lsl 3
	add w0, w1, w2, uxtb
	cmp x0, x1, lsl 2
	cmp w0, w1, uxth
	cmp x0, -1
	cmn w0, 5
	tst w0, 0xff
	tst x0, x1
	ands w0, w1, 0x0f0f0f0f
	bic w0, w1, 0xff
	orr x0, xzr, 0x5555555555555555
	eor w0, w0, -2
	mvn w0, w1, asr 3
	movi d0, 0
	movi v0.8b, 0x5
	movi v1.4s, 0x12, lsl 8
	mvni v1.4s, 0x1
	movi v2.2d, 0xffffffffffffffff
	fmov v0.4s, 1.5
	fmov s0, 2.0e+0
	fmov d0, -1.0e+1
	fmov x0, v0.d[1]
	orr v0.4s, 1
	bic v0.8h, 1, lsl 8
	bfc w0, 3, 4
	bfxil x0, x1, 3, 4
	uxtb w0, w1
	sxth x0, w1
	lsl w0, w1, 31
	lsr x0, x1, 63
	ror w0, w1, 1
	ldr w0, [x1, 4]!
	ldr w0, [x1], -4
	ldr x0, [x1, w2, uxtw]
	ldr x0, [x1, w2, uxtw 3]
	ldr x0, [x1, x2, sxtx]
	ldr x0, [x1, x2, sxtx 3]
	ldr w0, [x1, -256]
	ldr w0, [x1, 16380]
	ldr x0, [x1, 255]
	str q0, [x1, 65520]
	strh w0, [x1, 8190]
	ldrb w0, [x1, x2]
	ldrsb x0, [x1, w2, sxtw]
	ldp w0, w1, [x2, -256]
	ldp x0, x1, [x2], 504
	stp d8, d9, [sp, -16]!
	stp q0, q1, [sp, 1008]
	ldp s0, s1, [x0, 4]
	ldxp x0, x1, [x2]
	stxp w3, x0, x1, [x2]
	ldarb w0, [x1]
	stlrh w0, [x1]
	ldxrb w0, [x1]
	prfm pstl1strm, [x0, 8]
	prfm 5, [x0]
	dmb ishst
	dsb #15
	isb sy
	clrex
	mrs x0, ctr_el0
	mrs x0, dczid_el0
	mrs x1, nzcv
	msr fpcr, x0
	mrs x0, midr_el1
	svc 0x80
	brk 0xf000
	udf 0
	b.al 1f
	b.cs 1f
	bne 1f
	bls 1f
	cbnz w0, 1f
	tbz w0, 31, 1f
	adr x0, 1f
	adr x0, main
	adrp x0, msg+8
	add x0, x0, :lo12:msg+8
	ldr w0, [x0, :lo12:msg+8]
	ldr d0, [x0, #:lo12:dbl]
	ldr q1, [x0, #:lo12:dbl]
	ldrh w0, [x0, #:lo12:msg]
	ldr x0, =main
	ldr x1, =msg+4
	ldr w2, =0xdeadbeef
	ldr x3, =0x123456789abcdef0
	ldr x4, =main
	ldr d1, =0x3ff0000000000000
	ldr s1, =0x3f800000
	ldrsw x5, =-5
	ldr q0, =0x1
	adrp x0, :got:puts
	ldr x0, [x0, :got_lo12:puts]
	bl puts
	blr x0
	br x1
	ret
	ret x1
	eret
1:	fadd s0, s1, s2
	fsub d0, d1, d2
	fmul v0.2d, v1.2d, v2.2d
	fmul v0.4s, v1.4s, v2.s[3]
	fdiv v0.4s, v1.4s, v2.4s
	fmla v0.2d, v1.2d, v2.d[1]
	fnmul d0, d1, d2
	fnmadd d0, d1, d2, d3
	fmax s0, s1, s2
	fminnm d0, d1, d2
	fabs v0.4s, v1.4s
	fsqrt d0, d1
	frinta d0, d1
	frintx s0, s1
	fcvt s0, d1
	fcvt d0, h1
	fcvtas w0, s1
	fcvtmu x0, d1
	fcvtzs v0.4s, v1.4s
	fcvtzs x0, d0, 3
	scvtf d0, x0
	scvtf v0.2d, v1.2d
	ucvtf s0, w0, #4
	fcmpe d0, d1
	fcmp s0, 0.0
	fccmp d0, d1, 0, ne
	fcmgt v0.4s, v1.4s, 0.0
	fcmeq v0.2d, v1.2d, v2.2d
	add d0, d1, d2
	addp v0.4s, v1.4s, v2.4s
	addp d0, v1.2d
	faddp s0, v1.2s
	saddlv d0, v1.4s
	smaxv b0, v1.16b
	uaddl v0.8h, v1.8b, v2.8b
	uaddl2 v0.8h, v1.16b, v2.16b
	uaddw v0.4s, v1.4s, v2.4h
	umlal v0.4s, v1.4h, v2.4h
	smull2 v0.2d, v1.4s, v2.s[1]
	mla v0.8h, v1.8h, v2.h[7]
	sqdmulh v0.4s, v1.4s, v2.4s
	cmhi v0.4s, v1.4s, v2.4s
	cmge v0.16b, v1.16b, 0
	cmtst v0.2d, v1.2d, v2.2d
	sshl v0.4s, v1.4s, v2.4s
	ushr v0.16b, v1.16b, 7
	ssra v0.2d, v1.2d, 63
	sli v0.4s, v1.4s, 3
	sri v0.8h, v1.8h, 16
	shrn v0.2s, v1.2d, 32
	shrn2 v0.16b, v1.8h, 1
	sshll v0.8h, v1.8b, 0
	sxtl v0.2d, v1.2s
	uxtl2 v0.4s, v1.8h
	sqxtn v0.8b, v1.8h
	rev64 v0.16b, v1.16b
	cnt v0.8b, v1.8b
	not v0.16b, v1.16b
	mvn v0.8b, v1.8b
	neg v0.4s, v1.4s
	and v0.16b, v1.16b, v2.16b
	orr v0.8b, v1.8b, v2.8b
	mov v0.16b, v1.16b
	mov v0.s[0], v1.s[2]
	mov v0.b[15], w1
	mov w0, v1.s[1]
	mov d0, v1.d[1]
	smov x0, v1.h[3]
	umov w0, v1.b[15]
	dup v0.4s, v1.s[0]
	dup v0.2d, x1
	dup s0, v1.s[3]
	uzp2 v0.8h, v1.8h, v2.8h
	trn1 v0.2d, v1.2d, v2.2d
	tbx v0.8b, {v1.16b}, v2.8b
	tbl v0.16b, {v1.16b - v4.16b}, v5.16b
	bsl v0.16b, v1.16b, v2.16b
	bif v0.8b, v1.8b, v2.8b
	ld1 {v0.2d}, [x0]
	ld1 {v0.16b - v3.16b}, [x0], 64
	ld2 {v0.4s, v1.4s}, [x0], x1
	ld3 {v0.8b - v2.8b}, [x0]
	ld4 {v0.h, v1.h, v2.h, v3.h}[7], [x0]
	ld1r {v0.4s}, [x0]
	ld1 {v0.b}[1], [x0], 1
	st1 {v0.2d, v1.2d}, [x0]
	st2 {v0.16b, v1.16b}, [x0], 32
	sha256h q0, q1, v2.4s
	aese v0.16b, v1.16b
	pmull v0.1q, v1.1d, v2.1d
	crc32cx w0, w1, x2
	fmov h0, 1.0
	fadd h0, h1, h2
	.section .rodata
	.align 4
dbl:	.double 0.5, 1.0
msg:	.string "hello\n"
	.zero 1
	.word	main-msg, . - msg
	.xword	main
	.2byte 0x1234
	.4byte 0x12345678
	.8byte 1
	.float 1.5e-3
	.text
	.ltorg
	.set .Lalias, main
	b .Lalias
	.weak maybe
	cbz x0, main
	.hidden main
	.local loc
	.comm loc, 8, 8
