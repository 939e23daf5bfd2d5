"""What a table lets us check of itself: totals over their rows, differences and percentages of two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.model import Cell, Column, Role, RowKind, Table, Trust
from index.tables.across import row_sums

Place = tuple[int, int]  # row, column
CENTS = Decimal("0.05")  # what rounding may leave in a difference of printed cents
_MISREAD = Decimal("0.15")  # what a sum of printed cents misses by is rounding of the source up to here
_FINEST = 4  # decimals of a percentage that are compared: a workbook stores fifteen, of figures rounded before
_HALF = Decimal("0.5")  # of the last digit: by so much rounding moves each printed figure


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """total = sum of `parts`, each with its sign."""

    total: Place
    parts: tuple[tuple[int, Place], ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.total, *(p for _, p in self.parts))


def sums_of(table: Table) -> Iterator[Sum]:
    """Totals over their rows, differences of two columns, columns that sum others."""
    numbers = [c for c in table.columns if c.role is Role.NUMBER and c.unit not in ("%", "ratio")]
    children: dict[int, list[int]] = {}
    for row in table.rows:
        parent = _summed_in(table, row.parent)
        if parent is not None and row.kind is not RowKind.SECTION:
            children.setdefault(parent, []).append(row.index)
    for parent, rows in children.items():
        for column in numbers:
            yield Sum(total=(parent, column.index), parts=tuple((1, (r, column.index)) for r in rows))
    for column in numbers:
        if column.derived is not None:
            first, second = column.derived
            for row in table.rows:
                if row.kind is not RowKind.SECTION:
                    yield Sum(
                        total=(row.index, column.index), parts=((1, (row.index, first)), (-1, (row.index, second)))
                    )

    for total, terms in row_sums(table):
        for row in table.rows:
            if row.kind is not RowKind.SECTION:
                yield Sum(total=(row.index, total), parts=tuple((sign, (row.index, i)) for sign, i in terms))


def _summed_in(table: Table, parent: int | None) -> int | None:
    """The row with figures that a row is summed in: headings between them have none."""
    for _ in table.rows:
        if parent is None or table.rows[parent].kind is not RowKind.SECTION:
            return parent
        parent = table.rows[parent].parent
    return None


def judge(table: Table, lost: Sequence[str] = ()) -> Trust:
    """How many identities the table allows, and how many of them hold within rounding.

    A row that no column bears out as the sum of its rows is none: its words alone made it a total. A column that is
    the sum or difference of others is one by most of its rows, so each of the rest counts.
    """
    cells = {(r.index, i): c for r in table.rows for i, c in enumerate(r.cells)}
    families: dict[tuple[int, ...] | tuple[Place, ...], list[bool]] = {}
    for item in sums_of(table):
        held = _holds(table, cells, item)
        if held is not None:
            rows = (item.total[0], *(place[0] for _, place in item.parts))
            families.setdefault(rows if len(set(rows)) > 1 else item.places, []).append(held)
    gaps: list[bool | None] = [
        held for rows, family in families.items() if any(family) or isinstance(rows[0], tuple) for held in family
    ]
    gaps += [_ratio_holds(table, cells, r.index, c) for c in table.columns if c.derived for r in table.rows]
    told = [g for g in gaps if g is not None]
    return Trust(found=len(told), held=sum(told), lost=tuple(lost))


def _holds(table: Table, cells: dict[Place, Cell], item: Sum) -> bool | None:
    total = cells[item.total].value if item.total in cells else None
    values = [(sign, cells.get(place)) for sign, place in item.parts]
    if total is None or any(c is not None and c.value is None and _says_figure(c) for _, c in values):
        return None
    known = [(sign, c.value) for sign, c in values if c is not None and c.value is not None]
    if sum(1 for _, v in known if v) < 2:
        return None
    gap = abs(total - sum((sign * v for sign, v in known), Decimal(0)))
    if gap <= _slack([total, *(v for _, v in known)], table.columns[item.total[1]]):
        return True
    return False if len(known) == len(values) else None  # a blank need not be zero


def _says_figure(cell: Cell) -> bool:
    return any(c.isdigit() for c in cell.text)


def _slack(values: Sequence[Decimal], column: Column) -> Decimal:
    """What rounding of the printed figures may add up to. Small whole numbers are counts, which nobody rounds."""
    places = [_places(v) for v in values if v]
    if min(places, default=0) >= 2:
        return _MISREAD
    if max(places, default=0) == 0 and column.scale == 1 and max(abs(v) for v in values) < 1000:
        return Decimal(0)
    return max(_MISREAD, sum((Decimal(1).scaleb(-p) * _HALF for p in places), Decimal(0)))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _ratio_holds(table: Table, cells: dict[Place, Cell], row: int, column: Column) -> bool | None:
    """Whether a percentage or a ratio is that of its two columns, to one in its last printed digit."""
    if column.unit not in ("%", "ratio") or column.derived is None or column.index >= len(table.rows[row].cells):
        return None
    told, a, b = (cells.get((row, c)) for c in (column.index, *column.derived))
    if not (told and a and b) or told.value is None or a.value is None or not b.value:
        return None
    times = 1 if column.unit == "ratio" else 100
    first, second = (table.columns[c].scale for c in column.derived)
    rounded = _HALF if first > 1 and second > 1 else Decimal(0)  # thousands or millions were rounded
    slack = rounded * (1 + abs(a.value / b.value)) / abs(b.value) * times
    step = Decimal(1).scaleb(-min(_places(told.value), _FINEST))
    return abs(told.value - a.value * first / second / b.value * times) <= step + slack
