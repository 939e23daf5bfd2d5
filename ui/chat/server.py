"""The chat as one web application: gate, login, saved conversations, the page, the endpoints for programs.

ServeError   the server cannot start as it was told to; the message is Spanish, for who started it
"""

from __future__ import annotations

import errno
import ipaddress
import logging
import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from ui.chat.auth import OWNER, Role, Sessions, Users, UsersFileError, Visitor
from ui.chat.framework import built_once, files_of_page, forget_uploads, prepare
from ui.chat.gate import Gate, visitor_of
from ui.chat.limits import Limits, Throttle
from ui.chat.mcp_tools import MissingExtraError, call_inside, check_extra

if TYPE_CHECKING:
    from ui.chat.service import ChatService

_log = logging.getLogger(__name__)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_SWEEP_SECONDS, _KEPT_SECONDS = 600, 3600  # uploads and downloads in the temporary folder
_GRACE_SECONDS = 1  # for what is under way when the server is stopped


class ServeError(Exception):
    """The server cannot start. `str(error)` is fit to be shown."""


class _TerminatedError(BaseException):
    """The process was told to end (SIGTERM). Like KeyboardInterrupt, nothing on the way out is to catch it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServerSettings:
    """How the server is started.

    users: the file of users, None where nobody logs in. open_to_all: whether another address may be listened to
    without a login. golden: folder whose golden sets are offered. secure: the login cookie is for HTTPS alone.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    users: Path | None = None
    open_to_all: bool = False
    golden: Path | None = None
    mcp: bool = False
    secure: bool = False
    limits: Limits = field(default_factory=Limits)

    @property
    def local(self) -> bool:
        """Whether only this machine is listened to."""
        return is_loopback(self.host)

    @property
    def inside(self) -> str:
        """The address by which this machine reaches the server."""
        everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - told apart, not bound
        return f"http://{everywhere.get(self.host, self.host)}:{self.port}/"


def is_loopback(host: str) -> bool:
    """Whether an address is of this machine alone; a name other than "localhost" is not taken for one."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def check_settings(settings: ServerSettings) -> Users | None:
    """The users, None where nobody logs in. Raises ServeError when a login is missing or its file is wrong."""
    if settings.mcp:
        try:
            check_extra()
        except MissingExtraError as error:
            raise ServeError(str(error)) from error
    if settings.users is not None:
        try:
            return Users(settings.users)
        except UsersFileError as error:
            raise ServeError(str(error)) from error
    if not settings.local and not settings.open_to_all:
        raise ServeError(
            f"Para atender en «{settings.host}», a donde llegan otras máquinas, hace falta --usuarios ARCHIVO. "
            "Con --sin-clave entra cualquiera, solo a consultar."
        )
    return None


def make_app(service: ChatService, folder: Path, settings: ServerSettings, users: Users | None = None) -> Gate:
    """The whole application. folder: the store's, where what users save is kept. users: from `check_settings`."""
    prepare()
    import gradio as gr  # noqa: PLC0415 - prepared now
    from fastapi import FastAPI  # noqa: PLC0415 - comes with gradio

    from ui.chat.desk import Desk  # noqa: PLC0415 - they import gradio
    from ui.chat.page import build_page  # noqa: PLC0415
    from ui.chat.saving import Saved  # noqa: PLC0415
    from ui.chat.site import add_site  # noqa: PLC0415
    from ui.chat.still import Still  # noqa: PLC0415 - as above
    from ui.chat.theme import asset, look  # noqa: PLC0415

    saved = Saved(folder)
    sessions = Sessions(users) if users is not None else None
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    wrong = Throttle(settings.limits.entries)
    add_site(app, service=service, saved=saved, wrong=wrong, sessions=sessions, secure=settings.secure)
    desk = Desk(saved=saved, limits=settings.limits, golden=settings.golden, login=sessions is not None)
    with built_once():
        page = build_page(service, desk)
        page.delete_cache = (_SWEEP_SECONDS, _KEPT_SECONDS)
        page.queue(max_size=settings.limits.waiting, default_concurrency_limit=8, api_open=False)
    ours = look()
    options = ours | {
        "css": ours["css"] + asset("desk.css"),
        "max_file_size": settings.limits.file_bytes,
        "blocked_paths": [str(folder.resolve())],
        "mcp_server": settings.mcp,
        "auth_dependency": (lambda request: visitor_of(request).name) if sessions is not None else None,
    }
    page.has_launched = True  # a mounted page is never told so, and then takes any path for an uploaded file
    gr.mount_gradio_app(app, page, path="/", server_name=settings.host, server_port=settings.port, **options)
    secret = ""
    if settings.mcp:
        secret = secrets.token_urlsafe(32)
        call_inside(page.mcp_server_obj, settings.inside, secret)
    return Gate(
        Still(app, "/assets/", files_of_page()),
        sessions=sessions,
        limits=settings.limits,
        anyone=OWNER if settings.local else Visitor(name=None, role=Role.CONSULT),
        # with a login, a page of another site has no session here, and a proxy may hand on the name it is known by
        hosts=_LOOPBACK if settings.local and sessions is None else None,
        secret=secret,
        wrong=wrong,
    )


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises ServeError when the address is taken or not of this machine."""
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    try:
        return socket.create_server((bare, port), family=family, backlog=256)
    except OSError as error:
        why = "ya está en uso" if error.errno == errno.EADDRINUSE else "no es de esta máquina o no se permite"
        raise ServeError(f"No se puede abrir el puerto {port} de {host}: {why}. Elija otro con --puerto.") from error


def serve(
    app: Gate, listening: socket.socket, on_ready: Callable[[], None] = lambda: None, *, proxied: bool = False
) -> None:
    """Serve until the process is told to stop. on_ready: called when the first request would be answered.

    proxied: whether a server on this machine stands in front and tells whom it asks for (X-Forwarded-For).
    """
    server = server_for(app, proxied=proxied)
    started = server.startup

    async def startup(sockets: list[socket.socket] | None = None) -> None:
        await started(sockets=sockets)
        on_ready()

    server.startup = startup  # the library has no other place to say so
    try:
        server.run(sockets=[listening])
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # until all is in order, which takes no time


@contextmanager
def put_in_order() -> Iterator[None]:
    """Leave a block in good order when the process is told to end: its `finally` runs, and no upload stays on disk.

    The process then ends by that signal, as whoever sent it expects. Who presses Ctrl-C once more need not wait for what
    its threads still reckon.
    """

    def leave(*_: object) -> None:
        raise _TerminatedError

    before = signal.signal(signal.SIGTERM, leave)
    try:
        try:
            yield
        finally:
            forget_uploads()
    except _TerminatedError:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def server_for(app: Gate, *, proxied: bool = False) -> Any:
    """A server of uvicorn for the application, not started. proxied: see `serve`."""
    import uvicorn  # noqa: PLC0415 - heavy; comes with gradio

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            if not self.should_exit:  # the end is near: who hurries it would cut it short, with a traceback
                super().handle_exit(sig, frame)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # An open page reads its stream without end. Waited for, each of them would be cancelled with a traceback.
            for connection in list(self.server_state.connections):
                if connection.transport is not None:
                    connection.transport.close()
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=proxied,
        forwarded_allow_ips="127.0.0.1,::1",
        log_config=None,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    return Server(config)
