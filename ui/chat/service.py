"""What every part of the page shares: one assistant over one store, safe for many sessions at once."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from assistant.model import Answer
from index.errors import ConstaIndexError
from index.model import Document, Report
from index.store import Store
from ui.chat.shelf import Shelf
from ui.chat.talks import Talks

_PATIENCE = 0.5  # seconds that answers wait for reports that were just added
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """A failure that was logged with its traceback. message: what the user is told, in Spanish."""

    number: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Making:
    """A shelf that is being made. awaited: set once somebody can only be answered from it. begun: monotonic clock."""

    awaited: threading.Event = field(default_factory=threading.Event)
    shelf: Future[Shelf] = field(default_factory=Future)
    begun: float = field(default_factory=time.monotonic)


class ChatService:
    """Answers, reports and failures for all sessions. Every method may be called from any thread.

    A change of the store (by this or another process) is seen at the next question: a new assistant takes over, and
    answers under way end with the reports they began with.
    """

    def __init__(self, store: Store, another: Callable[[], Store] | None = None) -> None:
        """another: opens the same store once more, so that nobody waits for a long report to be written or read."""
        self.store = store
        self._another = another or (lambda: store)
        self._watch = self._another()
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None
        self._making: _Making | None = None
        self._talks = Talks()

    @classmethod
    def open(cls, folder: Path | str) -> Self:
        """A service over the store in a folder. Raises StoreError when it cannot be opened."""
        from index.sqlite_store import SqliteStore  # noqa: PLC0415 - the engine is chosen here

        return cls(SqliteStore(Path(folder)), lambda: SqliteStore(Path(folder)))

    def ask(self, text: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        """Answer a question. history: earlier questions, oldest first; documents: ids to stay within, none for all.

        Raises NotLoadedError when one of them is gone, StoreError when the store cannot be read.
        """
        answer = self._current().assistant.ask(text, history=history, documents=documents)
        self._talks.note(text, history, documents)
        return answer

    def documents(self) -> tuple[Document, ...]:
        """The loaded documents, by file name; as the store has them while the first assistant over them is made."""
        return self._watch.documents() if self._shelf is None else self._current().store.documents()

    def report(self, document_id: str) -> Report:
        """A loaded report; kept in memory. Raises NotLoadedError."""
        return self._current().store.report(document_id)

    def reports(self) -> tuple[Report, ...]:
        """All loaded reports, by file name."""
        return tuple(self._current().store.reports())

    def revision(self) -> int:
        """Grows when a report is added, removed or corrected."""
        return self._watch.revision()

    def remove(self, document_id: str) -> None:
        """Remove a report. Who asks meanwhile does not wait; from when it is gone, nobody is answered from it.

        Raises NotLoadedError, StoreError.
        """
        shelf, revision = self._shelf, self._watch.revision()
        rest = shelf.without(document_id, revision + 1) if shelf is not None and shelf.revision == revision else None
        self.store.remove(document_id)
        if rest is None or self._watch.revision() != rest.revision:
            return  # something else changed meanwhile: the next question has all read anew
        with self._lock:
            self._shelf = rest
        self.warm_up()

    def catch_up(self) -> None:
        """Wait until answers know the reports as they stand; for whoever changed them. Raises StoreError."""
        self._current()
        with self._lock:
            making = self._making
        if making is not None:
            making.shelf.result()

    def warm_up(self) -> None:
        """Begin to load the reports and to build the narrative index; returns at once."""
        threading.Thread(target=self._warm, name="consta-warm-up", daemon=True).start()

    def narrative_ready(self) -> bool:
        """Whether a question about the text of the reports is answered without waiting for its index."""
        with self._lock:
            return self._shelf is not None and self._shelf.ready.is_set()

    def incident(self, error: BaseException, doing: str) -> Incident:
        """Log a failure with its traceback under a number that the user is told. doing: English, for the log."""
        number = f"{datetime.now(UTC):%y%m%d}-{secrets.token_hex(2).upper()}"
        _log.error("incident %s while %s", number, doing, exc_info=error)
        if isinstance(error, ConstaIndexError):  # its message is made for users
            return Incident(number=number, message=f"{error} (incidente {number})")
        return Incident(
            number=number,
            message=f"Algo falló y no se pudo terminar. Puede seguir preguntando; si se repite, dé este número a quien "
            f"mantiene Consta: incidente {number}.",
        )

    def close(self) -> None:
        """Let go of the store."""
        self._watch.close()
        self.store.close()

    def _current(self) -> Shelf:
        """The assistant over the store as it stands.

        While a new one is made for reports that were added, answers go on with those there were, after a moment of
        patience: a long report takes seconds. Nobody is answered from a report that was removed or corrected.
        """
        revision = self._watch.revision()
        while True:
            with self._lock:
                shelf = self._shelf
                if shelf is not None and shelf.revision >= revision:
                    return shelf
                making, begins = self._making, self._making is None or self._making.shelf.done()
                if making is None or begins:
                    making = self._making = _Making()
                adds = shelf is not None and self._only_adds(shelf)
                if not adds:
                    making.awaited.set()
                if begins:
                    threading.Thread(target=self._make, args=(making,), name="consta-shelf", daemon=True).start()
            if shelf is None or not adds:
                making.shelf.result()
                continue  # what was made may have been begun before the last change
            try:
                making.shelf.result(timeout=max(0.0, making.begun + _PATIENCE - time.monotonic()))
            except TimeoutError:
                return shelf

    def _only_adds(self, shelf: Shelf) -> bool:
        """Whether all that a shelf knows still stands in the store as it was."""
        now = {document.id: document for document in self._watch.documents()}
        return all(now.get(document.id) == document for document in shelf.store.documents())

    def _make(self, making: _Making) -> None:
        """Make the assistant over the store as it stands, for all who wait for it, and its narrative index.

        Where nobody has to wait, whatever the next questions need is there before it takes over.
        """
        first = self._shelf is None  # then it is up to whoever made the service when the index is built
        try:
            reading = self._another()
            try:
                made = Shelf.read(self.store, reading)
            finally:
                if reading is not self.store:
                    reading.close()
        except BaseException as error:  # noqa: BLE001 - told to all who wait
            making.shelf.set_exception(error)
            return
        if not making.awaited.is_set():
            self._warm(made)
            self._recall(made, making)
        self._shelf = made
        making.shelf.set_result(made)
        if not first and not made.ready.is_set():
            self._warm(made)

    def _warm(self, shelf: Shelf | None = None) -> None:
        try:
            (shelf or self._current()).warm()
        except Exception as error:  # noqa: BLE001 - outermost edge of a thread: logged, and the question will tell
            self.incident(error, "building the narrative index")

    def _recall(self, shelf: Shelf, making: _Making) -> None:
        """Conversations under way, until somebody cannot be answered meanwhile."""
        try:
            shelf.recall(self._talks, making.awaited.is_set)
        except Exception as error:  # noqa: BLE001 - as above
            self.incident(error, "recalling conversations")
