"""The tabs «Informes» and «Evaluación» in a browser, as a person uses them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.made_store import REPORT
from tests.ui.chat.conftest import WAIT
from tests.ui.chat.serving import UNLIMITED, Serving, serving
from ui.chat.auth import Role, new_user
from ui.chat.saving import Saved
from ui.chat.server import ServerSettings

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
    with serving(folder / "almacen", ServerSettings(users=users, limits=UNLIMITED)) as running:
        yield running


def enter(chrome: Any, server: Serving, name: str, width: int = 1280, theme: str = "light") -> Any:
    """A page of a user who logged in with the form, on the tab «Informes». Its requests are watched."""
    context = chrome.new_context(viewport={"width": width, "height": 900}, locale="en-US", color_scheme=theme)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    outside: list[str] = []
    here = (server.url, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(here) else outside.append(r.url))
    page.outside = outside
    page.goto(server.url)
    page.get_by_label("Usuario").fill(name)
    page.get_by_label("Clave").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.locator(".welcome [data-ask]").first.wait_for()  # the page has come to rest
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
    """Press a report in the list, unless its sheet is open, and wait until all of it is there."""
    chosen = page.locator("#desk-list tr.chosen", has_text=name)
    if not chosen.count():
        page.locator("#desk-list button", has_text=name).click()
        chosen.wait_for()


def ask(page: Any, question: str, told: str) -> None:
    """Ask on the tab «Preguntar» and wait until the answer says something."""
    tab(page, "Preguntar")
    before = page.locator("#talk-view .turn").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    page.locator(f"#talk-view .turn[data-turn='{before}'] .answer", has_text=told).wait_for()
    page.locator("#send").wait_for()


def with_harbours(page: Any, server: Serving) -> None:
    """The page as a test needs it that works with a second report: on the tab «Informes», with that report loaded."""
    tab(page, "Informes")
    if not any(document.file == "puertos.txt" for document in server.service.documents()):
        send_files(page, ("puertos.txt", OTHER))
    page.locator("#desk-list tbody tr", has_text="puertos.txt").wait_for()


def test_the_list_tells_what_is_loaded(ana: Any) -> None:
    tab(ana, "Informes")
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
    tab(ana, "Informes")
    send_files(ana, ("puertos.txt", OTHER), ("roto.pdf", "%PDF-1.4 cortado"))
    ana.locator("#desk-progress li.bien").wait_for()
    bad = ana.locator("#desk-progress li.mal").inner_text()
    assert "roto.pdf" in bad
    assert "incompleto o dañado" in bad
    ana.locator("#desk-list tbody tr", has_text="puertos.txt").wait_for()
    assert {d.file for d in server.service.documents()} == {"faros.txt", "puertos.txt"}


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


def test_a_correction_shows_in_the_list(ana: Any, server: Serving) -> None:
    with_harbours(ana, server)
    open_sheet(ana, "PUERTOS")
    ana.get_by_role("button", name="Corregir datos").click()
    ana.locator("#desk-period textarea, #desk-period input").fill("2022")
    ana.get_by_role("button", name="Guardar la corrección").click()
    ana.locator("#desk-list tbody tr", has_text="puertos.txt").filter(has_text="2022").wait_for()
    assert next(d for d in server.service.documents() if d.file == "puertos.txt").edited == ("period",)


def test_the_conversation_is_restricted_to_a_report(ana: Any, server: Serving) -> None:
    """The same question has two answers; restricted to one report it has one, and the other report's is refused."""
    with_harbours(ana, server)
    open_sheet(ana, "PUERTOS")
    ana.get_by_role("button", name="Preguntar solo en este informe").click()
    ana.locator("#desk-list tr", has_text="se pregunta aquí").wait_for()
    assert ["se pregunta aquí" in row for row in rows(ana)] == ["PUERTOS" in row for row in rows(ana)]
    ask(ana, "¿Cuánto ejecutó Muelle Alta?", "611")
    ask(ana, "¿Cuánto ejecutó Punta Alta?", "No consta")
    tab(ana, "Informes")
    ana.get_by_role("button", name="Preguntar en todos").click()
    ana.locator("#desk-list").get_by_text("se pregunta aquí").wait_for(state="detached")


def test_an_answer_is_saved_and_judged(ana: Any, server: Serving) -> None:
    ask(ana, "¿Cuánto ejecutó Punta Alta?", "600")
    turn = ana.locator("#talk-view .turn").last
    turn.get_by_role("button", name="Guardar la respuesta").click()
    link = ana.locator("#notice a")
    link.wait_for()
    address = link.get_attribute("href")
    found = ana.request.get(server.url + address)
    assert found.status == 200
    assert "600" in found.text()
    turn.get_by_role("button", name="No útil: la respuesta").click()
    comment = turn.locator("form.desk-comment input")
    comment.fill("falta el año")
    comment.press("Enter")
    ana.locator(".toast-body", has_text="Se guardó su comentario").first.wait_for()
    comment.wait_for(state="hidden")
    last = Saved(server.folder).opinions()[-1]
    assert (last.good, last.comment) == (False, "falta el año")


def test_the_link_to_what_was_saved_stays_until_it_is_closed(ana: Any) -> None:
    ask(ana, "¿Cuánto ejecutó Punta Alta?", "600")
    ana.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ana.get_by_role("button", name="Guardar con enlace").click()
    ana.locator("#notice a").wait_for()
    ana.get_by_role("button", name="Copiar el enlace").click()
    ana.locator("#notice button", has_text="Copiado").wait_for()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/guardado/[\w-]{22}", ana.evaluate("navigator.clipboard.readText()"))
    ask(ana, "¿Cuánto ejecutó Punta Baja?", "400")
    assert ana.locator("#notice a").is_visible()
    ana.get_by_role("button", name="Cerrar este aviso").click()
    ana.locator("#notice").wait_for(state="hidden")


def test_a_message_covers_nothing(ana: Any) -> None:
    """A message lies over the page for a moment: what lies under it can be pressed all the same."""
    tab(ana, "Informes")
    open_sheet(ana, "FAROS")
    ana.locator("#desk-edit-open").click()
    ana.locator("#desk-edit-save").click()
    ana.locator(".toast-item").last.wait_for()
    caught = ana.locator(".toast-item").last.evaluate(
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


def test_a_comment_outlives_what_happens_around_it(ana: Any) -> None:
    """Each answer draws the conversation anew: what is pressed and typed under an earlier one stays, and the cursor."""
    ask(ana, "¿Cuánto ejecutó Punta Alta?", "600")
    turn = ana.locator("#talk-view .turn").nth(ana.locator("#talk-view .turn").count() - 1)
    turn.get_by_role("button", name=re.compile("^Útil: la respuesta")).click()
    comment = turn.locator("form.desk-comment input")
    comment.fill("muy claro")
    comment.evaluate("input => { input.old = true; }")
    turn.locator("[data-again]").evaluate("button => button.click()")  # a click that leaves the cursor where it is
    ana.wait_for_function(
        "() => [...document.querySelectorAll('.desk-comment:not([hidden]) input')].some((i) => !i.old)"
    )
    assert comment.input_value() == "muy claro"
    assert comment.evaluate("input => document.activeElement === input")
    ask(ana, "¿Cuánto ejecutó Punta Baja?", "400")
    assert comment.is_visible()
    assert comment.input_value() == "muy claro"
    assert turn.get_by_role("button", name=re.compile("^Útil: la respuesta")).get_attribute("aria-pressed") == "true"
    assert not ana.locator("#talk-view .turn").last.locator("form.desk-comment").is_visible()
    ana.locator("#fresh").click()
    ana.locator(".welcome [data-ask]").first.wait_for()
    ask(ana, "¿Cuánto ejecutó Punta Baja?", "400")
    assert not ana.locator("#talk-view form.desk-comment").first.is_visible()


def test_a_report_is_removed_after_asking(ana: Any, server: Serving) -> None:
    with_harbours(ana, server)
    open_sheet(ana, "PUERTOS")
    ana.locator("#desk-remove-open").click()
    ana.locator("#desk-remove-text", has_text="puertos.txt").wait_for()
    ana.locator("#desk-remove-no").click()
    ana.locator("#desk-remove-text").wait_for(state="hidden")
    assert {d.file for d in server.service.documents()} == {"faros.txt", "puertos.txt"}
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


def test_buttons_are_shown_where_they_make_sense(ana: Any, server: Serving) -> None:
    """Nothing to stop, to open again, to restrict to or to begin anew: no button for it. A text in the box is something."""
    tab(ana, "Preguntar")
    if ana.locator("#fresh").is_visible():
        ana.locator("#fresh").click()
    ana.locator("#fresh").wait_for(state="hidden")
    ana.locator("#question textarea").fill("¿Y?")
    ana.locator("#fresh").click()
    ana.locator("#fresh").wait_for(state="hidden")
    ask(ana, "¿Cuánto ejecutó Punta Alta?", "600")
    assert ana.locator("#fresh").is_visible()
    with_harbours(ana, server)
    for ident in ("#desk-everywhere", "#desk-only"):
        ana.locator(ident).wait_for(state="hidden")
    ana.locator("#desk-institutions input").click()
    ana.locator("#desk-institutions [role=option]", has_text="PUERTOS").click()
    ana.locator("#desk-only").click()
    ana.locator("#desk-everywhere").wait_for()
    ana.locator("#desk-everywhere").click()
    ana.locator("#desk-everywhere").wait_for(state="hidden")
    ana.locator("#desk-institutions .remove-all").click()
    ana.locator("#desk-only").wait_for(state="hidden")
    assert len(rows(ana)) == 2


def test_an_evaluation_is_stopped(ana: Any) -> None:
    """«Detener» is there while it runs, in place of «Evaluar», and gives it back."""
    tab(ana, "Evaluación")
    assert not ana.locator("#eval-stop").is_visible()
    cases = [
        {"id": str(n), "question": f"¿Cuánto ejecutó Punta Alta? {n}", "kind": "cifra", "expected": {"values": [600]}}
        for n in range(900)
    ]
    ana.locator("#eval-files input[type=file]").set_input_files(
        [{"name": "largo.jsonl", "mimeType": "text/plain", "buffer": "\n".join(map(json.dumps, cases)).encode()}]
    )
    ana.get_by_text("quedó guardado: 900 preguntas").wait_for()
    ana.locator("#eval-run").click()
    ana.locator("#eval-stop").click()
    ana.locator("#eval-run").wait_for()
    assert not ana.locator("#eval-stop").is_visible()
    assert ana.locator("#eval-run").is_enabled()


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_no_serious_barrier_is_found_in_any_part(chrome: Any, server: Serving, width: int, theme: str) -> None:
    """axe-core, all its rules, over lists, sheet, forms, messages, evaluation, what was saved, and the login."""
    page = enter(chrome, server, "ana", width, theme)
    open_sheet(page, "FAROS")
    page.locator("#desk-checks button").first.click()
    page.locator("#desk-cells .proof").wait_for()
    page.locator("#desk-edit-open").click()
    page.locator("#desk-edit-save").wait_for()
    page.locator("#desk-remove-open").click()
    page.locator("#desk-remove-yes").wait_for()
    page.locator("#desk-edit-save").click()
    page.locator(".toast-item").first.wait_for()
    found = barriers(page, "sheet")
    for name in ("Cuadros", "Texto"):
        tab(page, name)
        found += barriers(page, name)
    tab(page, "Evaluación")
    found += barriers(page, "evaluation")
    tab(page, "Preguntar")
    ask(page, "¿Cuánto ejecutó Punta Alta?", "600")
    page.get_by_role("button", name="Guardar con enlace").click()
    link = page.locator("#notice a")
    link.wait_for()
    page.locator("[data-good='no']").first.click()
    page.locator("form.desk-comment").wait_for()
    found += barriers(page, "saved")
    for address in (link.get_attribute("href"), "/guardado/no", "/salir"):
        page.goto(server.url + address)
        page.locator("h1").wait_for()
        found += barriers(page, address)
    page.context.close()
    assert found == [], "\n".join(found)


def barriers(page: Any, where: str) -> list[str]:
    """What axe-core finds serious, and parts that are wider than the screen."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_function(
        "() => document.getAnimations().every((a) => a.playState !== 'running')"
    )  # half shown is pale
    wide = page.evaluate("document.documentElement.scrollWidth") - page.viewport_size["width"]
    return [f"{where}: {wide} px too wide"] * (wide > 0) + [
        f"{where}: {found['id']}: {node['html'][:200]}"
        for found in Axe().run(page).response["violations"]
        if found["impact"] in {"serious", "critical"}
        for node in found["nodes"]
    ]


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
