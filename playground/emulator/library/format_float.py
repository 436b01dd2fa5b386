"""Floating point to text as glibc's printf does it (%e %f %g %a): exact decimal expansion, ties to even."""

from decimal import Decimal

from playground.emulator.library.binary_float import BinaryFormat, Float


def decimal_digits(value: int) -> str:
    """The decimal digits of a non-negative integer of any size (int's own conversion stops at 4300 digits)."""
    return str(value) if value < 1 << 4096 else format(Decimal(value), "f")


def _rounded_quotient(numerator: int, denominator: int) -> int:
    quotient, remainder = divmod(numerator, denominator)
    if 2 * remainder > denominator or (2 * remainder == denominator and quotient & 1):
        quotient += 1
    return quotient


def fixed(value: Float, precision: int, alternate: bool) -> str:
    """The magnitude of a finite value as %f writes it."""
    numerator, denominator = value.ratio()
    scaled = _rounded_quotient(abs(numerator) * 10**precision, denominator)
    digits = decimal_digits(scaled).rjust(precision + 1, "0")
    whole, fraction = (digits[:-precision], digits[-precision:]) if precision else (digits, "")
    return whole + ("." if fraction or alternate else "") + fraction


def scientific_digits(value: Float, count: int) -> tuple[str, int]:
    """`count` significant decimal digits of a finite value's magnitude, and its decimal exponent."""
    numerator, denominator = value.ratio()
    numerator = abs(numerator)
    if numerator == 0:
        return "0" * count, 0
    exponent = _decimal_exponent(numerator, denominator)
    digits = decimal_digits(_scaled(numerator, denominator, count - 1 - exponent))
    return (digits[:count], exponent + 1) if len(digits) > count else (digits, exponent)


def _decimal_exponent(numerator: int, denominator: int) -> int:
    """The e with 10**e <= numerator / denominator < 10**(e + 1)."""
    estimate = (numerator.bit_length() - denominator.bit_length() - 1) * 30103 // 100000
    while _at_least(numerator, denominator, estimate + 1):
        estimate += 1
    while not _at_least(numerator, denominator, estimate):
        estimate -= 1
    return estimate


def _at_least(numerator: int, denominator: int, power: int) -> bool:
    return numerator >= denominator * 10**power if power >= 0 else numerator * 10**-power >= denominator


def _scaled(numerator: int, denominator: int, power: int) -> int:
    """numerator / denominator * 10**power, rounded."""
    if power >= 0:
        return _rounded_quotient(numerator * 10**power, denominator)
    return _rounded_quotient(numerator, denominator * 10**-power)


def exponential(value: Float, precision: int, alternate: bool) -> str:
    """The magnitude as %e writes it."""
    digits, exponent = scientific_digits(value, precision + 1)
    point = "." if precision or alternate else ""
    return f"{digits[0]}{point}{digits[1:]}e{exponent:+03d}"


def general(value: Float, precision: int, alternate: bool) -> str:
    """The magnitude as %g writes it (C11 7.21.6.1 paragraph 8)."""
    precision = precision or 1
    digits, exponent = scientific_digits(value, precision)
    if exponent < -4 or exponent >= precision:
        fraction = digits[1:] if alternate else digits[1:].rstrip("0")
        point = "." if fraction or alternate else ""
        return f"{digits[0]}{point}{fraction}e{exponent:+03d}"
    if exponent >= 0:
        whole, fraction = digits[: exponent + 1], digits[exponent + 1 :]
    else:
        whole, fraction = "0", "0" * (-exponent - 1) + digits
    if not alternate:
        fraction = fraction.rstrip("0")
    return whole + ("." if fraction or alternate else "") + fraction


def hexadecimal(value: Float, precision: int | None, alternate: bool, source: BinaryFormat) -> str:
    """The magnitude as %a writes it. x87 values keep four bits before the point, as glibc prints them."""
    leading_bits = 4 if source.explicit_leading_bit else 1
    fraction_bits = source.precision - leading_bits
    fraction_digits = -(-fraction_bits // 4)
    mantissa, exponent = _aligned(value, source)
    mantissa <<= fraction_digits * 4 - fraction_bits
    exponent = 0 if mantissa == 0 else exponent + fraction_bits
    if precision is not None and precision < fraction_digits:
        mantissa = _rounded_quotient(mantissa, 1 << 4 * (fraction_digits - precision))
        fraction_digits = precision
    leading, fraction_value = divmod(mantissa, 1 << 4 * fraction_digits)
    fraction = f"{fraction_value:0{fraction_digits}x}" if fraction_digits else ""
    fraction = fraction.rstrip("0") if precision is None else fraction.ljust(precision, "0")
    if leading > 15:
        leading, exponent = leading >> 4, exponent + 4
    point = "." if fraction or alternate else ""
    return f"0x{leading:x}{point}{fraction}p{exponent:+d}"


def _aligned(value: Float, source: BinaryFormat) -> tuple[int, int]:
    """Mantissa and exponent with the format's full precision, or at the least exponent when subnormal."""
    if value.mantissa == 0:
        return 0, 0
    shift = source.precision - value.mantissa.bit_length()
    shift = min(shift, value.exponent - source.least_exponent)
    mantissa = value.mantissa << shift if shift >= 0 else value.mantissa >> -shift
    return mantissa, value.exponent - shift
