"""The app as a Space starts it: an ordinary user, a read-only checkout, host and port from the environment."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.paths import CHECKOUT
from tests.ui.conftest import free_port

LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", "tests")
SERVED_WITHIN_SECONDS = 400


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the code that nobody may write to."""
    copy = tmp_path / "checkout"
    shutil.copytree(CHECKOUT, copy, ignore=LEFT_OUT)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return copy


@pytest.fixture
def as_ordinary_user(require_tool: Callable[[str, str], str]) -> tuple[str, ...]:
    """What to put before a command: a root without capabilities is held by file permissions as anybody is."""
    if os.getuid() != 0:
        return ()
    return (require_tool("setpriv", "util-linux"), "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs")


@pytest.mark.timeout(900)
def test_a_space_serves_the_page(checkout: Path, tmp_path: Path, as_ordinary_user: tuple[str, ...]) -> None:
    home = tmp_path / "state"
    home.mkdir()
    shared = os.environ.get("PLAYGROUND_TEST_HOME")
    models = Path(shared) / "models" if shared else None
    if models and models.exists():
        shutil.copytree(models, home / "models", ignore=shutil.ignore_patterns(".*"))
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PLAYGROUND_HOME": str(home),
        "GRADIO_SERVER_NAME": "127.0.0.1",
        "GRADIO_SERVER_PORT": str(port),
        "GRADIO_ANALYTICS_ENABLED": "False",
        "GRADIO_TEMP_DIR": str(home / "gradio"),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "SPACE_ID": "someone/assembly-playground",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    log = (tmp_path / "log").open("w+")
    command = [*as_ordinary_user, sys.executable, "app.py"]
    server = subprocess.Popen(command, cwd=checkout, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        page = wait_for_page(f"http://127.0.0.1:{port}/", server)
    finally:
        server.terminate()
        server.wait(timeout=60)
        log.seek(0)
        said = log.read()
    assert page is not None, said
    assert "Assembly Playground" in page, said
    assert "Traceback" not in said, said
    assert not list(checkout.rglob("__pycache__"))


def wait_for_page(url: str, server: "subprocess.Popen[bytes]") -> str | None:
    """The page's text, or None when it never came."""
    until = time.monotonic() + SERVED_WITHIN_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=60) as response:
                return str(response.read().decode())
        except OSError:
            time.sleep(0.3)
    return None
