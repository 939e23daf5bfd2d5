"""Execution over a span that a table prints in parts: the sum of what was done over the sum of the goals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tools import phrases
from tools.access import column_name, shown
from tools.amounts import Amount, amount
from tools.catalogue import TableView
from tools.formatting import rounded
from tools.matching import RowMatch
from tools.model import Figure, Result


def execution_of_parts(
    view: TableView, match: RowMatch, done: Sequence[int], goals: Sequence[int], subject: str
) -> Result:
    """Sum of the columns `done` / sum of the columns `goals` × 100. A blank part leaves no percentage, nor does a goal of zero."""
    first, second = _sum(view, match, done), _sum(view, match, goals)
    parts = (*first[1], *second[1])
    citations = tuple(c for a in parts for c in a.citations)
    warnings = tuple(dict.fromkeys(w for a in parts for w in a.warnings))
    names = tuple(_told(view, columns) for columns in (done, goals))
    if first[0] is None or second[0] is None:
        lacking = names[0] if first[0] is None else names[1]
        return Result(
            text=phrases.no_value(subject, lacking, ""),
            figures=tuple(a.figure for a in parts),
            citations=citations,
            warnings=warnings,
            complete=False,
        )
    unit = parts[0].figure.unit
    num, den = (
        Figure(value=value, unit=unit, label=f"{subject}: {name}", printed=False)
        for value, name in zip((first[0], second[0]), names, strict=True)
    )
    told = (shown(view, num), shown(view, den))
    if second[0] == 0:
        return Result(
            text=phrases.undefined_percentage(subject, names[0], told[0], names[1], told[1]),
            figures=(num, den),
            citations=citations,
            warnings=warnings,
        )
    result = Figure(
        value=rounded(first[0] / second[0] * 100), unit="%", label=f"{subject}: {names[0]} / {names[1]}", printed=False
    )
    return Result(
        text=phrases.percentage(subject, shown(view, result), names[0], told[0], names[1], told[1]),
        figures=(result, num, den, *(a.figure for a in parts)),
        citations=citations,
        formula=f"({_added(view, first[1])}) / ({_added(view, second[1])}) × 100 = {shown(view, result)}",
        warnings=warnings,
    )


def _sum(view: TableView, match: RowMatch, columns: Sequence[int]) -> tuple[Decimal | None, tuple[Amount, ...]]:
    found = tuple(amount(view, match, c) for c in columns)
    values = [a.value for a in found if a.value is not None]
    return (sum(values, Decimal(0)) if len(values) == len(found) else None), found


def _told(view: TableView, columns: Sequence[int]) -> str:
    return " + ".join(column_name(view.table.columns[c]) for c in columns)


def _added(view: TableView, found: Sequence[Amount]) -> str:
    return " + ".join(shown(view, a.figure) for a in found)
