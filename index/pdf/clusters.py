"""Columns whose figures overlap sideways, where no white river parts them: told by how many stand in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from index.pdf.columns import Column
from index.pdf.lines import Chunk, Line

_FULL = 0.5  # share of the lines that must print every column
_ENDS = 3.0  # points: right edges this close are one edge


def in_order(lines: Sequence[Line], others: Sequence[Line]) -> list[Column]:
    """The columns of lines that print the same number of chunks: first to first, second to second.

    None at all when too few lines agree, or when two columns do not follow each other in most of them.
    """
    del others  # lines without figures say nothing of columns that overlap
    counts = Counter(len(line.chunks) for line in lines)
    wide = max(counts, key=lambda n: (counts[n], n), default=0)
    full = [line for line in lines if len(line.chunks) == wide]
    if wide < 2 or len(full) < 2 or len(full) < _FULL * len(lines):
        return []
    return _apart([_column([line.chunks[place] for line in full]) for place in range(wide)])


def by_ends(lines: Sequence[Line], others: Sequence[Line]) -> list[Column]:
    """A column for each right edge that figures keep to, and one for the labels left of them."""
    del others
    figures = [c for line in lines for c in line.chunks[1:] if c.value]
    labels = [line.chunks[0] for line in lines if not line.chunks[0].value]
    if not labels:
        return []
    groups: list[list[Chunk]] = []
    for chunk in sorted(figures, key=lambda c: c.x1):
        if groups and chunk.x1 - groups[-1][-1].x1 <= _ENDS:
            groups[-1].append(chunk)
        else:
            groups.append([chunk])
    kept = [g for g in groups if len(g) >= max(2, len(lines) // 4)]
    return _apart([_column(labels), *(_column(g) for g in kept)]) if kept else []


def _column(chunks: Sequence[Chunk]) -> Column:
    """Where most of its text stands: one long figure does not widen it."""
    starts, ends = sorted(c.x0 for c in chunks), sorted(c.x1 for c in chunks)
    figures = sum(c.value for c in chunks)
    numeric = figures * 2 >= len(chunks) and any(c.number for c in chunks)
    return Column(x0=starts[len(starts) // 2], x1=ends[len(ends) // 2], numeric=numeric)


def _apart(columns: Sequence[Column]) -> list[Column]:
    return list(columns) if all(a.centre < b.centre and a.x1 < b.x1 for a, b in pairwise(columns)) else []
