"""The long comparison with GNU as and ld: corpus and csmith programs, gcc and clang, five levels, with and without PIE,
branch protection and the like.

    python tests/assembly/conformance_gnu.py [--csmith N] [--first SEED] [--seconds S]

Prints one line per program that differs, and how many programs and instruction lines agreed. Exit status 1 when one
differs.
"""

import argparse
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from peer import Refused, code_lines, compiled, differences  # noqa: E402

COMPILERS = {
    ("aarch64", "gcc"): ["aarch64-linux-gnu-gcc"],
    ("x86_64", "gcc"): ["gcc"],
    ("aarch64", "clang"): ["clang", "--target=aarch64-linux-gnu", "-fno-addrsig"],
    ("x86_64", "clang"): ["clang", "-fno-addrsig"],
}
LEVELS = ("-O0", "-O1", "-O2", "-O3", "-Os")
VARIANTS = {
    "aarch64": ([], ["-fPIE"], ["-mbranch-protection=standard"], ["-g", "-fPIC"]),
    "x86_64": ([], ["-fPIE"], ["-fcf-protection"], ["-fno-pie", "-g"], ["-fPIC"]),
}


def programs(folder: Path, csmith: int, first: int) -> Iterator[Path]:
    """The corpus, then csmith's programs with the seeds from `first` on."""
    yield from sorted((HERE / "corpus").glob("*.c*"))
    for seed in range(first, first + csmith):
        path = folder / f"csmith{seed}.c"
        subprocess.run(["csmith", "--seed", str(seed), "-o", path], check=True, cwd=folder)
        yield path


def verdict(text: str, arch: str, folder: Path) -> list[str]:
    """What differs; empty when nothing does."""
    try:
        return differences(text, arch, folder)
    except Refused as error:
        return [f"refused: {error}"]
    except subprocess.CalledProcessError as error:
        return [f"the peer refused it: {error.stderr[-300:]!r}"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--csmith", type=int, default=20, help="how many random programs")
    parser.add_argument("--first", type=int, default=1, help="the first one's seed")
    parser.add_argument("--seconds", type=float, default=1800, help="stop after this time")
    options = parser.parse_args()
    end = time.monotonic() + options.seconds
    agreed = differing = lines = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source, ((arch, _), command), level in itertools.product(
            programs(folder, options.csmith, options.first), COMPILERS.items(), LEVELS
        ):
            for variant in VARIANTS[arch]:
                if time.monotonic() > end:
                    break
                compiler = [command[0].replace("gcc", "g++"), *command[1:]] if source.suffix == ".cpp" else command
                text = compiled([*compiler, level, *variant, "-w", "-I/usr/include/csmith"], source, folder / "out.s")
                found = ["does not compile"] if text is None else verdict(text, arch, folder)
                agreed, differing = agreed + (not found), differing + bool(found)
                lines += code_lines(text or "")
                if found:
                    print(source.name, " ".join([*compiler, level, *variant]), *found, sep="\n  ", flush=True)
    print(f"{agreed} programs agree, {differing} differ, {lines} instruction lines")
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
