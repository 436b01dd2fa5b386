"""How long the assembler takes, and the ratio to GNU as on the same text. Prints; asserts nothing.

python benchmarks/assembly_speed.py
"""

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playground.assembly import assemble
from playground.assembly.program import Source
from playground.isa import architecture

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "assembly" / "corpus"
COMPILERS = {"aarch64": "aarch64-linux-gnu-gcc", "x86_64": "gcc"}
SHORT_LINES = 100


def milliseconds(work: Callable[[], object], repeats: int) -> float:
    """The median of `repeats` runs."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def compiled(arch: str, folder: Path, name: str, level: str) -> str:
    """gcc's or g++'s output for a file of the tests' corpus."""
    compiler = COMPILERS[arch].replace("gcc", "g++") if name.endswith(".cpp") else COMPILERS[arch]
    output = folder / "out.s"
    subprocess.run([compiler, level, "-w", "-S", CORPUS / name, "-o", output], check=True)
    return output.read_text()


def short_text(arch: str, folder: Path) -> str:
    """The first functions of a file, about SHORT_LINES lines."""
    lines = compiled(arch, folder, "integers.c", "-O1").splitlines()
    end = next(i for i, line in enumerate(lines) if i >= SHORT_LINES and line.startswith("\t.size"))
    return "\n".join(lines[: end + 1]) + "\n"


def gnu(arch: str, text: str, folder: Path) -> Callable[[], object]:
    source = folder / "gnu.s"
    source.write_text(text)
    triplet = architecture(arch).gnu_triplet
    program = shutil.which(f"{triplet}-as") or "as"
    return lambda: subprocess.run([program, source, "-o", folder / "gnu.o"], check=True, capture_output=True)


def report(title: str, arch: str, text: str, folder: Path, repeats: int) -> None:
    source = Source(text=text, arch=arch, syntax="gas")

    def ours() -> None:
        result = assemble(source)
        if result.image is None:
            raise SystemExit(f"{title}: {result.diagnostics[:3]} {result.gaps[:3]}")

    first = milliseconds(ours, 1)
    warm = milliseconds(ours, repeats)
    peer = milliseconds(gnu(arch, text, folder), repeats)
    lines = text.count("\n")
    figures = f"first {first:8.1f} ms  warm {warm:8.2f} ms  GNU as {peer:7.1f} ms  ratio {warm / peer:5.2f}"
    print(f"{title:16} {arch:8} {lines:6} lines  {figures}")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for arch in COMPILERS:
            report("one function", arch, short_text(arch, folder), folder, 20)
            report("a C++ program", arch, compiled(arch, folder, "objects.cpp", "-O0"), folder, 3)


if __name__ == "__main__":
    main()
