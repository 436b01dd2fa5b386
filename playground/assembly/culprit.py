"""Which statement of a block ends or hangs the engine: found by giving it to a worker one statement at a time."""

from playground.assembly.breadcrumb import Crumb


def encode_singly(crumb: Crumb) -> None:
    """Gives a new engine the statements of a block one by one, so that the breadcrumb names the one that ends it.

    The engine is loaded here, so that a process which only asks a worker to do this never holds it.
    """
    from playground.assembly.keystone_engine import Engine

    opened = Engine(crumb.arch)
    for line, statement in zip(crumb.lines, crumb.statements, strict=True):
        opened.encode_block([statement], [line])
