import csv
import io
import json
import multiprocessing
import os
import signal
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.errors import InputError
from playground.evaluation.store import ComparisonStore, Filters, StoredComparison, Vote, VoteStore, pair_results
from playground.evaluation.store.comparisons import ColumnSummary, new_id
from playground.evaluation.store.database import database_path
from playground.evaluation.store.exports import (
    PreferencePair,
    pairs_as_jsonl,
    rows_as_csv,
    votes_as_csv,
    votes_as_jsonl,
)
from playground.evaluation.store.preferences import Share

GOOD = ColumnSummary(model="tuned", stage="abi", passed=True)
BAD = ColumnSummary(model="base", stage="none", passed=False)
GAP = ColumnSummary(model="other", stage="assembled", passed=False, unscored=True)


def comparison(*columns: ColumnSummary, task: str = "gcd", prompt: str = "Return the gcd.", created: float = 1.0):
    return StoredComparison(
        id=new_id(), created=created, task=task, prompt=prompt, arch="aarch64", mode="chat", columns=columns, body="{}"
    )


def vote(choice: str, left: bool | None = None, right: bool | None = None, **fields: str) -> Vote:
    whole = {"comparison": "c", "task": "gcd", "left_model": "a", "right_model": "b", **fields}
    return Vote(choice=choice, created=1.0, left_passed=left, right_passed=right, **whole)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    kept = comparison(GOOD, BAD)
    ComparisonStore(tmp_path).add(kept)
    assert ComparisonStore(tmp_path).get(kept.id) == kept


def test_an_unknown_comparison_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        ComparisonStore(tmp_path).get("nowhere")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), 4),
        (Filters(text="SORT"), 1),
        (Filters(text="' OR 1=1 --"), 0),
        (Filters(task="gcd"), 3),
        (Filters(model="other"), 1),
        (Filters(stage="abi"), 4),
        (Filters(stage="assembled"), 1),
        (Filters(outcome="first passed, second failed"), 2),
        (Filters(outcome="first failed, second passed"), 1),
        (Filters(outcome="something unscored"), 1),
        (Filters(outcome="all passed"), 0),
        (Filters(outcome="models differ", task="sort"), 1),
    ],
)
def test_filters(tmp_path: Path, filters: Filters, expected: int) -> None:
    store = ComparisonStore(tmp_path)
    store.add(comparison(GOOD, BAD))
    store.add(comparison(BAD, GOOD))
    store.add(comparison(GOOD, GAP))
    store.add(comparison(GOOD, BAD, task="sort", prompt="Sort the array."))
    assert len(store.search(filters)) == expected


def test_the_newest_come_first(tmp_path: Path) -> None:
    store = ComparisonStore(tmp_path)
    for created in (2.0, 3.0, 1.0):
        store.add(comparison(GOOD, created=created))
    assert [one.created for one in store.search(most=2)] == [3.0, 2.0]


def _vote_often(home: Path, times: int) -> None:
    for _ in range(times):
        VoteStore(home).add([vote("left")])


def test_votes_from_several_processes_are_all_kept(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    voters = [context.Process(target=_vote_often, args=(tmp_path, 25)) for _ in range(3)]
    for voter in voters:
        voter.start()
    for voter in voters:
        voter.join()
    assert len(VoteStore(tmp_path).list()) == 75


def _vote_and_tell(home: Path, told: Path) -> None:
    for _ in range(10_000):
        VoteStore(home).add([vote("left")])
        with told.open("a") as file:
            file.write(".")


def test_a_killed_process_loses_no_vote_that_was_counted(tmp_path: Path) -> None:
    told = tmp_path / "told"
    voter = multiprocessing.get_context("spawn").Process(target=_vote_and_tell, args=(tmp_path, told))
    voter.start()
    until = time.monotonic() + 120
    while not (told.exists() and told.read_text()) and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.2)
    assert voter.pid is not None
    os.kill(voter.pid, signal.SIGKILL)
    voter.join()
    assert len(VoteStore(tmp_path).list()) >= len(told.read_text()) > 0
    with sqlite3.connect(database_path(tmp_path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_votes_that_belong_together_are_kept_together(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.Error):
        VoteStore(tmp_path).add([vote("left"), replace(vote("right"), task=None)])  # type: ignore[arg-type]
    assert VoteStore(tmp_path).list() == ()


def test_a_bad_vote_is_named() -> None:
    with pytest.raises(InputError, match="up"):
        vote("up")
    with pytest.raises(InputError, match="3,000"):
        vote("tie", note="x" * 3000)


def test_preference_and_correctness_of_a_pair() -> None:
    votes = [
        vote("left", left=True, right=False),
        vote("left", left=False, right=True),
        vote("right", left=None, right=True),
        vote("tie", left=True, right=True),
        vote("bad", left=False, right=False),
        # seen from the other side: "b" was shown first and preferred
        vote("left", left=True, right=False, left_model="b", right_model="a"),
        vote("left", left_model="a", right_model="a"),
    ]
    (result,) = pair_results(votes)
    assert (result.first, result.second) == ("a", "b")
    assert (result.preferred.k, result.preferred.n, result.ties, result.both_bad) == (2, 4, 1, 1)
    assert (result.first_correct.k, result.first_correct.n) == (2, 5)
    assert (result.second_correct.k, result.second_correct.n) == (4, 6)
    assert (result.preferred_correct.k, result.preferred_correct.n) == (2, 3)


def test_wilsons_interval_agrees_with_published_values() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3: 81/263, 15/148, 0/20, 1/29
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (k, n), (low, high) in published.items():
        found = Share(k=k, n=n).interval
        assert found is not None
        assert found == pytest.approx((low, high), abs=5e-5)
    assert Share(k=0, n=0).interval is None


@given(st.integers(1, 500), st.data())
def test_an_interval_holds_its_share(n: int, data: st.DataObject) -> None:
    share = Share(k=data.draw(st.integers(0, n)), n=n)
    assert share.interval is not None
    assert share.value is not None
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1


def test_exports_can_be_read_again() -> None:
    votes = [vote("left", left=True, right=None), vote("tie", note='a "note", with\nlines')]
    assert [json.loads(line)["choice"] for line in votes_as_jsonl(votes).splitlines()] == ["left", "tie"]
    rows = list(csv.DictReader(io.StringIO(votes_as_csv(votes))))
    assert (rows[1]["note"], rows[0]["left_passed"], rows[0]["right_passed"]) == (votes[1].note, "True", "")


def test_a_spreadsheet_reads_no_formula() -> None:
    assert rows_as_csv(["x"], [["=cmd()"], ["@a"], ["plain"], [-1]]) == "x\n'=cmd()\n'@a\nplain\n-1\n"


def test_preference_pairs_have_trls_fields() -> None:
    pair = PreferencePair(prompt=({"role": "user", "content": "add"},), chosen="good", rejected="bad")
    assert json.loads(pairs_as_jsonl([pair])) == {
        "prompt": [{"role": "user", "content": "add"}],
        "chosen": [{"role": "assistant", "content": "good"}],
        "rejected": [{"role": "assistant", "content": "bad"}],
    }


def test_each_owner_finds_what_is_their_own(tmp_path: Path) -> None:
    store, votes = ComparisonStore(tmp_path), VoteStore(tmp_path)
    for owner in ("one", "other", ""):
        store.add(replace(comparison(GOOD), owner=owner))
        votes.add([replace(vote("tie"), owner=owner)])
    assert [one.owner for one in store.search(Filters(owner="one"))] == ["one"]
    assert store.search(Filters(owner="nobody")) == ()
    assert len(store.search()) == 3
    assert [one.owner for one in votes.list("other")] == ["other"]
    assert len(votes.list()) == 3


def test_a_file_of_a_version_without_owners_is_taken_over(tmp_path: Path) -> None:
    with sqlite3.connect(database_path(tmp_path)) as old:
        old.execute(
            "CREATE TABLE comparisons (id TEXT PRIMARY KEY, created REAL NOT NULL, task TEXT NOT NULL, "
            "prompt TEXT NOT NULL, arch TEXT NOT NULL, mode TEXT NOT NULL, columns TEXT NOT NULL, body TEXT NOT NULL)"
        )
        old.execute("INSERT INTO comparisons VALUES ('old', 1.0, 'gcd', 'p', 'aarch64', 'chat', '[]', '{}')")
    old.close()
    store = ComparisonStore(tmp_path)
    store.add(replace(comparison(GOOD), owner="one"))
    assert sorted(one.owner for one in store.search()) == ["", "one"]
    assert store.get("old").owner == ""


def test_a_file_of_an_earlier_version_keeps_its_votes(tmp_path: Path) -> None:
    with sqlite3.connect(database_path(tmp_path)) as database:
        database.execute(
            "CREATE TABLE votes (id INTEGER PRIMARY KEY, created REAL NOT NULL, comparison TEXT NOT NULL, "
            "task TEXT NOT NULL, left_model TEXT NOT NULL, right_model TEXT NOT NULL, choice TEXT NOT NULL, "
            "blind INTEGER NOT NULL, left_passed INTEGER, right_passed INTEGER, note TEXT NOT NULL)"
        )
        database.execute("INSERT INTO votes VALUES (1, 1.0, 'c', 'gcd', 'a', 'b', 'left', 0, 1, NULL, '')")
    votes = VoteStore(tmp_path)
    assert votes.list() == (vote("left", left=True),)
    later = replace(vote("right"), left_column=2, right_column=0, left_sample=3, right_sample=1)
    votes.add([later])
    assert votes.list()[1] == later


def test_a_comparison_tells_whether_it_was_voted_on(tmp_path: Path) -> None:
    votes = VoteStore(tmp_path)
    votes.add([vote("tie", comparison="voted")])
    assert (votes.has("voted"), votes.has("other")) == (True, False)
