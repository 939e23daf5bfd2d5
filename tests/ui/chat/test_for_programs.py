"""The endpoints for programs over HTTP, and what they say when something is wrong."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from gradio_client.exceptions import AppError

from tests.ui.chat.pages import GOLDEN, client, get, post
from tests.ui.chat.serving import Serving


def test_the_endpoints_say_what_the_command_line_says(server: Serving) -> None:
    api = client(server)
    answer = api.predict("¿Cuánto ejecutó Punta Alta?", api_name="/preguntar")
    assert answer == server.service.ask("¿Cuánto ejecutó Punta Alta?").to_dict()
    assert answer["values"][0]["value"] == 600
    followed = api.predict("¿y Punta Baja?", ["¿Cuánto ejecutó Punta Alta?"], ["faros.txt"], api_name="/preguntar")
    assert followed["values"][0]["value"] == 400
    documents = api.predict(api_name="/documentos")
    assert [(d["file"], d["tables"], d["period_text"]) for d in documents] == [
        ("faros.txt", 1, "segundo cuatrimestre de 2023")
    ]


def test_a_program_evaluates(server: Serving) -> None:
    report = client(server).predict("\n".join(map(json.dumps, GOLDEN)), api_name="/evaluar")
    assert [r["outcome"] for r in report["results"]] == ["acierto", "respuesta equivocada"]


def test_curl_alone_is_enough(server: Serving) -> None:
    """Two requests, as the README shows them."""
    posted = post(f"{server.url}/gradio_api/call/preguntar", json={"data": ["¿Cuál es la misión?", [], []]})
    event = posted.json()["event_id"]
    told = get(f"{server.url}/gradio_api/call/preguntar/{event}").text
    assert "Mantener encendidos los faros" in json.loads(told.split("data: ", 1)[1])[0]["text"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("", [], []), "Falta la pregunta"),
        (("a" * 2001, [], []), "2000 caracteres"),
        (("¿y?", ["x"] * 51, []), "50 preguntas"),
        (("total vigente", [], ["otro.txt"]), "No está cargado «otro.txt»"),
    ],
)
def test_wrong_calls_are_told_in_spanish(server: Serving, arguments: tuple[Any, ...], told: str) -> None:
    with pytest.raises(AppError, match=told):
        client(server).predict(*arguments, api_name="/preguntar")


def test_a_wrong_golden_set_is_told_with_its_line(server: Serving) -> None:
    with pytest.raises(AppError, match="línea 2: falta el campo «id»"):
        client(server).predict(json.dumps(GOLDEN[0]) + '\n{"question": "x"}', api_name="/evaluar")


def test_only_the_endpoints_for_programs_are_published(server: Serving) -> None:
    named = get(f"{server.url}/gradio_api/info").json()["named_endpoints"]
    assert set(named) == {"/preguntar", "/documentos", "/evaluar"}


def test_a_failure_has_a_number_that_is_in_the_log(
    server: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(server.service, "ask", broken)
    with caplog.at_level(logging.ERROR), pytest.raises(AppError) as caught:
        client(server).predict("¿Cuánto?", api_name="/preguntar")
    number = str(caught.value).split("incidente ")[1].split(".")[0]
    assert "secret" not in str(caught.value)
    record = next(r for r in caplog.records if number in r.getMessage())
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


def test_health(server: Serving, guarded: Serving) -> None:
    """Open also where a login is asked for: it says nothing of what is loaded."""
    for running in (server, guarded):
        found = get(f"{running.url}/salud")
        assert found.status_code == 200
        assert found.json()["estado"] == "bien"
        assert set(found.json()) == {"estado", "version", "texto_listo"}


def test_what_is_no_text_is_refused(server: Serving) -> None:
    refused = post(
        f"{server.url}/gradio_api/queue/join", content=b"\xff\xfe", headers={"content-type": "application/json"}
    )
    assert refused.status_code == 400
    assert "no es texto" in refused.json()["detail"]


def test_the_first_page_is_in_spanish_and_names_no_other_place(server: Serving) -> None:
    page = get(server.url + "/").text
    assert 'lang="es"' in page
    assert "og:image" not in page
    assert page.index("navigator") < page.index("gradio_config")
    assert "default-src 'self'" in get(server.url + "/").headers["content-security-policy"]
