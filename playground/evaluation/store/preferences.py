"""What votes say about pairs of models: preference and correctness, each with its uncertainty."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from playground.evaluation.store.votes import Vote

Z_95 = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """k of n with its 95% interval."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        """None without observations."""
        return self.k / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's score interval (Wilson 1927, equation 4); it stays within 0..1 and holds for small n."""
        if not self.n:
            return None
        share, z2 = self.k / self.n, Z_95 * Z_95
        middle = (share + z2 / (2 * self.n)) / (1 + z2 / self.n)
        half = Z_95 / (1 + z2 / self.n) * math.sqrt(share * (1 - share) / self.n + z2 / (4 * self.n**2))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, kw_only=True)
class PairResult:
    """All votes between two models, seen from the one whose name sorts first."""

    first: str
    second: str
    preferred: Share
    """Of the votes with a preference: those for `first`."""
    ties: int
    both_bad: int
    first_correct: Share
    """Of its scored answers in these votes: the correct ones."""
    second_correct: Share
    preferred_correct: Share
    """Of the votes with a preference where exactly one answer was correct: those that preferred the correct one."""


def pair_results(votes: Iterable[Vote]) -> tuple[PairResult, ...]:
    """One result per pair of different models, most votes first. A model beside itself says nothing and is left out."""
    pairs: dict[tuple[str, str], list[Vote]] = defaultdict(list)
    for vote in votes:
        if vote.left_model != vote.right_model:
            pairs[min(vote.left_model, vote.right_model), max(vote.left_model, vote.right_model)].append(vote)
    ordered = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(
        _pair_result(first, second, [_seen_from(first, vote) for vote in found]) for (first, second), found in ordered
    )


@dataclass(frozen=True)
class _Seen:
    """A vote with the pair in order."""

    choice: str
    """``first``, ``second``, ``tie`` or ``bad``."""
    first_passed: bool | None
    second_passed: bool | None


def _seen_from(first: str, vote: Vote) -> _Seen:
    if vote.left_model == first:
        names = {"left": "first", "right": "second"}
        return _Seen(names.get(vote.choice, vote.choice), vote.left_passed, vote.right_passed)
    names = {"left": "second", "right": "first"}
    return _Seen(names.get(vote.choice, vote.choice), vote.right_passed, vote.left_passed)


def _pair_result(first: str, second: str, votes: list[_Seen]) -> PairResult:
    decided = [vote for vote in votes if vote.choice in ("first", "second")]
    told = [vote for vote in decided if {vote.first_passed, vote.second_passed} == {True, False}]
    return PairResult(
        first=first,
        second=second,
        preferred=Share(k=sum(vote.choice == "first" for vote in decided), n=len(decided)),
        ties=sum(vote.choice == "tie" for vote in votes),
        both_bad=sum(vote.choice == "bad" for vote in votes),
        first_correct=_correct([vote.first_passed for vote in votes]),
        second_correct=_correct([vote.second_passed for vote in votes]),
        preferred_correct=Share(k=sum((vote.choice == "first") == vote.first_passed for vote in told), n=len(told)),
    )


def _correct(passed: list[bool | None]) -> Share:
    scored = [one for one in passed if one is not None]
    return Share(k=sum(scored), n=len(scored))
