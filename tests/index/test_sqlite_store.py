"""The embedded store: many processes at once, and clear words when the folder cannot be used."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from pathlib import Path

import pytest

from index.errors import StoreError
from index.sqlite_store import FILE_NAME, SqliteStore
from tests.index.made_reports import small_report


def _add_many(folder: str, first: int) -> None:
    store = SqliteStore(Path(folder))
    for number in range(first, first + 10):
        store.add(small_report(f"{number:016d}", f"{number:03d}.txt"))
    store.close()


def test_two_processes_write_and_a_third_reads_at_once(tmp_path: Path) -> None:
    """Both make the store, both write; every read shows whole reports, and the end holds all."""
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add_many, args=(str(tmp_path / "a"), first)) for first in (0, 100)]
    for writer in writers:
        writer.start()
    store = SqliteStore(tmp_path / "a")
    while any(writer.is_alive() for writer in writers):
        assert all(len(r.tables) == 1 for r in store.reports())
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert len(store.documents()) == 20
    assert store.revision() == 20
    store.close()


def test_what_was_added_is_there_when_opened_again(tmp_path: Path) -> None:
    SqliteStore(tmp_path).add(small_report())
    assert list(SqliteStore(tmp_path).reports()) == [small_report()]


def test_a_writer_that_waits_in_vain_says_who_holds_the_store(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path, wait_seconds=0.05)
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="Otro proceso está escribiendo"):
        store.add(small_report())
    assert store.documents() == ()  # readers go on
    other.execute("ROLLBACK")
    store.add(small_report())
    other.close()


def drop_ocr(connection: sqlite3.Connection) -> None:
    """Take away the columns that came with the third version."""
    for table, column in (
        ("documents", "scanned"),
        ("documents", "unread"),
        ("tables", "trust"),
        ("cells", "verified"),
    ):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")


def test_a_store_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """Version 1 kept no files: its reports stay, and files are kept from now on."""
    store = SqliteStore(tmp_path)
    store.add(small_report())
    store.close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("DROP TABLE originals")
    drop_ocr(connection)
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    store = SqliteStore(tmp_path)
    assert list(store.reports()) == [small_report()]
    assert store.original("a" * 16) is None
    store.add(small_report(), original=b"x")
    assert store.original("a" * 16) == b"x"
    store.close()


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    SqliteStore(tmp_path).close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="versión más nueva"):
        SqliteStore(tmp_path)


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("CREATE TABLE recetas (x)")
    connection.close()
    with pytest.raises(StoreError, match="no es un almacén de Consta"):
        SqliteStore(tmp_path)


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no es una base de datos" * 100)
    with pytest.raises(StoreError, match="dañado"):
        SqliteStore(tmp_path)


def test_damage_found_while_reading_is_said(tmp_path: Path) -> None:
    """Pages overwritten behind the header: opening works, reading tells."""
    store = SqliteStore(tmp_path)
    for number in range(40):
        store.add(small_report(f"{number:016d}", f"{number}.txt"))
    store.close()
    path = tmp_path / FILE_NAME
    data = bytearray(path.read_bytes())
    data[4096 * 2 :] = b"\xff" * (len(data) - 4096 * 2)
    path.write_bytes(data)
    with pytest.raises(StoreError, match="dañado"):
        list(SqliteStore(tmp_path).reports())


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "archivo").write_text("x")
    with pytest.raises(StoreError, match="--almacen"):
        SqliteStore(tmp_path / "archivo" / "almacen")
    (tmp_path / "carpeta" / FILE_NAME).mkdir(parents=True)
    with pytest.raises(StoreError, match="permisos"):
        SqliteStore(tmp_path / "carpeta")


def test_an_older_store_gets_the_columns_that_came_since(tmp_path: Path) -> None:
    """Reports of a store of the second version are read as before and can be added to."""
    SqliteStore(tmp_path).add(small_report())
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    drop_ocr(connection)
    connection.execute("PRAGMA user_version = 2")
    connection.commit()
    connection.close()
    store = SqliteStore(tmp_path)
    assert list(store.reports()) == [small_report()]
    store.add(small_report("f" * 16, "otro.txt"))
    assert len(store.documents()) == 2


@pytest.mark.parametrize("again", [False, True], ids=["gone", "another"])
def test_a_store_that_is_deleted_while_it_is_used_is_said(tmp_path: Path, again: bool) -> None:
    """The system keeps an open file: without a look at its name, answers would come from it and loads would be lost."""
    store = SqliteStore(tmp_path / "almacen")
    assert store.documents() == ()
    shutil.rmtree(tmp_path / "almacen")
    if again:
        SqliteStore(tmp_path / "almacen").close()
    for use in (store.documents, store.revision, lambda: store.remove("x")):
        with pytest.raises(StoreError, match="se borró o se cambió"):
            use()
    store.close()
