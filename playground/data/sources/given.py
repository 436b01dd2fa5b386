"""GivenPair: an example that somebody else made, to be verified as it stands."""

from dataclasses import dataclass

from playground.data.function import CFunction
from playground.models.events import Message


@dataclass(frozen=True, kw_only=True)
class GivenPair:
    """One example whose answer is to be verified: its C, and the assembly as it stands in the answer."""

    function: CFunction
    arch: str
    syntax: str
    assembly: str
    messages: tuple[Message, ...]
