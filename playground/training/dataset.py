"""Examples from JSON lines: OpenAI's ``{"messages": [{"role", "content"}, …]}``, or ``{"text": …}`` for plain text."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

from playground.errors import InputError
from playground.models.events import Message
from playground.paths import playground_home

SHIPPED = Path(__file__).resolve().parent / "datasets"
BUILT_FILE = "train.jsonl"
"""What a built dataset is trained on; the other files of its folder are held out."""

ROLES = ("system", "user", "assistant")


@dataclass(frozen=True, kw_only=True)
class ChatExample:
    """One conversation; it holds at least one assistant message."""

    messages: tuple[Message, ...]
    where: str
    """File and line it came from, for messages to a person."""
    is_plain: bool = False
    """Text by itself (TRL's language modelling format), its one message: all of it bears loss, without a template."""


def shipped_datasets() -> tuple[str, ...]:
    """Names of the datasets that ship with the code."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.jsonl")))


def built_datasets() -> tuple[str, ...]:
    """Names of the datasets that ``data build`` has finished here."""
    cards = (playground_home() / "datasets").glob("*/README.md")  # the card is what a build writes last
    return tuple(sorted(card.parent.name for card in cards if (card.parent / BUILT_FILE).is_file()))


def available_datasets() -> tuple[str, ...]:
    """Every dataset that has a name: shipped ones first."""
    return tuple(dict.fromkeys((*shipped_datasets(), *built_datasets())))


def dataset_path(name: str) -> Path:
    """The file of a dataset's name or of a path. Raises InputError when there is none."""
    if name in shipped_datasets():
        return SHIPPED / f"{name}.jsonl"
    if name in built_datasets():
        return playground_home() / "datasets" / name / BUILT_FILE
    path = Path(name).expanduser()
    if not path.is_file():
        raise InputError(
            f"The dataset {name!r} is neither a file nor a dataset with a name ({', '.join(available_datasets())})."
        )
    return path


def read_dataset(name: str) -> tuple[ChatExample, ...]:
    """Every example of one dataset. Raises InputError that names the first bad line with its number."""
    path = dataset_path(name)
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"The dataset {path} is not UTF-8 text ({error}); save it as UTF-8.") from None
    except OSError as error:
        raise InputError(f"The dataset {path} cannot be read: {error.strerror}.") from None
    examples = tuple(parse_line(text, f"{path.name}, line {n}") for n, text in enumerate(lines, 1) if text.strip())
    if not examples:
        raise InputError(f"The dataset {path} is empty; give one JSON object with messages a line.")
    return examples


def parse_line(text: str, where: str) -> ChatExample:
    """One line of a dataset; `where` names it in an InputError."""
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not valid JSON ({error}); write one JSON object a line.") from None
    if isinstance(table, dict) and "text" in table and "messages" not in table:
        return plain_example(table["text"], where)
    messages = table.get("messages") if isinstance(table, dict) else None
    if not isinstance(messages, list) or not messages:
        raise InputError(f'{where}: no "messages" list; write {{"messages": [{{"role": …, "content": …}}, …]}}.')
    parsed = tuple(parse_message(message, f"{where}, message {n}") for n, message in enumerate(messages, 1))
    if parsed[-1].role != "assistant":
        raise InputError(f"{where}: the last message is by {parsed[-1].role!r}; an example ends with the assistant's.")
    return ChatExample(messages=parsed, where=where)


def plain_example(text: object, where: str) -> ChatExample:
    """Text by itself."""
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"{where}: text {text!r:.60} is no text; write what is to be learned.")
    return ChatExample(messages=(Message(role="assistant", content=text),), where=where, is_plain=True)


def parse_message(message: object, where: str) -> Message:
    """One ``{"role", "content"}`` object."""
    if not isinstance(message, dict):
        raise InputError(f"{where}: {message!r:.60} is no object with role and content.")
    role, content = message.get("role"), message.get("content")
    if role not in ROLES:
        raise InputError(f"{where}: role {role!r} is unknown; use {', '.join(ROLES[:-1])} or {ROLES[-1]}.")
    if not isinstance(content, str) or not content.strip():
        raise InputError(f"{where}: content {content!r:.60} is no text; write what the {role} says.")
    return Message(role=role, content=content)


@dataclass(frozen=True, kw_only=True)
class Split:
    """The examples of a recipe, divided."""

    training: tuple[ChatExample, ...]
    held_out: tuple[ChatExample, ...]


def split_examples(names: tuple[str, ...], held_out_share: float, seed: int) -> Split:
    """All examples of the named datasets, a share of them kept back; the same seed gives the same division.

    Examples with the same answer stay on one side, so that no held-out answer was seen in training.
    """
    examples = [example for name in names for example in read_dataset(name)]
    answers = sorted({example.messages[-1].content for example in examples})
    random.Random(seed).shuffle(answers)
    kept_back = set(answers[: round(held_out_share * len(answers))])
    return Split(
        training=tuple(example for example in examples if example.messages[-1].content not in kept_back),
        held_out=tuple(example for example in examples if example.messages[-1].content in kept_back),
    )
