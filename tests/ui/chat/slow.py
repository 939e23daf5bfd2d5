"""A slow machine on purpose: what only passes on a fast one is found here, and not by whoever has the slow one.

CONSTA_TESTS_SLOW=4 has the browser reckon four times slower, and whatever a page is told of an event arrives late, each
time by another moment: more is drawn between two drawings, and for longer.
"""

from __future__ import annotations

import asyncio
import os
import random
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from ui.chat.streams import Asgi, Message, Receive, Scope, Send

if TYPE_CHECKING:
    from playwright.sync_api import Page

RATE = float(os.environ.get("CONSTA_TESTS_SLOW") or 1)
_LATE = 0.05 * (RATE - 1)
"""Seconds by which a message arrives late, at most."""
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
    if RATE <= 1:
        return app

    async def late(scope: Scope, receive: Receive, send: Send) -> None:
        if "/queue/" not in scope.get("path", ""):
            await app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            await asyncio.sleep(_chance.uniform(0.0, _LATE))
            await send(message)

        await app(scope, receive, sent)

    return late
