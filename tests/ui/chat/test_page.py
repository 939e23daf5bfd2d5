"""The page in a real browser: ask, see the figure, see the cell on the page; nothing leaves this machine."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from assistant.model import Answer
from index.model import Report
from tests.ui.chat.conftest import WAIT
from tests.ui.chat.serving import UNLIMITED, serving
from ui.chat.server import ServerSettings
from ui.chat.service import ChatService

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PERCENT = "¿Qué porcentaje ejecutó Piedraclara en vías y transporte?"
MAY = "¿Cuánto gastó la SIE en mayo?"
JUNE = "¿Cuánto se gastó en junio?"
TEXT = "#question textarea"
FAILS, WAITS = "pregunta que falla", "pregunta que espera"


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


@pytest.fixture(scope="module")
def site(demo_folder: Path, chromium: Path) -> Iterator[str]:
    """Address of the application over the demonstration reports."""
    with serving(demo_folder, ServerSettings(limits=UNLIMITED), Tried) as running:
        yield running.url


Open = Callable[..., "Page"]


@pytest.fixture
def visit(chrome: Browser, site: str) -> Iterator[Open]:
    """Open the page. At the end: no error in it, and no request to any other machine."""
    contexts, outside, errors = [], [], []

    def opened(width: int = 1440, height: int = 900, *, dark: bool = False, locale: str = "en-US") -> Page:
        context = chrome.new_context(
            viewport={"width": width, "height": height}, locale=locale, color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("request", lambda r: outside.append(r.url) if not r.url.startswith((site, "data:", "blob:")) else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(site)
        page.locator(".welcome [data-ask]").first.wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()
    assert outside == []
    assert errors == []


def ask(page: Page, question: str) -> None:
    """Type a question, send it with Enter, and wait for its answer and its evidence."""
    before = page.locator(".turn").count()
    send(page, question)
    page.locator(f".turn[data-turn='{before}'] .answer").wait_for()
    page.locator("#send").wait_for()
    page.locator("#proof-view .proof, #proof-view .empty").first.wait_for()


def send(page: Page, question: str) -> None:
    """Type a question and send it with Enter."""
    page.fill(TEXT, question)
    page.press(TEXT, "Enter")


def said(page: Page, turn: int = -1) -> str:
    return page.locator(".turn .answer").nth(turn).inner_text()


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


def test_the_boxes_on_the_screen_lie_on_the_figures(visit: Open, demo_folder: Path) -> None:
    """Each box is read back through the words of the page: under it stands the figure of its cell, and nothing else."""
    page = visit()
    ask(page, PERCENT)
    assert "44,12 %" in said(page)
    found = boxes(page)
    assert sorted(b["text"] for b in found) == ["2.704.315", "41,1", "6.130.000"]
    assert len({b["colour"] for b in found}) == 3
    for box in found:
        assert words_under(demo_folder, "piedraclara-colombia-2024-demo.pdf", 3, box) == box["text"]
    proof = page.locator("#proof-view").inner_text()
    for part in ("El informe imprime", "41,1 %", "Sus cifras dan", "Cálculo", "Vías y transporte"):
        assert part in proof
    assert sorted(page.locator(".read td.hit").all_inner_texts()) == ["12.704.315", "26.130.000", "341,1"]


def test_a_table_that_crosses_pages_has_its_boxes_on_each(visit: Open, demo_folder: Path) -> None:
    page = visit()
    ask(page, "Compara las obligaciones de 3.1 sector educación y 3.4 vías y transporte, Piedraclara")
    for number, figure in ((2, "10.112.863"), (3, "2.704.315")):
        page.locator(f"[data-page='{number}']").click()
        page.wait_for_function(f"() => document.querySelector('.paper .box')?.dataset.text === '{figure}'")
        (box,) = boxes(page)
        assert words_under(demo_folder, "piedraclara-colombia-2024-demo.pdf", number, box) == figure
    assert page.locator(".chart .row").count() == 2


def test_a_citation_brings_its_evidence_back(visit: Open, demo_folder: Path) -> None:
    """Follow-ups lean on the conversation; each answer keeps its own evidence one click away."""
    page = visit()
    ask(page, MAY)
    assert "Q2,529,447.00" in said(page)
    ask(page, "¿y en julio?")
    assert "Q4,472,100.00" in said(page)
    page.wait_for_function("() => document.querySelector('.paper .box')?.dataset.text === '4,472,100'")
    page.locator(".turn[data-turn='0'] .cite").first.click()
    page.wait_for_function("() => document.querySelector('.paper .box')?.dataset.text === '2,529,447'")
    (box,) = boxes(page)
    assert words_under(demo_folder, "inteligencia-guatemala-2023-c2-demo.pdf", 3, box) == "2,529,447"
    assert page.locator(".turn.shown").get_attribute("data-turn") == "0"


def test_of_several_citations_pressed_at_once_the_last_is_shown(visit: Open) -> None:
    """Pressed within the same instant, the earlier ones slower to draw: what is pressed last is shown, and stays."""
    page = visit()
    figures = ("2,529,447", "4,472,100", "2,676,616")
    for question in (MAY, "¿y en julio?", "¿y en agosto?"):
        ask(page, question)
    for order in ((0, 2, 1), (2, 1, 0), (1, 0, 1, 0, 2)):
        Tried.slow[:] = [0.4, 0.0, 0.2]
        page.evaluate(
            "order => order.forEach((n) => document.querySelector(`[data-turn='${n}'] .cite`).click())", order
        )
        last = figures[order[-1]]
        page.wait_for_function(f"() => document.querySelector('.paper .box')?.dataset.text === '{last}'")
        page.wait_for_timeout(600)  # longer than the slowest of them takes
        assert [box["text"] for box in boxes(page)] == [last]
        assert page.locator(".turn.shown").get_attribute("data-turn") == str(order[-1])
    Tried.slow.clear()


def test_an_ask_back_is_answered_with_a_button(visit: Open) -> None:
    page = visit()
    ask(page, JUNE)
    assert "Falta precisar" in said(page)
    option = page.locator("[data-choose]").first
    figure = option.locator("b").inner_text().rsplit(" ", 1)[-1]
    option.click()
    page.locator(".turn[data-turn='1'] .answer.answered").wait_for()
    assert figure in said(page)
    assert page.locator(".turn[data-turn='1'] .question").inner_text().endswith(")?")


def test_examples_come_from_the_reports_and_are_answered(visit: Open) -> None:
    page = visit()
    texts = page.locator(".welcome [data-ask]").all_inner_texts()
    assert len(texts) == len(set(texts)) == 6
    page.locator(".welcome [data-ask]").nth(3).click()
    page.locator(".turn .answer.answered").wait_for()
    assert page.locator(".turn .question").inner_text().endswith(texts[3])
    page.locator(".suggestions button").first.click()
    page.locator(".turn[data-turn='1'] .answer").wait_for()


def test_a_failure_has_a_number_and_the_conversation_goes_on(visit: Open) -> None:
    page = visit()
    ask(page, MAY)
    send(page, FAILS)
    page.locator(".turn[data-turn='1'] .answer.failed").wait_for()
    assert re.search(r"incidente \d{6}-[0-9A-F]{4}", said(page))
    assert "no es para quien pregunta" not in page.content()
    ask(page, "¿y en julio?")
    assert "Q4,472,100.00" in said(page)


def test_an_answer_that_takes_long_says_what_is_done_and_can_be_stopped(visit: Open) -> None:
    page = visit()
    Tried.go.clear()
    send(page, WAITS)
    page.locator(".turn .step").wait_for()
    assert re.search(r"Buscando en 7 informes…|Preparando la búsqueda", page.locator(".turn .step").inner_text())
    page.locator("#stop").click()
    page.locator(".turn .answer.stopped").wait_for()
    Tried.go.set()
    ask(page, MAY)
    assert "Q2,529,447.00" in said(page)


def test_a_question_sent_while_another_is_answered_comes_after_it(visit: Open) -> None:
    page = visit()
    Tried.go.clear()
    send(page, WAITS)
    page.locator(".turn .step").wait_for()
    send(page, MAY)
    Tried.go.set()
    page.locator(".turn[data-turn='1'] .answer.answered").wait_for()
    assert page.locator(".turn .question").first.inner_text().endswith(WAITS)
    assert "Q2,529,447.00" in said(page)
    page.wait_for_function("() => document.querySelector('.paper .box')?.dataset.text === '2,529,447'")


def test_a_question_can_be_edited_and_repeated(visit: Open) -> None:
    page = visit()
    ask(page, MAY)
    ask(page, PERCENT)
    page.locator("[data-again='0']").click()
    page.wait_for_function("() => document.querySelector('.turn.shown')?.dataset.turn === '0'")
    assert page.locator(".turn").count() == 2
    page.locator("[data-edit='0']").click()
    page.wait_for_function(f"() => document.querySelector('{TEXT}').value.includes('mayo')")
    page.locator(".turn").first.wait_for(state="detached")
    page.locator("#fresh").click()
    page.wait_for_function(f"() => document.querySelector('{TEXT}').value === ''")


def test_an_answer_is_copied_and_a_conversation_downloaded(visit: Open) -> None:
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, PERCENT)
    page.locator(".actions [data-copy]").click()
    page.locator("#consta-live", has_text="Copiado").wait_for(state="attached")  # the button says so for a moment only
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("## ")
    assert "Cálculo: " in copied
    for selector, name, part in (
        (".whole a", "consulta.md", "44,12 %"),
        (".files a[download$='.csv']", "piedraclara-colombia-2024-demo-Tabla-1.csv", "2704315"),
    ):
        with page.expect_download() as waiting:
            page.locator(selector).click()
        assert waiting.value.suggested_filename == name
        assert part in Path(waiting.value.path()).read_text(encoding="utf-8-sig")


def test_the_table_is_sorted_by_its_heads(visit: Open) -> None:
    page = visit()
    ask(page, MAY)
    column = page.locator(".read th button", has_text="Gasto del mes")
    cells = page.locator(".read tbody tr td:nth-child(3)")
    before = cells.all_inner_texts()
    column.click()
    assert column.locator("xpath=..").get_attribute("aria-sort") == "descending"
    figures = [int(re.sub(r"\D", "", t)[-8:]) for t in cells.all_inner_texts()]
    assert figures[0] == 12534634
    column.click()
    column.click()
    assert cells.all_inner_texts() == before


def test_scripts_in_a_question_are_letters(visit: Open) -> None:
    page = visit()
    evil = "<img src=x onerror=\"document.title='roto'\"> {{7*7}} ${7*7}"
    ask(page, evil)
    assert page.locator(".turn .question").inner_text().endswith(evil)
    assert page.title() == "Consta"


def test_the_page_speaks_spanish_to_an_english_browser(visit: Open) -> None:
    """Words of the framework too: what a screen reader meets counts as well."""
    page = visit(locale="en-US")
    assert page.evaluate("() => document.documentElement.lang") == "es"
    ask(page, MAY)
    text = page.evaluate(
        """() => [document.body.innerText, ...[...document.querySelectorAll('[aria-label],[title],[placeholder],img[alt]')]
        .map((e) => ['aria-label', 'title', 'placeholder', 'alt'].map((n) => e.getAttribute(n) || '').join(' '))].join('\\n')"""
    )
    english = re.findall(
        r"(?i)\b(?:submit|clear|copy|loading|error|built with|settings|download|click|type|remove|select)\b", text
    )
    assert english == []
    assert page.locator("footer:visible").count() == 0


def test_a_lost_connection_is_told_in_spanish(visit: Open) -> None:
    """The framework knows these words in English alone."""
    page = visit()
    page.route("**/queue/join*", lambda route: route.abort())
    send(page, MAY)
    page.locator(".toast-body", has_text="Se perdió la conexión con el servidor").wait_for()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (720, 450)], ids=["phone", "200 %"])
def test_nothing_is_cut_on_a_phone_or_enlarged(visit: Open, width: int, height: int) -> None:
    """No part of the page is wider than the screen; the evidence comes below, with its box in sight."""
    page = visit(width, height)
    ask(page, PERCENT)
    found = boxes(page)
    assert len(found) == 3
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.locator(".turn .cite").click()
    page.wait_for_function(
        "() => { const r = document.querySelector('#proof').getBoundingClientRect(); return r.top < innerHeight / 2; }"
    )
    seen = page.evaluate(
        """() => { const v = document.querySelector('.viewer').getBoundingClientRect();
        return [...document.querySelectorAll('.box')].filter((b) => { const r = b.getBoundingClientRect();
        return r.left >= v.left - 1 && r.right <= v.right + 1 && r.top >= v.top - 1 && r.bottom <= v.bottom + 1; }).length; }"""
    )
    assert seen == 3


def test_the_keyboard_alone_is_enough(visit: Open) -> None:
    """Ask, size the page, sort the table, answer an ask-back, go back to a citation, change the tab: without a mouse."""
    page = visit()

    def press_until(key: str, selector: str) -> None:
        for _ in range(80):
            if page.evaluate("(s) => !!document.activeElement?.matches(s)", selector):
                assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
                return
            page.keyboard.press(key)
        pytest.fail(f"the keyboard does not reach {selector}")

    page.wait_for_function("() => document.activeElement.tagName === 'TEXTAREA'")
    page.keyboard.type(MAY)
    page.keyboard.press("Enter")
    page.locator(".viewer[data-ready] .box").wait_for()
    press_until("Tab", "[data-zoom='1']")
    page.keyboard.press("Enter")
    assert float(page.locator(".viewer").get_attribute("data-zoom") or 0) > 1
    press_until("Tab", "[data-sort='2']")
    page.keyboard.press("Enter")
    assert page.locator("th[aria-sort='descending']").count() == 1
    press_until("Shift+Tab", "#fresh")
    page.keyboard.press("Enter")
    page.locator(".welcome").wait_for()
    page.wait_for_function("() => document.activeElement.tagName === 'TEXTAREA'")
    page.keyboard.type(JUNE)
    page.keyboard.press("Enter")
    page.locator("[data-choose]").first.wait_for()
    press_until("Shift+Tab", "[data-choose]")
    page.keyboard.press("Enter")
    page.locator(".turn[data-turn='1'] .answer.answered").wait_for()
    page.locator("#proof-title").wait_for()
    page.locator(TEXT).focus()
    press_until("Shift+Tab", ".turn[data-turn='0'] .cite")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.turn.shown')?.dataset.turn === '0'")
    page.locator(".places button").first.wait_for()
    press_until("Shift+Tab", "[data-tab-id='reports']")
    page.keyboard.press("Enter")
    page.locator("#desk-list button").first.wait_for()


def test_the_theme_follows_the_system_and_can_be_changed(visit: Open) -> None:
    page = visit(dark=True)
    light_text = "() => getComputedStyle(document.querySelector('.brand h1')).color"
    page.wait_for_function("() => document.body.classList.contains('dark')")
    dark = page.evaluate(light_text)
    page.locator("[data-theme-toggle]").click()
    page.wait_for_function("() => !document.body.classList.contains('dark')")
    assert page.evaluate(light_text) != dark
    page.reload()
    page.locator(".welcome").wait_for()
    page.wait_for_function("() => !document.body.classList.contains('dark')")


def test_a_conversation_stays_within_the_chosen_reports(visit: Open) -> None:
    page = visit()
    page.locator("#scope input").click()
    page.get_by_role("option", name=re.compile("Inteligencia")).click()
    page.keyboard.press("Escape")
    ask(page, JUNE)
    assert "Q2,856,471.00" in said(page)
    assert page.locator(".answer.answered").count() == 1


@pytest.mark.parametrize(
    ("width", "dark", "question"),
    [
        (1440, False, PERCENT),
        (1440, True, JUNE),
        (390, False, "evolución del gasto mensual de la SIE"),
        (390, True, TEXT),
    ],
    ids=["light", "dark", "phone", "phone dark"],
)
def test_no_serious_barrier_is_found(visit: Open, width: int, dark: bool, question: str) -> None:
    """axe-core, all its rules: nothing serious or critical, in both themes, at both widths."""
    from axe_playwright_python.sync_playwright import Axe

    page = visit(width, dark=dark)
    ask(page, question)
    page.wait_for_timeout(300)
    found = Axe().run(page).response["violations"]
    serious = [
        f"{v['id']}: {n['html'][:200]} {n['failureSummary'][:200]}"
        for v in found
        if v["impact"] in {"serious", "critical"}
        for n in v["nodes"]
    ]
    assert serious == [], "\n".join(serious)
