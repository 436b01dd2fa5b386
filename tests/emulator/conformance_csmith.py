"""Hundreds of csmith programs per architecture at five levels; prints the share that agrees and every exception.

``python tests/emulator/conformance_csmith.py [PROGRAMS] [FIRST_SEED]``
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.emulator.csmith_programs import LEVELS, difference, generate

OPTIONS = ("--max-funcs", "5")


def main(programs: int, first: int) -> int:
    """Run and report; 1 when any program differs."""
    counts: Counter[tuple[str, str]] = Counter()
    for seed in range(first, first + programs):
        with tempfile.TemporaryDirectory() as folder:
            path = generate(seed, Path(folder), *OPTIONS)
            level = LEVELS[seed % len(LEVELS)]
            for arch in ("x86_64", "aarch64"):
                found = difference(path, arch, level)
                outcome = "too slow natively" if found is None else "differs" if found else "agrees"
                counts[arch, outcome] += 1
                if found:
                    print(f"seed {seed} {arch} {level}: {found}", flush=True)
    for arch in ("x86_64", "aarch64"):
        agrees, differs = counts[arch, "agrees"], counts[arch, "differs"]
        slow = counts[arch, "too slow natively"]
        print(f"{arch}: {agrees} of {agrees + differs} agree ({slow} more took too long natively)")
    return int(any(outcome == "differs" for _, outcome in counts))


if __name__ == "__main__":
    arguments = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(arguments + [300, 1000][len(arguments) :])))
