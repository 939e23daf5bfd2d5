"""Files are read in processes apart: what kills or stalls one costs a page or a file, never the load."""

from __future__ import annotations

import os
import re
import time
import zlib
from pathlib import Path

import pytest

from index.apart import reading
from index.apart.crew import Worker, WorkerLostError, worker
from index.apart.limits import MEGABYTE, Limits
from index.apart.spool import Spool, spool_of
from index.apart.worker import Job
from index.errors import ReadError
from index.files import content_id
from index.ingest import Status, load, read_report
from index.memory_store import MemoryStore
from tests.index.pdf.sheets import Sheet


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of unfinished loads go to a folder of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def pages(path: Path, count: int) -> Path:
    """A PDF of so many pages with a small table each."""
    sheet = Sheet(path)
    for number in range(1, count + 1):
        if number > 1:
            sheet.next_page()
        sheet.text(60, 80, f"Cuadro {number}. Riego del canal {number}")
        sheet.row(110, [(60, "Tramo"), (260, "Vigente"), (360, "Ejecutado")])
        for i in range(4):
            sheet.row(
                128 + 14 * i, [(60, f"Tramo {i + 1}"), (260, f"{number * 100 + i},50"), (360, f"{number * 90},25")]
            )
    sheet.canvas.save()
    return path


def blow_up(path: Path, *, page: int, stream: bytes) -> None:
    """Put a content stream of our own in the place of a page's; the table of places is then wrong, as readers mend."""
    data = path.read_bytes()
    starts = [m.start() for m in re.finditer(rb"\d+ 0 obj\n<<\n/Filter \[ /ASCII85Decode /FlateDecode \]", data)]
    start = starts[page - 1]
    number = data[start : data.index(b" ", start)]
    end = data.index(b"endobj", start)
    head = b"%s 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % (number, len(stream))
    path.write_bytes(data[:start] + head + stream + b"\nendstream\n" + data[end:])


def test_a_long_report_is_the_same_read_apart_in_parallel_or_here(tmp_path: Path):
    """Pages spread over processes give the very report that one process gives; progress tells every page."""
    path = pages(tmp_path / "largo.pdf", reading.FEW + 5)
    seen: list[tuple[int, int]] = []
    store = MemoryStore()
    (outcome,) = load([path], store, on_page=lambda n, total: seen.append((n, total)))
    assert outcome.document is not None
    assert store.report(outcome.document.id) == read_report(path)
    assert {total for _, total in seen} == {reading.FEW + 5}
    assert max(n for n, _ in seen) == reading.FEW + 5
    assert not spool_of(content_id(path), variant=reading._variant()).exists()


def test_a_page_that_stalls_its_reader_is_left_out_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = pages(tmp_path / "atasco.pdf", 3)
    answers = iter([WorkerLostError(2, late=True), None])

    def run(self: Worker, job: Job, seconds: float, on_page: object = None) -> object:
        error = next(answers)
        if error is not None:
            raise error
        return read_report(job.path, name=job.name, skip=dict(job.skip))

    monkeypatch.setattr(Worker, "run", run)
    report = reading.read_apart(path, name="atasco.pdf", kind="pdf", ident=content_id(path))
    assert [w for w in report.document.warnings if w.startswith("Página 2: la página tardó más de 150 segundos")]
    assert [t.pages for t in report.tables] == [(1,), (3,)]


def test_a_process_that_dies_tells_its_page_and_the_next_job_gets_another(tmp_path: Path):
    path = pages(tmp_path / "muere.pdf", 2)
    with worker() as hand:
        pid = hand._process.pid
    os.kill(pid, 9)
    (outcome,) = load([path], MemoryStore())
    assert outcome.status is Status.NEW


def test_a_silent_process_is_ended_after_its_time(tmp_path: Path):
    path = pages(tmp_path / "lento.pdf", 2)
    start = time.monotonic()
    with pytest.raises(ReadError, match="no se terminó de leer"):
        reading.read_apart(
            path, name="lento.pdf", kind="pdf", ident="x" * 16, limits=Limits(page_seconds=0.001, skipped=0)
        )
    assert time.monotonic() - start < 20


def test_memory_is_bounded_and_the_rest_of_the_batch_goes_on(tmp_path: Path):
    """A page that swells to a gigabyte when it is unpacked is left out; its file and the next one are read."""
    swollen = zlib.compress(b"0 0 m " * 90_000_000, 9)
    path = pages(tmp_path / "a.pdf", 3)
    blow_up(path, page=2, stream=swollen)
    good = tmp_path / "b.txt"
    good.write_text("Informe\n\nCuadro 1: Muelles\n\nMuelle\tVigente\nNorte\t1,200.00\n", encoding="utf-8")
    store = MemoryStore()
    outcomes = load([path, good], store, limits=Limits(memory=600 * MEGABYTE, page_seconds=60))
    assert [o.status for o in outcomes] == [Status.NEW, Status.NEW]
    assert outcomes[0].document is not None
    assert any("Página 2" in w and "memoria" in w for w in outcomes[0].document.warnings)
    assert [t.pages for t in store.report(outcomes[0].document.id).tables] == [(1,), (3,)]


def test_a_load_that_was_cut_short_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Pages that were read stay for the next load and are not read again."""
    count = reading.FEW + 6
    path = pages(tmp_path / "grande.pdf", count)
    store = MemoryStore()

    def stop(_number: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load([path], store, on_page=stop)
    spool = Spool(spool_of(content_id(path), variant=reading._variant()))
    spool._path(count).unlink(missing_ok=True)  # another process may have come to the last page
    for number in range(1, count):
        if not spool.has(number):
            with worker() as hand:
                hand.run(Job(path=path, name="", pages=(number,), spool=spool.folder), 60)
    asked: list[tuple[int, ...]] = []
    run = Worker.run

    def watched(self: Worker, job: Job, seconds: float, on_page: object = None) -> object:
        asked.append(job.pages)
        return run(self, job, seconds, on_page)  # type: ignore[arg-type]  # handed on

    monkeypatch.setattr(Worker, "run", watched)
    (outcome,) = load([path], store)
    assert outcome.status is Status.NEW
    assert [a for a in asked if a] == [(count,)]


def test_a_protected_pdf_opens_with_its_password(tmp_path: Path):
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "cerrado.pdf"
    canvas = Canvas(str(path), encrypt="llave")
    canvas.drawString(100, 700, "Acta reservada de la junta")
    canvas.save()
    (closed,) = load([path], MemoryStore())
    assert "protegido con contraseña" in closed.message
    (opened,) = load([path], MemoryStore(), password="llave")
    assert opened.status is Status.NEW


def test_office_files_are_read_apart_too(tmp_path: Path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (["Obra", "Vigente"], ["Puente", 1200], ["Canal", 800]):
        book.active.append(row)
    book.save(tmp_path / "obras.xlsx")
    store = MemoryStore()
    (outcome,) = load([tmp_path / "obras.xlsx"], store)
    assert outcome.document is not None
    assert store.report(outcome.document.id) == read_report(tmp_path / "obras.xlsx")
