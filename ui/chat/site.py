"""The pages and addresses beside the chat: health, login, saved conversations."""

from __future__ import annotations

import re
from html import escape
from importlib.metadata import version
from typing import Annotated
from urllib.parse import quote

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from index.errors import StoreError
from ui.chat.auth import Sessions
from ui.chat.export import to_csv, to_xlsx
from ui.chat.gate import COOKIE, ENTER, HEALTH, LEAVE, LOGIN, SAVED, address_of
from ui.chat.limits import Limits, Throttle
from ui.chat.saving import Saved, SavedTalk
from ui.chat.service import ChatService
from ui.chat.talk_view import talk_html, talk_rows
from ui.chat.views import XLSX

_IDENT = re.compile(r"[\w-]{22}", re.ASCII)
_WRONG = "El usuario o la clave no son correctos."
_OFTEN = "Hubo demasiados intentos. Espere un minuto y vuelva a intentarlo."
_STYLE = """
:root{color-scheme:light dark;--tinta:#1d2733;--fondo:#f4f6f8;--hoja:#fff;--linea:#cfd7df;--tono:#12507b;--pausa:#5a6672}
@media (prefers-color-scheme:dark){:root{--tinta:#e6ebf0;--fondo:#141a20;--hoja:#1d252d;--linea:#3a4651;--tono:#8cc4ee;
--pausa:#a3b0bc}}
*{box-sizing:border-box}
body{margin:0;padding:1.5rem 1rem;background:var(--fondo);color:var(--tinta);font:1rem/1.55 "Source Sans 3",system-ui,
sans-serif}
main{max-width:54rem;margin:0 auto}
main.corta{max-width:24rem;margin-top:12vh}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:0 0 .5rem}
p{margin:.5rem 0}.pausa{color:var(--pausa)}
article,form.hoja{background:var(--hoja);border:1px solid var(--linea);border-radius:.5rem;padding:1.1rem 1.25rem;
margin:1rem 0}
.estado{display:inline-block;border:1px solid currentColor;border-radius:1rem;padding:0 .7rem;font-size:.85rem;
color:var(--tono)}
.note{border-left:3px solid var(--tono);padding-left:.75rem}
.answer{font-weight:600}.formula,.source,li{color:var(--pausa)}ul{margin:.4rem 0;padding-left:1.2rem}
a{color:var(--tono)}label{display:block;font-weight:600;margin-top:.9rem}
input{width:100%;padding:.6rem .7rem;font:inherit;border:1px solid var(--pausa);border-radius:.35rem;color:inherit;
background:var(--fondo)}
button{margin-top:1.2rem;width:100%;padding:.65rem;font:inherit;font-weight:600;border:0;border-radius:.35rem;
background:var(--tono);color:var(--hoja);cursor:pointer}
:focus-visible{outline:3px solid var(--tono);outline-offset:2px}
.mal{color:#a3201c;font-weight:600}@media (prefers-color-scheme:dark){.mal{color:#ff9c95}}
nav a{margin-right:1rem}
"""


def add_site(
    app: FastAPI, *, service: ChatService, saved: Saved, limits: Limits, sessions: Sessions | None, secure: bool
) -> None:
    """Add the addresses to the application. secure: whether the login cookie is for HTTPS alone."""
    _add_health(app, service)
    _add_failures(app, service)
    if sessions is not None:
        _add_login(app, sessions, limits, secure=secure)
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
        return _page("Algo falló", f"<h1>Algo falló</h1><p>{escape(incident.message)}</p>", status=500)


def _add_login(app: FastAPI, sessions: Sessions, limits: Limits, *, secure: bool) -> None:
    wrong = Throttle(limits.entries)

    @app.get(ENTER)
    def enter(a: str = "/", mal: int = 0) -> HTMLResponse:
        told = {1: _WRONG, 2: _OFTEN}.get(mal, "")
        note = f'<p class="mal" role="alert">{told}</p>' if told else ""
        form = (
            f'<form class="hoja" method="post" action="{LOGIN}"><h1>Consta</h1>'
            f'<p class="pausa">Entre para consultar los informes.</p>{note}'
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
        keys = (f"a:{address_of(request)}", f"n:{name[:64]}")
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
            return JSONResponse({"detail": _OFTEN if often else _WRONG}, status_code=429 if often else 400)
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
            return _page("No existe", "<h1>No existe esa consulta guardada</h1><p>Revise el enlace.</p>", status=404)
        if kind == "":
            return _page("Consulta guardada", _talk_body(talk))
        if kind == "md":
            return _download(talk.markdown.encode(), "text/markdown; charset=utf-8", f"consulta-{ident[:6]}.md")
        if kind == "csv":
            return _download(to_csv(talk_rows(talk.turns)), "text/csv; charset=utf-8", f"consulta-{ident[:6]}.csv")
        if kind == "xlsx":
            return _download(to_xlsx(talk_rows(talk.turns), "Consulta"), XLSX, f"consulta-{ident[:6]}.xlsx")
        return _page("No existe", "<h1>No existe esa dirección</h1>", status=404)


def _talk_body(talk: SavedTalk) -> str:
    base = f"{SAVED}{talk.id}"
    return (
        f'<h1>Consulta guardada</h1><p class="pausa">Tal como estaba el {escape(_when(talk.when))}. '
        "Los informes pueden haber cambiado después.</p>"
        f'<nav aria-label="Descargas"><a href="/">Abrir Consta</a><a href="{base}.md">Markdown</a>'
        f'<a href="{base}.xlsx">Excel</a><a href="{base}.csv">CSV</a></nav>{talk_html(talk)}'
    )


def _when(stamp: str) -> str:
    return stamp.replace("T", " a las ").removesuffix(":00+00:00").removesuffix("+00:00") + " (hora universal)"


def _inside(target: str) -> str:
    """An address of this site, "/" for any other: a login never leads elsewhere."""
    plain = re.fullmatch(r"/(?![/\\])[\w./-]*", target, re.ASCII)
    return target if plain and ".." not in target and not target.startswith("/gradio_api") else "/"


def _page(title: str, body: str, *, short: bool = False, status: int = 200) -> HTMLResponse:
    kind = ' class="corta"' if short else ""
    text = (
        f'<!doctype html><html lang="es"><head><meta charset="utf-8"><title>{escape(title)} · Consta</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head><body><main{kind}>{body}</main></body></html>"
    )
    return HTMLResponse(text, status_code=status, headers={"cache-control": "no-store"})


def _download(data: bytes, media: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(data, media_type=media, headers=headers)
