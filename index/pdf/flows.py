"""Pages with columns of prose: words are split into flows, so that no line runs across a gutter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from index.pdf.lines import levels
from index.pdf.marks import is_number
from index.pdf.values import Word, bounds

LEAST = 7  # lines a gutter must pass
GUTTER = 0.8  # of the font size: a narrower gap is no gutter
MOST = 40  # places tried for a gutter on one page
_BUCKET = 3.0
_WORDS = 4  # of a line of running text, at least


def flows(words: Sequence[Word]) -> list[list[Word]]:
    """The words in reading order of their flows: what stands above, left column, right column, what stands below."""
    if not words:
        return []
    lines = levels(words)
    cut = _gutter(lines)
    if cut is None:
        return [list(words)]
    x, first, last = cut
    above = [w for line in lines[:first] for w in line]
    below = [w for line in lines[last:] for w in line]
    left = [w for line in lines[first:last] for w in line if w.centre < x]
    right = [w for line in lines[first:last] for w in line if w.centre >= x]
    return [flow for part in (above, left, right, below) for flow in flows(part)]


def _gutter(lines: list[list[Word]]) -> tuple[float, int, int] | None:
    """X of a gutter and the lines it passes, when prose stands on one side and a text of its own on the other."""
    box = bounds([w for line in lines for w in line])
    width = box.x1 - box.x0
    counts: Counter[int] = Counter()
    for line in lines:
        for a, b in pairwise(line):
            if b.x0 - a.x1 >= GUTTER * min(a.size, b.size):
                low, high = int(a.x1 / _BUCKET) + 1, int(b.x0 / _BUCKET)
                counts.update(range(low, min(high, low + 12) + 1))
    tried: list[float] = []
    for bucket, count in counts.most_common():
        x = bucket * _BUCKET
        if any(abs(x - other) < 2.5 * _BUCKET for other in tried):
            continue
        tried.append(x)
        if len(tried) > MOST or count < 0.5 * LEAST:
            break
        if not box.x0 + 0.15 * width < x < box.x1 - 0.15 * width:
            continue
        run = _longest_run(lines, x)
        if run is not None and _is_gutter(lines[run[0] : run[1]], x):
            return x, *run
    return None


def _longest_run(lines: list[list[Word]], x: float) -> tuple[int, int] | None:
    """The longest run of lines that no word and no narrow gap crosses at x."""
    best: tuple[int, int] | None = None
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and _passes(lines[index], x):
            continue
        first, last = _trimmed(lines, start, index)
        if last - first >= LEAST and (best is None or last - first > best[1] - best[0]):
            best = first, last
        start = index + 1
    return best


def _trimmed(lines: list[list[Word]], first: int, last: int) -> tuple[int, int]:
    """Without rows of figures at the ends: the table above or beneath the columns of prose."""

    def row(line: list[Word]) -> bool:
        return sum(is_number(w.text) for w in line) * 2 > len(line)

    while first < last and row(lines[first]):
        first += 1
    while first < last and row(lines[last - 1]):
        last -= 1
    return first, last


def _passes(line: list[Word], x: float) -> bool:
    left = right = None
    for word in line:
        if (word.x0 + word.x1) / 2 < x:
            if word.x1 > x + 1:
                return False
            left = word.x1 if left is None else max(left, word.x1)
        else:
            if word.x0 < x - 1:
                return False
            right = word.x0 if right is None else min(right, word.x0)
    return left is None or right is None or right - left >= GUTTER * line[0].size


def _is_gutter(lines: list[list[Word]], x: float) -> bool:
    sides = (
        [[w for w in line if w.centre < x] for line in lines],
        [[w for w in line if w.centre >= x] for line in lines],
    )
    held = [sum(bool(s) for s in side) for side in sides]
    if min(held) < 0.4 * LEAST:
        return False
    one, two = (_prose_share([s for s in side if s]) for side in sides)
    if one >= 0.6 and two >= 0.6:
        return True
    prose, table = (sides[1], sides[0]) if two > one else (sides[0], sides[1])
    texts = sum(bool(s) and not is_number(s[0].text) for s in table)
    return max(one, two) >= 0.75 and max(held) >= 12 and texts >= 0.6 * sum(map(bool, table)) and _even(prose)


def _prose_share(side: list[list[Word]]) -> float:
    """Share of lines that fill their side with running words."""
    if not side:
        return 0.0
    width = max(s[-1].x1 for s in side) - min(s[0].x0 for s in side)
    good = 0
    for line in side:
        if len(line) < _WORDS or max([w.x1 for w in line]) - min([w.x0 for w in line]) <= 0.55 * width:
            continue
        widest = max([b.x0 - a.x1 for a, b in pairwise(line)])
        numbers = sum([is_number(w.text) for w in line])
        good += widest < 1.6 * max([w.size for w in line]) and numbers < 0.4 * len(line)
    return good / len(side)


def _even(side: list[list[Word]]) -> bool:
    """Lines follow each other at one distance, as wrapped prose does and the cells of a column do not."""
    held = [s for s in side if s]
    steps = [b[0].middle - a[0].middle for a, b in pairwise(held)]
    usual = sorted(steps)[len(steps) // 2]
    return sum(abs(s - usual) < 0.15 * usual for s in steps) >= 0.5 * len(steps)
