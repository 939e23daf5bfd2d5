"""Ranking, listing and counting the rows of a table."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.attributes import holder_column
from assistant.changes import period_ends
from assistant.columns import best_headed
from assistant.holders import by_number, with_holder, with_lead, with_sum
from assistant.outcome import Outcome, merged_results, settled_columns
from assistant.pairs import balance_pair, column_of_total, explicit_pair, gap_pairs, pairs, two_headers
from assistant.per_unit import shared_columns
from assistant.plan import Plan
from assistant.units import in_plural, plural_noun, ranked_units, record_noun, row_noun
from index.model import Level, Role
from tools.catalogue import content_stems
from tools.conditions import Condition, count_rows, select
from tools.execution import Pair
from tools.matching import RowMatch
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
    return Outcome(result=select(plan.view, ranked_units(plan), Condition(text=text, by=by), in_plural(noun[0])))


def criterion(plan: Plan) -> tuple[Criterion | None, bool, Outcome | None]:
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
        by, absolute, asked = criterion(plan)
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


def single(row: int) -> RowMatch:
    """One row as something to be counted."""
    return RowMatch(label="", rows=(row,), own=row)
