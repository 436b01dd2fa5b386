"""The values of generation: a request in, a stream of events out, each tagged with its column."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Message:
    role: str
    """``system``, ``user`` or ``assistant``."""
    content: str


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """One column's own parameters; nothing is shared with its neighbours."""

    temperature: float = 0.0
    """0 is greedy."""
    top_p: float = 1.0
    top_k: int = 0
    """0 keeps all."""
    min_p: float = 0.0
    repetition_penalty: float = 1.0
    max_tokens: int = 384
    stop: tuple[str, ...] = ()
    seed: int = 0
    alternatives: int = 0
    """How many of each token's most probable alternatives to report in `Finished.probabilities`; 0 reports nothing."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a comparison: a model and how it is asked."""

    id: str
    """Unique in the request; every event carries it."""
    model: str
    """``base``, an adapter's name, a catalogue name, a local path or ``endpoint:NAME``."""
    messages: tuple[Message, ...] = ()
    """Chat mode. Empty in the other modes."""
    prefix: str | None = None
    """Complete mode: raw text to continue; with `suffix`, fill-in-the-middle."""
    suffix: str | None = None
    sampling: Sampling = Sampling()


@dataclass(frozen=True, kw_only=True)
class GenerationRequest:
    columns: tuple[Column, ...]


@dataclass(frozen=True, kw_only=True)
class TextDelta:
    column: str
    text: str
    """Whole characters only: never half of a UTF-8 sequence."""
    tokens: int
    """Tokens that this column has written so far."""
    seconds: float
    """Since the request started."""


@dataclass(frozen=True, kw_only=True)
class TokenProbability:
    """What the model thought of one token that it wrote: its own distribution, before temperature and cuts."""

    text: str
    """This token's characters; the texts of a reply's tokens join to the reply (a token that ends inside a character
    is empty, and the one that completes it carries it)."""
    probability: float
    alternatives: tuple[tuple[str, float], ...] = ()
    """The most probable tokens at this place and their probabilities, best first."""


@dataclass(frozen=True, kw_only=True)
class Finished:
    column: str
    text: str
    """The whole reply, stop strings removed."""
    reason: str
    """``end`` (the model's own end), ``stop`` (a stop string), ``length`` or ``cancelled``."""
    tokens: int
    prompt_tokens: int
    seconds: float
    seconds_to_first_token: float | None
    probabilities: tuple[TokenProbability, ...] = ()
    """One per token written, for local models whose column asked for alternatives."""

    @property
    def tokens_per_second(self) -> float:
        """Decoding speed, the prompt's time excluded."""
        decoding = self.seconds - (self.seconds_to_first_token or 0.0)
        return (self.tokens - 1) / decoding if self.tokens > 1 and decoding > 0 else 0.0


@dataclass(frozen=True, kw_only=True)
class Failed:
    column: str
    message: str
    """One sentence for a person."""


GenerationEvent = TextDelta | Finished | Failed
