"""Exact and near repeats of assembly bodies: MinHash over four-token shingles, banded, then the exact Jaccard index.

Broder 1997, "On the resemblance and containment of documents"; banding as in Leskovec, Rajaraman, Ullman, "Mining of
Massive Datasets", 3.4: 16 bands of 8 rows find a pair of resemblance 0.9 with probability 0.9999.
"""

import re
import zlib
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BANDS, ROWS = 16, 8
SHINGLE_TOKENS = 4
_TOKEN = re.compile(r"[\w.$]+|\S")
_LABEL = re.compile(r"^([A-Za-z_][\w.$]*):", re.MULTILINE)
_PRIME = (1 << 61) - 1
_RANDOM = np.random.RandomState(20240229)
_FACTORS = _RANDOM.randint(1, 1 << 28, BANDS * ROWS).astype(np.uint64)
_OFFSETS = _RANDOM.randint(0, 1 << 60, BANDS * ROWS).astype(np.uint64)

Shingles = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class _Kept:
    shingles: Shingles
    split: str


class Repeats:
    """What was kept so far, by likeness."""

    def __init__(self, *, resemblance: float, quota: int) -> None:
        self._resemblance = resemblance
        self._quota = quota
        self._bands: defaultdict[tuple[str, int, bytes], list[_Kept]] = defaultdict(list)

    def refusal(self, assembly: str, kind: str, split: str) -> str:
        """Why this body is one too many; empty, and remembered, when it is not.

        A body may come `quota` times (under other names and requests), and never in two of the dataset's files.
        """
        shingles = shingles_of(assembly)
        keys = [(kind, *band) for band in _bands(shingles)]
        alike = {id(kept): kept for key in keys for kept in self._bands.get(key, ())}
        alike = {key: kept for key, kept in alike.items() if self._alike(kept.shingles, shingles)}
        if any(kept.split != split for kept in alike.values()):
            return "repeats one of another file"
        if len(alike) >= self._quota:
            exact = sum(np.array_equal(kept.shingles, shingles) for kept in alike.values())
            return "the same body" if exact >= self._quota else "nearly the same body"
        kept = _Kept(shingles, split)
        for key in keys:
            self._bands[key].append(kept)
        return ""

    def _alike(self, one: Shingles, other: Shingles) -> bool:
        return jaccard(one, other) >= self._resemblance


def shingles_of(assembly: str) -> Shingles:
    """The set of hashed runs of four tokens, sorted; the names of functions do not count."""
    text = assembly
    for index, name in enumerate(dict.fromkeys(_LABEL.findall(assembly))):
        text = re.sub(rf"(?<![\w.$]){re.escape(name)}(?![\w$])", f"f{index}", text)
    tokens = _TOKEN.findall(text)
    runs = range(max(1, len(tokens) - SHINGLE_TOKENS + 1))
    hashes = {zlib.crc32(" ".join(tokens[at : at + SHINGLE_TOKENS]).encode()) for at in runs}
    return np.array(sorted(hashes), dtype=np.uint32)


def jaccard(one: Shingles, other: Shingles) -> float:
    """Shared shingles as a share of all."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (len(one) + len(other) - shared)


def _bands(shingles: Shingles) -> list[tuple[int, bytes]]:
    """The signature's bands; two bodies that share one are compared."""
    hashed = (np.outer(shingles.astype(np.uint64), _FACTORS) + _OFFSETS) % np.uint64(_PRIME)
    signature = hashed.min(axis=0).reshape(BANDS, ROWS)
    return [(index, row.tobytes()) for index, row in enumerate(signature)]
