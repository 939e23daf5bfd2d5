"""What a reader hands over, whatever the file: blocks in reading order, before anything is typed.

Readers find *where* things are (a heading, a list, a grid of texts); `index.tables` and `index.chunks` find what they
mean. A reader puts every bit of text of the file in a block or in `left_out`.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.model import Box, Fact, LeftOut


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    text: str
    level: int = 1  # 1 is the outermost
    page: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    text: str
    page: int | None = None
    note: bool = False  # a footnote


@dataclass(frozen=True, kw_only=True, slots=True)
class ListBlock:
    """Consecutive items without their bullets; a lettered sub-list is glued to its item as "a) … b) …" lines."""

    items: tuple[str, ...]
    page: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RawCell:
    """One cell of a grid. A merged cell appears once, at its top left place, with its spans."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    page: int | None = None
    box: Box | None = None
    bold: bool = False
    indent: float = 0.0
    number: str | None = None  # the exact stored number of a spreadsheet cell, plain notation, when it has one
    verified: bool | None = None  # a figure read by OCR: whether its readings agree; None for print
    others: tuple[str, ...] = ()  # what the readings that differ say
    percent: bool = False  # a spreadsheet cell formatted as a percentage (number 0.6 shown as 60 %)


@dataclass(frozen=True, kw_only=True, slots=True)
class RawTable:
    """A grid as printed, already joined over its pages, repeated headers removed.

    header_rows: how many top rows are header, when the reader knows (repeated header, w:tblHeader, rules); else None
    and the typing step decides. caption/unit lines that the reader saw glued to the grid go in `caption`.
    """

    cells: tuple[RawCell, ...]
    caption: str = ""
    header_rows: int | None = None
    sheet: str | None = None
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()  # report header of this very table (REP, PERIODO…)
    lost: tuple[str, ...] = ()  # words printed in its area that are in no cell

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns), spans included; (0, 0) when there is no cell."""
        return (
            max((c.row + c.rows for c in self.cells), default=0),
            max((c.column + c.columns for c in self.cells), default=0),
        )


Block = Heading | Paragraph | ListBlock | RawTable


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """All that a reader found in one file, in reading order."""

    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()
    facts: tuple[Fact, ...] = ()  # metadata of the whole file: memo head, running heads, XLSX properties
    pages: int | None = None
    title: str | None = None
    warnings: tuple[str, ...] = ()
    scanned: tuple[int, ...] = ()  # pages read by OCR
    unread: tuple[int, ...] = ()  # pages that are pictures and could not be read
