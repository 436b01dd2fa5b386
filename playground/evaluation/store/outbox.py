"""Comparisons and votes as JSON lines that wait to be pushed: on disk before they are on their way."""

import json
import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path


class Outbox:
    """Appends records to files of this process, one file a kind; what an earlier process left stays beside them.

    Names are new in every process, since a file that is pushed twice must only have grown: the scheduler's contract.
    """

    def __init__(self, home: Path) -> None:
        self.folder = home / "outbox"
        self._name = f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{secrets.token_hex(4)}.jsonl"

    def add(self, kind: str, record: Mapping[str, object]) -> None:
        """One record, written whole with a single system call, so that a push never sees half of a line."""
        path = self.folder / kind / self._name
        path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(record, ensure_ascii=False).encode("utf-8", errors="replace") + b"\n"
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line)
            os.fsync(file)
        finally:
            os.close(file)
