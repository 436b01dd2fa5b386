"""The table of library functions: prototypes, lookup, and what every entry must have."""

import pytest

from playground.emulator import library


@pytest.mark.parametrize(
    ("name", "prototype"),
    [
        ("strlen", "size_t strlen(const char *s)"),
        ("printf", "int printf(const char *format, ...)"),
        ("pow", "double pow(double x, double y)"),
        ("exit", "void exit(int status)"),
        ("getchar", "int getchar(void)"),
        ("qsort", "void qsort(void *base, size_t count, size_t size, function *compare)"),
    ],
)
def test_prototypes_come_from_the_annotations(name: str, prototype: str) -> None:
    entry = library.lookup(name)
    assert entry is not None
    assert entry.prototype == prototype


def test_versions_and_plt_suffixes_are_ignored() -> None:
    assert library.lookup("printf@PLT") is library.lookup("printf@GLIBC_2.2.5") is library.lookup("printf")
    assert library.lookup("no_such_function") is None
    assert library.known("stdout")
    assert not library.known("no_such_function")


def test_every_function_says_what_it_does() -> None:
    silent = [entry.name for entry in library.supported_functions() if not entry.summary]
    assert silent == []


def test_data_objects_fit_their_slots() -> None:
    assert all(0 < entry.size <= 1024 for entry in library.supported_objects())
