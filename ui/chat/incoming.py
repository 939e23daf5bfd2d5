"""What is read from a request before it is let through."""

from __future__ import annotations

import base64
import binascii
import json
from http.cookies import CookieError, SimpleCookie
from typing import Any

from ui.chat.streams import Message, Receive, Scope


def headers_of(scope: Scope) -> dict[str, str]:
    """The headers by their names in small letters."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def host_in(header: str) -> str:
    """The name in a Host header, without its port: "[::1]:7860" is "[::1]"."""
    return header[: header.rfind("]") + 1] if header.startswith("[") else header.partition(":")[0].lower()


def sender_of(scope: Scope) -> str:
    """The address a request comes from; empty when the server does not tell."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def token_in(header: str, name: str) -> str | None:
    """The value of a cookie in a Cookie header."""
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return found.value if found is not None else None


def credentials_in(header: str) -> tuple[str, str] | None:
    """Name and password in an Authorization header, None where it is of another kind or wrong (RFC 7617)."""
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None


def json_in(body: bytes) -> Any:
    """The value that a body holds, None when it holds none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def is_text(body: bytes) -> bool:
    """Whether a body is UTF-8."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def fetches(data: Any) -> bool:
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


async def whole_body(receive: Receive, most: int) -> bytes | None:
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


def replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands over a body that was read before, then goes on with the real one."""
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
