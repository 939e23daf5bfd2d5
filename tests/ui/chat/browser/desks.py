"""The tabs «Informes» and «Evaluación» of a page: what a person does in them."""

from __future__ import annotations

from typing import Any

from tests.assistant.made_store import REPORT
from tests.ui.chat.conftest import WAIT
from tests.ui.chat.pages import PASSWORD
from tests.ui.chat.serving import Serving

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
    page.goto(office.url)
    page.get_by_label("Usuario").fill(name)
    page.get_by_label("Clave").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.locator(".welcome [data-ask]").first.wait_for()  # the page has come to rest
    tab(page, "Informes")
    page.locator("#desk-list button").first.wait_for()
    return page


def tab(page: Any, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).first.click()


def rows(page: Any) -> list[str]:
    return [row.inner_text() for row in page.locator("#desk-list tbody tr").all()]


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


def ask(page: Any, question: str, told: str) -> None:
    """Ask on the tab «Preguntar» and wait until the answer says something."""
    tab(page, "Preguntar")
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    # by its question and not by its number: while the conversation is drawn anew there is none to count from
    page.locator("#talk-view .turn", has_text=question).last.locator(".answer", has_text=told).wait_for()
    page.locator("#send").wait_for()


def with_harbours(page: Any, office: Serving) -> None:
    """The page as a test needs it that works with a second report: on the tab «Informes», with that report loaded."""
    tab(page, "Informes")
    if not any(document.file == "puertos.txt" for document in office.service.documents()):
        send_files(page, ("puertos.txt", OTHER))
    page.locator("#desk-list tbody tr", has_text="puertos.txt").wait_for()
