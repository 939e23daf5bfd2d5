"""A page of the chat without a browser, over HTTP; and what the tests of a server begin with."""

from __future__ import annotations

import json
from functools import cache, partial
from pathlib import Path
from typing import Any

import httpx
from gradio_client import Client

from tests.assistant.made_store import REPORT
from tests.ui.chat.serving import Serving
from ui.chat.auth import Role, new_user

PASSWORD = "faro de la costa"
GOLDEN = [
    {"id": "a", "question": "¿Cuánto ejecutó Punta Alta?", "kind": "cifra", "expected": {"values": [600]}},
    {"id": "b", "question": "¿Cuánto ejecutó Punta Baja?", "kind": "cifra", "expected": {"values": [401]}},
]
get, post = partial(httpx.get, timeout=30), partial(httpx.post, timeout=30)  # a build machine may be busy


@cache
def user_line(name: str, role: Role) -> str:
    """A line of a file of users, all with PASSWORD. Kept: hiding a password takes time on purpose."""
    return new_user(name, role, PASSWORD).line


def load_report(folder: Path, text: str = REPORT) -> None:
    """A store in `almacen` with one report."""
    from index.ingest import load
    from index.sqlite_store import SqliteStore

    path = folder / "faros.txt"
    path.write_text(text, encoding="utf-8")
    store = SqliteStore(folder / "almacen")
    load([path], store)
    store.close()


def client(server: Serving, user: str | None = None) -> Client:
    return Client(server.url, auth=(user, PASSWORD) if user else None, verbose=False)


class Page:
    """A page of the chat without a browser: its events by what they do, sent as a browser sends them."""

    def __init__(self, server: Serving, user: str | None = None) -> None:
        self.http = httpx.Client(base_url=server.url, auth=(user, PASSWORD) if user else None, timeout=30)
        self.session = f"s{id(self)}"
        config = self.http.get("/config").json()
        self.components = {c["id"]: c for c in config["components"]}
        self.events = config["dependencies"]

    def event(self, element: str, name: str) -> dict[str, Any]:
        """The event of a component, by its id in the page."""
        for event in self.events:
            for target, kind in event["targets"]:
                if kind == name and self.components.get(target, {}).get("props", {}).get("elem_id") == element:
                    return event
        raise AssertionError(f"no event {name} of {element}")

    def send(self, event: dict[str, Any], data: list[Any], told: Any = None) -> dict[str, Any]:
        """Send an event and wait for its end. Returns the last message of the server."""
        body = {"data": data, "fn_index": event["id"], "session_hash": self.session, "event_data": told,
                "trigger_id": event["targets"][0][0]}  # fmt: skip
        joined = self.http.post("/gradio_api/queue/join", json=body)
        assert joined.status_code == 200, joined.text
        with self.http.stream("GET", f"/gradio_api/queue/data?session_hash={self.session}") as stream:
            for line in stream.iter_lines():
                if line.startswith("data:"):
                    message: dict[str, Any] = json.loads(line.removeprefix("data:"))
                    if message["msg"] == "process_completed":
                        return message
        raise AssertionError("no end")

    def after(self, event: dict[str, Any]) -> dict[str, Any]:
        """The event that comes after another one."""
        return next(e for e in self.events if e["trigger_after"] == event["id"])

    def open_sheet(self, ident: str) -> dict[str, Any]:
        """Press a report in the list; the session remembers it."""
        chosen = self.event("desk-list", "choose")
        assert self.send(chosen, [], {"report": ident})["success"]
        return self.send(self.after(chosen), [None])

    def upload(self, *files: tuple[str, bytes]) -> dict[str, Any]:
        """Upload files in the tab «Informes»."""
        sent = self.http.post("/gradio_api/upload", files=[("files", (name, data)) for name, data in files])
        assert sent.status_code == 200, sent.text
        given = [
            {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}
            for path, (name, _) in zip(sent.json(), files, strict=True)
        ]
        return self.send(self.event("desk-files", "upload"), [given])


def ask(page: Page, question: str) -> None:
    """Ask in the conversation of a page, as typing and pressing Enter does."""
    assert page.send(page.event("question", "submit"), [question, None, []])["success"]
