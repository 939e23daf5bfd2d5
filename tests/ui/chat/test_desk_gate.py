"""What stands before every request: login, what is served, how often and how much."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from typing import Any

import pytest

from ui.chat.auth import Role, Sessions, Users, Visitor, new_user
from ui.chat.gate import COOKIE, STRANGER, VISITOR, Gate, visitor_of
from ui.chat.limits import Limits, Rate

PASSWORD = "faro de la costa"
FEW = Limits(
    session=Rate(per_minute=1, burst=3), address=Rate(per_minute=1, burst=6), uploads=Rate(per_minute=1, burst=2)
)


class Behind:
    """An application that remembers who came, reads what was sent, and answers with a status."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.visitors: list[Visitor] = []
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.visitors.append(scope[VISITOR])
        if scope["method"] == "POST":
            self.bodies.append((await receive())["body"])
        await send({"type": "http.response.start", "status": self.status, "headers": [(b"server", b"x")]})
        await send({"type": "http.response.body", "body": b"Queue is full."})


def call(gate: Gate, path: str = "/", method: str = "GET", body: bytes = b"", **headers: str) -> dict[str, Any]:
    """Send one request. Returns status, headers and text."""
    sent: list[Any] = []
    scope = {
        "type": "http", "method": method, "path": path, "client": ("127.0.0.1", 5),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in {"host": "127.0.0.1:7860", **headers}.items()],
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(gate(scope, receive, send))
    return {
        "status": sent[0]["status"],
        "headers": {k.decode(): v.decode() for k, v in sent[0]["headers"]},
        "text": b"".join(m.get("body", b"") for m in sent[1:]).decode(),
    }


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Sessions:
    path = tmp_path_factory.mktemp("usuarios") / "usuarios.txt"
    lines = [new_user("ana", Role.LOAD, PASSWORD).line, new_user("luis", Role.CONSULT, PASSWORD).line]
    path.write_text("\n".join(lines), encoding="utf-8")
    return Sessions(Users(path))


def basic(name: str, password: str = PASSWORD) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/config",
        "/gradio_api/info",
        "/gradio_api/file=/etc/passwd",
        "/guardado/abc",
        "/gradio_api/mcp/",
        "/assets/a",
    ],
)
def test_nothing_is_served_before_the_login(sessions: Sessions, path: str) -> None:
    behind = Behind()
    gate = Gate(behind, sessions=sessions, limits=Limits())
    for found in (call(gate, path), call(gate, path, authorization=basic("ana", "otra clave 1")),
                  call(gate, path, cookie=f"{COOKIE}=inventada"), call(gate, path, method="POST")):  # fmt: skip
        assert found["status"] == 401
        assert "Su sesión terminó" in found["text"]
    assert behind.visitors == []


def test_a_browser_is_sent_to_the_login(sessions: Sessions) -> None:
    gate = Gate(Behind(), sessions=sessions, limits=Limits())
    found = call(gate, "/guardado/abc", accept="text/html")
    assert (found["status"], found["headers"]["location"]) == (303, "/entrar?a=/guardado/abc")


def test_a_cookie_or_a_password_tells_who_it_is(sessions: Sessions) -> None:
    behind = Behind()
    gate = Gate(behind, sessions=sessions, limits=Limits())
    token = sessions.enter("ana", PASSWORD)
    assert call(gate, cookie=f"a=b; {COOKIE}={token}")["status"] == 200
    assert call(gate, authorization=basic("luis"))["status"] == 200
    assert [(v.name, v.may_change) for v in behind.visitors] == [("ana", True), ("luis", False)]


def test_only_the_secret_of_this_process_passes_without_a_login(sessions: Sessions) -> None:
    behind = Behind()
    gate = Gate(behind, sessions=sessions, limits=Limits(), secret="s3creto")
    assert call(gate, x_consta_inside="s3creto")["status"] == 200
    assert [v.may_change for v in behind.visitors] == [False]
    for wrong in ("", "s3cret", "x"):
        assert call(gate, x_consta_inside=wrong)["status"] == 401
        assert call(Gate(behind, sessions=sessions, limits=Limits()), x_consta_inside=wrong)["status"] == 401


def test_the_health_is_open_to_all(sessions: Sessions) -> None:
    assert call(Gate(Behind(), sessions=sessions, limits=Limits()), "/salud")["status"] == 200


def test_who_only_consults_cannot_even_send_a_file(sessions: Sessions) -> None:
    gate = Gate(Behind(), sessions=sessions, limits=Limits())
    ask = {"method": "POST", "content_length": "4", "body": b"data"}
    assert call(gate, "/gradio_api/upload", authorization=basic("luis"), **ask)["status"] == 403
    assert call(gate, "/gradio_api/upload", authorization=basic("ana"), **ask)["status"] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/proxy=http://example.invalid/",
        "/gradio_api/file=http://example.invalid/a",
        "/gradio_api/file=/HTTPS://example.invalid/a",
        "/monitoring",
        "/monitoring/summary",
        "/gradio_api/vibe-code/",
        "/gradio_api/run-history/records",
        "/gradio_api/runs",
        "/gradio_api/deep_link",
        "/gradio_api/stream/1",
        "/gradio_api/dev/reload",
        "/gradio_api/process_recording",
        "/docs",
        "/openapi.json",
        "/../consta.sqlite3",
        "/consta.sqlite3",
    ],
)
def test_what_the_chat_does_not_need_is_not_served(path: str) -> None:
    """Above all nothing that makes the server fetch another address."""
    behind = Behind()
    assert call(Gate(behind, sessions=None, limits=Limits()), path)["status"] == 404
    assert behind.visitors == []


@pytest.mark.parametrize(
    "data",
    [
        [{"path": "http://example.invalid/a.pdf", "meta": {"_type": "gradio.FileData"}}],
        [[{"a": {"path": " HTTPS://example.invalid/a.pdf"}}]],
        [{"path": None, "url": "http://example.invalid/a.pdf"}],
    ],
)
def test_a_file_is_never_fetched_from_elsewhere(data: Any) -> None:
    body = json.dumps({"data": data}).encode()
    found = call(Gate(Behind(), sessions=None, limits=Limits()), "/gradio_api/queue/join", "POST", body)
    assert found["status"] == 400
    kept = json.dumps({"data": [{"path": "/tmp/a.pdf", "url": "http://127.0.0.1/gradio_api/file=/tmp/a.pdf"}]}).encode()
    assert call(Gate(Behind(), sessions=None, limits=Limits()), "/gradio_api/queue/join", "POST", kept)["status"] == 200


@pytest.mark.parametrize("host", ["example.invalid", "127.0.0.1.example.invalid", "evil:7860", "", "[::2]:7860"])
def test_a_local_server_answers_to_local_names_alone(host: str) -> None:
    """A page of another site cannot reach it by a name that it points to this machine."""
    gate = Gate(Behind(), sessions=None, limits=Limits(), hosts=frozenset({"127.0.0.1", "localhost", "[::1]"}))
    assert call(gate, host=host)["status"] == 421
    assert [call(gate, host=h)["status"] for h in ("localhost:7860", "127.0.0.1", "[::1]:7860")] == [200, 200, 200]


def test_a_session_that_asks_too_often_waits_and_others_do_not() -> None:
    gate = Gate(Behind(), sessions=None, limits=FEW)
    bodies = [json.dumps({"session_hash": s, "data": []}).encode() for s in "aaaab"]
    found = [call(gate, "/gradio_api/queue/join", "POST", body) for body in bodies]
    assert [f["status"] for f in found] == [200, 200, 200, 429, 200]
    told = re.search(
        r"Hay demasiadas solicitudes seguidas\. Espere (\d+) segundos", json.loads(found[3]["text"])["detail"]
    )
    assert told is not None
    assert 30 <= int(told[1]) == int(found[3]["headers"]["retry-after"]) <= 60  # less the time that this test took


def test_new_session_names_do_not_get_around_the_limit() -> None:
    gate = Gate(Behind(), sessions=None, limits=FEW)
    statuses = [
        call(gate, "/gradio_api/queue/join", "POST", json.dumps({"session_hash": str(n)}).encode())["status"]
        for n in range(8)
    ]
    assert statuses == [200] * 6 + [429] * 2


def test_uploads_have_a_rate_and_a_size() -> None:
    gate = Gate(Behind(), sessions=None, limits=FEW)
    big = str(FEW.file_bytes * FEW.files + 1)
    assert call(gate, "/gradio_api/upload", "POST", content_length=big)["status"] == 413
    assert call(gate, "/gradio_api/upload", "POST")["status"] == 413  # a length that is not told is none
    assert call(gate, "/gradio_api/upload", "POST", content_length="9")["status"] == 429


def test_a_long_body_is_refused_and_a_short_one_arrives_whole() -> None:
    behind = Behind()
    gate = Gate(behind, sessions=None, limits=Limits(body_bytes=100))
    assert call(gate, "/gradio_api/queue/join", "POST", b"x" * 101)["status"] == 413
    assert call(gate, "/gradio_api/queue/join", "POST", b"x" * 100)["status"] == 200
    assert behind.bodies == [b"x" * 100]


def test_a_full_queue_is_told_in_spanish() -> None:
    found = call(Gate(Behind(503), sessions=None, limits=Limits()), "/gradio_api/queue/join", "POST", b"{}")
    assert found["status"] == 503
    assert "Hay muchas personas preguntando" in json.loads(found["text"])["detail"]
    assert "Queue" not in found["text"]


def test_a_page_can_tell_one_start_of_the_server_from_another() -> None:
    gate, again = (Gate(Behind(), sessions=None, limits=Limits()) for _ in range(2))
    assert call(gate)["headers"]["x-consta-inicio"] == call(gate, "/salud")["headers"]["x-consta-inicio"]
    assert call(gate)["headers"]["x-consta-inicio"] != call(again)["headers"]["x-consta-inicio"]


def test_every_response_forbids_what_the_page_does_not_need() -> None:
    headers = call(Gate(Behind(), sessions=None, limits=Limits()))["headers"]
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


@pytest.mark.parametrize(
    "request_", [None, object(), type("R", (), {"scope": {}})(), type("R", (), {"request": None})()]
)
def test_who_did_not_come_through_the_gate_may_change_nothing(request_: Any) -> None:
    assert visitor_of(request_) is STRANGER
    assert not STRANGER.may_change
