"""A demonstration report before it is rendered: blocks in order and tables with machine numbers.

Cells hold plain numbers ("2745.00") or any other text as it must be printed ("63 %", "*18", "N/D"). A writer prints
numbers in the convention of the report; the golden questions compute with the same cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    LETTER = "letter"  # item of a lettered sub-list
    NOTE = "note"
    HEAD = "head"  # "PARA: …" line of a memo
    TABLE = "table"
    PAGE_BREAK = "page_break"
    SHEET = "sheet"


class RowMark(StrEnum):
    """What a row of data is; the first column (`_`) of each data file."""

    DATA = ""
    SUBTOTAL = "S"
    TOTAL = "T"
    SECTION = "G"


@dataclass(frozen=True, kw_only=True)
class Block:
    """`text` is the name of the table for TABLE and of the sheet for SHEET; `level` is used by headings."""

    kind: BlockKind
    text: str = ""
    level: int = 1


@dataclass(frozen=True, kw_only=True)
class TableRow:
    mark: RowMark
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TableSpec:
    """One table. In `header`, "<" continues the cell to the left and "^" the cell above (merged cells).

    texts: how many columns at the left are never printed as numbers. widths: relative widths of the columns.
    style: "grid" (all rules) or "open" (ruled header over an open body) in PDF; "tabs" or "wide" in TXT.
    """

    name: str
    caption: str
    unit: str
    keys: tuple[str, ...]
    header: tuple[tuple[str, ...], ...]
    rows: tuple[TableRow, ...]
    texts: int = 1
    widths: tuple[float, ...] = ()
    style: str = "grid"
    negatives: str = "-"


@dataclass(frozen=True, kw_only=True)
class ReportSpec:
    """One report. `convention` is how it prints 1234.56: "1,234.56" or "1.234,56"."""

    stem: str
    kind: str
    title: str
    institution: str
    country: str
    running_head: str
    convention: str
    landscape: bool
    blocks: tuple[Block, ...]
    tables: dict[str, TableSpec] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return f"{self.stem}.{self.kind}"


def is_number(text: str) -> bool:
    """Whether a cell of data is a machine number, to be printed in the convention of the report."""
    return _NUMBER.fullmatch(text) is not None


def printed(text: str, *, convention: str, negatives: str = "-") -> str:
    """A machine number as the report prints it; any other text comes back as it is.

    >>> printed("-2468.90", convention="1.234,56", negatives="()")
    '(2.468,90)'
    """
    if text.endswith("%") and is_number(text[:-1]):
        return printed(text[:-1], convention=convention, negatives=negatives) + "%"
    if not is_number(text):
        return text
    whole, _, decimals = text.removeprefix("-").partition(".")
    thousands, point = convention[1], convention[-3]
    grouped = f"{int(whole):,}".replace(",", thousands) + (point + decimals if decimals else "")
    if not text.startswith("-"):
        return grouped
    return f"({grouped})" if negatives == "()" else f"-{grouped}"


def printed_cells(table: TableSpec, row: TableRow, *, convention: str) -> tuple[str, ...]:
    """The cells of a row as printed; the leading text columns are left alone."""
    return tuple(
        cell if place < table.texts else printed(cell, convention=convention, negatives=table.negatives)
        for place, cell in enumerate(row.cells)
    )


def spans(header: tuple[tuple[str, ...], ...]) -> list[tuple[int, int, int, int, str]]:
    """Header cells as (row, column, rows, columns, text), with the "<" and "^" marks resolved."""
    found = []
    for top, line in enumerate(header):
        for left, text in enumerate(line):
            if text in ("<", "^"):
                continue
            columns = 1
            while left + columns < len(line) and line[left + columns] == "<":
                columns += 1
            rows = 1
            while top + rows < len(header) and header[top + rows][left] == "^":
                rows += 1
            found.append((top, left, rows, columns, text))
    return found
