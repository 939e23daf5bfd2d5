"""The grid as printed: which cell covers which place, and what each text is worth before columns are known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from functools import cached_property, lru_cache

from index.blocks import RawCell, RawTable
from index.numbers import Parsed, parse
from index.spelling import is_spanish
from index.text import fold

# Spreadsheets keep 15 significant digits; what stands after them is noise of their arithmetic (7033626.720000001).
_FLOAT = Context(prec=15)
_NOISE = Decimal("0.000001")  # and what a subtraction leaves of it (597429.1000000006) is less than any figure shows
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Grid:
    """Cells by place. `anchors` holds a cell at its top left place only; `covers` at every place it spans."""

    rows: int
    columns: int
    head: int | None  # how many rows the reader knows to be header
    anchors: dict[tuple[int, int], RawCell]
    covers: dict[tuple[int, int], RawCell]

    def text(self, row: int, column: int) -> str:
        """Text of the cell that starts here, on one line, "" where none does."""
        cell = self.anchors.get((row, column))
        return flat(cell.text) if cell else ""

    def covered(self, row: int, column: int) -> RawCell | None:
        return self.covers.get((row, column))

    @cached_property
    def filled(self) -> list[list[RawCell]]:
        """For each row, its cells with text that start there, left to right."""
        found: list[list[RawCell]] = [[] for _ in range(self.rows)]
        for (row, _), cell in sorted(self.anchors.items()):
            if cell.text.strip():
                found[row].append(cell)
        return found


def make_grid(raw: RawTable) -> tuple[Grid, list[RawCell]]:
    """The grid without rows and columns that hold no text, and the cells that stand on a place already taken."""
    used_rows = sorted({c.row for c in raw.cells if c.text.strip()})
    used_columns = sorted({c.column for c in raw.cells if c.text.strip()})
    row_at = {row: i for i, row in enumerate(used_rows)}
    column_at = {column: i for i, column in enumerate(used_columns)}
    anchors: dict[tuple[int, int], RawCell] = {}
    covers: dict[tuple[int, int], RawCell] = {}
    clashes: list[RawCell] = []
    for cell in sorted(raw.cells, key=lambda c: (not c.text.strip(), c.row, c.column)):
        rows = [row_at[r] for r in range(cell.row, cell.row + cell.rows) if r in row_at]
        columns = [column_at[c] for c in range(cell.column, cell.column + cell.columns) if c in column_at]
        if not rows or not columns:
            continue
        place = (rows[0], columns[0])
        if place in anchors:
            if cell.text.strip():
                clashes.append(cell)
            continue
        anchors[place] = cell
        for row in rows:
            for column in columns:
                covers.setdefault((row, column), cell)
    covers.update({place: cell for place, cell in anchors.items() if cell.text.strip()})  # a span never hides a text
    head = None if raw.header_rows is None else sum(row < raw.header_rows for row in used_rows)
    return Grid(len(used_rows), len(used_columns), head, anchors, covers), clashes


def flat(text: str) -> str:
    """A cell's text on one line: lines joined, words broken by the edge of a cell put together."""
    text = re.sub(r"(?<=[a-záéíóúñ])-\s*\n\s*(?=[a-záéíóúñ])", "", text)
    return _TORN.sub(_mended, " ".join(text.split()))


_TORN = re.compile(r"(?P<head>[^\W\d_]+)- (?P<tail>[a-záéíóúñ]+)")


def _mended(torn: re.Match[str]) -> str:
    """ "Compro- misos", where the break between the lines is lost: one word if Spanish has it."""
    whole = torn["head"] + torn["tail"]
    return whole if is_spanish(fold(whole)) else torn[0]


def worth(cell: RawCell, convention: str | None = None) -> Parsed:
    """What a cell is worth: the exact number of a spreadsheet wins over its text."""
    printed = parse(cell.text, convention)
    if cell.number is None:
        return printed
    try:
        value = _FLOAT.create_decimal(cell.number)
    except InvalidOperation:
        return printed
    value = value * 100 if cell.percent else value
    shown = round(value, printed.decimals)
    return Parsed(
        value=shown if value.is_finite() and abs(value - shown) < _NOISE else value,
        is_percent=cell.percent or printed.is_percent,
        currency=printed.currency,
        mark=printed.mark,
        decimals=printed.decimals,
    )


def is_number(cell: RawCell) -> bool:
    return cell.number is not None or parse(cell.text).numeric


def is_torn_number(text: str) -> bool:
    """Whether a text is digits and separators only, although no number can be read from it."""
    return re.fullmatch(r"[-–(]?\s*[\d.,'\s]*\d[\d.,'\s]*\)?\s*%?", text) is not None


def has_letters(text: str) -> bool:
    return _LETTERS.search(text) is not None


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """What two prints of the same text share."""
    return re.sub(r"[\s.,:;_-]+", "", fold(text))
