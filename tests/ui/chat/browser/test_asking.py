"""The conversation in a real browser: ask, follow up, ask back, stop, edit; nothing leaves this machine."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser

from tests.ui.chat.browser.asking import FAILS, JUNE, MAY, PERCENT, TEXT, WAITS, Open, Tried, ask, said, send
from tests.ui.chat.conftest import WAIT
from tests.ui.chat.pages import load_report
from tests.ui.chat.serving import UNLIMITED, serving
from ui.chat.server import ServerSettings


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


def test_scripts_in_a_question_are_letters(visit: Open) -> None:
    page = visit()
    evil = "<img src=x onerror=\"document.title='roto'\"> {{7*7}} ${7*7}"
    ask(page, evil)
    assert page.locator(".turn .question").inner_text().endswith(evil)
    assert page.title() == "Consta"


def test_a_lost_connection_is_told_in_spanish(visit: Open) -> None:
    """The framework knows these words in English alone."""
    page = visit(own=True)
    page.route("**/queue/join*", lambda route: route.abort())
    send(page, MAY)
    page.locator(".toast-body", has_text="Se perdió la conexión con el servidor").wait_for()


def test_a_conversation_stays_within_the_chosen_reports(visit: Open) -> None:
    page = visit(own=True)
    page.locator("#scope input").click()
    page.get_by_role("option", name=re.compile("Inteligencia")).click()
    page.keyboard.press("Escape")
    ask(page, JUNE)
    assert "Q2,856,471.00" in said(page)
    assert page.locator(".answer.answered").count() == 1


def test_a_conversation_is_there_again_when_the_page_is_loaded_anew(visit: Open) -> None:
    """Its questions, with their answers and evidence, and what was being written; in this tab alone."""
    page = visit(own=True)
    ask(page, MAY)
    ask(page, "¿y en julio?")
    page.fill(TEXT, "¿y en ag")
    page.reload()
    page.locator(".turn[data-turn='1'] .answer.answered").wait_for()
    page.wait_for_function("() => document.querySelector('.paper .box')?.dataset.text === '4,472,100'")
    page.wait_for_function(f"() => document.querySelector('{TEXT}').value === '¿y en ag'")
    assert "Q2,529,447.00" in said(page, 0)
    ask(page, "¿y en agosto?")
    assert "Q2,676,616.00" in said(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(".welcome [data-ask]").first.wait_for()
    assert other.locator(".turn").count() == 0
    page.locator("#fresh").click()
    page.locator(".welcome [data-ask]").first.wait_for()
    page.reload()
    page.locator(".welcome [data-ask]").first.wait_for()
    assert page.locator(".turn").count() == 0


def test_a_page_goes_on_with_a_server_that_began_anew(chrome: Browser, tmp_path: Path) -> None:
    """Nothing of what was asked is lost, nor what is asked next: it stands in the box again."""
    load_report(tmp_path)
    settings = ServerSettings(limits=UNLIMITED)
    page = chrome.new_context().new_page()
    page.set_default_timeout(WAIT)
    with serving(tmp_path / "almacen", settings) as running:
        page.goto(running.url)
        page.locator(".welcome [data-ask]").first.wait_for()
        ask(page, "¿Cuánto ejecutó Punta Alta?")
    with serving(tmp_path / "almacen", settings, port=int(running.url.rsplit(":", 1)[1])):
        page.evaluate("window.before = true")
        send(page, "¿y Punta Baja?")
        page.wait_for_function("() => !window.before")
        page.locator(".turn[data-turn='0'] .answer.answered").wait_for()
        page.wait_for_function(f"() => document.querySelector('{TEXT}').value === '¿y Punta Baja?'")
        page.locator("#send").click()
        page.locator(".turn[data-turn='1'] .answer", has_text="400").wait_for()
    page.context.close()
