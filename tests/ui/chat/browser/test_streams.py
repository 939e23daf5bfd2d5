"""No event of a page is lost, however late the page is told how its streams end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.ui.chat.browser.asking import ask
from tests.ui.chat.browser.desks import ask as ask_at_the_desk
from tests.ui.chat.browser.desks import send_files, tab
from tests.ui.chat.browser.resting import TEXT, at_rest, send
from tests.ui.chat.conftest import WAIT
from tests.ui.chat.pages import load_report
from tests.ui.chat.serving import UNLIMITED, serving
from tests.ui.chat.slow import carried, ends
from ui.chat.server import ServerSettings
from ui.chat.streams import Asgi, Message

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class Way:
    """Between the server and its pages. The end of a stream that `hold` finds open waits until it is let go, or is cut
    off.
    """

    def __init__(self, *, cut: bool = False) -> None:
        self.met, self.go = threading.Event(), threading.Event()
        self._cut, self._holds, self._open = cut, False, 0
        self._lock = threading.Lock()

    def __call__(self, app: Asgi) -> Asgi:
        return carried(app, self._before)

    def hold(self) -> bool:
        """Hold the next end back. Returns whether there is a stream whose end has not passed."""
        with self._lock:
            self._holds = self._open > 0
            return self._holds

    async def _before(self, message: Message) -> None:
        with self._lock:
            self._open += (b"content-type", b"text/event-stream; charset=utf-8") in message.get("headers", ())
            self._open -= ends(message)
            if not self._holds or not ends(message):
                return
            self._holds = False
        self.met.set()
        await asyncio.to_thread(self.go.wait, WAIT / 1000)
        if self._cut:
            msg = "the connection was lost"
            raise ConnectionError(msg)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one report."""
    found = tmp_path_factory.mktemp("hilos")
    load_report(found)
    return found / "almacen"


@contextmanager
def ended_unread(chrome: Browser, folder: Path, way: Way) -> Iterator[tuple[Page, int]]:
    """A page whose stream has ended and which was not told so yet, and the number of its questions."""
    page = chrome.new_context().new_page()
    page.set_default_timeout(WAIT)
    with serving(folder, ServerSettings(limits=UNLIMITED), way=way) as running:
        page.goto(running.url)
        at_rest(page)
        while not way.hold():
            ask(page, "¿Cuánto ejecutó Punta Alta?")
        assert way.met.wait(WAIT / 1000)
        yield page, at_rest(page)
        page.context.close()


def test_what_is_sent_before_the_end_of_a_stream_is_read_is_answered(chrome: Browser, folder: Path) -> None:
    """The server has ended the stream, its end is on its way for as long as it likes, and the next question is put."""
    way = Way()
    with ended_unread(chrome, folder, way) as (page, number):
        with page.expect_response("**/queue/join*") as joined:
            send(page, "¿Cuánto ejecutó Punta Baja?")
        joined.value.finished()
        page.evaluate("new Promise((done) => setTimeout(done, 300))")  # it has done by now what it does with that
        way.go.set()
        page.locator(f".turn[data-turn='{number}'] .answer", has_text="400").wait_for()
        assert "600" in ask(page, "¿Cuánto ejecutó Punta Alta?")


def test_files_sent_before_the_end_of_a_stream_is_read_are_looked_at(chrome: Browser, folder: Path) -> None:
    """Sending files makes the framework forget how it lets go of its stream."""
    way = Way()
    with ended_unread(chrome, folder, way) as (page, _):
        tab(page, "Informes")
        with page.expect_response("**/queue/join*"):
            send_files(page, ("roto.pdf", "%PDF-1.4 cortado"))
        way.go.set()
        page.locator("#desk-progress li.mal", has_text="roto.pdf").wait_for()
        ask_at_the_desk(page, "¿Cuánto ejecutó Punta Alta?", "600")


def test_a_page_whose_idle_stream_broke_goes_on(chrome: Browser, folder: Path) -> None:
    """The framework takes it for open. The page is loaded anew with what was asked, and what is asked next in the box."""
    way = Way(cut=True)
    with ended_unread(chrome, folder, way) as (page, _):
        question = "¿Cuánto ejecutó Punta Baja?"
        page.evaluate("window.before = true")
        with page.expect_event("requestfailed", lambda request: "queue/data" in request.url):
            way.go.set()
        send(page, question)
        page.wait_for_function("() => !window.before")
        number = at_rest(page)
        expect(page.locator(TEXT)).to_have_value(question)
        page.locator("#send").click()
        page.locator(f".turn[data-turn='{number}'] .answer", has_text="400").wait_for()
        assert "600" in ask(page, "¿Cuánto ejecutó Punta Alta?")
