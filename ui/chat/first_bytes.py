"""The head of the page as it leaves the server: its language, its first script, no addresses of other machines.

The framework would run a script only after it has read the language of the browser, and names its own site for
previews of links.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OTHERS = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')


class FirstBytes:
    """ASGI middleware that mends HTML pages and lets everything else through untouched."""

    def __init__(self, app: ASGIApp, script: str) -> None:
        self._app = app
        self._script = f"<script>{script}</script>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: list[Message] = []
        body: list[bytes] = []

        async def mended(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_html(message):
                start.append(message)
                return
            if not start:
                await send(message)
                return
            body.append(message.get("body", b""))
            if message.get("more_body"):
                return
            page = mend(b"".join(body), self._script)
            kept = [(k, v) for k, v in start[0]["headers"] if k.lower() != b"content-length"]
            await send({**start[0], "headers": [*kept, (b"content-length", str(len(page)).encode())]})
            await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, mended)


def mend(page: bytes, script: bytes) -> bytes:
    """The page in Spanish, with a script before all others."""
    page = _OTHERS.sub(b"", page.replace(b'lang="en"', b'lang="es"', 1))
    return page.replace(b"<head>", b"<head>" + script, 1)


def _is_html(message: Message) -> bool:
    headers = {k.lower(): v for k, v in message["headers"]}
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers
