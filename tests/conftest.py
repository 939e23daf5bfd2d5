"""What every test may count on: no network, and the reports that are not part of the repository when they are there."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from index.model import Report

# Benchmarks measure time; a property does not become false because the machine is busy.
settings.register_profile("consta", deadline=None)
settings.load_profile("consta")

ROOT = Path(__file__).resolve().parent.parent


def _is_local(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a path: unix socket
    host = str(address[0])
    try:
        return host in {"", "localhost"} or ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _guarded(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: socket.socket, *args: Any) -> Any:
        address = args[-1]
        if not _is_local(address):
            msg = f"a test tried to reach {address}: only this machine is allowed"
            raise PermissionError(msg)
        return original(self, *args)

    return call


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Consta works without a network: any connection beyond this machine fails the test that makes it."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder with the reports that tests run over but that do not ship with the project."""
    folder = Path(os.environ.get("CONSTA_SHARED") or ROOT.parent / "shared")
    if not (folder / "reports").is_dir():
        pytest.skip(f"no shared reports in {folder} (set CONSTA_SHARED)")
    return folder


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with the demonstration reports, loaded once. To be copied by who writes to it."""
    from index.ingest import Status, load
    from index.sqlite_store import SqliteStore

    folder = tmp_path_factory.mktemp("demostracion") / "almacen"
    store = SqliteStore(folder)
    outcomes = load([ROOT / "corpus" / "informes"], store)
    assert {o.status for o in outcomes} == {Status.NEW}
    store.close()
    return folder


@pytest.fixture(scope="session")
def real_reports(shared: Path) -> dict[str, Report]:
    """The real reports that can be read without OCR, by file name: read once, which takes long, for all tests."""
    from index.errors import ReadError
    from index.ingest import read_report
    from index.ocr import tesseract

    found: dict[str, Report] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tesseract, "available", lambda: False)  # pictures take minutes, and have tests of their own
        for path in sorted((shared / "reports" / "real").iterdir()):
            if path.suffix in {".pdf", ".docx", ".xlsx"}:
                with contextlib.suppress(ReadError):
                    found[path.name] = read_report(path)
    return found
