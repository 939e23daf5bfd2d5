"""Tables whose columns are kept apart by spaces alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.model import LeftOut
from index.readers.aligned_head import Band, Chunk, chunks_of, head_rows, nearest, parted, rows_of, words_of
from index.readers.aligned_wraps import joined_labels
from index.readers.grid import Grid, is_blank, is_number
from index.readers.text_lines import Line, caption_line, ends_sentence, glue, list_item, starts_lower, unit_line
from index.report_head import memo_pair, parse_head_line

_LOOK_UP = 6  # header lines sought above the first figures
_YEAR = re.compile(r"(?:19|20)\d\d")
_RULE = re.compile(r"[-=_─━ ]{8,}")


def aligned_grid(lines: Sequence[Line], start: int, floor: int = 0) -> Grid | None:
    """The grid that starts at a line, when lines with figures in the same columns follow it closely.

    floor: where the grid before it ends. A lone name of a group right above the line belongs to the header.
    """
    if not _could_start(lines[start]):
        return None
    end, anchors = _extent(lines, start)
    if len(anchors) < 2:
        return None
    body = rows_of([lines[i] for i in anchors])
    columns = _in_step(body) or _columns(body)
    if len(columns) < 2:
        return None
    first = anchors[0]
    if first - start > _LOOK_UP:
        return None
    if start > floor and (_is_group(lines, start, columns) or _is_tight(lines, start, first, columns)):
        start -= 1
    grid = Grid(style="spaces", start=start, end=end, rows=[])
    printed = [i for i in range(start, end) if lines[i].text and not _is_rule(lines[i])]
    labels = max((i + 1 for i, (a, b) in enumerate(columns[:4]) if not _has_figures(body, a, b)), default=0)
    top = _body_start(lines, start, first, columns, labels)
    heads = head_rows([lines[i] for i in printed if i < top], columns, labels)
    grid.rows = [row.cells for row in heads]
    grid.spans = {i: tuple(row.spans) for i, row in enumerate(heads) if row.spans is not None}
    below = [lines[i] for i in printed if i >= top]
    numeric = [_has_figures(body, a, b) for a, b in columns]
    parts = [[piece for c in row for piece in _at_figures(c, columns, numeric)] for row in rows_of(below)]
    for at, chunks in joined_labels(parts, columns, labels):
        _add(grid, below[at].text, chunks, columns)
    count = len(heads)
    while count and [i for i, c in enumerate(grid.rows[count - 1]) if c] == [0]:
        count -= 1  # a section row above the first figures
    grid.header_rows = count or None
    _join_wrapped(grid)
    return grid


def _body_start(lines: Sequence[Line], start: int, first: int, columns: Sequence[Band], labels: int) -> int:
    """Where the rows begin: after a rule below the header, though the first line there holds but a name."""
    rules = [i for i in range(start, first) if _is_rule(lines[i])]
    if not rules or not 0 < labels < len(columns) or not any(lines[i].text for i in range(start, rules[-1])):
        return first
    after = [c for i in range(rules[-1] + 1, first) for c in chunks_of(lines[i])]
    return rules[-1] + 1 if all(c.end <= columns[labels][0] for c in after) else first


def _is_tight(lines: Sequence[Line], start: int, first: int, columns: Sequence[Band]) -> bool:
    """Whether the line above figures without a header has a name for each column, all one blank apart."""
    if any(lines[i].text and not _is_rule(lines[i]) for i in range(start, first)) or caption_line(
        lines[start - 1].text
    ):
        return False
    chunks = chunks_of(lines[start - 1])
    return len(chunks) == 1 and len(parted(chunks, columns, {})) == len(columns)


def _is_group(lines: Sequence[Line], start: int, columns: Sequence[Band]) -> bool:
    """Whether the line above holds the name of a group alone: over several names, and no title amid the table."""
    above, chunks = lines[start - 1], chunks_of(lines[start - 1])
    text = above.text
    if len(chunks) != 1 or above.bookmark or caption_line(text) or unit_line(text) or ends_sentence(text):
        return False
    if parse_head_line(text) or list_item(text) or memo_pair(text) or _is_rule(above) or _is_rule(lines[start]):
        return False
    (group,) = chunks
    names = chunks_of(lines[start])
    right = max(columns[-1][1], names[-1].end)
    amid = abs(group.middle - (min(columns[0][0], names[0].start) + right) / 2) <= 0.03 * right
    over = [c for c in names[1:] if group.start <= c.middle <= group.end]
    return len(over) > 1 and not amid and group.start >= names[0].end and group.end <= right + 2


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


def _is_anchor(line: Line) -> bool:
    """A body row: two chunks or more, of which at least one after the first is a figure."""
    if (
        "\t" in line.raw
        or parse_head_line(line.text)
        or (list_item(line.text) and not is_number(line.text.split()[-1]))
    ):
        return False
    chunks = chunks_of(line)
    figures = [c.text for c in chunks[1:] if is_number(c.text)]
    return bool(figures) and not all(_YEAR.fullmatch(f) for f in figures)  # years alone are a header


def _could_start(line: Line) -> bool:
    text = line.text
    if line.blank or "\t" in line.raw or line.bookmark or caption_line(text) or unit_line(text):
        return False
    return (len(chunks_of(line)) > 1 or _is_rule(line)) and not (
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
            not anchors and (i - start > _LOOK_UP or (len(chunks_of(line)) < 2 and not _heads_on(lines, i, start)))
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
    if caption_line(text) or lines[at].bookmark or len(text) > 90 or parse_head_line(text):
        return False
    if list_item(text):  # "2. Conservación y" above "humedales   712,64": a label that wraps
        return _is_anchor(lines[at + 1]) and starts_lower(lines[at + 1].text)
    return any(_is_anchor(line) for line in lines[at + 1 : at + 3] if not line.blank)


def _in_step(rows: list[list[Chunk]]) -> list[tuple[int, int]] | None:
    """Column bands when the rows have as many chunks as one another, each below the same one; else None."""
    most = max(len(row) for row in rows)
    full = [row for row in rows if len(row) == most]
    if len(full) * 2 <= len(rows):
        return None
    bands = [(min(r[i].start for r in full), max(r[i].end for r in full)) for i in range(most)]
    return bands if all(a[1] <= b[0] for a, b in pairwise(bands)) else None


def _has_figures(body: list[list[Chunk]], start: int, end: int) -> bool:
    inside = [c.text for row in body for c in row if c.start < end and start < c.end]
    return sum(map(is_number, inside)) * 2 > len(inside)


def _columns(rows: list[list[Chunk]]) -> list[tuple[int, int]]:
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


def _at_figures(chunk: Chunk, columns: Sequence[Band], numeric: Sequence[bool]) -> list[Chunk]:
    """A label that a figure follows after one blank is cut where its column of figures begins."""
    words = words_of(chunk)
    figures = [
        i
        for i, w in enumerate(words)
        if i
        and is_number(w.text)
        and any(n and w.end == b and a <= w.start for n, (a, b) in zip(numeric, columns, strict=True))
    ]
    if len(words) < 2 or figures != [len(words) - 1] or is_number(words[-2].text):
        return [chunk]
    text = chunk.text[: words[-1].start - chunk.start].rstrip()
    return [Chunk(text=text, start=chunk.start, end=chunk.start + len(text)), words[-1]]


def _add(grid: Grid, text: str, chunks: Sequence[Chunk], columns: list[Band]) -> None:
    cells = [""] * len(columns)
    for chunk in chunks:
        over = [i for i, (a, b) in enumerate(columns) if chunk.start < b and a < chunk.end]
        place = over[0] if len(over) == 1 else nearest(chunk, columns)
        if (len(over) > 1 and is_number(chunk.text)) or (cells[place] and is_number(chunk.text)):
            reason = "en esta fila las cifras no caen bajo una sola columna"
            grid.left_out.append(LeftOut(text=text, reason=reason))
            grid.warnings.append(f"No se cargó la fila «{text[:60]}»: {reason}.")
            return
        cells[place] = glue(cells[place], chunk.text)
    figures = [c for c in cells[1:] if c and (is_number(c) or is_blank(c))]
    filled = [i for i, c in enumerate(cells) if c]
    lower = len(filled) == 1 and not figures and cells[filled[0]][:1].islower()
    if lower and grid.rows and grid.rows[-1][filled[0]] and any(map(is_number, grid.rows[-1])):
        grid.rows[-1][filled[0]] = glue(grid.rows[-1][filled[0]], cells[filled[0]])
    else:
        grid.rows.append(cells)
