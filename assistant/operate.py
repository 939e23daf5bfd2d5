"""Carry out a plan with the tools: a result, or the candidates to ask back with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.between import run_compare, run_difference, run_growth, run_percentage
from assistant.breakdown import run_breakdown
from assistant.changes import run_changes
from assistant.column_gap import run_column_gap
from assistant.goal_of_span import run_goal_of_span
from assistant.held_rows import run_held_rows
from assistant.look_up import run_look_up
from assistant.means import run_average
from assistant.narrowing import narrowed
from assistant.outcome import Candidate, Outcome, ask_rows, settled_columns, told_apart
from assistant.over_periods import run_over_periods
from assistant.over_rows import run_rank
from assistant.per_unit import run_per_unit
from assistant.plan import Plan
from assistant.same_values import run_same
from assistant.select_rows import run_select
from assistant.shares import run_share
from assistant.stated import agreed, as_many
from assistant.wording import rows_of_one_name
from index.tables.wording import series_noun
from index.text import fold
from tools.access import data_rows, shown
from tools.matching import RowMatch

LOOSE = 0.34  # the same for several words that are not neighbours in it


THIN = 0.4  # share of a label below which a single word does not name a row


def carry_out(plan: Plan) -> Outcome:
    """Run the operation of a plan."""
    narrowing = plan.analysis.narrowing
    if narrowing is not None:
        found = narrowed(plan, narrowing)
        if isinstance(found, Outcome):
            return found
        told = carry_out(replace(found[0], analysis=replace(plan.analysis, narrowing=None)))
        return replace(told, notes=(*told.notes, found[1]))
    outcome = agreed(plan, _run(plan))
    figures = outcome.result.figures if outcome.result else ()
    if plan.row.whole and not plan.says("total") and figures and all(f.value is None for f in figures):
        choices, asked = settled_columns(plan)
        if asked is None and len(data_rows(plan.view.table)) > 1:
            return ask_rows(plan, choices[0].columns[0])  # a proportion of each row has no sum: which row is meant?
    return outcome


def _run(plan: Plan) -> Outcome:
    if plan.rivals and _all_meant(plan):
        return carry_out(replace(plan, rows=_apart((plan.row, *plan.rivals)), rivals=()))
    if plan.rivals or too_thin(plan):
        return run_rivals(plan)
    if plan.attributes and plan.operation == "list":
        return run_look_up(plan)
    special = (
        run_held_rows(plan)
        or run_goal_of_span(plan)
        or run_breakdown(plan)
        or run_column_gap(plan)
        or run_per_unit(plan)
        or run_changes(plan)
        or run_same(plan)
    )
    if special is not None:
        return special
    runner = {
        "percentage": run_percentage,
        "difference": run_difference,
        "share": run_share,
        "rank": run_rank,
        "list": run_select,
        "count": run_select,
        "average": run_average,
        "growth": run_growth,
        "compare": run_compare,
        "periods": run_over_periods,
    }.get(plan.operation, run_look_up)
    return runner(plan)


def _all_meant(plan: Plan) -> bool:
    """ "Sume los contingentes ingresados", "los tres juntos": the rows that fit equally are asked for together."""
    if plan.operation not in ("look_up", "total"):
        return False
    tokens = plan.analysis.tokens
    meant = _apart((plan.row, *plan.rivals))
    of_all = any(t.text in ("total", "todos", "todas") for t in tokens) or bool(as_many(plan.analysis, len(meant)))
    if of_all and _in_series(plan, meant):
        return True
    if not plan.says("total"):
        return False
    rows = {r for m in meant for r in m.rows}
    if len(rows) != sum(len(m.rows) for m in meant):
        return False
    counted = as_many(plan.analysis, len(meant))
    if counted is not None:
        return counted
    return any(t.text.startswith(("suma", "sume", "junt")) for t in tokens)


def _in_series(plan: Plan, matches: Sequence[RowMatch]) -> bool:
    """Whether rows of one name stand each under another of a numbered series: "Sueldos" of "PROGRAMA 1", "PROGRAMA 2"."""
    rows = plan.view.table.rows
    lines = [rows[m.rows[0]] for m in matches if len(m.rows) == 1]
    parents = [rows[r.parent] for r in lines if r.parent is not None]
    if (
        len(lines) != len(matches)
        or len({p.index for p in parents}) != len(lines)
        or len({p.parent for p in parents}) != 1
    ):
        return False
    names = {(r.code, fold(r.label)) for r in lines}
    series = {series_noun(p.label) for p in parents}
    shapes = {re.sub(r"\d", "0", p.code or "") for p in parents}
    return len(names) == 1 and ((len(series) == 1 and None not in series) or (len(shapes) == 1 and "" not in shapes))


def _apart(matches: tuple[RowMatch, ...]) -> tuple[RowMatch, ...]:
    """Without the group that holds just the rows of one name that stand beside it: to add them would count twice."""
    single = {m.rows[0] for m in matches if len(m.rows) == 1}
    kept = tuple(m for m in matches if len(m.rows) == 1 or not set(m.rows) <= single)
    return kept or matches


def _one_figure(plan: Plan, matches: tuple[RowMatch, ...], found: Sequence[Candidate]) -> Outcome | None:
    """The answer where all rows carry one name and those with a figure have the same; the blank ones are told."""
    rows = plan.view.table.rows
    names = {fold(rows[r].label) for m in matches for r in m.rows}
    told = [(m, c) for m, c in zip(matches, found, strict=True) if c.figure is not None and c.figure.value is not None]
    if len(names) > 1 or any(len(m.rows) > 1 for m in matches) or not told:
        return None
    if len({(c.figure.value, c.figure.unit) for _, c in told if c.figure}) > 1:
        return None
    if len(found) == 1:
        return carry_out(replace(plan, rows=(replace(told[0][0], coverage=1.0),), rivals=()))
    blank = len(found) - len(told)
    if any(c.figure is None for c in found):  # a question back inside one of them
        return None
    outcome = carry_out(replace(plan, rows=(replace(told[0][0], coverage=1.0),), rivals=()))
    return replace(outcome, notes=(*outcome.notes, rows_of_one_name(len(found), blank)))


def too_thin(plan: Plan) -> bool:
    """One word met in passing in a long label is a row to be confirmed, not an answer."""
    row = plan.row
    said = {plan.analysis.tokens[i].stem for i in plan.used}
    return (
        len(plan.rows) == 1
        and row.entity is not None
        and row.entity.stems[:1] != ()
        and row.entity.stems[0] not in said  # the first word of a label is what people call it by
        and not (row.full or row.lead)
        and row.size > 0
        and (row.coverage < THIN if row.size < 2 else row.run == 0 and row.coverage < LOOSE)
    )


def run_rivals(plan: Plan) -> Outcome:
    """Each row that fits, with the figure it would have given; one answer where rows of one name all give the same."""
    found = []
    matches = _apart((*plan.rows[:1], *plan.rivals))
    for match, name in zip(matches, told_apart(plan, matches), strict=True):
        outcome = carry_out(replace(plan, rows=(replace(match, coverage=1.0),), rivals=()))
        result = outcome.result
        figure = result.figures[0] if result and result.figures else None
        told = shown(plan.view, figure) if figure else "; ".join(f"{c.label} {c.shown}" for c in outcome.candidates[:3])
        told = told or ", ".join(c.text for c in result.citations if c.text) if plan.attributes and result else told
        told = told or "sin cifra para esa pregunta"
        found.append(Candidate(label=name, figure=figure, shown=told, citations=result.citations if result else ()))
    same = _one_figure(plan, matches, found)
    if same is not None:
        return same
    lines = {tuple(c.text for c in plan.view.table.rows[r].cells) for m in matches for r in m.rows}
    if len(lines) == 1 and all(len(m.rows) == 1 for m in matches):
        return carry_out(replace(plan, rows=(replace(plan.row, coverage=1.0),), rivals=()))  # the same row, told twice
    return Outcome(candidates=tuple(found), about="fila")
