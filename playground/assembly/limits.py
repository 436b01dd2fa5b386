"""What one file may ask for: bounds that no hand-written or compiled program meets, each with its own message."""

SOURCE_BYTES = 8 * 1024 * 1024
STATEMENTS = 200_000
"""Statements read, macro expansions and repetitions included."""
LINES = 1_000_000
"""Lines read, those of expansions and empty ones included."""
LINE_CHARACTERS = 65_536
"""Length of a line; bounds what a macro can grow."""
MACRO_DEPTH = 100
SECTION_BYTES = 64 * 1024 * 1024
"""All sections together, zero-filled ones included."""
ALIGNMENT = 1 << 20
DIAGNOSTICS = 200
"""Diagnostics kept; more are counted only."""
LAYOUT_PASSES = 200


class LimitReached(Exception):
    """The file passes a bound; `message` names it."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
