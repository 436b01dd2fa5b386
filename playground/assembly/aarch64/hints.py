"""Instructions without operands that Keystone lacks: hints, pointer authentication, flag and barrier forms."""

HINTS = {
    # Arm ARM C6.2.101 HINT: CRm:op2 numbers
    "xpaclri": 7, "pacia1716": 8, "pacib1716": 10, "autia1716": 12, "autib1716": 14, "esb": 16, "psb csync": 17,
    "tsb csync": 18, "csdb": 20, "clearbhb": 22, "paciaz": 24, "paciasp": 25, "pacibz": 26, "pacibsp": 27, "autiaz": 28,
    "autiasp": 29, "autibz": 30, "autibsp": 31, "bti": 32, "bti c": 34, "bti j": 36, "bti jc": 38, "dgh": 6,
}  # fmt: skip
"""Hint space instructions: any processor steps over those that it does not know."""

PLAIN = {
    "retaa": 0xD65F0BFF,  # C6.2.221 RETAA
    "retab": 0xD65F0FFF,
    "eretaa": 0xD69F0BFF,  # C6.2.99
    "eretab": 0xD69F0FFF,
    "cfinv": 0xD500401F,  # C6.2.49
    "axflag": 0xD500405F,  # C6.2.26
    "xaflag": 0xD500403F,  # C6.2.380
    "sb": 0xD50330FF,  # C6.2.235
    "ssbb": 0xD503309F,
    "pssbb": 0xD503349F,
}
"""Whole instruction words."""


def encode_plain(mnemonic: str, operands: str) -> int | None:
    """The word of an operand-less instruction (``bti c`` counts as one), None for any other."""
    name = f"{mnemonic} {operands.lower()}".strip()
    if name in HINTS:
        return 0xD503201F | HINTS[name] << 5
    return PLAIN.get(name)
