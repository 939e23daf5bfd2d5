"""A browser that may see nothing but this machine, and two servers for it: the demonstration reports, and one with users.

Browser and servers live as long as the tests of this folder: the browser's event loop must not be alive beside those of
other tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.assistant.made_store import REPORT
from tests.ui.chat.browser.asking import Open, Tried
from tests.ui.chat.browser.desks import enter
from tests.ui.chat.browser.resting import at_rest, begin_anew
from tests.ui.chat.conftest import ARGS, WAIT
from tests.ui.chat.pages import load_report, user_line
from tests.ui.chat.serving import UNLIMITED, Serving, serving
from tests.ui.chat.slow import slow_down
from ui.chat.auth import Role
from ui.chat.server import ServerSettings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="package")
def chrome(chromium: Path) -> Iterator[Browser]:
    """A running browser."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=ARGS, timeout=2 * WAIT)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(demo_folder: Path, chromium: Path) -> Iterator[str]:
    """Address of the application over the demonstration reports."""
    with serving(demo_folder, ServerSettings(limits=UNLIMITED), Tried) as running:
        yield running.url


class _Pages:
    """Opened pages by how they look. A page takes longer to be opened than most tests to use it, so it is used again."""

    def __init__(self, chrome: Browser, site: str) -> None:
        self._chrome, self._site = chrome, site
        self._kept: dict[tuple[int, int, bool], Page] = {}
        self.outside: list[str] = []
        self.errors: list[str] = []

    def kept(self, width: int, height: int, *, dark: bool) -> Page:
        """A page at the beginning of a conversation, which another test may have used."""
        found = self._kept.get((width, height, dark))
        if found is None:
            found = self._kept[width, height, dark] = self.opened(width, height, dark=dark)
        else:
            begin_anew(found)
        return found

    def opened(self, width: int, height: int, *, dark: bool) -> Page:
        """A page of a browser that was never here, whose requests and errors are watched."""
        context = self._chrome.new_context(
            viewport={"width": width, "height": height}, locale="en-US", color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(WAIT)
        here = (self._site, "data:", "blob:")
        page.on("request", lambda r: None if r.url.startswith(here) else self.outside.append(r.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        slow_down(page)
        page.goto(self._site)
        at_rest(page)
        return page

    def let_go(self, page: Page) -> None:
        """Close a page, so that no test finds what was left in it."""
        self._kept = {look: kept for look, kept in self._kept.items() if kept is not page}
        page.context.close()


@pytest.fixture(scope="package")
def pages(chrome: Browser, site: str) -> _Pages:
    return _Pages(chrome, site)


@pytest.fixture
def visit(pages: _Pages, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Open the page. At the end: no error in it, and no request to any other machine.

    own: a page of its own, for tests that leave more in it than a conversation.
    """
    used: list[tuple[Page, bool]] = []
    failed = request.session.testsfailed

    def opened(width: int = 1440, height: int = 900, *, dark: bool = False, own: bool = False) -> Page:
        page = (pages.opened if own else pages.kept)(width, height, dark=dark)
        used.append((page, own))
        slow_down(page)
        return page

    yield opened
    for page, own in used:
        slow_down(page, 1)
        if own or request.session.testsfailed > failed:
            pages.let_go(page)
    outside, errors = pages.outside.copy(), pages.errors.copy()
    pages.outside.clear()
    pages.errors.clear()
    assert outside == []
    assert errors == []


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server where ana may load and luis may only look, with one report that does not add up."""
    folder = tmp_path_factory.mktemp("navegador")
    load_report(folder, REPORT.replace("125.00", "125.00\nTotal\t2,500.00\t1,126.00"))
    users = folder / "usuarios.txt"
    users.write_text("\n".join([user_line("ana", Role.LOAD), user_line("luis", Role.CONSULT)]), encoding="utf-8")
    with serving(folder / "almacen", ServerSettings(users=users, limits=UNLIMITED)) as running:
        yield running


@pytest.fixture(scope="package")
def _ana(chrome: Browser, office: Serving) -> Iterator[Any]:
    page = enter(chrome, office, "ana")
    yield page
    page.context.close()


@pytest.fixture
def ana(_ana: Any) -> Iterator[Any]:
    """The page of ana, who may load. All tests have the same one, each as the test before left it."""
    slow_down(_ana)
    yield _ana
    slow_down(_ana, 1)
