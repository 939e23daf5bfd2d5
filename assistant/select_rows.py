"""Rows that meet a condition: thresholds, goals, one measure against another, a changed budget."""

from __future__ import annotations

from dataclasses import replace

from assistant.columns import best_headed, choose, taken_for
from assistant.lacking import measure_of_condition
from assistant.numerals import Threshold
from assistant.outcome import Outcome
from assistant.over_rows import criterion
from assistant.pairs import pairs
from assistant.plan import Plan
from assistant.question import Analysis
from assistant.units import in_plural, ranked_units, row_noun
from assistant.wording import goal_text, threshold_text
from index.lexicon import lexicon
from index.model import Level
from tools.access import column_name
from tools.conditions import Condition, select
from tools.execution import Pair, execution_pairs
from tools.matching import stands_for
from tools.ranking import Criterion


def run_select(plan: Plan) -> Outcome:
    analysis = plan.analysis
    noun_found = row_noun(plan)
    noun = plan.row.label if plan.row.kind else noun_found[0] if noun_found else "filas"
    noun = in_plural(noun)
    units = ranked_units(plan)
    limits = _limits(analysis)
    if limits is None:
        return Outcome(reason="dos condiciones a la vez")
    if limits:
        limit = limits[0]
        if limit.percent:
            options = pairs(plan)
            if options:
                by: Criterion | None = Criterion(pair=options[0], kind="percent")
            else:
                printed = [c.index for c in plan.view.numbers if c.unit == "%"]
                printed = best_headed(plan, printed) if len(printed) > 1 else printed
                by = Criterion(column=printed[0]) if len(printed) == 1 else None
        else:
            by, _, asked = criterion(plan)
            if by is None:
                return asked or Outcome(reason="condición")
        if by is None:
            return Outcome(reason="porcentaje")
        condition = Condition(
            text=threshold_text(limits, by.name(plan.view)),
            by=by,
            comparison=limit.comparison,
            threshold=limit.value,
            also=tuple((x.comparison, x.value) for x in limits[1:]),
        )
        return Outcome(result=select(plan.view, units, condition, noun))
    changed = _changed(plan)
    if changed is not None:
        return Outcome(result=select(plan.view, units, changed, noun))
    passing = next((c for c in ("above", "below") if c in analysis.conditions), None)
    if passing is not None:
        return _passing(plan, passing, noun)
    goal = goal_of(plan)
    if goal in ("cut", "raised"):
        return Outcome(reason="presupuesto aprobado y vigente")
    verb = measure_of_condition(plan.analysis)
    options = execution_pairs(plan.view, plan.level, [verb]) if verb is not None else ()  # "no se les giró nada"
    options = options or pairs(plan)
    if not options:
        return Outcome(reason="meta")
    physical = [p for p in options if p.level is Level.PHYSICAL]
    pair = physical[0] if physical and plan.level is not Level.FINANCIAL else options[0]
    notes: tuple[str, ...] = ()
    if verb is not None and plan.view.table.columns[pair.numerator].measure != verb:
        told = [(stands_for(verb, c, Level.FINANCIAL), c) for c in plan.view.numbers]
        best = min((rank for rank, _ in told if rank is not None), default=None)
        named = [c for rank, c in told if rank == best and rank is not None]
        if len(named) != 1:
            return Outcome(reason=lexicon().measures[verb].name)
        pair = replace(pair, numerator=named[0].index, printed=None)
        notes = (taken_for(verb, named[0]),) if best else ()
    financial = goal == "none_done" and pair.level is Level.FINANCIAL
    text = goal_text("none_spent" if financial else goal)
    condition = Condition(text=text, by=Criterion(pair=pair, kind="percent"), goal=goal)
    return Outcome(result=select(plan.view, units, condition, noun), notes=notes)


def _limits(analysis: Analysis) -> tuple[Threshold, ...] | None:
    """The limits of one figure; None where two things are tested, of which one alone would be answered.

    A goal greater than zero is no second test beside what is held against it: without a goal nothing is.
    """
    shares = tuple(t for t in analysis.thresholds if t.percent)
    amounts = tuple(t for t in analysis.thresholds if not t.percent)
    judged = {"missed", "met", "exceeded"} & analysis.conditions.keys()
    goals = any(m.measure == "programado" for m in analysis.mentions) or judged
    if (shares or judged) and goals and all(t.comparison == ">" and t.value == 0 for t in amounts):
        amounts = ()
    tested = {"none_done", "unplanned"} if shares or amounts else set()
    tested |= judged if amounts else set()
    apart = [u for name, u in analysis.conditions.items() if name in tested and not any(u & t.tokens for t in amounts)]
    return None if (shares and amounts) or apart else shares or amounts


def _passing(plan: Plan, passing: str, noun: str) -> Outcome:
    """Rows in which the first measure named passes the second, or falls short of it."""
    chosen = [choose(plan, m).columns for m in plan.analysis.mentions]
    if len(chosen) != 2 or any(len(c) != 1 for c in chosen) or chosen[0] == chosen[1]:
        return Outcome(reason="las dos medidas que se comparan")
    columns = plan.view.table.columns
    numerator, denominator = chosen[0][0], chosen[1][0]
    pair = Pair(numerator=numerator, denominator=denominator, level=columns[numerator].level or Level.FINANCIAL)
    goal = "greater" if passing == "above" else "less"
    names = column_name(columns[numerator]), column_name(columns[denominator])
    text = f"«{names[0]}» {'mayor' if passing == 'above' else 'menor'} que «{names[1]}»"
    by = Criterion(pair=pair, kind="percent")
    return Outcome(result=select(plan.view, ranked_units(plan), Condition(text=text, by=by, goal=goal), noun))


def _changed(plan: Plan) -> Condition | None:
    """ "A qué unidades se les redujo el presupuesto": the printed changes, else what is in force less what was approved."""
    goal = goal_of(plan)
    if goal not in ("cut", "raised"):
        return None
    comparison = "<" if goal == "cut" else ">"
    printed = [c.index for c in plan.view.numbers if c.measure == "modificacion"]
    columns = {m: [c.index for c in plan.view.numbers if c.measure == m] for m in ("vigente", "asignado")}
    if len(printed) == 1:
        by = Criterion(column=printed[0])
    elif all(len(found) == 1 for found in columns.values()):
        pair = Pair(numerator=columns["vigente"][0], denominator=columns["asignado"][0], level=Level.FINANCIAL)
        by = Criterion(pair=pair, kind="gap")
    else:
        return None
    return Condition(text=goal_text(goal), by=by, comparison=comparison)


def goal_of(plan: Plan) -> str:
    """Which condition: being executed without a goal is more telling than having been executed."""
    conditions = plan.analysis.conditions
    if "unplanned" in conditions:
        text = " ".join(t.text for t in plan.analysis.tokens)
        done = any(
            w in text for w in ("ejecut", "ejecuc", "avance", "realiz", "hici", "hech", "evalu", "logr", "alcanz")
        )
        return "unplanned" if done else "not_planned"
    if "reached" in conditions:
        return "met"
    for name in ("cut", "raised", "equal", "greater", "less", "missed", "none_done", "exceeded", "met"):
        if name in conditions:
            if (
                name == "missed"
                and "none_done" in conditions
                and len(conditions["none_done"]) >= len(conditions["missed"])
            ):
                return "none_done"
            return name
    return "missed"
