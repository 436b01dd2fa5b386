"""How the size of an integer instruction is found, and which AT&T suffixes it takes (Intel SDM vol. 2, each entry)."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

SUFFIX_SIZES = {"b": 1, "w": 2, "l": 4, "q": 8}
SIZE_SUFFIXES = {size: suffix for suffix, size in SUFFIX_SIZES.items()}

CONDITIONS = (
    "o", "no", "b", "c", "nae", "ae", "nb", "nc", "e", "z", "ne", "nz", "be", "na", "a", "nbe", "s", "ns", "p", "pe",
    "np", "po", "l", "nge", "ge", "nl", "le", "ng", "g", "nle",
)  # fmt: skip
"""Condition names (SDM vol. 1, appendix B)."""


@dataclass(frozen=True, slots=True)
class Family:
    """Instructions whose operand size is found in the same way."""

    shape: str
    """``same``: all general registers have one size, memory too. ``first``: the first operand's size counts (a shift's
    count does not). ``source``: the last operand's size counts. ``none``: no suffix is printed."""
    suffixes: str
    """The AT&T suffixes that exist."""
    default: str = "l"
    """What GNU as takes in AT&T text when nothing gives a size."""
    operands: tuple[int, ...] = (1, 2, 3)
    """Operand counts that exist."""


def _family(
    names: str, shape: str, suffixes: str, default: str = "l", operands: tuple[int, ...] = (2,)
) -> dict[str, Family]:
    return {name: Family(shape, suffixes, default, operands) for name in names.split()}


_CMOV = " ".join("cmov" + condition for condition in CONDITIONS)
_SET = " ".join("set" + condition for condition in CONDITIONS)

FAMILIES: dict[str, Family] = {
    **_family("add or adc sbb and sub xor cmp test mov xchg cmpxchg xadd", "same", "bwlq"),
    **_family("not neg mul inc dec", "same", "bwlq", operands=(1,)),
    **_family("div idiv", "same", "bwlq", operands=(1, 2)),
    **_family("imul", "same", "bwlq", operands=(1, 2, 3)),
    **_family("rol ror rcl rcr shl sal shr sar", "first", "bwlq", operands=(1, 2)),
    **_family("shld shrd", "first", "wlq", operands=(2, 3)),
    **_family("bt bts btr btc", "first", "wlq"),
    **_family("bsf bsr lzcnt tzcnt popcnt movbe lea", "same", "wlq"),
    **_family(_CMOV, "same", "wlq"),
    **_family("adcx adox movnti blsi blsr blsmsk", "same", "lq"),
    **_family("andn bextr bzhi mulx pdep pext sarx shlx shrx", "same", "lq", operands=(3,)),
    **_family("rorx", "same", "lq", operands=(3,)),
    **_family("nop", "same", "wlq", operands=(0, 1)),
    **_family("bswap", "same", "lq", operands=(1,)),
    **_family(_SET, "same", "b", "b", operands=(1,)),
    **_family("rdrand rdseed", "same", "wlq", operands=(1,)),
    **_family("push pop", "same", "wq", "q", operands=(1,)),
    **_family("crc32", "source", "bwlq", "l"),
    **_family("cvtsi2sd cvtsi2ss", "source", "lq", "l"),
    **_family("vcvtsi2sd vcvtsi2ss", "source", "lq", "l", operands=(3,)),
    **_family("cvtsd2si cvttsd2si cvtss2si cvttss2si", "first", "lq", "l"),
    **_family("vcvtsd2si vcvttsd2si vcvtss2si vcvttss2si", "first", "lq", "l"),
}

EXTENSIONS = {
    f"{stem}{suffixes}": (base, suffixes)
    for stem, base, pairs in (("movs", "movsx", "bw bl bq wl wq lq"), ("movz", "movzx", "bw bl bq wl wq"))
    for suffixes in pairs.split()
} | {"movsxd": ("movsx", "lq"), "movsxdl": ("movsx", "lq")}
"""AT&T's sign and zero extensions -> the manual's name and the suffixes of source and destination."""


@cache
def known_mnemonics() -> frozenset[str]:
    """The mnemonics of x86-64, without AT&T size suffixes (mnemonics.txt names its source)."""
    text = resources.files(__package__).joinpath("mnemonics.txt").read_text()
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())
