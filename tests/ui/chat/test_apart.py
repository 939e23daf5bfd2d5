"""Work in processes of their own: answers, errors and progress come back, and a process that is killed is made up for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.model import Status
from index.errors import NotLoadedError, StoreError
from index.ingest import Status as Loaded
from index.ingest import load
from index.sqlite_store import SqliteStore
from tests.assistant.made_store import REPORT
from tests.conftest import ROOT
from tests.index.apart.long_file import running
from tests.ui.chat.abacus import Abacus
from ui.chat.apart import Apart, LostError
from ui.chat.changes import ChangesApart
from ui.chat.limits import Limits
from ui.chat.service import ChatService
from ui.chat.shelf import ShelfApart
from ui.chat.uploads import load_uploads


@pytest.fixture
def abacus() -> Iterator[Apart]:
    made = Apart(Abacus, 10, nice=3)
    yield made
    made.end()


def test_calls_come_back(abacus: Apart) -> None:
    """Each to whoever called, many at a time; the process steps back as it was told to."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: abacus.call("plus", n).result(30), range(50)))
    assert found == [10 + n for n in range(50)]
    assert abacus.call("pid").result(30) != os.getpid()
    assert abacus.call("niceness").result(30) == os.nice(0) + 3


def test_the_session_of_a_process_steps_back_too(abacus: Apart) -> None:
    """Else a system that weighs sessions gives it as much as those who answer."""
    session = Path(f"/proc/{abacus.call('pid').result(30)}/autogroup")
    if not session.exists():
        pytest.skip("this system does not weigh sessions")
    assert session.read_text().split()[-1] == str(os.nice(0) + 3)


def test_a_method_tells_how_far_it_is(abacus: Apart) -> None:
    seen: list[tuple[int, int]] = []
    assert abacus.call("count", 3, told=lambda *at: seen.append(at)).result(30) == "done"
    assert seen == [(0, 3), (1, 3), (2, 3)]


def test_an_error_keeps_its_kind_and_its_traceback(abacus: Apart) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        abacus.call("share", 0).result(30)
    assert "self._begin / number" in "".join(raised.value.__notes__)
    assert abacus.call("plus", 1).result(30) == 11


def test_what_cannot_be_made_is_told_at_every_call() -> None:
    made = Apart(Abacus, -1)
    for _ in range(2):
        with pytest.raises(ValueError, match="below zero"):
            made.call("plus", 1).result(30)
    made.end()


def test_who_waits_for_a_process_that_is_killed_is_told(abacus: Apart) -> None:
    pid = abacus.call("pid").result(30)
    waiting = abacus.call("wait")
    os.kill(pid, signal.SIGKILL)
    for lost in (waiting, abacus.call("plus", 1)):
        with pytest.raises(LostError):
            lost.result(30)
    assert not abacus.alive


def test_a_process_does_not_outlive_who_started_it(tmp_path: Path) -> None:
    """Not even when that one is killed while a call is under way."""
    script = (
        "from ui.chat.apart import Apart\nfrom tests.ui.chat.abacus import Abacus\n"
        "made = Apart(Abacus, 1)\nprint(made.call('pid').result(), flush=True)\nmade.call('wait').result()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 20
    while running(pid):
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def faros(tmp_path: Path) -> Path:
    """The folder of a store with two reports."""
    for name, place in (("faros", "Punta"), ("muelles", "Muelle")):
        (tmp_path / f"{name}.txt").write_text(REPORT.replace("Punta", place).replace("FAROS", name.upper()))
    store = SqliteStore(tmp_path / "almacen")
    load([tmp_path / "faros.txt", tmp_path / "muelles.txt"], store)
    store.close()
    return tmp_path / "almacen"


@pytest.fixture
def service(faros: Path) -> Iterator[ChatService]:
    made = ChatService.open(faros)
    yield made
    made.close()


def test_answers_go_on_when_their_process_is_killed(service: ChatService) -> None:
    assert service.ask("¿Cuánto ejecutó Punta Alta?").values[0].value == 600
    shelf = service._latest().shelf
    assert isinstance(shelf, ShelfApart)
    os.kill(shelf._apart._process.pid, signal.SIGKILL)
    shelf._apart._process.wait()
    assert service.ask("¿Cuánto ejecutó Punta Baja?").values[0].value == 400


def test_a_store_that_cannot_be_read_is_told_as_such(service: ChatService, faros: Path) -> None:
    """An error of the store is the same error, from whatever process it comes."""
    (faros / "consta.sqlite3").write_bytes(b"no es un almacen" * 100)
    with pytest.raises(StoreError):
        service.ask("¿Cuánto ejecutó Punta Alta?")


def test_what_does_not_rest_on_a_removed_report_is_answered_at_once(
    service: ChatService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the next shelf is made: figures of what stands are told, what was removed is not."""
    assert service.ask("¿Cuánto ejecutó Punta Alta?").values[0].value == 600
    go, make = threading.Event(), service._make_shelf
    monkeypatch.setattr(service, "_make_shelf", lambda: (go.wait(60), make())[1])
    gone = next(d for d in service.documents() if d.file == "muelles.txt")
    service.remove(gone.id)
    assert [d.file for d in service.documents()] == ["faros.txt"]
    assert service.ask("¿Cuánto ejecutó Punta Alta?").values[0].value == 600
    with pytest.raises(NotLoadedError):
        service.report(gone.id)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(service.ask, "¿Cuánto ejecutó Muelle Alta?")
        time.sleep(0.3)
        assert not waiting.done()
        go.set()
        assert waiting.result(60).status is Status.NOT_FOUND


def test_a_correction_is_known_once_it_is_saved(service: ChatService) -> None:
    """The list tells it at once, with the checks of the report, and so do answers."""
    ident = next(d.id for d in service.documents() if d.file == "muelles.txt")
    assert service.audit(ident) is not None
    service.edit(ident, {"institution": "Dirección de Grúas"})
    assert next(d for d in service.documents() if d.id == ident).institution == "Dirección de Grúas"
    assert service.audit(ident) == {"NO CUADRA": 0, "NO VERIFICABLE": 0, "VERIFICADO": 0}
    assert service.ask("¿Cuánto ejecutó Muelle Alta de la Dirección de Grúas?").values[0].value == 600


def test_an_upload_that_is_killed_is_explained_and_leaves_nothing(faros: Path, tmp_path: Path) -> None:
    """The next one is loaded by another process."""
    changes = ChangesApart(faros)
    first, second = tmp_path / "uno.txt", tmp_path / "dos.txt"
    for path in (first, second):
        path.write_text(REPORT.replace("Punta", path.stem))
    process = changes._process()
    os.kill(process._process.pid, signal.SIGSTOP)  # it takes the file, and is killed before it is done with it
    steps = load_uploads([first, second], changes, Limits())
    assert next(steps)[0].told == "leyendo…"
    os.kill(process._process.pid, signal.SIGKILL)
    *_, last = steps
    changes.close()
    assert last[0].kind == "mal"
    assert "se interrumpió y no se guardó nada de él" in last[0].told
    assert last[1].kind == "bien"
    store = SqliteStore(faros)
    assert {d.file for d in store.documents()} == {"faros.txt", "muelles.txt", "dos.txt"}
    store.close()


def test_a_file_is_loaded_with_all_that_is_kept_beside_it(faros: Path, tmp_path: Path) -> None:
    """What the list and the search need is made before anybody waits for it."""
    path = tmp_path / "uno.txt"
    path.write_text(REPORT.replace("Punta", "Boya"))
    changes = ChangesApart(faros)
    outcome = changes.load(path, 10_000_000, lambda *_: None)
    too_long = changes.load(path, 10, lambda *_: None)
    changes.close()
    assert outcome.status is Loaded.NEW
    assert outcome.document is not None
    assert too_long.status is Loaded.FAILED
    store = SqliteStore(faros)
    assert store.derived("audit-counts", "1", document=outcome.document.id) is not None
    store.close()
