"""Functions whose request tells how they work: formulas, rules, steps.

Exercises ask for things that have a name (a palindrome, a prime). Here the request holds the whole rule, with numbers
drawn at random, so that nothing can be recalled: a model has to write down what it reads.
"""

from playground.data.generate.told import (  # noqa: F401  (each module registers its families on import)
    arrays,
    digits,
    divisors,
    grids,
    machines,
    members,
    rules,
    sequences,
    steps,
    text,
)
