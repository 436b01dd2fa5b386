"""The turns of a conversation that led to an answer."""

from collections.abc import Sequence

from playground.models.events import Message
from playground.ui.render.reply import render_reply
from playground.ui.render.text import count, disclosure, element, escape

WHO = {"user": "You", "assistant": "Reply", "system": "System"}


def render_turns(turns: Sequence[Message], arch: str) -> str:
    """What was asked last, open; what came before it behind a click."""
    if not turns:
        return ""
    *earlier, last = turns
    before = disclosure(count(len(earlier), "earlier message"), "".join(_turn(one, arch) for one in earlier))
    return element("div", (before if earlier else "") + _turn(last, arch), classes="ap-turns")


def _turn(message: Message, arch: str) -> str:
    who = element("p", WHO.get(message.role, "Message"), classes="ap-figures")
    if message.role == "assistant":
        return who + render_reply(message.content, arch, "gas")
    return who + element("p", escape(message.content), classes="ap-said")
