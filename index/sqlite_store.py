"""The embedded store: one SQLite file (WAL) in one folder, the source of truth of everything that was loaded."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from index import sqlite_schema
from index.corrections import EditValue, correct, keep_corrections
from index.errors import NotLoadedError, StoreError
from index.mapped import forget
from index.model import Document, Report
from index.sqlite_rows import insert_report, read_documents, read_report
from index.store import Sizes, check_whole

FILE_NAME = "consta.sqlite3"
CACHE_NAME = "indice"  # may be deleted at any time
WAIT_SECONDS = 10.0  # how long one writer waits for another before it gives up

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_MISMATCH}
_NO_ACCESS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}


def exists(folder: Path) -> bool:
    """Whether a store was ever made in the folder."""
    return (folder / FILE_NAME).is_file()


class SqliteStore:
    """Implements `Store` over a folder, which is made when missing.

    One connection serves all threads, one at a time; `reports` opens its own so that a long walk blocks nobody.
    Raises StoreError when the folder cannot be used, or when a newer Consta made it.
    """

    def __init__(self, folder: Path, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._path = folder / FILE_NAME
        self._wait = wait_seconds
        self._lock = threading.RLock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"No se puede usar la carpeta del almacén «{folder}» ({error.strerror}); elija otra con --almacen."
            ) from error
        self._file: tuple[int, int] | None = None
        self._connection: sqlite3.Connection | None = self._connect()
        try:
            self._prepare(self._connection)
            self._file = _identity(self._path)
        except BaseException:
            self.close()
            raise

    # Reading

    def documents(self) -> tuple[Document, ...]:
        with self._reading() as connection:
            return tuple(read_documents(connection).values())

    def report(self, document_id: str) -> Report:
        with self._reading() as connection:
            key, document = self._known(connection, document_id)
            return read_report(connection, key, document)

    def reports(self) -> Iterator[Report]:
        connection = self._connect()
        try:
            with self._translated():
                connection.execute("BEGIN")
                documents = read_documents(connection)
            for key, document in documents.items():
                with self._translated():
                    report = read_report(connection, key, document)
                yield report
        finally:
            connection.close()

    def sizes(self) -> Mapping[str, Sizes]:
        sql = """SELECT id, (SELECT count(*) FROM tables WHERE document = documents.key),
                 (SELECT count(*) FROM table_rows WHERE document = documents.key),
                 (SELECT count(*) FROM chunks WHERE document = documents.key) FROM documents"""
        with self._reading() as connection:
            return {row[0]: Sizes(tables=row[1], rows=row[2], chunks=row[3]) for row in connection.execute(sql)}

    def revision(self) -> int:
        with self._reading() as connection:
            return int(connection.execute("SELECT value FROM counters WHERE name = 'revision'").fetchone()[0])

    def derived(self, name: str, version: str, *, document: str | None = None) -> bytes | None:
        sql = """SELECT data FROM derived WHERE name = ? AND version = ?
                 AND document IS (SELECT key FROM documents WHERE id = ?)"""
        with self._reading() as connection:
            if document is not None and not _exists(connection, document):
                return None
            row = connection.execute(sql, (name, version, document)).fetchone()
            return None if row is None else bytes(row[0])

    def original(self, document_id: str) -> bytes | None:
        with self._reading() as connection:
            row = connection.execute("SELECT data FROM originals WHERE id = ?", (document_id,)).fetchone()
            return None if row is None else bytes(row[0])

    # Writing

    def add(self, report: Report, *, replaces: str | None = None, original: bytes | None = None) -> None:
        check_whole(report)
        with self._writing() as connection:
            for before in read_documents(connection, "WHERE id = ?", (report.document.id,)).values():
                report = keep_corrections(report, before)
            connection.execute("DELETE FROM documents WHERE id IN (?, ?)", (report.document.id, replaces))
            insert_report(connection, report)
            if replaces != report.document.id:
                connection.execute("DELETE FROM originals WHERE id = ?", (replaces,))
            if original is not None:
                connection.execute("REPLACE INTO originals (id, data) VALUES (?, ?)", (report.document.id, original))
        if replaces is not None:
            forget(self.cache_folder(), replaces)

    def remove(self, document_id: str) -> None:
        with self._writing() as connection:
            self._known(connection, document_id)
            connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))
            connection.execute("DELETE FROM originals WHERE id = ?", (document_id,))
        forget(self.cache_folder(), document_id)  # nothing that came from it stays on disk

    def edit(self, document_id: str, **changes: EditValue) -> Document:
        with self._writing() as connection:
            key, document = self._known(connection, document_id)
            report = correct(read_report(connection, key, document), changes)
            connection.execute("DELETE FROM documents WHERE key = ?", (key,))
            insert_report(connection, report)
            return report.document

    def save_derived(self, name: str, version: str, data: bytes, *, document: str | None = None) -> None:
        with self._writing(counted=False) as connection:
            key = None
            if document is not None:
                if not _exists(connection, document):
                    return
                key = self._known(connection, document)[0]
            connection.execute("DELETE FROM derived WHERE name = ? AND document IS ?", (name, key))
            connection.execute(
                "INSERT INTO derived (name, document, version, data) VALUES (?, ?, ?, ?)", (name, key, version, data)
            )

    def cache_folder(self) -> Path:
        return self._path.parent / CACHE_NAME

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    # Connections and transactions

    def _connect(self) -> sqlite3.Connection:
        with self._translated():
            connection = sqlite3.connect(
                self._path, timeout=self._wait, isolation_level=None, check_same_thread=False, cached_statements=64
            )
            try:
                connection.execute("PRAGMA foreign_keys = ON")
                # confirmed means confirmed: in WAL mode anything less may lose the last commits with the power
                connection.execute("PRAGMA synchronous = FULL")
            except BaseException:
                connection.close()
                raise
            return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the schema in a new file, add to an older one; refuse another program's or a newer version's."""
        with self._translated():
            if not self._is_current(connection):
                self._use_wal(connection)
                connection.execute("BEGIN IMMEDIATE")
                if not self._is_current(connection):  # unless another process made it meanwhile
                    for statement in self._missing(connection):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA application_id = {sqlite_schema.APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version = {sqlite_schema.VERSION}")
                connection.execute("COMMIT")

    def _is_current(self, connection: sqlite3.Connection) -> bool:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        if (version, owner) == (sqlite_schema.VERSION, sqlite_schema.APPLICATION_ID):
            return True
        if owner == sqlite_schema.APPLICATION_ID and version > sqlite_schema.VERSION:
            raise StoreError(
                f"El almacén «{self._path.parent}» lo creó una versión más nueva de Consta (esquema {version}; esta "
                f"usa el {sqlite_schema.VERSION}); actualice Consta o elija otra carpeta con --almacen."
            )
        if owner == sqlite_schema.APPLICATION_ID and version in sqlite_schema.UPGRADES:
            return False
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StoreError(f"El archivo «{self._path}» no es un almacén de Consta; elija otra carpeta con --almacen.")
        return False

    @staticmethod
    def _missing(connection: sqlite3.Connection) -> Iterator[str]:
        """What makes the schema of this version: all of it in a new file, what came since in an older store."""
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if not version:
            yield from sqlite_schema.STATEMENTS
            return
        for step in range(version, sqlite_schema.VERSION):
            yield from sqlite_schema.UPGRADES[step]

    def _use_wal(self, connection: sqlite3.Connection) -> None:
        """Switch to WAL; two processes that switch at once do not wait for each other, so try again."""
        deadline = time.monotonic() + self._wait
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if _code(error) not in _BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
            else:
                return

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """One snapshot: what is read inside belongs together."""
        with self._lock, self._translated():
            connection = self._opened()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self, *, counted: bool = True) -> Iterator[sqlite3.Connection]:
        with self._lock, self._translated():
            connection = self._opened()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                if counted:
                    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'revision'")
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(self._explain(error)) from error

    def _explain(self, error: sqlite3.Error) -> str:
        code, folder = _code(error), self._path.parent
        if code in _BUSY:
            return f"Otro proceso está escribiendo en el almacén «{folder}»; espere a que termine e intente de nuevo."
        if code in _DAMAGED:
            return (
                f"El almacén «{folder}» está dañado; restaure una copia o vuelva a cargar los informes en otra carpeta."
            )
        if code in _NO_ACCESS:
            return (
                f"No se puede leer o escribir en el almacén «{folder}»; revise los permisos o elija otra con --almacen."
            )
        if code == sqlite3.SQLITE_FULL:
            return f"No queda espacio en el disco del almacén «{folder}»; libere espacio e intente de nuevo."
        return f"No se pudo usar el almacén «{folder}» ({error}); revise el disco o elija otra carpeta con --almacen."

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StoreError("El almacén ya está cerrado.")
        if self._file is not None and _identity(self._path) != self._file:
            # the system keeps a file that is open: what is read would be of the past, what is written would be lost
            raise StoreError(
                f"El almacén «{self._path.parent}» se borró o se cambió por otro mientras se usaba; cierre Consta y "
                "vuelva a abrirla."
            )
        return self._connection

    def _known(self, connection: sqlite3.Connection, document_id: str) -> tuple[int, Document]:
        for key, document in read_documents(connection, "WHERE id = ?", (document_id,)).items():
            return key, document
        raise NotLoadedError(f"No hay ningún documento cargado con el identificador «{document_id}».")


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one that takes its name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


def _exists(connection: sqlite3.Connection, document_id: str) -> bool:
    return connection.execute("SELECT 1 FROM documents WHERE id = ?", (document_id,)).fetchone() is not None


def _code(error: sqlite3.Error) -> int:
    """Primary result code; 0 when the error did not come from the engine."""
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
