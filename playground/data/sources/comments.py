"""A comment above a function as a request in English; empty where it says nothing of the kind."""

import re

LONGEST = 240
SHORTEST_WORDS = 3
_MARKS = re.compile(r"^\s*(?:/\*+!?<?|\*+/|///?!?|\*)\s?|\s*\*+/\s*$", re.MULTILINE)
_FIELD = re.compile(
    r"^\s*[@\\](?:param|return|returns|retval|note|see|todo|file|author)\b.*", re.MULTILINE | re.IGNORECASE
)
_BRIEF = re.compile(r"[@\\]brief\s*", re.IGNORECASE)
_RULE = re.compile(r"[-=*#~_]{4,}")
_NO_REQUEST = re.compile(r"copyright|licen[cs]e|spdx|todo|fixme|https?://|[{};]", re.IGNORECASE)


def request_from_comment(comment: str) -> str:
    """The first two sentences at most, without comment marks and documentation fields."""
    text = _FIELD.sub("", _MARKS.sub("", comment))
    text = " ".join(_RULE.sub(" ", _BRIEF.sub("", text)).split())
    if _NO_REQUEST.search(text):
        return ""
    said = " ".join(re.split(r"(?<=[.!?])\s+", text)[:2])
    if len(said) > LONGEST or len(said.split()) < SHORTEST_WORDS or not said.isprintable():
        return ""
    said = said[0].upper() + said[1:]
    return said if said.endswith((".", "!", "?")) else f"{said}."
