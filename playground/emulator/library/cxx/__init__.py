"""The C++ runtime as g++ programs import it: libstdc++'s and libsupc++'s out-of-line parts (Itanium C++ ABI)."""

from playground.emulator.library.cxx import (  # noqa: F401  importing a module registers its functions
    containers,
    exceptions,
    hashing,
    input,
    ios,
    ios_members,
    output,
    rtti,
    runtime,
    string,
    string_change,
    string_construction,
    string_iterators,
    string_search,
    string_streams,
    unformatted_input,
)
