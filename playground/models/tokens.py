"""A column's prompt as tokens: chat template, plain text, or fill-in-the-middle."""

from playground.errors import InputError
from playground.models.events import Column, Message
from playground.models.loading import LoadedBase
from playground.models.prompts import fim_prompt

_ROLES = ("system", "user", "assistant")


def prompt_tokens(base: LoadedBase, column: Column) -> list[int]:
    """What the model reads before it writes.

    Raises:
        InputError: nothing is asked, the model cannot be asked so, or the prompt leaves no room for a reply.
    """
    tokens = _chat(base, column.messages) if column.prefix is None else _raw(base, column.prefix, column.suffix)
    if not tokens:
        raise InputError("The prompt is empty: write what the model should answer or continue.")
    if len(tokens) >= base.context:
        raise InputError(
            f"The prompt has {len(tokens)} tokens; {base.entry.title} reads {base.context} at most: cut it."
        )
    return tokens


def _chat(base: LoadedBase, messages: tuple[Message, ...]) -> list[int]:
    wrong = [message.role for message in messages if message.role not in _ROLES]
    if wrong:
        raise InputError(f"Unknown role {wrong[0]!r}: choose one of {', '.join(_ROLES)}.")
    if not any(message.content.strip() for message in messages if message.role != "system"):
        return []
    if not base.tokenizer.chat_template:
        return _ids(base, "".join(f"{message.content}\n\n" for message in messages))
    chat = [{"role": message.role, "content": message.content} for message in messages]
    try:
        text = base.tokenizer.apply_chat_template(chat, add_generation_prompt=True, tokenize=False)
    except Exception as error:  # templates raise what their author wrote
        raise InputError(f"{base.entry.title} cannot be asked with these messages: {error}") from error
    return _ids(base, text, special=False)


def _raw(base: LoadedBase, prefix: str, suffix: str | None) -> list[int]:
    if suffix is None:
        return _ids(base, prefix) if prefix else []
    if base.entry.fim is None:
        raise InputError(f"{base.entry.title} has no fill-in-the-middle tokens: use Complete, or another model.")
    return _ids(base, fim_prompt(base.entry.fim, prefix, suffix))


def _ids(base: LoadedBase, text: str, *, special: bool = True) -> list[int]:
    return list(base.tokenizer(text, add_special_tokens=special)["input_ids"])
