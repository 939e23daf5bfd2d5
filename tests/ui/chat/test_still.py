"""Scripts and style sheets of the page come from memory: whole, packed for the far, and nothing else of the disk."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import Any

import pytest

from tests.ui.chat.pages import get
from tests.ui.chat.serving import Serving
from ui.chat.framework import files_of_page
from ui.chat.still import Still

HERE, FAR = "127.0.0.1", "192.0.2.7"
SCRIPT = b"export const uno = 1;\n" * 100


@pytest.fixture
def still(tmp_path: Path) -> Still:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "uno.js").write_bytes(SCRIPT)
    (tmp_path / "secreto.txt").write_bytes(b"secreto")

    async def behind(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})
        await send({"type": "http.response.body", "body": b"behind"})

    return Still(behind, "/assets/", tmp_path / "assets")


def call(still: Still, path: str, client: str = HERE, method: str = "GET", **headers: str) -> tuple[int, Any, bytes]:
    """Status, headers and body."""
    sent: list[Any] = []
    given = {"accept_encoding": "gzip, br"} | headers
    scope = {
        "type": "http", "method": method, "path": path, "client": (client, 5),
        "headers": [(name.replace("_", "-").encode(), told.encode()) for name, told in given.items()],
    }  # fmt: skip

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(still(scope, None, send))  # type: ignore[arg-type]
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


@pytest.mark.parametrize(
    ("client", "headers", "packed"),
    [
        (HERE, {}, False),
        (FAR, {}, True),
        (FAR, {"accept_encoding": "br"}, False),
        (HERE, {"x_forwarded_for": FAR}, True),  # a server on this machine hands it on
        ("no address", {}, True),
    ],
)
def test_a_file_comes_whole_and_packed_for_the_far(
    still: Still, client: str, headers: dict[str, str], packed: bool
) -> None:
    for _ in range(2):  # the second time from memory
        status, told, body = call(still, "/assets/uno.js", client, **headers)
        assert (status, told.get(b"content-encoding")) == (200, b"gzip" if packed else None)
        assert int(told[b"content-length"]) == len(body)
        assert (gzip.decompress(body) if packed else body) == SCRIPT
        assert told[b"content-type"].startswith(b"text/javascript")
        assert b"immutable" in told[b"cache-control"]


@pytest.mark.parametrize(
    ("path", "method"),
    [("/assets/../secreto.txt", "GET"), ("/assets//secreto.txt", "GET"), ("/assets/dos.js", "GET"),
     ("/assets/", "GET"), ("/uno.js", "GET"), ("/assets/uno.js", "POST"), ("/assets/uno.js", "HEAD")],
)  # fmt: skip
def test_all_else_is_left_to_the_framework(still: Still, path: str, method: str) -> None:
    assert call(still, path, method=method)[2] == b"behind"


def test_the_page_gets_its_own_files(server: Serving) -> None:
    """Those of the framework, byte for byte, as a browser on this machine asks for them."""
    page = get(server.url + "/").text
    (name,) = {part.split('"')[0] for part in page.split('src="./assets/')[1:]}
    found = get(f"{server.url}/assets/{name}")
    assert found.content == (files_of_page() / name).read_bytes()
    assert "immutable" in found.headers["cache-control"]
    assert found.headers["x-content-type-options"] == "nosniff"
