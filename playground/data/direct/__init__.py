"""A compiler for teaching: C to assembly statement by statement, so that a small model can learn the rule.

An optimising compiler's output depends on the whole function: registers are shared by what does not live at the same
time, conditions become arithmetic, code moves. A model of 135 million parameters does not undo that. Here each variable
has one register for as long as it is in scope (the next free one in order of declaration), each construct of C has one
form, and constants keep their spelling: a statement's code can be read off the statement and the declarations.

Not for speed of the code, and not for all of C: what is not covered raises Unsupported, and the function is left out.
Whether the code is right is decided by execution, as for every other compiler (`data.verify`).
"""

from playground.data.direct.generator import direct_assembly
from playground.data.direct.types import Unsupported

__all__ = ["Unsupported", "direct_assembly"]
