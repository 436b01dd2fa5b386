"""``evaluate``: see playground/evaluation."""

from playground.evaluation.command import add_evaluate_arguments as add_arguments
from playground.evaluation.command import run_evaluate as run

__all__ = ["add_arguments", "run"]
