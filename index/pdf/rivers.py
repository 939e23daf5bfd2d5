"""Columns that a net of rulings leaves undivided though every row prints several figures in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.pdf.lattice import Grid, GridCell
from index.pdf.lines import Chunk, chunks_of, levels
from index.pdf.values import Word

_FEWEST = 3  # lines that must agree
_WIDE = 0.8  # of the font size: two figures of one cell stand closer


def with_rivers(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid with an edge in each white river that all lines of a column leave between their figures."""
    xs: list[float] = [grid.xs[0]]
    starts = [0]
    for left, right in pairwise(grid.xs):
        inner = [w for w in words if left - 1 <= w.centre <= right + 1 and grid.ys[0] <= w.middle <= grid.ys[-1]]
        xs.extend([*_rivers(inner), right])
        starts.append(len(xs) - 1)
    if len(xs) == len(grid.xs):
        return grid
    cells = tuple(
        GridCell(
            row=c.row, column=starts[c.column], rows=c.rows, columns=starts[c.column + c.columns] - starts[c.column]
        )
        for c in grid.cells
    )
    return Grid(xs=tuple(xs), ys=grid.ys, cells=cells)


def undivided(grid: Grid, words: Sequence[Word]) -> bool:
    """Whether the net only rules the labels off: what stands right of them prints several figures a line, far apart."""
    if len(grid.xs) != 3:
        return False
    lines = [chunks_of(level) for level in levels([w for w in words if w.centre > grid.xs[1]])]
    apart = [
        line
        for line in lines
        if any(a.value and b.value and b.x0 - a.x1 > 2 * _WIDE * b.size for a, b in pairwise(line))
    ]
    return len(apart) >= _FEWEST and len(apart) * 2 > len(lines)


def _rivers(words: Sequence[Word]) -> list[float]:
    lines = [chunks_of(level) for level in levels(words)]
    several = {len(line) for line in lines}
    if len(lines) < _FEWEST or len(several) != 1 or several == {1}:
        return []
    if not all(chunk.value for line in lines for chunk in line):
        return []
    return _between(lines)


def _between(lines: Sequence[Sequence[Chunk]]) -> list[float]:
    """The middle of each river; none at all unless every one is wide."""
    found = []
    for column in range(len(lines[0]) - 1):
        a, b = max(line[column].x1 for line in lines), min(line[column + 1].x0 for line in lines)
        if b - a < _WIDE * lines[0][0].size:
            return []
        found.append((a + b) / 2)
    return found


def without_idle_levels(grid: Grid) -> Grid:
    """The grid without the levels that part no cell: bands that all cells cross are one band of several lines."""
    starts = {c.row for c in grid.cells} | {c.row + c.rows for c in grid.cells}
    used = [i for i in range(len(grid.ys)) if i in starts]
    if len(used) == len(grid.ys) or used[:1] != [0] or used[-1] != len(grid.ys) - 1:
        return grid
    index = {old: new for new, old in enumerate(used)}
    cells = tuple(
        GridCell(row=index[c.row], column=c.column, rows=index[c.row + c.rows] - index[c.row], columns=c.columns)
        for c in grid.cells
    )
    return Grid(xs=grid.xs, ys=tuple(grid.ys[i] for i in used), cells=cells)
