"""The tabs «Informes» and «Evaluación» of a page: what a person does in them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import gradio as gr
import pytest
from playwright.sync_api import expect

from tests.assistant.made_store import REPORT
from tests.ui.chat.browser.resting import asked, at_rest
from tests.ui.chat.conftest import WAIT
from tests.ui.chat.pages import PASSWORD
from tests.ui.chat.serving import Serving
from tests.ui.chat.slow import slow_down
from ui.chat import sheet_panel

OTHER = REPORT.replace("FAROS DE GUATEMALA", "PUERTOS DE HONDURAS").replace("Punta", "Muelle").replace("600", "611")


def enter(chrome: Any, office: Serving, name: str, width: int = 1280, theme: str = "light") -> Any:
    """A page of a user who logged in with the form, on the tab «Informes». Its requests are watched."""
    context = chrome.new_context(viewport={"width": width, "height": 900}, locale="en-US", color_scheme=theme)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    outside: list[str] = []
    here = (office.url, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(here) else outside.append(r.url))
    page.outside = outside
    slow_down(page)
    page.goto(office.url)
    page.get_by_label("Usuario").fill(name)
    page.get_by_label("Clave").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    at_rest(page)
    tab(page, "Informes")
    page.locator("#desk-list button").first.wait_for()
    return page


def tab(page: Any, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).first.click()


def rows(page: Any) -> list[str]:
    """The rows of the list as they stand, all read in one instant."""
    return list(page.locator("#desk-list tbody tr").all_inner_texts())


def send_files(page: Any, *files: tuple[str, str]) -> None:
    page.locator("#desk-files input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files]
    )


def open_sheet(page: Any, name: str) -> None:
    """Press a report in the list, unless its sheet is open, and wait until all of it is there."""
    chosen = page.locator("#desk-list tr.chosen", has_text=name)
    if not chosen.count():
        page.locator("#desk-list button", has_text=name).click()
        chosen.wait_for()


def ask(page: Any, question: str, told: str) -> Any:
    """Ask on the tab «Preguntar» and wait until the answer says something. Returns its turn."""
    tab(page, "Preguntar")
    turn = asked(page, question)
    turn.locator(".answer", has_text=told).wait_for()
    return turn


def with_harbours(page: Any, office: Serving) -> None:
    """The page as a test needs it that works with a second report: on the tab «Informes», with that report loaded."""
    tab(page, "Informes")
    page.locator("#desk-files td").first.wait_for(state="detached")  # nothing of what was sent before is in the box
    if not _has_harbours(office):
        send_files(page, ("puertos.txt", OTHER))
    page.locator("#desk-list tbody tr", has_text="puertos.txt").wait_for()
    page.locator("#desk-files td").first.wait_for(state="detached")


def without_harbours(page: Any, office: Serving) -> None:
    """The page as a test needs it that works with the one report it began with: on the tab «Informes»."""
    tab(page, "Informes")
    if _has_harbours(office):
        open_sheet(page, "PUERTOS")
        page.locator("#desk-remove-open").click()
        page.locator("#desk-remove-yes").click()
    expect(page.locator("#desk-list tbody tr")).to_have_count(1)


def send_golden(page: Any, name: str, data: bytes) -> None:
    """Upload a golden set on the tab «Evaluación»."""
    page.locator("#eval-files input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": data}]
    )


def golden_kept(page: Any, name: str, number: int) -> None:
    """Wait until an uploaded golden set is the one that would be run: that it was kept is said before."""
    page.get_by_text(f"quedó guardado: {number} preguntas").first.wait_for()
    expect(page.locator("#eval-golden input")).to_have_value(f"guardado: {name}")
    expect(page.locator("#eval-run")).to_be_enabled()


@contextmanager
def nobody_is_answered(office: Serving) -> Iterator[None]:
    """Questions wait until the block is left."""
    go, ask_it = threading.Event(), office.service.ask
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(office.service, "ask", lambda *given, **named: go.wait(WAIT / 1000) and ask_it(*given, **named))
        try:
            yield
        finally:
            go.set()


@contextmanager
def messages_stay(page: Any) -> Iterator[None]:
    """What the sheet of a report refuses is told until it is closed, and not for ten seconds.

    Messages of a kind stand together and go with the first of them: those that are there are closed before.
    """
    page.evaluate("document.querySelectorAll('.toast-body button').forEach((button) => button.click())")
    expect(page.locator(".toast-body")).to_have_count(0)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            sheet_panel, "refusal", lambda title, told: gr.Error(told, title=title, duration=600, print_exception=False)
        )
        yield


def _has_harbours(office: Serving) -> bool:
    return any(document.file == "puertos.txt" for document in office.service.documents())
