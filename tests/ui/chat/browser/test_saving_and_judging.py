"""Answers that are kept, judged and evaluated, in a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.ui.chat.browser.desks import ask, tab
from tests.ui.chat.serving import Serving
from ui.chat.saving import Saved


def test_an_answer_is_saved_and_judged(ana: Any, office: Serving) -> None:
    ask(ana, "¿Cuánto ejecutó Punta Alta?", "600")
    turn = ana.locator("#talk-view .turn").last
    turn.get_by_role("button", name="Guardar la respuesta").click()
    link = ana.locator("#notice a")
    link.wait_for()
    address = link.get_attribute("href")
    found = ana.request.get(office.url + address)
    assert found.status == 200
    assert "600" in found.text()
    turn.get_by_role("button", name="No útil: la respuesta").click()
    comment = turn.locator("form.desk-comment input")
    comment.fill("falta el año")
    comment.press("Enter")
    ana.locator(".toast-body", has_text="Se guardó su comentario").first.wait_for()
    comment.wait_for(state="hidden")
    last = Saved(office.folder).opinions()[-1]
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


def test_a_comment_outlives_what_happens_around_it(ana: Any) -> None:
    """Each answer draws the conversation anew: what is pressed and typed under an earlier one stays, and the cursor."""
    ask(ana, "¿Cuánto ejecutó Punta Alta?", "600")
    turn = ana.locator("#talk-view .turn").nth(ana.locator("#talk-view .turn").count() - 1)
    turn.get_by_role("button", name=re.compile("^Útil: la respuesta")).click()
    comment = turn.locator("form.desk-comment input")
    comment.fill("muy claro")
    comment.evaluate("input => { input.old = true; }")
    turn.locator("[data-again]").evaluate("button => button.click()")  # a click that leaves the cursor where it is
    # An answer is drawn several times while it is told, so what stands between two drawings is waited for, not met once.
    ana.wait_for_function(
        """() => [...document.querySelectorAll('.desk-comment:not([hidden]) input')].some(
            (input) => !input.old && input.value === "muy claro" && input === document.activeElement)"""
    )
    ask(ana, "¿Cuánto ejecutó Punta Baja?", "400")
    assert comment.is_visible()
    assert comment.input_value() == "muy claro"
    assert turn.get_by_role("button", name=re.compile("^Útil: la respuesta")).get_attribute("aria-pressed") == "true"
    assert not ana.locator("#talk-view .turn").last.locator("form.desk-comment").is_visible()
    ana.locator("#fresh").click()
    ana.locator(".welcome [data-ask]").first.wait_for()
    ask(ana, "¿Cuánto ejecutó Punta Baja?", "400")
    assert not ana.locator("#talk-view form.desk-comment").first.is_visible()


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


def test_nothing_was_asked_of_another_place(ana: Any) -> None:
    assert ana.outside == []
