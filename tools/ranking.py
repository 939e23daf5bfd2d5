"""Ranking and selecting rows: by an amount, by the gap to the goal, by execution percentage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from index.model import Citation
from tools import phrases
from tools.access import citation, column_name, row_name, shown, unit_of, value
from tools.amounts import amount
from tools.catalogue import TableView
from tools.execution import Pair
from tools.formatting import rounded
from tools.matching import RowMatch
from tools.model import Figure, Result

DOUBTS = 5  # rows of unknown group that a ranking tells one by one


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """What rows are measured by: one column, the gap between two (numerator − denominator), or their percentage.

    Groups may be measured by how many rows they have, too; "ratio" is the percentage not times 100, of unlike things
    (visits for each library); "growth" is the percentage by which the numerator differs from the denominator.
    """

    column: int | None = None
    pair: Pair | None = None
    kind: str = "amount"  # amount, gap, percent, ratio, growth, rows

    def name(self, view: TableView) -> str:
        if self.kind == "rows":
            return phrases.NUMBER_OF_ROWS
        if self.kind == "amount" or self.pair is None:
            return column_name(view.table.columns[self.column or 0])
        num = column_name(view.table.columns[self.pair.numerator])
        den = column_name(view.table.columns[self.pair.denominator])
        told = {"gap": f"{num} − {den}", "ratio": f"{num} / {den}", "growth": f"({num} − {den}) / {den} × 100"}
        return told.get(self.kind, f"{num} / {den} × 100")


def unit_value(view: TableView, unit: RowMatch, column: int) -> Decimal | None:
    """One column of a row, or summed over a group."""
    if len(unit.rows) == 1:
        return value(view.table, unit.own if unit.own is not None else unit.rows[0], column)
    return amount(view, unit, column).value


def measured(view: TableView, unit: RowMatch, by: Criterion) -> Decimal | None:
    """The value of one row or group under a criterion, None when a cell lacks or the divisor is zero."""
    if by.kind == "rows":
        return Decimal(len(unit.rows))
    if by.kind == "amount" or by.pair is None:
        return unit_value(view, unit, by.column or 0)
    num, den = unit_value(view, unit, by.pair.numerator), unit_value(view, unit, by.pair.denominator)
    if num is None or den is None:
        return None
    if by.kind == "gap":
        return num - den
    if by.kind == "ratio":
        return None if den == 0 else num / den
    if by.kind == "growth":
        return None if den == 0 else (num - den) / den * 100
    return None if den == 0 else num / den * 100


def divides_by_zero(view: TableView, unit: RowMatch, by: Criterion) -> bool:
    """Whether a row or group has both figures, and no percentage only because one divides by zero."""
    if (
        by.kind not in ("percent", "ratio", "growth")
        or by.pair is None
        or unit_value(view, unit, by.pair.numerator) is None
    ):
        return False
    return unit_value(view, unit, by.pair.denominator) == 0


def left_out(view: TableView, units: Sequence[RowMatch], by: Criterion) -> list[str]:
    """What is said of the rows or groups that have no value under a criterion."""
    zeros = sum(divides_by_zero(view, u, by) for u in units)
    blank = len(units) - zeros
    told = [phrases.left_out_of_ranking(blank)] if blank else []
    return [*told, phrases.left_out_for_zero(zeros)] if zeros else told


def doubts_of(view: TableView, units: Sequence[RowMatch], by: Criterion) -> list[str]:
    """The rows that may belong to one of the groups and are in none of their sums, each told once."""
    if by.kind == "rows":
        return []
    columns = [by.column or 0] if by.kind == "amount" or by.pair is None else [by.pair.numerator, by.pair.denominator]
    groups = [u for u in units if u.own is None and u.label]
    found = [amount(view, u, c) for u in groups for c in columns]
    told = list(dict.fromkeys(w for a in found if a.doubtful for w in a.warnings[-len(a.doubtful) :]))
    return told if len(told) <= DOUBTS else [*told[:DOUBTS], phrases.more_unknown_groups(len(told) - DOUBTS)]


def unit_name(view: TableView, unit: RowMatch) -> str:
    """How a row or group is told in a list."""
    named_by_row = unit.own is not None or not unit.label
    return row_name(view.table.rows[unit.rows[0]]) if named_by_row else unit.label


def places(view: TableView, unit: RowMatch, by: Criterion) -> tuple[Citation, ...]:
    """The cells behind the value of one row or group."""
    if by.kind == "rows":
        return tuple(citation(view, r, by.column or 0) for r in unit.rows)
    if by.kind == "amount" or by.pair is None:
        return amount(view, unit, by.column or 0).citations
    return (*amount(view, unit, by.pair.numerator).citations, *amount(view, unit, by.pair.denominator).citations)


def figure_of(view: TableView, unit: RowMatch, by: Criterion, found: Decimal | None) -> Figure:
    """The ranked value of one row or group, with its unit."""
    name = unit_name(view, unit)
    if by.kind in ("percent", "growth"):
        return Figure(value=None if found is None else rounded(found), unit="%", label=name, printed=False)
    if by.kind == "rows":
        return Figure(value=found, unit=None, label=name, printed=False)
    column = by.column if by.kind == "amount" or by.pair is None else by.pair.numerator
    return Figure(
        value=rounded(found) if by.kind == "ratio" and found is not None else found,
        unit=unit_of(view, unit.rows[0], column or 0),
        label=name,
        printed=by.kind == "amount" and len(unit.rows) == 1,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """How to rank. absolute: by size whatever the sign (the gap to a goal, above or below).

    place: only the row of that place is told (2 is the second), with those that tie with it.
    """

    by: Criterion
    count: int = 1
    place: int = 1
    largest: bool = True
    absolute: bool = False


def rank(view: TableView, units: Sequence[RowMatch], order: Order, noun: str) -> Result:
    """The rows or groups that come first. Ties at the cut are shown and said; those without a value are counted."""
    by = order.by
    values = pd.Series([measured(view, u, by) for u in units], dtype=object)
    known = values[values.notna()]
    missing = len(values) - len(known)
    keys = known.map(abs) if order.absolute else known
    ordered = sorted(keys.items(), key=lambda kv: (-kv[1] if order.largest else kv[1], kv[0]))
    if order.place > max(len(ordered), 1):
        return Result(
            text=phrases.no_such_place(order.place, len(ordered)),
            figures=(),
            citations=tuple(c for u in units[:1] for c in places(view, u, by)),
            complete=False,
        )
    chosen = [int(str(i)) for i, _ in ordered[order.place - 1 : order.place - 1 + order.count]]
    warnings: list[str] = []
    if len(ordered) > order.count and order.place == 1:
        tied = [int(str(i)) for i, v in ordered if v == keys[chosen[-1]]]
        if tied[-1] not in chosen:
            sample = figure_of(view, units[chosen[-1]], by, known[chosen[-1]])
            warnings.append(phrases.tie_at_cut(shown(view, sample), len(tied)))
            ahead = [i for i in chosen if i not in tied]
            if len(tied) + len(ahead) <= order.count + 5:
                chosen = ahead + tied
    if order.place > 1:
        tied = [int(str(i)) for i, v in ordered if v == keys[chosen[0]]]
        before = sum(1 for i, _ in ordered[: order.place - 1] if int(str(i)) not in tied)
        if len(tied) > 1:
            chosen = tied
            order = replace(order, place=before + 1)
            sample = figure_of(view, units[tied[0]], by, known[tied[0]])
            warnings.append(phrases.tie_at_place(shown(view, sample), len(tied), order.place))
    if missing:
        warnings.extend(left_out(view, [u for u, v in zip(units, values, strict=True) if v is None], by))
    doubts = doubts_of(view, units, by)
    figures = tuple(figure_of(view, units[i], by, known[i]) for i in chosen)
    return Result(
        text=_ranking_text(view, figures, order, noun, [_from(view, units[i], by) for i in chosen]),
        figures=figures,
        citations=tuple(c for i in chosen for c in places(view, units[i], by)),
        formula=phrases.ranking_formula(by.name(view), len(known), largest=order.largest, absolute=order.absolute),
        warnings=(*warnings, *doubts),
        complete=not missing and not doubts,
    )


def _from(view: TableView, unit: RowMatch, by: Criterion) -> str:
    """What a percentage or a gap comes from, " (24 de 2)"; nothing for a printed figure or where one is missing."""
    if by.pair is None or by.kind not in ("percent", "gap", "growth"):
        return ""
    one, two = (amount(view, unit, c) for c in (by.pair.numerator, by.pair.denominator))
    if one.value is None or two.value is None:
        return ""
    if by.kind == "growth":
        return f" (de {shown(view, two.figure)} a {shown(view, one.figure)})"
    return f" ({shown(view, one.figure)} {'de' if by.kind == 'percent' else '−'} {shown(view, two.figure)})"


def _ranking_text(view: TableView, figures: Sequence[Figure], order: Order, noun: str, sources: Sequence[str]) -> str:
    parts = [f"{f.label}: {shown(view, f)}{source}" for f, source in zip(figures, sources, strict=True)]
    if order.place > 1:
        return phrases.ranked_at(order.place, noun, order.by.name(view), parts, largest=order.largest)
    return phrases.ranking(noun, order.by.name(view), parts, largest=order.largest)
