"""An assistant over the reports as they stood at one revision of the store, and what it needs to take over."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from index.corrections import EditValue
from index.model import Document, Report
from index.store import Sizes, Store
from ui.chat.loading import loading
from ui.chat.talks import Talk, Talks

if TYPE_CHECKING:
    from assistant.assistant import Assistant

_RECALLING = 20.0  # seconds that conversations under way are recalled before a shelf takes over


class Pinned:
    """A store as it stood at one revision: an assistant over it never reloads in the middle of an answer."""

    def __init__(self, store: Store, revision: int, reports: Iterable[Report]) -> None:
        self._store = store
        self._revision = revision
        self._reports = {report.document.id: report for report in reports}

    def __contains__(self, document_id: str) -> bool:
        return document_id in self._reports

    def documents(self) -> tuple[Document, ...]:
        return tuple(report.document for report in self._reports.values())

    def reports(self) -> Iterator[Report]:
        yield from self._reports.values()

    def report(self, document_id: str) -> Report:
        return self._reports[document_id] if document_id in self._reports else self._store.report(document_id)

    def revision(self) -> int:
        return self._revision

    def sizes(self) -> Mapping[str, Sizes]:
        return self._store.sizes()

    def original(self, document_id: str) -> bytes | None:
        return self._store.original(document_id)

    def derived(self, name: str, version: str, *, document: str | None = None) -> bytes | None:
        return self._store.derived(name, version, document=document)

    def save_derived(self, name: str, version: str, data: bytes, *, document: str | None = None) -> None:
        self._store.save_derived(name, version, data, document=document)

    def cache_folder(self) -> Path | None:
        return self._store.cache_folder()

    def add(self, report: Report, *, replaces: str | None = None, original: bytes | None = None) -> None:
        raise NotImplementedError

    def remove(self, document_id: str) -> None:
        raise NotImplementedError

    def edit(self, document_id: str, **changes: EditValue) -> Document:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is held here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """An assistant and the reports it knows. ready: set once its narrative index is built."""

    assistant: Assistant
    store: Pinned
    ready: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def read(cls, store: Store, reading: Store) -> Shelf:
        """A shelf over all reports, read now. reading: the same store opened once more, so that nobody waits for that."""
        return cls._over(Pinned(store, reading.revision(), reading.reports()))

    def without(self, document_id: str, revision: int) -> Shelf:
        """A shelf over the other reports, which are not read anew. revision: of the store once that one is removed."""
        rest = (report for report in self.store.reports() if report.document.id != document_id)
        return self._over(Pinned(self.store, revision, rest))

    @classmethod
    def _over(cls, store: Pinned) -> Shelf:
        with loading():
            from assistant.assistant import Assistant  # noqa: PLC0415 - takes a second, in which the page is served

        made = cls(assistant=Assistant(store), store=store)
        made.assistant.prepare()
        return made

    @property
    def revision(self) -> int:
        """Of the store when its reports were read."""
        return self.store.revision()

    def warm(self) -> None:
        """Build the narrative index."""
        self.assistant.passages  # noqa: B018 - built by being read
        self.ready.set()

    def recall(self, talks: Talks, enough: Callable[[], bool]) -> None:
        """Find what the next question of each conversation leans on: otherwise all who talk would wait for it at once.

        enough: asked before each of them; whether to leave it at that.
        """
        known: set[Talk] = set()
        until = time.monotonic() + _RECALLING
        while (waiting := talks.recent(known)) and time.monotonic() < until and not enough():
            questions, documents = talk = waiting[0]
            known.add(talk)
            if all(document in self.store for document in documents):
                self.assistant.ask(questions[-1], history=questions, documents=documents)
