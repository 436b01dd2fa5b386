"""aarch64 instructions: GNU as operands into canonical text for Keystone, and our own encodings where it fails."""

from playground.assembly.aarch64.encoder import Aarch64Encoder

__all__ = ["Aarch64Encoder"]
