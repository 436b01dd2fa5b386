"""What people compared and how they voted, kept in one SQLite file under the state folder."""

from playground.evaluation.store.comparisons import ComparisonStore, Filters, StoredComparison
from playground.evaluation.store.preferences import PairResult, pair_results
from playground.evaluation.store.votes import CHOICES, Vote, VoteStore

__all__ = [
    "CHOICES",
    "ComparisonStore",
    "Filters",
    "PairResult",
    "StoredComparison",
    "Vote",
    "VoteStore",
    "pair_results",
]
