"""What stands before every request: who it is from, what may be asked for, how often, how much of it.

Plain ASGI, so that it covers the pages, the events of the page, the endpoints for programs and MCP alike. Nothing
behind it has to remember to check the login; roles are checked by the handlers, which find the visitor in the scope.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import json
import secrets
from collections.abc import Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote

from ui.chat.auth import OWNER, Role, Sessions, Visitor
from ui.chat.limits import Limits, Throttle
from ui.chat.streams import Asgi, Message, Receive, Scope, Send, Streams

COOKIE = "consta-sesion"
VISITOR = "consta.visitor"  # key of the scope
INSIDE = "x-consta-inside"
"""Header with the secret by which the MCP tools of this process call its own endpoints."""
ENTER, LOGIN, LEAVE, HEALTH, SAVED = "/entrar", "/login", "/salir", "/salud", "/guardado/"
STRANGER = Visitor(name=None, role=Role.CONSULT)
"""Who a request is from that did not come through the gate: they may look, and change nothing."""
_INSIDER = Visitor(name="mcp", role=Role.CONSULT)

_API = "/gradio_api/"
_STREAM, _JOIN = f"{_API}queue/data", f"{_API}queue/join"
_OPEN = {ENTER, LOGIN, HEALTH, "/favicon.ico", "/robots.txt"}  # before the login
_PAGES = {"/", "/config", "/config/", "/theme.css", "/manifest.json", "/pwa_icon", LEAVE, *_OPEN}
_FOLDERS = ("/assets/", "/static/", "/svelte/", SAVED)
_API_WORDS = frozenset(
    "info openapi.json queue call run api cancel heartbeat upload upload_progress component_server reset "
    "startup-events app_id user login_check theme.css mcp".split()
)
"""What of Gradio is served. Not: its proxy, its monitoring, its live editor, its run history, its streams."""

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (
        b"content-security-policy",  # the page is Gradio's, which runs inline code; nothing may be fetched elsewhere
        (
            b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; base-uri 'self'; "
            b"form-action 'self'; frame-ancestors 'none'"
        ),
    ),
)
STARTED = b"x-consta-inicio"
"""Header that tells one start of the server from another: a page of an earlier one has nothing here to go on with."""
_AGAIN = "Hay demasiadas solicitudes seguidas. Espere {} y vuelva a intentarlo."
_FULL = "Hay muchas personas preguntando en este momento. Espere unos segundos y vuelva a intentarlo."
OFTEN = "Hubo demasiados intentos. Espere un minuto y vuelva a intentarlo."
_ENTER_FIRST = "Su sesión terminó o no ha entrado: vuelva a cargar la página y escriba su usuario y su clave."


class _GuessingError(Exception):
    """Too many wrong passwords came from there, or for that name."""


def guesser(address: str, name: str) -> tuple[str, str]:
    """Under which keys wrong passwords are counted: for who sends them, and for the name they are for."""
    return f"a:{address}", f"n:{name[:64]}"


class Gate:
    """Middleware around the whole application."""

    def __init__(
        self,
        app: Asgi,
        *,
        sessions: Sessions | None,
        limits: Limits,
        anyone: Visitor = OWNER,
        hosts: frozenset[str] | None = None,
        secret: str = "",
        wrong: Throttle | None = None,
    ) -> None:
        """sessions: None where nobody has to log in; then everyone is `anyone`. secret: see `INSIDE`.

        wrong: counts wrong passwords (`guesser`), those of the login among them.
        hosts: names the server answers to (None: any), so that a page of another site cannot reach a server on this
        machine by a name of its own (DNS rebinding).
        """
        self._app = app
        self._sessions = sessions
        self._anyone = anyone
        self._limits = limits
        self._hosts = hosts
        self._secret = secret
        self._by_session = Throttle(limits.session)
        self._by_address = Throttle(limits.address)
        self._uploads = Throttle(limits.uploads)
        self._wrong = wrong or Throttle(limits.entries)
        self._streams = Streams()
        self._started = (STARTED, secrets.token_hex(4).encode())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _dressed(send, self._started))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, headers = scope["path"], _headers(scope)
        if self._hosts is not None and _host(headers.get("host", "")) not in self._hosts:
            await _refuse(send, 421, "Este servidor no atiende a ese nombre.")
            return
        if not _served(path):
            await _refuse(send, 404, "No existe esa dirección.")
            return
        try:
            visitor = await self._visitor(scope, headers)
        except _GuessingError:
            await _refuse(send, 429, OFTEN, 60.0)
            return
        if visitor is None and path not in _OPEN:
            await self._send_to_login(scope, headers, send)
            return
        scope[VISITOR] = visitor or STRANGER
        if path == _STREAM:
            await self._streams.serve(self._app, scope, receive, send)
        elif scope["method"] != "POST":
            await self._app(scope, receive, send)
        elif path.startswith(_API + "upload"):
            await self._upload(scope, headers, receive, send)
        else:
            await self._post(scope, receive, send)

    async def _visitor(self, scope: Scope, headers: dict[str, str]) -> Visitor | None:
        if self._sessions is None:
            return self._anyone
        token = _cookie(headers.get("cookie", ""))
        if token and (visitor := self._sessions.of_token(token)) is not None:
            return visitor
        credentials = _basic(headers.get("authorization", ""))
        if credentials is None:
            known = bool(self._secret) and hmac.compare_digest(headers.get(INSIDE, "").encode(), self._secret.encode())
            return _INSIDER if known else None
        known_before = self._sessions.of_trusted(*credentials)
        if known_before is not None:
            return known_before
        keys = guesser(_address(scope), credentials[0])
        if any(self._wrong.full(key) for key in keys):  # who guesses does not learn which one fits
            raise _GuessingError
        found = await asyncio.to_thread(self._sessions.of_password, *credentials)
        if found is None:
            for key in keys:
                self._wrong.take(key)
        return found

    async def _send_to_login(self, scope: Scope, headers: dict[str, str], send: Send) -> None:
        page = scope["method"] == "GET" and not scope["path"].startswith(_API)
        if page and "text/html" in headers.get("accept", ""):
            target = f"{scope.get('root_path', '')}{ENTER}?a={quote(scope['path'])}"
            await send({"type": "http.response.start", "status": 303, "headers": [(b"location", target.encode())]})
            await send({"type": "http.response.body", "body": b""})
            return
        await _refuse(send, 401, _ENTER_FIRST)

    async def _upload(self, scope: Scope, headers: dict[str, str], receive: Receive, send: Send) -> None:
        if not scope[VISITOR].may_change:
            await _refuse(send, 403, "Su usuario solo consulta: para subir archivos hace falta el rol «carga».")
            return
        wait = self._uploads.take(_address(scope))
        if wait:
            await _refuse(send, 429, _AGAIN.format(_seconds(wait)), wait)
            return
        most = self._limits.file_bytes * self._limits.files
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > most:
            await _refuse(send, 413, f"Lo que se sube de una vez no puede pasar de {most // 1024 // 1024} MB.")
            return
        await self._app(scope, receive, send)

    async def _post(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _body(receive, self._limits.body_bytes)
        if body is None:
            await _refuse(send, 413, "Lo que se envió es demasiado largo.")
            return
        data = _json(body) if scope["path"].startswith(_API) else None
        if data is None and not _text(body):
            await _refuse(send, 400, "Lo que se envió no es texto.")
            return
        if _fetches(data):
            await _refuse(send, 400, "No se aceptan archivos de otras direcciones: súbalos.")
            return
        wait = self._by_address.take(_address(scope))
        session = data.get("session_hash") if isinstance(data, dict) else None
        if not wait and isinstance(session, str):
            wait = self._by_session.take(session)
        if wait:
            await _refuse(send, 429, _AGAIN.format(_seconds(wait)), wait)
            return
        if scope["path"] == _JOIN and isinstance(session, str):
            async with self._streams.joined(session) as queued:
                await self._app(scope, _replayed(body, receive), _translated(_noticed(send, queued)))
        else:
            await self._app(scope, _replayed(body, receive), _translated(send))


def visitor_of(request: Any) -> Visitor:
    """Who an event or a call is from. request: a `gr.Request` or a request of Starlette; None is a stranger."""
    scope = getattr(getattr(request, "request", None) or request, "scope", None)
    found = scope.get(VISITOR) if isinstance(scope, MutableMapping) else None
    return found if isinstance(found, Visitor) else STRANGER


def address_of(request: Any) -> str:
    """The address that a request of Starlette comes from."""
    return _address(request.scope)


def _served(path: str) -> bool:
    if path in _PAGES or path.startswith(_FOLDERS):
        return True
    if not path.startswith(_API):
        return False
    rest = path.removeprefix(_API)
    if rest.startswith("file="):
        return not rest.removeprefix("file=").lstrip("/").lower().startswith(("http:", "https:", "ftp:"))
    return rest.split("/", 1)[0] in _API_WORDS


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _host(header: str) -> str:
    """The name in a Host header, without its port: "[::1]:7860" is "[::1]"."""
    return header[: header.rfind("]") + 1] if header.startswith("[") else header.partition(":")[0].lower()


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _cookie(header: str) -> str | None:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return found.value if found is not None else None


def _basic(header: str) -> tuple[str, str] | None:
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _fetches(data: Any) -> bool:
    """Whether a call hands over a file by an address that the server would have to fetch."""
    waiting = [data]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            for key in ("path", "url"):
                text = found.get(key)
                outside = isinstance(text, str) and text.lstrip().lower().startswith(("http:", "https:", "ftp:"))
                if outside and (key == "path" or not found.get("path")):
                    return True
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)
    return False


async def _body(receive: Receive, most: int) -> bytes | None:
    """The whole body, None when it is longer than `most` bytes."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > most:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands over a body that was read before, then goes on with the real one."""
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _dressed(send: Send, started: tuple[bytes, bytes]) -> Send:
    """A `send` that adds the headers every response has. started: see STARTED."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            names = {name.lower() for name, _ in message.get("headers", ())}
            message["headers"] = [
                *(h for h in message.get("headers", ()) if h[0].lower() != b"server"),
                *(h for h in (*_HEADERS, started) if h[0] not in names),
            ]
        await send(message)

    return with_headers


def _translated(send: Send) -> Send:
    """A `send` that says in Spanish that the queue is full: Gradio says it in English, and only then answers 503."""
    full = False

    async def in_spanish(message: Message) -> None:
        nonlocal full
        if message["type"] == "http.response.start" and message["status"] == 503:
            full = True
            await _refuse(send, 503, _FULL)
        if not full:
            await send(message)

    return in_spanish


def _noticed(send: Send, queued: Callable[[str], None]) -> Send:
    """A `send` that tells the id of the event that a response says was put in the queue."""

    async def noticing(message: Message) -> None:
        told = _json(message["body"]) if message.get("body") else None
        if isinstance(told, dict) and isinstance(told.get("event_id"), str):
            queued(told["event_id"])
        await send(message)

    return noticing


async def _refuse(send: Send, status: int, text: str, wait: float = 0.0) -> None:
    body = json.dumps({"detail": text}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if wait:
        headers.append((b"retry-after", str(int(wait) + 1).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _seconds(wait: float) -> str:
    number = int(wait) + 1
    return f"{number} segundo" + ("s" if number > 1 else "")
