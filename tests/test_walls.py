"""The walls of the house: imports point downward only, and each engine stands behind one file."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "playground"

LEVELS = {
    "errors": 0,
    "paths": 0,
    "isa": 1,
    "assembly": 2,
    "emulator": 3,
    "models": 4,
    "tasks": 4,
    "training": 5,
    "evaluation": 5,
    "data": 5,
    "ui": 6,
    "command": 7,
    "__main__": 8,
}
"""ui -> training, evaluation, data -> models, tasks -> emulator -> assembly -> isa; the command line stands on all."""

ENGINE_ROOMS = {
    "gradio": {"ui"},
    "torch": {"models", "training"},
    "transformers": {"models", "training"},
    "peft": {"models", "training"},
    "accelerate": {"models", "training"},
}

ENGINE_FILES = {"keystone": "assembly/keystone_engine.py", "unicorn": "emulator/engine.py"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def imported_modules(path: Path) -> set[str]:
    """Every absolute module name that the file imports, at any depth (function-level imports too)."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import on line {node.lineno}: write it in full"
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def room(path: Path) -> str:
    """The top-level part of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def identify(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=identify)
def test_imports_point_downward(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    level = LEVELS[here]
    for name in imported_modules(path):
        if not name.startswith("playground."):
            continue
        there = name.split(".")[1]
        if there == here or there not in LEVELS:
            continue
        assert LEVELS[there] < level, f"{identify(path)} imports {name}, which stands beside or above it"


@pytest.mark.parametrize("path", MODULES, ids=identify)
def test_engines_stay_in_their_rooms(path: Path) -> None:
    packages = {name.split(".")[0] for name in imported_modules(path)}
    for engine, rooms in ENGINE_ROOMS.items():
        assert engine not in packages or room(path) in rooms, f"{identify(path)} imports {engine}"
    for engine, only in ENGINE_FILES.items():
        assert engine not in packages or identify(path) == only, f"{identify(path)} imports {engine}"


def test_every_room_of_the_house_is_there() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms >= {"isa", "assembly", "emulator", "tasks", "models", "evaluation", "training", "ui"}
