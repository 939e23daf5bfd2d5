"""Rows kept apart because they hold something of a measure."""

from __future__ import annotations

from dataclasses import replace

from assistant.clauses import Narrowing
from assistant.outcome import Outcome, settled_columns
from assistant.plan import Plan
from assistant.wording import narrowed_to
from tools.access import column_name, data_rows, value
from tools.catalogue import TableView


def narrowed(plan: Plan, narrowing: Narrowing) -> tuple[Plan, str] | Outcome:
    """The plan over the rows that hold something, with the sentence that says which; why not, where no column tells."""
    column = _column(plan.view, narrowing.measures)
    if column is None:
        if narrowing.measures:
            return Outcome(reason=f"{narrowing.measures[0]} por fila")
        choices, unsettled = settled_columns(plan)
        if unsettled is not None:
            return unsettled
        column = choices[0].columns[0]
    asked = set(data_rows(plan.view.table)) if plan.row.whole else {r for m in plan.rows for r in m.rows}
    rows = tuple(r for r in sorted(asked) if (value(plan.view.table, r, column) or 0) > 0)
    name = column_name(plan.view.table.columns[column])
    if not rows:
        return Outcome(reason=f"filas con «{name}» mayor que cero")
    kept = replace(plan.row, rows=rows, whole=False, own=None, full=True, coverage=1.0)
    return replace(plan, rows=(kept,), rivals=()), narrowed_to(name, len(rows), len(asked))


def _column(view: TableView, measures: tuple[str, ...]) -> int | None:
    found = [c.index for m in measures for c in view.numbers if c.measure == m]
    return found[0] if found else None
