"""Every double and float function of math.h against the native libraries; prints what was compared and what differs.

``python tests/emulator/library/conformance_mathematics.py [ROWS] [FIRST_SEED]``
"""

import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.emulator.library.native_mathematics import arguments, comparisons

ARCHES = ("x86_64", "aarch64")
ROWS_AT_ONCE = 1000
SHOWN = 3


def main(rows: int, first: int) -> int:
    """Run and report; 1 when anything differs."""
    return max(_compare(rows, first, arch) for arch in ARCHES)


def _compare(rows: int, first: int, arch: str) -> int:
    compared: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    greatest: defaultdict[str, float] = defaultdict(float)
    for seed in range(first, first + -(-rows // ROWS_AT_ONCE)):
        with tempfile.TemporaryDirectory() as folder:
            for found in comparisons(arguments(min(rows, ROWS_AT_ONCE), seed), arch, Path(folder)):
                name = found.entry.name
                compared[name] += 1
                if found.distance or not found.errno_agrees:
                    differing[name] += 1
                    greatest[name] = max(greatest[name], found.distance)
                    if differing[name] <= SHOWN:
                        print(arch, found, flush=True)
    for name, count in compared.items():
        print(f"{arch} {name}: {count - differing[name]} of {count} equal, greatest distance {greatest[name]:g}")
    return int(bool(differing))


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given + [5000, 1][len(given) :])))
