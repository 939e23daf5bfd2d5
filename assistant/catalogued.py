"""A store with what answers need of it: its reports, their catalogue, and, once they are asked for, passages and labels."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.routes import Library
from tools.catalogue import Catalogue
from tools.cataloguing import build

if TYPE_CHECKING:
    from index.labels import Labels
    from index.meaning import Meaning
    from index.model import Report
    from index.search import PassageIndex
    from index.store import Store


class CataloguedStore:
    """What was read of a store at one revision. Threads share it for reading; `refresh` reads a store that changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reports: tuple[Report, ...] = ()
        self._passages: PassageIndex | None = None
        self._labels: Labels | None = None
        self._building = threading.Lock()
        self.revision = -1
        self.catalogue = Catalogue()
        self.holdings = self._shelved()

    def refresh(self) -> None:
        """Read the store where it is not as it was read. Raises StoreError."""
        revision = self._store.revision()
        if revision == self.revision:
            return
        with _uncollected():
            self._reports = tuple(self._store.reports())
            self.catalogue = build(self._reports)
        self._passages = None
        self._labels = None
        self.holdings = self._shelved()
        self.revision = revision
        gc.freeze()  # what was read stays: the collector, walking it anew, held an answer up for 100 ms and more

    @property
    def labels(self) -> Labels:
        """The labels of the tables by their meaning, made when first needed."""
        with self._building:
            if self._labels is None:
                from index.labels import open_labels  # noqa: PLC0415 - only a row that nobody finds needs it

                self._labels = open_labels(self._reports, store=self._store)
            return self._labels

    @property
    def passages(self) -> PassageIndex:
        """The narrative index, built when first needed."""
        with self._building:  # one thread builds, the others wait for it
            if self._passages is None:
                self._passages = self._indexed()
                gc.freeze()  # as above
            return self._passages

    def _shelved(self) -> Library:
        return Library(
            catalogue=self.catalogue,
            reports=self._reports,
            passages=lambda: self.passages,
            labels=lambda: self.labels,
        )

    def _indexed(self) -> PassageIndex:
        from index.bm25 import MANY  # noqa: PLC0415 - a figure question does not need it
        from index.search import PassageIndex  # noqa: PLC0415 - only a question about prose searches passages

        found = None
        if sum(len(report.chunks) for report in self._reports) >= MANY:
            from index.kept import open_prose  # noqa: PLC0415 - loads numpy: small stores do without

            reports = {report.document.id: report for report in self._reports}
            documents = [report.document for report in reports.values()]
            found = open_prose(self._store, documents, reports.__getitem__, meaning=self._meaning)
        return found or PassageIndex.build(self._reports, meaning=self._meaning)

    def _meaning(self, index: PassageIndex) -> Meaning:
        from index.embedding_choice import chosen_embedder  # noqa: PLC0415 - only for a question about prose
        from index.meaning import open_meaning  # noqa: PLC0415 - only for a question about prose

        return open_meaning(index, embedder=chosen_embedder(), store=self._store)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector, while much is made that stays: walking it over and over took a third of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
