"""A goal for the span of the report that the table prints in parts: "lo programado en el semestre" of two quarters."""

from __future__ import annotations

from itertools import pairwise

from assistant.outcome import Outcome, subject_of
from assistant.pairs import is_of_year, pairs
from assistant.plan import Plan
from index.model import Column, Level
from tools.span_goal import execution_of_parts

_SPANS = ("bimestre", "trimestre", "cuatrimestre", "semestre", "periodo")


def run_goal_of_span(plan: Plan) -> Outcome | None:
    """What was done over the sum of the goals of the parts; None where one column prints what is asked.

    A table that prints the goal of the year and those of its quarters has a goal of the semester, though no column is
    headed so; the goal of the year would be another base than the one asked for.
    """
    own = plan.view.table.period or plan.view.document.period
    if plan.operation != "percentage" or own is None or plan.fits or len(plan.rows) > 1:
        return None
    options = [p for p in pairs(plan) if p.level is Level.PHYSICAL]
    columns = {c.index: c for c in plan.view.numbers}
    if not options:
        return None
    base = columns[options[0].denominator]
    said = any(t.text in _SPANS and t.position not in plan.used for t in plan.analysis.tokens)
    planned = any(m.measure == "programado" for m in plan.mentions)
    of_year = said and planned and is_of_year(base) and (own.first, own.last) != (1, 12)
    of_part = base.period is not None and (base.period.first, base.period.last) != (own.first, own.last)
    of_part = of_part and not is_of_year(base) and own.first <= (base.period.first if base.period else 0)
    if not (of_year or of_part):
        return None
    goals, done = (_parts(plan, m) for m in ("programado", "alcanzado"))
    if not goals or not done:
        return Outcome(reason="meta del período") if of_year else None
    return Outcome(result=execution_of_parts(plan.view, plan.row, done, goals, subject_of(plan, plan.row)))


def _parts(plan: Plan, measure: str) -> tuple[int, ...]:
    """The columns of a measure whose periods, one after the other, make up that of the report."""
    own = plan.view.table.period or plan.view.document.period
    found: list[tuple[int, int, Column]] = []
    for column in plan.view.numbers:
        period = column.period
        amount = column.measure == measure and column.unit not in ("%", "ratio") and not column.accumulated
        if own and period and amount and own.first <= period.first and period.last <= own.last:
            found.append((period.first, period.last, column))
    found.sort(key=lambda f: f[:2])
    joined = all(a[1] + 1 == b[0] for a, b in pairwise(found))
    ends = bool(found) and own is not None and (found[0][0], found[-1][1]) == (own.first, own.last)
    return tuple(c.index for *_, c in found) if joined and ends and len(found) > 1 else ()
