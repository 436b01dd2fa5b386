"""An angle in float less the nearest multiple of pi / 2, as a double."""

import math
import struct

from playground.emulator.library.contracted.arithmetic import fma

HALF_PI = math.pi / 2
TWO_OVER_PI = 2 / math.pi
TWO_OVER_PI_BITS = 0xA2F9836E4E441529FC2757D1F534DDC0DB6295993C439041
"""192 bits after the point."""


def reduced_quadrant(x: float) -> tuple[int, float]:
    """The quadrant, to be taken modulo 4, and the rest."""
    if abs(x) >= 120.0:
        quadrant, rest = large_quadrant(x)
        return quadrant, -rest if x < 0 else rest
    quadrant = _nearest(float(x) * TWO_OVER_PI)
    return quadrant, fma(-float(quadrant), HALF_PI, float(x))


def _nearest(x: float) -> int:
    """Ties away from zero."""
    return int(math.copysign(math.floor(abs(x) + 0.5), x))


def large_quadrant(x: float) -> tuple[int, float]:
    """The same of a float of at least 2, its sign ignored: 96 bits of 2 / pi, fixed point."""
    (bits,) = struct.unpack("<I", struct.pack("<f", abs(x)))
    window = (bits >> 26) & 15
    first, second, third = ((TWO_OVER_PI_BITS >> (184 - 8 * (window + k))) & 0xFFFFFFFF for k in (0, 4, 8))
    mantissa = ((bits & 0xFFFFFF) | 0x800000) << ((bits >> 23) & 7)
    turn = ((mantissa * third >> 32) | (mantissa * first << 32)) + mantissa * second & (1 << 64) - 1
    quadrant = (turn + (1 << 61)) % (1 << 64) >> 62
    rest = (turn - (quadrant << 62)) % (1 << 64)
    if rest >= 1 << 63:
        rest -= 1 << 64
    return quadrant, rest * float.fromhex("0x1.921FB54442D18p-62")
