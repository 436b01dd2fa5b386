"""``check``: see playground/evaluation."""

from playground.evaluation.command import add_check_arguments as add_arguments
from playground.evaluation.command import run_check as run

__all__ = ["add_arguments", "run"]
