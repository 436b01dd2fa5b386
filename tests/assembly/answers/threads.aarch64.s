	.text
	.global	get
get:
	stp	x29, x30, [sp, -16]!
	adrp	x0, :tlsdesc:v
	ldr	x1, [x0, #:tlsdesc_lo12:v]
	add	x0, x0, :tlsdesc_lo12:v
	.tlsdesccall	v
	blr	x1
	mrs	x1, tpidr_el0
	add	x0, x1, x0
	ldr	w0, [x0]
	ldp	x29, x30, [sp], 16
	ret
	movz x0, #:tprel_g1:v
	movk x0, #:tprel_g0_nc:v
	movz x0, #:prel_g1:get
	movk x0, #:prel_g0_nc:get
	.section .tbss,"awT",@nobits
	.align 2
v:	.zero 4
	.text
	movz x3, #:prel_g0:1f
	movn x3, #:prel_g0:get
	movk x3, #:prel_g1_nc:get
	movz x3, #:prel_g3:get
	movz x3, #:abs_g0_s:5
	movz x3, #:tprel_g2:v
1:
