/* Typical answer: hello world
 * for Linux */
# a hash comment at line start
.section .data
msg:    .ascii  "Hello, world!\n"   // the message
len = . - msg
        .equ    len2, . - msg
buf:    .fill 4, 2, 0x1234
        .balign 4
tbl:    .word 1, 2, 3, 4
        .hword 0x55aa, -1
        .byte 'a', 'b', '\n', '\\', ' '
        .xword tbl, tbl+4
        .dword 5
        .octa 0x1234567890abcdef1234567890abcdef
        .single 1.5, -2.25e3
        .double 3.14159265358979, 0f1.5
        .align 3
ptrs:   .quad  msg, buf - msg
.section .rodata
fmt:    .asciz "%d %s\t\x41\101\n"
        .string "caf\303\251", "b"
.bss
        .lcomm scratch, 64
        .comm shared, 128, 16
        .balign 16
space:  .skip 32
.section .text.startup,"ax",@progbits
.text
.global _start
.type _start, %function
_start:
        mov     x0, #1
        ldr     x1, =msg
        ldr     x2, =len
        ldr     w3, =0x12345678
        ldr     x4, =0x1234567890abcdef
        ldr     x5, =5
        ldr     w6, =-1
        mov     x8, #64
        svc     #0
        adr     x0, 1f
        adrp    x1, msg
        add     x1, x1, :lo12:msg
        add     x1, x1, #:lo12:msg
        ldr     w2, [x1, #:lo12:tbl]
        ldrb    w2, [x1, :lo12:msg]
        mov     x2, len
        mov     w2, #len2
        mov     x2, #(len + 2) * 4
        add     x0, x0, #1, lsl #12
        add     x0, x0, 0x1000
        sub     sp, sp, #16
        stp     x29, x30, [sp, #-16]!
        mov     x29, sp
        ldp     x29, x30, [sp], #16
        cmp     x0, #0; b.eq 1f; beq 1f
        b.ne    1f
        cbz     w0, 2f
        tbnz    x0, #63, 2f
1:      nop
2:      b       1b
        bl      printf
        bl      _start
        b.hs    2b
        bhs     2b
        b.lo    2b
        bcc     2b
        mov     w0, #'A'
        mov     w0, 'A'
        cmp     w0, #'\n'
        mov     w0, #-1
        mov     x0, #0xffff0000
        movk    x0, #0xbeef, lsl #16
        movz    x0, #0xdead, lsl 48
        mvn     x0, x1
        neg     x0, x1, lsl #3
        and     x0, x1, #0xff
        orr     w0, w1, #0x80000000
        eor     x0, x1, x2, ror #7
        tst     x0, #1
        lsl     x0, x1, #3
        lsr     w0, w1, w2
        asr     x0, x1, #63
        ubfx    x0, x1, #4, #8
        sbfiz   w0, w1, #4, #8
        bfi     x0, x1, #0, #16
        madd    x0, x1, x2, x3
        smull   x0, w1, w2
        sdiv    x0, x1, x2
        msub    x3, x0, x2, x1
        csel    x0, x1, x2, lt
        cset    w0, gt
        csinc   x0, x1, xzr, ne
        ldr     x0, [x1, x2, lsl #3]
        ldr     x0, [x1, w2, sxtw #3]
        ldr     w0, [x1], #4
        str     w0, [x1, #4]!
        ldrsw   x0, [x1]
        ldrsb   w0, [x1, #1]
        strb    wzr, [x1, x2]
        ldur    x0, [x1, #-8]
        ldr     x0, [x1, #-8]
        ldxr    x0, [x1]
        stxr    w2, x0, [x1]
        ldar    w0, [x1]
        dmb     ish
        mrs     x0, tpidr_el0
        msr     nzcv, x0
        brk     #1
        hint    #34
        rbit    x0, x1
        clz     w0, w1
        rev     x0, x1
        extr    x0, x1, x2, #8
        ret     x30
        ret
        .ltorg
after:  .inst 0xd503201f
        .word  after - _start
        .p2align 4,,10
fp:     fmov    d0, #1.0
        fmov    s0, wzr
        fmov    d1, x0
        fadd    d0, d0, d1
        fcvtzs  x0, d0
        scvtf   d0, w0
        fcmp    d0, #0.0
        fcsel   d0, d1, d2, mi
        fmadd   d0, d1, d2, d3
        ldr     d0, =3
        ldr     q0, [x0], #16
        ldp     q0, q1, [x0, #32]
        ld1     {v0.16b}, [x0], #16
        ld1     {v0.4s, v1.4s}, [x0]
        st1     {v0.s}[1], [x0]
        movi    v0.4s, #0
        movi    v0.2d, #0xff00ff00ff00ff00
        add     v0.4s, v1.4s, v2.4s
        addv    s0, v0.4s
        fmla    v0.4s, v1.4s, v2.s[1]
        umov    w0, v0.s[1]
        ins     v0.d[1], x0
        mov     v0.d[0], x1
        mov     x0, v0.d[0]
        dup     v0.16b, w0
        cmeq    v0.16b, v1.16b, #0
        ext     v0.16b, v1.16b, v2.16b, #8
        tbl     v0.16b, {v1.16b, v2.16b}, v3.16b
        uaddlv  h0, v0.8b
        shl     v0.4s, v1.4s, #3
        sshr    v0.4s, v1.4s, #31
        xtn     v0.2s, v1.2d
        zip1    v0.4s, v1.4s, v2.4s
        .size _start, . - _start
