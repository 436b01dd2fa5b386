"""What a page shows of something that is polled: kept by the page itself, so that an answer that comes late, and shows
something older, is known for that at the next look and shown anew."""

import hashlib

import gradio as gr


def seen_state() -> gr.Textbox:
    """Declares it: the digest of what stands there."""
    return gr.Textbox("", visible="hidden")


def digest(shown: object) -> str:
    """Tells two values apart by their text."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()
