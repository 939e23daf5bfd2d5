"""The tab «Informes» in a browser, as a person uses it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.chat.browser.desks import (
    OTHER,
    ask,
    enter,
    messages_stay,
    open_sheet,
    rows,
    send_files,
    tab,
    with_harbours,
    without_harbours,
)
from tests.ui.chat.browser.resting import begin_anew
from tests.ui.chat.browser.seen import held, still
from tests.ui.chat.serving import Serving


def test_the_list_tells_what_is_loaded(ana: Any, office: Serving) -> None:
    without_harbours(ana, office)
    (row,) = rows(ana)
    for part in (
        "INSTITUTO DE FAROS DE GUATEMALA",
        "faros.txt",
        "Guatemala",
        "segundo cuatrimestre de 2023",
        "1 cuadro",
        "NO CUADRA: 1",
    ):
        assert part in row


def test_a_good_and_a_bad_file_are_uploaded_together(ana: Any, office: Serving) -> None:
    without_harbours(ana, office)
    send_files(ana, ("puertos.txt", OTHER), ("roto.pdf", "%PDF-1.4 cortado"))
    ana.locator("#desk-progress li.bien", has_text="puertos.txt").wait_for()
    expect(ana.locator("#desk-progress li.mal", has_text="roto.pdf")).to_contain_text("incompleto o dañado")
    ana.locator("#desk-list tbody tr", has_text="puertos.txt").wait_for()
    assert {d.file for d in office.service.documents()} == {"faros.txt", "puertos.txt"}


def test_files_in_the_box_are_handled_by_keyboard(ana: Any) -> None:
    """Each is named and can be taken out, and another chosen: no button lies within a button."""
    tab(ana, "Informes")
    box = ana.locator("#desk-files")
    with held(ana, "queue/join"):
        send_files(ana, ("uno.pdf", "%PDF-1.4 cortado"), ("dos.pdf", "%PDF-1.4 roto"))
        box.get_by_role("button", name="Quitar uno.pdf").press("Enter")
        box.get_by_role("button", name="Quitar uno.pdf").wait_for(state="detached")
        expect(box.locator("tr.file")).to_have_count(1)
        expect(box.locator("tr.file")).to_contain_text("dos")
        expect(box.get_by_role("button", name="Limpiar")).to_be_visible()
        with ana.expect_file_chooser():
            box.get_by_role("button", name="Elegir o soltar archivos").press("Enter")
    ana.locator("#desk-progress li.mal", has_text="dos.pdf").wait_for()
    box.locator("td").first.wait_for(state="detached")  # it is empty again


def test_a_check_leads_to_its_cells(ana: Any) -> None:
    """Pressing "NO CUADRA" shows the table with the total and the figures it should be the sum of."""
    tab(ana, "Informes")
    open_sheet(ana, "FAROS")
    wrong = ana.locator("#desk-checks button", has_text="NO CUADRA").first
    wrong.wait_for()
    wrong.click()
    ana.locator("#desk-cells td.hit").first.wait_for()
    marked = ana.locator("#desk-cells td.hit").evaluate_all("cells => cells.map(cell => cell.lastChild.textContent)")
    assert [text.strip() for text in marked] == ["600.00", "400.00", "125.00", "1,126.00"]


def test_the_sheet_shows_tables_and_text(ana: Any) -> None:
    tab(ana, "Informes")
    open_sheet(ana, "FAROS")
    tab(ana, "Cuadros")
    ana.locator("#desk-table table", has_text="Punta Baja").wait_for()
    tab(ana, "Texto")
    ana.locator("#desk-text", has_text="Mantener encendidos los faros").wait_for()


def test_a_correction_shows_in_the_list(ana: Any, office: Serving) -> None:
    with_harbours(ana, office)
    open_sheet(ana, "PUERTOS")
    ana.get_by_role("button", name="Corregir datos").click()
    period = ana.locator("#desk-period textarea, #desk-period input")
    expect(period).not_to_have_value("")  # what is known of the report stands there
    period.fill("2022")
    ana.get_by_role("button", name="Guardar la corrección").click()
    ana.locator("#desk-list tbody tr", has_text="puertos.txt").filter(has_text="2022").wait_for()
    assert next(d for d in office.service.documents() if d.file == "puertos.txt").edited == ("period",)


def test_the_conversation_is_restricted_to_a_report(ana: Any, office: Serving) -> None:
    """The same question has two answers; restricted to one report it has one, and the other report's is refused."""
    with_harbours(ana, office)
    open_sheet(ana, "PUERTOS")
    ana.get_by_role("button", name="Preguntar solo en este informe").click()
    ana.locator("#desk-list tr", has_text="se pregunta aquí").wait_for()
    assert [("se pregunta aquí" in row, "PUERTOS" in row) for row in sorted(rows(ana))] == [
        (False, False),
        (True, True),
    ]
    ask(ana, "¿Cuánto ejecutó Muelle Alta?", "611")
    ask(ana, "¿Cuánto ejecutó Punta Alta?", "No consta")
    tab(ana, "Informes")
    ana.get_by_role("button", name="Preguntar en todos").click()
    ana.locator("#desk-list").get_by_text("se pregunta aquí").wait_for(state="detached")


def test_buttons_are_shown_where_they_make_sense(ana: Any, office: Serving) -> None:
    """Nothing to stop, to open again, to restrict to or to begin anew: no button for it. A text in the box is something."""
    tab(ana, "Preguntar")
    begin_anew(ana)
    ana.locator("#fresh").wait_for(state="hidden")
    ana.locator("#question textarea").fill("¿Y?")
    ana.locator("#fresh").click()
    ana.locator("#fresh").wait_for(state="hidden")
    ask(ana, "¿Cuánto ejecutó Punta Alta?", "600")
    expect(ana.locator("#fresh")).to_be_visible()
    with_harbours(ana, office)
    for ident in ("#desk-everywhere", "#desk-only"):
        ana.locator(ident).wait_for(state="hidden")
    ana.locator("#desk-institutions input").click()
    ana.locator("#desk-institutions [role=option]", has_text="PUERTOS").click()
    ana.locator("#desk-only").click()
    ana.locator("#desk-everywhere").wait_for()
    ana.locator("#desk-everywhere").click()
    ana.locator("#desk-everywhere").wait_for(state="hidden")
    ana.locator("#desk-institutions .remove-all").click()
    expect(ana.locator("#desk-list tbody tr")).to_have_count(2)
    ana.locator("#desk-only").wait_for(state="hidden")


def test_a_message_covers_nothing(ana: Any) -> None:
    """A message lies over the page for a moment: what lies under it can be pressed all the same."""
    tab(ana, "Informes")
    open_sheet(ana, "FAROS")
    ana.locator("#desk-edit-open").click()
    with messages_stay(ana):
        ana.locator("#desk-edit-save").click()
        message = ana.locator(".toast-item", has_text="No cambió ningún dato").last
        message.wait_for()
    still(ana)
    caught = message.evaluate(
        """item => {
            const box = item.getBoundingClientRect(), caught = new Set();
            for (let x = box.left + 1; x < box.right; x += 4)
                for (let y = box.top + 1; y < box.bottom; y += 4) {
                    const hit = document.elementFromPoint(x, y);
                    if (item.contains(hit)) caught.add(hit.closest("a, button")?.tagName ?? hit.className);
                }
            return [...caught].sort();
        }"""
    )
    assert caught == ["BUTTON"]
    message.get_by_role("button").click()
    message.wait_for(state="detached")


def test_who_only_consults_sees_no_way_to_change(ana: Any, chrome: Any, office: Serving) -> None:
    with_harbours(ana, office)
    page = enter(chrome, office, "luis", width=390)
    page.locator("#desk-list button").first.click()
    page.locator("#desk-alone").wait_for()
    for element in ("#desk-files", "#desk-edit-open", "#desk-remove-open"):
        expect(page.locator(element)).not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


def test_a_report_is_removed_after_asking(ana: Any, office: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked first, and what takes its time is said."""
    go, remove = threading.Event(), office.service.remove
    monkeypatch.setattr(office.service, "remove", lambda ident: go.wait(60) and remove(ident))
    with_harbours(ana, office)
    open_sheet(ana, "PUERTOS")
    ana.locator("#desk-remove-open").click()
    ana.locator("#desk-remove-text", has_text="puertos.txt").wait_for()
    ana.locator("#desk-remove-no").click()
    ana.locator("#desk-remove-text").wait_for(state="hidden")
    assert {d.file for d in office.service.documents()} == {"faros.txt", "puertos.txt"}
    ana.locator("#desk-remove-open").click()
    ana.locator("#desk-remove-yes").click()
    ana.locator("#desk-remove-text", has_text="Quitando puertos.txt…").wait_for()
    expect(ana.locator("#desk-remove-yes")).to_be_disabled()
    go.set()
    ana.locator("#desk-list tbody tr", has_text="puertos.txt").wait_for(state="detached")
    assert [d.file for d in office.service.documents()] == ["faros.txt"]


def test_leaving_ends_the_session(chrome: Any, office: Serving) -> None:
    page = enter(chrome, office, "luis")
    page.get_by_role("link", name="Salir (luis)").click()
    page.get_by_label("Clave").wait_for()
    page.goto(office.url)
    page.get_by_label("Clave").wait_for()
    page.context.close()
