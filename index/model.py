"""What a report becomes once it is read: frozen values that every other room shares.

Figures are `Decimal`; the printed text always stays beside the parsed value. Nothing here reads files or knows of
questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Level(StrEnum):
    """Which execution a figure speaks of: goals reached or money spent."""

    PHYSICAL = "fisico"
    FINANCIAL = "financiero"


class Role(StrEnum):
    """What a column is for. NUMBER columns are what tools compute with; the rest name the rows."""

    LABEL = "label"  # the name of what the row is about
    KEY = "key"  # a category or code the row belongs to; may be carried down
    TEXT = "text"  # unit of measure, indicator, remark…
    NUMBER = "number"


class RowKind(StrEnum):
    DATA = "data"
    SUBTOTAL = "subtotal"  # sums some rows of the table, or is the parent of others
    TOTAL = "total"  # sums the whole table
    SECTION = "section"  # a text-only row that heads the rows below it


class ChunkKind(StrEnum):
    PARAGRAPH = "paragraph"
    LIST = "list"
    DEFINITIONS = "definitions"  # acronym tables; one item a pair "SIGLA: significado"
    HEAD = "head"  # memo head: PARA, DE, FECHA, ASUNTO
    NOTE = "note"  # footnote of a table


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Whole months of one year, or of a span of years. `year` is None when the text names months alone.

    `first` and `last` are months 1 to 12; a year is 1 to 12, the second four-month period (cuatrimestre) 5 to 8.
    """

    year: int | None
    last_year: int | None = None  # set only for spans of several years
    first: int = 1
    last: int = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One cell. `value` is in the unit printed in the cell (63 for "63%"), before the column's scale.

    `inferred` holds a key carried from the neighbouring rows when the cell is printed blank; `candidates` holds the
    keys it might have when the neighbours disagree (then it stays unknown). `undecided` says why a text that looks
    like a number has no value ("1.568" in a column without a convention). `verified` is None for print; for a figure
    read by OCR, whether its readings agree and no sum or difference of the table speaks against it.
    """

    text: str
    value: Decimal | None = None
    page: int | None = None
    box: Box | None = None
    inferred: str | None = None
    candidates: tuple[str, ...] = ()
    undecided: str | None = None
    verified: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a table, with what its header path says of it.

    measure: id of a concept of the lexicon ("vigente", "programado"…) or None when the header names none.
    unit: ISO currency code, "%", "ratio" (0.88 beside percents), a unit of count ("documentos"), or None.
    scale: what `Cell.value` is multiplied by to be in units (1000 for "en miles").
    derived: for percentages and differences found by arithmetic, the two columns they come from (minuend or
    numerator first); checked over the rows, so it says what the column *is*, whatever its header claims.
    convention: "1,234.56" or "1.234,56"; None when no cell of the column decides it.
    """

    index: int
    path: tuple[str, ...]
    role: Role
    measure: str | None = None
    level: Level | None = None
    period: Period | None = None
    accumulated: bool = False
    unit: str | None = None
    scale: Decimal = Decimal(1)
    convention: str | None = None
    derived: tuple[int, int] | None = None

    @property
    def header(self) -> str:
        """The header path as one line, for people."""
        return " / ".join(self.path)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row. `label` is what it is about without its code; `code` is the code glued on or in its own column.

    parent: index of the row it is summed into or headed by, None at the top. depth: 0 at the top.
    """

    index: int
    kind: RowKind
    label: str
    cells: tuple[Cell, ...]
    code: str | None = None
    parent: int | None = None
    depth: int = 0
    page: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    """How far a table bears itself out.

    found: totals, subtotals, differences and percentages that its figures allow to check; held: those that are right
    within rounding. lost: words printed in the area of the table that are in none of its cells.
    """

    found: int = 0
    held: int = 0
    lost: tuple[str, ...] = ()

    @property
    def shaky(self) -> bool:
        """Whether so much fails that the table as a whole is in doubt: a wrong print breaks one check or two."""
        return self.found - self.held >= 3 and self.held * 4 < self.found * 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """One logical table, joined over its pages. `number` is the one its caption gives ("Cuadro 3" → "3")."""

    id: str
    document: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    number: str | None = None
    section: tuple[str, ...] = ()
    sheet: str | None = None
    pages: tuple[int, ...] = ()
    currency: str | None = None
    period: Period | None = None
    notes: tuple[str, ...] = ()
    lead: str = ""  # the sentence that introduces the table, when it has no caption
    order: int = 0  # place among the blocks of the document
    trust: Trust = Trust()

    @property
    def name(self) -> str:
        """How people are told which table: its caption, or the sentence before it, or its section."""
        if self.caption:
            return self.caption
        place = self.section[-1] if self.section else (self.sheet or "")
        return f"Tabla {self.id.rsplit(':t', 1)[-1]}" + (f" ({place})" if place else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """A passage of narrative. A list keeps its lead-in in `lead` and its items whole in `items`."""

    id: str
    document: str
    kind: ChunkKind
    section: tuple[str, ...]
    text: str
    lead: str = ""
    items: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    order: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A piece of metadata printed in the report: REP, GESTION, PERIODO, USUARIO, PARA, DE, FECHA, ASUNTO…

    key: lower case, no accents, as printed ("usuario"); value as printed; detail: what stands right under it in a
    memo head (the post of the person named). tables: ids of the tables whose report header it belongs to.
    """

    key: str
    value: str
    quote: str
    detail: str = ""
    page: int | None = None
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """Something on the page that is in no chunk and no table, and why (Spanish, for users)."""

    text: str
    reason: str
    page: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One loaded report. `id` is the hash of its bytes. `edited` names the fields a person corrected."""

    id: str
    file: str
    title: str
    kind: str  # txt, md, docx, xlsx, csv, pdf
    institution: str | None = None
    aliases: tuple[str, ...] = ()  # acronyms and short names of the institution
    country: str | None = None  # ISO 3166 alpha-2
    currency: str | None = None  # ISO 4217
    period: Period | None = None
    pages: int | None = None
    warnings: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    scanned: tuple[int, ...] = ()  # pages read by OCR
    unread: tuple[int, ...] = ()  # pages that are pictures and could not be read
    edited: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """All that was read from one file."""

    document: Document
    tables: tuple[Table, ...]
    chunks: tuple[Chunk, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """Where something stands: a cell (table, row, column) or a passage (section). `text` is as printed.

    row_index, column_index: the very cell in the `Table` of `table_id`; labels may repeat, places do not.
    """

    document: str
    file: str
    title: str
    text: str
    page: int | None = None
    table: str | None = None
    table_id: str | None = None
    section: str | None = None
    row: str | None = None
    column: str | None = None
    row_index: int | None = None
    column_index: int | None = None
    box: Box | None = None
    verified: bool | None = None  # as of the cell; False also for a passage of a page read by OCR
