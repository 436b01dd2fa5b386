"""Recipe, trainer (a child process) and jobs."""
