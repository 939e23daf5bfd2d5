"""The conversation in a real browser: ask, follow up, ask back, stop, edit; nothing leaves this machine."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.ui.chat.browser.asking import FAILS, JUNE, MAY, PERCENT, WAITS, Open, Tried, ask, boxed
from tests.ui.chat.browser.resting import TEXT, at_rest, begin_anew, send
from tests.ui.chat.browser.seen import held
from tests.ui.chat.conftest import WAIT
from tests.ui.chat.pages import load_report
from tests.ui.chat.serving import UNLIMITED, serving
from ui.chat.server import ServerSettings


def test_an_ask_back_is_answered_with_a_button(visit: Open) -> None:
    page = visit()
    assert "Falta precisar" in ask(page, JUNE)
    option = page.locator("[data-choose]").first
    figure = option.locator("b").inner_text().rsplit(" ", 1)[-1]
    option.click()
    expect(page.locator(".turn[data-turn='1'] .answer.answered")).to_contain_text(figure)
    expect(page.locator(".turn[data-turn='1'] .question")).to_have_text(re.compile(r"\)\?$"))


def test_examples_come_from_the_reports_and_are_answered(visit: Open) -> None:
    page = visit()
    texts = page.locator(".welcome [data-ask]").all_inner_texts()
    assert len(texts) == len(set(texts)) == 6
    page.locator(".welcome [data-ask]").nth(3).click()
    page.locator(".turn .answer.answered").wait_for()
    assert page.locator(".turn .question").inner_text().endswith(texts[3])
    at_rest(page)
    page.locator(".suggestions button").first.click()
    page.locator(".turn[data-turn='1'] .answer").wait_for()


def test_a_failure_has_a_number_and_the_conversation_goes_on(visit: Open) -> None:
    page = visit()
    ask(page, MAY)
    send(page, FAILS)
    expect(page.locator(".turn[data-turn='1'] .answer.failed")).to_contain_text(
        re.compile(r"incidente \d{6}-[0-9A-F]{4}")
    )
    assert "no es para quien pregunta" not in page.content()
    assert "Q4,472,100.00" in ask(page, "¿y en julio?")


def test_an_answer_that_takes_long_says_what_is_done_and_can_be_stopped(visit: Open) -> None:
    page = visit()
    Tried.go.clear()
    send(page, WAITS)
    expect(page.locator(".turn .step")).to_have_text(re.compile(r"Buscando en 7 informes…|Preparando la búsqueda"))
    page.locator("#stop").click()
    page.locator(".turn .answer.stopped").wait_for()
    Tried.go.set()
    assert "Q2,529,447.00" in ask(page, MAY)


def test_a_question_sent_while_another_is_answered_comes_after_it(visit: Open) -> None:
    page = visit()
    Tried.go.clear()
    send(page, WAITS)
    page.locator(".turn .step").wait_for()
    send(page, MAY)
    Tried.go.set()
    expect(page.locator(".turn[data-turn='1'] .answer.answered")).to_contain_text("Q2,529,447.00")
    expect(page.locator(".turn[data-turn='0'] .question")).to_have_text(re.compile(f"{WAITS}$"))
    boxed(page, "2,529,447")


def test_a_question_that_waits_for_its_turn_is_the_one_that_was_sent(visit: Open) -> None:
    """And not what was written in the box since, which stays there."""
    page = visit()
    Tried.go.clear()
    send(page, WAITS)
    page.locator(".turn .step").wait_for()
    send(page, MAY)
    page.fill(TEXT, "¿y en ju")
    Tried.go.set()
    expect(page.locator(".turn[data-turn='1'] .answer.answered")).to_contain_text("Q2,529,447.00")
    at_rest(page)
    expect(page.locator(TEXT)).to_have_value("¿y en ju")
    page.fill(TEXT, "¿y en julio?")
    page.press(TEXT, "Enter")
    expect(page.locator(".turn[data-turn='2'] .answer.answered")).to_contain_text("Q4,472,100.00")


def test_what_is_written_while_a_question_is_on_its_way_stays(visit: Open) -> None:
    """A question leaves the box when it stands in the conversation, unless the box holds the next one by then."""
    page = visit()
    with held(page, "queue/join"):
        with page.expect_request("**/queue/join*"):
            send(page, MAY)
        page.fill(TEXT, "¿y en julio?")
    page.locator(".turn[data-turn='0'] .answer.answered").wait_for()
    at_rest(page)
    expect(page.locator(TEXT)).to_have_value("¿y en julio?")
    page.press(TEXT, "Enter")
    page.locator(".turn[data-turn='1'] .answer.answered").wait_for()
    expect(page.locator(TEXT)).to_have_value("")


def test_a_question_can_be_edited_and_repeated(visit: Open) -> None:
    page = visit()
    ask(page, MAY)
    ask(page, PERCENT)
    page.locator("[data-again='0']").click()
    page.wait_for_function("() => document.querySelector('.turn.shown')?.dataset.turn === '0'")
    expect(page.locator(".turn")).to_have_count(2)
    at_rest(page)
    page.locator("[data-edit='0']").click()
    expect(page.locator(TEXT)).to_have_value(re.compile("mayo"))
    expect(page.locator(".turn")).to_have_count(0)
    page.locator("#fresh").click()
    expect(page.locator(TEXT)).to_have_value("")


def test_an_answer_is_copied_and_a_conversation_downloaded(visit: Open) -> None:
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, PERCENT)
    page.locator(".actions [data-copy]").click()
    page.locator("#consta-live", has_text="Copiado").wait_for(state="attached")  # the button says so for a moment only
    copied = page.evaluate("() => navigator.clipboard.readText()")  # written before it is said
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
    expect(page.locator(".turn .question")).to_contain_text(evil)
    assert page.locator(".turn .question *").count() == 1  # the word for who listens, and no picture
    expect(page).to_have_title("Consta")


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
    assert "Q2,856,471.00" in ask(page, JUNE)
    expect(page.locator(".answer.answered")).to_have_count(1)


def test_a_conversation_is_there_again_when_the_page_is_loaded_anew(visit: Open) -> None:
    """Its questions, with their answers and evidence, and what was being written; in this tab alone."""
    page = visit(own=True)
    ask(page, MAY)
    ask(page, "¿y en julio?")
    page.fill(TEXT, "¿y en ag")
    page.reload()
    page.locator(".turn[data-turn='1'] .answer.answered").wait_for()
    boxed(page, "4,472,100")
    expect(page.locator(TEXT)).to_have_value("¿y en ag")
    expect(page.locator(".turn[data-turn='0'] .answer")).to_contain_text("Q2,529,447.00")
    assert "Q2,676,616.00" in ask(page, "¿y en agosto?")
    other = page.context.new_page()
    other.set_default_timeout(WAIT)
    other.goto(page.url)
    assert at_rest(other) == 0
    begin_anew(page)
    page.reload()
    assert at_rest(page) == 0


def test_a_page_goes_on_with_a_server_that_began_anew(chrome: Browser, tmp_path: Path) -> None:
    """Nothing of what was asked is lost, nor what is asked next: it stands in the box again."""
    load_report(tmp_path)
    settings = ServerSettings(limits=UNLIMITED)
    page = chrome.new_context().new_page()
    page.set_default_timeout(WAIT)
    with serving(tmp_path / "almacen", settings) as running:
        page.goto(running.url)
        at_rest(page)
        ask(page, "¿Cuánto ejecutó Punta Alta?")
    with serving(tmp_path / "almacen", settings, port=int(running.url.rsplit(":", 1)[1])):
        page.evaluate("window.before = true")
        send(page, "¿y Punta Baja?")
        page.wait_for_function("() => !window.before")
        page.locator(".turn[data-turn='0'] .answer.answered").wait_for()
        expect(page.locator(TEXT)).to_have_value("¿y Punta Baja?")
        at_rest(page)
        page.locator("#send").click()
        page.locator(".turn[data-turn='1'] .answer", has_text="400").wait_for()
    page.context.close()
