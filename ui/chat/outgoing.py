"""What is done to a response before it leaves: headers, refusals, the framework's own refusal in Spanish."""

from __future__ import annotations

import json
from collections.abc import Callable

from ui.chat.incoming import json_in
from ui.chat.streams import Message, Send

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
_FULL = "Hay muchas personas preguntando en este momento. Espere unos segundos y vuelva a intentarlo."


def dressed(send: Send, started: tuple[bytes, bytes]) -> Send:
    """A `send` that adds the headers every response has. started: one more, unless a response has it."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            names = {name.lower() for name, _ in message.get("headers", ())}
            message["headers"] = [
                *(h for h in message.get("headers", ()) if h[0].lower() != b"server"),
                *(h for h in (*_HEADERS, started) if h[0] not in names),
            ]
        await send(message)

    return with_headers


def translated(send: Send) -> Send:
    """A `send` that says in Spanish that the queue is full: Gradio says it in English, and only then answers 503."""
    full = False

    async def in_spanish(message: Message) -> None:
        nonlocal full
        if message["type"] == "http.response.start" and message["status"] == 503:
            full = True
            await refuse(send, 503, _FULL)
        if not full:
            await send(message)

    return in_spanish


def noticed(send: Send, queued: Callable[[str], None], header: tuple[bytes, bytes]) -> Send:
    """A `send` that tells the id of the event that a response says was put in the queue. header: one more for it."""

    async def noticing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), header]}
        told = json_in(message["body"]) if message.get("body") else None
        if isinstance(told, dict) and isinstance(told.get("event_id"), str):
            queued(told["event_id"])
        await send(message)

    return noticing


async def refuse(send: Send, status: int, text: str, wait: float = 0.0) -> None:
    """Answer a request with a refusal in Spanish, as JSON. wait: seconds after which it may be sent again."""
    body = json.dumps({"detail": text}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if wait:
        headers.append((b"retry-after", str(int(wait) + 1).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def seconds(wait: float) -> str:
    """A time to wait in words.

    >>> seconds(0.2), seconds(3.1)
    ('1 segundo', '4 segundos')
    """
    number = int(wait) + 1
    return f"{number} segundo" + ("s" if number > 1 else "")
