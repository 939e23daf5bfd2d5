"""What users leave behind: saved conversations, opinions on answers, golden sets and evaluations, in one SQLite file.

The file stands beside the store and never in it: reports can be loaded anew, an opinion cannot. Each call is one
transaction on a connection of its own, so that threads, processes and kills cannot leave half of anything.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import StoreError

FILE_NAME = "guardado.sqlite3"
_APPLICATION_ID = 0x434F4E44  # "COND": tells our file from any other SQLite file
_VERSION = 1
_WAIT_SECONDS = 10.0
_LONGEST = 4_000_000  # characters of one saved conversation
_MOST = 100_000  # saved conversations, and opinions: a disk is not filled by clicks
_STATEMENTS = (
    """CREATE TABLE saved (
        id TEXT PRIMARY KEY, stamp TEXT NOT NULL, owner TEXT, turns TEXT NOT NULL, markdown TEXT NOT NULL)""",
    """CREATE TABLE opinions (
        number INTEGER PRIMARY KEY, stamp TEXT NOT NULL, owner TEXT, good INTEGER NOT NULL, comment TEXT NOT NULL,
        question TEXT NOT NULL, history TEXT NOT NULL, documents TEXT NOT NULL, answer TEXT NOT NULL)""",
    "CREATE TABLE golden_sets (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, data BLOB NOT NULL)",
    """CREATE TABLE evaluations (
        number INTEGER PRIMARY KEY, stamp TEXT NOT NULL, golden TEXT NOT NULL, report TEXT NOT NULL)""",
    "CREATE INDEX evaluations_of_golden ON evaluations (golden, number)",
)
_KEPT_EVALUATIONS = 20  # of each golden set


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedTurn:
    """A question and its answer. answer: `Answer.to_dict()`, None where it failed or was stopped.

    lines: the answer as it was shown, each line with what it is (`ui.answer_view.Part`, its name in lower case).
    """

    question: str
    answer: dict[str, Any] | None
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedTalk:
    """A conversation, or one answer of it, as it was when it was saved. when: ISO 8601, UTC."""

    id: str
    when: str
    turns: tuple[SavedTurn, ...]
    markdown: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """What a user thought of an answer. documents: ids that the question was restricted to."""

    good: bool
    question: str
    answer: dict[str, Any]
    comment: str = ""
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    when: str = ""
    owner: str | None = None


class Saved:
    """The file in a folder, made when first written to. Methods raise StoreError when it cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def save(self, turns: Sequence[SavedTurn], markdown: str = "", *, owner: str | None = None) -> str:
        """Keep a conversation and return its id, which cannot be guessed (128 bits)."""
        text = json.dumps([[t.question, t.answer, t.lines] for t in turns], ensure_ascii=False)
        if len(text) + len(markdown) > _LONGEST:
            raise StoreError("La conversación es demasiado larga para guardarla entera: guarde respuestas sueltas.")
        ident = secrets.token_urlsafe(16)
        with self._writing() as connection:
            _check_room(connection, "saved")
            connection.execute("INSERT INTO saved VALUES (?, ?, ?, ?, ?)", (ident, _now(), owner, text, markdown))
        return ident

    def saved(self, ident: str) -> SavedTalk | None:
        """A conversation by its id; None when there is none."""
        with self._reading() as connection:
            if connection is None:
                return None
            row = connection.execute("SELECT stamp, turns, markdown FROM saved WHERE id = ?", (ident,)).fetchone()
        if row is None:
            return None
        turns = tuple(
            SavedTurn(question=question, answer=answer, lines=tuple((part, line) for part, line in lines))
            for question, answer, lines in json.loads(row[1])
        )
        return SavedTalk(id=ident, when=row[0], turns=turns, markdown=row[2])

    def add_opinion(self, opinion: Opinion) -> int:
        """Keep an opinion and return its number; `when` is now, whatever it says."""
        with self._writing() as connection:
            _check_room(connection, "opinions")
            cursor = connection.execute(
                "INSERT INTO opinions (stamp, owner, good, comment, question, history, documents, answer) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    _now(),
                    opinion.owner,
                    int(opinion.good),
                    opinion.comment,
                    opinion.question,
                    json.dumps(opinion.history, ensure_ascii=False),
                    json.dumps(opinion.documents, ensure_ascii=False),
                    json.dumps(opinion.answer, ensure_ascii=False),
                ),
            )
            return int(cursor.lastrowid or 0)

    def comment(self, number: int, text: str) -> None:
        """Add the comment of an opinion that was given before."""
        with self._writing() as connection:
            connection.execute("UPDATE opinions SET comment = ? WHERE number = ?", (text, number))

    def opinions(self) -> tuple[Opinion, ...]:
        """All opinions, oldest first."""
        sql = """SELECT good, question, answer, comment, history, documents, stamp, owner FROM opinions
                 ORDER BY number"""
        with self._reading() as connection:
            rows = [] if connection is None else connection.execute(sql).fetchall()
        return tuple(
            Opinion(
                good=bool(row[0]),
                question=row[1],
                answer=json.loads(row[2]),
                comment=row[3],
                history=tuple(json.loads(row[4])),
                documents=tuple(json.loads(row[5])),
                when=row[6],
                owner=row[7],
            )
            for row in rows
        )

    def put_golden_set(self, name: str, data: bytes) -> None:
        """Keep a golden set under a file name, in place of the one that had it."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO golden_sets VALUES (?, ?, ?)", (name, _now(), data))

    def golden_sets(self) -> tuple[str, ...]:
        """Names of the golden sets, sorted."""
        with self._reading() as connection:
            if connection is None:
                return ()
            return tuple(row[0] for row in connection.execute("SELECT name FROM golden_sets ORDER BY name"))

    def golden_set(self, name: str) -> bytes | None:
        """The bytes of a golden set; None when there is none of that name."""
        with self._reading() as connection:
            if connection is None:
                return None
            row = connection.execute("SELECT data FROM golden_sets WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def add_evaluation(self, golden: str, report: str) -> None:
        """Keep the report of an evaluation (`EvaluationReport.to_json`); the oldest of a golden set make room."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO evaluations (stamp, golden, report) VALUES (?, ?, ?)", (_now(), golden, report)
            )
            connection.execute(
                "DELETE FROM evaluations WHERE golden = ? AND number NOT IN "
                "(SELECT number FROM evaluations WHERE golden = ? ORDER BY number DESC LIMIT ?)",
                (golden, golden, _KEPT_EVALUATIONS),
            )

    def last_evaluation(self, golden: str) -> str | None:
        """The last report of a golden set; None when it was never run."""
        with self._reading() as connection:
            if connection is None:
                return None
            sql = "SELECT report FROM evaluations WHERE golden = ? ORDER BY number DESC LIMIT 1"
            row = connection.execute(sql, (golden,)).fetchone()
        return None if row is None else str(row[0])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """A connection; None while nothing was ever kept, so that looking makes no file."""
        if not self._path.is_file():
            yield None
            return
        with self._connected() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"No se puede usar «{self._path}» ({error}); revise los permisos de la carpeta."
            ) from error
        try:
            self._prepare(connection)
            yield connection
        except sqlite3.Error as error:
            raise StoreError(f"No se pudo leer o guardar en «{self._path}» ({error}); intente de nuevo.") from error
        finally:
            connection.close()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA synchronous = FULL")
        if _is_current(connection):
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            if not _is_current(connection):  # unless another process made it meanwhile
                self._check_empty(connection)
                for statement in _STATEMENTS:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _check_empty(self, connection: sqlite3.Connection) -> None:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StoreError(f"«{self._path}» no es de esta versión de Consta; muévalo a otro lugar.")


def _is_current(connection: sqlite3.Connection) -> bool:
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return bool((owner, version) == (_APPLICATION_ID, _VERSION))


def _check_room(connection: sqlite3.Connection, table: str) -> None:
    count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - a name of ours
    if count >= _MOST:
        raise StoreError("No cabe nada más en lo guardado: avise a quien mantiene Consta.")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
