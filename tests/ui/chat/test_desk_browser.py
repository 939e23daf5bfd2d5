"""The tabs «Informes» and «Evaluación» in a browser, as a person uses them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.made_store import REPORT
from tests.ui.chat.serving import Serving, serving
from ui.chat.auth import Role, new_user
from ui.chat.server import ServerSettings

CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-first-run"]  # fmt: skip
PASSWORD = "faro de la costa"
OTHER = REPORT.replace("FAROS DE GUATEMALA", "PUERTOS DE HONDURAS").replace("Punta", "Muelle").replace("600", "611")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server where ana may load and luis may only look, with one report that does not add up."""
    from index.ingest import load
    from index.sqlite_store import SqliteStore

    folder = tmp_path_factory.mktemp("navegador")
    (folder / "faros.txt").write_text(REPORT.replace("125.00", "125.00\nTotal\t2,500.00\t1,126.00"), encoding="utf-8")
    store = SqliteStore(folder / "almacen")
    load([folder / "faros.txt"], store)
    store.close()
    users = folder / "usuarios.txt"
    lines = [new_user("ana", Role.LOAD, PASSWORD).line, new_user("luis", Role.CONSULT, PASSWORD).line]
    users.write_text("\n".join(lines), encoding="utf-8")
    with serving(folder / "almacen", ServerSettings(users=users)) as running:
        yield running


@pytest.fixture(scope="module")
def chrome() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CHROMIUM} is missing on a build machine")
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield launched
        launched.close()


def enter(chrome: Any, server: Serving, name: str, width: int = 1280) -> Any:
    """A page of a user who logged in with the form, on the tab «Informes». Its requests are watched."""
    page = chrome.new_context(viewport={"width": width, "height": 900}, locale="en-US").new_page()
    page.set_default_timeout(15_000)
    outside: list[str] = []
    here = (server.url, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(here) else outside.append(r.url))
    page.outside = outside
    page.goto(server.url)
    page.get_by_label("Usuario").fill(name)
    page.get_by_label("Clave").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    tab(page, "Informes")
    page.locator("#desk-list button").first.wait_for()
    return page


def tab(page: Any, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).first.click()


@pytest.fixture(scope="module")
def ana(chrome: Any, server: Serving) -> Iterator[Any]:
    page = enter(chrome, server, "ana")
    yield page
    page.context.close()


def rows(page: Any) -> list[str]:
    return [row.inner_text() for row in page.locator("#desk-list tbody tr").all()]


def send_files(page: Any, *files: tuple[str, str]) -> None:
    page.locator("#desk-files input[type=file]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files]
    )


def open_sheet(page: Any, name: str) -> None:
    """Press a report in the list and wait until all of its sheet is there."""
    page.locator("#desk-list button", has_text=name).click()
    page.locator("#desk-list tr.chosen", has_text=name).wait_for()


def test_the_list_tells_what_is_loaded(ana: Any) -> None:
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


def test_a_good_and_a_bad_file_are_uploaded_together(ana: Any, server: Serving) -> None:
    send_files(ana, ("puertos.txt", OTHER), ("roto.pdf", "%PDF-1.4 cortado"))
    ana.locator("#desk-progress li.bien").wait_for()
    bad = ana.locator("#desk-progress li.mal").inner_text()
    assert "roto.pdf" in bad
    assert "incompleto o dañado" in bad
    ana.locator("#desk-list tbody tr", has_text="puertos.txt").wait_for()
    assert {d.file for d in server.service.documents()} == {"faros.txt", "puertos.txt"}


def test_a_check_leads_to_its_cells(ana: Any) -> None:
    """Pressing "NO CUADRA" shows the table with the total and the figures it should be the sum of."""
    open_sheet(ana, "FAROS")
    wrong = ana.locator("#desk-checks button", has_text="NO CUADRA").first
    wrong.wait_for()
    wrong.click()
    ana.locator("#desk-cells td.hit").first.wait_for()
    marked = ana.locator("#desk-cells td.hit").evaluate_all("cells => cells.map(cell => cell.lastChild.textContent)")
    assert [text.strip() for text in marked] == ["600.00", "400.00", "125.00", "1,126.00"]


def test_the_sheet_shows_tables_and_text(ana: Any) -> None:
    tab(ana, "Cuadros")
    assert "Punta Baja" in ana.locator("#desk-table table").inner_text()
    tab(ana, "Texto")
    assert "Mantener encendidos los faros" in ana.locator("#desk-text").inner_text()


def test_a_correction_shows_in_the_list(ana: Any, server: Serving) -> None:
    open_sheet(ana, "PUERTOS")
    ana.get_by_role("button", name="Corregir datos").click()
    ana.locator("#desk-period textarea, #desk-period input").fill("2022")
    ana.get_by_role("button", name="Guardar la corrección").click()
    ana.locator("#desk-list tbody tr", has_text="puertos.txt").filter(has_text="2022").wait_for()
    assert next(d for d in server.service.documents() if d.file == "puertos.txt").edited == ("period",)


def test_the_conversation_is_restricted_to_a_report(ana: Any) -> None:
    """The same question has two answers; restricted to one report it has one, and the other report's is refused."""
    ana.get_by_role("button", name="Preguntar solo en este informe").click()
    ana.locator("#desk-list tr", has_text="se pregunta aquí").wait_for()
    assert ["se pregunta aquí" in row for row in rows(ana)] == ["PUERTOS" in row for row in rows(ana)]
    tab(ana, "Preguntar")
    for question, told in (("¿Cuánto ejecutó Muelle Alta?", "611"), ("¿Cuánto ejecutó Punta Alta?", "No consta")):
        ana.locator("#question textarea").fill(question)
        ana.keyboard.press("Enter")
        ana.locator("#talk-view .turn:last-child .answer", has_text=told).first.wait_for()
    tab(ana, "Informes")
    ana.get_by_role("button", name="Preguntar en todos").click()
    ana.locator("#desk-list").get_by_text("se pregunta aquí").wait_for(state="detached")


def test_an_answer_is_saved_and_judged(ana: Any, server: Serving) -> None:
    tab(ana, "Preguntar")
    ana.locator("#talk-view .turn").first.get_by_role("button", name="Guardar la respuesta 1").click()
    link = ana.locator(".toast-wrap a, .toast-body a").first
    link.wait_for()
    address = link.get_attribute("href")
    found = ana.request.get(server.url + address)
    assert found.status == 200
    assert "611" in found.text()
    ana.locator("#talk-view .turn").first.get_by_role("button", name="No útil: la respuesta 1").click()
    ana.locator("form.desk-comment:visible input").fill("falta el año")
    ana.keyboard.press("Enter")
    ana.get_by_text("Se guardó su comentario").wait_for()
    tab(ana, "Informes")


def test_a_report_is_removed_after_asking(ana: Any, server: Serving) -> None:
    ana.locator("#desk-sheet dd", has_text="puertos.txt").first.wait_for()  # opened by the test before
    ana.locator("#desk-remove-open").click()
    ana.locator("#desk-remove-text", has_text="puertos.txt").wait_for()
    ana.locator("#desk-remove-no").click()
    ana.locator("#desk-remove-text").wait_for(state="hidden")
    assert len(server.service.documents()) == 2
    ana.locator("#desk-remove-open").click()
    ana.locator("#desk-remove-yes").click()
    ana.locator("#desk-list tbody tr", has_text="puertos.txt").wait_for(state="detached")
    assert [d.file for d in server.service.documents()] == ["faros.txt"]


def test_an_evaluation_is_run(ana: Any) -> None:
    tab(ana, "Evaluación")
    cases = [
        {"id": "a", "question": "¿Cuánto ejecutó Punta Alta?", "kind": "cifra", "expected": {"values": [600]}},
        {"id": "b", "question": "¿Cuánto ejecutó Punta Baja?", "kind": "cifra", "expected": {"values": [401]}},
    ]
    ana.locator("#eval-files input[type=file]").set_input_files(
        [{"name": "faros.jsonl", "mimeType": "text/plain", "buffer": "\n".join(map(json.dumps, cases)).encode()}]
    )
    ana.get_by_text("quedó guardado: 2 preguntas").wait_for()
    ana.locator("#eval-run").click()
    ana.locator(".desk-score", has_text="1 de 2").wait_for()
    failure = ana.locator(".desk-failures tbody tr").inner_text()
    for part in ("¿Cuánto ejecutó Punta Baja?", "401", "400", "respuesta equivocada", "look_up"):
        assert part in failure
    with ana.expect_download() as download:
        ana.get_by_role("button", name="Descargar Markdown").click()
    assert "## Fallas (1)" in Path(download.value.path()).read_text(encoding="utf-8")


def test_nothing_was_asked_of_another_place(ana: Any) -> None:
    assert ana.outside == []


def test_who_only_consults_sees_no_way_to_change(chrome: Any, server: Serving) -> None:
    page = enter(chrome, server, "luis", width=390)
    page.locator("#desk-list button").first.click()
    page.locator("#desk-alone").wait_for()
    for element in ("#desk-files", "#desk-edit-open", "#desk-remove-open"):
        assert page.locator(element).count() == 0 or not page.locator(element).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


def test_leaving_ends_the_session(chrome: Any, server: Serving) -> None:
    page = enter(chrome, server, "luis")
    page.get_by_role("link", name="Salir (luis)").click()
    page.get_by_label("Clave").wait_for()
    page.goto(server.url)
    page.get_by_label("Clave").wait_for()
    page.context.close()
