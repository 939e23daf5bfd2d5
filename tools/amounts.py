"""The figure of a row, a group or a whole table in one column: printed where it is printed, summed where it is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.model import Citation, Role, RowKind
from index.text import fold, stem, words
from tools import phrases
from tools.access import citation, column_name, data_rows, frame, row_name, shown, total_row, unit_of, value
from tools.catalogue import TableView
from tools.codes import uncertain_rows
from tools.matching import RowMatch
from tools.model import Figure
from tools.table_periods import row_periods

TOLERANCE = Decimal("0.05")


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A figure with where it comes from. rows: the rows whose cells are its operands. text: the cell when it is one."""

    figure: Figure
    rows: tuple[int, ...]
    column: int
    citations: tuple[Citation, ...]
    formula: str | None = None
    warnings: tuple[str, ...] = ()
    complete: bool = True
    text: str = ""
    doubtful: tuple[Figure, ...] = ()  # amounts of rows that might belong to the group as well

    @property
    def value(self) -> Decimal | None:
        return self.figure.value


def is_stock(view: TableView, column: int) -> bool:
    """Whether a column of a table by periods tells a state at each date (vigente, saldo, acumulado), not a flow."""
    spec = view.table.columns[column]
    timed = row_periods(view)
    data = data_rows(view.table)
    if len(data) < 2 or sum(r in timed for r in data) < len(data):
        return False
    return spec.accumulated or spec.measure in ("vigente", "saldo") or not summable(view, column)


def summable(view: TableView, column: int) -> bool:
    """Percentages and ratios are never summed."""
    spec = view.table.columns[column]
    return spec.unit not in ("%", "ratio") and spec.measure != "porcentaje"


def not_summed(view: TableView, column: int, name: str) -> str:
    """Why the figures of a column are not added up, its name as the sentence tells it."""
    return phrases.stock_total(name) if summable(view, column) else phrases.ratio_total(name)


def amount(view: TableView, match: RowMatch, column: int) -> Amount:
    """The figure of what was matched."""
    if match.own is not None:
        return _printed(view, match.own, column)
    if match.whole:
        return _whole(view, column)
    if len(match.rows) == 1 and not uncertain_rows(view, match.rows, match.label):
        return _printed(view, match.rows[0], column)
    return _group(view, match, column)


def _printed(view: TableView, row: int, column: int) -> Amount:
    line = view.table.rows[row]
    name = f"{row_name(line)}: {column_name(view.table.columns[column])}"
    found = value(view.table, row, column)
    if found is None and line.kind is RowKind.TOTAL:
        return _whole(view, column)
    cite = citation(view, row, column)
    warnings = []
    if line.kind is RowKind.TOTAL:
        warnings = list(_whole(view, column).warnings)
    return Amount(
        figure=Figure(value=found, unit=unit_of(view, row, column), label=name),
        rows=(row,),
        column=column,
        citations=(cite,),
        text=cite.text,
        complete=found is not None,
        warnings=tuple(warnings),
    )


def _whole(view: TableView, column: int) -> Amount:
    spec = view.table.columns[column]
    header = column_name(spec)
    total = total_row(view.table)
    printed = value(view.table, total.index, column) if total else None
    rows = data_rows(view.table)
    computed, missing = sum_rows(view, rows, column)
    additive = summable(view, column) and not is_stock(view, column)
    if printed is not None and total is not None:
        cite = citation(view, total.index, column)
        figure = Figure(value=printed, unit=_total_unit(view, column, rows), label=f"Total: {header}")
        warnings: tuple[str, ...] = ()
        if additive and computed is not None and not missing and abs(printed - computed) > TOLERANCE:
            gap = abs(printed - computed)
            warnings = (
                phrases.printed_total_differs(
                    header, shown(view, figure), _show(view, figure, computed), _show(view, figure, gap)
                ),
            )
        return Amount(
            figure=figure, rows=(total.index,), column=column, citations=(cite,), warnings=warnings, text=cite.text
        )
    if not additive or computed is None:
        return _no_total(view, column, rows)
    unread = _unread(view, (*rows, total.index) if total else rows, column)
    if unread:
        return _no_total(view, column, rows, phrases.number_of_two_readings(unread))
    units = _units(view, rows, column)
    if _relative(units):
        return _no_total(view, column, rows, phrases.units_do_not_add(header, units))
    note = phrases.blank_total(header) if total else phrases.not_printed_total(header)
    notes = [note] if len(rows) > 1 else []
    if len(units) > 1:
        notes.append(phrases.units_mixed(units))
    if missing:
        notes.append(phrases.rows_without_value(missing))
    return _sum(view, rows, column, computed, f"Total: {header}", tuple(notes), complete=not missing)


_TWO_READINGS = re.compile(r"[-−]?\d{1,3}[.,]\d{3}")


def _unread(view: TableView, rows: Sequence[int], column: int) -> str:
    """The first number of some rows that could be read in two ways ("1.371") and was left unread; "" when there is none."""
    cells = (view.table.rows[r].cells[column] for r in rows if column < len(view.table.rows[r].cells))
    return next((c.text.strip() for c in cells if c.value is None and _TWO_READINGS.fullmatch(c.text.strip())), "")


_RATIO_UNIT = re.compile(
    r"%|/ ?(?:hab|mil|1\d|ha\b|km|hora|dia)|\b(?:porcentaje|por (?:ciento|cada|mil)|tasa|indice|promedio|razon|puntaje)\b"
)


def _units(view: TableView, rows: Sequence[int], column: int) -> tuple[str, ...]:
    """The units of measure in which rows count, each once whatever its number ("taller", "talleres")."""
    told = {u for r in rows if value(view.table, r, column) is not None and (u := unit_of(view, r, column))}
    named = {" ".join(stem(w) for w in words(u)) or u: u for u in sorted(told, reverse=True)}
    return tuple(sorted(named.values()))


def _relative(units: Sequence[str]) -> bool:
    """Whether some rows count in a ratio: "94 % + 12 días + 3 préstamos por habitante" is a figure of nothing."""
    return any(_RATIO_UNIT.search(fold(u)) for u in units)


def _no_total(view: TableView, column: int, rows: Sequence[int], why: str = "") -> Amount:
    spec = view.table.columns[column]
    if len(rows) == 1:
        return _printed(view, rows[0], column)
    cites = tuple(citation(view, r, column) for r in rows[:1])
    note = why or not_summed(view, column, column_name(spec))
    return Amount(
        figure=Figure(value=None, unit=spec.unit, label=f"Total: {column_name(spec)}"),
        rows=tuple(rows),
        column=column,
        citations=cites,
        warnings=(note,),
        complete=False,
    )


def sum_rows(view: TableView, rows: Sequence[int], column: int) -> tuple[Decimal | None, int]:
    """Sum of the figures of some rows, and how many of them have none. None when no row has one."""
    values = frame(view.table, rows, [column])[column]
    known = [v for v in values if v is not None]
    return (sum(known, Decimal(0)) if known else None), len(values) - len(known)


def _group(view: TableView, match: RowMatch, column: int) -> Amount:
    rows = tuple(r for r in match.rows if r in set(data_rows(view.table))) or match.rows
    header = column_name(view.table.columns[column])
    if not summable(view, column) or is_stock(view, column):
        return _no_total(view, column, rows)
    unread = _unread(view, rows, column)
    if unread:
        return _no_total(view, column, rows, phrases.number_of_two_readings(unread))
    units = _units(view, rows, column)
    if _relative(units):
        return _no_total(view, column, rows, phrases.units_do_not_add(header, units))
    computed, missing = sum_rows(view, rows, column)
    notes: list[str] = [phrases.units_mixed(units)] if len(units) > 1 else []
    if missing:
        notes.append(phrases.rows_without_value(missing))
    inferred = sum(1 for r in rows if _inferred(view, r))
    if inferred:
        notes.append(phrases.inferred_key(inferred))
    complete = not missing
    doubtful: list[Figure] = []
    for other in uncertain_rows(view, rows, match.label):
        extra = value(view.table, other, column)
        complete = False
        label = f"{row_name(view.table.rows[other])}, sin categoría"
        figure = Figure(value=extra, unit=unit_of(view, other, column), label=label)
        doubtful.append(figure)
        options = next(c.candidates for c in view.table.rows[other].cells if c.candidates)
        notes.append(phrases.unknown_group(row_name(view.table.rows[other]), options, shown(view, figure)))
    found = _sum(view, rows, column, computed, f"{match.label}: {header}", tuple(notes), complete=complete)
    return replace(found, doubtful=tuple(doubtful))


def _inferred(view: TableView, row: int) -> bool:
    return any(
        cell.inferred
        for cell, spec in zip(view.table.rows[row].cells, view.table.columns, strict=False)
        if spec.role is Role.KEY
    )


def _sum(
    view: TableView,
    rows: Sequence[int],
    column: int,
    computed: Decimal | None,
    label: str,
    warnings: tuple[str, ...],
    *,
    complete: bool,
) -> Amount:
    unit = _total_unit(view, column, rows)
    figure = Figure(value=computed, unit=unit, label=label, printed=False)
    telling = [r for r in rows if value(view.table, r, column)] or list(rows)
    parts = [_show(view, figure, value(view.table, r, column)) for r in telling]
    header = column_name(view.table.columns[column])
    steps = " + ".join(parts[:8]) + (f" + … ({len(parts)} sumandos)" if len(parts) > 8 else "")
    formula = f"{phrases.summed(len(rows), header)}: {steps} = {shown(view, figure)}"
    if len(telling) == 1 < len(rows):
        formula = phrases.one_telling(len(rows), header, parts[0])
    return Amount(
        figure=figure,
        rows=tuple(rows),
        column=column,
        citations=tuple(citation(view, r, column) for r in telling),
        formula=formula,
        warnings=warnings,
        complete=complete,
    )


def _show(view: TableView, like: Figure, found: Decimal | None) -> str:
    return shown(view, Figure(value=found, unit=like.unit, label=""))


def _total_unit(view: TableView, column: int, rows: Sequence[int]) -> str | None:
    """The unit that all the rows share."""
    units = {unit_of(view, r, column) for r in rows}
    return units.pop() if len(units) == 1 else view.table.columns[column].unit
