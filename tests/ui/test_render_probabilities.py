import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.models.events import TokenProbability
from playground.ui.render.reply import render_reply
from playground.ui.render.text import visible
from tests.ui.hostile import HOSTILE
from tests.ui.markup import elements, shown_text


def tokens(*texts: str, probability: float = 1.0) -> list[TokenProbability]:
    return [TokenProbability(text=text, probability=probability, alternatives=((text, probability),)) for text in texts]


def marked(html: str) -> list[str]:
    """The token numbers in document order."""
    return [str(attributes["data-t"]) for _, attributes in elements(html) if "data-t" in attributes]


def test_every_piece_carries_its_tokens_number() -> None:
    html = render_reply("f:\n\tret\n", "aarch64", "gas", tokens("f", ":\n\t", "ret", "\n"))
    assert marked(html) == ["0", "1", "1", "2"]  # ":" and the tab are the second token's, on two lines
    (data,) = [attributes["data-tokens"] for _, attributes in elements(html) if "data-tokens" in attributes]
    assert json.loads(str(data))[2] == ["ret", 1.0, [["ret", 1.0]]]


@pytest.mark.parametrize(
    ("probability", "doubt"), [(0.9, "ap-token"), (0.4, "ap-token ap-unsure"), (0.1, "ap-token ap-guessed")]
)
def test_doubt_is_marked(probability: float, doubt: str) -> None:
    html = render_reply("word", "aarch64", "gas", tokens("word", probability=probability))
    assert doubt in [str(attributes.get("class", "")).removeprefix("tok-words ") for _, attributes in elements(html)]


@given(st.lists(st.text(st.characters(blacklist_characters="\r"))))
def test_cutting_at_tokens_loses_nothing(texts: list[str]) -> None:
    text = "".join(texts)
    plain, cut = (render_reply(text, "aarch64", "gas", given_tokens) for given_tokens in ((), tokens(*texts)))
    hint = shown_text(cut)[len(shown_text(plain)) :]
    assert shown_text(cut) == shown_text(plain) + hint
    assert len(set(marked(cut))) == sum(bool(visible(one).strip("\n")) for one in texts)


def test_text_behind_the_last_token_has_no_number() -> None:
    html = render_reply("ab", "aarch64", "gas", tokens("a"))
    assert marked(html) == ["0"]


def test_tokens_of_another_text_say_nothing() -> None:
    assert marked(render_reply("abc", "aarch64", "gas", tokens("x", "y"))) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_tokens_stay_text(text: str) -> None:
    html = render_reply(text, "aarch64", "gas", tokens(text))
    assert {name for name, _ in elements(html)} <= {"div", "pre", "code", "span", "p", "kbd"}
    assert not [key for _, attributes in elements(html) for key in attributes if key.startswith("on")]
    data = [str(attributes["data-tokens"]) for _, attributes in elements(html) if "data-tokens" in attributes]
    assert [json.loads(one)[0][0] for one in data] == [visible(text)]
