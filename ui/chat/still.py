"""The scripts and style sheets of the framework's page, which do not change while the process runs: from memory.

A page asks for some eighty of them before anybody can write in it. The framework reads each from the disk in a thread
and packs it anew for every page, which takes a third of the time in which the page opens.
"""

from __future__ import annotations

import gzip
import ipaddress
import mimetypes
from pathlib import Path

from ui.chat.incoming import headers_of, sender_of
from ui.chat.streams import Asgi, Receive, Scope, Send

_KEPT = b"private, max-age=31536000, immutable"  # their names tell what is in them
_KINDS = {  # not those of the system, which differ from one to the next; these are packed
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
Answer = tuple[list[tuple[bytes, bytes]], bytes]


class Still:
    """ASGI middleware that answers for the files of one folder itself, and lets everything else through."""

    def __init__(self, app: Asgi, prefix: str, folder: Path) -> None:
        """prefix: of their addresses, with both slashes. What lies in the folder now is served, and nothing else."""
        self._app = app
        self._files = {prefix + path.name: path for path in folder.iterdir() if path.is_file()}
        self._answers: dict[tuple[str, bool], Answer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in self._files:
            await self._app(scope, receive, send)
            return
        key = scope["path"], _is_far(scope)
        if key not in self._answers:
            self._answers[key] = self._answer(*key)
        headers, body = self._answers[key]
        await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
        await send({"type": "http.response.body", "body": body})

    def _answer(self, path: str, packed: bool) -> Answer:
        file = self._files[path]
        body = file.read_bytes()
        kind = _KINDS.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = [(b"content-type", kind.encode()), (b"cache-control", _KEPT), (b"vary", b"accept-encoding")]
        if packed and file.suffix in _KINDS:
            body = gzip.compress(body)
            headers.append((b"content-encoding", b"gzip"))
        return [*headers, (b"content-length", str(len(body)).encode())], body


def _is_far(scope: Scope) -> bool:
    """Whether a file is to be packed for who asks: on this machine that takes longer than to send it as it is."""
    headers = headers_of(scope)
    if "gzip" not in headers.get("accept-encoding", ""):
        return False
    try:
        return "x-forwarded-for" in headers or not ipaddress.ip_address(sender_of(scope)).is_loopback
    except ValueError:
        return True
