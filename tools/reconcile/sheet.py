"""A table ready for arithmetic: values in units, what is blank, what a column can be summed to, how exact it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from index.model import Citation, Column, Level, Row, RowKind
from index.numbers import is_no_value
from index.text import fold
from tools.access import cell, citation, column_name, row_name, shown, table_label, unit_of, value
from tools.amounts import is_stock, summable
from tools.catalogue import TableView
from tools.model import Figure

_NOT_ADDED = re.compile(
    r"promedio|\bmedia\b|indice|\btasas?\b|precio|unitari|per capita|coeficiente|ponderad|variacion|\bpeso\b|cotizacion"
)
_IDENTIFIER = re.compile(
    r"codigo|\bcod\b|clave|partida|^n[°ºo]?\.?$|^nro\.?$|folio|expediente|^anos?$|^ejercicio$|^(?:rut|nit|ruc)$|^#$"
)
_BLANK = frozenset({"", "-", "–", "—", "--"})
CENTS = Decimal("0.05")  # printed cents may miss by rounding, no more


@dataclass(frozen=True)
class Sheet:
    """One table of a report."""

    view: TableView

    @cached_property
    def numbers(self) -> tuple[Column, ...]:
        """Number columns with a header: what has no header cannot be told apart from noise."""
        return tuple(c for c in self.view.numbers if fold(c.header) and not _IDENTIFIER.search(fold(c.path[-1])))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Rows that print figures."""
        return tuple(r for r in self.view.table.rows if r.kind is not RowKind.SECTION)

    @cached_property
    def _values(self) -> dict[tuple[int, int], Decimal | None]:
        table = self.view.table
        return {(r.index, c.index): value(table, r.index, c.index) for r in table.rows for c in self.view.numbers}

    def value(self, row: int, column: int) -> Decimal | None:
        """The figure in units, None when there is none."""
        return self._values.get((row, column))

    def text(self, row: int, column: int) -> str:
        """The cell as printed."""
        return cell(self.view.table, row, column).text.strip()

    def blank(self, row: int, column: int) -> bool:
        """Whether nothing is printed; in a total row, its own words ("TOTAL:") count as nothing."""
        text = self.text(row, column)
        if text in _BLANK:
            return True
        wordy = not any(c.isdigit() for c in text) and not is_no_value(text)
        return wordy and self.view.table.rows[row].kind is not RowKind.DATA

    @cached_property
    def _additive(self) -> dict[int, bool]:
        return {c.index: summable(self.view, c.index) and not _NOT_ADDED.search(fold(c.header)) for c in self.numbers}

    @cached_property
    def _stocks(self) -> dict[int, bool]:
        return {c.index: is_stock(self.view, c.index) for c in self.numbers}

    def additive(self, column: int) -> bool:
        """Whether figures of the column may be added to others of their kind: no percentages, prices, averages."""
        return self._additive[column]

    def stock(self, column: int) -> bool:
        """Whether rows are dates and the column tells a state at each of them."""
        return self._stocks[column]

    @cached_property
    def _rounded(self) -> dict[int, bool]:
        """Columns whose figures may have been rounded when they were printed: money, never counts."""
        columns = self.view.table.columns
        counted = any(c.measure == "unidad_medida" for c in columns)
        return {
            c.index: (c.level is Level.FINANCIAL or (c.level is None and not counted))
            and (c.scale > 1 or self._large(c.index))
            for c in self.numbers
        }

    @cached_property
    def _cents(self) -> dict[int, bool]:
        """Columns of plain units that print cents: their sums are exact."""
        table = self.view.table
        return {
            c.index: c.scale == 1
            and any(decimals(v) >= 2 for r in self.rows if (v := cell(table, r.index, c.index).value) is not None)
            for c in self.numbers
        }

    def slack(self, row: int, column: int) -> Decimal:
        """By how much rounding may have moved a printed figure, in units: half of its last digit."""
        found = cell(self.view.table, row, column).value
        spec = self.view.table.columns[column]
        if found is None or not self._rounded.get(column, False) or (spec.scale == 1 and decimals(found) >= 2):
            return Decimal(0)
        return spec.scale * Decimal(1).scaleb(-decimals(found)) / 2

    def tolerance(self, cells: Iterable[tuple[int, int]]) -> Decimal:
        """How far a printed figure may be from one computed over these cells, by rounding alone, in units."""
        return max(CENTS, sum((self.slack(r, c) for r, c in cells), Decimal(0)))

    def sum_tolerance(self, column: int, rows: Iterable[int]) -> Decimal:
        """`tolerance` of a total: a column that prints cents adds up to the cent."""
        if self._cents[column]:
            whole = [r for r in rows if self._without_cents(r, column)]
            return CENTS + Decimal(len(whole)) / 2
        return self.tolerance((r, column) for r in rows)

    def _without_cents(self, row: int, column: int) -> bool:
        """Whether a page prints a figure without cents where its column has them: it was rounded."""
        found = cell(self.view.table, row, column)
        printed = self.view.document.kind not in {"xlsx", "csv"} and found.value is not None and found.value != 0
        return printed and not re.search(r"[.,]\d{1,2}\D*$", found.text)

    def _large(self, column: int) -> bool:
        return any(abs(v) >= 1000 for r in self.rows if (v := self.value(r.index, column)) is not None)

    def figure(self, row: int, column: int, amount: Decimal | None, label: str, *, printed: bool = False) -> Figure:
        """A figure in the unit of a cell."""
        return Figure(value=amount, unit=unit_of(self.view, row, column), label=label, printed=printed)

    def own(self, row: int, column: int) -> Figure:
        """The printed figure of a cell."""
        return self.figure(
            row, column, self.value(row, column), f"{self.row(row)}: {self.column(column)}", printed=True
        )

    def show(self, row: int, column: int, amount: Decimal | None) -> str:
        """An amount in the unit of a cell, as the country writes it."""
        return shown(self.view, self.figure(row, column, amount, ""))

    def bare(self, row: int, column: int) -> str:
        """The figure of a cell inside a sum: money with its sign, counts without their noun."""
        return self.plain(row, column, self.value(row, column))

    def plain(self, row: int, column: int, amount: Decimal | None) -> str:
        """An amount as `bare` shows figures."""
        unit = unit_of(self.view, row, column)
        kept = unit if unit == "%" or (unit or "").isupper() else None
        return shown(self.view, Figure(value=amount, unit=kept, label=""))

    def row(self, index: int) -> str:
        """The row as people refer to it."""
        return row_name(self.view.table.rows[index])

    def column(self, index: int) -> str:
        """The header of a column for a sentence."""
        return column_name(self.view.table.columns[index])

    def cite(self, row: int, column: int) -> Citation:
        """Where a figure stands."""
        return citation(self.view, row, column)

    @cached_property
    def name(self) -> str:
        """Short name of the table."""
        return table_label(self.view)


def decimals(number: Decimal) -> int:
    """Decimals printed, two at most."""
    exponent = number.as_tuple().exponent
    return min(max(-exponent, 0), 2) if isinstance(exponent, int) else 0
