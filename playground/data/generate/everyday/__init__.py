"""Small deeds as people ask for them every day: the rows are tables, the other modules draw from them."""

from playground.data.generate.everyday import by_row, by_text_row  # noqa: F401  (they register their families)
