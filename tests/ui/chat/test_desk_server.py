"""The real server, over HTTP: endpoints for programs, login, roles, what is served, uploads, saved conversations."""

from __future__ import annotations

import csv
import io
import json
import logging
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from index.errors import StoreError
from tests.assistant.made_store import REPORT
from tests.ui.chat.serving import UNLIMITED, Serving, serving
from ui.chat.auth import Role, new_user
from ui.chat.limits import Limits, Rate
from ui.chat.saving import Saved
from ui.chat.server import ServeError, ServerSettings, check_settings, listen

PASSWORD = "faro de la costa"
get, post = partial(httpx.get, timeout=30), partial(httpx.post, timeout=30)  # a build machine may be busy
GOLDEN = [
    {"id": "a", "question": "¿Cuánto ejecutó Punta Alta?", "kind": "cifra", "expected": {"values": [600]}},
    {"id": "b", "question": "¿Cuánto ejecutó Punta Baja?", "kind": "cifra", "expected": {"values": [401]}},
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server without a login, with one report."""
    folder = tmp_path_factory.mktemp("chat")
    load_report(folder)
    with serving(folder / "almacen", ServerSettings(limits=UNLIMITED)) as running:
        yield running


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server where ana may load and luis may only look."""
    folder = tmp_path_factory.mktemp("con-clave")
    load_report(folder)
    users = folder / "usuarios.txt"
    lines = [new_user("ana", Role.LOAD, PASSWORD).line, new_user("luis", Role.CONSULT, PASSWORD).line]
    users.write_text("\n".join(lines), encoding="utf-8")
    with serving(folder / "almacen", ServerSettings(users=users, limits=UNLIMITED)) as running:
        yield running


def load_report(folder: Path) -> None:
    from index.ingest import load
    from index.sqlite_store import SqliteStore

    path = folder / "faros.txt"
    path.write_text(REPORT, encoding="utf-8")
    store = SqliteStore(folder / "almacen")
    load([path], store)
    store.close()


def client(server: Serving, user: str | None = None) -> Client:
    return Client(server.url, auth=(user, PASSWORD) if user else None, verbose=False)


class Page:
    """A page of the chat without a browser: its events by what they do, sent as a browser sends them."""

    def __init__(self, server: Serving, user: str | None = None) -> None:
        self.http = httpx.Client(base_url=server.url, auth=(user, PASSWORD) if user else None, timeout=30)
        self.session = f"s{id(self)}"
        config = self.http.get("/config").json()
        self.components = {c["id"]: c for c in config["components"]}
        self.events = config["dependencies"]

    def event(self, element: str, name: str) -> dict[str, Any]:
        """The event of a component, by its id in the page."""
        for event in self.events:
            for target, kind in event["targets"]:
                if kind == name and self.components.get(target, {}).get("props", {}).get("elem_id") == element:
                    return event
        raise AssertionError(f"no event {name} of {element}")

    def send(self, event: dict[str, Any], data: list[Any], told: Any = None) -> dict[str, Any]:
        """Send an event and wait for its end. Returns the last message of the server."""
        body = {"data": data, "fn_index": event["id"], "session_hash": self.session, "event_data": told,
                "trigger_id": event["targets"][0][0]}  # fmt: skip
        joined = self.http.post("/gradio_api/queue/join", json=body)
        assert joined.status_code == 200, joined.text
        with self.http.stream("GET", f"/gradio_api/queue/data?session_hash={self.session}") as stream:
            for line in stream.iter_lines():
                if line.startswith("data:"):
                    message: dict[str, Any] = json.loads(line.removeprefix("data:"))
                    if message["msg"] == "process_completed":
                        return message
        raise AssertionError("no end")

    def after(self, event: dict[str, Any]) -> dict[str, Any]:
        """The event that comes after another one."""
        return next(e for e in self.events if e["trigger_after"] == event["id"])

    def open_sheet(self, ident: str) -> dict[str, Any]:
        """Press a report in the list; the session remembers it."""
        chosen = self.event("desk-list", "choose")
        assert self.send(chosen, [], {"report": ident})["success"]
        return self.send(self.after(chosen), [None])

    def upload(self, *files: tuple[str, bytes]) -> dict[str, Any]:
        """Upload files in the tab «Informes»."""
        sent = self.http.post("/gradio_api/upload", files=[("files", (name, data)) for name, data in files])
        assert sent.status_code == 200, sent.text
        given = [
            {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}
            for path, (name, _) in zip(sent.json(), files, strict=True)
        ]
        return self.send(self.event("desk-files", "upload"), [given])


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


def test_nothing_is_there_without_a_login(guarded: Serving) -> None:
    for path in ("/", "/config", "/gradio_api/info", "/gradio_api/queue/status", "/guardado/x", "/assets/x.js"):
        assert get(guarded.url + path).status_code == 401, path
    page = get(guarded.url + "/", headers={"accept": "text/html"}, follow_redirects=True)
    assert page.status_code == 200
    assert 'name="password"' in page.text
    assert "Informes" not in page.text


def test_login_in_a_browser(guarded: Serving) -> None:
    with httpx.Client(base_url=guarded.url) as browser:
        wrong = browser.post("/login", data={"username": "ana", "password": "x", "a": "/"}, follow_redirects=True)
        assert "no son correctos" in wrong.text
        right = browser.post("/login", data={"username": "ana", "password": PASSWORD, "a": "/"})
        assert (right.status_code, right.headers["location"]) == (303, "/")
        cookie = right.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert browser.get("/config").status_code == 200
        browser.post("/salir")
        assert browser.get("/config").status_code == 401


@pytest.mark.parametrize(
    "target", ["https://example.invalid/", "//example.invalid", "/\\example.invalid", "/../x", "javascript:x"]
)
def test_a_login_leads_nowhere_else(guarded: Serving, target: str) -> None:
    done = post(f"{guarded.url}/login", data={"username": "luis", "password": PASSWORD, "a": target})
    assert done.headers["location"] == "/"


def test_programs_log_in(guarded: Serving) -> None:
    assert client(guarded, "luis").predict("total vigente", api_name="/preguntar")["status"] == "answered"
    with pytest.raises(Exception, match=r"(?i)auth|login|credential|401|400"):
        Client(guarded.url, auth=("luis", "otra clave más"), verbose=False)
    assert get(f"{guarded.url}/config", auth=("luis", PASSWORD)).status_code == 200


def test_guessing_passwords_is_slowed_down(tmp_path: Path) -> None:
    load_report(tmp_path)
    users = tmp_path / "usuarios.txt"
    users.write_text(new_user("ana", Role.LOAD, PASSWORD).line, encoding="utf-8")
    settings = ServerSettings(users=users, limits=Limits(entries=Rate(per_minute=1, burst=3)))
    with serving(tmp_path / "almacen", settings) as running:
        statuses = [
            post(f"{running.url}/login", data={"username": "ana", "password": f"clave número {n}"}).status_code
            for n in range(5)
        ]
        assert statuses == [400, 400, 400, 429, 429]
        right = post(f"{running.url}/login", data={"username": "ana", "password": PASSWORD})
        assert right.status_code == 429  # who guesses does not learn that this one fits


def test_guessing_the_password_of_a_program_is_slowed_down_too(tmp_path: Path) -> None:
    """The same count as that of the login; who was let in a moment ago goes on."""
    load_report(tmp_path)
    users = tmp_path / "usuarios.txt"
    users.write_text(new_user("ana", Role.LOAD, PASSWORD).line, encoding="utf-8")
    settings = ServerSettings(users=users, limits=Limits(entries=Rate(per_minute=1, burst=3)))
    with serving(tmp_path / "almacen", settings) as running:
        assert get(f"{running.url}/config", auth=("ana", PASSWORD)).status_code == 200
        guesses = [get(f"{running.url}/config", auth=("ana", f"clave número {n}")) for n in range(5)]
        assert [found.status_code for found in guesses] == [401, 401, 401, 429, 429]
        assert "demasiados intentos" in guesses[-1].json()["detail"]
        assert post(f"{running.url}/login", data={"username": "ana", "password": PASSWORD}).status_code == 429
        assert get(f"{running.url}/config", auth=("ana", PASSWORD)).status_code == 200


def test_what_is_no_text_is_refused(server: Serving) -> None:
    refused = post(
        f"{server.url}/gradio_api/queue/join", content=b"\xff\xfe", headers={"content-type": "application/json"}
    )
    assert refused.status_code == 400
    assert "no es texto" in refused.json()["detail"]


def test_who_only_consults_changes_nothing(guarded: Serving) -> None:
    """Whatever a browser sends: every event that uploads, corrects or removes refuses, not only its button."""
    page = Page(guarded, "luis")
    ident = guarded.service.documents()[0].id
    assert page.http.post("/gradio_api/upload", files=[("files", ("x.txt", b"x"))]).status_code == 403
    page.open_sheet(ident)
    tries = {
        "edit": (page.event("desk-edit-open", "click"), [None]),
        "save": (page.event("desk-edit-save", "click"), [None, "Otro", "Otra", "", "", "", ""]),
        "ask": (page.event("desk-remove-open", "click"), [None]),
        "remove": (page.event("desk-remove-yes", "click"), [None]),
        "upload": (page.event("desk-files", "upload"), [[]]),
        "golden": (page.event("eval-files", "upload"), [None]),
    }
    for name, (event, data) in tries.items():
        found = page.send(event, data)
        assert not found["success"], name
        assert "hace falta el rol «carga»" in found["output"]["error"], name
    assert [d.title for d in guarded.service.documents()] == [guarded.service.documents()[0].title]
    assert guarded.service.documents()[0].id == ident


def test_who_loads_uploads_corrects_and_removes(guarded: Serving) -> None:
    page = Page(guarded, "ana")
    found = page.upload(("nuevo (2).txt", REPORT.replace("FAROS", "PUERTOS").encode()))
    assert found["success"], found
    assert "nuevo: " in found["output"]["data"][1]
    new = next(d for d in guarded.service.documents() if d.file == "nuevo (2).txt")
    page.open_sheet(new.id)
    shown = page.send(page.event("desk-edit-open", "click"), [None])["output"]["data"]
    written = [field["value"] if isinstance(field, dict) else field for field in shown[1:]]
    written[3] = "Honduras"
    saved = page.send(page.event("desk-edit-save", "click"), [None, *written])
    assert saved["success"], saved
    edited = guarded.service.report(new.id).document
    assert (edited.country, edited.edited) == ("HN", ("country",))
    wrong = page.send(page.event("desk-edit-save", "click"), [None, *written[:3], "Atlántida", *written[4:]])
    assert "no es un país" in wrong["output"]["error"]
    assert page.send(page.event("desk-remove-yes", "click"), [None])["success"]
    assert new.id not in {d.id for d in guarded.service.documents()}


def test_a_bad_file_is_explained_and_the_good_one_beside_it_is_loaded(server: Serving) -> None:
    page = Page(server)
    told = page.upload(
        ("roto.pdf", b"%PDF-1.4 cortado"), ("bueno.txt", REPORT.replace("Alta", "Mansa").encode()),
        ("programa.txt", b"MZ" + bytes(500)), ("vacio.csv", b""),
    )["output"]["data"][1]  # fmt: skip
    assert "incompleto o dañado" in told
    assert "programa ejecutable" in told
    assert "está vacío" in told
    assert "nuevo: Instituto de Faros" in told.replace("INSTITUTO DE FAROS DE GUATEMALA", "Instituto de Faros")
    assert {"bueno.txt"} == {d.file for d in server.service.documents()} - {"faros.txt"}
    server.service.store.remove(next(d.id for d in server.service.documents() if d.file == "bueno.txt"))


def test_more_files_than_the_limit_are_told(server: Serving) -> None:
    files = [(f"a{n:02}.csv", b"") for n in range(UNLIMITED.files + 2)]
    told = Page(server).upload(*files)["output"]["data"][1]
    assert told.count("se cargan hasta 20 archivos") == 2


def test_two_uploads_at_once_both_arrive(server: Serving) -> None:
    found: dict[str, dict[str, Any]] = {}

    def send(name: str) -> None:
        found[name] = Page(server).upload((f"{name}.txt", REPORT.replace("Punta Alta", f"Punta {name}").encode()))

    threads = [threading.Thread(target=send, args=(name,)) for name in ("uno", "dos", "tres")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f["success"] for f in found.values()), found
    loaded = {d.file: d.id for d in server.service.documents()}
    assert {"uno.txt", "dos.txt", "tres.txt"} <= set(loaded)
    for name in ("uno", "dos", "tres"):
        server.service.store.remove(loaded[f"{name}.txt"])


@pytest.mark.parametrize(
    "name", ["../../../escapa.txt", "..\\..\\escapa.txt", "/etc/escapa.txt", "a\x00b.txt", "<img src=x>.txt"]
)
def test_the_name_of_an_upload_is_never_a_path_nor_markup(server: Serving, name: str) -> None:
    told = Page(server).upload((name, REPORT.replace("Alta", "Brava").encode()))
    assert told["success"], told
    assert "<img" not in told["output"]["data"][1]
    loaded = [d for d in server.service.documents() if d.file != "faros.txt"]
    for document in loaded:
        server.service.store.remove(document.id)
    assert len(loaded) == 1
    assert not set("/\\\x00<>") & set(loaded[0].file)
    assert not list(server.folder.parent.rglob("*escapa*"))


def test_no_file_outside_is_read_or_taken(server: Serving, tmp_path: Path) -> None:
    """Neither by address nor by an event that names a path as if it had been uploaded."""
    secret = tmp_path / "secreto.txt"
    secret.write_text("secreto", encoding="utf-8")
    page = Page(server)
    paths = [secret, server.folder / "consta.sqlite3", Path("/etc/passwd"), Path(__file__)]
    for path in paths:
        for address in (
            f"/gradio_api/file={path}",
            f"/gradio_api/file=../../..{path}",
            f"/gradio_api/file=%2e%2e{path}",
        ):
            assert page.http.get(address).status_code in (403, 404), address
        given = [{"path": str(path), "orig_name": "x.txt", "meta": {"_type": "gradio.FileData"}}]
        found = page.send(page.event("desk-files", "upload"), [given])
        assert not found["success"], path
        assert path.exists()
    assert [d.file for d in server.service.documents()] == ["faros.txt"]


def test_an_upload_is_gone_after_it_was_read(server: Serving) -> None:
    page = Page(server)
    path = page.http.post("/gradio_api/upload", files=[("files", ("x.csv", b""))]).json()[0]
    assert Path(path).is_file()
    given = [{"path": path, "orig_name": "x.csv", "meta": {"_type": "gradio.FileData"}}]
    page.send(page.event("desk-files", "upload"), [given])
    assert not Path(path).exists()


def test_a_long_file_is_refused(tmp_path: Path) -> None:
    load_report(tmp_path)
    settings = ServerSettings(limits=Limits(file_bytes=50_000, files=2))
    with serving(tmp_path / "almacen", settings) as running:
        files = [("files", ("x.txt", b"a" * 60_000))]
        assert post(f"{running.url}/gradio_api/upload", files=files).status_code == 413
        assert post(f"{running.url}/gradio_api/upload", files=files * 2).status_code == 413


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


def ask(page: Page, question: str) -> None:
    """Ask in the conversation of a page, as typing and pressing Enter does."""
    assert page.send(page.event("question", "submit"), [question, None, []])["success"]


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


def test_a_session_that_hurries_is_asked_to_wait(tmp_path: Path) -> None:
    load_report(tmp_path)
    with serving(tmp_path / "almacen", ServerSettings(limits=Limits(session=Rate(per_minute=1, burst=2)))) as running:
        page = Page(running)
        event = page.event("eval-golden", "focus")
        assert [page.send(event, [None])["success"] for _ in range(2)] == [True, True]
        refused = page.http.post(
            "/gradio_api/queue/join", json={"data": [None], "fn_index": event["id"], "session_hash": page.session}
        )
        assert refused.status_code == 429
        assert "Hay demasiadas solicitudes" in refused.json()["detail"]


def test_the_first_page_is_in_spanish_and_names_no_other_place(server: Serving) -> None:
    page = get(server.url + "/").text
    assert 'lang="es"' in page
    assert "og:image" not in page
    assert page.index("navigator") < page.index("gradio_config")
    assert "default-src 'self'" in get(server.url + "/").headers["content-security-policy"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "consta.example"])
def test_another_address_needs_a_login(host: str, tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="hace falta --usuarios"):
        check_settings(ServerSettings(host=host))
    assert check_settings(ServerSettings(host=host, open_to_all=True)) is None
    users = tmp_path / "usuarios.txt"
    users.write_text(new_user("ana", Role.LOAD, PASSWORD).line, encoding="utf-8")
    assert check_settings(ServerSettings(host=host, users=users)) is not None


def test_without_a_login_another_machine_may_only_look(tmp_path: Path) -> None:
    load_report(tmp_path)
    with serving(tmp_path / "almacen", ServerSettings(host="0.0.0.0", open_to_all=True)) as running:
        assert post(f"{running.url}/gradio_api/upload", files=[("files", ("x.txt", b"x"))]).status_code == 403
        assert client(running).predict("total vigente", api_name="/preguntar")["status"] == "answered"


def test_a_taken_port_is_told() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(ServeError, match="ya está en uso"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_the_store_is_left_as_it_was(server: Serving) -> None:
    """All of the above added and removed; the one report is still there."""
    assert [d.file for d in server.service.documents()] == ["faros.txt"]
