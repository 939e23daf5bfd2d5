"""Parts of one table on successive pages become one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.pdf.blocks import CODE
from index.pdf.drafts import Draft, DraftCell
from index.pdf.lines import text_of
from index.pdf.marks import is_number, is_value
from index.pdf.values import Word
from index.text import fold
from index.titles import same_title


@dataclass(kw_only=True, slots=True)
class Joined:
    """Page parts in order. `dropped` holds the words of repeated headers by page."""

    parts: list[Draft]
    maps: list[list[int]]  # for each part: its columns in the first part's columns
    skips: list[int]  # header rows of the part that repeat and are dropped
    glued: list[bool] = field(default_factory=list)  # the part's first row is the tail of the row before
    dropped: list[tuple[int, list[Word]]] = field(default_factory=list)

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted({p.page for p in self.parts}))


def start(draft: Draft) -> Joined:
    return Joined(parts=[draft], maps=[list(range(draft.columns))], skips=[0], glued=[False])


def try_join(table: Joined, draft: Draft, *, adjacent: bool) -> bool:
    """Add the draft when it continues the table. `adjacent`: nothing is printed between the two parts."""
    first, last = table.parts[0], table.parts[-1]
    if draft.page != last.page + 1:
        return False
    columns = _column_map(first, draft)
    if columns is None:
        return False
    same = draft.header_rows if _same_header(first, draft, columns) else _shared_header(first, draft, columns)
    if not same and not (draft.header_rows == 0 and adjacent):
        return False
    if not adjacent and draft.caption and not same_title(text_of_lines(first.caption), text_of_lines(draft.caption)):
        return False
    skip = same
    if same:
        first.header_rows = min(first.header_rows, same)  # what the header of the next page lacks is a row
    table.parts.append(draft)
    table.maps.append(columns)
    table.skips.append(skip)
    table.glued.append(adjacent and _is_tail(draft, skip))
    repeated = [w for c in draft.cells if c.row < skip for w in c.words]
    if repeated:
        table.dropped.append((draft.page, repeated))
    return True


def text_of_lines(lines: Sequence[Sequence[Word]]) -> str:
    return fold(" ".join(w.text for line in lines for w in line))


def _column_map(first: Draft, draft: Draft) -> list[int] | None:
    """Where each column of the draft stands among the first part's; None when they do not fit."""
    if draft.columns > first.columns + 1 or draft.columns * 2 < first.columns:
        return None
    if draft.columns == first.columns and draft.header_rows and _same_header(first, draft, list(range(first.columns))):
        return list(range(first.columns))
    found: list[int] = []
    a = first.edges
    for i in range(draft.columns):
        cores = _core(draft, i)
        overlaps = [min(cores[1], a[j + 1]) - max(cores[0], a[j]) for j in range(first.columns)]
        best = max(range(first.columns), key=overlaps.__getitem__)
        if overlaps[best] < 0.5 * (cores[1] - cores[0]):
            return None
        found.append(best)
    if sorted(set(found)) != found:
        return None
    return found


def _core(draft: Draft, column: int) -> tuple[float, float]:
    words = [w for c in draft.cells if c.column == column and c.columns == 1 for w in c.words]
    if not words:
        return draft.edges[column], draft.edges[column + 1]
    return min(w.x0 for w in words), max(w.x1 for w in words)


def _header(draft: Draft, columns: list[int], rows: int | None = None) -> list[tuple[int, str]]:
    cells = [c for c in draft.cells if c.row < (draft.header_rows if rows is None else rows)]
    return sorted((columns[c.column], fold(text_of(c.words)).replace(" ", "")) for c in cells)


def _same_header(first: Draft, draft: Draft, columns: list[int]) -> bool:
    if not first.header_rows or not draft.header_rows:
        return False
    one = [t for _, t in _header(first, list(range(first.columns)))]
    two = [t for _, t in _header(draft, columns)]
    return sorted(one) == sorted(two)


def _shared_header(first: Draft, draft: Draft, columns: list[int]) -> int:
    """Rows of a header that both parts begin with, when what one has below it is no header.

    A row without figures printed under the header of one page was taken for its last row: "2.1 | Remuneraciones", or
    a tender without bidders. Where the header of the other is all there, that row is of the body.
    """
    rows = min(first.header_rows, draft.header_rows)
    straight = list(range(first.columns))
    one = [t for _, t in _header(first, straight, rows)]
    two = [t for _, t in _header(draft, columns, rows)]
    if len(one) < 3 or sorted(one) != sorted(two):
        return 0
    below = [c for part in (first, draft) for c in part.cells if rows <= c.row < part.header_rows]
    if any(is_number(text_of(c.words)) for c in below if c.column):
        return 0  # the numbers of the columns, or years
    split = any(c.row < rows < c.row + c.rows for part in (first, draft) for c in part.cells)
    return 0 if split else rows


def _is_tail(draft: Draft, skip: int) -> bool:
    """The first row is the end of a label cut by the page: text only, no start of its own, lower case."""
    cells = draft.row_cells(skip)
    if len(cells) != 1:
        return False
    text = text_of(cells[0].words)
    return not is_value(text) and not CODE.match(text) and text[:1].islower()


def joined_draft(table: Joined) -> list[tuple[Draft, int]]:
    """Parts with mapped columns and rows counted over the whole table; each with its first row."""
    found: list[tuple[Draft, int]] = []
    first = 0
    for part, columns, skip, glued in zip(table.parts, table.maps, table.skips, table.glued, strict=True):
        cells: list[DraftCell] = []
        for cell in part.cells:
            if cell.row < skip:
                continue
            last = columns[min(cell.column + cell.columns - 1, len(columns) - 1)]
            cells.append(
                DraftCell(
                    row=cell.row - skip,
                    column=columns[cell.column],
                    rows=cell.rows,
                    columns=last - columns[cell.column] + 1,
                    words=cell.words,
                )
            )
        offset = first - 1 if glued and first else first
        moved = Draft(
            page=part.page,
            edges=table.parts[0].edges,
            cells=cells,
            header_rows=part.header_rows if skip == 0 else 0,
            ruled=part.ruled,
        )
        found.append((moved, offset))
        first = offset + moved.rows
    return found
