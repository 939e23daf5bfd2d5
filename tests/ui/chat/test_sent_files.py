"""Files that are sent over HTTP: good, bad, too many, too long, with names and paths that are none."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.assistant.made_store import REPORT
from tests.ui.chat.pages import Page, load_report, post
from tests.ui.chat.serving import UNLIMITED, Serving, serving
from ui.chat.limits import Limits
from ui.chat.server import ServerSettings


def test_a_bad_file_is_explained_and_the_good_one_beside_it_is_loaded(server: Serving) -> None:
    page = Page(server)
    told = page.upload(
        ("roto.pdf", b"%PDF-1.4 cortado"), ("bueno.txt", REPORT.replace("Alta", "Mansa").encode()),
        ("programa.txt", b"MZ" + bytes(500)), ("vacio.csv", b""),
    )["output"]["data"][1]  # fmt: skip
    assert "incompleto o dañado" in told
    assert "programa ejecutable" in told
    assert "está vacío" in told
    assert "nuevo: Instituto de Faros" in told.replace("INSTITUTO DE FAROS DE GUATEMALA", "Instituto de Faros")
    assert {"bueno.txt"} == {d.file for d in server.service.documents()} - {"faros.txt"}
    server.service.store.remove(next(d.id for d in server.service.documents() if d.file == "bueno.txt"))


def test_more_files_than_the_limit_are_told(server: Serving) -> None:
    files = [(f"a{n:02}.csv", b"") for n in range(UNLIMITED.files + 2)]
    told = Page(server).upload(*files)["output"]["data"][1]
    assert told.count("se cargan hasta 20 archivos") == 2


def test_two_uploads_at_once_both_arrive(server: Serving) -> None:
    found: dict[str, dict[str, Any]] = {}

    def send(name: str) -> None:
        found[name] = Page(server).upload((f"{name}.txt", REPORT.replace("Punta Alta", f"Punta {name}").encode()))

    threads = [threading.Thread(target=send, args=(name,)) for name in ("uno", "dos", "tres")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(f["success"] for f in found.values()), found
    loaded = {d.file: d.id for d in server.service.documents()}
    assert {"uno.txt", "dos.txt", "tres.txt"} <= set(loaded)
    for name in ("uno", "dos", "tres"):
        server.service.store.remove(loaded[f"{name}.txt"])


@pytest.mark.parametrize(
    "name", ["../../../escapa.txt", "..\\..\\escapa.txt", "/etc/escapa.txt", "a\x00b.txt", "<img src=x>.txt"]
)
def test_the_name_of_an_upload_is_never_a_path_nor_markup(server: Serving, name: str) -> None:
    told = Page(server).upload((name, REPORT.replace("Alta", "Brava").encode()))
    assert told["success"], told
    assert "<img" not in told["output"]["data"][1]
    loaded = [d for d in server.service.documents() if d.file != "faros.txt"]
    for document in loaded:
        server.service.store.remove(document.id)
    assert len(loaded) == 1
    assert not set("/\\\x00<>") & set(loaded[0].file)
    assert not list(server.folder.parent.rglob("*escapa*"))


def test_no_file_outside_is_read_or_taken(server: Serving, tmp_path: Path) -> None:
    """Neither by address nor by an event that names a path as if it had been uploaded."""
    secret = tmp_path / "secreto.txt"
    secret.write_text("secreto", encoding="utf-8")
    page = Page(server)
    paths = [secret, server.folder / "consta.sqlite3", Path("/etc/passwd"), Path(__file__)]
    for path in paths:
        for address in (
            f"/gradio_api/file={path}",
            f"/gradio_api/file=../../..{path}",
            f"/gradio_api/file=%2e%2e{path}",
        ):
            assert page.http.get(address).status_code in (403, 404), address
        given = [{"path": str(path), "orig_name": "x.txt", "meta": {"_type": "gradio.FileData"}}]
        found = page.send(page.event("desk-files", "upload"), [given])
        assert not found["success"], path
        assert path.exists()
    assert [d.file for d in server.service.documents()] == ["faros.txt"]


def test_an_upload_is_gone_after_it_was_read(server: Serving) -> None:
    page = Page(server)
    path = page.http.post("/gradio_api/upload", files=[("files", ("x.csv", b""))]).json()[0]
    assert Path(path).is_file()
    given = [{"path": path, "orig_name": "x.csv", "meta": {"_type": "gradio.FileData"}}]
    page.send(page.event("desk-files", "upload"), [given])
    assert not Path(path).exists()


def test_a_long_file_is_refused(tmp_path: Path) -> None:
    load_report(tmp_path)
    settings = ServerSettings(limits=Limits(file_bytes=50_000, files=2))
    with serving(tmp_path / "almacen", settings) as running:
        files = [("files", ("x.txt", b"a" * 60_000))]
        assert post(f"{running.url}/gradio_api/upload", files=files).status_code == 413
        assert post(f"{running.url}/gradio_api/upload", files=files * 2).status_code == 413


def test_the_store_is_left_as_it_was(server: Serving) -> None:
    """All of the above added and removed; the one report is still there."""
    assert [d.file for d in server.service.documents()] == ["faros.txt"]
