"""Answers that are kept and judged, and evaluations, over HTTP."""

from __future__ import annotations

import csv
import io
import json
import logging
from typing import Any

import pytest

from index.errors import StoreError
from tests.ui.chat.pages import GOLDEN, Page, ask, get
from tests.ui.chat.serving import Serving
from ui.chat.saving import Saved


def test_an_evaluation_is_run_and_compared(server: Serving) -> None:
    """Upload, run, run again: scores, failures, what changed, files to download."""
    page = Page(server)
    data = "\n".join(map(json.dumps, GOLDEN)).encode()
    sent = page.http.post("/gradio_api/upload", files=[("files", ("faros.jsonl", data))]).json()[0]
    given = {"path": sent, "orig_name": "faros.jsonl", "meta": {"_type": "gradio.FileData"}}
    kept = page.send(page.event("eval-files", "upload"), [given])
    assert kept["success"], kept
    assert kept["output"]["data"][1]["value"] == "guardado: faros.jsonl"
    run = page.after(page.event("eval-run", "click"))
    first = page.send(run, ["guardado: faros.jsonl"])["output"]["data"]
    assert "50.0 %" in first[0]
    assert "1 de 2 preguntas" in first[0]
    assert "primera vez" in first[0]
    assert "falta la cifra 401" in first[0]
    second = page.send(run, ["guardado: faros.jsonl"])["output"]["data"]
    assert "50.0% antes, 50.0% ahora" in second[0]
    report = json.loads(page.http.get(second[2]["value"]["url"]).text)
    assert [r["outcome"] for r in report["results"]] == ["acierto", "respuesta equivocada"]
    assert "## Fallas (1)" in page.http.get(second[3]["value"]["url"]).text


@pytest.mark.parametrize("choice", ["../../etc/passwd", "guardado: ../x", "otro.jsonl", "/etc/passwd"])
def test_a_golden_set_is_never_a_path(server: Serving, choice: str) -> None:
    page = Page(server)
    found = page.send(page.after(page.event("eval-run", "click")), [choice])
    assert not found["success"]


def test_an_answer_is_saved_under_a_link(server: Serving) -> None:
    page = Page(server)
    ask(page, "¿Cuánto ejecutó Punta Alta?")
    ask(page, "=1+1 <script>alert(1)</script>")
    before = ids(server)
    assert page.send(page.event("talk-view", "keep"), [None], {"turn": ""})["success"]
    (ident,) = ids(server) - before
    shown = get(f"{server.url}/guardado/{ident}")
    assert "Punta Alta" in shown.text
    assert "<script>alert" not in shown.text
    assert "&lt;script&gt;" in shown.text
    assert "Punta Alta" in get(f"{server.url}/guardado/{ident}.md").text
    told = get(f"{server.url}/guardado/{ident}.csv")
    assert "attachment" in told.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(told.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][4] == "600"
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    assert get(f"{server.url}/guardado/{ident}.xlsx").content.startswith(b"PK")
    for other in (ident[:-1] + ("a" if ident[-1] != "a" else "b"), "..%2fconsta", ident + ".exe", "x" * 500):
        assert get(f"{server.url}/guardado/{other}").status_code == 404


def ids(server: Serving) -> set[str]:
    import sqlite3

    path = server.folder / "guardado.sqlite3"
    if not path.exists():
        return set()
    connection = sqlite3.connect(path)
    try:
        return {row[0] for row in connection.execute("SELECT id FROM saved")}
    finally:
        connection.close()


def test_a_page_that_fails_tells_its_number(
    server: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise StoreError("el disco <b>falla</b>")

    monkeypatch.setattr(Saved, "saved", broken)
    with caplog.at_level(logging.ERROR):
        found = get(f"{server.url}/guardado/{'x' * 22}")
    assert found.status_code == 500
    assert "el disco &lt;b&gt;falla" in found.text
    number = found.text.split("incidente ")[1].split(")")[0]
    assert any(number in record.getMessage() for record in caplog.records)


def test_opinions_reach_the_store_once(server: Serving) -> None:
    page = Page(server)
    before = len(Saved(server.folder).opinions())
    ask(page, "total vigente")
    opine = page.event("talk-view", "opine")
    assert page.send(opine, [None, None], {"turn": "0", "good": "no", "comment": ""})["success"]
    assert page.send(opine, [None, None], {"turn": "0", "good": "no", "comment": "falta el\nacumulado"})["success"]
    found = Saved(server.folder).opinions()[before:]
    assert [(o.good, o.question, o.comment) for o in found] == [(False, "total vigente", "falta el acumulado")]
    assert not page.send(opine, [None, None], {"turn": "7", "good": "yes"})["success"]


def test_sessions_do_not_see_each_other(server: Serving) -> None:
    one, other = Page(server), Page(server)
    ask(one, "¿Cuánto ejecutó Punta Alta?")
    found = other.send(other.event("talk-view", "keep"), [None], {"turn": ""})
    assert "Todavía no hay nada que guardar" in found["output"]["error"]
