"""What changes the store: files that are loaded, corrections, removals; here, or in a process of its own."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from index.at_load import keep_derived
from index.corrections import EditValue
from index.errors import ReadError
from index.ingest import OnPage, Outcome, Status, load
from index.model import Report
from index.readers.guard import check_file
from index.store import Store
from tools.reconcile import Check, CheckStatus, reconcile_report
from ui.audit_view import counts
from ui.chat.apart import Apart, LostError

Counts = Mapping[str, int]
"""How many checks of a report ended how, by `CheckStatus` value."""

_AUDIT, _AUDIT_VERSION = "audit-counts", "1"
_NICE = 10  # reading takes whole cores for minutes, and answers come first
_log = logging.getLogger(__name__)


class Changes(Protocol):
    """Changes of the store, each with what is kept beside a report: the list and the search need it soon after.

    Methods raise StoreError, NotLoadedError as the store does.
    """

    def load(self, path: Path, limit: int, told: OnPage) -> Outcome:
        """Load a file of at most `limit` bytes. told: the page that is read, and pages in all."""
        ...

    def edit(self, document_id: str, changes: Mapping[str, EditValue]) -> None:
        """See `Store.edit`."""
        ...

    def remove(self, document_id: str) -> None:
        """See `Store.remove`."""
        ...

    def audit(self, document_id: str) -> Counts | None:
        """How the checks of a report end, None when they fail; kept beside it, since a long report takes a while."""
        ...

    def checks(self, document_id: str) -> tuple[Check, ...]:
        """The checks of a report, those that do not hold first."""
        ...

    def close(self) -> None:
        """Let go of what it holds."""
        ...


class ChangesHere:
    """Changes in this process."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, folder: Path) -> ChangesHere:
        """Changes of the store in a folder. Raises StoreError."""
        from index.sqlite_store import SqliteStore  # noqa: PLC0415 - the engine is chosen here
        from ui.app import log_to  # noqa: PLC0415 - a process of its own has a log of its own

        log_to(folder)
        return cls(SqliteStore(folder))

    def load(self, path: Path, limit: int, told: OnPage) -> Outcome:
        try:
            check_file(path, limit=limit)  # asked first, because the limit of an upload is lower than that of a load
        except ReadError as error:
            return Outcome(path=path, status=Status.FAILED, message=str(error))
        (outcome,) = load([path], self._store, on_page=told)
        if outcome.document is not None:
            self.audit(outcome.document.id)
        return outcome

    def edit(self, document_id: str, changes: Mapping[str, EditValue]) -> None:
        self._store.edit(document_id, **changes)
        report = self._store.report(document_id)
        keep_derived(self._store, report)
        self._audited(report)

    def remove(self, document_id: str) -> None:
        self._store.remove(document_id)

    def audit(self, document_id: str) -> Counts | None:
        kept = kept_audit(self._store, document_id)
        return self._audited(self._store.report(document_id)) if kept is None else kept

    def checks(self, document_id: str) -> tuple[Check, ...]:
        order = list(CheckStatus)
        found = reconcile_report(self._store.report(document_id))
        return tuple(sorted(found, key=lambda c: order.index(c.status)))

    def close(self) -> None:
        """Nothing is held: the store is whoever's opened it."""

    def _audited(self, report: Report) -> Counts | None:
        try:
            made = counts(reconcile_report(report))
        except (ArithmeticError, LookupError, TypeError, ValueError):  # a defect of ours must not hide the list
            _log.exception("checking %s", report.document.file)
            return None
        data = json.dumps(made).encode()
        self._store.save_derived(_AUDIT, _AUDIT_VERSION, data, document=report.document.id)
        return made


class ChangesApart:
    """Changes in a process of its own, started at the first one; another one takes over where it is lost."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._apart: Apart | None = None
        self._lock = threading.Lock()

    def load(self, path: Path, limit: int, told: OnPage) -> Outcome:
        try:
            outcome: Outcome = self._process().call("load", path, limit, told=told).result()
        except LostError:
            message = (
                f"La carga de «{path.name}» se interrumpió y no se guardó nada de él: vuelva a subirlo. Si se repite, "
                "divídalo en partes."
            )
            return Outcome(path=path, status=Status.FAILED, message=message)
        return outcome

    def edit(self, document_id: str, changes: Mapping[str, EditValue]) -> None:
        self._process().call("edit", document_id, changes).result()

    def remove(self, document_id: str) -> None:
        self._process().call("remove", document_id).result()

    def audit(self, document_id: str) -> Counts | None:
        found: Counts | None = self._process().call("audit", document_id).result()
        return found

    def checks(self, document_id: str) -> tuple[Check, ...]:
        found: tuple[Check, ...] = self._process().call("checks", document_id).result()
        return found

    def close(self) -> None:
        if self._apart is not None:
            self._apart.end()

    def _process(self) -> Apart:
        with self._lock:
            if self._apart is None or not self._apart.alive:
                self._apart = Apart(ChangesHere.open, self._folder, nice=_NICE)
            return self._apart


def kept_audit(store: Store, document_id: str) -> Counts | None:
    """How the checks of a report end, as it is kept; None when it is not."""
    kept = store.derived(_AUDIT, _AUDIT_VERSION, document=document_id)
    if kept is None:
        return None
    found: dict[str, int] = json.loads(kept)
    return found
