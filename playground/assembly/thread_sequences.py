"""x86-64's calls for general- and local-dynamic thread-local storage, relaxed as ld relaxes them for a static image.

The compiler pads the call so that the local-exec sequence has the same length (U. Drepper, "ELF Handling For
Thread-Local Storage", 5.5; bfd/elf64-x86-64.c, elf_x86_64_relocate_section), which is laid over it once all bytes are
written::

    data16 leaq x@tlsgd(%rip), %rdi; .value 0x6666; rex64; call __tls_get_addr    movq %fs:0, %rax; leaq x@tpoff(%rax), %rax
    leaq x@tlsld(%rip), %rdi; call __tls_get_addr                                 data16 …; movq %fs:0, %rax
"""  # noqa: E501

from playground.assembly.encoding import FixupKind

_LEA = b"\x48\x8d\x3d"
_THREAD_POINTER = b"\x64\x48\x8b\x04\x25\0\0\0\0"
"""movq %fs:0, %rax"""
_GENERAL_CALLS = (b"\x66\x66\x48\xe8", b"\x66\x48\xff\x15")
"""What stands behind the padded lea: the call, or the call through the global offset table (-fno-plt)."""
_LOCAL_CALLS = {b"\xe8": 12, b"\xff\x15": 13}
"""First bytes of the call behind the lea -> length of the whole sequence."""

SEQUENCES = frozenset({FixupKind.TLSGD, FixupKind.TLSLD})


def relax(data: bytearray, place: int, kind: FixupKind, offset: int) -> bool:
    """Lays the local-exec sequence over that whose lea has its field at `place`; `offset` is from the thread pointer.

    False when the bytes around `place` are no such sequence; they are left alone then.
    """
    if data[place - 3 : place] != _LEA:
        return False
    if kind is FixupKind.TLSLD:
        length = next((n for call, n in _LOCAL_CALLS.items() if data[place + 4 :].startswith(call)), 0)
        if not length:
            return False
        data[place - 3 : place - 3 + length] = _THREAD_POINTER.rjust(length, b"\x66")
        return True
    if data[place - 4] != 0x66 or not data[place + 4 :].startswith(_GENERAL_CALLS):
        return False
    address = b"\x48\x8d\x80" + offset.to_bytes(4, "little", signed=True)
    data[place - 4 : place + 12] = _THREAD_POINTER + address
    return True
