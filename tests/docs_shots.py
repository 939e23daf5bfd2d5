"""Take the screenshots of the documents anew: `python -m tests.docs_shots` over a fresh store of the demonstration."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from index.ingest import load
from index.sqlite_store import SqliteStore
from tests.conftest import ROOT
from tests.ui.chat.conftest import ARGS, CHROMIUM
from tests.ui.chat.serving import serving
from ui.chat.server import ServerSettings

PERCENT = "¿Qué porcentaje ejecutó Piedraclara en vías y transporte?"
COURSE = "evolución del gasto mensual de la SIE"
SHOTS = (  # file, width, height, dark, questions, what is scrolled into sight beside the last answer
    ("chat.png", 1440, 900, False, (PERCENT,), "header"),
    ("chat-oscuro.png", 1440, 900, True, ("¿Cuánto se gastó en junio?", COURSE), ".chart"),
    ("chat-telefono.png", 390, 844, False, ("los tres sectores de inversion con mas obligaciones, piedraclara",), ""),
)
_COLOURS = 256


def main() -> None:
    """Write every screenshot to `docs/`, with few colours."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = SqliteStore(Path(folder))
        load([ROOT / "corpus" / "informes"], store)
        store.close()
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        # the application as it is started: the page alone would lack the tabs that need it
        with serving(Path(folder), ServerSettings(golden=ROOT / "corpus" / "golden")) as server:
            for name, width, height, dark, questions, sight in SHOTS:
                with _page(browser, (width, height), dark=dark) as page:
                    data = _shot(page, server.url, questions, sight)
                image = (
                    Image.open(io.BytesIO(data))
                    .convert("RGB")
                    .quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
                )
                image.save(ROOT / "docs" / name, "PNG", optimize=True)
        browser.close()


@contextmanager
def _page(browser: Browser, size: tuple[int, int], *, dark: bool) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    yield context.new_page()
    context.close()


def _shot(page: Page, address: str, questions: tuple[str, ...], sight: str) -> bytes:
    page.goto(address)
    page.locator(".welcome [data-ask]").first.wait_for()
    for number, question in enumerate(questions):
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        page.locator(f".turn[data-turn='{number}'] .answer").wait_for()
        page.locator("#proof-view .proof").wait_for()
        page.wait_for_timeout(1200)
    if sight:
        page.locator(f"#proof-view {sight}").first.evaluate("part => part.scrollIntoView({ block: 'end' })")
        page.wait_for_timeout(300)
    return page.screenshot()


if __name__ == "__main__":
    main()
