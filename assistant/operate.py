"""Carry out a plan with the tools: a result, or the candidates to ask back with."""

from __future__ import annotations

from dataclasses import replace

from assistant.between import run_average, run_compare, run_difference, run_growth, run_percentage, run_share
from assistant.look_up import run_look_up
from assistant.numerals import NUMBER_WORDS
from assistant.outcome import Candidate, Outcome, told_apart
from assistant.over_rows import run_rank, run_select
from assistant.plan import Plan
from tools.access import shown

LOOSE = 0.34  # the same for several words that are not neighbours in it


THIN = 0.4  # share of a label below which a single word does not name a row


def carry_out(plan: Plan) -> Outcome:
    """Run the operation of a plan."""
    if plan.rivals and _all_meant(plan):
        return run_look_up(replace(plan, rows=(plan.row, *plan.rivals), rivals=()))
    if plan.rivals or too_thin(plan):
        return run_rivals(plan)
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
    }.get(plan.operation, run_look_up)
    return runner(plan)


def _all_meant(plan: Plan) -> bool:
    """ "Sume los contingentes ingresados", "los tres juntos": the rows that fit equally are asked for together."""
    if plan.operation not in ("look_up", "total") or not plan.says("total"):
        return False
    tokens = plan.analysis.tokens
    rows = {r for m in (plan.row, *plan.rivals) for r in m.rows}
    if len(rows) != sum(len(m.rows) for m in (plan.row, *plan.rivals)):
        return False
    counted = [
        NUMBER_WORDS[t.text]
        for t in tokens
        if NUMBER_WORDS.get(t.text, 0) > 1 and t.position and tokens[t.position - 1].text in ("los", "las")
    ]
    if counted:
        return counted == [1 + len(plan.rivals)]
    return any(t.text.startswith(("suma", "sume", "junt")) for t in tokens)


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
    """Each row that fits, with the figure it would have given."""
    found = []
    matches = (*plan.rows[:1], *plan.rivals)
    for match, name in zip(matches, told_apart(plan, matches), strict=True):
        outcome = carry_out(replace(plan, rows=(replace(match, coverage=1.0),), rivals=()))
        result = outcome.result
        figure = result.figures[0] if result and result.figures else None
        told = shown(plan.view, figure) if figure else "; ".join(f"{c.label} {c.shown}" for c in outcome.candidates[:3])
        told = told or "sin cifra para esa pregunta"
        found.append(Candidate(label=name, figure=figure, shown=told, citations=result.citations if result else ()))
    lines = {tuple(c.text for c in plan.view.table.rows[r].cells) for m in matches for r in m.rows}
    if len(lines) == 1 and all(len(m.rows) == 1 for m in matches):
        return carry_out(replace(plan, rows=(replace(plan.row, coverage=1.0),), rivals=()))  # the same row, told twice
    return Outcome(candidates=tuple(found), about="fila")
