"""A chat server on this machine for tests: the real application over a store of its own, on a free port."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.ui.chat.slow import delayed
from ui.chat.limits import Limits, Rate
from ui.chat.server import ServerSettings, check_settings, listen, make_app, server_for
from ui.chat.service import ChatService
from ui.chat.streams import Asgi

UNLIMITED = Limits(session=Rate(per_minute=60_000, burst=60_000), uploads=Rate(per_minute=60_000, burst=60_000))
"""Tests press faster than people do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Serving:
    """A running server. url: without a slash at its end. folder: of its store."""

    url: str
    folder: Path
    service: ChatService


@contextmanager
def serving(
    folder: Path,
    settings: ServerSettings | None = None,
    kind: type[ChatService] = ChatService,
    *,
    port: int = 0,
    way: Callable[[Asgi], Asgi] = delayed,
) -> Iterator[Serving]:
    """Serve the store in a folder until the block is left.

    kind: of the service that answers. port: 0 for a free one. way: what lies between the application and its pages.
    """
    settings = settings or ServerSettings()
    users = check_settings(settings)
    service = kind.open(folder)
    service.warm_up()
    listening = listen(settings.host, port)
    settings = replace(settings, port=listening.getsockname()[1])
    server = server_for(way(make_app(service, folder, settings, users)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + 90
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline, "the server takes too long"
            time.sleep(0.02)
        yield Serving(url=f"http://127.0.0.1:{settings.port}", folder=folder, service=service)
    finally:
        server.should_exit = True
        thread.join(timeout=15)
        listening.close()
        service.close()
