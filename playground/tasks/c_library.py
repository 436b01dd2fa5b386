"""Which symbols the real C and C++ libraries define: so that a gap of ours is not taken for an invented name.

``c_library_symbols.txt`` is written from the installed libraries by ``python -m playground.tasks.c_library``.
"""

import functools
import re
import subprocess
from pathlib import Path

SYMBOLS_FILE = Path(__file__).with_name("c_library_symbols.txt")

_CXX_RUNTIME = re.compile(
    r"_Z(?:GV|T[VTISh]|Th[n0-9]+_)?N?[VK]*(?:St|S[absiod]|9__gnu_cxx|10__cxxabiv1)|_Z(?:nw|na|dl|da)|__cxa_|__gxx_|_Unwind_"
)
"""Itanium C++ ABI 5.1: names in ``std`` (St and its abbreviations), operator new, delete; the runtime's own names."""

_LIBRARIES = ("libc.so.6", "libm.so.6")
_ARCHIVE = "libgcc.a"


@functools.cache
def _symbols() -> dict[str, str]:
    lines = SYMBOLS_FILE.read_text(encoding="ascii").splitlines()
    return {name: kind for kind, name in (line.split(" ", 1) for line in lines if not line.startswith("#"))}


def is_library_function(name: str) -> bool:
    """True when glibc, libm, libgcc or libstdc++ defines a function (or any C++ entity) called `name`."""
    plain = name.split("@", 1)[0]
    return _symbols().get(plain) == "f" or bool(_CXX_RUNTIME.match(plain))


def is_library_object(name: str) -> bool:
    """True when the C library defines a variable called `name`."""
    return _symbols().get(name.split("@", 1)[0]) == "o"


def _library_symbols(compiler: str) -> dict[str, str]:
    """Names that the libraries of a compiler define; ``f`` functions, ``o`` objects."""
    found: dict[str, str] = {}
    for library in (*_LIBRARIES, _ARCHIVE):
        where = subprocess.check_output([compiler, f"-print-file-name={library}"], text=True).strip()
        options = [] if library.endswith(".a") else ["-D"]
        listed = subprocess.run(["nm", *options, "--defined-only", where], capture_output=True, text=True, check=True)
        for line in listed.stdout.splitlines():
            fields = line.split()
            if len(fields) == 3 and fields[1] in "TWiBDVRu":
                found[fields[2].split("@")[0]] = "f" if fields[1] in "TWi" else "o"
    return found


def main() -> None:
    """Write the list from the native and the aarch64 compiler's libraries."""
    found = _library_symbols("aarch64-linux-gnu-gcc") | _library_symbols("gcc")
    kept = [f"{kind} {name}\n" for name, kind in sorted(found.items()) if re.fullmatch(r"[A-Za-z_]\w*", name)]
    SYMBOLS_FILE.write_text("# Defined by glibc, libm and libgcc: f function, o object. Generated.\n" + "".join(kept))


if __name__ == "__main__":
    main()
