"""Which lines of a text column belong to which line of figures: the cheapest partition over three alignments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.pdf.lines import Chunk

ALIGNMENTS = ("middle", "top", "bottom")  # where the figures of a row stand beside a label of several lines
LONGEST = 9  # lines of one label
TIGHT = 0.95  # of the least step between two rows: lines of one label stand closer
CODE = re.compile(r"^(?:\d+(?:[.\-]\d+)+|\d{1,4}\s?[-–.)]|[IVXLC]+\s?[.)\-]|(?:sub)?total\b)", re.IGNORECASE)


@dataclass(kw_only=True, slots=True)
class Piece:
    """What one column prints on one level."""

    chunk: Chunk


@dataclass(kw_only=True, slots=True)
class Anchor:
    """One level of figures, by column."""

    pieces: dict[int, Piece] = field(default_factory=dict)

    @property
    def middle(self) -> float:
        return sum(p.chunk.middle for p in self.pieces.values()) / len(self.pieces)

    @property
    def top(self) -> float:
        return min(p.chunk.top for p in self.pieces.values())

    @property
    def bottom(self) -> float:
        return max(p.chunk.bottom for p in self.pieces.values())


def leading_of(pieces: Sequence[Piece]) -> float:
    """Distance of successive lines of one label: the low end of the distances seen, 1.2 sizes when none is close."""
    if not pieces:
        return 12.0
    size = sorted(p.chunk.size for p in pieces)[len(pieces) // 2]
    if size <= 0:  # a broken file may print letters of no size
        return 12.0
    steps = sorted(b.chunk.middle - a.chunk.middle for a, b in pairwise(pieces))
    close = [s for s in steps if 0.7 * size <= s <= 1.7 * size]
    return min(close[len(close) // 5], 1.3 * size) if close else 1.2 * size


def assign_blocks(
    pieces: Sequence[Piece],
    anchors: Sequence[Anchor],
    cuts: Sequence[float],
    *,
    sections: bool,
    right: float | None = None,
    alignments: Sequence[str] = ALIGNMENTS,
) -> list[tuple[list[Piece], int | None]]:
    """Blocks of lines with the index of their anchor; None for a block that heads rows (only with `sections`).

    right: how far a line may run, where it is known; else the longest line tells. alignments: those to choose from.
    """
    if not pieces:
        return []
    leading = leading_of(pieces)
    joins = _join_costs(pieces, leading, cuts, right)
    results = [_partition(pieces, anchors, joins, mode, sections=sections) for mode in alignments]
    return min(results, key=lambda r: r[0])[1]


def _partition(
    pieces: Sequence[Piece], anchors: Sequence[Anchor], joins: Sequence[_Join], mode: str, *, sections: bool
) -> tuple[float, list[tuple[list[Piece], int | None]]]:
    n, m = len(pieces), len(anchors)
    leading = leading_of(pieces)
    blank = 1.5 if sections else 0.25
    heading = 1.1 if sections else 4.0
    levels = [a.middle for a in anchors]
    centres = [p.chunk.middle for p in pieces]
    level_with = [next((j for j, y in enumerate(levels) if abs(y - c) <= 0.2 * leading), None) for c in centres]
    bold = [p.chunk.bold for p in pieces]
    best: list[list[float]] = [[float("inf")] * (m + 1) for _ in range(n + 1)]
    step: list[list[tuple[int, int]]] = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for i in range(n + 1):
        for j in range(m + 1):
            here = best[i][j]
            if here == float("inf"):
                continue
            if j < m and here + blank < best[i][j + 1]:  # a row without label
                best[i][j + 1], step[i][j + 1] = here + blank, (0, 1)
            if i == n:
                continue
            first = centres[i]
            inner, elsewhere, owned = 0.0, 0, False
            level = levels[j] if j < m else 0.0
            after = j == 0 or levels[j - 1] < first
            for k in range(1, min(LONGEST, n - i) + 1):
                last = i + k - 1
                if k > 1:
                    inner += joins[last].inside
                if inner > 12:
                    break
                beside = level_with[last]
                elsewhere += beside is not None
                owned = owned or beside == j
                cost = here + inner + joins[i].start
                if j < m:
                    total = cost + 1.2 * (elsewhere - owned) + _distance(first, centres[last], level, leading, mode)
                    if total < best[i + k][j + 1]:
                        best[i + k][j + 1], step[i + k][j + 1] = total, (k, 1)
                alone = cost + heading + 0.4 * (k - 1) - (0.5 if bold[i] else 0.0)
                alone += (0.0 if after and (j == m or level > centres[last]) else 6.0) + 1.2 * elsewhere
                if alone < best[i + k][j]:
                    best[i + k][j], step[i + k][j] = alone, (k, 0)
    return best[n][m], _trace(pieces, step, n, m)


def _trace(
    pieces: Sequence[Piece], step: list[list[tuple[int, int]]], n: int, m: int
) -> list[tuple[list[Piece], int | None]]:
    found: list[tuple[list[Piece], int | None]] = []
    i, j = n, m
    while i or j:
        k, used = step[i][j]
        if k:
            found.append((list(pieces[i - k : i]), j - 1 if used else None))
        i, j = i - k, j - used
    return found[::-1]


def _distance(first: float, last: float, level: float, leading: float, mode: str) -> float:
    place = first if mode == "top" else last if mode == "bottom" else (first + last) / 2
    off = abs(place - level) / leading
    if first - 0.8 * leading <= level <= last + 0.8 * leading:
        return 3.0 * off * off
    return 3.0 * off * off + 6.0


@dataclass(kw_only=True, slots=True)
class _Join:
    inside: float  # cost of keeping the line with the one above it
    start: float  # cost of starting a block here


def _join_costs(
    pieces: Sequence[Piece], leading: float, cuts: Sequence[float], right: float | None = None
) -> list[_Join]:
    codes = sum(bool(CODE.match(p.chunk.text)) for p in pieces)
    coded = codes >= max(3, 0.3 * len(pieces))
    wraps = [a for a, b in pairwise(pieces) if b.chunk.text[:1].islower() and _near(a, b, leading)]
    if len(wraps) < max(2, 0.05 * len(pieces)):
        wraps = []
    width = max((p.chunk.x1 - p.chunk.x0 for p in wraps or pieces), default=0.0)
    width = width if right is None else right - min(p.chunk.x0 for p in pieces)
    right = max((p.chunk.x1 for p in wraps or pieces), default=0.0) if right is None else right
    capitals = sum(p.chunk.text.upper() == p.chunk.text for p in pieces) * 2 > len(pieces)
    costs = [_Join(inside=0.0, start=0.0)]
    steps = sorted(b.chunk.middle - a.chunk.middle for a, b in pairwise(pieces))
    usual = steps[len(steps) // 2] if steps else leading
    rows = [b.chunk.middle - a.chunk.middle for a, b in pairwise(pieces) if _would_fit(a.chunk, b.chunk, right, width)]
    for above, line in pairwise(pieces):
        gap = (line.chunk.middle - above.chunk.middle) / leading
        text, size = line.chunk.text, line.chunk.size
        inside, start = 0.0, 0.0
        if gap > 1.22:
            inside += 1.0 + 4.0 * (gap - 1.22)
        elif gap < 1.12:
            start += 0.3
        if line.chunk.middle - above.chunk.middle < 0.85 * usual:  # tighter than rows follow each other
            start += 1.0
        if _would_fit(above.chunk, line.chunk, right, width):
            inside += 1.5
        elif wraps:
            start += 0.3
        elif len(rows) > 1 and line.chunk.middle - above.chunk.middle < TIGHT * min(rows):
            start += 2.0
        if not wraps and len(pieces) > 5:
            inside += 0.3 if capitals or codes >= 0.5 * len(pieces) else 1.2
        if any(above.chunk.middle < y < line.chunk.middle for y in cuts):
            inside += 10.0
        if above.chunk.bold != line.chunk.bold:
            inside += 0.8
        if coded and CODE.match(text):
            inside += 2.5
        elif coded and codes >= 0.5 * len(pieces):
            start += 1.0
        if text[:1].islower():
            start += 1.2
        elif text[:1].isupper():
            inside += 0.3
        if abs(line.chunk.x0 - above.chunk.x0) > 0.8 * size:
            inside += 0.4
        costs.append(_Join(inside=inside, start=start))
    return costs


def _near(above: Piece, line: Piece, leading: float) -> bool:
    return line.chunk.middle - above.chunk.middle < 1.22 * leading


def _would_fit(above: Chunk, line: Chunk, right: float, width: float) -> bool:
    """The line's first word had room behind the line above: then it was not wrapped there."""
    first = line.words[0]
    need = first.x1 - first.x0 + 0.3 * line.size
    return above.x1 + need < right - 0.3 * line.size and above.x1 - above.x0 + need < width - 0.3 * line.size
