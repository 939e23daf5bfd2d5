"""Rows that hold something of some columns and nothing of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools import phrases
from tools.access import column_name, shown, unit_of
from tools.amounts import amount
from tools.catalogue import TableView
from tools.matching import RowMatch
from tools.model import Figure, Result
from tools.ranking import Criterion, doubts_of, unit_name, unit_value

_LISTED = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Test:
    """A column that holds more than zero, or is zero; a blank cell tells neither."""

    column: int
    holds: bool


def select_holding(view: TableView, units: Sequence[RowMatch], tests: Sequence[Test], noun: str) -> Result:
    """The rows or groups that pass every test, with the figures tested; those with a blank cell are told apart.

    The first figure is their number (no unit); then each row's, column by column.
    """
    passed = [(u, _passes(view, u, tests)) for u in units]
    chosen = [u for u, ok in passed if ok]
    unknown = sum(ok is None for _, ok in passed)
    names = {t.column: column_name(view.table.columns[t.column]) for t in tests}
    text = " y ".join(f"«{names[t.column]}» {'mayor que cero' if t.holds else 'en cero'}" for t in tests)
    details = [_detail(view, u, tests) for u in chosen]
    listed = "; ".join(details[:_LISTED]) + (f"; y {len(details) - _LISTED} más" if len(details) > _LISTED else "")
    count = Figure(value=Decimal(len(chosen)), unit=None, label=f"{noun}: {text}", printed=False)
    cited = chosen or list(units[:1])
    doubts = dict.fromkeys(w for t in tests for w in doubts_of(view, units, Criterion(column=t.column)))
    return Result(
        text=f"{len(chosen)} de {len(units)} {noun} con {text}{': ' + listed if chosen else ''}.",
        figures=(count, *(_figure(view, u, t.column) for u in chosen for t in tests)),
        citations=tuple(c for u in cited for t in tests for c in amount(view, u, t.column).citations),
        formula="filas en que " + " y ".join(f"«{names[t.column]}» {'> 0' if t.holds else '= 0'}" for t in tests),
        warnings=(*((phrases.blank_in_condition(unknown),) if unknown else ()), *doubts),
        complete=not unknown and not doubts,
    )


def _passes(view: TableView, unit: RowMatch, tests: Sequence[Test]) -> bool | None:
    found = [unit_value(view, unit, t.column) for t in tests]
    told = [(v > 0) is t.holds for v, t in zip(found, tests, strict=True) if v is not None]
    if not all(told):
        return False
    return True if len(told) == len(tests) else None


def _figure(view: TableView, unit: RowMatch, column: int) -> Figure:
    name = f"{unit_name(view, unit)}: {column_name(view.table.columns[column])}"
    unit_told = unit_of(view, unit.rows[0], column)
    return Figure(value=unit_value(view, unit, column), unit=unit_told, label=name, printed=len(unit.rows) == 1)


def _detail(view: TableView, unit: RowMatch, tests: Sequence[Test]) -> str:
    told = [shown(view, _figure(view, unit, t.column)) for t in tests if t.holds]
    return unit_name(view, unit) + (f" ({', '.join(told)})" if told else "")
