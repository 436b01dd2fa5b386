"""Instructions without operands, string instructions and prefixes: bytes from the opcode lines of Intel SDM vol. 2.

Keystone 0.9.2 lacks several of them (endbr64, serialize …) and accepts others in some dialects only; as a table they
are the same in every dialect.
"""

PREFIXES: dict[str, bytes] = {
    "lock": b"\xf0",  # 2.1.1 group 1
    "rep": b"\xf3", "repe": b"\xf3", "repz": b"\xf3",  # 2.1.1 group 1
    "repne": b"\xf2", "repnz": b"\xf2",  # 2.1.1 group 1
    "xacquire": b"\xf2", "xrelease": b"\xf3",  # vol. 1, 16.3.3 hardware lock elision
    "bnd": b"\xf2",  # vol. 1, appendix E.4.1 (MPX)
    "notrack": b"\x3e",  # vol. 1, 17.3.1 no-track prefix
    "cs": b"\x2e", "ss": b"\x36", "ds": b"\x3e", "es": b"\x26", "fs": b"\x64", "gs": b"\x65",  # 2.1.1 group 2
    "data16": b"\x66", "addr32": b"\x67", "o16": b"\x66", "a32": b"\x67",  # 2.1.1 groups 3 and 4
    "rex64": b"\x48", "rex.w": b"\x48", "rex": b"\x40",  # 2.2.1
}  # fmt: skip
"""Prefixes that stand as a word in front of an instruction. A REX prefix must come last; text that does otherwise gets
what it wrote."""

_ROWS = """
nop 90 | ret c3 | retq c3 | retn c3 | lret cb | retf cb | lretq 48cb | retfq 48cb | leave c9 | leaveq c9
leavew 66c9 | hlt f4 | int3 cc | syscall 0f05 | sysret 0f07 | sysretl 0f07 | sysretq 480f07 | sysenter 0f34
sysexit 0f35 | cpuid 0fa2 | rdtsc 0f31 | rdtscp 0f01f9 | rdpmc 0f33 | rdmsr 0f32 | wrmsr 0f30 | rsm 0faa
pause f390 | ud2 0f0b | ud2a 0f0b | endbr64 f30f1efa | endbr32 f30f1efb | mfence 0faef0 | lfence 0faee8
sfence 0faef8 | emms 0f77 | femms 0f0e | wbinvd 0f09 | invd 0f08 | clts 0f06 | swapgs 0f01f8 | monitor 0f01c8
mwait 0f01c9 | xgetbv 0f01d0 | xsetbv 0f01d1 | xend 0f01d5 | xtest 0f01d6 | clac 0f01ca | stac 0f01cb
serialize 0f01e8 | wbnoinvd f30f09 | rdpru 0f01fd | clzero 0f01fc | vmcall 0f01c1 | vmlaunch 0f01c2
vmresume 0f01c3 | vmxoff 0f01c4 | vmfunc 0f01d4 | vmmcall 0f01d9 | saveprevssp f30f01ea | setssbsy f30f01e8
xsusldtrk f20f01e8 | xresldtrk f20f01e9 | vzeroall c5fc77 | vzeroupper c5f877 | cbw 6698 | cbtw 6698 | cwde 98
cwtl 98 | cdqe 4898 | cltq 4898 | cwd 6699 | cwtd 6699 | cdq 99 | cltd 99 | cqo 4899 | cqto 4899 | clc f8 | cld fc
cli fa | cmc f5 | stc f9 | std fd | sti fb | lahf 9f | sahf 9e | pushf 9c | pushfq 9c | pushfw 669c | popf 9d
popfq 9d | popfw 669d | iret cf | iretl cf | iretd cf | iretw 66cf | iretq 48cf | xlat d7 | xlatb d7 | movsb a4
movsw 66a5 | movsl a5 | movsd a5 | movsq 48a5 | cmpsb a6 | cmpsw 66a7 | cmpsl a7 | cmpsd a7 | cmpsq 48a7 | stosb aa
stosw 66ab | stosl ab | stosd ab | stosq 48ab | lodsb ac | lodsw 66ad | lodsl ad | lodsd ad | lodsq 48ad | scasb ae
scasw 66af | scasl af | scasd af | scasq 48af | insb 6c | insw 666d | insl 6d | insd 6d | outsb 6e | outsw 666f
outsl 6f | outsd 6f | fwait 9b | wait 9b | f2xm1 d9f0 | fabs d9e1 | fchs d9e0 | fclex 9bdbe2 | fnclex dbe2
fcos d9ff | fdecstp d9f6 | fincstp d9f7 | finit 9bdbe3 | fninit dbe3 | fld1 d9e8 | fldl2t d9e9 | fldl2e d9ea
fldpi d9eb | fldlg2 d9ec | fldln2 d9ed | fldz d9ee | fnop d9d0 | fpatan d9f3 | fprem d9f8 | fprem1 d9f5 | fptan d9f2
frndint d9fc | fscale d9fd | fsin d9fe | fsincos d9fb | fsqrt d9fa | ftst d9e4 | fxam d9e5 | fxtract d9f4
fyl2x d9f1 | fyl2xp1 d9f9 | fcompp ded9 | fucompp dae9
"""
"""``mnemonic bytes``: each is the opcode line of the SDM entry of that name; cwtl, cltq, cqto … are AT&T's names
(as.info, "i386-Mnemonics") of cwde, cdqe, cqo …; rdpru, clzero, femms and vmmcall: AMD APM vol. 3."""

FIXED: dict[str, bytes] = {
    name: bytes.fromhex(code)
    for row in _ROWS.strip().splitlines()
    for name, code in (cell.split() for cell in row.split("|"))
}
"""Mnemonic without operands -> bytes."""

STRING_INSTRUCTIONS: dict[str, tuple[bytes, bytes]] = {
    "movs": (b"\xa4", b"\xa5"),
    "cmps": (b"\xa6", b"\xa7"),
    "stos": (b"\xaa", b"\xab"),
    "lods": (b"\xac", b"\xad"),
    "scas": (b"\xae", b"\xaf"),
    "ins": (b"\x6c", b"\x6d"),
    "outs": (b"\x6e", b"\x6f"),
}
"""Opcode of the byte form and of the wider forms (SDM vol. 2, MOVS, CMPS, STOS, LODS, SCAS, INS, OUTS)."""
