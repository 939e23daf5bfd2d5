"""A store in memory: the deterministic fake of the seam, for tests and for trying things out."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping

from index.corrections import EditValue, correct, keep_corrections
from index.errors import NotLoadedError, StoreError
from index.model import Document, Report
from index.store import Sizes, check_whole, document_order


class MemoryStore:
    """Implements `Store`; gone with the process."""

    def __init__(self) -> None:
        self._reports: dict[str, Report] = {}
        self._originals: dict[str, bytes] = {}
        self._derived: dict[tuple[str, str | None], tuple[str, bytes]] = {}
        self._revision = 0
        self._lock = threading.RLock()
        self._open = True

    def add(self, report: Report, *, replaces: str | None = None, original: bytes | None = None) -> None:
        check_whole(report)
        with self._lock:
            self._check_open()
            before = self._reports.get(report.document.id)
            if before is not None:
                report = keep_corrections(report, before.document)
            if replaces is not None:
                self._forget(replaces)
                self._originals.pop(replaces, None)
            self._forget(report.document.id)
            self._reports[report.document.id] = report
            if original is not None:
                self._originals[report.document.id] = bytes(original)
            self._revision += 1

    def original(self, document_id: str) -> bytes | None:
        with self._lock:
            self._check_open()
            return self._originals.get(document_id)

    def documents(self) -> tuple[Document, ...]:
        with self._lock:
            self._check_open()
            return tuple(sorted((r.document for r in self._reports.values()), key=document_order))

    def report(self, document_id: str) -> Report:
        with self._lock:
            self._check_open()
            return self._known(document_id)

    def reports(self) -> Iterator[Report]:
        with self._lock:
            found = [self._reports[document.id] for document in self.documents()]
        yield from found

    def sizes(self) -> Mapping[str, Sizes]:
        return {
            r.document.id: Sizes(tables=len(r.tables), rows=sum(len(t.rows) for t in r.tables), chunks=len(r.chunks))
            for r in self.reports()
        }

    def remove(self, document_id: str) -> None:
        with self._lock:
            self._check_open()
            self._known(document_id)
            self._forget(document_id)
            self._originals.pop(document_id, None)
            self._revision += 1

    def edit(self, document_id: str, **changes: EditValue) -> Document:
        with self._lock:
            self._check_open()
            report = correct(self._known(document_id), changes)
            self._forget(document_id)
            self._reports[document_id] = report
            self._revision += 1
            return report.document

    def revision(self) -> int:
        self._check_open()
        return self._revision

    def derived(self, name: str, version: str, *, document: str | None = None) -> bytes | None:
        with self._lock:
            self._check_open()
            kept_version, data = self._derived.get((name, document), ("", b""))
            return data if kept_version == version and (name, document) in self._derived else None

    def save_derived(self, name: str, version: str, data: bytes, *, document: str | None = None) -> None:
        with self._lock:
            self._check_open()
            if document is None or document in self._reports:
                self._derived[name, document] = (version, bytes(data))

    def cache_folder(self) -> None:
        return None

    def close(self) -> None:
        self._open = False

    def _check_open(self) -> None:
        if not self._open:
            raise StoreError("El almacén ya está cerrado.")

    def _known(self, document_id: str) -> Report:
        try:
            return self._reports[document_id]
        except KeyError:
            raise NotLoadedError(f"No hay ningún documento cargado con el identificador «{document_id}».") from None

    def _forget(self, document_id: str) -> None:
        self._reports.pop(document_id, None)
        for key in [key for key in self._derived if key[1] == document_id]:
            del self._derived[key]
