"""What a recipe's form says of one of its fields; training and data recipes share it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a recipe on the page."""

    name: str
    label: str
    info: str = ""
    more: bool = False
    """True: below “More settings”."""
