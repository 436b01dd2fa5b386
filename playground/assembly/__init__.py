"""Text to program image: a two-pass assembler whose instruction encoder is Keystone."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playground.assembly.extraction import Extraction
    from playground.assembly.program import Assembly, Source


def assemble(source: "Source") -> "Assembly":
    """The program image of `source`, or every diagnostic of the file, or what we lack (then it is unscored).

    The engine is loaded by the first call, so that a process which only handles the values never holds it.

    Raises:
        InputError: an architecture or syntax that there is not.
    """
    from playground.assembly.assembler import assemble as assemble_source

    return assemble_source(source)


def extract(reply: str, arch: str | None = None) -> "Extraction | None":
    """The assembly inside a model's reply, with the line at which it starts; None when there is none."""
    from playground.assembly.extraction import extract as extract_text

    return extract_text(reply, arch)
