"""A table of one page before it is joined with others: cells that still hold their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.blocks import RawCell
from index.model import Box
from index.pdf.headers import HeadCell
from index.pdf.lines import levels, text_of
from index.pdf.rows import BodyRow
from index.pdf.values import Word, bounds


@dataclass(kw_only=True, slots=True)
class DraftCell:
    row: int
    column: int
    words: list[Word]
    rows: int = 1
    columns: int = 1


@dataclass(kw_only=True, slots=True)
class Draft:
    """Cells on a grid. `edges` are the column borders; `header_rows` top rows are header; `ruled` has a net."""

    page: int
    edges: tuple[float, ...]
    cells: list[DraftCell]
    header_rows: int
    ruled: bool = False
    caption: list[list[Word]] = field(default_factory=list)  # lines above
    notes: list[list[Word]] = field(default_factory=list)
    beside: bool = False  # stands right of the table before it, under a copy of its header
    lost: list[Word] = field(default_factory=list)  # words in its area that are in no cell

    @property
    def words(self) -> list[Word]:
        return [w for c in self.cells for w in c.words]

    @property
    def box(self) -> Box:
        return bounds(self.words)

    @property
    def rows(self) -> int:
        return max((c.row + c.rows for c in self.cells), default=0)

    @property
    def columns(self) -> int:
        return len(self.edges) - 1

    def row_cells(self, row: int) -> list[DraftCell]:
        return sorted((c for c in self.cells if c.row == row), key=lambda c: c.column)

    def row_text(self, row: int) -> tuple[str, ...]:
        found = [""] * self.columns
        for cell in self.row_cells(row):
            found[cell.column] = text_of(cell.words)
        return tuple(found)


def draft_of(
    page: int, edges: Sequence[float], head: Iterable[HeadCell], head_rows: int, body: Sequence[BodyRow]
) -> Draft:
    """Header cells and body rows put on one grid."""
    cells = [
        DraftCell(row=h.row, column=h.first, rows=h.rows, columns=h.last - h.first + 1, words=list(h.words))
        for h in head
    ]
    for index, row in enumerate(body, start=head_rows):
        cells.extend(DraftCell(row=index, column=c, words=list(w)) for c, w in enumerate(row.cells) if w)
    return Draft(page=page, edges=tuple(edges), cells=cells, header_rows=head_rows)


def compact(draft: Draft, *, columns: bool = True) -> Draft:
    """Drop rows, and with `columns` also columns, that hold nothing; spans shrink with them."""
    held_rows = {c.row for c in draft.cells if c.words}
    held_columns = {c.column for c in draft.cells if c.words} if columns else set(range(draft.columns))
    row_at = {r: i for i, r in enumerate(sorted(held_rows))}
    column_at = {c: i for i, c in enumerate(sorted(held_columns))}
    cells = []
    for cell in draft.cells:
        if not cell.words:
            continue
        rows = 1 if cell.rows == 1 else sum(cell.row <= r < cell.row + cell.rows for r in held_rows)
        wide = 1 if cell.columns == 1 else sum(cell.column <= c < cell.column + cell.columns for c in held_columns)
        cells.append(
            DraftCell(
                row=row_at[cell.row],
                column=column_at[cell.column],
                rows=rows,
                columns=wide,
                words=cell.words,
            )
        )
    draft.header_rows = sum(r < draft.header_rows for r in held_rows)
    kept = sorted(held_columns)
    draft.edges = (*(draft.edges[c] for c in kept), draft.edges[kept[-1] + 1]) if kept else ()
    draft.cells = cells
    return draft


def raw_cells(draft: Draft, first_row: int = 0) -> list[RawCell]:
    """The cells as readers hand them over; indent is the distance in points from the leftmost text of the column."""
    starts: dict[int, float] = {}
    for cell in draft.cells:
        if cell.row >= draft.header_rows:
            x0 = min(w.x0 for w in cell.words)
            starts[cell.column] = min(starts.get(cell.column, x0), x0)
    found = []
    for cell in sorted(draft.cells, key=lambda c: (c.row, c.column)):
        first = levels(cell.words)[0][0]
        found.append(
            RawCell(
                text=text_of(cell.words),
                row=first_row + cell.row,
                column=cell.column,
                rows=cell.rows,
                columns=cell.columns,
                page=draft.page,
                box=_printed(cell.words),
                verified=_verified(cell.words),
                others=_others(cell.words),
                bold=sum(w.bold for w in cell.words) * 2 > len(cell.words),
                indent=round(max(0.0, first.x0 - starts.get(cell.column, first.x0)), 1),
            )
        )
    return found


def _printed(words: Sequence[Word]) -> Box:
    """Where words stand; those read from a picture on the page as it is shown."""
    crops = [w.crop for w in words if w.crop is not None]
    if not crops:
        return bounds(list(words))
    return Box(
        x0=min(c.x0 for c in crops),
        top=min(c.top for c in crops),
        x1=max(c.x1 for c in crops),
        bottom=max(c.bottom for c in crops),
    )


def _verified(words: Sequence[Word]) -> bool | None:
    told = [w.verified for w in words if w.verified is not None]
    return all(told) if told else None


def _others(words: Sequence[Word]) -> tuple[str, ...]:
    """Other readings of a cell of figures: what else its one figure may be, without specks, or its torn parts in one."""
    figures = [w for w in words if w.verified is not None]
    if len(words) == 1:
        return words[0].other
    if len(figures) == 1:
        return (figures[0].text, *figures[0].other)
    return ("".join(w.text for w in figures),) if len(figures) == len(words) else ()
