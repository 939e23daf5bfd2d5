"""The same question in the other tables of a report: figures that differ, rows that fit as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.operate import carry_out
from assistant.outcome import Candidate, Outcome, settled_columns, subject_of
from assistant.pairs import pairs
from assistant.plan import Plan
from assistant.preference import NAMED
from assistant.wording import other_reading, other_table
from index.model import Level
from index.text import fold
from tools.access import shown
from tools.model import Figure

_OTHERS = 6  # other tables looked at for the same figure


def rows_elsewhere(plan: Plan, ranked: Sequence[Plan]) -> tuple[Plan, ...]:
    """Other tables of the report with rows of another name that the words fit as well: none of them is the answer."""
    row = plan.row
    if row.whole or row.full or len(plan.rows) > 1 or row.entity is None or row.gain == 0:
        return ()
    label = fold(row.label)
    return tuple(
        p
        for p in ranked
        if p.view.document.id == plan.view.document.id
        and p.view.position != plan.view.position
        and len(p.rows) == 1
        and not p.row.whole
        and p.row.entity is not None
        and fold(p.row.label) != label
        and (p.row.gain, p.row.full, p.row.run) >= (row.gain, row.full, row.run)
    )


def same_row_elsewhere(plan: Plan, ranked: Sequence[Plan]) -> tuple[Plan, ...]:
    """The row in the other tables of the report, when the question names no measure that would choose between them."""
    if plan.mentions or plan.deed or plan.row.whole or plan.operation != "look_up" or plan.named:
        return ()
    label = fold(plan.row.label)
    return tuple(
        p
        for p in ranked
        if p.view.position != plan.view.position
        and p.view.document.id == plan.view.document.id
        and not p.row.whole
        and fold(p.row.label) == label
        and p.preference[NAMED] >= plan.preference[NAMED]
        and (p.header is not None or plan.header is None)  # "presupuesto 2025" heads a column here, and "2025" there
    )


def goals_elsewhere(plan: Plan, outcome: Outcome, ranked: Sequence[Plan]) -> tuple[Plan, ...]:
    """Other tables of the report whose goals add up to something else, when nothing in the question names one of them."""
    figure = outcome.result.figures[0] if outcome.result and outcome.result.figures else None
    if plan.operation not in ("look_up", "total") or not plan.row.whole or figure is None or not _counts(plan, figure):
        return ()
    if plan.analysis.tables or plan.preference[NAMED] > 0 or plan.fits:
        return ()
    found = []
    for other in ranked:
        if other.view.position == plan.view.position or other.view.document.id != plan.view.document.id:
            continue
        if not other.row.whole or other.operation != plan.operation:
            continue
        outcome_there = carry_out(other)
        result = outcome_there.result
        theirs = result.figures[0] if result and result.figures else None
        if (theirs is not None and theirs.value != figure.value and _counts(other, theirs)) or outcome_there.candidates:
            found.append(other)
    return tuple(found)


def _counts(plan: Plan, figure: Figure) -> bool:
    return figure.unit not in (plan.view.table.currency, plan.view.document.currency, "%") or figure.unit is None


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same as a reader sees them: a sheet keeps 650572.779999999 where the page prints .78."""
    if one.value is None or other.value is None or (one.unit and other.unit and one.unit != other.unit):
        return False
    return round(one.value, 2) == round(other.value, 2)


def by_table(options: Sequence[Plan]) -> Outcome:
    """One row as several tables tell it."""
    found: list[Candidate] = []
    for option in options:
        outcome = carry_out(option)
        if outcome.candidates:
            told = "; ".join(f"{c.label} {c.shown}" for c in outcome.candidates[:4])
            found.append(
                Candidate(
                    label=option.view.table.name, figure=None, shown=told, citations=outcome.candidates[0].citations
                )
            )
        elif outcome.result is not None and outcome.result.figures:
            figure = outcome.result.figures[0]
            name = figure.label.rsplit(": ", 1)[-1]
            told = f"{name} {shown(option.view, figure)}"
            found.append(
                Candidate(label=option.view.table.name, figure=figure, shown=told, citations=outcome.result.citations)
            )
    return Outcome(candidates=tuple(found), about="cuadro")


def all_rows(options: Sequence[Plan]) -> Outcome:
    """The rows of several tables as candidates."""
    found: list[Candidate] = []
    for option in options:
        outcome = carry_out(option)
        if outcome.candidates:
            found += outcome.candidates
        elif outcome.result is not None:
            figure = outcome.result.figures[0] if outcome.result.figures else None
            told = shown(option.view, figure) if figure else "sin cifra"
            label = subject_of(option, option.row)
            found.append(Candidate(label=label, figure=figure, shown=told, citations=outcome.result.citations))
    return Outcome(candidates=tuple(found), about="fila")


def other_figures(plan: Plan, outcome: Outcome, ranked: Sequence[Plan]) -> tuple[str, ...]:
    """The same figure in other tables of the report, where it differs."""
    if outcome.result is None or not outcome.result.figures or plan.operation == "compare":
        return ()
    mine = outcome.result.figures[0]
    said: list[str] = []
    for other in ranked:
        if other.view.position == plan.view.position or other.view.document.id != plan.view.document.id:
            continue
        if len(said) >= _OTHERS or not _same_subject(plan, other):
            continue
        unlike = plan.operation == "percentage" and _level(plan) is not _level(other)
        if unlike and plan.level is not None:
            continue
        outcome_there = carry_out(other)
        theirs = outcome_there.result
        if outcome_there.about == "columna" and plan.operation in ("rank", "average"):
            said += [other_reading(other.view.table.name, text) for text in _by_column(other)]
        if theirs is None or not theirs.figures:
            continue
        figure = theirs.figures[0]
        if figure.value is None or mine.value is None:
            continue
        if unlike or plan.operation in ("list", "count", "rank", "average", "growth") or figure.unit != mine.unit:
            mine_told = [(f.label, f.value) for f in outcome.result.figures]
            if mine_told != [(f.label, f.value) for f in theirs.figures]:
                said.append(other_reading(other.view.table.name, theirs.text))
            continue
        if figure.value == mine.value:
            continue
        said.append(other_table(other.view.table.name, _told(other, figure)))
    return tuple(said)


_COLUMNS = 3  # columns of another table that fit equally, told one by one


def _by_column(plan: Plan) -> list[str]:
    """What another table tells for each of the columns that fit equally there."""
    choices, _ = settled_columns(plan)
    columns = next((c.columns for c in choices if len(c.columns) > 1), ())
    found = (carry_out(replace(plan, header=c, mentions=())).result for c in columns[:_COLUMNS])
    return [result.text for result in found if result is not None]


def _level(plan: Plan) -> Level | None:
    """Goals or money: a percentage of one says nothing of the other."""
    found = pairs(plan)
    return found[0].level if found else None


def _told(plan: Plan, figure: Figure) -> str:
    name = figure.label.rsplit(": ", 1)[-1]
    return f"{shown(plan.view, figure)} («{name}»)" if figure.label else shown(plan.view, figure)


def _same_subject(plan: Plan, other: Plan) -> bool:
    if plan.row.whole or other.row.whole:
        return plan.row.whole and other.row.whole
    return fold(plan.row.label) == fold(other.row.label)
