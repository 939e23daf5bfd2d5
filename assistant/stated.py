"""Counts that a question states in passing ("los tres programas", "son 3 actividades"), held against the rows found.

A count that does not agree is never passed over: the figure would be of other rows than those that were meant.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.outcome import MANY, Outcome, candidate_of, settled_columns, subject_of
from assistant.plan import Plan
from assistant.question import Analysis
from assistant.units import by_code, ranked_units
from assistant.wording import other_count
from index.model import Role
from tools.access import code_column, data_rows
from tools.amounts import amount
from tools.matching import RowMatch


def agreed(plan: Plan, outcome: Outcome) -> Outcome:
    """The outcome where every stated count agrees with the rows; else the rows there are, with how many they are."""
    if outcome.result is None or outcome.counted:
        return outcome
    for stated in plan.analysis.stated:
        if stated.tokens <= plan.used or stated.tokens <= plan.absorbed:
            continue  # "las tres bibliotecas" in the label of a row
        sizes = _sizes(plan)
        if stated.value not in sizes:
            return _other_rows(plan, stated.value, stated.noun)
    return replace(outcome, counted=True)


def as_many(analysis: Analysis, count: int) -> bool | None:
    """Whether the question states that very count; None when it states none."""
    return any(s.value == count for s in analysis.stated) if analysis.stated else None


def _sizes(plan: Plan) -> set[int]:
    """How many things of any kind a plan is of: rows named, rows of the group, its categories, measures, periods."""
    found = {len(plan.rows), len(plan.mentions), len(plan.analysis.periods)} - {0, 1}
    if len(plan.rows) > 1:
        return found
    units = ranked_units(plan)
    found.add(len(units))
    if plan.operation == "average":
        return {len(units)}  # what is divided by
    rows = _inside(plan)
    found |= {len(rows), len(plan.row.rows)}
    found |= {len(f.columns) for f in plan.fits if f.columns} | {len(f.rows) for f in plan.fits if f.rows}
    found |= {len(plan.by_periods), len([c for c in plan.view.numbers if c.period is not None])}
    for column in plan.view.table.columns:
        if column.role is not Role.NUMBER:
            found.add(len(_keys(plan, rows, column.index)))
    codes = code_column(plan.view.table)
    if codes is not None:
        parts = [re.split(r"[-.]", key) for key in _keys(plan, rows, codes)]
        found |= {len({tuple(p[:size]) for p in parts}) for size in range(1, 5)}
    return found - {1}


def _inside(plan: Plan) -> tuple[int, ...]:
    data = data_rows(plan.view.table)
    return data if plan.row.whole else tuple(r for r in data if r in set(plan.row.rows)) or plan.row.rows


def _keys(plan: Plan, rows: tuple[int, ...], column: int) -> set[str]:
    cells = [plan.view.table.rows[r].cells for r in rows]
    return {
        text
        for line in cells
        if column < len(line) and (text := line[column].text.strip() or line[column].inferred or "")
    }


def _other_rows(plan: Plan, value: int, noun: str) -> Outcome:
    """The question back: the rows there are, each with its figure."""
    units: list[RowMatch] = list(plan.rows)
    if len(units) == 1:
        units = by_code(plan, _inside(plan), noun) or ranked_units(plan)
    choices, unsettled = settled_columns(plan)
    note = other_count(value, noun, len(units))
    if unsettled is not None:
        return replace(unsettled, notes=(*unsettled.notes, note))
    column = choices[0].columns[0]
    found = []
    for unit in units[:MANY]:
        item = amount(plan.view, unit, column)
        found.append(candidate_of(plan, subject_of(plan, unit), item))
    return Outcome(candidates=tuple(found), about="fila", notes=(note,))
