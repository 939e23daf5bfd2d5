"""What a table lets us check of itself: totals over their rows, differences and percentages of two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.model import Cell, Column, Role, RowKind, Table, Trust

Place = tuple[int, int]  # row, column
CENTS = Decimal("0.05")  # what rounding may leave in a difference of printed cents
_FIGURE_STEP = Decimal("0.5")  # of the last digit: by so much rounding moves each printed figure


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """total = sum of `parts`, each with its sign."""

    total: Place
    parts: tuple[tuple[int, Place], ...]

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.total, *(p for _, p in self.parts))


def sums_of(table: Table) -> Iterator[Sum]:
    """Totals over their rows, differences of two columns."""
    numbers = [c for c in table.columns if c.role is Role.NUMBER and c.unit not in ("%", "ratio")]
    children: dict[int, list[int]] = {}
    for row in table.rows:
        if row.parent is not None and row.kind is not RowKind.SECTION:
            children.setdefault(row.parent, []).append(row.index)
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


def judge(table: Table, lost: Sequence[str] = ()) -> Trust:
    """How many identities the table allows, and how many of them hold within rounding."""
    cells = {(r.index, i): c for r in table.rows for i, c in enumerate(r.cells)}
    gaps = [_holds(table, cells, item) for item in sums_of(table)]
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
    return gap <= _slack([total, *(v for _, v in known)], table.columns[item.total[1]])


def _says_figure(cell: Cell) -> bool:
    return any(c.isdigit() for c in cell.text)


def _slack(values: Sequence[Decimal], column: Column) -> Decimal:
    """What rounding of the printed figures may add up to. Small whole numbers are counts, which nobody rounds."""
    places = max(_places(v) for v in values)
    if places >= 2:
        return CENTS
    if places == 0 and column.scale == 1 and max(abs(v) for v in values) < 1000:
        return Decimal(0)
    return max(CENTS, Decimal(1).scaleb(-places) * _FIGURE_STEP * len(values))


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
    scales = table.columns[column.derived[0]].scale / table.columns[column.derived[1]].scale
    return abs(told.value - a.value * scales / b.value * times) <= Decimal(1).scaleb(-_places(told.value))
