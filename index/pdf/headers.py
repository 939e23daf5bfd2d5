"""Header lines above an open body: wrapped labels become cells, a label over several columns becomes a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import comb

from index.pdf.lines import FLUSH, Chunk, Line
from index.pdf.marks import is_ordinal
from index.pdf.values import Rule, Word

_FAR = 1.2  # of the font size
_WAYS = 2_000  # to put labels over columns that are compared


@dataclass(kw_only=True, slots=True)
class HeadCell:
    """A header cell over columns first..last (inclusive); row counts from the top header row."""

    first: int
    last: int
    words: list[Word] = field(default_factory=list)
    row: int = 0
    rows: int = 1

    @property
    def bottom(self) -> float:
        return max(w.bottom for w in self.words)


def make_header(
    lines: Sequence[Line], edges: Sequence[float], cores: Sequence[tuple[float, float]], rules: Sequence[Rule] = ()
) -> tuple[list[HeadCell], int]:
    """Header cells and the number of header rows. `cores` are where the body's text of each column stands."""
    stacks: list[list[HeadCell]] = [[] for _ in cores]
    cells: list[HeadCell] = []
    for index, line in enumerate(lines):
        below = [c for later in lines[index + 1 :] for c in later.chunks]
        others = {i for other in lines if other is not line for c in other.chunks for i in _reach(c, edges, cores)}
        spans = _apart(line, _spans(line, below, edges, cores, rules), others, cores)
        for chunk, span in zip(line.chunks, spans, strict=True):
            first, last = _under_one(chunk, stacks) or span
            over = stacks[first][-1] if stacks[first] else None
            if over and first == last and _within_group(over, chunk, line, below, edges):
                first, last = over.first, over.last
            split = over is not None and any(
                not r.vertical and over.bottom - 2 <= r.top <= chunk.middle and r.x0 <= chunk.centre <= r.x1
                for r in rules
            )
            if over and (over.first, over.last) == (first, last) and not split and _close(over, chunk):
                over.words.extend(chunk.words)
                continue
            cell = HeadCell(first=first, last=last, words=list(chunk.words))
            cells.append(cell)
            for column in range(first, last + 1):
                stacks[column].append(cell)
    _place_rows(cells, stacks)
    rows = max((c.row + 1 for c in cells), default=0)
    for stack in stacks:
        if stack and stack[-1].first == stack[-1].last:  # the lowest label reaches down to the body
            stack[-1].rows = rows - stack[-1].row
    return _unique(cells), rows


def _reach(chunk: Chunk, edges: Sequence[float], cores: Sequence[tuple[float, float]]) -> range:
    first, last = _overlapped(chunk, edges, cores)
    return range(first, last + 1)


def _apart(
    line: Line, spans: Sequence[tuple[int, int]], others: set[int], cores: Sequence[tuple[float, float]]
) -> list[tuple[int, int]]:
    """Labels far apart that fell into one column, each over a column of its own where the next one has no label.

    "2021" and "2022" set at the left of their columns may both stand left of the border that figures set at the right
    have drawn. others: columns with a label on another line.
    """
    found = list(spans)
    chunks = line.chunks
    clash = any(a == b and _far(*pair) for (a, b), pair in zip(pairwise(found), pairwise(chunks), strict=True))
    if not clash or any(a != b for a, b in found):
        return found
    held = {a for a, _ in found}
    free = set(range(1, len(cores))) - others  # the names of the rows often have no label
    columns = sorted(held | free)
    if comb(len(columns), len(chunks)) > _WAYS:
        return found
    best = min(combinations(columns, len(chunks)), key=lambda way: _missed(chunks, way, cores), default=())
    return [(i, i) for i in best] if best else found


def _far(left: Chunk, right: Chunk) -> bool:
    """Wider apart than justified words of one label are."""
    return right.x0 - left.x1 > _FAR * max(left.size, right.size)


def _missed(chunks: Sequence[Chunk], columns: Sequence[int], cores: Sequence[tuple[float, float]]) -> float:
    """By how much labels miss being set flush with some columns, left, right or in the middle."""
    pairs = [(c, cores[i]) for c, i in zip(chunks, columns, strict=True)]
    return sum(min(abs(c.x0 - a), abs(c.x1 - b), abs(c.centre - (a + b) / 2)) for c, (a, b) in pairs)


def _under_one(chunk: Chunk, stacks: Sequence[Sequence[HeadCell]]) -> tuple[int, int] | None:
    """The column of the label right above that this one is flush with: its next line, however far it reaches."""
    for stack in stacks:
        over = stack[-1] if stack else None
        if over is None or chunk.value or over.first != over.last or not _close(over, chunk):
            continue
        x0, x1 = min(w.x0 for w in over.words), max(w.x1 for w in over.words)
        offs = (chunk.x0 - x0, chunk.x1 - x1, chunk.centre - (x0 + x1) / 2)
        if min(map(abs, offs)) < FLUSH * chunk.size and chunk.x0 < x1 and x0 < chunk.x1:
            return over.first, over.last
    return None


def _within_group(over: HeadCell, chunk: Chunk, line: Line, below: list[Chunk], edges: Sequence[float]) -> bool:
    """A lone label centred under a group's title, with several labels beneath, stands for the whole group."""
    left, right = edges[over.first], edges[over.last + 1]
    middle = (min(w.x0 for w in over.words) + max(w.x1 for w in over.words)) / 2
    alone = sum(left <= c.centre <= right for c in line.chunks) == 1
    under = {i for i in range(over.first, over.last + 1) if _under(i, below, edges)}
    return over.first < over.last and alone and len(under) > 1 and abs(middle - chunk.centre) < 0.6 * chunk.size


def _place_rows(cells: list[HeadCell], stacks: list[list[HeadCell]]) -> None:
    """Each cell stands one row under the lowest of the cells above it; cells come from top to bottom."""
    for cell in cells:
        above = [stack[i - 1] for stack in stacks for i, c in enumerate(stack) if c is cell and i]
        cell.row = max((c.row + 1 for c in above), default=0)


def _unique(cells: list[HeadCell]) -> list[HeadCell]:
    """Two cells that came out on one place are one cell."""
    found: dict[tuple[int, int], HeadCell] = {}
    for cell in cells:
        twin = found.get((cell.row, cell.first))
        if twin is None:
            found[cell.row, cell.first] = cell
        else:
            twin.words.extend(cell.words)
            twin.last = max(twin.last, cell.last)
    return list(found.values())


def _close(cell: HeadCell, chunk: Chunk) -> bool:
    """Whether a piece is the next line of a label; the number of a column is none."""
    numbers = chunk.number and is_ordinal(chunk.text) and not chunk.text.startswith("(")
    return chunk.top - cell.bottom < 1.1 * chunk.size and not numbers


def _spans(
    line: Line,
    below: list[Chunk],
    edges: Sequence[float],
    cores: Sequence[tuple[float, float]],
    rules: Sequence[Rule],
) -> list[tuple[int, int]]:
    """Columns each chunk of a line stands over."""
    plain = [_overlapped(c, edges, cores) for c in line.chunks]
    ruled = [_by_rule(c, line, edges, cores, rules) for c in line.chunks]
    spans = [r or p for r, p in zip(ruled, plain, strict=True)]
    labels = [_under(i, below, edges) for i in range(len(cores))]
    labelled = {i for i, label in enumerate(labels) if label is not None}
    free = (set(range(len(cores))) - {i for a, b in spans for i in range(a, b + 1)}) & labelled
    for index, chunk in enumerate(line.chunks):
        first, last = spans[index]
        if ruled[index] is None and labelled.issuperset(range(first, last + 1)):
            spans[index] = _widened(
                chunk, spans[index], free, edges, [x or c for x, c in zip(labels, cores, strict=True)]
            )
            free -= set(range(spans[index][0], spans[index][1] + 1))
    return spans


def _under(column: int, below: list[Chunk], edges: Sequence[float]) -> tuple[float, float] | None:
    """Where the next label of a column stands; None when it has none."""
    a, b = edges[column] - 2, edges[column + 1] + 2
    return next(((c.x0, c.x1) for c in below if a <= c.centre <= b), None)


def _overlapped(chunk: Chunk, edges: Sequence[float], cores: Sequence[tuple[float, float]]) -> tuple[int, int]:
    held = [i for i, (a, b) in enumerate(cores) if chunk.x0 <= (a + b) / 2 <= chunk.x1]
    whole = [i for i in range(len(cores)) if edges[i] - 2 <= chunk.x0 and chunk.x1 <= edges[i + 1] + 2]
    if whole:
        return whole[0], whole[0]
    if len(held) > 1:
        return held[0], held[-1]
    best = max(range(len(cores)), key=lambda i: min(chunk.x1, edges[i + 1]) - max(chunk.x0, edges[i]))
    return (held[0], held[0]) if held else (best, best)


def _by_rule(
    chunk: Chunk, line: Line, edges: Sequence[float], cores: Sequence[tuple[float, float]], rules: Sequence[Rule]
) -> tuple[int, int] | None:
    """A rule right under a label that is wider than it and narrower than the table says what the label covers."""
    width = edges[-1] - edges[0]
    for rule in rules:
        under = not rule.vertical and chunk.middle < rule.top <= line.bottom + 0.7 * chunk.size
        if not under or rule.x1 - rule.x0 > 0.85 * width or not rule.x0 - 3 <= chunk.centre <= rule.x1 + 3:
            continue
        if any(c is not chunk and rule.x0 <= c.centre <= rule.x1 for c in line.chunks):
            continue
        held = [i for i, (a, b) in enumerate(cores) if rule.x0 - 3 <= (a + b) / 2 <= rule.x1 + 3]
        if len(held) > 1:
            return held[0], held[-1]
    return None


def _widened(
    chunk: Chunk, span: tuple[int, int], free: set[int], edges: Sequence[float], labels: Sequence[tuple[float, float]]
) -> tuple[int, int]:
    """Without a rule: a label centred over neighbouring columns that have their own labels beneath covers them.

    One that stands over its own label is a group only when it is too wide for its column, and then evenly on both
    sides: else it is the first line of a wrapped label.
    """
    first, last = span
    best, found = abs(_middle(labels, first, last) - chunk.centre), span
    limit = 0.2 * (edges[last + 1] - edges[first])
    if best <= limit:
        wide = first == last and chunk.x1 - chunk.x0 > edges[last + 1] - edges[first] + 2
        while wide and first - 1 in free and last + 1 in free:
            first, last = first - 1, last + 1
            if chunk.x0 >= labels[first][0] and chunk.x1 <= labels[last][1]:
                break
        return (first, last) if abs(_middle(labels, first, last) - chunk.centre) <= limit else span
    for a in range(first, -1, -1):
        if a < first and a not in free:
            break
        for b in range(last, len(labels)):
            if b > last and b not in free:
                break
            off = abs(_middle(labels, a, b) - chunk.centre)
            if off < best - limit:
                best, found = off, (a, b)
    return found


def _middle(cores: Sequence[tuple[float, float]], first: int, last: int) -> float:
    return (cores[first][0] + cores[last][1]) / 2
