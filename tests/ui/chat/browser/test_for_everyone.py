"""The page for every eye and hand: phone, enlarged, dark, by keyboard, read aloud, in Spanish."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.ui.chat.browser.asking import FAILS, JUNE, MAY, PERCENT, WAITS, Open, Tried, ask, boxed, boxes
from tests.ui.chat.browser.resting import TEXT, at_rest, send
from tests.ui.chat.browser.seen import barriers


def test_the_page_speaks_spanish_to_an_english_browser(visit: Open) -> None:
    """Words of the framework too: what a screen reader meets counts as well."""
    page = visit()
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


@pytest.mark.parametrize(("width", "height"), [(390, 900), (720, 450)], ids=["phone", "200 %"])
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
    page = visit(own=True)

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
    at_rest(page)
    zoom = page.locator(".viewer").get_attribute("data-zoom") or ""
    press_until("Tab", "[data-zoom='1']")
    page.keyboard.press("Enter")
    expect(page.locator(".viewer")).not_to_have_attribute("data-zoom", zoom)
    assert float(page.locator(".viewer").get_attribute("data-zoom") or 0) > 1
    press_until("Tab", "[data-sort='2']")
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort='descending']")).to_have_count(1)
    press_until("Shift+Tab", "#fresh")
    page.keyboard.press("Enter")
    page.locator(".welcome").wait_for()
    page.wait_for_function("() => document.activeElement.tagName === 'TEXTAREA'")
    at_rest(page)
    page.keyboard.type(JUNE)
    page.keyboard.press("Enter")
    page.locator("[data-choose]").first.wait_for()
    at_rest(page)
    press_until("Shift+Tab", "[data-choose]")
    page.keyboard.press("Enter")
    page.locator(".turn[data-turn='1'] .answer.answered").wait_for()
    at_rest(page)
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
    page = visit(dark=True, own=True)
    light_text = "() => getComputedStyle(document.querySelector('.brand h1')).color"
    page.wait_for_function("() => document.body.classList.contains('dark')")
    dark = page.evaluate(light_text)
    page.locator("[data-theme-toggle]").click()
    page.wait_for_function("() => !document.body.classList.contains('dark')")
    page.wait_for_function(f"dark => ({light_text})() !== dark", arg=dark)
    page.reload()
    at_rest(page)
    page.wait_for_function(
        "() => document.documentElement.style.colorScheme === 'light'"
    )  # painted: at first it is neither
    page.wait_for_function("() => !document.body.classList.contains('dark')")


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)], ids=["wide", "phone dark"])
def test_no_serious_barrier_is_found(visit: Open, width: int, dark: bool) -> None:
    """axe-core, all its rules, in every state of a conversation: nothing serious or critical, in both themes."""
    page = visit(width, dark=dark, own=True)
    for question in (PERCENT, JUNE, "¿Quién ganó?", "¿Cuál es la misión?"):
        ask(page, question)
    found = barriers(page, "a quoted passage")
    send(page, FAILS)
    page.locator(".turn .answer.failed").wait_for()
    ask(page, "evolución del gasto mensual de la SIE")
    Tried.go.clear()
    send(page, WAITS)
    page.locator(".turn .step").wait_for()
    found += barriers(page, "a chart, and an answer that is looked for")
    page.locator("#stop").click()
    page.locator(".turn .answer.stopped").wait_for()
    Tried.go.set()
    page.locator(".turn[data-turn='0'] .cite").first.click()
    boxed(page, "2.704.315")
    page.locator(".read th[aria-sort] button").first.click()
    page.locator(".zoom [data-zoom='1']").click()
    page.locator("[data-good='no']").last.click()
    page.locator("form.desk-comment:visible").wait_for()
    page.locator("#scope input").click()
    page.get_by_role("option").first.wait_for()
    found += barriers(page, "sorted, enlarged, commented, choosing reports")
    page.keyboard.press("Escape")
    page.locator("[data-edit='2']").click()
    page.locator(".turn[data-turn='2']").wait_for(state="detached")
    if width > 800:
        page.set_viewport_size({"width": width // 2, "height": 450})
        for name, there in (("Preguntar", TEXT), ("Informes", "#desk-list button"), ("Evaluación", "#eval-golden")):
            page.locator(f"[role=tab]:visible:has-text('{name}')").first.click()
            page.locator(there).first.wait_for()
            found += barriers(page, f"{name} at 200 %")
    assert found == [], "\n".join(found)
