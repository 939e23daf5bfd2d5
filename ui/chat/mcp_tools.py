"""The endpoints for programs as tools of an MCP server: the extra «mcp» of the package.

MissingExtraError   the extra is not installed
"""

from __future__ import annotations

import importlib.util
import json
from typing import Any

from ui.chat.gate import INSIDE


class MissingExtraError(Exception):
    """`str(error)` is fit to be shown."""


def check_extra() -> None:
    """Raise MissingExtraError when what MCP needs is not installed."""
    if importlib.util.find_spec("mcp") is None:
        raise MissingExtraError("Para --mcp hace falta el extra «mcp»: pip install 'consta[mcp]'.")


def call_inside(tools: Any, address: str, secret: str) -> None:
    """Let the tools call this server where it is, past its login, which whoever calls a tool already passed.

    tools: the `GradioMCPServer` of a mounted page. The framework would take the address from the Host header of the
    caller, who could send it anywhere, and would come without a password.
    """
    from gradio_client import Client  # noqa: PLC0415 - heavy, and only when a tool is called

    made: list[Any] = []

    def client() -> Any:
        if not made:
            headers = {"x-gradio-user": "mcp", INSIDE: secret}
            made.append(Client(address, headers=headers, download_files=False, verbose=False, analytics_enabled=False,
                               _skip_components=False))  # fmt: skip
        return made[0]

    tools._get_or_create_client = client  # noqa: SLF001 - there is no other place to say it
    tools.postprocess_output_data = lambda data, _root_url: [_told(tools, value) for value in data]


def _told(tools: Any, value: Any) -> Any:
    """What an endpoint returned, as JSON: the framework would write it as Python does."""
    return tools.types.TextContent(type="text", text=json.dumps(value, ensure_ascii=False))
