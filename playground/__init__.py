"""A playground for language models that write assembly.

Imports point downward only: ui -> training, evaluation, data -> models, tasks -> emulator -> assembly -> isa.
``errors`` and ``paths`` stand below everything. ``tests/test_walls.py`` asserts it.
"""

__version__ = "0.1.0"
