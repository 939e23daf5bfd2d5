"""The header of a table kept apart by spaces: which column each word of its lines stands over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, combinations, pairwise

from index.readers.grid import is_number, repeating_runs
from index.readers.text_lines import Line, glue
from index.text import fold

Band = tuple[int, int]  # where the texts of a column start and end, in characters

_CHUNK = re.compile(r"\S+(?: \S+)*")
_SPACED = re.compile(r"[-–−(]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?\)?%?")  # thousands apart by blanks: 1 234 567
_NEAR = 2  # characters that a name may miss its column by
_MIDDLE = 2.0  # characters by which the middle of a group may miss that of its columns
_SHARE = 0.1  # of the width of its columns: the same
_HALF = 0.5  # of a character
_WORDS = 16  # of a chunk: more is prose


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """Words of a line one blank apart, and where they start and end."""

    text: str
    start: int
    end: int

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


@dataclass(kw_only=True, slots=True)
class HeadRow:
    """A header line as cells. spans: how many columns each covers, where their place on the line tells it."""

    cells: list[str]
    spans: list[int] | None = None

    def join(self, column: int, text: str) -> None:
        """Put the line above a name before it."""
        place = column
        if self.spans is not None:
            place = next(i for i, end in enumerate(accumulate(self.spans)) if column < end)
        self.cells[place] = glue(text, self.cells[place])


@dataclass(kw_only=True, slots=True)
class _Head:
    """A header read from its lowest line up. names: the lowest name over each column; at: the row that holds it."""

    columns: Sequence[Band]
    labels: int
    rows: list[HeadRow] = field(default_factory=list)  # the lowest first
    names: dict[int, Chunk] = field(default_factory=dict)
    at: dict[int, HeadRow] = field(default_factory=dict)
    complete: bool = False  # a line below has a name for each column of figures
    beneath: list[Chunk] = field(default_factory=list)  # those names, when it is the next line below

    def name(self, column: int, chunk: Chunk, row: HeadRow) -> None:
        if column not in self.names:
            self.names[column] = chunk
            self.at[column] = row

    def extent(self, column: int) -> Band:
        """Where a column stands: its texts and its name."""
        a, b = self.columns[column]
        name = self.names.get(column)
        return (min(a, name.start), max(b, name.end)) if name else (a, b)


def chunks_of(line: Line) -> list[Chunk]:
    raw = line.raw.expandtabs(8)
    return [Chunk(text=m.group(), start=m.start(), end=m.end()) for m in _CHUNK.finditer(raw)]


def words_of(chunk: Chunk) -> list[Chunk]:
    found = re.finditer(r"\S+", chunk.text)
    return [Chunk(text=m.group(), start=chunk.start + m.start(), end=chunk.start + m.end()) for m in found]


def rows_of(lines: Sequence[Line]) -> list[list[Chunk]]:
    """The chunks of some rows of figures; figures one blank apart are two, unless blanks part thousands in all."""
    rows = [chunks_of(line) for line in lines]
    apart = [[piece for c in row for piece in _figures(c)] for row in rows]
    runs = [c.text for row in rows for c in row if " " in c.text and all(map(is_number, c.text.split()))]
    spaced = all(map(_SPACED.fullmatch, runs)) and _in_step(rows) >= _in_step(apart)
    return rows if spaced else apart


def _in_step(rows: Sequence[Sequence[Chunk]]) -> int:
    """How many rows have as many chunks as most have."""
    return max(Counter(map(len, rows)).values(), default=0)


def _figures(chunk: Chunk) -> list[Chunk]:
    words = words_of(chunk)
    return words if all(is_number(w.text) for w in words) else [chunk]


def nearest(chunk: Chunk, columns: Sequence[Band]) -> int:
    """The column whose band the chunk overlaps most, or else the closest one."""
    over = [min(chunk.end, b) - max(chunk.start, a) for a, b in columns]
    return over.index(max(over))


def head_rows(lines: Sequence[Line], columns: Sequence[Band], labels: int) -> list[HeadRow]:
    """The header lines, from top to bottom, over columns of which the first `labels` hold names of rows.

    A line over names of its own is no row: "Presupuesto" above "vigente" is the first line of that name.
    """
    head = _Head(columns=columns, labels=labels)
    most = max((len(chunks_of(line)) for line in lines), default=0)
    for line in reversed(lines):
        chunks = chunks_of(line)
        if most == 1 or len(chunks) > 1 or chunks[0].start >= columns[0][1]:  # else it may head a section of rows
            chunks = parted(chunks, columns, head.names)
        over = _over_one(chunks, head.beneath)
        if over is not None:  # "Meta" above "anual": the first line of that name, and no group
            head.at[labels + over].join(labels + over, chunks[0].text)
        else:
            _add_line(head, chunks)
    return head.rows[::-1]


def _add_line(head: _Head, chunks: list[Chunk]) -> None:
    """Take one line as cells: names, one for each column of figures, or the groups above such a line.

    Where the names below repeat, as "Meta", "Logro" under each year, they tell what each group covers, better than its
    place on the line does.
    """
    labels, width = head.labels, len(head.columns)
    heads = [c for c in chunks if nearest(c, head.columns) >= labels]
    whole = len(heads) == width - labels
    if not whole and not (head.complete and len(heads) > 1 and _told_below(head, len(heads))):
        head.beneath = []
        _place(head, chunks)
        return
    row = HeadRow(cells=[*([""] * labels), *(c.text for c in heads)])
    for i, chunk in enumerate(heads if whole else ()):
        head.name(labels + i, chunk, row)
    for chunk in chunks:
        if chunk not in heads:
            place = nearest(chunk, head.columns[:labels])
            row.cells[place] = glue(row.cells[place], chunk.text)
            head.name(place, chunk, row)
    head.rows.append(row)
    head.complete = head.complete or whole
    head.beneath = heads if whole else []


def _told_below(head: _Head, groups: int) -> bool:
    names = [head.names[i].text if i in head.names else "" for i in range(head.labels, len(head.columns))]
    runs = repeating_runs(names)
    return runs is not None and len(runs) == groups


def _place(head: _Head, chunks: Sequence[Chunk]) -> None:
    """Each chunk over the columns it covers: several when these have names of their own below, else the nearest."""
    cores = [_core(head, c) for c in chunks]
    row = HeadRow(cells=[], spans=[])
    for place, chunk in enumerate(chunks):
        floor = cores[place - 1][1] + 1 if place else 0
        roof = cores[place + 1][0] - 1 if place + 1 < len(chunks) else len(head.columns) - 1
        first, last = _widened(head, chunk, cores[place], (floor, roof))
        done = sum(row.spans or ())
        if first == last and first in head.names and head.at[first] is not row:
            head.at[first].join(first, chunk.text)
        elif first < done:  # two pieces over one column are one name
            row.cells[-1] = glue(row.cells[-1], chunk.text)
        else:
            row.cells += [*([""] * (first - done)), chunk.text]
            row.spans = [*(row.spans or ()), *([1] * (first - done)), last - first + 1]
            if first == last:
                head.name(first, chunk, row)
    left = len(head.columns) - sum(row.spans or ())
    if any(row.cells):
        row.cells += [""] * left
        row.spans = [*(row.spans or ()), *([1] * left)]
        head.rows.append(row)


def _core(head: _Head, chunk: Chunk) -> tuple[int, int]:
    """The columns that a chunk certainly stands over."""
    held = [i for i, n in sorted(head.names.items()) if n.start < chunk.end and chunk.start < n.end]
    if len(held) > 1:
        return held[0], held[-1]
    place = held[0] if held else nearest(chunk, head.columns)
    return place, place


def _widened(head: _Head, chunk: Chunk, core: tuple[int, int], within: tuple[int, int]) -> tuple[int, int]:
    """The columns around the core that a group is centred over; the core where it stands right over its own."""
    first, last = core
    series = _series(head, chunk, core, within)
    if series is not None:
        return series
    own = (head.extent(first)[0], head.extent(last)[1])
    if first not in head.names or (last > first and chunk.end - chunk.start >= own[1] - own[0]):
        return core
    off = _off(chunk, own)
    flush = off <= _HALF or chunk.end - chunk.start <= own[1] - own[0] + _NEAR  # else it sticks out on both sides
    best, found = off if flush else float("inf"), core
    for a in range(first, within[0] - 1, -1):
        for b in range(last, within[1] + 1):
            if (a, b) == core or not all(i in head.names for i in range(a, b + 1)):
                continue
            left, right = head.extent(a)[0], head.extent(b)[1]
            room = head.extent(a - 1)[1] if a else left  # figures set at the right leave it empty
            off = min(abs((x + right) / 2 - chunk.middle) for x in (left, room))
            if off < best - _HALF and off <= max(_MIDDLE, _SHARE * (right - left)):
                best, found = off, (a, b)
    return found


_PART = re.compile(
    r"(?:[ivx]+|\d|(?:prim|segund|tercer|cuart)\w*|[1-4](?:er|do|ro|to)\.?)[.\s]*(?:bim|trim|cuatrim|sem)\w*\.?"
    r"|(?:bim|trim|cuatrim|sem)\w*\.?\s*(?:[ivx]+|\d)|[1-4][tq]|[tq][1-4]"
    r"|(?:ene|feb|mar|abr|may|jun|jul|ago|sept?|set|oct|nov|dic)[a-z]*\.?(?:\s*[-–a]\s*(?:ene|feb|mar|abr|may|jun|jul|ago|sept?|set|oct|nov|dic)[a-z]*\.?)?"
)
_WHOLE = re.compile(r"(?:total|acum|anual)\w*\.?")


def _series(head: _Head, chunk: Chunk, core: tuple[int, int], within: tuple[int, int]) -> tuple[int, int] | None:
    """The parts of a year that a name stands over one of: "Alcanzada" above "I sem.", "II sem.", "Total" is of all."""

    def named(column: int, pattern: re.Pattern[str]) -> bool:
        below = head.names.get(column)
        return below is not None and pattern.fullmatch(fold(below.text).strip()) is not None

    first, last = core
    if first != last or not named(first, _PART) or _PART.fullmatch(fold(chunk.text).strip()):
        return None
    while first > within[0] and named(first - 1, _PART):
        first -= 1
    while last < within[1] and named(last + 1, _PART):
        last += 1
    if first == last:
        return None
    return first, last + (last < within[1] and named(last + 1, _WHOLE))


def parted(chunks: Sequence[Chunk], columns: Sequence[Band], names: dict[int, Chunk]) -> list[Chunk]:
    """The chunks of a header line, with those cut that run over several columns without a name.

    Names may stand one blank apart, as "VIGENTE COMPROMETIDO" over two columns of figures: each column then takes
    the words that stand right over it. Over columns that have their names below the words are cut only when each
    stands exactly over one of them; else they name the group.
    """
    found: list[Chunk] = []
    for chunk in chunks:
        others = [c for c in chunks if c is not chunk]
        over = [
            i
            for i, (a, b) in enumerate(columns)
            if chunk.start < b and a < chunk.end and not any(c.start < b and a < c.end for c in others)
        ]
        bare = [i for i in over if i not in names]
        exact = len(over) > 1 and not bare
        found.extend(_cut(chunk, over if exact else bare, columns, names, exact=exact))
    return found


def _cut(
    chunk: Chunk, over: Sequence[int], columns: Sequence[Band], names: dict[int, Chunk], *, exact: bool
) -> list[Chunk]:
    """The chunk in as many pieces as there are columns, where each piece stands over its own; else the chunk."""
    words = words_of(chunk)
    if len(over) < 2 or not len(over) <= len(words) <= _WORDS or any(b - a != 1 for a, b in pairwise(over)):
        return [chunk]
    bands = [_name_band(i, columns, names) if exact else columns[i] for i in over]
    best: tuple[float, list[Chunk]] | None = None
    for pieces in _divisions(words, len(over)):
        offs = [_off(p, b) for p, b in zip(pieces, bands, strict=True)]
        clear = all(
            min(p.end, b) - max(p.start, a) > -_NEAR
            and not any(p.start < d and c < p.end for other, (c, d) in enumerate(bands) if other != i)
            for i, (p, (a, b)) in enumerate(zip(pieces, bands, strict=True))
        )
        if clear and (not exact or max(offs) < 1) and (best is None or sum(offs) < best[0]):
            best = (sum(offs), pieces)
    return best[1] if best else [chunk]


def _name_band(column: int, columns: Sequence[Band], names: dict[int, Chunk]) -> Band:
    name = names.get(column)
    return (name.start, name.end) if name else columns[column]


def _off(piece: Chunk, band: Band) -> float:
    """By how much a name misses being set flush with its column, left, right or in the middle."""
    return min(abs(piece.start - band[0]), abs(piece.end - band[1]), abs(piece.middle - sum(band) / 2))


def _divisions(words: Sequence[Chunk], parts: int) -> Iterator[list[Chunk]]:
    for cuts in combinations(range(1, len(words)), parts - 1):
        edges = [0, *cuts, len(words)]
        yield [
            Chunk(text=" ".join(w.text for w in words[a:b]), start=words[a].start, end=words[b - 1].end)
            for a, b in pairwise(edges)
        ]


def _over_one(chunks: Sequence[Chunk], named: Sequence[Chunk]) -> int | None:
    """Which name of the row below a lone word stands over, when it is in the middle of no wider span."""
    if len(chunks) != 1 or not named:
        return None
    (word,) = chunks
    below = [i for i, c in enumerate(named) if word.start < c.end and c.start < word.end]
    if len(below) != 1 or not (named[below[0]].start - 1 <= word.start and word.end <= named[below[0]].end + 1):
        return None
    for first in range(below[0] + 1):
        for last in range(max(below[0], first + 1), len(named)):
            left, right = named[first].start, named[last].end
            if abs(word.middle - (left + right) / 2) <= max(2.0, 0.1 * (right - left)):
                return None
    return below[0]
