"""What stands beside an answer: the table as it was read with its operands marked, or the passage with its quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.model import Answer
from index.model import Cell, Chunk, Column, Report, Role, Row, RowKind, Table
from tools.access import cell
from tools.model import Figure
from ui.chat.sources import Operand, Source

MOST_ROWS = 300  # shown of one table; a longer one is shown around its operands
_AROUND = 1  # passages shown before and after the quoted one


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A cell of the head. sorts: index of the column that it sorts, None for a cell above several columns."""

    text: str
    columns: int = 1
    rows: int = 1
    sorts: int | None = None
    number: bool = False
    label: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A cell of the body. key: what it is sorted by, empty when there is nothing to compare."""

    text: str
    number: bool = False
    label: bool = False
    key: str = ""
    inferred: bool = False
    operand: Operand | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    kind: RowKind
    depth: int
    cells: tuple[Shown, ...]

    @property
    def marked(self) -> bool:
        return any(cell.operand for cell in self.cells)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table for the screen. left_out: rows that are not shown, because there are too many."""

    caption: str
    head: tuple[tuple[Heading, ...], ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A piece of a report's text: what stands before, in and after each quoted part. quoted: pieces, True if quoted."""

    section: str
    pieces: tuple[tuple[str, bool], ...]
    around: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Printed:
    """A figure that the report prints beside the one that its own figures give."""

    printed: Figure
    computed: Figure


def table_of(report: Report, source: Source) -> Table | None:
    """The table of a source; None for a passage, or when the report was read anew and has it no more."""
    return next((t for t in report.tables if t.id == source.table_id), None)


def grid(table: Table, operands: Sequence[Operand]) -> Grid:
    """The table as parsed, its head with merged cells, its operands marked."""
    marks = {(o.cited.row_index, o.cited.column_index): o for o in operands}
    rows, left_out = _window(table.rows, {r for r, _ in marks if r is not None})
    lines = tuple(
        Line(
            kind=row.kind,
            depth=row.depth,
            cells=tuple(
                _shown(cell(table, row.index, c.index), c, marks.get((row.index, c.index))) for c in table.columns
            ),
        )
        for row in rows
    )
    return Grid(caption=table.name, head=tuple(_head(table)), lines=lines, notes=table.notes, left_out=left_out)


def passages(report: Report, source: Source) -> tuple[Passage, ...]:
    """The passages that hold the quotes, with what stands right before and after them in their section."""
    found: dict[int, Passage] = {}
    for quote in source.quotes:
        places = [i for i, c in enumerate(report.chunks) if _squeezed(quote) in _squeezed(_whole(c))]
        named = [i for i in places if " › ".join(report.chunks[i].section) == source.section]
        place = next(iter(named or places), None)
        if place is None:  # metadata is quoted from the head of the report
            found[-1 - len(found)] = Passage(section=source.section or "", pieces=((quote, True),))
            continue
        section = report.chunks[place].section
        for i in range(max(place - _AROUND, 0), min(place + _AROUND + 1, len(report.chunks))):
            chunk = report.chunks[i]
            if chunk.section != section:
                continue
            pieces = tuple(_cut(_whole(chunk), source.quotes))
            around = not any(quoted for _, quoted in pieces)
            found.setdefault(i, Passage(section=" › ".join(section), pieces=pieces, around=around))
    return tuple(found[i] for i in sorted(found))


def printed_against_computed(answer: Answer) -> Printed | None:
    """The printed figure that answers the same as the computed one and differs from it, if there is one."""
    if not answer.values or answer.values[0].printed or answer.values[0].value is None:
        return None
    computed = answer.values[0]
    for figure in answer.values[1:]:
        alike = figure.printed and figure.unit == computed.unit and figure.value is not None
        if alike and "impres" in figure.label and figure.value is not None and computed.value is not None:
            return Printed(printed=figure, computed=computed) if abs(figure.value) != abs(computed.value) else None
    return None


def _shown(found: Cell, column: Column, operand: Operand | None) -> Shown:
    text = found.text.strip()
    inferred = not text and found.inferred is not None
    return Shown(
        text=(found.inferred or "") if inferred else text,
        number=column.role is Role.NUMBER,
        label=column.role is Role.LABEL,
        key="" if found.value is None else str(found.value),
        inferred=inferred,
        operand=operand,
    )


def _head(table: Table) -> Iterator[tuple[Heading, ...]]:
    """Rows of the head: neighbours with the same words above them share one cell; a short path reaches down."""
    depth = max((len(c.path) for c in table.columns), default=0)
    for level in range(max(depth, 1)):
        cells: list[Heading] = []
        at = 0
        while at < len(table.columns):
            column = table.columns[at]
            path = column.path or ("",)
            if level >= len(path):  # the cell above reaches down to here
                at += 1
                continue
            last = level == len(path) - 1
            end = at + 1
            while not last and end < len(table.columns):
                other = table.columns[end].path
                if len(other) - 1 <= level or other[: level + 1] != path[: level + 1]:
                    break
                end += 1
            cells.append(
                Heading(
                    text=path[level],
                    columns=end - at,
                    rows=max(depth, 1) - level if last else 1,
                    sorts=column.index if last else None,
                    number=column.role is Role.NUMBER,
                    label=column.role is Role.LABEL,
                )
            )
            at = end
        yield tuple(cells)


def _window(rows: Sequence[Row], wanted: set[int]) -> tuple[tuple[Row, ...], int]:
    """All rows, or those around the wanted ones; and how many are not among them."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows), 0
    keep = {i for row in wanted for i in range(row - 3, row + 4)} | set(range(20))
    chosen = [row for row in rows if row.index in keep][:MOST_ROWS]
    return tuple(chosen), len(rows) - len(chosen)


def _whole(chunk: Chunk) -> str:
    return f"{chunk.lead}\n{chunk.text}" if chunk.lead else chunk.text


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str, quotes: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """A text in pieces, True those that are quoted; white space may differ between both."""
    spans: list[tuple[int, int]] = []
    for quote in quotes:
        words = [re.escape(word) for word in quote.split()]
        match = re.search(r"\s+".join(words), text) if words else None
        if match:
            spans.append(match.span())
    at = 0
    for start, end in sorted(spans):
        if start < at:
            continue
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False
