.text
.globl f
f:
	.struct 8
a_off: .skip 8
b_off: .word 0
	.align 3
c_off: .struct c_off + 16
size:
	.text
	ldr x0, [x1, a_off]
	ldr w0, [x1, #b_off]
	mov x0, #c_off
	mov x0, #size
	ret
	.data
	.quad size
