"""Goal and achievement, budget and spending: the pairs of columns that a rate or a difference is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tests.selfquestion.concepts import FINANCIAL, PHYSICAL
from tests.selfquestion.grids import Grid, GridColumn, GridRow
from tests.selfquestion.questions import Reading

_PAIRS = (  # base, achieved, level; the first that a group of columns has
    ("programado", "evaluado", PHYSICAL),
    ("programado", "ejecutado", PHYSICAL),
    ("vigente", "devengado", FINANCIAL),
    ("vigente", "ejecutado", FINANCIAL),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """printed: the percentage that stands in the same group, when there is exactly one."""

    base: GridColumn
    achieved: GridColumn
    level: str
    printed: GridColumn | None
    difference: GridColumn | None


def pairs_of(grid: Grid, level: str | None = None) -> list[Pair]:
    """All pairs of a table, of one level or of both. A group with two budgets or two spendings has none."""
    found = []
    for group in dict.fromkeys(c.group for c in grid.columns):
        # "II Cuatrimestre / Meta / Absoluta" belongs with "II Cuatrimestre / Ejecución"
        members = [c for c in grid.columns if c.group == group or (group and c.path[: len(group)] == group)]
        for base_concept, achieved_concept, level_ in _PAIRS:
            kind = FINANCIAL if grid.in_money else level_  # "cuota programada" and "ejecutado" in pesos are no goals
            base = [c for c in members if c.concept == base_concept]
            achieved = [c for c in members if c.concept == achieved_concept]
            if len(base) != 1 or len(achieved) != 1 or any(p.base == base[0] for p in found):
                continue
            found.append(
                Pair(
                    base=base[0],
                    achieved=achieved[0],
                    level=kind,
                    printed=_only([c for c in members if c.percent]),
                    difference=_only([c for c in members if c.concept == "diferencia"]),
                )
            )
    return [p for p in found if level is None or p.level == level]


def _only(columns: list[GridColumn]) -> GridColumn | None:
    return columns[0] if len(columns) == 1 else None


def rate_reading(grid: Grid, row: GridRow, pair: Pair) -> Reading | None:
    """Achieved over base, in percent; the printed one will do too. A base of zero cannot be computed."""
    base, achieved = row.values.get(pair.base.index), row.values.get(pair.achieved.index)
    if base is None or achieved is None:
        return None
    place = _place(grid, row, pair.achieved)
    if base == 0:
        return Reading(figures=(), place=place, undefined=True)
    computed = achieved / base * 100
    options = [computed]
    printed = row.values.get(pair.printed.index) if pair.printed else None
    if printed is not None:
        # a rate printed as 0.88 beside percents, or as 88
        options += [p for p in (printed, printed * 100) if abs(p - computed) <= max(Decimal(1), abs(computed) / 20)]
    return Reading(figures=(tuple(options),), place=place)


def gap_reading(grid: Grid, row: GridRow, first: GridColumn, second: GridColumn) -> Reading | None:
    """The difference of two columns, whichever way it is signed; the printed one will do if it is the same."""
    a, b = row.values.get(first.index), row.values.get(second.index)
    if a is None or b is None:
        return None
    return Reading(figures=((a - b, b - a),), place=_place(grid, row, second))


def _place(grid: Grid, row: GridRow, column: GridColumn) -> str:
    return f"{grid.document.file} · {grid.table.name} · {row.label} · {' / '.join(column.path)}"
