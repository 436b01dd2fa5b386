"""A chat file in other formats: plain text, and Parquet for `datasets`."""

import importlib
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from playground.errors import InputError

SEPARATOR = "<|endoftext|>\n"
"""Between two texts of the plain format."""
ROWS_AT_ONCE = 10_000


def convert(chat_file: Path, name: str) -> Path:
    """Write ``NAME.txt`` or ``NAME.parquet`` beside ``NAME.jsonl``; ``chat`` is there already.

    Raises:
        InputError: Parquet without pyarrow.
    """
    if name == "text":
        return _to_text(chat_file)
    return _to_parquet(chat_file) if name == "parquet" else chat_file


def require_format(name: str) -> None:
    """Raises:
    InputError: the format needs a package that is not installed. Asked before a build, not behind it.
    """
    if name == "parquet":
        _pyarrow()


def _rows(chat_file: Path) -> Iterator[dict[str, Any]]:
    with chat_file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _to_text(chat_file: Path) -> Path:
    """The contents of each conversation one below the other."""
    path = chat_file.with_suffix(".txt")
    with path.open("w", encoding="utf-8") as file:
        for row in _rows(chat_file):
            file.write("\n\n".join(message["content"] for message in row["messages"]) + "\n" + SEPARATOR)
    return path


def _to_parquet(chat_file: Path) -> Path:
    pyarrow, parquet = _pyarrow()
    message = pyarrow.struct([("role", pyarrow.string()), ("content", pyarrow.string())])
    columns = [("messages", pyarrow.list_(message)), ("family", pyarrow.string()), ("arch", pyarrow.string())]
    schema, path, rows = pyarrow.schema(columns), chat_file.with_suffix(".parquet"), _rows(chat_file)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(rows, ROWS_AT_ONCE)):
            writer.write_table(pyarrow.Table.from_pylist(some, schema=schema))
    return path


def _pyarrow() -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise InputError("Parquet needs the package pyarrow: pip install pyarrow.") from None
