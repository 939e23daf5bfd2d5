"""One header printed again beside itself: each copy heads a table of its own, as a newspaper sets a long list."""

from __future__ import annotations

from dataclasses import replace

from index.pdf.drafts import Draft, compact
from index.pdf.lines import text_of
from index.pdf.marks import is_value
from index.text import fold


def parted(draft: Draft) -> list[Draft]:
    """The tables of a draft from left to right; the draft itself when its header does not repeat."""
    wide = _period(draft)
    if wide is None:
        return [draft]
    found = []
    for first in range(0, draft.columns, wide):
        cells = [replace(c, column=c.column - first) for c in draft.cells if first <= c.column < first + wide]
        edges = draft.edges[first : first + wide + 1]
        part = Draft(
            page=draft.page,
            edges=edges,
            cells=cells,
            header_rows=draft.header_rows,
            ruled=draft.ruled,
            caption=draft.caption,
            notes=draft.notes if first == 0 else [],
            lost=draft.lost if first == 0 else [],
            beside=first > 0,
        )
        found.append(compact(part, columns=False))
    return found


def _period(draft: Draft) -> int | None:
    """How many columns a copy of the header has: labels first, then figures; None when it is printed once."""
    labels = [draft.row_text(r) for r in range(draft.header_rows)]
    leaf = [next((fold(row[c]) for row in reversed(labels) if row[c]), "") for c in range(draft.columns)]
    if not all(leaf):
        return None
    for wide in range(2, draft.columns // 2 + 1):
        copies = range(0, draft.columns, wide)
        if draft.columns % wide or any(leaf[c : c + wide] != leaf[:wide] for c in copies):
            continue
        crossing = any(c.column // wide != (c.column + c.columns - 1) // wide for c in draft.cells)
        if not crossing and all(
            _labels(draft, c) and any(_figures(draft, c + i) for i in range(1, wide)) for c in copies
        ):
            return wide
    return None


def _values(draft: Draft, column: int) -> list[bool]:
    body = [c for c in draft.cells if c.column == column and c.row >= draft.header_rows and c.words]
    return [is_value(text_of(c.words).replace(" ", "")) for c in body]


def _labels(draft: Draft, column: int) -> bool:
    values = _values(draft, column)
    return len(values) > 1 and sum(values) * 2 < len(values)


def _figures(draft: Draft, column: int) -> bool:
    values = _values(draft, column)
    return len(values) > 1 and sum(values) * 2 > len(values)
