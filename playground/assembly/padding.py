"""What GNU as puts between code that is aligned: no-operations."""

_X86_NOPS = (
    "90",
    "6690",
    "0f1f00",
    "0f1f4000",
    "0f1f440000",
    "660f1f440000",
    "0f1f8000000000",
    "0f1f840000000000",
    "660f1f840000000000",
    "662e0f1f840000000000",
    "66662e0f1f840000000000",
)
"""The recommended multi-byte sequences (Intel SDM vol. 2B, NOP), by length from 1; as GNU as extends them."""

_NOPS = {
    "x86_64": tuple(bytes.fromhex(code) for code in _X86_NOPS),
    "aarch64": (b"", b"", b"", b"\x1f\x20\x03\xd5"),
}


def code_padding(arch: str, size: int) -> bytes:
    """`size` bytes that the processor steps over. On aarch64 what is less than an instruction comes first, as zeros."""
    nops = _NOPS[arch]
    longest = len(nops)
    rest = size % longest
    if arch == "aarch64":
        return bytes(rest) + nops[-1] * (size // longest)
    return nops[-1] * (size // longest) + (nops[rest - 1] if rest else b"")


def pattern_padding(pattern: bytes, size: int) -> bytes:
    """`size` bytes of a repeated pattern; a rest shorter than the pattern comes first, as zeros."""
    return bytes(size % len(pattern)) + pattern * (size // len(pattern))
