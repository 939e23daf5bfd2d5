"""The stream on which the events of a page come back, kept open between one event and the next.

Gradio ends the stream when nothing is under way and lets the page open another for the next event. An event that is sent
in that very instant is lost: the page still counts on the old stream, whose end is on its way. A click then does
nothing. So the end is held back for some seconds, and the stream goes on with what comes meanwhile. For an event that
meets the end all the same each stream has a number, and the page is told which have ended: it does not go on with the
event before it has read the end, however long that takes (`assets/streams.js`). Programs (gradio_client) know nothing of
numbers: for them such an event is put in the queue when they must have read the end.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

_HELD_SECONDS = 3.0
"""How long a stream stays open with nothing under way: browsers open few connections to one server."""
_READ_SECONDS = 0.25
"""By when a program has read what was sent to it."""
STREAM = b"x-consta-hilo"
"""Header with the number of a stream. Where an event was put in the queue: the number given last, and that of the stream
that is open for the session; 0 for none. So a stream has ended whose number is not above the first and not the second."""
_CLOSE = b"close_stream"
_DONE = re.compile(rb'data: \{"msg":"process_completed","event_id":"([^"]+)"')


@dataclass(frozen=True, slots=True, eq=False)
class _Stream:
    """A stream that is open. waiting: events whose end it has not told. woken: set when one was put in the queue."""

    number: int
    waiting: set[str] = field(default_factory=set)
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Streams:
    """The streams of all sessions. Lives in the event loop of the server: no locks."""

    def __init__(self, held: float = _HELD_SECONDS, read: float = _READ_SECONDS) -> None:
        self._held_seconds, self._read_seconds = held, read
        self._numbers = count(1)
        self._last = 0
        self._open: dict[str, _Stream] = {}
        self._joining: Counter[str] = Counter()  # events that are being put in the queue: meanwhile no stream ends
        self._ended: dict[str, float] = {}  # when the stream of a session was ended

    @asynccontextmanager
    async def joined(self, session: str) -> AsyncIterator[Callable[[str], None]]:
        """Around putting an event of a session in the queue; what it yields is told its id once it is there."""
        left = self._ended.get(session, 0.0) + self._read_seconds - _now()
        if left > 0:
            await asyncio.sleep(left)
        self._joining[session] += 1

        def queued(event: str) -> None:
            if stream := self._open.get(session):
                stream.waiting.add(event)
                stream.woken.set()

        try:
            yield queued
        finally:
            self._joining[session] -= 1
            if not self._joining[session]:
                del self._joining[session]

    def standing(self, session: str) -> bytes:
        """What the page of a session is told inside `joined`, see `STREAM`."""
        stream = self._open.get(session)
        return f"{self._last} {stream.number if stream else 0}".encode()

    async def serve(self, app: Asgi, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for the stream of a session, with as many streams of `app` as it takes."""
        session = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("session_hash", [""])[0]
        if session in self._open:  # one more for the same page: as the framework does it
            await app(scope, receive, send)
            return
        self._last = next(self._numbers)
        self._open[session] = _Stream(self._last)
        try:
            end = await self._served(session, app, scope, receive, send)
        finally:
            del self._open[session]
        if end:  # from here on an event needs another stream, though the page does not know it yet
            self._ended[session] = _now()
            asyncio.get_running_loop().call_later(self._read_seconds, self._ended.pop, session, None)
            await send({"type": "http.response.body", "body": end, "more_body": False})

    async def _served(self, session: str, app: Asgi, scope: Scope, receive: Receive, send: Send) -> bytes:
        """Returns how the framework words the end of the stream, nothing when there is none to be told."""
        stream = self._open[session]
        begun = False
        end = b""

        async def passed(message: Message) -> None:
            nonlocal begun, end
            if message["type"] == "http.response.start":
                if not begun:
                    begun = True
                    number = (STREAM, str(stream.number).encode())
                    await send({**message, "headers": [*message.get("headers", ()), number]})
            elif _ends(message.get("body", b"")):
                end = message["body"]
            elif not end or message.get("body"):
                if done := _DONE.match(message.get("body", b"")):
                    stream.waiting.discard(done[1].decode())
                await send({**message, "more_body": bool(end) or message.get("more_body", False)})

        while True:
            await app(dict(scope), receive, passed)
            if not end:
                return end
            # an event may have come in the very instant in which the framework ended its stream, or waiting did
            while not stream.waiting:
                woken = await self._another(session, receive)
                if woken is None:
                    return b""
                if not woken and not stream.waiting and not self._joining[session]:
                    return end
            end = b""

    async def _another(self, session: str, receive: Receive) -> bool | None:
        """Wait for another event of the session; False when none comes in time, None when the page is gone.

        What a page that is gone has sent since is for another stream: on this one the framework would call it off.
        """
        woken = self._open[session].woken
        woken.clear()
        gone = asyncio.ensure_future(_gone(receive))
        waking = asyncio.ensure_future(woken.wait())
        try:
            while True:
                await asyncio.wait({gone, waking}, timeout=self._held_seconds, return_when=asyncio.FIRST_COMPLETED)
                await asyncio.sleep(0)  # that the page is gone may be known in the same turn, and says more
                if gone.done():
                    return None
                if waking.done():
                    return True
                if not self._joining[session]:
                    return False
        finally:
            for task in (gone, waking):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _ends(body: bytes) -> bool:
    if _CLOSE not in body or not body.startswith(b"data: "):
        return False
    try:
        told = json.loads(body.removeprefix(b"data: "))
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("msg") == _CLOSE.decode()


def _now() -> float:
    return asyncio.get_running_loop().time()
