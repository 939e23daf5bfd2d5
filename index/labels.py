"""Captions, headers and row labels of the tables by their meaning: what to suggest when nobody finds a row.

They are compared by our own model, whichever one the passages have: a question about figures must stay light. Nearness
is no reason to answer with a figure ("nacimientos" and "defunciones" have a cosine of 0.94): it serves to suggest.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from index.embedding import StaticEmbedder
from index.model import Report, RowKind
from index.text import fold
from index.vectors import Rows

if TYPE_CHECKING:
    from index.store import Store

NAME = "labels"
_FORM = 1  # of the arrays; another number makes every index forget what it kept


class LabelKind(StrEnum):
    """What of a table a text is."""

    ROW = "row"
    HEADER = "header"
    CAPTION = "caption"


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A text that names a part of a table. table: the name that people are told."""

    text: str
    kind: LabelKind
    table: str
    document: str


def labels_of(report: Report) -> tuple[Label, ...]:
    """The labels of a report in reading order, each text of a table once."""
    found: dict[tuple[str, str], Label] = {}
    for table in report.tables:
        texts = [(table.caption, LabelKind.CAPTION)]
        texts += [(column.header, LabelKind.HEADER) for column in table.columns]
        texts += [(row.label, LabelKind.ROW) for row in table.rows if row.kind is not RowKind.TOTAL]
        for text, kind in texts:
            label = Label(text=text.strip(), kind=kind, table=table.name, document=report.document.id)
            if any(c.isalpha() for c in text):
                found.setdefault((table.id, fold(text)), label)
    return tuple(found.values())


class Labels:
    """All labels of some reports, and their vectors."""

    def __init__(self, labels: Sequence[Label], rows: Rows) -> None:
        self._labels = labels
        self._rows = rows

    def __len__(self) -> int:
        return len(self._labels)

    def nearest(
        self, text: str, *, k: int = 3, kind: LabelKind | None = None, documents: frozenset[str] | None = None
    ) -> list[tuple[Label, float]]:
        """The k labels nearest to a text with their cosines, best first, no text twice."""
        if not self._labels:
            return []
        cosines = self._rows.cosines(StaticEmbedder().queries([text])[0])
        found: dict[str, tuple[Label, float]] = {}
        for place in np.argsort(-cosines, kind="stable"):
            label = self._labels[int(place)]
            admitted = (documents is None or label.document in documents) and kind in {None, label.kind}
            if admitted:
                found.setdefault(fold(label.text), (label, round(float(cosines[place]), 4)))
            if len(found) == k:
                break
        return list(found.values())


def open_labels(reports: Iterable[Report], *, store: Store | None = None) -> Labels:
    """The labels of some reports, in their order; what the store keeps is not made again."""
    labels: list[Label] = []
    rows: list[Rows] = []
    for report in reports:
        own = labels_of(report)
        labels.extend(own)
        rows.append(label_rows(own, store, report.document.id))
    if not rows:
        return Labels((), Rows.of(np.zeros((0, StaticEmbedder().dimensions), dtype=np.float32)))
    joined = Rows(numbers=np.concatenate([r.numbers for r in rows]), scales=np.concatenate([r.scales for r in rows]))
    return Labels(labels, joined)


def label_rows(labels: Sequence[Label], store: Store | None, document: str) -> Rows:
    """The vectors of the labels of one report: those kept in the store, or made now and kept."""
    version = f"{_FORM}:{StaticEmbedder().id}"
    kept = store.derived(NAME, version, document=document) if store is not None else None
    if kept is not None:
        with np.load(io.BytesIO(kept), allow_pickle=False) as data:
            found = Rows(numbers=data["numbers"], scales=data["scales"])
        if len(found.scales) == len(labels):
            return found
    made = Rows.of(StaticEmbedder().passages([label.text for label in labels]))
    if store is not None:
        out = io.BytesIO()
        np.savez(out, allow_pickle=False, numbers=made.numbers, scales=made.scales)
        store.save_derived(NAME, version, out.getvalue(), document=document)
    return made
