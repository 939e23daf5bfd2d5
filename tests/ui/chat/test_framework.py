"""The framework as it is imported and mounted: without what nobody is served with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from ui.chat.server import ServerSettings, make_app
from ui.chat.service import ChatService

_IMPORTED = """
import sys
from ui.chat.framework import prepare
before = set(sys.modules)
prepare()
import gradio
print(sorted({"rich", "pygments", "gradio.cli.cli"} & (set(sys.modules) - before)))
import gradio.cli.cli, httpx._main
print(callable(gradio.cli.deploy), "rich" in sys.modules)
"""


def test_what_colours_terminals_is_not_imported_with_the_framework() -> None:
    """A third of the time that takes. Whoever needs it afterwards gets it all the same."""
    done = subprocess.run([sys.executable, "-c", _IMPORTED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "True True"]


def test_of_the_page_one_application_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gradio import routes

    made: list[Any] = []
    make = routes.App.create_app

    def counted(*given: Any, **named: Any) -> Any:
        made.append(make(*given, **named))
        return made[-1]

    monkeypatch.setattr(routes.App, "create_app", counted)
    service = ChatService.open(tmp_path)
    try:
        make_app(service, tmp_path, ServerSettings())
    finally:
        service.close()
    assert len(made) == 1
