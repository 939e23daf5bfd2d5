"""Answers that are kept, judged and evaluated, in a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.ui.chat.browser.desks import ask, golden_kept, nobody_is_answered, send_golden, tab
from tests.ui.chat.browser.resting import at_rest, begin_anew
from tests.ui.chat.serving import Serving
from ui.chat.saving import Saved


@pytest.fixture
def ana(ana: Any) -> Any:
    """Her page without a conversation, nor a link to one that was saved."""
    tab(ana, "Preguntar")
    begin_anew(ana)
    ana.locator("#notice a").wait_for(state="detached")
    return ana


def test_an_answer_is_saved_and_judged(ana: Any, office: Serving) -> None:
    turn = ask(ana, "¿Cuánto ejecutó Punta Alta?", "600")
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
    expect(ana.locator("#notice a")).to_be_visible()
    ana.get_by_role("button", name="Cerrar este aviso").click()
    ana.locator("#notice").wait_for(state="hidden")


def test_a_comment_outlives_what_happens_around_it(ana: Any) -> None:
    """Each answer draws the conversation anew: what is pressed and typed under an earlier one stays, and the cursor."""
    turn = ask(ana, "¿Cuánto ejecutó Punta Alta?", "600")
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
    at_rest(ana)
    other = ask(ana, "¿Cuánto ejecutó Punta Baja?", "400")
    expect(comment).to_be_visible()
    expect(comment).to_have_value("muy claro")
    expect(turn.get_by_role("button", name=re.compile("^Útil: la respuesta"))).to_have_attribute("aria-pressed", "true")
    expect(other.locator("form.desk-comment")).to_be_hidden()
    begin_anew(ana)
    other = ask(ana, "¿Cuánto ejecutó Punta Baja?", "400")
    expect(other.locator("form.desk-comment")).to_have_count(1)
    expect(other.locator("form.desk-comment")).to_be_hidden()


def test_an_evaluation_is_run(ana: Any) -> None:
    tab(ana, "Evaluación")
    cases = [
        {"id": "a", "question": "¿Cuánto ejecutó Punta Alta?", "kind": "cifra", "expected": {"values": [600]}},
        {"id": "b", "question": "¿Cuánto ejecutó Punta Baja?", "kind": "cifra", "expected": {"values": [401]}},
    ]
    send_golden(ana, "faros.jsonl", written(cases))
    golden_kept(ana, "faros.jsonl", 2)
    ana.locator("#eval-run").click()
    ana.locator(".desk-score", has_text="1 de 2").wait_for()
    failure = ana.locator(".desk-failures tbody tr").inner_text()
    for part in ("¿Cuánto ejecutó Punta Baja?", "401", "400", "respuesta equivocada", "look_up"):
        assert part in failure
    with ana.expect_download() as download:
        ana.get_by_role("button", name="Descargar Markdown").click()
    assert "## Fallas (1)" in Path(download.value.path()).read_text(encoding="utf-8")


def test_an_evaluation_is_stopped(ana: Any, office: Serving) -> None:
    """«Detener» is there while it runs, in place of «Evaluar», and gives it back."""
    tab(ana, "Evaluación")
    expect(ana.locator("#eval-run")).to_be_visible()
    expect(ana.locator("#eval-stop")).to_be_hidden()
    cases = [
        {"id": str(n), "question": f"¿Cuánto ejecutó Punta Alta? {n}", "kind": "cifra", "expected": {"values": [600]}}
        for n in range(3)
    ]
    send_golden(ana, "largo.jsonl", written(cases))
    golden_kept(ana, "largo.jsonl", 3)
    with nobody_is_answered(office):
        ana.locator("#eval-run").click()
        ana.locator("#eval-stop").click()
        expect(ana.locator("#eval-run")).to_be_enabled()
        expect(ana.locator("#eval-stop")).to_be_hidden()


def written(cases: list[dict[str, Any]]) -> bytes:
    return "\n".join(map(json.dumps, cases)).encode()


def test_nothing_was_asked_of_another_place(ana: Any) -> None:
    assert ana.outside == []
