"""Percentages, differences, shares, averages, changes and comparisons: what takes more than one figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.changes import period_ends
from assistant.columns import Choice
from assistant.interpret import live, passes_another, told_by_ends
from assistant.look_up import run_look_up
from assistant.outcome import (
    MANY,
    Candidate,
    Outcome,
    ask_columns,
    ask_rows,
    meaningless_whole,
    merged_results,
    settled_columns,
    subject_of,
    told_amounts,
)
from assistant.pairs import STAGES, column_of_total, gap_pairs, pairs, two_headers
from assistant.plan import Plan
from index.model import Column, Level
from index.periods import within
from index.text import stem, words
from tools import phrases
from tools.access import column_name, data_rows, row_name, shown, unit_of
from tools.amounts import amount, is_stock, summable
from tools.arithmetic import change, compare, trend, variance
from tools.execution import Pair, execution
from tools.matching import RowMatch, whole_table
from tools.table_periods import row_periods


def _left_of(plan: Plan) -> Pair | None:
    """The printed balance out of the budget that is named with it ("qué porcentaje del vigente es el saldo")."""
    named = {m.measure for m in plan.mentions}
    columns = {c.measure: c.index for c in reversed(plan.view.numbers)}
    base = [m for m in ("vigente", "asignado") if m in named and m in columns]
    if len(base) != 1 or "saldo" not in columns or named - {"saldo", "presupuesto", *base}:
        return None
    return Pair(numerator=columns["saldo"], denominator=columns[base[0]], level=Level.FINANCIAL)


def run_percentage(plan: Plan) -> Outcome:
    options = pairs(plan)
    left = any(m.measure == "saldo" for m in plan.mentions)
    if left and not any(plan.view.table.columns[p.numerator].measure == "saldo" for p in options):
        pair = _left_of(plan)
        if pair is not None:
            return Outcome(result=execution(plan.view, plan.row, pair, subject_of(plan, plan.row)))
        return Outcome(reason="porcentaje de lo que quedó")  # what was done is not what was left undone
    if not options:
        printed = [c.index for c in plan.view.numbers if c.unit in ("%", "ratio") or c.measure == "porcentaje"]
        allowed = [f.columns for f in plan.fits if f.columns is not None]
        if allowed:
            printed = [c for c in printed if c in frozenset().union(*allowed)]
        if len(printed) == 1:
            return Outcome(result=told_amounts(plan, [amount(plan.view, plan.row, printed[0])]))
        if printed:
            return ask_columns(plan, Choice(columns=tuple(printed)))
        told = two_headers(plan)
        if told is not None:
            return Outcome(result=execution(plan.view, plan.row, told, subject_of(plan, plan.row)))
        return column_share(plan) or Outcome(reason="porcentaje")
    if any(mixed_units(plan, m, options[0].numerator) for m in plan.rows):
        return ask_rows_percent(plan, options[0], plan.row.rows)
    levels: dict[Level, Pair] = {}
    filled = [p for p in options if all(_prints(plan, m, p) for m in plan.rows)]  # a blank column is nobody's spending
    for pair in (*filled, *options):
        levels.setdefault(pair.level, pair)
    chosen = list(levels.values()) if plan.level is None and not plan.row.whole else [*filled, *options][:1]
    blocks = plan.row.whole and meaningless_whole(plan, [chosen[0].numerator])
    if blocks and plan.operation == "percentage" and chosen[0].level is Level.FINANCIAL:
        return ask_rows_percent(plan, chosen[0])
    if plan.row.whole and chosen[0].level is Level.PHYSICAL and meaningless_whole(plan, [chosen[0].numerator]):
        return ask_rows_percent(plan, chosen[0])
    results = [execution(plan.view, m, p, subject_of(plan, m)) for m in plan.rows for p in chosen]
    return Outcome(result=merged_results(results), notes=_other_numerator(plan, chosen[0], options))


def _prints(plan: Plan, match: RowMatch, pair: Pair) -> bool:
    """Whether both columns have a figure for a row."""
    return all(amount(plan.view, match, c).value is not None for c in (pair.numerator, pair.denominator))


def _other_numerator(plan: Plan, chosen: Pair, options: Sequence[Pair]) -> tuple[str, ...]:
    """The percentage with the running total where the month was taken, and the other way round."""
    columns = {c.index: c for c in plan.view.numbers}
    for pair in options:
        if pair.denominator != chosen.denominator or pair.level is not chosen.level or len(plan.rows) > 1:
            continue
        mine, other = columns[chosen.numerator], columns[pair.numerator]
        if other.measure == mine.measure and other.accumulated != mine.accumulated:
            result = execution(plan.view, plan.row, pair, subject_of(plan, plan.row))
            if result.figures and result.figures[0].unit == "%" and result.figures[0].value is not None:
                return (phrases.with_other_column(column_name(other), shown(plan.view, result.figures[0])),)
    return ()


def column_share(plan: Plan) -> Outcome | None:
    """ "Qué porcentaje de los visitantes eran extranjeros": a column of the row over its total column."""
    pair = column_of_total(plan)
    return (
        Outcome(result=execution(plan.view, plan.row, pair, subject_of(plan, plan.row))) if pair is not None else None
    )


def mixed_units(plan: Plan, match: RowMatch, column: int) -> bool:
    """Whether a group holds goals of unlike things (kilometres, bridges): they have no sum."""
    if match.own is not None or match.whole or len(match.rows) < 2:
        return False
    return len({unit_of(plan.view, r, column) for r in match.rows}) > 1


def ask_rows_percent(plan: Plan, pair: Pair, rows: Sequence[int] = ()) -> Outcome:
    """The question back with each row, or some rows, and its percentage."""
    found = []
    for r in (rows or data_rows(plan.view.table))[:MANY]:
        match = RowMatch(label="", rows=(r,), own=r)
        result = execution(plan.view, match, pair, row_name(plan.view.table.rows[r]))
        figure = result.figures[0] if result.figures else None
        found.append(
            Candidate(
                label=row_name(plan.view.table.rows[r]),
                figure=figure,
                shown=shown(plan.view, figure) if figure and figure.unit == "%" else "no se puede calcular",
                citations=result.citations,
            )
        )
    return Outcome(candidates=tuple(found), about="fila")


def _of_two_measures(plan: Plan) -> bool:
    """ "¿En cuánto varió lo vigente respecto de lo asignado en A y en B?": the gap of each, and not that of A to B."""
    return len({m.measure for m in plan.mentions if m.measure in STAGES}) == 2


def run_difference(plan: Plan) -> Outcome:
    if (
        sum(t.text in ("cuadro", "tabla") for t in plan.analysis.tokens) > 1
    ):  # between two tables, and a plan reads but one
        return Outcome(reason="diferencia")
    if _says_nothing_else(plan):
        return _ask_gaps(plan)
    if _two_things(plan):
        return Outcome(reason="diferencia")
    tested = live(plan.analysis.conditions, plan.analysis.content, plan.absorbed)  # not "delitos y faltas"
    if len(plan.rows) > 1 and (tested or _of_two_measures(plan)) and gap_pairs(plan):
        pair = gap_pairs(plan)[0]  # "¿dónde se pasaron más de lo previsto, en A o en B?"
        return Outcome(result=merged_results([variance(plan.view, m, pair, subject_of(plan, m)) for m in plan.rows]))
    if len(plan.rows) > 1:
        return run_compare(plan)
    timed = [f.rows for f in plan.fits if f.rows]
    if len(timed) > 1:
        return run_growth(plan)
    options = gap_pairs(plan)
    if not options:
        printed = [c.index for c in plan.view.numbers if c.measure == "diferencia" and len(plan.mentions) < 2]
        if len(printed) == 1:
            return Outcome(result=told_amounts(plan, [amount(plan.view, plan.row, printed[0])]))
        told = two_headers(plan)  # "entre lo recibido y lo resuelto"
        if told is not None:
            return Outcome(result=variance(plan.view, plan.row, told, subject_of(plan, plan.row)))
        return Outcome(reason="diferencia")
    if plan.row.whole and meaningless_whole(plan, [options[0].numerator]):
        financial = [p for p in options if p.level is Level.FINANCIAL]
        if not financial:
            return ask_rows(plan, options[0].numerator)
        options = tuple(financial)
    results = [variance(plan.view, plan.row, p, subject_of(plan, plan.row)) for p in options]
    telling = [r for r in results if r.figures and r.figures[0].value not in (None, Decimal(0))]
    first = (telling or results)[0]
    return Outcome(result=first)


def _two_things(plan: Plan) -> bool:
    """ "La diferencia entre A y B" where one row was found and one measure named: the other thing is lost."""
    texts = [t.text for t in plan.analysis.tokens]
    if len(plan.rows) > 1 or plan.header is not None:
        return False
    if passes_another(plan.analysis) and re.search(r"(?<!\S)(?:al|a (?:la|lo|los|las)) del?(?!\S)", " ".join(texts)):
        # "supera el gasto de A al de B", and B was not found; "supera el gasto al ingreso" sets two columns against each other
        return len({m.measure for m in plan.mentions}) < 2
    if _than_another(plan, texts):
        return True
    if "entre" not in texts:
        return False
    rest = texts[texts.index("entre") :]
    paired = "y" in rest or {"dos", "ambos", "ambas"} & set(rest)
    measures = {m.measure for m in plan.mentions if m.measure not in ("diferencia", "presupuesto")}
    headers = [(c.index, {stem(w) for w in words(c.path[-1])}) for c in plan.view.numbers if c.path]
    told = [{index for index, header in headers if t.stem in header} for t in plan.analysis.tokens if t.content]
    columns = {index for found in told if len(found) == 1 for index in found}
    return bool(paired) and len(measures) < 2 and len({p for p, _ in plan.analysis.periods}) < 2 and len(columns) < 2


def _than_another(plan: Plan, texts: Sequence[str]) -> bool:
    """ "Cuánto más gasto tuvo A que B", and B was not found: what stands after "que" is no verb, measure nor period."""
    more = next(
        (i for i, t in enumerate(texts) if t in ("mas", "menos") and texts[i - 1].startswith("cuant")), len(texts)
    )
    than = next((i for i, t in enumerate(texts) if t == "que" and i > more + 2), None)
    if than is None or plan.row.own is None or plan.analysis.periods:
        return False
    if any(i > than for m in plan.mentions for i in m.tokens):
        return False
    rest = [t for t in plan.analysis.tokens[than + 1 :] if t.content]
    before = {t.stem for t in plan.analysis.tokens[:than]}
    return bool(rest) and (max(plan.used, default=0) < than or any(t.stem in before for t in rest[:2]))


def _says_nothing_else(plan: Plan) -> bool:
    """ "¿Cuál fue la diferencia?": of what, between what, nobody says."""
    cue = plan.analysis.cues.get("difference", frozenset())
    return plan.row.whole and not plan.mentions and not plan.analysis.tables and not plan.analysis.content - cue


def _ask_gaps(plan: Plan) -> Outcome:
    found = []
    for pair in gap_pairs(plan):
        result = variance(plan.view, plan.row, pair, subject_of(plan, plan.row))
        names = [column_name(plan.view.table.columns[c]) for c in (pair.numerator, pair.denominator)]
        figure = result.figures[0] if result.figures else None
        told = shown(plan.view, figure) if figure else "sin cifra"
        found.append(Candidate(label=" − ".join(names), figure=figure, shown=told, citations=result.citations))
    return Outcome(candidates=tuple(found), about="diferencia") if found else Outcome(reason="diferencia")


def run_growth(plan: Plan) -> Outcome:
    timed = row_periods(plan.view)
    choices, asked = settled_columns(plan)
    spans = [f.rows for f in plan.fits if f.rows]
    subject = "" if plan.row.whole else subject_of(plan, plan.row)
    if asked is None and spans:
        rows = [r for s in spans for r in s]
        column = choices[0].columns[0]
        if len(rows) >= 2:
            ends = _row(plan, rows[0]), _row(plan, rows[-1])
            if _set_against(
                plan, rows
            ):  # "¿cuánto más tuvo julio que junio?": the one less the other, as they are said
                return Outcome(result=compare([(plan.view, match, column, name) for match, name in ends]))
            return Outcome(
                result=change(
                    plan.view,
                    (*ends[0][:1], column, ends[0][1]),
                    (*ends[1][:1], column, ends[1][1]),
                    subject_of(plan, whole_table(plan.view)),
                )
            )
    one = [r for s in spans for r in s]
    years = period_ends(plan.view, plan.analysis) if len(one) == 1 else []
    if len(years) == 2:  # "¿cuánto subió marzo frente a 2022?": one month in two years
        month, told = _row(plan, one[0])
        before, after = ((month, c.index, column_name(c)) for c in years)
        return Outcome(result=change(plan.view, before, after, told))
    if asked is None and timed and plan.row.whole:
        return Outcome(
            result=trend(plan.view, list(timed), choices[0].columns[0], subject_of(plan, whole_table(plan.view)))
        )
    columns = dated_columns(plan)
    if len(columns) >= 2:
        first, last = columns[0], columns[-1]
        names = [column_name(plan.view.table.columns[c]) for c in (first, last)]
        return Outcome(result=change(plan.view, (plan.row, first, names[0]), (plan.row, last, names[1]), subject))
    found = gap_pairs(plan)
    financial = [p for p in found if p.level is Level.FINANCIAL]
    if financial and not plan.fits and len(plan.mentions) > 1:
        names = [column_name(plan.view.table.columns[c]) for c in (financial[0].denominator, financial[0].numerator)]
        start, end = (plan.row, financial[0].denominator, names[0]), (plan.row, financial[0].numerator, names[1])
        return Outcome(result=change(plan.view, start, end, subject_of(plan, plan.row)))
    two = period_ends(plan.view, plan.analysis) if len(plan.fits) < 2 else []  # "¿cuánto creció en 2022?", beside 2021
    if len(two) == 2:
        names = [column_name(c) for c in two]
        start, end = (plan.row, two[0].index, names[0]), (plan.row, two[1].index, names[1])
        return Outcome(result=change(plan.view, start, end, subject))
    return asked or Outcome(reason="períodos")


def _set_against(plan: Plan, rows: Sequence[int]) -> bool:
    """Whether two periods are set against each other, and no change from the one to the other is asked for."""
    analysis = plan.analysis
    spanned = any(told_by_ends(analysis, used) for _, used in analysis.periods)
    changes = analysis.has("growth", "percentage") or any(
        t.text in ("desde", "hasta", "respecto") for t in analysis.tokens
    )
    against = plan.says("difference") or passes_another(analysis)
    return len(rows) == 2 and len(plan.fits) == 2 and against and not (spanned or changes)


def _row(plan: Plan, row: int) -> tuple[RowMatch, str]:
    name = row_name(plan.view.table.rows[row])
    return RowMatch(label=name, rows=(row,), own=row), name


def dated_columns(plan: Plan, *, parts_only: bool = False) -> list[int]:
    """Columns of one measure in the order of their periods, those asked for when some are.

    The measure is the one named, or what was reached where goals stand beside it. parts_only: without the columns
    that span others (the year beside its quarters).
    """
    dated = [c for c in plan.view.numbers if c.period is not None and c.unit != "%" and not c.accumulated]
    wanted = {m.measure for m in plan.mentions} & {c.measure for c in dated} or {"alcanzado", "ejecutado", "devengado"}
    dated = [c for c in dated if c.measure in wanted] or dated
    if parts_only:
        dated = [c for c in dated if not _spans_another(c, dated)]
    allowed = [f.columns for f in plan.fits if f.columns is not None]
    if allowed:
        inside = frozenset().union(*allowed)
        dated = [c for c in dated if c.index in inside]
    measures = {c.measure for c in dated}
    if len(measures) > 1:
        return []
    ordered = sorted(dated, key=lambda c: (c.period.year or 0, c.period.first) if c.period else (0, 0))
    return [c.index for c in ordered]


def _spans_another(column: Column, others: Sequence[Column]) -> bool:
    mine = column.period
    return mine is not None and any(
        o.index != column.index and o.period is not None and o.period != mine and within(o.period, mine) for o in others
    )


def _lost_a_side(plan: Plan) -> bool:
    """ "La meta de A con la de B", and one of them was not found."""
    texts = [t.text for t in plan.analysis.tokens]
    with_its_own = any(
        a in ("con", "contra", "versus", "vs") and b in ("el", "la", "lo", "los", "las") and c in ("de", "del")
        for a, b, c in zip(texts, texts[1:], texts[2:], strict=False)
    )
    alone = len(plan.rows) == 1 and not plan.row.whole and len(plan.fits) <= 1
    return with_its_own and alone


def run_compare(plan: Plan) -> Outcome:
    if _lost_a_side(plan):
        return Outcome(reason="comparación")
    if len(plan.rows) == 1 and len(plan.fits) > 1:
        columns = dated_columns(plan)
        if len(columns) > 1:
            names = [column_name(plan.view.table.columns[c]) for c in columns]
            items = [
                (plan.view, plan.row, c, f"{subject_of(plan, plan.row)}, {n}")
                for c, n in zip(columns, names, strict=True)
            ]
            return Outcome(result=compare(items))
    timed = list(dict.fromkeys(r for f in plan.fits if f.rows for r in f.rows))
    if len(plan.rows) == 1 and len(timed) >= 2:
        choices, asked = settled_columns(plan)
        rows = [_row(plan, r) for r in timed]
        flows = (
            [c for c in choices[0].columns if summable(plan.view, c) and not is_stock(plan.view, c)] if choices else []
        )
        if asked is not None and len(flows) != 1:
            return asked
        column = flows[0] if asked is not None else choices[0].columns[0]  # "comparar mayo y junio": what moved in them
        return Outcome(
            result=compare(
                [(plan.view, m, column, name) for m, name in rows],
                column_name(plan.view.table.columns[column]) if asked else None,
            )
        )
    if len(plan.rows) > 1:
        if plan.says("percentage"):
            return run_percentage(plan)
        if _of_two_measures(plan) and gap_pairs(plan) and any(plan.says(c) for c in ("difference", "growth")):
            return run_difference(plan)
        choices, asked = settled_columns(plan)
        if asked is not None:
            usual = [[c for c in plan.view.numbers if c.measure == m] for m in ("alcanzado", "vigente")]
            told = [found[0] for found in usual if len(found) == 1]
            if plan.mentions or not told or any(len(found) > 1 for found in usual):
                return asked
            choices = [Choice(columns=(c.index,)) for c in told]  # what was done, and the money for it
        notes = tuple(c.note for c in choices if c.note)
        results = [
            compare(
                [(plan.view, m, c.columns[0], subject_of(plan, m)) for m in plan.rows],
                None if plan.mentions else column_name(plan.view.table.columns[c.columns[0]]),
            )
            for c in choices
        ]
        return Outcome(result=merged_results(results), notes=notes)
    if plan.says("percentage"):
        return run_percentage(plan)
    if len({m.measure for m in plan.mentions}) >= 2:
        return run_difference(plan) if len(gap_pairs(plan)) == 1 else Outcome(reason="comparación")
    parted = any(t.text in ("y", "e", "con", "vs", "versus", "contra", "frente") for t in plan.analysis.tokens)
    if timed or (parted and not plan.row.whole):
        return Outcome(reason="comparación")  # one row or one period has nothing beside it
    return run_look_up(plan)
