"""A load that is killed at any moment loses nothing that was confirmed, and can be taken up again.

CONSTA_KILLS says how many kills each test makes (8 unless told).
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.files import id_of
from index.ingest import Status, load, read_report
from index.sqlite_store import FILE_NAME, SqliteStore
from tests.conftest import ROOT

KILLS = int(os.environ.get("CONSTA_KILLS", "8"))
FILES = 12
CHILD = """
import sys
from pathlib import Path
from index.ingest import load
from index.sqlite_store import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
print("ready", flush=True)
for path in sys.argv[2:]:
    outcome, = load([Path(path)], store)
    print(outcome.document.id, flush=True)
"""


def write_reports(folder: Path, factor: int) -> list[Path]:
    """Reports of 60 rows whose amounts depend on `factor`."""
    folder.mkdir()
    paths = []
    for number in range(FILES):
        rows = [f"Obra {row}\t{row * 7 + number}.50\t{row * factor}.25" for row in range(1, 61)]
        text = f"INFORME {number}\n\nCuadro 1: Obras de riego\n\nObra\tVigente\tEjecutado\n" + "\n".join(rows) + "\n"
        path = folder / f"informe{number:02d}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def load_in_child(store: Path, paths: list[Path], seconds: float | None) -> list[str]:
    """Ids that a child process confirmed before it was killed, `seconds` after it was ready (None: it ends)."""
    command = [sys.executable, "-c", CHILD, str(store), *map(str, paths)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        if seconds is not None:
            time.sleep(seconds)
            child.send_signal(signal.SIGKILL)
        return [line.strip() for line in child.stdout if line.endswith("\n")]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Path], list[Path], float]:
    """First versions, second versions, and how long a whole load takes here."""
    folder = tmp_path_factory.mktemp("informes")
    first, second = write_reports(folder / "uno", 3), write_reports(folder / "dos", 5)
    start = time.monotonic()
    assert len(load_in_child(folder / "prueba", first, None)) == FILES
    return first, second, time.monotonic() - start


@pytest.mark.parametrize("turn", range(KILLS))
def test_a_killed_load_keeps_what_it_confirmed(
    folders: tuple[list[Path], list[Path], float], tmp_path: Path, turn: int
) -> None:
    """Half of the turns load new reports, half replace loaded ones."""
    first, second, duration = folders
    replacing = turn % 2 == 1
    with_before = load(first, SqliteStore(tmp_path)) if replacing else ()
    paths = second if replacing else first
    confirmed = load_in_child(tmp_path, paths, random.Random(turn).uniform(0, duration))

    store = SqliteStore(tmp_path)
    documents = store.documents()
    assert set(confirmed) <= {d.id for d in documents}
    assert len({d.file for d in documents}) == len(documents)  # never two versions of a file
    if with_before:
        assert len(documents) == FILES  # never none
    whole = {report.document.id: report for report in map(read_report, [*first, *second])}
    for report in store.reports():
        assert report == whole[report.document.id]
        kept = store.original(report.document.id)
        assert kept is not None
        assert id_of(kept) == report.document.id  # never a report with another file, or without its own
    outcomes = load(paths, store)
    assert {o.status for o in outcomes} <= {Status.NEW, Status.REPLACED, Status.KNOWN}
    assert {d.id for d in store.documents()} == {o.document.id for o in outcomes if o.document}
    assert len(store.documents()) == FILES
    store.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        assert connection.execute("SELECT count(*) FROM originals").fetchall() == [(FILES,)]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
