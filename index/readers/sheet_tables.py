"""A sheet of cells → tables, titles, notes and paragraphs, by blank rows, blank columns and what each row looks like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.blocks import Block, ListBlock, Paragraph, RawCell, RawTable
from index.model import Fact
from index.readers.sheet_rows import SheetRow, closing_notes, is_figure, join_caption, make_rows
from index.readers.text_lines import list_item
from index.report_head import key_name
from index.text import fold
from index.titles import goes_on, same_title

_NEAR = 3  # blank rows that a table may have inside
_HEADER = 3  # rows of a header that stands apart from its body
_LINES = 4  # a caption, its subject, its unit and the header after them
_PIVOT = frozenset(("etiquetas de fila", "rotulos de fila", "row labels"))  # the corner of a pivot table
_TITLES = 8  # lines above a table that may be its caption


@dataclass
class _Open:
    """A table being read."""

    rows: list[SheetRow]
    titles: list[SheetRow]
    facts: list[Fact]

    @property
    def last(self) -> int:
        return self.rows[-1].index

    @property
    def columns(self) -> tuple[int, int]:
        return min(r.first for r in self.rows), max(r.last for r in self.rows)

    @property
    def figures(self) -> set[int]:
        return set().union(*(r.figures for r in self.rows if not _numbers_columns(r)))

    @property
    def head(self) -> list[SheetRow]:
        """Rows of texts above the first figures."""
        count = next((i for i, r in enumerate(self.rows) if r.figures and not _numbers_columns(r)), len(self.rows))
        return self.rows[:count]


@dataclass
class SheetReader:
    """Turns the cells of one sheet into blocks. `filter_row` is the sheet row known to be the last of a header.

    boxes: what text boxes say and where they begin; one that lies over a table is a note of it and leaves the list.
    """

    sheet: str | None = None
    filter_row: int | None = None
    boxes: list[tuple[str, tuple[int, int] | None]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    _pending: list[SheetRow] = field(default_factory=list)
    _facts: list[Fact] = field(default_factory=list)
    _table: _Open | None = None

    def read(self, cells: Iterable[RawCell]) -> tuple[Block, ...]:
        """All blocks of the sheet, in reading order; tables side by side come left to right."""
        for side in _sides(make_rows(cells)):
            bands = [part for band in _bands(side) for part in _parted(band)]
            for i, band in enumerate(bands):
                self._band(band, bands[i + 1] if i + 1 < len(bands) else None)
            self._close()
            self._flush(self._pending)
            self._pending, self._facts = [], []
        return tuple(self.blocks)

    def _band(self, band: list[SheetRow], following: list[SheetRow] | None) -> None:
        lead, body = _lead(band)
        if not body:
            self._texts(lead, following)
            return
        if following is not None and _filters(body, following):
            self._close()
            self._keep(lead)
            self._facts.extend(_pair(row) for row in body)
            return
        table = self._table
        if table is not None and _repeats(table, lead, body):
            head = len(table.head)
            table.rows.extend(body[head:])
            return
        if table is not None and _continues(table, lead, body):
            table.rows.extend([*lead, *body])
            return
        self._close()
        self._keep(lead)
        prose = max((i for i, r in enumerate(self._pending) if r.prose or _bulleted(r)), default=-1)
        prose = max(prose, len(self._pending) - _TITLES - 1)
        self._flush(self._pending[: prose + 1])
        self._table = _Open(rows=list(body), titles=self._pending[prose + 1 :], facts=self._facts)
        self._pending, self._facts = [], []

    def _texts(self, rows: list[SheetRow], following: list[SheetRow] | None) -> None:
        """A band of single texts: sections of the open table, its notes, or titles of what comes."""
        table = self._table
        if table is not None and following is not None:
            lead, body = _lead(following)
            near = following[0].index - rows[-1].index <= _NEAR
            if near and body and _continues(table, [*rows, *lead], body):
                table.rows.extend(rows)
                return
        if table is not None:
            notes = 0
            while notes < len(rows) and (rows[notes].note or (notes and not rows[notes].caption and rows[notes].prose)):
                notes += 1
            self._close(rows[:notes])
            rows = rows[notes:]
        self._keep(rows)

    def _keep(self, rows: Sequence[SheetRow]) -> None:
        for row in rows:
            if row.facts:
                self._facts.extend(row.facts)
            else:
                self._pending.append(row)

    def _close(self, notes: Sequence[SheetRow] = ()) -> None:
        table, self._table = self._table, None
        if table is None:
            return
        tail = closing_notes(table.rows)
        rows = table.rows[: len(table.rows) - len(tail)]
        texts = tuple(r.text for r in (*tail, *notes))
        if not _is_table(rows, after=bool(self.blocks)):
            self._flush([*table.titles, *rows])
        else:
            texts = (*self._boxes_over(rows), *texts)
            self.blocks.append(self._raw(table, rows, texts))
        self.blocks.extend(Paragraph(text=t, note=True) for t in texts)

    def _boxes_over(self, rows: Sequence[SheetRow]) -> tuple[str, ...]:
        rows_held = range(rows[0].index, rows[-1].index + 1)
        columns = range(min(r.first for r in rows), max(r.last for r in rows) + 1)
        over = [b for b in self.boxes if b[1] is not None and b[1][0] in rows_held and b[1][1] in columns]
        self.boxes = [b for b in self.boxes if b not in over]
        return tuple(dict.fromkeys(" ".join(text.split()) for text, _ in over))

    def _raw(self, table: _Open, rows: list[SheetRow], notes: tuple[str, ...]) -> RawTable:
        place = {row.index: i for i, row in enumerate(rows)}
        left = min(r.first for r in rows)
        header = None
        if self.filter_row in place:
            header = place[self.filter_row] + 1
        return RawTable(
            cells=tuple(_moved(c, place, left) for row in rows for c in row.cells),
            caption=join_caption(r.text for r in table.titles),
            header_rows=header,
            sheet=self.sheet,
            notes=notes,
            facts=tuple(table.facts),
        )

    def _flush(self, rows: Sequence[SheetRow]) -> None:
        """Single texts as paragraphs, consecutive bullets as one list."""
        items: list[str] = []
        for row in rows:
            text = " | ".join(" ".join(c.text.split()) for c in row.cells)
            item = list_item(text) if row.alone else None
            if item:
                items.append(item.text)
                continue
            self._list(items)
            items = []
            self.blocks.append(Paragraph(text=text, note=row.note))
        self._list(items)

    def _list(self, items: list[str]) -> None:
        if items:
            self.blocks.append(ListBlock(items=tuple(items)))


def _moved(cell: RawCell, place: dict[int, int], left: int) -> RawCell:
    rows = 1 if cell.rows == 1 else max(1, sum(r in place for r in range(cell.row, cell.row + cell.rows)))
    if left == 0 and place[cell.row] == cell.row and rows == cell.rows:
        return cell  # long flat sheets start at A1: no need to build each cell twice
    return RawCell(
        text=cell.text,
        row=place[cell.row],
        column=cell.column - left,
        rows=rows,
        columns=cell.columns,
        bold=cell.bold,
        indent=cell.indent,
        number=cell.number,
        percent=cell.percent,
    )


def _bulleted(row: SheetRow) -> bool:
    return row.alone and list_item(row.text) is not None and not row.caption


def _bands(rows: Sequence[SheetRow]) -> list[list[SheetRow]]:
    """Rows cut at blank rows. A merged cell may reach over rows without text of their own."""
    bands: list[list[SheetRow]] = []
    reach = -2
    for row in rows:
        if row.index > reach + 1:
            bands.append([])
        bands[-1].append(row)
        reach = max(reach, max(row.index + c.rows - 1 for c in row.cells) if len(row.cells) > 1 else row.index)
    return bands


def _parted(band: list[SheetRow]) -> list[list[SheetRow]]:
    """A band cut where a table follows another without a blank row: at its caption, or at the header after a total."""
    starts = [0]
    for i, row in enumerate(band):
        if i < starts[-1] + 2 or not (row.texts_only or row.alone):
            continue
        before = band[starts[-1] : i]
        figures = set().union(*(r.figures for r in before))
        head = next((n for n in range(i, min(i + _LINES, len(band))) if not band[n].alone), len(band) - 1)
        under = band[head + 1 : head + 1 + _HEADER]
        headed = (
            band[head].texts_only
            and any(c.column in figures for c in band[head].cells)
            and any(r.figures & {c.column for c in band[head].cells} for r in under)
        )
        if headed and (row.caption or (before[-1].total and before[-1].figures)):
            starts.append(i)
    return [band[a:b] for a, b in zip(starts, [*starts[1:], len(band)], strict=True)]


def _filters(rows: Sequence[SheetRow], following: Sequence[SheetRow]) -> bool:
    """Pairs of a field and what it is narrowed to, as a pivot table prints them above itself."""
    pivot = any(fold(r.cells[0].text) in _PIVOT for r in following[:_HEADER])
    return pivot and all(len(r.cells) == 2 and not is_figure(r.cells[0]) for r in rows)


def _pair(row: SheetRow) -> Fact:
    key, value = (" ".join(c.text.split()) for c in row.cells)
    return Fact(key=key_name(key), value=value, quote=f"{key}: {value}")


def _lead(band: Sequence[SheetRow]) -> tuple[list[SheetRow], list[SheetRow]]:
    """Titles and facts above the grid of a band, and the grid."""
    start = 0
    while start < len(band):
        row = band[start]
        if not (row.alone or row.facts) or (row.alone and _heads_group(row, band[start + 1 :])):
            break
        start += 1
    return list(band[:start]), list(band[start:])


def _heads_group(row: SheetRow, below: Sequence[SheetRow]) -> bool:
    """Whether a merged text stands over some, not all, columns of a header below it."""
    cell = row.cells[0]
    if cell.columns < 2 or not below or len(below[0].cells) < 2:
        return False
    inside = below[0].first <= cell.column and row.last <= below[0].last
    return inside and (cell.column > below[0].first or (row.last < below[0].last and len(row.text) < 40))


def _numbers_columns(row: SheetRow) -> bool:
    """A row that numbers the columns: 1 | 2 | 3 = (1 + 2) | 4."""
    found = [c.text.split("=")[0].strip(" ()") for c in row.cells]
    numbers = [int(t) for t in found if t.isdecimal()]
    return (
        len(row.cells) > 2
        and len(numbers) == len(found)
        and numbers == list(range(numbers[0], numbers[0] + len(found)))
    )


def _header(rows: Sequence[SheetRow]) -> bool:
    """Whether rows begin with a header: texts over the figures that come."""
    return bool(rows) and rows[0].texts_only


def _continues(table: _Open, lead: Sequence[SheetRow], body: Sequence[SheetRow]) -> bool:
    """Whether a band goes on with the open table after a blank row: no title and no header of its own, same columns."""
    start = (lead or body)[0].index
    if start - table.last - 1 > _NEAR or any(r.caption or r.facts or r.prose or r.note for r in lead):
        return False
    first, last = table.columns
    if min(r.first for r in body) < first or max(r.last for r in body) > last:
        return False
    figures = set().union(*(r.figures for r in body))
    if not table.figures:
        if lead and (len(table.rows) > _HEADER or _header(body)):
            return False
        return bool(figures) or (not lead and _same_texts(table, body))
    if lead and any(r.total for r in table.rows):
        return False
    return not _header(body) and bool(figures) and figures <= table.figures | set(range(first, last + 1)) and not (
        _numbers_columns(body[0])
    )  # fmt: skip


def _same_texts(table: _Open, body: Sequence[SheetRow]) -> bool:
    """A table of texts goes on: as many cells a row, in the same columns."""
    columns = {c.column for c in table.rows[0].cells}
    return all({c.column for c in r.cells} <= columns for r in body) and len(body[0].cells) > 1


def _repeats(table: _Open, lead: Sequence[SheetRow], body: Sequence[SheetRow]) -> bool:
    """Whether a band prints title and header of the open table once more, as on a new page."""
    head = table.head
    if not head or len(body) <= len(head) or any(r.total for r in table.rows[-1:]):
        return False
    titles = [r.text for r in table.titles]
    return [r.key() for r in body[: len(head)]] == [r.key() for r in head] and all(
        goes_on(r.text) or any(same_title(title, r.text) for title in titles) for r in lead if not r.facts
    )


def _is_table(rows: Sequence[SheetRow], *, after: bool) -> bool:
    """Two columns and two rows at least; a few texts under another table are signatures."""
    wide = [r for r in rows if len(r.cells) > 1]
    if len(rows) < 2 or not wide:
        return False
    return not (after and len(rows) < 4 and not any(r.figures for r in rows))


def _sides(rows: Sequence[SheetRow]) -> list[list[SheetRow]]:
    """The sheet cut into tables side by side, when blank columns divide it and each side has labels and figures."""
    cut = _side_cut(rows)
    if cut is None:
        return [list(rows)] if rows else []
    left: list[SheetRow] = []
    right: list[SheetRow] = []
    for row in rows:
        before = tuple(c for c in row.cells if c.column < cut)
        beyond = tuple(c for c in row.cells if c.column >= cut)
        if before:
            left.append(SheetRow(row.index, before))
        if beyond or (row.alone and row.last >= cut):  # a title over both sides belongs to both
            right.append(SheetRow(row.index, beyond or before))
    return [*_sides(left), *_sides(right)]


def _side_cut(rows: Sequence[SheetRow]) -> int | None:
    """First column of the right side, or None when the sheet is one body of columns."""
    wide = [r for r in rows if len(r.cells) > 1 and not r.facts]
    used = {c for r in wide for cell in r.cells for c in range(cell.column, cell.column + cell.columns)}
    starts = [c for c in sorted(used) if c - 1 not in used and c > min(used)]
    for start in starts:
        left = [tuple(c for c in r.cells if c.column < start) for r in wide]
        right = [tuple(c for c in r.cells if c.column >= start) for r in wide]
        if _own_table(left) and _own_table(right) and _apart(left, right):
            return start
    return None


def _own_table(parts: Sequence[tuple[RawCell, ...]]) -> bool:
    """Whether one side has a column of labels first and figures after it."""
    rows = [SheetRow(i, p) for i, p in enumerate(parts) if len(p) > 1]
    with_figures = [r for r in rows if r.figures]
    if len(with_figures) < 2:
        return False
    first = min(r.first for r in rows)
    headed = [r for r in with_figures if r.first == first]
    names = [next((c for c in r.cells[:2] if c.column not in r.figures), None) for r in headed]  # codes may come first
    labels = [fold(c.text) for c, r in zip(names, headed, strict=True) if c is not None and max(r.figures) > c.column]
    return len(labels) > 0.8 * len(with_figures) and len(set(labels)) > 0.7 * len(labels)


def _apart(left: Sequence[tuple[RawCell, ...]], right: Sequence[tuple[RawCell, ...]]) -> bool:
    """Evidence that two sides are two tables: the same first header, or rows that only one of them has."""
    heads = [next((fold(p[0].text) for p in side if len(p) > 1), "") for side in (left, right)]
    lonely = sum(bool(a) != bool(b) for a, b in zip(left, right, strict=True))
    return heads[0] == heads[1] or lonely > 0
