"""Hundreds of csmith programs per architecture at five levels; prints the share that agrees and every exception.

A program that does not end natively in time is replaced by another, so that as many as asked for are compared.

``python tests/emulator/conformance_csmith.py [PROGRAMS] [FIRST_SEED]``
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.emulator.csmith_programs import compare

OPTIONS = ("--max-funcs", "5")
ARCHES = ("x86_64", "aarch64")


def main(programs: int, first: int) -> int:
    """Run and report; 1 when any program differs."""
    agree: Counter[str] = Counter()
    replaced: Counter[str] = Counter()
    for seed in range(first, first + programs):
        with tempfile.TemporaryDirectory() as folder:
            for arch in ARCHES:
                found = compare(seed, Path(folder), arch, *OPTIONS)
                agree[arch] += not found.difference
                replaced[arch] += found.replaced
                if found.difference:
                    print(f"seed {found.seed} {arch} {found.level}: {found.difference}", flush=True)
    for arch in ARCHES:
        share = f"{arch}: {agree[arch]} of {programs} agree ({100 * agree[arch] / programs:.1f} %)"
        print(f"{share}; {replaced[arch]} others did not end natively in time and were replaced")
    return int(any(agree[arch] < programs for arch in ARCHES))


if __name__ == "__main__":
    arguments = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(arguments + [300, 1000][len(arguments) :])))
