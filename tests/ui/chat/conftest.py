"""A store with the demonstration reports, and a browser that may see nothing but this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.ingest import Status, load
from index.sqlite_store import SqliteStore
from tests.conftest import ROOT
from ui.chat.service import ChatService

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WAIT = 45_000
"""Milliseconds that a browser waits for something to be there: a busy machine is no failure."""
CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with the demonstration reports."""
    folder = tmp_path_factory.mktemp("chat") / "almacen"
    store = SqliteStore(folder)
    outcomes = load([ROOT / "corpus" / "informes"], store)
    assert {o.status for o in outcomes} == {Status.NEW}
    store.close()
    return folder


@pytest.fixture(scope="session")
def service(demo_folder: Path) -> Iterator[ChatService]:
    made = ChatService.open(demo_folder)
    yield made
    made.close()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser of the system; a build machine has it, or something is wrong with the build machine."""
    pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CHROMIUM} is missing on a build machine")
        pytest.skip(f"{CHROMIUM} is not installed")
    return CHROMIUM


@pytest.fixture(scope="module")
def chrome(chromium: Path) -> Iterator[Browser]:
    """A running browser. One for each module: its event loop must not be alive beside the other tests' own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=ARGS, timeout=2 * WAIT)
        yield browser
        browser.close()
