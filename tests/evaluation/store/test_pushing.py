import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.errors import InputError
from playground.evaluation.store import ComparisonStore, Vote, VoteStore
from playground.evaluation.store.outbox import Outbox
from playground.evaluation.store.pushing import Pusher, repository
from tests.evaluation.store.fake_hub import FakeHub, fake_hub
from tests.evaluation.store.test_comparison_store import BAD, GOOD, comparison, vote

TOKEN = "hf_this-must-not-be-seen"
RARELY = 10_000.0
"""Minutes: the first push is the only one that comes by itself."""


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with fake_hub() as server:
        yield server


def environment(hub: FakeHub, **more: str) -> dict[str, str]:
    return {"PLAYGROUND_DATASET": "someone/votes", "HF_TOKEN": TOKEN, "HF_ENDPOINT": hub.address, **more}


def lines(hub: FakeHub, kind: str) -> list[dict[str, object]]:
    """What the repository holds of this kind, over all files."""
    texts = [content for path, content in hub.files.items() if path.startswith(f"data/{kind}/")]
    return [json.loads(line) for text in texts for line in text.splitlines()]


def test_comparisons_and_votes_reach_the_repository(hub: FakeHub, tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    kept = comparison(GOOD, BAD)
    ComparisonStore(tmp_path, outbox).add(kept)
    VoteStore(tmp_path, outbox).add([vote("left", True, False)])
    scheduler = Pusher(outbox, environment(hub), minutes=RARELY).connect()
    scheduler.trigger().result()
    assert hub.created[0]["name"] == "votes"
    assert hub.created[0]["organization"] == "someone"
    assert lines(hub, "comparisons")[0]["id"] == kept.id
    assert lines(hub, "votes")[0]["choice"] == "left"
    VoteStore(tmp_path, outbox).add([vote("tie"), vote("bad")])
    scheduler.trigger().result()
    assert [one["choice"] for one in lines(hub, "votes")] == ["left", "tie", "bad"]
    before = hub.commits
    scheduler.trigger().result()
    assert hub.commits == before  # nothing new, no commit
    scheduler.stop()
    assert hub.tokens == {TOKEN}


@pytest.mark.parametrize(("more", "private"), [({}, True), ({"PLAYGROUND_DATASET_PUBLIC": "1"}, False)])
def test_the_repository_is_private_unless_the_operator_says_otherwise(
    hub: FakeHub, tmp_path: Path, more: dict[str, str], private: bool
) -> None:
    scheduler = Pusher(Outbox(tmp_path), environment(hub, **more), minutes=RARELY).connect()
    scheduler.trigger().result()
    scheduler.stop()
    assert hub.created[0].get("visibility", "private" if hub.created[0].get("private") else "public") == (
        "private" if private else "public"
    )


def test_what_an_earlier_process_left_is_pushed(hub: FakeHub, tmp_path: Path) -> None:
    Outbox(tmp_path).add("votes", {"choice": "left"})
    later = Outbox(tmp_path)
    later.add("votes", {"choice": "right"})
    scheduler = Pusher(later, environment(hub), minutes=RARELY).connect()
    scheduler.trigger().result()
    scheduler.stop()
    assert sorted(str(one["choice"]) for one in lines(hub, "votes")) == ["left", "right"]


def test_a_hub_that_refuses_loses_nothing_and_shows_no_token(
    hub: FakeHub, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outbox = Outbox(tmp_path)
    scheduler = Pusher(outbox, environment(hub), minutes=RARELY).connect()
    scheduler.trigger().result()
    hub.refusing = True
    VoteStore(tmp_path, outbox).add([vote("left")])
    with pytest.raises(Exception, match="403"):
        scheduler.trigger().result()
    hub.refusing = False
    scheduler.trigger().result()
    scheduler.stop()
    assert [one["choice"] for one in lines(hub, "votes")] == ["left"]
    assert TOKEN not in caplog.text


def test_whose_a_record_is_does_not_leave_the_server(hub: FakeHub, tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    owned = Vote(comparison="c", task="t", left_model="a", right_model="b", choice="tie", created=1.0, owner="digest")
    VoteStore(tmp_path, outbox).add([owned])
    scheduler = Pusher(outbox, environment(hub), minutes=RARELY).connect()
    scheduler.trigger().result()
    scheduler.stop()
    assert b"digest" not in b"".join(hub.files.values())


def test_without_a_repository_nothing_is_pushed() -> None:
    assert repository({}) == ""
    assert repository({"PLAYGROUND_DATASET": "  "}) == ""


@pytest.mark.parametrize("wrong", ["votes", "a/b/c", "https://hub/a/b", "../x"])
def test_a_wrong_repository_is_named(wrong: str) -> None:
    with pytest.raises(InputError, match="owner/name"):
        repository({"PLAYGROUND_DATASET": wrong})
