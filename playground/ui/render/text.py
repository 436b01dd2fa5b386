"""How untrusted text becomes HTML: escaped, and with nothing invisible left in it."""

import html

_BIDIRECTIONAL = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
"""Unicode's direction controls: they can make source read other than it is (Trojan Source, CVE-2021-42574)."""

_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: "␡",
    **{code: f"⟨U+{code:04X}⟩" for code in _BIDIRECTIONAL},
    **dict.fromkeys(range(0xD800, 0xE000), "�"),
}


def visible(text: str) -> str:
    """The text with controls shown as pictures, lone surrogates replaced and line ends made ``\\n``."""
    return text.replace("\r\n", "\n").translate(_VISIBLE)


def escape(text: str) -> str:
    """Text as HTML that shows it and can do nothing else, inside an element or a quoted attribute."""
    return html.escape(visible(text), quote=True)


def element(name: str, content: str, *, classes: str = "", **attributes: str) -> str:
    """One element around content that is already HTML; attribute values are escaped."""
    if classes:
        attributes = {"class": classes, **attributes}
    written = "".join(f' {key.replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{content}</{name}>"


def disclosure(summary: str, content: str, *, opened: bool = False, classes: str = "") -> str:
    """A part that opens on a click. `summary` and `content` are HTML."""
    state = " open" if opened else ""
    return f'<details class="ap-more {classes}"{state}><summary>{summary}</summary>{content}</details>'


def count(number: int, noun: str) -> str:
    """``1 token``, ``2 tokens``, ``1,024 tokens``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
