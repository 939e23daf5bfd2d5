"""Where loaded reports live: the interface that every engine implements, and the rules that all of them share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.corrections import EditValue
from index.model import Document, Report


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """How much was read from one document."""

    tables: int = 0
    rows: int = 0
    chunks: int = 0


class Store(Protocol):
    """Reports, kept whole. Every change is one transaction: seen entirely or not at all, by every process.

    Methods raise StoreError when the store cannot be used, NotLoadedError when a document id is not in it. Many
    threads and processes may read while one writes; writers wait for each other.
    """

    def add(self, report: Report, *, replaces: str | None = None, original: bytes | None = None) -> None:
        """Keep a report and the bytes of the file it was read from. When this returns, both survive a kill.

        A report with the same id is replaced, keeping what a person had edited. `replaces` names an older version
        that disappears in the same transaction; nothing happens when it is already gone. Without `original`, bytes
        kept before under the same id stay.
        """
        ...

    def original(self, document_id: str) -> bytes | None:
        """The bytes of the file of a document, to show its pages; None when none were kept or it is not loaded."""
        ...

    def documents(self) -> tuple[Document, ...]:
        """All documents by file name, then id: the order does not depend on when they were loaded."""
        ...

    def report(self, document_id: str) -> Report:
        """One report, equal to what was added but for what was corrected since."""
        ...

    def reports(self) -> Iterator[Report]:
        """All reports as they stand at the first step, in the order of `documents`, one at a time."""
        ...

    def sizes(self) -> Mapping[str, Sizes]:
        """Counts by document id, without reading the reports."""
        ...

    def remove(self, document_id: str) -> None:
        """Forget a document and everything that came from it, edits included."""
        ...

    def edit(self, document_id: str, **changes: EditValue) -> Document:
        """Correct fields (`corrections.EDITABLE`); None says unknown. Returns the document as it is now."""
        ...

    def revision(self) -> int:
        """Grows with every add, remove and edit, by whatever process; caches watch it."""
        ...

    def derived(self, name: str, version: str, *, document: str | None = None) -> bytes | None:
        """What `save_derived` kept under the same name and version, None when there is nothing or another version.

        Structures over the whole store put the revision they were built from in `version`. Those of one `document`
        vanish with any change to it.
        """
        ...

    def save_derived(self, name: str, version: str, data: bytes, *, document: str | None = None) -> None:
        """Keep something that can be rebuilt, in place of any other version. Does not touch the revision.

        Nothing is kept when the document is gone.
        """
        ...

    def cache_folder(self) -> Path | None:
        """Where large structures that can be rebuilt may lie as files; None when the store has no folder."""
        ...

    def close(self) -> None:
        """Let go of files and connections; may be called twice."""
        ...


def check_whole(report: Report) -> None:
    """Raise ValueError when a table or chunk names another document, or two share an id: stores rely on it."""
    for parts in (report.tables, report.chunks):
        if any(part.document != report.document.id for part in parts):
            msg = "a part of the report belongs to another document"
            raise ValueError(msg)
        if len({part.id for part in parts}) != len(parts):
            msg = "two parts of the report share an id"
            raise ValueError(msg)


def document_order(document: Document) -> tuple[str, str]:
    """Sort key of `Store.documents`."""
    return document.file, document.id
