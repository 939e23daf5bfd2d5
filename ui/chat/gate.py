"""What stands before every request: who it is from, what may be asked for, how often, how much of it.

Plain ASGI, so that it covers the pages, the events of the page, the endpoints for programs and MCP alike. Nothing
behind it has to remember to check the login; roles are checked by the handlers, which find the visitor in the scope.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import quote

from ui.chat.auth import OWNER, Role, Sessions, Visitor
from ui.chat.incoming import (
    credentials_in,
    fetches,
    headers_of,
    host_in,
    is_text,
    json_in,
    replayed,
    sender_of,
    token_in,
    whole_body,
)
from ui.chat.limits import Limits, Throttle
from ui.chat.outgoing import dressed, noticed, refuse, seconds, translated
from ui.chat.streams import STREAM, Asgi, Receive, Scope, Send, Streams

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

STARTED = b"x-consta-inicio"
"""Header that tells one start of the server from another: a page of an earlier one has nothing here to go on with."""
_AGAIN = "Hay demasiadas solicitudes seguidas. Espere {} y vuelva a intentarlo."
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
            await self._http(scope, receive, dressed(send, self._started))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, headers = scope["path"], headers_of(scope)
        if self._hosts is not None and host_in(headers.get("host", "")) not in self._hosts:
            await refuse(send, 421, "Este servidor no atiende a ese nombre.")
            return
        if not _served(path):
            await refuse(send, 404, "No existe esa dirección.")
            return
        try:
            visitor = await self._visitor(scope, headers)
        except _GuessingError:
            await refuse(send, 429, OFTEN, 60.0)
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
        token = token_in(headers.get("cookie", ""), COOKIE)
        if token and (visitor := self._sessions.of_token(token)) is not None:
            return visitor
        credentials = credentials_in(headers.get("authorization", ""))
        if credentials is None:
            known = bool(self._secret) and hmac.compare_digest(headers.get(INSIDE, "").encode(), self._secret.encode())
            return _INSIDER if known else None
        known_before = self._sessions.of_trusted(*credentials)
        if known_before is not None:
            return known_before
        keys = guesser(sender_of(scope), credentials[0])
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
        await refuse(send, 401, _ENTER_FIRST)

    async def _upload(self, scope: Scope, headers: dict[str, str], receive: Receive, send: Send) -> None:
        if not scope[VISITOR].may_change:
            await refuse(send, 403, "Su usuario solo consulta: para subir archivos hace falta el rol «carga».")
            return
        wait = self._uploads.take(sender_of(scope))
        if wait:
            await refuse(send, 429, _AGAIN.format(seconds(wait)), wait)
            return
        most = self._limits.file_bytes * self._limits.files
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > most:
            await refuse(send, 413, f"Lo que se sube de una vez no puede pasar de {most // 1024 // 1024} MB.")
            return
        await self._app(scope, receive, send)

    async def _post(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await whole_body(receive, self._limits.body_bytes)
        if body is None:
            await refuse(send, 413, "Lo que se envió es demasiado largo.")
            return
        data = json_in(body) if scope["path"].startswith(_API) else None
        if data is None and not is_text(body):
            await refuse(send, 400, "Lo que se envió no es texto.")
            return
        if fetches(data):
            await refuse(send, 400, "No se aceptan archivos de otras direcciones: súbalos.")
            return
        wait = self._by_address.take(sender_of(scope))
        session = data.get("session_hash") if isinstance(data, dict) else None
        if not wait and isinstance(session, str):
            wait = self._by_session.take(session)
        if wait:
            await refuse(send, 429, _AGAIN.format(seconds(wait)), wait)
            return
        if scope["path"] == _JOIN and isinstance(session, str):
            async with self._streams.joined(session) as queued:
                standing = STREAM, self._streams.standing(session)
                await self._app(scope, replayed(body, receive), translated(noticed(send, queued, standing)))
        else:
            await self._app(scope, replayed(body, receive), translated(send))


def visitor_of(request: Any) -> Visitor:
    """Who an event or a call is from. request: a `gr.Request` or a request of Starlette; None is a stranger."""
    scope = getattr(getattr(request, "request", None) or request, "scope", None)
    found = scope.get(VISITOR) if isinstance(scope, MutableMapping) else None
    return found if isinstance(found, Visitor) else STRANGER


def address_of(request: Any) -> str:
    """The address that a request of Starlette comes from."""
    return sender_of(request.scope)


def _served(path: str) -> bool:
    if path in _PAGES or path.startswith(_FOLDERS):
        return True
    if not path.startswith(_API):
        return False
    rest = path.removeprefix(_API)
    if rest.startswith("file="):
        return not rest.removeprefix("file=").lstrip("/").lower().startswith(("http:", "https:", "ftp:"))
    return rest.split("/", 1)[0] in _API_WORDS
