"""The page is served first: what answers questions is loaded beside it, and garbage is looked for again afterwards."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.ui.chat.pages import load_report
from ui.chat.loading import loading


def test_garbage_is_looked_for_again() -> None:
    """Also when what was loaded fails, and when one loading lies within another."""
    with loading():
        with loading():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ImportError), loading():
        raise ImportError
    assert gc.isenabled()
    gc.unfreeze()


def test_the_page_is_there_before_what_answers(tmp_path: Path) -> None:
    """Nor is what reads reports loaded: together they would make the page wait for a second."""
    load_report(tmp_path)
    code = """
import sys
from pathlib import Path
from ui.chat import server
from ui.chat.service import ChatService
folder = Path(sys.argv[1])
service = ChatService.open(folder)
server.make_app(service, folder, server.ServerSettings())
print([name for name in ("assistant.assistant", "index.assemble", "torch", "workflows") if name in sys.modules])
print([document.file for document in service.documents()])
print(service.ask("¿Cuánto ejecutó Punta Alta?").values[0].value)
print([document.file for document in service.documents()])
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "almacen")],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines() == ["[]", "['faros.txt']", "600.00", "['faros.txt']"]
