"""Rows printed on two levels, the label above and its figures beneath it: put on one level before they are typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from index.blocks import RawTable
from index.tables.grid import Grid, has_letters, is_number, worth

_TOLERANCE = Decimal("0.05")


def leveled(raw: RawTable, grid: Grid, body: Sequence[int]) -> RawTable | None:
    """The table with each such pair as one row, each cell with its own place on the page; None when it has none.

    A pair is a row with a label and nothing else, and right beneath it a row with figures and no label. Where any row
    of figures without a label stands elsewhere, blanks mean something else, and nothing is moved.
    """
    label = _label_column(grid, body)
    if label is None:
        return None
    bare = [row for row in body if _is_bare(grid, row, label)]
    pairs = {low: high for high, low in pairwise(body) if low in bare and _is_lone(grid, high, label)}
    if not bare or len(pairs) != len(bare) or _sums(grid, body, bare):
        return None
    rows = sorted({c.row for c in raw.cells if c.text.strip()})  # the grid leaves blank rows out
    moved = {rows[low]: rows[high] for low, high in pairs.items()}
    cells = tuple(replace(c, row=moved[c.row]) if c.row in moved and c.text.strip() else c for c in raw.cells)
    return replace(raw, cells=tuple(c for c in cells if c.text.strip() or c.row not in moved.values()))


def _label_column(grid: Grid, body: Sequence[int]) -> int | None:
    """The column with most texts of letters, the first of equals."""
    texts = Counter(c for row in body for c in range(grid.columns) if has_letters(grid.text(row, c)))
    return min(texts, key=lambda c: (-texts[c], c)) if texts else None


def _is_lone(grid: Grid, row: int, label: int) -> bool:
    """A label, perhaps after a code; cells that span rows tie them already."""
    columns = [c for c in range(grid.columns) if grid.text(row, c)]
    reach = any(c.rows > 1 for c in grid.filled[row])
    return columns[-1:] == [label] and len(columns) < 3 and not reach and has_letters(grid.text(row, label))


def _is_bare(grid: Grid, row: int, label: int) -> bool:
    """Figures right of a blank place for a label."""
    cells = grid.filled[row]
    covered = any((c := grid.covered(row, column)) and c.text.strip() for column in range(label + 1))
    return bool(cells) and not covered and any(map(is_number, cells))


def _sums(grid: Grid, body: Sequence[int], bare: Sequence[int]) -> bool:
    """Whether the only bare row is the last one and sums the rows above it: a total without a name."""
    if len(bare) != 1 or bare[0] != body[-1]:
        return False
    for column in range(grid.columns):
        cell = grid.anchors.get((bare[0], column))
        total = worth(cell).value if cell else None
        above = [worth(c).value for row in body[:-1] if (c := grid.anchors.get((row, column))) is not None]
        known = [v for v in above if v is not None]
        if total and len(known) > 1 and abs(sum(known) - total) <= _TOLERANCE:
            return True
    return False
