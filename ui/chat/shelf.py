"""An assistant over the reports as they stood at one revision of the store: here, or in a process of its own."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from assistant.model import Answer
from index.corrections import EditValue
from index.model import Document, Report
from index.store import Sizes, Store
from ui.chat.apart import Apart
from ui.chat.examples import examples

_FIRST = (
    "¿Qué dice de la xilofonería?",
    "¿Cuánto ejecutó Xilofonía del Norte en junio de 2023?",
    "porcentaje de ejecución del total",
)
"""Questions that go all the ways: what is loaded when it is first needed (the words of Spanish, patterns) is there."""


class Shelf(Protocol):
    """Answers from the reports that stood in the store when it was made. Safe to share between threads."""

    @property
    def revision(self) -> int:
        """Of the store when it was made."""
        ...

    @property
    def documents(self) -> Mapping[str, Document]:
        """What it answers from, by id."""
        ...

    @property
    def alive(self) -> bool:
        """Whether it can still be asked."""
        ...

    def ask(self, text: str, history: Sequence[str], documents: Sequence[str]) -> Answer:
        """See `Assistant.ask`."""
        ...

    def examples(self, documents: Sequence[str]) -> tuple[str, ...]:
        """See `ui.chat.examples`."""
        ...

    def warm(self) -> None:
        """Make what questions about the text need; returns when it is made."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


class ShelfHere:
    """A shelf in this process."""

    alive = True

    def __init__(self, store: Store, reading: Store | None = None) -> None:
        """Reads all reports. reading: the same store opened once more, so that nobody waits for that."""
        from assistant.assistant import Assistant  # noqa: PLC0415 - heavy, and a server does without it

        reading = reading or store
        self._pinned = _Pinned(store, reading.revision(), reading.reports())
        self._assistant = Assistant(self._pinned)
        self._assistant.prepare()

    @classmethod
    def open(cls, folder: Path) -> ShelfHere:
        """A shelf over the store in a folder. Raises StoreError."""
        from index.sqlite_store import SqliteStore  # noqa: PLC0415 - the engine is chosen here
        from ui.app import log_to  # noqa: PLC0415 - a process of its own has a log of its own

        log_to(folder)
        return cls(SqliteStore(folder))

    @property
    def revision(self) -> int:
        return self._pinned.revision()

    @property
    def documents(self) -> Mapping[str, Document]:
        return {document.id: document for document in self._pinned.documents()}

    def state(self) -> tuple[int, Mapping[str, Document]]:
        """Revision and documents."""
        return self.revision, self.documents

    def ask(self, text: str, history: Sequence[str], documents: Sequence[str]) -> Answer:
        return self._assistant.ask(text, history=history, documents=documents)

    def examples(self, documents: Sequence[str]) -> tuple[str, ...]:
        return examples(self._assistant.ask, self._pinned.reports(), documents)

    def warm(self) -> None:
        self._assistant.passages  # noqa: B018 - built by being read
        for question in _FIRST:
            self._assistant.ask(question)
        gc.freeze()  # it stays: the collector need not walk it again and again

    def close(self) -> None:
        """Nothing is held: the store is whoever's opened it."""


class ShelfApart:
    """A shelf in a process of its own: what it builds makes nobody wait here."""

    def __init__(self, folder: Path) -> None:
        """Returns when its reports are read. Raises StoreError, LostError."""
        self._apart = Apart(ShelfHere.open, folder)
        try:
            self.revision, self.documents = self._apart.call("state").result()
        except BaseException:
            self._apart.end()
            raise

    @property
    def alive(self) -> bool:
        return self._apart.alive

    def ask(self, text: str, history: Sequence[str], documents: Sequence[str]) -> Answer:
        answer: Answer = self._apart.call("ask", text, tuple(history), tuple(documents)).result()
        return answer

    def examples(self, documents: Sequence[str]) -> tuple[str, ...]:
        found: tuple[str, ...] = self._apart.call("examples", tuple(documents)).result()
        return found

    def warm(self) -> None:
        self._apart.call("warm").result()

    def close(self) -> None:
        self._apart.end()


class _Pinned:
    """A store as it stood at one revision: an assistant over it never reloads in the middle of an answer."""

    def __init__(self, store: Store, revision: int, reports: Iterable[Report]) -> None:
        self._store = store
        self._revision = revision
        self._reports = {report.document.id: report for report in reports}

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
