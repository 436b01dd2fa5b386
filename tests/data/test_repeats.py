"""Exact and near repeats are found; different bodies are not."""

import pytest

from playground.data.repeats import Repeats, jaccard, shingles_of


def body(name: str, numbers: range, last: int = 0) -> str:
    lines = [f" add w{number % 20},w{number % 7},{number}" for number in numbers]
    return f"{name}:\n" + "\n".join(lines) + f"\n mov w0,{last}\n ret\n"


def repeats(quota: int = 1) -> Repeats:
    return Repeats(resemblance=0.9, quota=quota)


def test_the_same_body_under_another_name_is_refused() -> None:
    kept = repeats()
    assert kept.refusal(body("f", range(9)), "aarch64", "train") == ""
    assert kept.refusal(body("g", range(9)), "aarch64", "train") == "the same body"
    assert kept.refusal(body("g", range(9)), "x86_64", "train") == ""


def test_a_long_body_with_one_other_number_is_nearly_the_same() -> None:
    kept = repeats()
    assert kept.refusal(body("f", range(30)), "aarch64", "train") == ""
    assert kept.refusal(body("g", range(30), last=7), "aarch64", "train") == "nearly the same body"


def test_short_bodies_with_other_numbers_stay() -> None:
    kept = repeats()
    assert [kept.refusal(f"f:\n add w0,w0,{number}\n ret\n", "aarch64", "train") for number in range(5)] == [""] * 5


def test_the_quota_lets_some_through() -> None:
    kept = repeats(quota=3)
    said = [kept.refusal(body(f"f{number}", range(9)), "aarch64", "train") for number in range(4)]
    assert said == ["", "", "", "the same body"]


def test_no_body_stands_in_two_files() -> None:
    kept = repeats(quota=3)
    assert kept.refusal(body("f", range(9)), "aarch64", "train") == ""
    assert kept.refusal(body("g", range(9)), "aarch64", "held-out") == "repeats one of another file"


@pytest.mark.parametrize(
    ("one", "other", "index"), [("a b c d e", "a b c d e", 1.0), ("a b c d e", "a b c d f", 1 / 3)]
)
def test_the_jaccard_index_counts_shared_runs(one: str, other: str, index: float) -> None:
    assert jaccard(shingles_of(one), shingles_of(other)) == pytest.approx(index)
