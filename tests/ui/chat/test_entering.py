"""Who gets in over HTTP, how often one may try, and what each may do."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from gradio_client import Client

from tests.assistant.made_store import REPORT
from tests.ui.chat.pages import PASSWORD, Page, client, get, load_report, post, user_line
from tests.ui.chat.serving import Serving, serving
from ui.chat.auth import Role
from ui.chat.limits import Limits, Rate
from ui.chat.server import ServeError, ServerSettings, check_settings, listen


def test_nothing_is_there_without_a_login(guarded: Serving) -> None:
    for path in ("/", "/config", "/gradio_api/info", "/gradio_api/queue/status", "/guardado/x", "/assets/x.js"):
        assert get(guarded.url + path).status_code == 401, path
    page = get(guarded.url + "/", headers={"accept": "text/html"}, follow_redirects=True)
    assert page.status_code == 200
    assert 'name="password"' in page.text
    assert "Informes" not in page.text


def test_login_in_a_browser(guarded: Serving) -> None:
    with httpx.Client(base_url=guarded.url, timeout=30) as browser:
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
    users.write_text(user_line("ana", Role.LOAD), encoding="utf-8")
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
    users.write_text(user_line("ana", Role.LOAD), encoding="utf-8")
    settings = ServerSettings(users=users, limits=Limits(entries=Rate(per_minute=1, burst=3)))
    with serving(tmp_path / "almacen", settings) as running:
        assert get(f"{running.url}/config", auth=("ana", PASSWORD)).status_code == 200
        guesses = [get(f"{running.url}/config", auth=("ana", f"clave número {n}")) for n in range(5)]
        assert [found.status_code for found in guesses] == [401, 401, 401, 429, 429]
        assert "demasiados intentos" in guesses[-1].json()["detail"]
        assert post(f"{running.url}/login", data={"username": "ana", "password": PASSWORD}).status_code == 429
        assert get(f"{running.url}/config", auth=("ana", PASSWORD)).status_code == 200


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


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "consta.example"])
def test_another_address_needs_a_login(host: str, tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="hace falta --usuarios"):
        check_settings(ServerSettings(host=host))
    assert check_settings(ServerSettings(host=host, open_to_all=True)) is None
    users = tmp_path / "usuarios.txt"
    users.write_text(user_line("ana", Role.LOAD), encoding="utf-8")
    assert check_settings(ServerSettings(host=host, users=users)) is not None


def test_without_a_login_another_machine_may_only_look(tmp_path: Path) -> None:
    load_report(tmp_path)
    with serving(tmp_path / "almacen", ServerSettings(host="0.0.0.0", open_to_all=True)) as running:
        assert post(f"{running.url}/gradio_api/upload", files=[("files", ("x.txt", b"x"))]).status_code == 403
        assert client(running).predict("total vigente", api_name="/preguntar")["status"] == "answered"


def test_a_taken_port_is_told() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(ServeError, match="ya está en uso"):
        listen("127.0.0.1", taken.getsockname()[1])
