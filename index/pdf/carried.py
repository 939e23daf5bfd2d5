"""Rows on top of a page that end the table of the page before: a total alone, too little to be a table by itself."""

from __future__ import annotations

from collections.abc import Sequence

from index.pdf.columns import column_of
from index.pdf.drafts import Draft, draft_of
from index.pdf.lines import Line, lines_of, text_of
from index.pdf.marks import is_value
from index.pdf.regions import number_line
from index.pdf.rows import make_rows
from index.pdf.values import Word

_FILLED = 0.6  # share of the columns of figures that each line must fill
_MOST = 3  # lines: more are found as a table
_SLACK = 6.0  # points by which a figure may reach over the edge of its column


def carried_rows(before: Draft, words: Sequence[Word], page: int, above: float) -> Draft | None:
    """The lines on top of a page whose figures stand in the columns of `before`, as a part without a header.

    words: those in no table; above: where the first table of the page begins. None when the first line does not fit.
    """
    figures = _figure_columns(before)
    lines = lines_of([w for w in words if w.bottom < above], before.edges[1:-1])
    kept: list[Line] = []
    for line in lines[: _MOST + 1]:
        if not _fits(line, before.edges, figures) or (kept and line.top - kept[-1].bottom > 2 * line.size):
            break
        kept.append(line)
    if not kept or len(kept) > _MOST:
        return None
    rows = make_rows(
        [w for line in kept for w in line.words], before.edges, [c in figures for c in range(before.columns)]
    )
    return draft_of(page, before.edges, (), 0, rows)


def _figure_columns(draft: Draft) -> set[int]:
    found = set()
    for column in range(draft.columns):
        held = [c for c in draft.cells if c.column == column and c.columns == 1 and c.row >= draft.header_rows]
        values = sum(is_value(text_of(c.words).replace(" ", "")) for c in held)
        if values and values * 2 > len(held):
            found.add(column)
    return found


def _fits(line: Line, edges: Sequence[float], figures: set[int]) -> bool:
    """A label, and figures each in its own column."""
    if not number_line(line) or line.chunks[0].value:
        return False
    places = [(column_of(c, edges), c) for c in line.chunks]
    if any(c.x0 < edges[i] - _SLACK or c.x1 > edges[i + 1] + _SLACK for i, c in places if c.value):
        return False
    held = [i for i, c in places if c.value]
    texts = [i for i, c in places if not c.value]
    return (
        len(held) == len(set(held))
        and set(held) <= figures
        and len(held) >= max(1, _FILLED * len(figures))
        and not set(texts) & figures
    )
