"""A measure asked of every row: "el gasto por mes", "el vigente de cada programa", "mes a mes"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.outcome import Outcome, merged_results, settled_columns, subject_of
from assistant.pairs import pairs
from assistant.plan import Plan
from assistant.question import Analysis
from assistant.slots import SPANS
from assistant.titles import quoted_words
from assistant.units import by_code, ranked_units
from index.model import Role
from index.text import stem
from tools.access import code_column, data_rows
from tools.amounts import amount
from tools.arithmetic import share
from tools.breakdown import MOST, breakdown
from tools.catalogue import TableView, content_stems
from tools.matching import RowMatch, whole_table
from tools.ranking import Criterion
from tools.table_periods import row_periods

_KIND_OF_SPENDING = frozenset({"gasto", "gastos", "ingreso", "ingresos"})


def each_of(view: TableView, analysis: Analysis) -> tuple[str, frozenset[int]] | None:
    """What a figure is asked of each of ("por mes", "de cada programa", "mes a mes"), and the words that say so.

    None where nothing is; words that repeat the caption ("el cuadro de ejecución por objeto") ask for nothing.
    """
    tokens = analysis.tokens
    quoted = quoted_words(view, analysis)
    for before, token in pairwise(tokens):
        if token.position in quoted or before.text not in ("por", "cada"):
            continue
        if before.text == "por" and _of_a_table(analysis, before.position):
            continue
        after = tokens[token.position + 1 : token.position + 3]
        if token.text in SPANS or _rows_are(view, token.stem) or token.stem in _KINDS:
            used = {before.position, token.position}
            if len(after) == 2 and after[0].text in ("de", "del") and after[1].text in _KIND_OF_SPENDING:
                used |= {t.position for t in after}  # "por grupo de gasto"
            return token.text, frozenset(used)
    for one, small, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if small.text == "a" and one.text == other.text and one.text in SPANS:
            return one.text, frozenset({one.position, small.position, other.position})
    return None


def _of_a_table(analysis: Analysis, position: int) -> bool:
    """ "El reporte por actividad", "el cuadro por objeto", "el de por actividad": the name of a table."""
    before = analysis.tokens[position - 1] if position else None
    return before is not None and (before.position in analysis.generic or before.text in _TABLES | {"de"})


_TABLES = frozenset(
    "consolidado siafi sicoin sigef cuadro tabla anexo hoja listado detalle clasificacion clasificador version".split()
)
_KINDS = frozenset(
    stem(w)
    for w in "programa actividad producto proyecto grupo rubro partida fuente objeto unidad renglon concepto capitulo finalidad".split()
)


_LOOSE = frozenset(
    stem(w) for w in "programa actividad producto proyecto concepto rubro".split()
)  # of rows without a name


def _rows_are(view: TableView, stem_: str) -> bool:
    """Whether the rows of a table, or a column that groups them, go by a noun."""
    heads = {s for c in view.table.columns if c.role is not Role.NUMBER for part in c.path for s in content_stems(part)}
    return stem_ in view.nouns | heads


def unlike_rows(view: TableView, analysis: Analysis) -> frozenset[int]:
    """The words of "por mes", "por grupo" where the rows of the table are nothing of the sort: it has no answer."""
    found = each_of(view, analysis)
    if found is None or analysis.orders or analysis.has("average", "count_only"):
        return frozenset()
    noun, used = found
    if stem(noun) in view.header | view.title:
        return frozenset()  # "ejecutado por trimestre" is what a heading says
    held = bool(row_periods(view)) if noun in SPANS else _is_of(view, noun)
    dated = noun in SPANS and sum(c.period is not None for c in view.numbers) > 1
    content = frozenset(i for i in used if analysis.tokens[i].text == noun)
    return frozenset() if held or dated else content


def _is_of(view: TableView, noun: str) -> bool:
    unnamed = any(c.role is Role.LABEL and not c.path for c in view.table.columns)
    coded = noun in ("programa", "actividad") and code_column(view.table) is not None
    return _rows_are(view, stem(noun)) or stem(noun) in view.title or coded or (unnamed and stem(noun) in _LOOSE)


_OPERATIONS = ("look_up", "total", "percentage", "share")


def run_breakdown(plan: Plan) -> Outcome | None:
    """The figure of each row, and their total; None where none is asked of each, or one row alone is."""
    found = each_of(plan.view, plan.analysis)
    if found is None or plan.operation not in _OPERATIONS or plan.rivals or len(plan.rows) > 1:
        return None
    if found[1] & plan.used or plan.analysis.has("count_only"):
        return None
    rows = data_rows(plan.view.table) if plan.row.whole else plan.row.rows
    if len(rows) < 2:
        return None
    timed = row_periods(plan.view)
    if found[0] in SPANS and not all(r in timed for r in rows):
        return None
    units = by_code(plan, rows, found[0]) or ranked_units(plan)
    if len(units) < 2:
        return None
    if plan.operation == "percentage":
        options = pairs(plan)
        return (
            Outcome(result=breakdown(plan.view, units, Criterion(pair=options[0], kind="percent"), None, found[0]))
            if options
            else None
        )
    if plan.operation == "share":
        return _shares(plan, units)
    choices, asked = settled_columns(
        replace(plan, mentions=tuple(m for m in plan.mentions if not m.tokens <= found[1]))
    )
    if asked is not None:
        return asked
    of = whole_table(plan.view) if plan.row.whole else plan.row
    told = [
        breakdown(plan.view, units, Criterion(column=c), amount(plan.view, of, c), found[0])
        for choice in choices
        for c in choice.columns
    ]
    return Outcome(result=merged_results(told), notes=tuple(c.note for c in choices if c.note))


def _shares(plan: Plan, units: Sequence[RowMatch]) -> Outcome | None:
    """ "¿Qué parte del presupuesto representa cada actividad?": the share of each in the total of the table."""
    choices, asked = settled_columns(plan)
    if asked is not None:
        return asked
    told = [share(plan.view, unit, choices[0].columns[0], subject_of(plan, unit)) for unit in units[:MOST]]
    return (
        Outcome(result=merged_results(told), notes=tuple(c.note for c in choices if c.note))
        if len(units) <= MOST
        else None
    )
