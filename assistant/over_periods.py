"""Months and quarters that are columns: which of them had the most, and in which a goal was not met."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.columns import choose
from assistant.outcome import Outcome, meaningless_whole, subject_of
from assistant.plan import Plan
from assistant.question import Analysis
from index.model import Column
from tools import phrases
from tools.access import column_name, shown
from tools.amounts import Amount, amount
from tools.catalogue import TableView
from tools.direction import less_is_better
from tools.model import Result

_MONTHS = {"mes": 1, "meses": 1, "bimestre": 2, "bimestres": 2, "trimestre": 3, "trimestres": 3, "cuatrimestre": 4,
           "cuatrimestres": 4, "semestre": 6, "semestres": 6, "ano": 12, "anos": 12}  # fmt: skip
_ASKS = re.compile(r"(?:que|cual|cuales|cuantos|(?:es|fue|era|fueron) (?:el|los))$|^$")
_CONDITIONS = ("missed", "exceeded", "met", "none_done")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """One period with its figure, and its goal where a condition is asked."""

    found: Amount
    goal: Amount | None = None


def period_asked(view: TableView, analysis: Analysis) -> tuple[tuple[int, ...], frozenset[int]]:
    """The columns among which "¿en qué trimestre…?" chooses, with the word that asks; nothing where none is asked.

    Only where the question orders or tests them, and no period is named.
    """
    if not (analysis.orders or analysis.conditions) or (analysis.periods and _narrower(analysis)):
        return (), frozenset()
    for token in analysis.tokens:
        months = _MONTHS.get(token.text)
        before = " ".join(t.text for t in analysis.tokens[max(0, token.position - 2) : token.position])
        if months is None or not _ASKS.search(before):
            continue
        columns = tuple(c.index for c in view.numbers if _lasts(c, months))
        if len(columns) > 1:
            return columns, frozenset({token.position})
    return (), frozenset()


def _narrower(analysis: Analysis) -> bool:
    """Whether a period shorter than a year is named: "en qué mes del semestre" names the half year it is one of."""
    return any(p.last - p.first < 2 for p, _ in analysis.periods)


def _lasts(column: Column, months: int) -> bool:
    period = column.period
    return (
        period is not None
        and period.last_year is None
        and period.last - period.first + 1 == months
        and not column.accumulated
        and column.unit not in ("%", "ratio")
    )


def run_over_periods(plan: Plan) -> Outcome:
    """The periods in order, or those that meet the condition."""
    measured = _of_measure(plan)
    if not measured:
        return Outcome(reason="columna")
    if plan.row.whole and meaningless_whole(plan, measured):
        return Outcome(reason="una fila: las de este cuadro no se suman")
    condition = next((c for c in _CONDITIONS if c in plan.analysis.conditions), None)
    if condition is not None and not plan.analysis.orders:
        return _tested(plan, measured, condition)
    told = [_Told(found=amount(plan.view, plan.row, c)) for c in measured]
    known = [t for t in told if t.found.value is not None]
    if len(known) < 2:
        return Outcome(reason="períodos que comparar")
    orders = plan.analysis.orders
    both = bool(orders.get("top", frozenset()) - orders.get("bottom", frozenset())) and "bottom" in orders
    largest = both or "bottom" not in orders
    ordered = sorted(known, key=lambda t: t.found.value or 0, reverse=largest)
    count = min(plan.analysis.count or 1, len(ordered))
    chosen = [t for t in ordered if t in ordered[:count] or t.found.value == ordered[count - 1].found.value]
    parts = [phrases.period_ranking(_parts(plan, chosen), largest=largest)]
    if both:  # "¿en qué mes más y en cuál menos?"
        last = [t for t in ordered if t.found.value == ordered[-1].found.value]
        parts.append(phrases.period_ranking(_parts(plan, last), largest=False))
        chosen = [*chosen, *last]
    way = "de mayor a menor" if largest else "de menor a mayor"
    return Outcome(
        result=Result(
            text=f"{subject_of(plan, plan.row)}: {'; '.join(parts)}.",
            figures=tuple(t.found.figure for t in chosen),
            citations=tuple(c for t in chosen for c in t.found.citations),
            formula=f"{way}: {'; '.join(_parts(plan, ordered))}",
            warnings=tuple(dict.fromkeys(w for t in known for w in t.found.warnings)),
            complete=len(known) == len(told),
        )
    )


def _parts(plan: Plan, told: list[_Told]) -> list[str]:
    return [f"{_name(plan, t.found)} {shown(plan.view, t.found.figure)}" for t in told]


def _name(plan: Plan, found: Amount) -> str:
    return column_name(plan.view.table.columns[found.column])


def _of_measure(plan: Plan) -> tuple[int, ...]:
    """The columns of one measure: the one named, the one there is, what was done where goals stand beside it."""
    columns = {c.index: c for c in plan.view.numbers if c.index in plan.by_periods}
    for mention in plan.mentions:
        served = choose(plan, mention).columns
        kinds = {columns[c].measure for c in served if c in columns}
        if len(kinds) == 1:
            return tuple(i for i, c in columns.items() if c.measure in kinds)
    kinds = {c.measure for c in columns.values()}
    if len(kinds) == 1:
        return tuple(columns)
    if kinds == {"programado", "alcanzado"}:
        return tuple(i for i, c in columns.items() if c.measure == "alcanzado")
    return ()


def _tested(plan: Plan, measured: tuple[int, ...], condition: str) -> Outcome:
    spec = {c.index: c for c in plan.view.numbers}
    goals = {c.period: c.index for c in plan.view.numbers if c.index in plan.by_periods and c.measure == "programado"}
    told = [
        _Told(found=amount(plan.view, plan.row, i), goal=amount(plan.view, plan.row, goals[spec[i].period]))
        for i in measured
        if spec[i].measure == "alcanzado" and spec[i].period in goals
    ]
    if not told:
        return Outcome(reason="meta de cada período")
    subject = subject_of(plan, plan.row)
    unjudged = less_is_better(subject) and condition != "none_done"
    chosen = told if unjudged else [t for t in told if _meets(t, condition)]
    name = {
        "missed": "no alcanzó la meta",
        "exceeded": "superó la meta",
        "met": "cumplió la meta",
        "none_done": "sin ejecución",
    }
    parts = [
        f"{_name(plan, t.found)} ({shown(plan.view, t.found.figure)} de {shown(plan.view, t.goal.figure)})"
        for t in chosen
        if t.goal
    ]
    cited = chosen or told
    judged = f"{name[condition]} en {len(chosen)} de {len(told)} períodos" + (": " if parts else "")
    return Outcome(
        result=Result(
            text=f"{subject}: {'' if unjudged else judged}{'; '.join(parts)}.",
            figures=tuple(f for t in chosen for f in (t.found.figure, *((t.goal.figure,) if t.goal else ()))),
            citations=tuple(c for t in cited for c in (*t.found.citations, *(t.goal.citations if t.goal else ()))),
            formula="lo alcanzado contra lo programado de cada período",
            warnings=(phrases.less_may_be_better(),) if unjudged else (),
        )
    )


def _meets(told: _Told, condition: str) -> bool:
    done, goal = told.found.value, told.goal.value if told.goal else None
    if done is None or goal is None:
        return False
    return {"missed": done < goal, "exceeded": done > goal > 0, "met": done >= goal > 0, "none_done": done == 0 < goal}[
        condition
    ]
