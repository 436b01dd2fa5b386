"""Whole programs that print, and that read first."""

from playground.data.generate.whole_programs import printing, reading  # noqa: F401  (they register their families)
