"""Many people asking at once, over HTTP on this machine: are there errors, mixed answers, waits?

    python -m tests.benchmarks.chat_load --users 20 --seconds 60

A user opens the page (as a browser does: its configuration, its events), asks, reads the answer for a moment, asks
again. Each has a report of its own, with a figure that no other report has: an answer that holds a figure of another
user is mixed up. Time is from sending the question to its whole answer, and to the evidence beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

REPORT = """INSTITUTO DE FAROS DE {name}

Informe de faros, segundo cuatrimestre de 2023

Cuadro 1: Gasto por faro (En quetzales)

Faro\tVigente\tEjecutado
{name} Norte\t{base},200.00\t{base},600.00
{name} Sur\t{base},800.00\t{base},400.00
"""
NAMES = [
    first + last
    for last in ("ando", "itero", "uela", "osque", "arris")
    for first in ("Bar", "Cod", "Fim", "Gul", "Jev", "Kat", "Lor", "Mun", "Nes", "Pir")
]
"""Names that nobody takes for another one: what is measured is the server, not how well it understands."""
MOST_USERS, MOST_SECONDS = 50, 120
PAUSE = (0.5, 1.5)  # seconds a user reads before asking again


@dataclass
class Measured:
    """What the users saw. text: seconds to the answer; whole: to its evidence. errors: what went wrong, in words."""

    text: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)

    def p95(self, times: list[float]) -> float:
        """95th percentile (nearest rank); infinite when nothing was measured."""
        return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)] if times else float("inf")

    def lines(self) -> Iterator[str]:
        """What was measured, for people."""
        yield f"questions: {len(self.whole)}, errors: {len(self.errors)}, mixed answers: {len(self.mixed)}"
        for name, times in (("answer text", self.text), ("with evidence", self.whole)):
            middle = sorted(times)[len(times) // 2] if times else float("inf")
            slowest = max(times, default=float("inf"))
            yield f"{name}: p50 {middle:.2f} s, p95 {self.p95(times):.2f} s, slowest {slowest:.2f} s"
        yield from (f"  {number} × {error}" for error, number in Counter(self.errors).most_common(5))


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """An event of the page: its number, what starts it, how many inputs it has."""

    number: int
    trigger: int
    inputs: int


class Person:
    """One user in a browser that is not there: the same requests, none of the drawing."""

    def __init__(self, url: str, number: int, measured: Measured) -> None:
        self._url = url
        self._number = number
        self._base = 100 + number * 7
        self._measured = measured
        self._session = f"carga{number}x{random.randrange(10**9)}"

    async def talk(self, until: float) -> None:
        """Ask until a time of the monotonic clock."""
        async with httpx.AsyncClient(base_url=self._url, timeout=30) as http:
            config = (await http.get("/config")).json()
            events = _question_events(config)
            turn = 0
            while time.monotonic() < until:
                await self._ask(http, events, turn)
                turn += 1
                await asyncio.sleep(random.uniform(*PAUSE))

    async def _ask(self, http: httpx.AsyncClient, events: tuple[Event, Event], turn: int) -> None:
        place = "Norte" if turn % 2 == 0 else "Sur"
        wanted = f"{self._base},{'600' if turn % 2 == 0 else '400'}.00"
        question = f"¿Cuánto ejecutó {NAMES[self._number]} {place}?"
        started = time.monotonic()
        try:
            answer = await self._send(http, events[0], [question, None, []])
            answered = time.monotonic() - started
            evidence = await self._send(http, events[1], [])
        except httpx.HTTPError as error:
            self._measured.errors.append(f"{type(error).__name__} {error}")
            return
        self._measured.text.append(answered)
        self._measured.whole.append(time.monotonic() - started)
        if wanted not in answer or wanted not in evidence:
            self._measured.errors.append("an answer without its figure")
        others = {f"{100 + n * 7},{c}.00" for n in range(MOST_USERS) if n != self._number for c in ("600", "400")}
        self._measured.mixed += [figure for figure in others if figure in answer + evidence]

    async def _send(self, http: httpx.AsyncClient, event: Event, data: list[Any]) -> str:
        """Send an event of the page. Returns all that the server says until its end."""
        body = {"data": data + [None] * (event.inputs - len(data)), "fn_index": event.number,
                "session_hash": self._session, "trigger_id": event.trigger}  # fmt: skip
        joined = await http.post("/gradio_api/queue/join", json=body)
        if joined.status_code != 200:
            self._measured.errors.append(f"{joined.status_code} {joined.text[:80]}")
            return ""
        told: list[str] = []
        async with http.stream("GET", "/gradio_api/queue/data", params={"session_hash": self._session}) as stream:
            async for line in stream.aiter_lines():
                if not line.startswith("data:"):
                    continue
                told.append(line)
                message = json.loads(line.removeprefix("data:"))
                if message["msg"] == "process_completed" and not message.get("success"):
                    self._measured.errors.append(f"failed: {message['output'].get('error')}")
                if message["msg"] == "unexpected_error":
                    self._measured.errors.append("unexpected error")
                if message["msg"] in {"process_completed", "unexpected_error"}:
                    break
        return "\n".join(told)


def load(url: str, users: int, seconds: float) -> Measured:
    """Let so many users ask for so long. Bounded: MOST_USERS, MOST_SECONDS."""
    measured = Measured()

    async def everyone() -> None:
        until = time.monotonic() + min(seconds, MOST_SECONDS)
        people = [Person(url, number, measured) for number in range(min(users, MOST_USERS))]
        await asyncio.gather(*(person.talk(until) for person in people))

    asyncio.run(everyone())
    return measured


def make_store(folder: Path, users: int) -> None:
    """A report for each user."""
    from index.ingest import load as load_files
    from index.sqlite_store import SqliteStore

    source = folder / "informes"
    source.mkdir()
    for number in range(users):
        text = REPORT.format(name=NAMES[number], base=100 + number * 7)
        (source / f"faros-{number}.txt").write_text(text, encoding="utf-8")
    store = SqliteStore(folder / "almacen")
    load_files([source], store)
    store.close()


@contextmanager
def server_process(folder: Path) -> Iterator[str]:
    """A server in a process of its own, so that the users do not take its time. Gives its address."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(str(folder), there), daemon=True)
    process.start()
    try:
        assert here.poll(90), "the server did not start"
        yield here.recv()
    finally:
        here.send("stop")
        process.join(10)
        if process.is_alive():
            process.kill()


def _serve(folder: str, pipe: Any) -> None:
    from tests.ui.chat.serving import serving

    with serving(Path(folder)) as running:
        pipe.send(running.url)
        pipe.recv()


def _question_events(config: dict[str, Any]) -> tuple[Event, Event]:
    """Asking, and the event after it, which shows the evidence."""
    box = next(c["id"] for c in config["components"] if c.get("props", {}).get("elem_id") == "question")
    ask = next(e for e in config["dependencies"] if [box, "submit"] in [list(t) for t in e["targets"]])
    prove = next(e for e in config["dependencies"] if e["trigger_after"] == ask["id"])
    return tuple(Event(number=e["id"], trigger=box, inputs=len(e["inputs"])) for e in (ask, prove))


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="consta-") as name:
        folder = Path(name)
        make_store(folder, min(asked.users, MOST_USERS))
        with server_process(folder / "almacen") as url:
            load(url, 1, 2)  # the first answer loads what answers need
            for line in load(url, asked.users, asked.seconds).lines():
                print(line)  # noqa: T201 - what it is run for


if __name__ == "__main__":
    main()
