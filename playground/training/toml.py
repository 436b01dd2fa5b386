"""A writer for the flat TOML tables that recipes are (the standard library only reads TOML)."""

import json
from typing import Any


def dump_toml(table: dict[str, Any]) -> str:
    """``key = value`` lines for text, numbers, booleans and lists of these; TOML 1.0, section "Key/Value Pair"."""
    return "".join(f"{key} = {format_value(value)}\n" for key, value in table.items())


def format_value(value: Any) -> str:
    """One value. A TOML basic string escapes what a JSON string does, and U+007F besides."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(format_value, value))}]"
    raise TypeError(f"no TOML form for {value!r}")
