"""The command line: a file per command, each with ``add_arguments(parser)`` and ``run(args) -> exit status``."""
