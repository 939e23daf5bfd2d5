"""What every part of the page shares: one assistant over one store, safe for many sessions at once.

Answers come from a shelf: the reports as they stood at one revision. When the store changes, the next shelf is made
beside it and takes its place once it is ready, so that nobody waits for it but who asks about what changed.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Self

from assistant.model import Answer, Status
from index.corrections import EditValue
from index.errors import ConstaIndexError, NotLoadedError
from index.model import Document, Report
from index.store import Store
from tools.reconcile import Check
from ui.chat.apart import LostError
from ui.chat.changes import Changes, ChangesApart, ChangesHere, Counts, kept_audit
from ui.chat.shelf import Shelf, ShelfApart, ShelfHere
from ui.chat.talks import Talk, Talks

_PATIENCE = 1.0  # seconds that a refusal waits for reports that were just added: they may hold the answer
_LINGERS = 60.0  # seconds that a shelf is kept after another took its place: answers under way end with it
_RECALL_SECONDS = 60.0  # that a new shelf may take to be told the conversations: answers go on, who loaded it waits
_RECALLS = 4  # times that it looks for those that went on meanwhile
_NEXT = "¿y el total?"  # any question that leans on the ones before: what they leave is then at hand
_KEPT_REPORTS = 8  # in memory, to show evidence
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """A failure that was logged with its traceback. message: what the user is told, in Spanish."""

    number: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kept:
    """A shelf in use. ready: set once questions about the text need not wait."""

    shelf: Shelf
    ready: threading.Event = field(default_factory=threading.Event)


class ChatService:
    """Answers, reports and failures for all sessions. Every method may be called from any thread.

    A change of the store, by this or another process, is seen by the next question; answers under way end with the
    reports they began with.
    """

    def __init__(
        self, store: Store, make_shelf: Callable[[], Shelf] | None = None, changes: Changes | None = None
    ) -> None:
        """make_shelf: gives a shelf over the store as it stands. Without it and `changes`, all is done in this process."""
        self.store = store
        self.changes: Changes = changes or ChangesHere(store)
        self._make_shelf: Callable[[], Shelf] = make_shelf or (lambda: ShelfHere(store))
        self._lock = threading.Lock()
        self._kept: _Kept | None = None
        self._making: Future[_Kept] | None = None
        self._shelves: list[Shelf] = []  # all that are not closed
        self._closed = False
        self._talks = Talks()
        self._documents = lru_cache(maxsize=2)(lambda _revision: {d.id: d for d in store.documents()})
        self._report = lru_cache(maxsize=_KEPT_REPORTS)(lambda _revision, ident: store.report(ident))
        self._checks = lru_cache(maxsize=_KEPT_REPORTS)(lambda _revision, ident: self.changes.checks(ident))

    @classmethod
    def open(cls, folder: Path | str) -> Self:
        """A service over the store in a folder, whose heavy work runs in processes of their own.

        Raises StoreError when it cannot be opened.
        """
        from index.sqlite_store import SqliteStore  # noqa: PLC0415 - the engine is chosen here

        path = Path(folder)
        return cls(SqliteStore(path), lambda: ShelfApart(path), ChangesApart(path))

    def ask(self, text: str, history: Sequence[str] = (), documents: Sequence[str] = ()) -> Answer:
        """Answer a question. history: earlier questions, oldest first; documents: ids to stay within, none for all.

        Raises NotLoadedError when one of them is gone, StoreError when the store cannot be read.
        """
        self._talks.note(text, history, documents)
        try:
            return self._asked(text, history, documents)
        except LostError:  # its process was killed: another one takes over
            return self._asked(text, history, documents)

    def documents(self) -> tuple[Document, ...]:
        """The loaded documents, by file name."""
        return tuple(self._documents(self.revision()).values())

    def report(self, document_id: str) -> Report:
        """A loaded report; kept in memory for a while. Raises NotLoadedError."""
        return self._report(self.revision(), document_id)

    def examples(self, documents: Sequence[str] = ()) -> tuple[str, ...]:
        """See `ui.chat.examples`."""
        self.catch_up()
        try:
            return self._latest().shelf.examples(documents)
        except LostError:
            return ()

    def audit(self, document_id: str) -> Counts | None:
        """How the checks of a report end; None when they fail or it is gone."""
        try:
            kept = kept_audit(self.store, document_id)
            return self.changes.audit(document_id) if kept is None else kept
        except (ConstaIndexError, LostError):  # removed meanwhile, or a store that is only read
            return None

    def checks(self, document_id: str) -> tuple[Check, ...]:
        """The checks of a report, those that do not hold first; kept in memory for a while. Raises NotLoadedError."""
        return self._checks(self.revision(), document_id)

    def edit(self, document_id: str, changes: Mapping[str, EditValue]) -> None:
        """Correct a report, see `Store.edit`."""
        self.changes.edit(document_id, changes)

    def remove(self, document_id: str) -> None:
        """Remove a report. Nobody is answered from it any more when this returns."""
        self.changes.remove(document_id)

    def revision(self) -> int:
        """Grows when a report is added, removed or corrected."""
        return self.store.revision()

    def catch_up(self) -> None:
        """Wait until answers know the reports as they stand; for whoever changed them. Raises StoreError."""
        while self._latest().shelf.revision < self.revision():
            self._newer().result()

    def prepare(self) -> None:
        """Begin to load the reports; returns at once."""
        self._newer()

    def warm_up(self) -> None:
        """Begin to load the reports and what questions about their text need; returns at once."""
        threading.Thread(target=self._warm_up, name="consta-warm-up", daemon=True).start()

    def narrative_ready(self) -> bool:
        """Whether a question about the text of the reports is answered without waiting for its index."""
        return self._kept is not None and self._kept.ready.is_set()

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
        """Let go of the store, and end the processes."""
        with self._lock:
            self._closed, shelves = True, self._shelves
        for shelf in tuple(shelves):
            shelf.close()
        self.changes.close()
        self.store.close()

    def _asked(self, text: str, history: Sequence[str], documents: Sequence[str]) -> Answer:
        """The answer of the shelf there is, where it still holds; else that of the next one.

        An answer that rests on nothing that was removed or corrected is as true as before. Any other waits: nobody is
        answered from what is gone. Where reports were only added, a refusal is not held back for long.
        """
        while True:
            shelf = self._latest().shelf
            if shelf.revision >= self.revision():
                return shelf.ask(text, history, documents)
            newer = self._newer()
            answer = self._of_before(shelf, text, history, documents)
            if answer is not None and answer.status is Status.ANSWERED:
                return answer
            try:
                newer.result(timeout=None if answer is None else _PATIENCE)
            except TimeoutError:
                assert answer is not None
                return answer

    def _of_before(self, shelf: Shelf, text: str, history: Sequence[str], documents: Sequence[str]) -> Answer | None:
        """What a shelf answers while the next one is made; None where it no longer holds, or may not."""
        try:
            answer = shelf.ask(text, history, documents)
        except NotLoadedError:  # one of them was just added
            return None
        told = answer.status is Status.ANSWERED
        rests_on = {c.document for c in answer.citations} if told else shelf.documents.keys()
        return answer if self._stand(shelf, rests_on) else None

    def _recall(self, shelf: Shelf) -> None:
        """Tell a shelf the conversations under way: without them each one's next answer would wait until all that it
        leans on is found anew.
        """
        until = time.monotonic() + _RECALL_SECONDS
        told: set[Talk] = set()
        for _ in range(_RECALLS):  # what was asked while the others were told is less each time
            for history, documents in self._talks.recent(told):
                if time.monotonic() > until:
                    return
                told.add((history, documents))
                try:
                    shelf.ask(_NEXT, history, documents)
                except Exception as error:  # noqa: BLE001 - as below: the conversation will tell it itself
                    self.incident(error, "recalling a conversation")

    def _stand(self, shelf: Shelf, idents: Iterable[str]) -> bool:
        """Whether reports of a shelf are in the store as they were."""
        now = self._documents(self.revision())
        return all(now.get(ident) == shelf.documents[ident] for ident in idents)

    def _latest(self) -> _Kept:
        """The shelf there is; waits only for the first one."""
        kept = self._kept
        return kept if kept is not None and kept.shelf.alive else self._newer().result()

    def _newer(self) -> Future[_Kept]:
        """The shelf that is being made; begins to make one when none is."""
        with self._lock:
            if self._making is None or self._making.done():
                self._making = Future()
                threading.Thread(target=self._make, args=(self._making,), name="consta-shelf", daemon=True).start()
            return self._making

    def _make(self, making: Future[_Kept]) -> None:
        """Make a shelf and put it in the place of the one there is, as warm as that one was."""
        before = self._kept
        try:
            made = _Kept(shelf=self._make_shelf())
            if before is not None and before.ready.is_set():
                self._warm(made)
            if before is not None and self._stand(before.shelf, before.shelf.documents):  # else some wait for it
                self._recall(made.shelf)
        except BaseException as error:  # noqa: BLE001 - told to all who wait
            making.set_exception(error)
            return
        with self._lock:
            closed = self._closed
            if not closed:
                self._kept = made
                self._shelves.append(made.shelf)
        making.set_result(made)
        if closed:
            made.shelf.close()
        elif before is not None:
            self._close_later(before.shelf)

    def _close_later(self, shelf: Shelf) -> None:
        def close() -> None:
            shelf.close()
            with self._lock:
                self._shelves.remove(shelf)

        timer = threading.Timer(_LINGERS, close)
        timer.daemon = True
        timer.start()

    def _warm_up(self) -> None:
        try:
            while True:
                kept = self._latest()
                self._warm(kept)
                if kept is self._kept:  # else another took its place meanwhile
                    return
        except Exception as error:  # noqa: BLE001 - outermost edge of a thread: logged, and the question will tell
            self.incident(error, "loading the reports")

    def _warm(self, kept: _Kept) -> None:
        try:
            kept.shelf.warm()
            kept.ready.set()
        except Exception as error:  # noqa: BLE001 - as above
            if not self._closed:
                self.incident(error, "building the narrative index")
