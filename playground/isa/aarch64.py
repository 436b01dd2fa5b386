"""AArch64: AAPCS64 (Arm IHI 0055, sections 6.1 and 6.8), Linux system calls (man 2 syscall)."""

from playground.isa.architecture import Architecture, CallConvention, SyscallConvention

AARCH64 = Architecture(
    name="aarch64",
    title="AArch64",
    syntaxes=("gas",),
    general_registers=(*(f"x{i}" for i in range(31)), "sp"),
    vector_registers=tuple(f"v{i}" for i in range(32)),
    flags_register="nzcv",
    stack_pointer="sp",
    frame_pointer="x29",
    program_counter="pc",
    call=CallConvention(
        source="AAPCS64 (IHI 0055) 6.1.1 general registers, 6.1.2 SIMD registers, 6.4 stack, 6.8.2 parameters",
        integer_arguments=tuple(f"x{i}" for i in range(8)),
        float_arguments=tuple(f"v{i}" for i in range(8)),
        integer_results=("x0", "x1"),
        float_results=("v0", "v1", "v2", "v3"),
        callee_saved=tuple(f"x{i}" for i in range(19, 30)),
        callee_saved_low_halves=tuple(f"v{i}" for i in range(8, 16)),
        link_register="x30",
        vector_count_register=None,
        indirect_result_register="x8",
        stack_alignment=16,
        red_zone=0,
    ),
    syscall=SyscallConvention(number="x8", arguments=tuple(f"x{i}" for i in range(6)), result="x0"),
    fixed_instruction_bytes=4,
    keystone=("KS_ARCH_ARM64", "KS_MODE_LITTLE_ENDIAN"),
    unicorn=("UC_ARCH_ARM64", "UC_MODE_ARM", "UC_CPU_ARM64_MAX"),
    elf_machine=183,
    platform="aarch64",
    gnu_triplet="aarch64-linux-gnu",
)
