"""Folders and files of C and C++: every self-contained function in them, every plain program."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from playground.data.function import CFunction
from playground.data.sources.extracting import extract_functions
from playground.data.sources.programs import program_of
from playground.errors import InputError

LANGUAGES = {
    ".c": "c", ".h": "c", ".i": "c", ".cc": "c++", ".cpp": "c++", ".cxx": "c++", ".hpp": "c++", ".hh": "c++",
}  # fmt: skip
"""Suffix of a file -> what it is compiled as."""
_SPDX = re.compile(r"SPDX-License-Identifier:\s*([\w.+() -]+?)\s*(?:\*/|$)", re.MULTILINE)
_LICENCE_FILES = ("LICENSE", "LICENCE", "COPYING", "LICENSE.txt", "LICENSE.md", "COPYING.txt")
_MAIN = re.compile(r"\bmain\s*\([^;{]*\)\s*\{")
UNKNOWN = "not stated"


def read_sources(names: Iterable[str], skipped: Counter[str]) -> Iterator[CFunction]:
    """The functions of folders and files, in the order of their paths; what is left out is counted in `skipped`.

    Raises:
        InputError: a path that does not exist.
    """
    for name in names:
        top = Path(name).expanduser()
        if not top.exists():
            raise InputError(f"The source {name!r} does not exist: give a folder or a file of C or C++.")
        licence = _folder_licence(top if top.is_dir() else top.parent)
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.suffix.lower() in LANGUAGES and path.is_file():
                text = path.read_text(encoding="utf-8", errors="replace")
                where = str(path.relative_to(top)) if path != top else path.name
                yield from read_text(text, LANGUAGES[path.suffix.lower()], where, licence, skipped)


def read_text(text: str, language: str, origin: str, licence: str, skipped: Counter[str]) -> Iterator[CFunction]:
    """What one file gives: its program when it is one, its functions in any case."""
    found = _SPDX.search(text)
    licence = found[1] if found else licence
    if language == "c" and _MAIN.search(text):
        program = program_of(text, origin=origin, licence=licence)
        if isinstance(program, str):
            skipped[program] += 1
        else:
            yield program
    extracted = extract_functions(text, language, origin=origin, licence=licence)
    skipped.update(extracted.skipped)
    yield from extracted.functions


def _folder_licence(folder: Path) -> str:
    """The first line of a folder's licence file."""
    for name in _LICENCE_FILES:
        if (folder / name).is_file():
            lines = (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
            return next((line.strip() for line in lines if line.strip()), UNKNOWN)[:80]
    return UNKNOWN
