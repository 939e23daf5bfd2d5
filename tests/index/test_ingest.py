"""Files into the store: every file gets an outcome, content is recognised, versions replace each other."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from index import ingest
from index.errors import ReadError, StoreError
from index.files import content_id, find_files
from index.ingest import Outcome, Status, load, read_report
from index.memory_store import MemoryStore
from index.model import Period, RowKind

REPORT = """MINISTERIO DE PUERTOS DE HONDURAS

Informe de ejecución, enero de 2022

Cuadro 1: Gasto por muelle (En lempiras)

Muelle\tVigente\tEjecutado
Norte\t1,200.00\t600.00
Sur\t800.00\t{south}
TOTAL\t2,000.00\t1,000.00

MISIÓN

Cuidar los muelles del país para quienes los usan.
"""


def write(path: Path, south: str = "400.00") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(REPORT.format(south=south), encoding="utf-8")
    return path


def statuses(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [outcome.status.value for outcome in outcomes]


def test_a_text_report_becomes_tables_chunks_and_metadata(tmp_path: Path) -> None:
    """The whole way: reader, metadata, typed table that knows its place, passages under their heading."""
    report = read_report(write(tmp_path / "muelles.txt"))
    document, (table,) = report.document, report.tables
    assert document.id == content_id(tmp_path / "muelles.txt")
    assert (document.file, document.kind, document.country, document.currency) == ("muelles.txt", "txt", "HN", "HNL")
    assert document.period == Period(year=2022, first=1, last=1)
    assert (table.number, table.currency, table.id) == ("1", "HNL", f"{document.id}:t1")
    assert [(r.label, r.kind) for r in table.rows][-1] == ("TOTAL", RowKind.TOTAL)
    assert any(chunk.section[-1:] == ("MISIÓN",) and "muelles" in chunk.text for chunk in report.chunks)


def test_content_is_recognised_and_a_new_version_replaces_the_old(tmp_path: Path) -> None:
    store = MemoryStore()
    path = write(tmp_path / "muelles.txt")
    assert statuses(load([path], store)) == ["nuevo"]
    assert statuses(load([path], store)) == ["ya estaba"]
    copy = Path(shutil.copy(path, tmp_path / "copia.txt"))
    (outcome,) = load([copy], store)
    assert (outcome.status, outcome.message) == (Status.KNOWN, "Es el mismo contenido que «muelles.txt».")
    write(path, south="500.00")
    assert statuses(load([path], store)) == ["reemplazado"]
    assert [d.id for d in store.documents()] == [content_id(path)]


def test_a_version_that_became_a_copy_of_another_report_is_told(tmp_path: Path) -> None:
    """Its older version would go on being answered from without anybody knowing."""
    store = MemoryStore()
    one, two = write(tmp_path / "uno.txt"), write(tmp_path / "dos.txt", south="500.00")
    (first, _) = load([one, two], store)
    shutil.copy(two, one)
    (outcome,) = load([one], store)
    assert outcome.status is Status.KNOWN
    assert first.document is not None
    assert f"consta quitar {first.document.id}" in outcome.message


def test_reading_again_is_asked_for(tmp_path: Path) -> None:
    """After a better reader comes out, --releer takes the same content in again; corrections stay."""
    store = MemoryStore()
    path = write(tmp_path / "muelles.txt")
    (first,) = load([path], store)
    assert first.document is not None
    store.edit(first.document.id, institution="Puertos")
    (again,) = load([path], store, again=True)
    assert again.status is Status.REPLACED
    assert again.document == store.documents()[0]
    assert store.documents()[0].institution == "Puertos"


def test_a_new_version_keeps_who_wrote_it_and_says_what_was_read_anew(tmp_path: Path) -> None:
    """Institution, country and currency do not change from month to month; title and period do."""
    store = MemoryStore()
    path = write(tmp_path / "muelles.txt")
    (first,) = load([path], store)
    assert first.document is not None
    store.edit(first.document.id, institution="Puertos", currency="USD", period=Period(year=1999))
    write(path, south="500.00")
    (second,) = load([path], store)
    document = store.documents()[0]
    assert (document.institution, document.currency, document.edited) == ("Puertos", "USD", ("institution", "currency"))
    assert store.report(document.id).tables[0].currency == "USD"
    assert document.period == Period(year=2022, first=1, last=1)
    assert "institución, moneda" in second.message
    assert "periodo" in second.message


def test_a_folder_is_walked_in_order_and_a_bad_file_stops_nothing(tmp_path: Path) -> None:
    write(tmp_path / "b" / "dos.txt")
    write(tmp_path / "a" / "uno.txt", south="1.00")
    (tmp_path / "a" / "vacio.pdf").touch()
    (tmp_path / "foto.jpg").write_bytes(b"x")
    (tmp_path / "~$dos.docx").write_bytes(b"x")
    write(tmp_path / ".oculta" / "tres.txt")
    seen: list[tuple[int, int, str]] = []
    store = MemoryStore()
    outcomes = load([tmp_path], store, lambda done, total, path: seen.append((done, total, path.name)))
    assert [o.path.name for o in outcomes] == ["uno.txt", "vacio.pdf", "dos.txt"]
    assert statuses(outcomes) == ["nuevo", "fallido", "nuevo"]
    assert "vacío" in outcomes[1].message
    assert seen == [(0, 3, "uno.txt"), (1, 3, "vacio.pdf"), (2, 3, "dos.txt"), (3, 3, "dos.txt")]
    assert [p.name for p in find_files([tmp_path]).ignored] == ["foto.jpg"]


def test_files_of_one_name_in_two_folders_are_two_reports(tmp_path: Path) -> None:
    """2021/informe.txt is no older version of 2022/informe.txt: the names tell them apart."""
    write(tmp_path / "2021" / "informe.txt", south="1.00")
    changing = write(tmp_path / "2022" / "informe.txt", south="2.00")
    store = MemoryStore()
    assert statuses(load([tmp_path], store)) == ["nuevo", "nuevo"]
    assert [d.file for d in store.documents()] == ["2021/informe.txt", "2022/informe.txt"]
    write(changing, south="3.00")
    assert statuses(load([tmp_path], store)) == ["ya estaba", "reemplazado"]
    assert [d.file for d in store.documents()] == ["2021/informe.txt", "2022/informe.txt"]


def test_a_file_named_twice_is_loaded_once(tmp_path: Path) -> None:
    path = write(tmp_path / "muelles.txt")
    assert statuses(load([path, tmp_path, tmp_path / "." / "muelles.txt"], MemoryStore())) == ["nuevo"]


def test_a_missing_file_fails_alone(tmp_path: Path) -> None:
    outcomes = load([tmp_path / "no.txt", write(tmp_path / "si.txt")], MemoryStore())
    assert statuses(outcomes) == ["fallido", "nuevo"]
    assert "No existe" in outcomes[0].message


def test_a_link_in_a_circle_fails_alone(tmp_path: Path) -> None:
    """Given itself or found in a folder, where it is not passed over in silence."""
    loop = tmp_path / "a.txt"
    loop.symlink_to("a.txt")
    write(tmp_path / "b.txt")
    for paths in ([tmp_path], [loop, tmp_path / "b.txt"]):
        outcomes = load(paths, MemoryStore())
        assert statuses(outcomes) == ["fallido", "nuevo"]
        assert "en círculo" in outcomes[0].message


def test_an_unforeseen_failure_of_a_reader_is_an_outcome_and_a_traceback_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def explode(_path: Path, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(ingest, "read_report", explode)  # plain text is read in this very process
    with caplog.at_level(logging.ERROR):
        (outcome,) = load([write(tmp_path / "raro.txt")], MemoryStore())
    assert outcome.status is Status.FAILED
    assert "«raro.txt»" in outcome.message
    assert "ZeroDivisionError" in caplog.text


def test_a_store_that_fails_ends_the_load(tmp_path: Path) -> None:
    """A full disk is not the fault of a file: no list of a thousand failures."""
    store = MemoryStore()
    store.close()
    with pytest.raises(StoreError):
        load([write(tmp_path / "a.txt")], store)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The id says which bytes were read: half of one version and half of another have none."""
    path = write(tmp_path / "a.txt")
    original = ingest._reader("txt")
    monkeypatch.setattr(ingest, "_reader", lambda _kind: lambda p: (original(p), write(path, south="9.00"))[0])
    with pytest.raises(ReadError, match="cambió mientras se leía"):
        read_report(path)
