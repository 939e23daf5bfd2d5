"""Tables whose columns are kept apart by spaces alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.model import LeftOut
from index.readers.grid import Grid, is_blank, is_number
from index.readers.text_lines import Line, caption_line, glue, list_item, unit_line
from index.report_head import memo_pair, parse_head_line

_CHUNK = re.compile(r"\S+(?: \S+)*")
_LOOK_UP = 6  # header lines sought above the first figures
_YEAR = re.compile(r"(?:19|20)\d\d")
_RULE = re.compile(r"[-=_─━ ]{8,}")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chunk:
    text: str
    start: int
    end: int


def aligned_grid(lines: Sequence[Line], start: int) -> Grid | None:
    """The grid that starts at a line, when lines with figures in the same columns follow it closely."""
    if not _could_start(lines[start]):
        return None
    end, anchors = _extent(lines, start)
    if len(anchors) < 2:
        return None
    body = [_chunks(lines[i]) for i in anchors]
    columns = _in_step(body) or _columns(body)
    if len(columns) < 2:
        return None
    first = anchors[0]
    if first - start > _LOOK_UP:
        return None
    grid = Grid(style="spaces", start=start, end=end, rows=[])
    printed = [i for i in range(start, end) if lines[i].text and not _is_rule(lines[i])]
    named = False  # a header row below has a name for each column of figures
    beneath: list[_Chunk] = []  # those names, when it is the next row below
    for i in reversed([i for i in printed if i < first]):
        alone = _over_one(lines[i], beneath)
        if alone is not None:  # "Meta" above "anual": the first line of that name, and no group
            place = len(columns) - len(beneath) + beneath.index(alone)
            grid.rows[0][place] = glue(_chunks(lines[i])[0].text, grid.rows[0][place])
            continue
        row, beneath = _header_row(lines[i], columns, body, groups=named)
        named = named or bool(beneath)
        grid.rows.insert(0, row)
    for i in printed:
        if i >= first:
            _add(grid, lines[i], columns)
    heads = sum(1 for i in printed if i < first)
    while heads and [i for i, c in enumerate(grid.rows[heads - 1]) if c] == [0]:
        heads -= 1  # a section row above the first figures
    grid.header_rows = heads or None
    _join_wrapped(grid)
    return grid


def _join_wrapped(grid: Grid) -> None:
    """A label that wraps with its figures on the last line: both lines are one row."""
    rows = grid.rows
    for i in range(len(rows) - 1, (grid.header_rows or 1), -1):
        above, row = rows[i - 1], rows[i]
        if len(above) != len(row):
            continue
        open_label = any(above) and not any(is_number(c) or is_blank(c) for c in above[1:] if c)
        if open_label and not row[0] and any(c[:1].islower() for c in row) and any(map(is_number, row)):
            rows[i - 1 : i + 1] = [[glue(a, b) if a and b else a or b for a, b in zip(above, row, strict=True)]]


def _is_rule(line: Line) -> bool:
    return bool(_RULE.fullmatch(line.text)) and any(c != " " for c in line.text)


def _chunks(line: Line) -> list[_Chunk]:
    raw = line.raw.expandtabs(8)
    return [_Chunk(text=m.group(), start=m.start(), end=m.end()) for m in _CHUNK.finditer(raw)]


def _is_anchor(line: Line) -> bool:
    """A body row: two chunks or more, of which at least one after the first is a figure."""
    if (
        "\t" in line.raw
        or parse_head_line(line.text)
        or (list_item(line.text) and not is_number(line.text.split()[-1]))
    ):
        return False
    chunks = _chunks(line)
    figures = [c.text for c in chunks[1:] if is_number(c.text)]
    return bool(figures) and not all(_YEAR.fullmatch(f) for f in figures)  # years alone are a header


def _could_start(line: Line) -> bool:
    text = line.text
    if line.blank or "\t" in line.raw or line.bookmark or caption_line(text) or unit_line(text):
        return False
    return (len(_chunks(line)) > 1 or _is_rule(line)) and not (
        memo_pair(text) or parse_head_line(text) or list_item(text)
    )


def _extent(lines: Sequence[Line], start: int) -> tuple[int, list[int]]:
    """End of the block and its body rows. Wrapped labels may stand between; two blank lines or prose end it."""
    anchors: list[int] = []
    end = i = start
    while i < len(lines):
        line = lines[i]
        if line.blank:
            follows = i + 1 < len(lines) and _is_anchor(lines[i + 1])
            if not (follows or (not anchors and i + 1 < len(lines) and _could_start(lines[i + 1]))):
                break
        elif _is_anchor(line):
            anchors.append(i)
            end = i + 1
        elif _is_rule(line):
            end = i + 1 if anchors else end
        elif (
            not anchors and (i - start > _LOOK_UP or (len(_chunks(line)) < 2 and not _heads_on(lines, i, start)))
        ) or (anchors and not _goes_between(lines, i)):
            break
        i += 1
    return end, anchors


def _heads_on(lines: Sequence[Line], at: int, start: int) -> bool:
    """A lone word below the first header line, set in: the second line of a column's name, or a section row."""
    close = any(_is_anchor(line) for line in lines[at + 1 : at + 4])
    return at > start and close and (lines[at].raw[:1] == " " or len(lines[at].text) < 50)


def _goes_between(lines: Sequence[Line], at: int) -> bool:
    """A line without figures inside the block: a wrapped label or a section row, close to the next body row."""
    text = lines[at].text
    if caption_line(text) or lines[at].bookmark or len(text) > 90 or parse_head_line(text) or list_item(text):
        return False
    return any(_is_anchor(line) for line in lines[at + 1 : at + 3] if not line.blank)


def _in_step(rows: list[list[_Chunk]]) -> list[tuple[int, int]] | None:
    """Column bands when the rows have as many chunks as one another, each below the same one; else None."""
    most = max(len(row) for row in rows)
    full = [row for row in rows if len(row) == most]
    if len(full) * 2 <= len(rows):
        return None
    bands = [(min(r[i].start for r in full), max(r[i].end for r in full)) for i in range(most)]
    return bands if all(a[1] <= b[0] for a, b in pairwise(bands)) else None


def _over_one(line: Line, named: Sequence[_Chunk]) -> _Chunk | None:
    """The one name of the row below that a lone word stands over, when it is in the middle of no wider span."""
    chunks = _chunks(line)
    if len(chunks) != 1 or not named:
        return None
    (word,) = chunks
    below = [i for i, c in enumerate(named) if word.start < c.end and c.start < word.end]
    if len(below) != 1 or not (named[below[0]].start - 1 <= word.start and word.end <= named[below[0]].end + 1):
        return None
    middle = (word.start + word.end) / 2
    for first in range(below[0] + 1):
        for last in range(max(below[0], first + 1), len(named)):
            left, right = named[first].start, named[last].end
            if abs(middle - (left + right) / 2) <= max(2.0, 0.1 * (right - left)):
                return None
    return named[below[0]]


def _header_row(
    line: Line, columns: list[tuple[int, int]], body: list[list[_Chunk]], *, groups: bool
) -> tuple[list[str], list[_Chunk]]:
    """A header line as cells, and its names when it has one for each column of figures.

    groups: the row below has. Then fewer names are groups, printed centred over their columns, so that their place
    says nothing sure: they come in order after the cells of the label columns, and the row below tells their spans.
    """
    chunks = _chunks(line)
    labels = max((i + 1 for i, (a, b) in enumerate(columns[:4]) if not _has_figures(body, a, b)), default=0)
    edge = columns[labels - 1][1] if labels else 0
    names = [c for c in chunks if c.start >= edge]
    cells = [""] * len(columns)
    whole = len(names) == len(columns) - labels
    if whole or (groups and len(names) > 1):
        cells = [*([""] * labels), *(c.text for c in names)]
        chunks = [c for c in chunks if c.start < edge]
    for chunk in chunks:
        place = _nearest(chunk, columns[: len(cells)])
        cells[place] = glue(cells[place], chunk.text)
    return cells, names if whole else []


def _has_figures(body: list[list[_Chunk]], start: int, end: int) -> bool:
    inside = [c.text for row in body for c in row if c.start < end and start < c.end]
    return sum(map(is_number, inside)) * 2 > len(inside)


def _nearest(chunk: _Chunk, columns: list[tuple[int, int]]) -> int:
    """The column whose band the chunk overlaps most, or else the closest one."""
    over = [min(chunk.end, b) - max(chunk.start, a) for a, b in columns]
    return over.index(max(over))


def _columns(rows: list[list[_Chunk]]) -> list[tuple[int, int]]:
    """Column bands: where no body row has text, two spaces wide or more, one column ends."""
    length = max(c.end for row in rows for c in row)
    used = [False] * (length + 1)
    for row in rows:
        for chunk in row:
            used[chunk.start : chunk.end] = [True] * (chunk.end - chunk.start)
    bands: list[tuple[int, int]] = []
    position = 0
    while position < length:
        if not used[position]:
            position += 1
            continue
        stop = position
        while stop < length and (used[stop] or (stop + 1 < length and used[stop + 1])):
            stop += 1
        bands.append((position, stop))
        position = stop
    return bands


def _add(grid: Grid, line: Line, columns: list[tuple[int, int]]) -> None:
    cells = [""] * len(columns)
    for chunk in _chunks(line):
        over = [i for i, (a, b) in enumerate(columns) if chunk.start < b and a < chunk.end]
        place = over[0] if len(over) == 1 else _nearest(chunk, columns)
        if (len(over) > 1 and is_number(chunk.text)) or (cells[place] and is_number(chunk.text)):
            reason = "en esta fila las cifras no caen bajo una sola columna"
            grid.left_out.append(LeftOut(text=line.text, reason=reason))
            grid.warnings.append(f"No se cargó la fila «{line.text[:60]}»: {reason}.")
            return
        cells[place] = glue(cells[place], chunk.text)
    figures = [c for c in cells[1:] if c and (is_number(c) or is_blank(c))]
    filled = [i for i, c in enumerate(cells) if c]
    lower = len(filled) == 1 and not figures and cells[filled[0]][:1].islower()
    if lower and grid.rows and grid.rows[-1][filled[0]] and any(map(is_number, grid.rows[-1])):
        grid.rows[-1][filled[0]] = glue(grid.rows[-1][filled[0]], cells[filled[0]])
    else:
        grid.rows.append(cells)
