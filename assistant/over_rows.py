"""Ranking, listing and counting the rows of a table."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.attributes import holder_column
from assistant.changes import period_ends
from assistant.columns import best_headed, choose, taken_for
from assistant.holders import by_number, with_holder, with_lead, with_sum
from assistant.lacking import measure_of_condition
from assistant.outcome import Outcome, merged_results, settled_columns
from assistant.pairs import balance_pair, column_of_total, explicit_pair, gap_pairs, pairs, two_headers
from assistant.per_unit import shared_columns
from assistant.plan import Plan
from assistant.units import plural_noun, ranked_units, record_noun, row_noun
from assistant.wording import goal_text, threshold_text
from index.lexicon import lexicon
from index.model import Level, Role
from tools.access import column_name
from tools.catalogue import content_stems
from tools.conditions import Condition, count_rows, select
from tools.execution import Pair, execution_pairs
from tools.matching import RowMatch, stands_for
from tools.ranking import Criterion, Order, rank
from tools.table_periods import row_periods

MOST = 30  # rows of a whole ordering that are told


def run_count(plan: Plan) -> Outcome | None:
    """ "¿Cuántos productos tiene…?": the kind of row is asked for, not a row nor a measure."""
    if "count_only" not in plan.analysis.cues or plan.mentions:
        return None
    noun = row_noun(plan) or record_noun(plan)
    if noun is None:
        return None
    word, _ = noun
    if _counted_in_column(plan):
        return None
    if plan.row.whole:
        units = ranked_units(plan)
        return Outcome(result=count_rows(plan.view, units, word))
    if len(plan.rows) > 1:
        return Outcome(result=count_rows(plan.view, [single(r) for m in plan.rows for r in m.rows], word))
    if len(plan.row.rows) > 1 or plan.row.own is None:
        grouped = noun[1] is not None and plan.view.table.columns[noun[1]].role is not Role.LABEL
        units = ranked_units(plan) if grouped else [single(r) for r in plan.row.rows]
        return Outcome(result=count_rows(plan.view, units, word))
    return None


def _counted_in_column(plan: Plan) -> bool:
    """ "¿Cuántas familias se benefician de los proyectos de…?": a column of figures counts them, and not the rows."""
    heads = {s for c in plan.view.numbers for part in c.path for s in content_stems(part)}
    return any(
        before.text in ("cuantos", "cuantas") and token.stem in heads - plan.view.nouns
        for before, token in pairwise(plan.analysis.tokens)
    )


def run_holding(plan: Plan) -> Outcome | None:
    """ "¿Cuáles productos tienen dinero asignado?": the rows in which the measure is more than nothing, not its total."""
    noun = row_noun(plan)
    tokens = plan.analysis.tokens
    asked = noun is not None and any(
        a.text in ("que", "cuales") and b.text == noun[0] and b.text.endswith("s") for a, b in pairwise(tokens)
    )
    if not asked or noun is None or not plan.row.whole or not plan.mentions or plan.says("total"):
        return None
    if not any(t.text in ("tienen", "tenian", "tuvieron", "cuentan", "recibieron", "traen") for t in tokens):
        return None
    choices, unsettled = settled_columns(plan)
    if unsettled is not None:
        return unsettled
    by = Criterion(column=choices[0].columns[0])
    text = f"«{by.name(plan.view)}» mayor que cero"
    return Outcome(result=select(plan.view, ranked_units(plan), Condition(text=text, by=by), _plural(noun[0])))


def _criterion(plan: Plan) -> tuple[Criterion | None, bool, Outcome | None]:
    """What to rank by, whether by size alone, and the outcome instead when that is not settled."""
    analysis = plan.analysis
    shared = shared_columns(plan)
    if shared is not None:  # "más visitas por biblioteca"
        if len(shared[0]) < 2:
            return None, False, Outcome(reason="qué repartir por unidad")
        pair = Pair(numerator=shared[0][0], denominator=shared[0][1], level=Level.PHYSICAL)
        return Criterion(pair=pair, kind="ratio"), False, None
    part = column_of_total(plan) if plan.says("share") else None
    if part is not None:  # "la mayor proporción de mujeres"
        return Criterion(pair=part, kind="percent"), False, None
    apart = {analysis.tokens[i].text for i in analysis.cues.get("difference", ())}
    margin = bool(plan.mentions) and apart <= _BY_HOW_MUCH  # "¿qué mes gastó más, y por cuánto?": what is ranked stays
    gap = (plan.says("difference") and not margin) or any(m.measure == "diferencia" for m in analysis.mentions)
    lagging = _lagging(plan)
    grown = _grown(plan) if "growth" in analysis.cues and plan.says("percentage") and not plan.mentions else None
    if grown is not None and grown.pair is not None:  # "¿cuál creció más, en términos porcentuales?"
        return Criterion(pair=grown.pair, kind="growth"), False, None
    if _asks_percent(plan) or (
        any(analysis.tokens[i].text.startswith(("mejor", "peor")) for s in analysis.orders.values() for i in s)
        and not gap
    ):
        options = pairs(plan)
        if options:
            return Criterion(pair=options[0], kind="percent"), False, None
        printed = [c.index for c in plan.view.numbers if c.unit == "%"]
        printed = best_headed(plan, printed) if len(printed) > 1 else printed
        if len(printed) == 1:
            return Criterion(column=printed[0]), False, None
        told = two_headers(plan)
        if told is not None:
            return Criterion(pair=told, kind="percent"), False, None
        if plan.says("percentage"):
            return None, False, Outcome(reason="porcentaje")
    owed = balance_pair(plan) if any(m.measure in ("por_pagar", "por_recaudar") for m in plan.mentions) else None
    if owed is not None:  # "¿cuál dejó más sin pagar?"
        swapped = Pair(numerator=owed.denominator, denominator=owed.numerator, level=owed.level)
        return Criterion(pair=swapped, kind="gap"), False, None
    if (gap or lagging) and "growth" not in analysis.cues:
        found = gap_pairs(plan)
        if found:
            over = "exceeded" in analysis.conditions  # "la que más se pasó": above its goal, not far from it
            return Criterion(pair=found[0], kind="gap"), not (lagging or over), None
    if "growth" in analysis.cues:
        return _grown(plan), False, Outcome(reason="períodos que comparar fila por fila")
    choices, asked = settled_columns(plan)
    balance = balance_pair(plan)
    if asked is not None and balance is not None:
        swapped = Pair(numerator=balance.denominator, denominator=balance.numerator, level=balance.level)
        return Criterion(pair=swapped, kind="gap"), False, None
    if asked is not None:
        return None, False, asked
    return Criterion(column=choices[0].columns[0]), False, None


_BY_HOW_MUCH = frozenset("por cuanto cuantos cuantas le les gana ganan saca lleva a al la el otra otro".split())


def _asks_percent(plan: Plan) -> bool:
    """Whether rows are ranked by a percentage.

    "El menor avance" is one too where the word only stands in the header of a column; "mayor devengado de avance
    financiero" orders the amount.
    """
    if plan.says("percentage"):
        return True
    part = plan.analysis.cues.get("share", frozenset()) | frozenset(i for s in plan.analysis.orders.values() for i in s)
    spent = any(m.measure in ("ejecutado", "devengado", "pagado", "alcanzado") for m in plan.mentions)
    if spent and any(
        t.text in ("proporcion", "porcion", "fraccion") and (t.position in part or t.position - 1 in part)
        for t in plan.analysis.tokens
    ):
        return True  # "¿cuál gastó la menor proporción de lo que tenía?"
    cue = plan.analysis.cues.get("percentage", frozenset())
    if cue and not cue & plan.used and explicit_pair(plan) is not None:
        return True  # "avance del devengado respecto al PIM", however far from "el mayor"
    orders = [i for used in plan.analysis.orders.values() for i in used]
    ordered = any(o < i <= o + 2 for o in orders for i in cue)
    return bool(ordered and not cue & plan.used) and any(c.unit == "%" for c in plan.view.numbers)


def _by_execution(plan: Plan) -> Pair | None:
    """ "¿Qué grupo tuvo la ejecución más baja?": the percentage that the table prints for it, and not the amount alone.

    None where the amount is named ("el mayor monto ejecutado"), where no percentage is printed, or rows are months.
    """
    if not any(
        t.text in ("ejecucion", "ejecuciones", "desempeno") and t.position not in plan.used
        for t in plan.analysis.tokens
    ):
        return None
    if any(t.text in MONEY_SAID for t in plan.analysis.tokens) or row_periods(plan.view):
        return None
    orders = {i for used in plan.analysis.orders.values() for i in used}
    named = {t.position for t in plan.analysis.tokens if t.text in ("ejecucion", "ejecuciones", "desempeno")}
    amounts = [m for m in plan.mentions if m.measure != "presupuesto" and not m.tokens & named]
    if any(min(m.tokens) - i in (1, 2) for m in amounts for i in orders):
        return None  # "el mayor devengado en el cuadro de ejecución por fuente": that is what is ordered
    return next((p for p in pairs(plan) if p.printed is not None), None)


MONEY_SAID = frozenset(
    "monto montos plata dinero cifra valor pesos quetzales lempiras colones soles bolivianos dolares".split()
)


def _falling(plan: Plan) -> bool:
    """ "La mayor reducción" is the lowest change."""
    words = {plan.analysis.tokens[i].text for i in plan.analysis.cues.get("growth", frozenset())}
    return any(w.startswith(("redu", "dismin", "baj", "cay", "caida", "decre")) for w in words)


def _grown(plan: Plan) -> Criterion | None:
    """What grew most: the printed changes, else the last period less the first where columns are periods."""
    printed = [c.index for c in plan.view.numbers if c.measure == "modificacion"]
    if len(printed) == 1:
        return Criterion(column=printed[0])
    dated = [c for c in plan.view.numbers if c.period is not None and c.unit != "%" and not c.accumulated]
    kinds = {(c.measure, c.unit) for c in dated}
    if len(dated) < 2 or len(kinds) != 1:
        two = period_ends(plan.view, plan.analysis)  # "las familias" of two years beside other columns of one
        if len(two) != 2:
            return None
        dated = two
    ordered = sorted(dated, key=lambda c: (c.period.year or 0, c.period.first) if c.period else (0, 0))
    pair = Pair(numerator=ordered[-1].index, denominator=ordered[0].index, level=ordered[0].level or Level.PHYSICAL)
    return Criterion(pair=pair, kind="gap")


def _lagging(plan: Plan) -> bool:
    """Whether the ranking is of what is farthest below its goal ("más lejos de la meta", "más unidades sin cumplir")."""
    words = {plan.analysis.tokens[i].text for s in plan.analysis.orders.values() for i in s}
    said = {t.text for t in plan.analysis.tokens}
    if said & {"faltante", "faltantes", "rezago", "rezagos"}:
        return True
    return bool(words & {"lejos", "rezagados", "rezagadas"}) or (
        "missed" in plan.analysis.conditions and not plan.mentions
    )


def run_rank(plan: Plan) -> Outcome:
    units = ranked_units(plan)
    by, absolute, asked = (by_number(plan, units), False, None)
    if by is not None and all(len(u.rows) == 1 for u in units):
        return Outcome(reason="quién tiene más: cada nombre figura en una sola fila")
    if by is None:
        by, absolute, asked = _criterion(plan)
    if by is None:
        return asked or Outcome(reason="orden")
    analysis = plan.analysis
    text = " ".join(t.text for t in analysis.tokens)
    largest = "bottom" not in analysis.orders or "de mayor a menor" in text
    if _lagging(plan) or _falling(plan):
        largest = False
    plural = any(t.text in ("cuales", "los", "las", "quienes", "ranking", "top") for t in analysis.tokens[:4])
    plural = plural and re.search(r"(?<!\S)(?:cual|quien|que \w+) (?:de|entre) (?:los|las)(?!\S)", text) is None
    everything = len(ranked_units(plan)) if re.search(r"\borden|de mayor a menor|de menor a mayor", text) else 0
    named = len(plan.rows) if 1 < len(plan.rows) <= MOST else 0  # "¿cuál más, A o B?": each with its figure
    count = analysis.count or min(everything, MOST) or named or (5 if plural and plural_noun(plan) else 1)
    noun = row_noun(plan)
    if noun is None and len({u.label for u in units}) < 0.8 * len(units):
        return Outcome(reason="qué ordenar: varias filas llevan el mismo nombre")
    notes = []
    if not analysis.count and analysis.place is None and not named and count > 1:
        notes.append(f"La pregunta no dice cuántos; se dan los primeros {count}.")
    order = Order(
        by=by,
        count=count if analysis.place is None else 1,
        place=analysis.place or 1,
        largest=largest,
        absolute=absolute,
    )
    name = (noun[0] if noun else "").capitalize()
    result = rank(plan.view, units, order, name)
    holder = holder_column(plan.view, analysis)
    if holder is not None and all(len(u.rows) == 1 for u in units):
        result = with_holder(plan, result, holder)
    result = with_lead(plan, with_sum(plan, result, by), units, order, name)
    pair = _by_execution(plan) if by.kind == "amount" else None
    if pair is not None:
        share = rank(plan.view, units, replace(order, by=Criterion(pair=pair, kind="percent")), name)
        result = merged_results([share, result])
    return Outcome(result=result, notes=tuple(notes))


def run_select(plan: Plan) -> Outcome:
    analysis = plan.analysis
    noun_found = row_noun(plan)
    noun = plan.row.label if plan.row.kind else noun_found[0] if noun_found else "filas"
    noun = _plural(noun)
    units = ranked_units(plan)
    if analysis.thresholds and {"none_done", "unplanned"} & analysis.conditions.keys():
        return Outcome(reason="dos condiciones a la vez")
    if analysis.thresholds:
        limit = analysis.thresholds[0]
        if limit.percent:
            options = pairs(plan)
            if options:
                by: Criterion | None = Criterion(pair=options[0], kind="percent")
            else:
                printed = [c.index for c in plan.view.numbers if c.unit == "%"]
                printed = best_headed(plan, printed) if len(printed) > 1 else printed
                by = Criterion(column=printed[0]) if len(printed) == 1 else None
        else:
            by, _, asked = _criterion(plan)
            if by is None:
                return asked or Outcome(reason="condición")
        if by is None:
            return Outcome(reason="porcentaje")
        condition = Condition(
            text=threshold_text(limit, by.name(plan.view)), by=by, comparison=limit.comparison, threshold=limit.value
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


def _plural(noun: str) -> str:
    """ "2 de 5 productos": what is counted is told in the plural."""
    if noun.endswith("s"):
        return noun
    return noun + ("s" if noun[-1:] in "aeiou" else "es")


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


def single(row: int) -> RowMatch:
    """One row as something to be counted."""
    return RowMatch(label="", rows=(row,), own=row)
