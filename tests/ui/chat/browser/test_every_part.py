"""Every part of the page as people get to it: in Spanish, and without serious barriers."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.ui.chat.browser.desks import (
    ask,
    enter,
    golden_kept,
    messages_stay,
    nobody_is_answered,
    open_sheet,
    send_files,
    send_golden,
    tab,
)
from tests.ui.chat.browser.seen import barriers, english, held
from tests.ui.chat.conftest import WAIT
from tests.ui.chat.serving import Serving

CHAT = sorted((ROOT / "ui").rglob("*.py"))


def messages() -> Iterator[tuple[str, ast.Call]]:
    """Every message of ours that the framework shows over the page."""
    for path in CHAT:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"gr.Error", "gr.Info", "gr.Warning"}:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_every_message_has_a_title_of_ours() -> None:
    """Without one the framework writes "Error", "Info" or "Warning" over it."""
    found = list(messages())
    assert len(found) > 5
    assert [where for where, call in found if "title" not in {word.arg for word in call.keywords}] == []


def test_english_is_recognised(chrome: Any) -> None:
    """The check can fail."""
    page = chrome.new_page()
    page.set_content("<p>Su pregunta</p><button aria-label='Close popup'>x</button><p>Drop File Here</p>")
    assert len(english(page, "x")) == 2
    page.close()


Met = dict[str, list[str]]


@pytest.fixture(scope="module", params=[(1280, "light"), (390, "dark")], ids=["wide", "phone dark"])
def met(request: pytest.FixtureRequest, chrome: Any, office: Serving) -> Met:
    """What is met on a walk through all tabs, what opens in them, messages, uploads, a lost connection, the login."""
    width, theme = request.param
    page = enter(chrome, office, "ana", width, theme)
    found: Met = {"english": [], "barriers": []}

    def look(where: str, *, only_words: bool = False) -> None:
        found["english"] += english(page, where)
        if not only_words:
            found["barriers"] += barriers(page, where)

    look("list", only_words=True)
    with held(page, "queue/join"):
        with held(page, "upload?"):
            send_files(page, ("otro.pdf", "%PDF-1.4 cortado"), ("otro.docx", "PK"))
            page.locator("#desk-files .uploading").wait_for()
            look("uploading")
        page.locator("#desk-files tr.file").nth(1).wait_for()
        look("files in the box")
    page.locator("#desk-progress li.mal").nth(1).wait_for()
    page.locator("#desk-files td").first.wait_for(state="detached")  # the box is empty again
    look("upload", only_words=True)
    send_files(page, ("programa.exe", "MZ"))
    page.locator(".toast-body", has_text="Ese tipo de archivo no se admite: programa.exe").wait_for()
    look("refused", only_words=True)
    page.locator("#desk-institutions input").click()
    page.locator("#desk-institutions [role=option]").first.wait_for()
    look("filter", only_words=True)
    page.locator("#desk-institutions [role=option]").first.click()
    page.keyboard.press("Escape")
    look("filtered", only_words=True)
    _walk_sheet(page, look)
    _walk_evaluation(page, look, office)
    saved = _walk_answer(page, look)
    for address in (saved, "/guardado/no", "/salir"):
        page.goto(office.url + address)
        page.locator("h1").wait_for()
        look(address, only_words=address != saved)
    page.get_by_label("Usuario").fill("ana")
    page.get_by_label("Clave").fill("no")
    page.get_by_role("button", name="Entrar").click()
    page.locator("[role=alert]").wait_for()
    look("wrong password")
    page.context.close()
    return found


def _walk_sheet(page: Any, look: Callable[..., None]) -> None:
    open_sheet(page, "FAROS")
    page.locator("#desk-checks button").first.click()
    page.locator("#desk-cells .proof").wait_for()
    page.locator("#desk-remove-open").click()
    page.locator("#desk-remove-yes").wait_for()
    page.locator("#desk-edit-open").click()
    message = page.locator(".toast-body", has_text="No cambió ningún dato")
    with messages_stay(page):  # as long as it takes to look at all
        page.locator("#desk-edit-save").click()
        message.wait_for()
    look("sheet")
    assert message.is_visible()  # it was there when all was looked at
    message.get_by_role("button").click()
    message.wait_for(state="detached")
    for name in ("Cuadros", "Texto", "Quedó fuera"):
        tab(page, name)
        look(name)


def _walk_evaluation(page: Any, look: Callable[..., None], office: Serving) -> None:
    tab(page, "Evaluación")
    case = b'{"id": "a", "question": "total vigente", "kind": "total", "expected": {"values": [2500]}}'
    with held(page, "queue/join"):
        send_golden(page, "uno.jsonl", case)
        page.locator("#eval-files tr.file").wait_for()
        look("golden set in the box")
    golden_kept(page, "uno.jsonl", 1)
    with nobody_is_answered(office):
        page.locator("#eval-run").click()
        page.locator("#eval-stop").wait_for()
        page.locator("#eval-result .progress-text").wait_for()
        look("evaluating")
    page.locator(".desk-score").wait_for()
    send_golden(page, "roto.jsonl", b"{")
    page.locator(".toast-body", has_text="roto.jsonl").wait_for()
    look("evaluation")


def _walk_answer(page: Any, look: Callable[..., None]) -> str:
    """Returns the address under which the conversation was saved."""
    ask(page, "¿Cuánto ejecutó Punta Alta?", "600")
    page.locator("#proof-view .proof").wait_for()
    page.locator("#scope input").click()
    look("answer", only_words=True)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Guardar con enlace").click()
    page.locator("#notice a").wait_for()
    page.locator("[data-good='no']").first.click()
    page.locator("form.desk-comment").wait_for()
    look("saved")
    address: str = page.locator("#notice a").get_attribute("href")
    page.context.set_offline(True)
    page.locator("#question textarea").fill("¿y Punta Baja?")
    page.locator("#question textarea").press("Enter")
    page.locator(".toast-body").first.wait_for(timeout=WAIT)
    look("offline", only_words=True)
    page.context.set_offline(False)
    return address


def test_no_english_is_seen_in_any_part(met: Met) -> None:
    assert met["english"] == [], "\n".join(met["english"])


def test_no_serious_barrier_is_found_in_any_part(met: Met) -> None:
    """axe-core, all its rules, over lists, sheet, forms, messages, evaluation, what was saved, and the login."""
    assert met["barriers"] == [], "\n".join(met["barriers"])
