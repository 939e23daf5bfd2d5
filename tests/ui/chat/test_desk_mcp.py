"""With the extra «mcp», the endpoints for programs are tools of an MCP server, behind the same login."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.ui.chat.pages import PASSWORD, get, load_report, post, user_line
from tests.ui.chat.serving import Serving, serving
from ui.chat.auth import Role
from ui.chat.server import ServerSettings

if os.environ.get("CI") != "true":  # a build machine has it
    pytest.importorskip("mcp", reason="the extra «mcp» is not installed")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("mcp")
    load_report(folder)
    users = folder / "usuarios.txt"
    users.write_text(user_line("luis", Role.CONSULT), encoding="utf-8")
    with serving(folder / "almacen", ServerSettings(users=users, mcp=True)) as running:
        yield running


async def tools_and_answer(url: str, question: str) -> tuple[set[str], Any]:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    auth = httpx.BasicAuth("luis", PASSWORD)
    async with (
        streamablehttp_client(f"{url}/gradio_api/mcp/", auth=auth) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        names = {tool.name for tool in (await session.list_tools()).tools}
        tool = next(name for name in names if name.endswith("preguntar"))
        found = await session.call_tool(tool, {"pregunta": question})
        assert not found.isError, found
        return names, json.loads(found.content[0].text)


def test_the_tools_answer(server: Serving) -> None:
    names, answer = asyncio.run(tools_and_answer(server.url, "¿Cuánto ejecutó Punta Alta?"))
    assert {name.removeprefix("Consta_").lower() for name in names} == {"preguntar", "documentos", "evaluar"}
    assert answer["values"][0]["value"] == 600


def test_nobody_gets_in_without_a_password(server: Serving) -> None:
    for path in ("/gradio_api/mcp/", "/gradio_api/mcp/sse", "/gradio_api/mcp/schema"):
        assert get(server.url + path).status_code == 401
        assert post(server.url + path, json={}).status_code == 401
