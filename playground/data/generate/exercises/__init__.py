"""Classic exercises: `rows` holds them as tables, a row asked for in several ways; the other modules draw from these."""

from playground.data.generate.exercises import by_number_row, by_row  # noqa: F401  (they register their families)
