"""Instruction statements that compilers print: own C and C++ programs and csmith's random ones, at every level."""

import os
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LEVELS = ("-O0", "-O1", "-O2", "-O3", "-Os")
COMPILERS = ("gcc", "clang")
DIALECTS = {"gas": (), "intel": ("-masm=intel",)}
SOURCES = Path(__file__).parent / "sources"
VARIANTS = ((), ("-fPIE", "-fcf-protection", "-fstack-protector-all"), ("-fPIC",), ("-fno-pic", "-mcmodel=large"))
"""Extra options, one set a compilation in turn."""

_LABEL = re.compile(r"^(?:[A-Za-z_.$][\w.$]*|\"[^\"]*\"|[0-9]+):\s*")


def csmith_sources(count: int, folder: Path) -> list[Path]:
    """`count` of csmith's programs, seeds 1 to `count`."""
    found = []
    for seed in range(1, count + 1):
        path = folder / f"csmith{seed}.c"
        options = ["--seed", str(seed), "--max-funcs", "4", "--max-block-depth", "3", "--float"]
        path.write_bytes(subprocess.run(["csmith", *options], capture_output=True, check=True, cwd=path.parent).stdout)
        found.append(path)
    return found


def compile_source(path: Path, compiler: str, options: tuple[str, ...]) -> str:
    """The assembly of one source; empty when the compiler refuses the options."""
    driver = {"gcc": {".cpp": "g++"}, "clang": {".cpp": "clang++"}}[compiler].get(path.suffix, compiler)
    command = [driver, "-S", "-w", "-o", "-", "-I/usr/include/csmith", *options, str(path)]
    return subprocess.run(command, capture_output=True, text=True).stdout


def assemblies(sources: list[Path], dialect: str, levels: tuple[str, ...] = LEVELS) -> Iterator[str]:
    """Every source's assembly by every compiler and level, in parallel on the machine's cores."""
    jobs = []
    for number, path in enumerate(sources):
        for compiler in COMPILERS:
            for step, level in enumerate(levels):
                extra = VARIANTS[(number + step) % len(VARIANTS)]
                jobs.append((path, compiler, (level, *extra, *DIALECTS[dialect])))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(lambda job: compile_source(*job), jobs)


def statements(assembly: str) -> Iterator[str]:
    """The instruction statements of a compiler's output: no labels, directives, comments or inline assembly."""
    inline = False
    for line in assembly.splitlines():
        text = line.split("#", 1)[0].strip() if '"' not in line else line.strip()
        inline = line.startswith("#APP") or (inline and not line.startswith("#NO_APP"))
        while found := _LABEL.match(text):
            text = text[found.end() :]
        if text and text[0] not in ".#" and not inline and "=" not in text:
            yield re.sub(r"\s+", " ", text)


def distinct(sources: list[Path], dialect: str, levels: tuple[str, ...] = LEVELS) -> list[str]:
    """The distinct statements of all outputs, sorted."""
    return sorted({text for assembly in assemblies(sources, dialect, levels) for text in statements(assembly)})
