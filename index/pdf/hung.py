"""Headings printed at the foot of the band above the rows they head: they become rows of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.pdf.drafts import DraftCell
from index.pdf.lines import levels, text_of
from index.pdf.marks import is_value
from index.pdf.values import Word

_FEWEST = 3  # bands of a table that must show it: one alone may be a label with a loose second line
_LOOSE = 1.3  # times the distance of wrapped lines
_LEADING = 1.2  # of the font size: that distance when no label of the table is wrapped


def unhang(cells: Sequence[DraftCell]) -> list[DraftCell]:
    """The cells with each hung heading in a row under the one it was printed in; unchanged when few bands hang."""
    labels = {c.row: c for c in cells if c.column == 0 and c.rows == c.columns == 1}
    tight = _leading([levels(c.words) for c in labels.values()])
    tails: dict[int, list[Word]] = {}
    for row, label in labels.items():
        figures = [c for c in cells if c.row == row and c.column]
        tail = _tail(levels(label.words), figures, tight)
        if tail:
            tails[row] = tail
    if len(tails) < _FEWEST or any(c.rows > 1 for c in cells):
        return list(cells)
    found: list[DraftCell] = []
    for cell in cells:
        tail = tails.get(cell.row, []) if cell.column == 0 else []
        cell.row += sum(row < cell.row for row in tails)
        if tail:
            hung = {id(w) for w in tail}
            cell.words = [w for w in cell.words if id(w) not in hung]
            found.append(DraftCell(row=cell.row + 1, column=0, words=tail))
        found.append(cell)
    return sorted(found, key=lambda c: (c.row, c.column))


def _leading(labels: Sequence[list[list[Word]]]) -> float:
    steps = sorted(b[0].middle - a[0].middle for lines in labels for a, b in pairwise(lines))
    size = max((w.size for lines in labels for line in lines for w in line), default=0.0)
    return min([*steps, _LEADING * size], default=0.0)


def _tail(lines: list[list[Word]], figures: Sequence[DraftCell], tight: float) -> list[Word]:
    """The lines under the last loose gap of a label whose figures all stand above it."""
    loose = [i for i, (a, b) in enumerate(pairwise(lines), start=1) if b[0].middle - a[0].middle > _LOOSE * tight]
    if not loose or len(figures) < 2 or not all(is_value(text_of(c.words)) for c in figures):
        return []
    tail = [w for line in lines[loose[-1] :] for w in line]
    top = min(w.top for w in tail)
    return tail if all(w.bottom < top + 1 for c in figures for w in c.words) else []
