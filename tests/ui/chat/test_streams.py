"""The stream of a page: one for all its events, and no event is lost between two of the framework's streams."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from tests.ui.chat.serving import Serving
from ui.chat.streams import STREAM, Streams

SCOPE = {"type": "http", "query_string": b"session_hash=uno"}


class Framework:
    """Tells the end of each event in its queue, and ends the stream when nothing is under way, as Gradio does."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[str] = asyncio.Queue()
        self.under_way: set[str] = set()
        self.streams = 0
        self.ending: Callable[[], Awaitable[None]] | None = None  # what happens in the instant in which a stream ends

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        self.streams += 1
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while True:
            event = await self.queue.get()
            self.under_way.discard(event)
            await send(part(f'{{"msg":"process_completed","event_id":"{event}","output":{{}}}}'))
            if not self.under_way:
                if self.ending is not None:
                    happens, self.ending = self.ending, None
                    await happens()
                await send(part('{"msg":"close_stream","event_id":null}'))
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return


class Browser:
    """A page: reads its stream, sends events."""

    def __init__(self, streams: Streams, framework: Framework) -> None:
        self.streams, self.framework = streams, framework
        self.told: list[str] = []
        self.numbers: list[bytes] = []
        self.over = False
        self.telling: Callable[[], None] = lambda: None  # what happens while the end of a stream is being told
        self.gone = asyncio.Event()
        self._news = asyncio.Condition()

    async def read(self) -> None:
        await self.streams.serve(self.framework, SCOPE, self._receive, self._send)

    async def join(self, event: str) -> None:
        async with self.streams.joined("uno") as queued:
            self.framework.under_way.add(event)
            await self.framework.queue.put(event)
            queued(event)

    async def hears(self, event: str) -> None:
        async with self._news:
            await self._news.wait_for(lambda: event in self.told)

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.numbers.append(dict(message["headers"])[STREAM])
        if message["type"] == "http.response.body":
            if message["body"]:
                told = json.loads(message["body"].removeprefix(b"data: "))
                if told["event_id"] is None:
                    self.telling()
                self.told.append(told["event_id"] or told["msg"])
                async with self._news:
                    self._news.notify_all()
            self.over = not message["more_body"]


def part(told: str) -> dict[str, Any]:
    return {"type": "http.response.body", "body": f"data: {told}\n\n".encode(), "more_body": True}


def run(story: Callable[[Browser, asyncio.Task[None]], Awaitable[None]], **seconds: float) -> Browser:
    """A story with a page whose stream is open and has told the end of the event «a»."""

    async def told() -> Browser:
        page = Browser(Streams(**seconds), Framework())
        await page.join("a")
        reading = asyncio.create_task(page.read())
        await page.hears("a")
        async with asyncio.timeout(20):
            await story(page, reading)
        assert not page.streams._open  # nothing is kept of a session that is idle
        assert not page.streams._joining
        return page

    return asyncio.run(told())


def test_the_next_event_comes_on_the_same_stream() -> None:
    async def story(page: Browser, reading: asyncio.Task[None]) -> None:
        await asyncio.sleep(0.02)
        await page.join("b")
        await page.hears("b")
        page.gone.set()
        await reading

    assert run(story, held=60).framework.streams == 2


def test_an_idle_stream_ends_as_the_framework_ends_it() -> None:
    async def story(_page: Browser, reading: asyncio.Task[None]) -> None:
        await reading

    page = run(story, held=0.05)
    assert page.told == ["a", "close_stream"]
    assert page.over


def test_an_event_that_meets_the_end_of_the_stream_is_not_lost() -> None:
    """It is put in the queue once the framework decided to end the stream, and before anybody was told."""

    async def story(page: Browser, reading: asyncio.Task[None]) -> None:
        page.framework.ending = lambda: page.join("c")
        await page.join("b")
        await page.hears("c")
        page.gone.set()
        await reading

    run(story, held=60)


def test_a_page_can_tell_whether_its_stream_has_ended() -> None:
    """By its number, from the very instant in which an event would need another: not when its page has been told."""
    told: dict[str, bytes] = {}

    async def story(page: Browser, reading: asyncio.Task[None]) -> None:
        def standing(when: str) -> None:
            told.setdefault(when, page.streams.standing("uno"))

        page.telling = lambda: standing("its end is being told")
        standing("open")
        await reading
        standing("ended")
        again = asyncio.create_task(page.read())
        await asyncio.sleep(0)
        standing("another")
        async with page.streams.joined("dos"):
            told["of another page"] = page.streams.standing("dos")
        await page.join("b")
        await again

    page = run(story, held=0.05)
    assert told == {
        "open": b"1 1",
        "its end is being told": b"1 0",
        "ended": b"1 0",
        "another": b"2 2",
        "of another page": b"2 0",
    }
    assert page.numbers == [b"1", b"2"]


def test_an_event_that_meets_the_end_of_a_stream_waits_for_it_to_be_read() -> None:
    """As long as programs need, which cannot tell what has ended."""
    waited: list[float] = []

    async def story(page: Browser, reading: asyncio.Task[None]) -> None:
        await reading
        ended = page.streams._ended["uno"]
        await page.join("b")
        waited.append(asyncio.get_running_loop().time() - ended)
        await asyncio.sleep(0.1)
        assert not page.streams._ended  # nothing is kept of a session that is idle

    run(story, held=0.01, read=1.0)
    assert waited[0] >= 0.999  # clocks tick


def test_an_event_that_is_on_its_way_into_the_queue_holds_the_end_back() -> None:
    async def story(page: Browser, reading: asyncio.Task[None]) -> None:
        async with page.streams.joined("uno") as queued:
            await asyncio.sleep(1.5)
            assert page.told == ["a"]
            page.framework.under_way.add("b")
            await page.framework.queue.put("b")
            queued("b")
        await page.hears("b")
        page.gone.set()
        await reading

    run(story, held=0.7)


def test_a_page_that_is_closed_leaves_nothing() -> None:
    async def story(page: Browser, reading: asyncio.Task[None]) -> None:
        await asyncio.sleep(0.02)
        page.gone.set()
        await reading

    run(story, held=60)


def test_what_is_sent_after_a_stream_was_left_is_not_looked_for_on_it() -> None:
    """The framework would find that nobody listens, and call off what the page waits for on its next stream."""

    async def story(page: Browser, reading: asyncio.Task[None]) -> None:
        await asyncio.sleep(0.02)
        page.gone.set()
        await page.join("b")
        await reading
        assert page.framework.streams == 1
        page.gone.clear()
        again = asyncio.create_task(page.read())
        await page.hears("b")
        page.gone.set()
        await again

    run(story, held=60)


def test_events_of_the_page_come_on_one_stream(server: Serving) -> None:
    """With the framework itself: its messages are told apart by their first letters."""
    with httpx.Client(base_url=server.url + "/gradio_api", timeout=30) as http:
        config = http.get("/../config").json()
        asked = next(d["id"] for d in config["dependencies"] if d["api_name"] == "documentos")

        def join() -> str:
            body = {"data": [], "fn_index": asked, "session_hash": "prueba"}
            answer = http.post("/queue/join", json=body)
            standing.append(answer.headers[STREAM.decode()].split()[1])
            return str(answer.json()["event_id"])

        standing: list[str] = []
        told, sent = [], [join()]
        with http.stream("GET", "/queue/data", params={"session_hash": "prueba"}) as stream:
            number = stream.headers[STREAM.decode()]
            for line in stream.iter_lines():
                message = json.loads(line.removeprefix("data: ")) if line else {}
                if message.get("msg") in {"process_completed", "close_stream"}:
                    told.append(message.get("event_id") or message["msg"])
                    if len(sent) < 4 and told[-1] == sent[-1]:
                        sent.append(join())
        join()
    assert told == [*sent, "close_stream"]
    assert standing == ["0", number, number, number, "0"]
