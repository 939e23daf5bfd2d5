"""Whatever a person can see or hear of the page is Spanish: ours, and what the framework adds of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.ui.chat.conftest import WAIT
from tests.ui.chat.test_desk_browser import ask, enter, open_sheet, send_files, server, tab

__all__ = ["server"]  # a fixture

CHAT = sorted((ROOT / "ui").rglob("*.py"))
ENGLISH = frozenset(
    """
    the of and to is are was were be been this that with from your you we please try again here there not found failed
    click drop drag close clear remove delete upload uploading uploaded download loading processing queue warning info
    success submit stop cancel select option options open toggle settings search next previous file files image table
    row rows column columns sort copy copied share flag edit undo retry message messages button input output tab tabs
    label value empty unknown unexpected connection lost server busy running waiting built language theme screen full
    fullscreen expand collapse show hide more less back reset refresh record view page pages
    """.split()
)
SEEN = """() => {
  const found = [];
  const hidden = (node) => node.closest('script, style, noscript, template, svg title, pre, code');
  const letters = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = letters.nextNode(); node; node = letters.nextNode()) {
    const around = node.parentElement;
    if (node.data.trim() && around && !hidden(around)) found.push(['text', node.data.trim()]);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-roledescription', 'aria-description'])
    document.querySelectorAll(`[${name}]`).forEach((part) => found.push([name, part.getAttribute(name)]));
  return found;
}"""


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


def english(page: Any, where: str) -> list[str]:
    """What looks like English on the page as it stands."""
    told = []
    for kind, text in page.evaluate(SEEN):
        words = set(re.findall(r"[a-záéíóúñü]+", text.lower()))
        if words & ENGLISH:
            told.append(f"{where} {kind}: {text[:90]!r} ({', '.join(sorted(words & ENGLISH))})")
    return list(dict.fromkeys(told))


def test_english_is_recognised(chrome: Any) -> None:
    """The check can fail."""
    page = chrome.new_page()
    page.set_content("<p>Su pregunta</p><button aria-label='Close popup'>x</button><p>Drop File Here</p>")
    assert len(english(page, "x")) == 2
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_english_is_seen_in_any_part(chrome: Any, server: Any, width: int) -> None:
    """All tabs, what opens in them, messages, uploads, a lost connection, the login."""
    page = enter(chrome, server, "ana", width)
    found = english(page, "list")
    send_files(page, ("otro.pdf", "%PDF-1.4 cortado"))
    page.locator("#desk-progress li.mal").wait_for()
    found += english(page, "upload")
    page.locator("#desk-institutions input").click()
    found += english(page, "filter")
    page.locator("#desk-institutions [role=option]").first.click()
    page.keyboard.press("Escape")
    found += english(page, "filtered")
    open_sheet(page, "FAROS")
    page.locator("#desk-checks button").first.click()
    page.locator("#desk-cells .proof").wait_for()
    page.locator("#desk-edit-open").click()
    page.locator("#desk-edit-save").click()
    page.locator(".toast-body", has_text="No cambió ningún dato").first.wait_for()
    page.locator("#desk-remove-open").click()
    page.locator("#desk-remove-yes").wait_for()
    found += english(page, "sheet")
    for name in ("Cuadros", "Texto", "Quedó fuera"):
        tab(page, name)
        found += english(page, name)
    tab(page, "Evaluación")
    case = b'{"id": "a", "question": "total vigente", "kind": "total", "expected": {"values": [2500]}}'
    page.locator("#eval-files input[type=file]").set_input_files(
        [{"name": "uno.jsonl", "mimeType": "text/plain", "buffer": case}]
    )
    page.get_by_text("quedó guardado: 1 preguntas").wait_for()
    page.locator("#eval-run").click()
    page.locator(".desk-score").wait_for()
    found += english(page, "evaluation")
    ask(page, "¿Cuánto ejecutó Punta Alta?", "600")
    page.locator("#proof-view .proof").wait_for()
    page.locator("#scope input").click()
    page.get_by_role("button", name="Guardar con enlace").click()
    page.locator("#notice a").wait_for()
    found += english(page, "answer")
    page.context.set_offline(True)
    page.locator("#question textarea").fill("¿y Punta Baja?")
    page.locator("#question textarea").press("Enter")
    page.locator(".toast-body").first.wait_for(timeout=WAIT)
    found += english(page, "offline")
    page.context.set_offline(False)
    for address in ("/salir", "/guardado/no"):
        page.goto(server.url + address)
        found += english(page, address)
    page.context.close()
    assert found == [], "\n".join(found)
