"""The page over the demonstration reports: what a person does in it, and what then stands there."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Page

from assistant.model import Answer
from index.model import Report
from tests.ui.chat.browser.resting import asked
from ui.chat.service import ChatService

PERCENT = "¿Qué porcentaje ejecutó Piedraclara en vías y transporte?"
MAY = "¿Cuánto gastó la SIE en mayo?"
JUNE = "¿Cuánto se gastó en junio?"
FAILS, WAITS = "pregunta que falla", "pregunta que espera"
Open = Callable[..., Page]


class Tried(ChatService):
    """The real service, but for one question that fails and one that waits until it is let go.

    slow: seconds that the next pieces of evidence take, one entry a piece.
    """

    go = threading.Event()
    slow: ClassVar[list[float]] = []

    def report(self, document_id: str) -> Report:
        if self.slow:
            time.sleep(self.slow.pop(0))
        return super().report(document_id)

    def ask(self, text: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        if text == FAILS:
            msg = "no es para quien pregunta"
            raise RuntimeError(msg)
        if text == WAITS:
            self.go.wait(120)
        return super().ask(text, history, documents)


def ask(page: Page, question: str) -> str:
    """Ask, and wait for the answer and its evidence. Returns what the answer says."""
    return str(asked(page, question).locator(".answer").inner_text())


def boxed(page: Page, text: str) -> None:
    """Wait until the first cell that is boxed on the page of the report is that with this text."""
    page.wait_for_function("text => document.querySelector('.paper .box')?.dataset.text === text", arg=text)


def words_under(demo_folder: Path, file: str, number: int, box: dict[str, float]) -> str:
    """The words that a report prints inside a box in points, read anew from its file."""
    import pdfplumber

    from index.sqlite_store import SqliteStore

    store = SqliteStore(demo_folder)
    document = next(d for d in store.documents() if d.file == file)
    data = store.original(document.id)
    store.close()
    assert data is not None
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        area = (box["x0"], box["top"], box["x1"], box["bottom"])
        return str(pdf.pages[number - 1].crop(area).extract_text())


_BOXES = """() => {
  const paper = document.querySelector('.paper');
  const all = paper.querySelector('img').getBoundingClientRect();
  const scale = Number(paper.dataset.width) / all.width;
  return [...paper.querySelectorAll('.box[data-operand]')].map((box) => {
    const r = box.getBoundingClientRect();
    return { text: box.dataset.text, colour: getComputedStyle(box).borderTopColor, x0: (r.left - all.left) * scale,
      top: (r.top - all.top) * scale, x1: (r.right - all.left) * scale, bottom: (r.bottom - all.top) * scale };
  });
}"""


def boxes(page: Page) -> list[dict[str, Any]]:
    page.locator(".viewer[data-ready] .paper .box").first.wait_for()  # its image is there, and its size is set
    found: list[dict[str, Any]] = page.evaluate(_BOXES)
    return found
