"""Tables of a Word document → grids with their true spans, and the pieces of one table joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from index.blocks import RawCell, RawTable
from index.readers.docx_styles import W, flag, value
from index.readers.docx_text import Para, TextReader
from index.readers.grid import is_number
from index.report_head import memo_pair
from index.text import fold

Notes = Callable[[Sequence[str]], list[str]]
_DEEPEST = 8  # tables inside cells of tables
_SLIVER = 60  # twentieths of a point, a millimetre
_NEAR = 0.03  # of the table's width: column edges of two pieces of one table may differ by so much


@dataclass(kw_only=True, slots=True)
class WordTable:
    """One w:tbl. `edges` are the left edges of its grid columns, from 0 to 1. `inner`: tables inside its cells."""

    cells: list[RawCell]
    header_rows: int
    edges: list[float]
    notes: list[str] = field(default_factory=list)
    inner: list[WordTable] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    paras: list[Para] = field(default_factory=list)  # all paragraphs, for tables that are only a frame

    @property
    def rows(self) -> list[list[RawCell]]:
        """Cells with text, by row; rows without any are not there."""
        found: dict[int, list[RawCell]] = {}
        for cell in sorted(self.cells, key=lambda c: (c.row, c.column)):
            if cell.text:
                found.setdefault(cell.row, []).append(cell)
        return [found[r] for r in sorted(found)]

    @property
    def columns(self) -> int:
        return len({c.column for c in self.cells if c.text})

    @property
    def frame(self) -> bool:
        """Whether it only frames texts: one column, or no two texts in any row."""
        return self.columns < 2 or all(len(r) < 2 for r in self.rows)

    def raw(self) -> RawTable:
        pages = tuple(sorted({c.page for c in self.cells if c.page is not None}))
        return RawTable(
            cells=tuple(self.cells), header_rows=self.header_rows or None, pages=pages, notes=tuple(self.notes)
        )

    def memo_lines(self) -> list[str] | None:
        """Lines "PARA: …" of a memo head set as a table without borders; None for any other table."""
        lines: list[str] = []
        pairs = 0
        for row in self.rows:
            texts = [c.text for c in row if c.text.strip(" :")]
            if not texts:
                continue
            key, rest = texts[0].rstrip(" :"), texts[1:]
            if memo_pair(f"{key}:") and len(rest) < 2:
                pairs += 1
                lines.extend(f"{key}: {rest[0] if rest else ''}".split("\n"))
            elif memo_pair(texts[0]):
                pairs += 1
                lines.extend("\n".join(texts).split("\n"))
            elif pairs:
                lines.extend("\n".join(texts).split("\n"))
            else:
                return None
        return lines if pairs > 1 and pairs * 2 >= len(self.rows) else None


def read_table(element: Any, reader: TextReader, notes: Notes, depth: int = 0) -> WordTable:
    """The grid of a w:tbl. `notes` gives the texts of footnotes by their ids."""
    return _TableReader(reader=reader, notes=notes, depth=depth).read(element)


@dataclass(kw_only=True)
class _TableReader:
    reader: TextReader
    notes: Notes
    depth: int
    table: WordTable = field(default_factory=lambda: WordTable(cells=[], header_rows=0, edges=[]))
    _open: dict[int, RawCell] = field(default_factory=dict)  # grid column → cell merged downwards

    def read(self, element: Any) -> WordTable:
        at = 0
        headed = True
        for row in _children(element, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                texts = (t.text or "" for t in row.iter(f"{W}t", f"{W}delText"))
                self.reader.leave(" | ".join(texts), "fila borrada con control de cambios")
                continue
            headed = headed and flag(properties, "tblHeader")
            column = _count(properties, "gridBefore", 0)
            for cell in _children(row, "tc"):
                column = self._cell(cell, at, column)
            self.table.header_rows += headed
            at += 1
        if self.table.header_rows == at:
            self.table.header_rows = 0
        _trim_header(self.table)
        _drop_slivers(self.table, [int(c.get(f"{W}w") or 0) for c in element.findall(f"{W}tblGrid/{W}gridCol")])
        return self.table

    def _cell(self, cell: Any, row: int, column: int) -> int:
        """Puts one w:tc into the table; returns the next free column."""
        properties = cell.find(f"{W}tcPr")
        span = _count(properties, "gridSpan", 1)
        if properties is not None and properties.find(f"{W}cellDel") is not None:
            texts = (t.text or "" for t in cell.iter(f"{W}t", f"{W}delText"))
            self.reader.leave("".join(texts), "celda borrada con control de cambios")
            return column + span
        down = properties.find(f"{W}vMerge") if properties is not None else None
        beside = properties.find(f"{W}hMerge") if properties is not None else None
        paras, page = self._content(cell)
        text = "\n".join(filter(None, (f"{p.label} {p.text}".strip() for p in paras)))
        cells = self.table.cells
        if beside is not None and value(beside) != "restart" and cells and cells[-1].row == row:
            cells[-1] = replace(cells[-1], columns=cells[-1].columns + span, text=_lines(cells[-1].text, text))
            return column + span
        above = self._open.get(column)
        if down is not None and value(down) != "restart" and above is not None and above.row + above.rows == row:
            joined = replace(above, rows=above.rows + 1, text=_lines(above.text, text))
            cells[cells.index(above)] = self._open[column] = joined
            return column + span
        bold = bool(text) and all(p.bold for p in paras if p.text)
        found = RawCell(text=text, row=row, column=column, columns=span, page=page, bold=bold, indent=_indent(cell))
        cells.append(found)
        self._open.pop(column, None)
        if down is not None:
            self._open[column] = found
        return column + span

    def _content(self, cell: Any) -> tuple[list[Para], int | None]:
        paras: list[Para] = []
        for child in blocks_of(cell):
            if child.tag == f"{W}tbl":
                if self.depth < _DEEPEST:
                    self.table.inner.append(read_table(child, self.reader, self.notes, self.depth + 1))
                continue
            para = self.reader.paragraph(child)
            paras.append(para)
            self.table.boxes.extend(para.boxes)
            self.table.notes.extend(self.notes(para.notes))
        self.table.paras.extend(paras)
        return paras, next((p.page for p in paras if p.text), paras[0].page if paras else None)


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts))


def _trim_header(table: WordTable) -> None:
    """Takes out of a repeated header its last rows that only head a section of the body: one text, nothing over it."""
    while table.header_rows > 1:
        last = table.header_rows - 1
        reach = any(c.row < last < c.row + c.rows for c in table.cells)
        own = sum(c.row == last and bool(c.text) for c in table.cells)
        named = any(sum(c.row == r and bool(c.text) for c in table.cells) > 1 for r in range(last))
        if reach or own > 1 or not named:
            break
        table.header_rows = last


def _drop_slivers(table: WordTable, widths: Sequence[int]) -> None:
    """Takes out grid columns too narrow for a letter: edges that someone dragged almost, not quite, into line."""
    slim = {i for i, width in enumerate(widths) if 0 < width <= _SLIVER}
    slim -= {i for c in table.cells if (own := set(range(c.column, c.column + c.columns))) <= slim for i in own}
    if len(slim) < len(widths):
        new = [sum(i not in slim for i in range(edge)) for edge in range(len(widths) + 1)]
        top = len(widths)
        for at, c in enumerate(table.cells):
            left, right = new[min(c.column, top)], new[min(c.column + c.columns, top)]
            if c.column + c.columns <= top:
                table.cells[at] = replace(c, column=left, columns=max(1, right - left))
    kept = [width for i, width in enumerate(widths) if i not in slim]
    total = sum(kept) or 1
    table.edges = [sum(kept[:i]) / total for i in range(len(kept) + 1)] if kept else []


def blocks_of(element: Any) -> Iterator[Any]:
    """w:p and w:tbl of a body, cell or box in order, also inside content controls and inserted blocks."""
    for child in element:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from blocks_of(child)


def _children(element: Any, name: str) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _children(child, name)


def _count(properties: Any, name: str, default: int) -> int:
    text = value(properties.find(f"{W}{name}")) if properties is not None else None
    return int(text) if text and text.isdecimal() else default


def _indent(cell: Any) -> float:
    """Left indent of a cell's first paragraph in points: depth of a label in a hierarchy."""
    first = cell.find(f"{W}p/{W}pPr/{W}ind")
    text = (first.get(f"{W}left") or first.get(f"{W}start") or "0") if first is not None else "0"
    return int(text) / 20 if text.lstrip("-").isdecimal() else 0.0


def join(first: WordTable, second: WordTable) -> bool:
    """Adds `second`, which follows with nothing between, to `first` when it is its continuation.

    It is when it repeats the header, or begins with a row of figures or a section and its columns stand below those
    of `first`.
    """
    head = _same_head(first, second)
    mapping = _mapping(first, second)
    if mapping is None or (not head and not _headless(first, second)):
        return False
    bottom = max((c.row + c.rows for c in first.cells), default=0)
    skipped = {row[0].row for row in second.rows[:head]}
    order = sorted({c.row for c in second.cells} - skipped)
    place = {row: bottom + i for i, row in enumerate(order)}
    for cell in second.cells:
        if cell.row in place:
            left = mapping[cell.column]
            right = mapping.get(cell.column + cell.columns, left + cell.columns)
            rows = sum(cell.row <= r < cell.row + cell.rows for r in order)
            moved = replace(cell, row=place[cell.row], column=left, columns=max(1, right - left), rows=rows)
            first.cells.append(moved)
    first.notes.extend(second.notes)
    first.inner.extend(second.inner)
    first.boxes.extend(second.boxes)
    return True


def _same_head(first: WordTable, second: WordTable) -> int:
    """How many top rows of the second repeat those of the first; 0 when its header is another or it has none."""
    same = 0
    for a, b in zip(first.rows, second.rows, strict=False):
        if [fold(c.text) for c in a] != [fold(c.text) for c in b]:
            break
        same += 1
    rows = first.rows[:same]
    return same if any(len(r) > 1 and not any(is_number(c.text) for c in r) for r in rows) else 0


def _headless(first: WordTable, second: WordTable) -> bool:
    """Whether a table cannot stand alone: the first has a header above figures, this one starts without."""
    if second.header_rows or not second.rows or len(first.rows) < 2:
        return False
    headed = any(len(r) > 1 and not any(is_number(c.text) for c in r) for r in first.rows[:4])
    opening = second.rows[0]
    return headed and (len(opening) == 1 or any(is_number(c.text) for c in opening))


def _mapping(first: WordTable, second: WordTable) -> dict[int, int] | None:
    """Grid columns of the second table → those of the first; None when their usual rows have other columns."""
    usual, other = _usual(first), _usual(second)
    if len(usual) != len(other) or len(usual) < 2:
        return None
    if not first.edges[1:] or not second.edges[1:]:
        return dict(zip(other, usual, strict=True)) if usual == other else None
    for a, b in zip(usual, other, strict=True):
        if a >= len(first.edges) or b >= len(second.edges) or abs(first.edges[a] - second.edges[b]) > _NEAR:
            return None
    anchors = dict(zip(other, usual, strict=True))
    return {
        column: anchors.get(column, min(range(len(first.edges)), key=lambda i: abs(first.edges[i] - edge)))
        for column, edge in enumerate(second.edges)
    }


def _usual(table: WordTable) -> tuple[int, ...]:
    """Columns where the cells of most rows start, blank ones too."""
    starts: dict[int, list[int]] = {}
    for cell in table.cells:
        starts.setdefault(cell.row, []).append(cell.column)
    widest = max((len(s) for s in starts.values()), default=0)
    patterns = Counter(tuple(sorted(s)) for s in starts.values() if len(s) == widest)
    return patterns.most_common(1)[0][0] if patterns else ()
