"""How long texts are in tokens: by the embedded model's tokenizer where it has been fetched, else by signs."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from playground.models.weights import embedded_folder

_PIECE = re.compile(r"[A-Za-z_]+|\d|[^\w\s]|\n")


@dataclass(frozen=True, kw_only=True)
class TokenCounter:
    """Counts tokens; `name` says whose."""

    name: str
    count: Callable[[str], int]


@lru_cache(maxsize=1)
def token_counter() -> TokenCounter:
    """The best counter that this machine has."""
    path = embedded_folder() / "tokenizer.json"
    if not path.is_file():
        return TokenCounter(name="words, digits and signs", count=lambda text: len(_PIECE.findall(text)))
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    return TokenCounter(name="SmolLM2's tokenizer", count=lambda text: len(tokenizer.encode(text).ids))
