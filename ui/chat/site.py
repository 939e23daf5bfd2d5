"""The pages and addresses beside the chat: health, login, saved conversations."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from importlib.metadata import version
from typing import Annotated
from urllib.parse import quote

from babel.dates import format_date
from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from markupsafe import Markup

from index.errors import StoreError
from ui.chat.auth import Sessions
from ui.chat.export import to_csv, to_xlsx
from ui.chat.gate import COOKIE, ENTER, HEALTH, LEAVE, LOGIN, OFTEN, SAVED, address_of, guesser
from ui.chat.limits import Throttle
from ui.chat.saving import Saved, SavedTalk
from ui.chat.service import ChatService
from ui.chat.talk_view import saved_html, talk_rows
from ui.chat.theme import asset, site_style_sheet
from ui.chat.views import XLSX, rendered

_IDENT = re.compile(r"[\w-]{22}", re.ASCII)
_WRONG = "El usuario o la clave no son correctos."
_HOME = '<nav><a href="/">Abrir Consta</a></nav>'


def add_site(
    app: FastAPI, *, service: ChatService, saved: Saved, wrong: Throttle, sessions: Sessions | None, secure: bool
) -> None:
    """Add the addresses to the application.

    wrong: counts wrong passwords (`gate.guesser`). secure: whether the login cookie is for HTTPS alone.
    """
    _add_health(app, service)
    _add_failures(app, service)
    if sessions is not None:
        _add_login(app, sessions, wrong, secure=secure)
    _add_saved(app, saved)


def _add_health(app: FastAPI, service: ChatService) -> None:
    @app.get(HEALTH)
    def health() -> JSONResponse:
        """Whether the server answers and the store can be read; says nothing about what is in it."""
        try:
            service.revision()
        except StoreError:
            return JSONResponse({"estado": "mal", "motivo": "no se puede leer el almacén"}, status_code=503)
        ready = service.narrative_ready()
        return JSONResponse({"estado": "bien", "version": version("consta"), "texto_listo": ready})


def _add_failures(app: FastAPI, service: ChatService) -> None:
    @app.exception_handler(Exception)
    def failed(request: Request, error: Exception) -> HTMLResponse:
        """What a person reads when one of our own pages fails: a number, under which the log has the traceback."""
        incident = service.incident(error, f"serving {request.url.path}")
        return _page("Algo falló", f"<h1>Algo falló</h1><p>{escape(incident.message)}</p>{_HOME}", status=500)


def _add_login(app: FastAPI, sessions: Sessions, wrong: Throttle, *, secure: bool) -> None:
    @app.get(ENTER)
    def enter(a: str = "/", mal: int = 0) -> HTMLResponse:
        told = {1: _WRONG, 2: OFTEN}.get(mal, "")
        note = f'<p class="wrong" role="alert">{told}</p>' if told else ""
        form = (
            f'<form method="post" action="{LOGIN}"><h1>Entrar</h1>'
            f'<p class="quiet">Escriba su usuario y su clave para consultar los informes.</p>{note}'
            '<label for="u">Usuario</label><input id="u" name="username" autocomplete="username" required autofocus>'
            '<label for="c">Clave</label>'
            '<input id="c" name="password" type="password" autocomplete="current-password" required>'
            f'<input type="hidden" name="a" value="{escape(_inside(a))}"><button>Entrar</button></form>'
        )
        return _page("Entrar", form, short=True)

    @app.post(LOGIN)
    @app.post(LOGIN + "/")
    def login(
        request: Request,
        username: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        a: Annotated[str | None, Form()] = None,
    ) -> Response:
        """Open a session. Browsers send `a`, where to go on; programs (gradio_client) do not and get JSON."""
        name = username.strip()
        keys = guesser(address_of(request), name)
        token = None
        often = any(wrong.full(key) for key in keys)
        if not often:
            token = sessions.enter(name, password)
            if token is None:
                for key in keys:
                    wrong.take(key)
        if token is None and a is not None:
            mark = 2 if often else 1
            return RedirectResponse(f"{ENTER}?mal={mark}&a={quote(_inside(a))}", status_code=303)
        if token is None:
            return JSONResponse({"detail": OFTEN if often else _WRONG}, status_code=429 if often else 400)
        done: Response = JSONResponse({"success": True}) if a is None else RedirectResponse(_inside(a), status_code=303)
        done.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")
        return done

    @app.get(LEAVE)
    @app.post(LEAVE)
    def leave(request: Request) -> Response:
        token = request.cookies.get(COOKIE)
        if token:
            sessions.close(token)
        done = RedirectResponse(ENTER, status_code=303)
        done.delete_cookie(COOKIE, path="/")
        return done


def _add_saved(app: FastAPI, saved: Saved) -> None:
    @app.get(SAVED + "{name}")
    def show(name: str) -> Response:
        ident, _, kind = name.partition(".")
        talk = saved.saved(ident) if _IDENT.fullmatch(ident) else None
        if talk is None:
            return _page(
                "No existe",
                f"<h1>No existe esa consulta guardada</h1><p>Revise que el enlace esté completo.</p>{_HOME}",
                status=404,
            )
        if kind == "":
            return _page("Consulta guardada", _talk_body(talk))
        if kind == "md":
            return _download(talk.markdown.encode(), "text/markdown; charset=utf-8", f"consulta-{ident[:6]}.md")
        if kind == "csv":
            return _download(to_csv(talk_rows(talk.turns)), "text/csv; charset=utf-8", f"consulta-{ident[:6]}.csv")
        if kind == "xlsx":
            return _download(to_xlsx(talk_rows(talk.turns), "Consulta"), XLSX, f"consulta-{ident[:6]}.xlsx")
        return _page("No existe", f"<h1>No existe esa dirección</h1>{_HOME}", status=404)


def _talk_body(talk: SavedTalk) -> str:
    base = f"{SAVED}{talk.id}"
    return (
        f'<h1>Consulta guardada</h1><p class="quiet">Tal como estaba el {escape(_when(talk.when))}. '
        "Los informes pueden haber cambiado después.</p>"
        f'<nav aria-label="Descargas"><a href="/">Abrir Consta</a><a href="{base}.md">Markdown</a>'
        f'<a href="{base}.xlsx">Excel</a><a href="{base}.csv">CSV</a></nav>{saved_html(talk)}'
    )


def _when(stamp: str) -> str:
    """A moment as it is kept (ISO 8601, universal time), for people.

    >>> _when("2026-11-21T17:57:20+00:00")
    '21 de noviembre de 2026 a las 17:57 (hora universal)'
    """
    moment = datetime.fromisoformat(stamp)
    day = format_date(moment, "d 'de' MMMM 'de' y", locale="es")
    return f"{day} a las {moment:%H:%M} (hora universal)"


def _inside(target: str) -> str:
    """An address of this site, "/" for any other: a login never leads elsewhere."""
    plain = re.fullmatch(r"/(?![/\\])[\w./-]*", target, re.ASCII)
    return target if plain and ".." not in target and not target.startswith("/gradio_api") else "/"


def _page(title: str, body: str, *, short: bool = False, status: int = 200) -> HTMLResponse:
    text = rendered(
        "site.html",
        title=title,
        style=Markup(site_style_sheet()),  # noqa: S704 - ours, as the script is
        script=Markup(asset("head.js")),  # noqa: S704
        body=Markup(body),  # noqa: S704 - its parts were escaped when they were put together
        short=short,
    )
    return HTMLResponse(text, status_code=status, headers={"cache-control": "no-store"})


def _download(data: bytes, media: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(data, media_type=media, headers=headers)
