"""The Train tab in a real browser: a finished job leads to Compare; adapters are renamed and deleted."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from playground.models.catalogue import adapters_folder
from playground.training.jobstate import JobFolder, JobState
from playground.training.progress import ProgressWriter
from playground.training.recipe import TrainingRecipe
from playground.ui.services import Services
from tests.ui.acting import open_part, open_tab, pick
from tests.ui.test_train_tab import evaluation, step

pytestmark = pytest.mark.browser


@pytest.fixture
def finished(services: Services) -> Iterator[Path]:
    """A job whose adapter the page knows under the name of a scripted model."""
    folder = JobFolder(path=services.jobs.jobs / "20260101-000000-00-right")
    folder.path.mkdir()
    folder.recipe.write_text(TrainingRecipe(name="right", steps=100).to_toml())
    writer = ProgressWriter(folder.progress)
    for record in (step(1), step(2), evaluation(2)):
        writer.write(record)
    folder.write_state(JobState(state="finished", created=1.0, adapter="right"))
    yield folder.path
    services.jobs.delete(folder.path.name)


@pytest.fixture
def adapter() -> Iterator[Path]:
    """An adapter that was trained here."""
    folder = adapters_folder() / "browser-one"
    folder.mkdir(parents=True)
    (folder / "adapter_config.json").write_text("{}")
    yield folder
    for name in ("browser-one", "browser-two"):
        shutil.rmtree(adapters_folder() / name, ignore_errors=True)


def test_compare_now_puts_the_base_and_the_adapter_side_by_side(page: Page, finished: Path) -> None:
    open_tab(page, "Train")
    detail = page.locator("#train-detail")
    expect(detail).to_contain_text("Sample answers at step 2")
    expect(detail).to_contain_text("held-out loss")
    page.get_by_role("button", name="Compare now").click()
    expect(page.locator("#compare-run")).to_be_visible()
    expect(page.get_by_label("Model A", exact=True)).to_have_value("Model base")
    expect(page.get_by_label("Model B", exact=True)).to_have_value("Model right")


def test_an_adapter_is_renamed_and_deleted(page: Page, adapter: Path, finished: Path) -> None:
    open_tab(page, "Train")
    expect(page.locator("#train-detail")).to_contain_text("right")
    open_part(page, "Adapters trained here", page.locator("#adapter-name input"))
    pick(page, page.locator("#adapter-name input"), "browser-one")
    page.locator("#adapter-new-name textarea, #adapter-new-name input").first.fill("browser-two")
    page.click("#adapter-rename")
    banner = page.locator("#adapter-banner")
    expect(banner).to_contain_text("browser-one is called browser-two now.")
    assert not adapter.exists()
    page.click("#adapter-delete")
    expect(banner).to_contain_text("tick the box")
    assert adapter.with_name("browser-two").exists()
    page.get_by_label("Yes, delete this adapter for ever").check()
    page.click("#adapter-delete")
    expect(banner).to_contain_text("browser-two was deleted.")
    assert not adapter.with_name("browser-two").exists()
