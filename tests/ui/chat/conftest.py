"""A store with the demonstration reports, and a browser that may see nothing but this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.chat.pages import load_report, user_line
from tests.ui.chat.serving import UNLIMITED, Serving, serving
from ui.chat.auth import Role
from ui.chat.server import ServerSettings
from ui.chat.service import ChatService

WAIT = 45_000
"""Milliseconds that a browser waits for something to be there: a busy machine is no failure."""
CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def demo_folder(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with the demonstration reports, to which what people save is written."""
    return Path(shutil.copytree(demonstration, tmp_path_factory.mktemp("chat") / "almacen"))


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


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server without a login, with one report. Tests leave it with that report alone."""
    folder = tmp_path_factory.mktemp("chat")
    load_report(folder)
    with serving(folder / "almacen", ServerSettings(limits=UNLIMITED)) as running:
        yield running


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server where ana may load and luis may only look. Tests leave it with the one report it has."""
    folder = tmp_path_factory.mktemp("con-clave")
    load_report(folder)
    users = folder / "usuarios.txt"
    users.write_text("\n".join([user_line("ana", Role.LOAD), user_line("luis", Role.CONSULT)]), encoding="utf-8")
    with serving(folder / "almacen", ServerSettings(users=users, limits=UNLIMITED)) as running:
        yield running
