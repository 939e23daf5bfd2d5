"""Columns of a table without vertical rulings: white rivers between what its number lines print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.pdf.lines import Chunk, Line

NARROW = 0.28  # of the line height: a river must be wider
CROSSED = 0.03  # share of the lines that may cross a river


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """x0 and x1 are where its text stands; numeric when most of what it holds are figures."""

    x0: float
    x1: float
    numeric: bool = False

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


def find_columns(lines: Sequence[Line], others: Sequence[Line] = ()) -> list[Column]:
    """Columns of number-bearing lines; text of the other lines may add a column where none is, never move one."""
    spans = [(c.x0, c.x1) for line in lines for c in line.chunks]
    if not spans:
        return []
    height = sorted(line.size for line in lines)[len(lines) // 2]
    strips = _strips(spans, allowed=int(CROSSED * len(lines)), width=NARROW * height)
    strips = _with_others(strips, lines, others, height)
    strips = [part for strip in strips for part in _with_figures(strip, lines)]
    return [Column(x0=a, x1=b, numeric=_numeric(a, b, [*lines, *others])) for a, b in strips]


def _with_figures(strip: tuple[float, float], lines: Sequence[Line]) -> list[tuple[float, float]]:
    """A figure that stands far right of a label in a strip of text has a column of its own under long labels."""
    a, b = strip
    figures: list[Chunk] = []
    texts: list[Chunk] = []
    for line in lines:
        held = [c for c in line.chunks if a - 1 <= c.x0 and c.x1 <= b + 1]
        if len(held) > 1 and held[-1].number and held[-1].x0 - held[-2].x1 > 2 * line.size:
            figures.append(held[-1])
        texts.extend(c for c in held if not c.number)
    if not figures or not texts:
        return [strip]
    left, right = min(c.x0 for c in figures), max(c.x1 for c in figures)
    if any(c.x0 > left - 2 for c in texts) or max(c.x1 for c in figures) - min(c.x1 for c in figures) > 6:
        return [strip]
    return [(a, left - 2), (left, right)]


def _strips(spans: list[tuple[float, float]], allowed: int, width: float) -> list[tuple[float, float]]:
    """Intervals covered by more than `allowed` spans, closed over gaps narrower than `width`."""
    events = sorted([(a, 1) for a, _ in spans] + [(b, -1) for _, b in spans], key=lambda e: (e[0], -e[1]))
    depth, start = 0, 0.0
    raw: list[tuple[float, float]] = []
    for x, step in events:
        before = depth
        depth += step
        if before <= allowed < depth:
            start = x
        elif before > allowed >= depth and x > start:
            raw.append((start, x))
    strips: list[tuple[float, float]] = []
    for a, b in raw:
        if strips and a - strips[-1][1] < width:
            strips[-1] = (strips[-1][0], b)
        else:
            strips.append((a, b))
    return strips


def _with_others(
    strips: list[tuple[float, float]], lines: Sequence[Line], others: Sequence[Line], height: float
) -> list[tuple[float, float]]:
    """Text columns whose words are level with no figure: two lines or more in a strip that is free."""
    free = [
        chunk
        for line in others
        if len(line.chunks) > 1
        for chunk in line.chunks
        if all(chunk.x1 < a + 1 or chunk.x0 > b - 1 for a, b in strips)
    ]
    found = _strips([(c.x0, c.x1) for c in free], allowed=1 if len(free) > 4 else 0, width=NARROW * height)
    found = [(a, b) for a, b in found if sum(c.x0 < b and c.x1 > a for c in free) >= max(2, len(lines) // 8)]
    return sorted(strips + found)


def _numeric(a: float, b: float, lines: Sequence[Line]) -> bool:
    held = [c for line in lines for c in line.chunks if a - 1 <= c.centre <= b + 1]
    return bool(held) and sum(c.value for c in held) * 2 >= len(held) and any(c.number for c in held)


def edges_of(columns: Sequence[Column], left: float, right: float) -> tuple[float, ...]:
    """Borders between columns: the middle of each river, the region's sides outside."""
    inner = [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]
    return (min(left, columns[0].x0) - 1, *inner, max(right, columns[-1].x1) + 1)


def column_of(chunk: Chunk, edges: Sequence[float]) -> int:
    """The column a chunk belongs to: most of its width; text that runs over several starts where it starts."""
    best, share = 0, -1.0
    for i, (a, b) in enumerate(pairwise(edges)):
        over = min(chunk.x1, b) - max(chunk.x0, a)
        if over > share:
            best, share = i, over
    if not chunk.value and share < 0.75 * (chunk.x1 - chunk.x0):
        size = chunk.size
        return next((i for i, b in enumerate(edges[1:]) if chunk.x0 < b - 0.5 * size), best)
    return best
