"""What all tests share: a state folder of their own, and one way to ask for a system tool."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("shared machine", deadline=None)  # an example's wall time is no property of ours
settings.load_profile("shared machine")


@pytest.fixture(scope="session", autouse=True)
def isolated_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """PLAYGROUND_HOME points at a temporary folder; the fetched model alone is shared with PLAYGROUND_TEST_HOME."""
    before = os.environ.get("PLAYGROUND_HOME")
    home = tmp_path_factory.mktemp("home")
    shared = os.environ.get("PLAYGROUND_TEST_HOME")
    if shared:
        models = Path(shared) / "models"
        models.mkdir(parents=True, exist_ok=True)
        (home / "models").symlink_to(models)
    os.environ["PLAYGROUND_HOME"] = str(home)
    yield home
    if before is None:
        del os.environ["PLAYGROUND_HOME"]
    else:
        os.environ["PLAYGROUND_HOME"] = before


SLOW = ("browser", "model", "slow", "toolchain")
"""Marks of tests that take long where two cores are shared."""
SLOW_TEST_SECONDS = 900


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give slow tests a longer limit: it is for what is stuck."""
    for item in items:
        if any(map(item.get_closest_marker, SLOW)) and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(SLOW_TEST_SECONDS))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI nothing may skip, whatever asked for it."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


def missing_tool(name: str, package: str) -> None:
    """Skip with the remedy; in CI nothing may skip, so fail there."""
    sentence = f"{name} is missing: apt-get install {package}"
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)


@pytest.fixture(scope="session")
def require_tool() -> Callable[[str, str], str]:
    """``require_tool("nasm", "nasm")`` gives the tool's path, or skips (fails in CI) naming the Debian package."""

    def require(name: str, package: str) -> str:
        path = shutil.which(name)
        if path is None:
            missing_tool(name, package)
        return str(path)

    return require
