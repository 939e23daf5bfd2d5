"""Rows that meet a condition: goals missed or exceeded, thresholds, counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tools import phrases
from tools.access import citation, column_name, shown, unit_of
from tools.catalogue import TableView
from tools.direction import less_is_better
from tools.matching import RowMatch
from tools.model import Figure, Result
from tools.ranking import Criterion, doubts_of, figure_of, left_out, measured, places, unit_name, unit_value

_COMPARE = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A test on rows. goal: "missed", "met", "exceeded", "none_done" or "unplanned", over a pair; else a threshold."""

    text: str
    by: Criterion
    goal: str | None = None
    comparison: str = ">"
    threshold: Decimal = Decimal(0)
    also: tuple[tuple[str, Decimal], ...] = ()  # further limits of the same figure: "más de 50 % y menos de 80 %"


_JUDGED = frozenset({"missed", "met", "exceeded"})  # what says well or ill; "mayor que lo programado" says neither


def holds(view: TableView, unit: RowMatch, condition: Condition) -> bool | None:
    """Whether a row or group meets the condition; None when its cells do not tell."""
    pair = condition.by.pair
    if condition.goal and pair is not None:
        num, den = unit_value(view, unit, pair.numerator), unit_value(view, unit, pair.denominator)
        if num is None or den is None:
            return None
        return {
            "missed": num < den,
            "less": num < den,
            "greater": num > den,
            "equal": num == den,
            "met": den > 0 and num >= den,
            "exceeded": num > den > 0,
            "none_done": den > 0 and num == 0,
            "unplanned": den == 0 and num > 0,
            "not_planned": den == 0,
        }[condition.goal]
    found = measured(view, unit, condition.by)
    if found is None:
        return None
    return all(_COMPARE[way](found, limit) for way, limit in _limits(condition))


def _limits(condition: Condition) -> tuple[tuple[str, Decimal], ...]:
    return ((condition.comparison, condition.threshold), *condition.also)


def select(view: TableView, units: Sequence[RowMatch], condition: Condition, noun: str) -> Result:
    """The rows or groups that meet a condition, listed with their figures, or counted (and still listed as evidence)."""
    ceilings = [u for u in units if condition.goal in _JUDGED and less_is_better(unit_name(view, u))]
    tested = [(r, holds(view, r, condition)) for r in units if r not in ceilings]
    chosen = [r for r, ok in tested if ok]
    unknown = [r for r, ok in tested if ok is None]
    warnings = left_out(view, unknown, condition.by) if unknown else []
    without: list[RowMatch] = []
    if condition.goal == "exceeded":
        without = [r for r, _ in tested if holds(view, r, replace(condition, goal="unplanned"))]
        if without:
            warnings.append(phrases.done_without_goal(len(without), len(chosen)))
    elif condition.goal == "none_done":
        without = [r for r, _ in tested if _idle(view, r, condition)]
        if without:
            warnings.append(phrases.idle_without_goal(len(without), len(chosen)))
    if ceilings:
        warnings.append(phrases.not_judged([_detail(view, u, condition) for u in ceilings[:_NAMED]]))
    doubts = doubts_of(view, units, condition.by)
    total = Figure(value=Decimal(len(chosen)), unit=None, label=f"{noun}: {condition.text}", printed=False)
    details = [_detail(view, r, condition) for r in chosen]
    limit = 60
    head = f"{len(chosen)} de {len(units)} {noun}: {condition.text}"
    body = "; ".join(details[:limit]) + (f"; y {len(details) - limit} más" if len(details) > limit else "")
    figures = tuple(f for r in (*chosen, *ceilings) for f in _figures(view, r, condition))
    if without:
        both = Decimal(len(chosen) + len(without))
        figures = (*figures, Figure(value=both, unit=None, label=f"{noun}: con las filas sin meta", printed=False))
    cited = [*chosen, *ceilings] or list(units[:1])
    return Result(
        text=f"{head}." if not chosen else f"{head}: {body}.",
        figures=(total, *figures),
        citations=tuple(c for r in cited for c in places(view, r, condition.by)),
        formula=f"filas en que {_formula(view, condition)}",
        warnings=(*warnings, *doubts),
        complete=not unknown and not doubts,
    )


def _idle(view: TableView, unit: RowMatch, condition: Condition) -> bool:
    """Whether nothing was done, and nothing was to be done either."""
    pair = condition.by.pair
    return pair is not None and all(unit_value(view, unit, c) == 0 for c in (pair.numerator, pair.denominator))


def _formula(view: TableView, condition: Condition) -> str:
    pair = condition.by.pair
    if condition.goal and pair is not None:
        num = column_name(view.table.columns[pair.numerator])
        den = column_name(view.table.columns[pair.denominator])
        return {
            "missed": f"«{num}» < «{den}»",
            "less": f"«{num}» < «{den}»",
            "greater": f"«{num}» > «{den}»",
            "equal": f"«{num}» = «{den}»",
            "met": f"«{num}» ≥ «{den}» > 0",
            "exceeded": f"«{num}» > «{den}» > 0",
            "none_done": f"«{num}» = 0 y «{den}» > 0",
            "unplanned": f"«{num}» > 0 y «{den}» = 0",
            "not_planned": f"«{den}» = 0",
        }[condition.goal]
    limits = " y ".join(f"{way} {limit.normalize():,f}" for way, limit in _limits(condition))
    return f"«{condition.by.name(view)}» {limits}"


def _figures(view: TableView, unit: RowMatch, condition: Condition) -> tuple[Figure, ...]:
    pair = condition.by.pair
    name = unit_name(view, unit)
    if condition.goal and pair is not None:
        columns = [pair.numerator, pair.denominator]
    elif condition.by.kind == "amount":
        columns = [condition.by.column or 0]
    else:
        return (figure_of(view, unit, condition.by, measured(view, unit, condition.by)),)
    return tuple(
        Figure(
            value=unit_value(view, unit, c),
            unit=unit_of(view, unit.rows[0], c),
            label=f"{name}: {column_name(view.table.columns[c])}",
            printed=len(unit.rows) == 1,
        )
        for c in columns
    )


def _detail(view: TableView, unit: RowMatch, condition: Condition) -> str:
    figures = _figures(view, unit, condition)
    name = unit_name(view, unit)
    if len(figures) == 2:
        return f"{name} ({shown(view, figures[0])} de {shown(view, figures[1])})"
    return f"{name} ({shown(view, figures[0])})"


_NAMED = 15  # rows told by name; of more, the first and the last


def count_rows(view: TableView, units: Sequence[RowMatch], noun: str) -> Result:
    """How many rows or groups there are, totals and parents left out."""
    rows = [u.rows[0] for u in units]
    figure = Figure(value=Decimal(len(rows)), unit=None, label=f"número de {noun}", printed=False)
    column = view.numbers[0].index if view.numbers else 0
    ends = list(dict.fromkeys([*rows[:1], *rows[-1:]]))
    names = [unit_name(view, u) for u in units]
    of = "filas" if all(len(u.rows) == 1 for u in units) else "grupos de filas"
    listing = f": {phrases.joined(names)}" if len(names) <= _NAMED else f" (de «{names[0]}» a «{names[-1]}»)"
    return Result(
        text=f"{phrases.counted(len(rows), noun)} en «{view.table.name}»{listing}.",
        figures=(figure,),
        citations=tuple(citation(view, r, column) for r in ends),
        formula=f"{phrases.counted(len(rows), of)}, sin totales ni subtotales",
    )
