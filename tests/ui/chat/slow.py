"""A slow machine on purpose: what only passes on a fast one is found here, and not by whoever has the slow one.

CONSTA_TESTS_SLOW=4 has the browser reckon four times slower, and whatever a page is told of an event arrives late, each
time by another moment: more is drawn between two drawings, and for longer.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from ui.chat.streams import Asgi, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from playwright.sync_api import Page

RATE = float(os.environ.get("CONSTA_TESTS_SLOW") or 1)
_LATE = 0.05 * (RATE - 1)
"""Seconds by which a message arrives late, at most."""
_END_LATE = 0.5 * (RATE - 1)
"""The same for the end of a stream of events: what is sent meanwhile comes before the page knows of it."""
_chance = random.Random(7)
_sessions: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()


def slow_down(page: Page, rate: float = RATE) -> None:
    """Have a page reckon slower, by CONSTA_TESTS_SLOW. rate: 1 for a page that is laid aside, which would go on spinning."""
    if RATE > 1:
        if page not in _sessions:
            _sessions[page] = page.context.new_cdp_session(page)
        _sessions[page].send("Emulation.setCPUThrottlingRate", {"rate": rate})


def delayed(app: Asgi) -> Asgi:
    """The application, whose events reach their pages late where CONSTA_TESTS_SLOW is set."""
    return carried(app, _late) if RATE > 1 else app


def carried(app: Asgi, before: Callable[[Message], Awaitable[None]]) -> Asgi:
    """The application, each of whose messages on events waits for `before` on its way to the page.

    The application does not wait: it goes on, as it does when it has written to a connection.
    """

    async def called(scope: Scope, receive: Receive, send: Send) -> None:
        if "/queue/" not in scope.get("path", ""):
            await app(scope, receive, send)
            return
        line: asyncio.Queue[Message | None] = asyncio.Queue()

        async def carry() -> None:
            while (message := await line.get()) is not None:
                await before(message)
                await send(message)

        carrying = asyncio.create_task(carry())
        try:
            await app(scope, receive, line.put)
        finally:
            await line.put(None)
            await carrying

    return called


def ends(message: Message) -> bool:
    """Whether a message tells the end of a stream of events."""
    return b'"close_stream"' in message.get("body", b"")


async def _late(message: Message) -> None:
    await asyncio.sleep(_chance.uniform(0.0, _END_LATE if ends(message) else _LATE))
