; position of comments; strings; line continuations
        global  main
        extern  printf
        SECTION .TEXT2 progbits alloc exec nowrite align=16
        section .text
main:   push    rbx                     ; we have to save this
        mov     ecx, 90                 ; countdown "quoted ; text"
        xor     rax, rax ; 'x'
print:
        push    rax
        mov     rdi, format
        mov     rsi, rax
        xor     rax, rax
        call    printf
        pop     rcx
        pop     rax
        mov     rdx, rax
        mov     rax, rbx
        add     rbx, rdx
        dec     ecx
        jnz     print
        pop     rbx
        ret
format: db  "%20ld", 10, 0
        db \
          1, \
          2
%ifdef __OUTPUT_FORMAT__
  db 1
%endif
%ifidn __OUTPUT_FORMAT__, elf64
  db 2
%endif
%if __BITS__ == 64
  db 3
%endif
foo equ 10
%if foo > 5
  db 4
%endif
a: db 1
.b: db 2
a2: db 3
  .b: db 4
  dq a.b, a2.b
  dw a2 - a
  dd $ - a
%define ctr 3
%rep ctr
  db ctr
%endrep
TIMES 4 DB 0xFF
times 16 - ($ - a) % 16 nop
ALIGN 16
MOV EAX, DWORD [RBX+RCX*4+FOO2]
FOO2 EQU 0x10
align 32, db 0
align 8, int3
 dd 0x10, 10h, $10, 0x_10, 10, 010, 0o17, 0q17, 17q, 17o, 0b11, 11b, 0y11, 11y, 0d10, 10d, 0ah, 0Ah
 db '\n', "\n", `\n\x41\101\u263a`
 db "UTF-8: é ☺"
 dt 1.0, -2.5
 dd 1.5e3, 1e-3
 dw 1.0
 dd __Infinity__, -__Infinity__, __NaN__
 dq 1.7976931348623157e308, 4.9e-324
 resb 4
 db 5 dup (1, 2)
 dw 3 dup (?)
 db ?, ?
 dq 1 ? 2 : 3
 dd 10 / 3, 10 % 3, -10 // 3, 10 %% 3, 1 << 4, 0xf0 >> 4, 5 & 3, 5 | 3, 5 ^ 3, ~1, !1, -1
 dd 3 == 3, 3 != 3, 2 < 3, 2 <= 3, 3 > 2, 1 && 0, 1 || 0, 1 ^^ 1
