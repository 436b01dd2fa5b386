"""Sentences to a person: what went wrong, what to wait for."""

from playground.ui.render.text import element, escape

SYMBOLS = {"error": "✗", "warning": "!", "info": "i", "good": "✓"}


def notice(sentence: str, kind: str = "error") -> str:
    """One sentence in a box; `kind` is a key of SYMBOLS. Empty text gives no box."""
    if not sentence:
        return ""
    content = f'<span class="ap-notice-mark" aria-hidden="true">{SYMBOLS[kind]}</span><span>{escape(sentence)}</span>'
    return element("div", content, classes=f"ap-notice ap-notice-{kind}", role="alert" if kind == "error" else "status")


def empty(sentence: str) -> str:
    """What stands where nothing is yet."""
    return element("div", escape(sentence), classes="ap-empty")
