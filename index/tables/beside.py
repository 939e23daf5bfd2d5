"""What a header means beside the others of its table: "Modificado" is a change next to "Vigente" and a budget alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.model import Column, Level, Role
from index.tables.columns import Strip
from index.text import fold

_BUDGETS = ("asignado", "vigente")
_SPENT = ("comprometido", "devengado", "ejecutado", "pagado", "saldo", "recaudado")
_PLAIN_BUDGET = re.compile(
    r"(?:monto |total )?presupuest(?:o|ado)(?: (?:anual|institucional|municipal|del ano|total))?(?: (?:19|20)\d\d)?"
)
_MODIFIED = re.compile(r"(?:monto |total )?modificad[oa]s?")
_GROWTH = re.compile(r"\bvar(?:\.|iac)|crecimiento|\btasa\b|terminos|a precios|deflact")
_CERTIFIED = re.compile(r"certific|\bcdp\b|disponibilidad|preventiv|reserv")


def by_neighbours(columns: Sequence[Column], strips: Sequence[Strip]) -> list[Column]:
    """The columns with the measures that only the other columns can tell."""
    found = [_growth_not_spending(c, columns) for c in columns]
    found = [_change_not_budget(c, found, strips) for c in found]
    found = [_plain_budget(c, found) for c in found]
    found = [_initial(c, found) for c in found]
    found = [_other_commitment(c, found) for c in found]
    return _done_of_goal(found, strips)


def _last(column: Column) -> str:
    return fold(column.path[-1]).strip(" .:") if column.path else ""


def _growth_not_spending(column: Column, columns: Sequence[Column]) -> Column:
    """What was spent is "Real" beside "Presupuestado"; beside "Nominal" it is growth without inflation."""
    if column.measure != "ejecutado" or not re.search(r"\breal(?:es)?\b", _last(column)) or "gasto" in _last(column):
        return column
    if _GROWTH.search(fold(" ".join(column.path))):
        return replace(column, measure="porcentaje" if column.unit == "%" else "diferencia")
    return replace(column, measure=None) if any("nominal" in _last(c) for c in columns) else column


def _change_not_budget(column: Column, columns: Sequence[Column], strips: Sequence[Strip]) -> Column:
    """A change is "Modificado" beside another current budget, when the first budget and it add up to that one."""
    if column.measure != "vigente" or not _MODIFIED.fullmatch(_last(column)):
        return column
    kin = [c for c in columns if c is not column and c.path[:-1] == column.path[:-1] and c.period == column.period]
    current = [c for c in kin if c.measure == "vigente" or re.fullmatch(r"total|actual", _last(c))]
    first = [c for c in kin if c.measure == "asignado"]
    for total in current:
        if not first or any(_adds_up(strips[a.index], strips[column.index], strips[total.index]) for a in first):
            return replace(column, measure="modificacion")
    return column


def _adds_up(first: Strip, change: Strip, total: Strip) -> bool:
    held = rows = 0
    for a, b, c in zip(first.values, change.values, total.values, strict=True):
        if a is not None and b is not None and c is not None:
            rows += 1
            held += abs(a + b - c) <= Decimal(1)
    return rows > 0 and held * 10 >= rows * 8


def _plain_budget(column: Column, columns: Sequence[Column]) -> Column:
    """The current budget is "Presupuesto" alone; beside a current one to its right it is the first one."""
    if column.role is not Role.NUMBER or column.measure is not None or not _PLAIN_BUDGET.fullmatch(_last(column)):
        return column
    others = [c for c in columns if c.measure in _BUDGETS and c.path[:-1] == column.path[:-1]]
    spent = any(c.measure in _SPENT for c in columns)
    unknown = [c for c in columns if c.role is Role.NUMBER and c.measure is None and c is not column]
    if not spent and any(not _PLAIN_BUDGET.fullmatch(_last(c)) for c in unknown):
        return column  # "Cierre 2024" and "Presupuesto 2025": a proposal, not what is in force
    if not others:
        return replace(column, measure="vigente")
    right = all(c.measure == "vigente" and c.index > column.index for c in others)
    return replace(column, measure="asignado") if right else column


_INITIALS = {"p": "programado", "e": "alcanzado", "r": "alcanzado"}


def _initial(column: Column, columns: Sequence[Column]) -> Column:
    """ "P" and "E" under one group are what was planned and what was done; a letter alone says nothing."""
    if column.role is not Role.NUMBER or column.measure is not None or len(column.path) < 2:
        return column
    letters = {_last(c) for c in columns if c.path[:-1] == column.path[:-1]}
    own = _INITIALS.get(_last(column))
    return replace(column, measure=own) if own and len(letters) == 2 and "p" in letters <= set(_INITIALS) else column


def _other_commitment(column: Column, columns: Sequence[Column]) -> Column:
    """A certificate or reserve comes before the commitment: where a table prints both, only the latter is called so."""
    if column.measure != "comprometido" or not _CERTIFIED.search(_last(column)):
        return column
    own = [c for c in columns if c.measure == "comprometido" and not _CERTIFIED.search(_last(c))]
    return replace(column, measure=None) if own else column


_PROGRESS = re.compile(r"\b(avance|cumplimiento|ejecu|logro)")
_PLANNED = frozenset({"programado", "vigente", "asignado"})


def _done_of_goal(columns: list[Column], strips: Sequence[Strip]) -> list[Column]:
    """What is divided by the goal in "Avance %" is what was done, though its header says but "Acumulado" or "Total".

    The columns of periods without a measure that add up to it are of the same.
    """
    for rate in columns:
        if rate.derived is None or rate.measure != "porcentaje" or not _PROGRESS.search(fold(" ".join(rate.path))):
            continue
        done, base = (columns[i] for i in rate.derived)
        if done.measure is not None or base.measure not in _PLANNED:
            continue
        measure = "alcanzado" if base.level is Level.PHYSICAL else "ejecutado"
        spans = [
            c for c in columns if c.period is not None and c.measure is None and c is not done and not c.accumulated
        ]
        parts = spans if len(spans) > 1 and _sums(spans, done, strips) else []
        told = {c.index for c in (done, *parts)}
        columns = [replace(c, measure=measure, level=c.level or base.level) if c.index in told else c for c in columns]
    return columns


def _sums(parts: Sequence[Column], total: Column, strips: Sequence[Strip]) -> bool:
    rows = zip(*(strips[c.index].values for c in parts), strict=True)
    checked = [
        abs(sum(filled, Decimal(0)) - whole) <= Decimal(1)
        for values, whole in zip(rows, strips[total.index].values, strict=True)
        if whole is not None and (filled := [v for v in values if v is not None])
    ]
    return len(checked) > 1 and sum(checked) * 10 >= len(checked) * 8
