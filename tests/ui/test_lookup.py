"""What the page looks up itself, and what it asks for."""

import json

import pytest

from playground.ui.data.tab import Asked
from playground.ui.lookup import kept_script, lookup_script, table
from playground.ui.seen import digest


def test_a_script_holds_every_value_and_leaves_alone_what_it_does_not_know() -> None:
    script = lookup_script({"one": ("a\n\"'</script>", 1), "two": ("b", 2)})
    assert script.startswith("(name) => ({")
    assert '"two": ["b", 2]' in script
    assert script.count('"__type__": "update"') == 2


def test_a_table_is_as_gradio_sends_it() -> None:
    assert table(("A", "B"), [("1", "2")]) == {"headers": ["A", "B"], "data": [["1", "2"]], "metadata": None}


def test_digests_tell_values_apart() -> None:
    assert digest([("one", 1)]) == digest([("one", 1)]) != digest([("one", 2)])


def test_a_choice_is_kept_while_its_field_holds_what_it_filled_in() -> None:
    script = kept_script({"one": "a</script>", "two": table(("A",), [("1",)])})
    assert script.startswith("(name, value) => name == null ||")
    assert json.dumps(table(("A",), [("1",)])) in script
    assert script.endswith(": null")


@pytest.mark.parametrize("value", [None, {}, [], "words", {"words": "x"}, {"words": "x", "page": "2", "turn": 1}])
def test_what_no_page_sends_asks_for_everything(value: object) -> None:
    assert Asked.of(value) == Asked()


def test_words_and_a_page_are_asked_for() -> None:
    assert Asked.of({"words": "gcd", "page": 2, "turn": 3}) == Asked("gcd", 2, 3)
    assert Asked.of({"words": None, "page": 1, "turn": 1}) == Asked("", 1, 1)
