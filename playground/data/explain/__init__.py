"""Line comments that say what an instruction does, derived from the instruction itself and the C prototype."""

from playground.data.explain.comments import commented

__all__ = ["commented"]
