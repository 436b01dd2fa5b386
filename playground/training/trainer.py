"""The child process of a job: ``accelerate launch -m playground.training.trainer --job FOLDER``."""

import argparse
from pathlib import Path


def main() -> int:
    """Train the job in ``--job``; exit status 0 when it ended as asked, 1 when it failed (the state says why)."""
    parser = argparse.ArgumentParser(prog="python -m playground.training.trainer", description=__doc__)
    parser.add_argument("--job", type=Path, required=True, help="the job's folder, with its recipe.toml")
    folder: Path = parser.parse_args().job
    from playground.training.session import train_job  # torch and its kin take seconds: --help should not

    return train_job(folder)


if __name__ == "__main__":
    raise SystemExit(main())
