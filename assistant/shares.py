"""Shares: what part of a total, of the group above or of a column a row is."""

from __future__ import annotations

import re

from assistant.accounting import is_kind
from assistant.between import column_share, run_percentage
from assistant.columns import Choice
from assistant.measure_words import quoted_figures
from assistant.outcome import Outcome, holds_unlike, merged_results, settled_columns, subject_of
from assistant.pairs import explicit_pair, two_headers
from assistant.plan import Plan
from assistant.said_totals import said_totals
from index.model import RowKind
from index.search import meets
from index.text import stem, words
from tools.access import column_name, row_name
from tools.amounts import is_stock
from tools.arithmetic import share
from tools.catalogue import content_stems
from tools.execution import Pair, execution
from tools.matching import RowMatch
from tools.table_periods import row_periods

_BASE = re.compile(
    r"(?<!\S)(?:porcentaje|%|por ?ciento|parte|proporcion|peso) (?:de |del )(?P<base>.+?) "
    r"(?:son|es|eran|era|fueron|fue|va|van|se (?:fue|fueron|va|van|gasto|destino|dedico)|representan?|corresponden?|tocan?)(?!\S)"
)
_ANY = frozenset(
    stem(w)
    for w in "presupuesto gasto gastos egresos ingresos recursos total monto plata dinero ejecucion cantidad institucion".split()
)


def run_share(plan: Plan) -> Outcome:
    if not plan.row.whole and len(plan.rows) == 1 and _of_measure(plan):
        return run_percentage(plan)
    apart = _part_of_a_header(plan)
    if apart is not None:
        return Outcome(result=execution(plan.view, plan.row, apart, subject_of(plan, plan.row)))
    choices, asked = settled_columns(plan)
    if asked is not None:
        financial = [c for c in plan.view.numbers if c.measure == "vigente" and not c.accumulated]
        if plan.mentions or len(financial) != 1:
            return asked
        choices = [Choice(columns=(financial[0].index,), note=f"Tomé «{column_name(financial[0])}».")]
    column = choices[0].columns[0]
    if _base_is_column(plan):
        return column_share(plan) or Outcome(reason="porcentaje")
    if plan.row.whole:  # "las mujeres, ¿qué porcentaje del total representan?": of all that the table counts
        return (None if plan.mentions else column_share(plan)) or run_percentage(plan)
    if _asked_of_the_row(plan, column):
        return column_share(plan) or Outcome(reason="porcentaje")
    notes = tuple(c.note for c in choices if c.note)
    by_date = set(plan.row.rows) <= row_periods(plan.view).keys() and is_stock(plan.view, column)
    if holds_unlike(plan) or by_date:  # a balance in July is no part of the balance of the year
        return Outcome(reason="un total del que sea parte")
    base = _base(plan)
    if base is not None and base.own is None:
        return Outcome(reason=f"el total de «{base.label}»")
    columns = [c.columns[0] for c in choices]
    told = [share(plan.view, m, c, subject_of(plan, m), base) for m in plan.rows for c in columns]
    return Outcome(result=merged_results(told), notes=notes)


def _of_measure(plan: Plan) -> bool:
    """ "Qué parte del presupuesto vigente es lo que faltó por gastar": one measure of the row over another."""
    pair = explicit_pair(plan)
    text = " ".join(t.text for t in plan.analysis.tokens)
    return pair is not None and _PART_OF.search(text) is not None


_VERBS = frozenset("fue fueron es son era eran se quedo quedaron esta estan".split())


def _part_of_a_header(plan: Plan) -> Pair | None:
    """ "Qué porcentaje de los postulados fue adjudicado en…": one header, a verb, and another header."""
    pair = two_headers(plan) if len(plan.rows) == 1 and not plan.mentions else None
    if pair is None:
        return None
    tokens = plan.analysis.tokens
    columns = plan.view.table.columns
    base, part = (set(content_stems(" ".join(columns[c].path))) for c in (pair.denominator, pair.numerator))
    first = max((t.position for t in tokens if t.stem in base), default=-1)
    last = min((t.position for t in tokens if t.stem in part), default=-1)
    return pair if any(t.text in _VERBS and first < t.position < last for t in tokens) else None


_PART_OF = re.compile(
    r"(?<!\S)(?:parte|proporcion|porcentaje|%|ciento|fraccion) del? (?:lo |su |sus )?(?:(?:presupuesto|monto|credito|gasto|total) )?"
    r"(?:asignad|aprobad|inicial|vigente|modificad|codificad|definitiv|programad|previst|solicitad|devengad|comprometid|obligad|pim|pia)"
)


def _base_is_column(plan: Plan) -> bool:
    """ "Qué porcentaje de los visitantes fueron nacionales en mayo": what is shared is a column of the row named."""
    tokens = plan.analysis.tokens
    base = next(
        (tokens[t.position + 2] for t in tokens[:-2] if t.text in ("porcentaje", "%", "parte") and tokens[t.position + 2].content
         and tokens[t.position + 1].text in ("de", "del")), None
    ) or next(
        (tokens[t.position + 3] for t in tokens[:-3] if t.text in ("porcentaje", "%", "parte") and tokens[t.position + 2].text in ("los", "las", "la", "lo")), None
    )  # fmt: skip
    totals = [
        c for c in plan.view.numbers if c.unit != "%" and stem("total") in {stem(w) for p in c.path for w in words(p)}
    ]
    held = {stem(w) for c in totals for p in c.path for w in words(p)} - {stem("total")}
    verb = any(t.text in ("eran", "son", "fueron", "era", "es", "fue") for t in tokens)
    return verb and base is not None and base.content and base.stem in held and not plan.row.whole


def _asked_of_the_row(plan: Plan, column: int) -> bool:
    """ "De los visitantes de enero, qué porcentaje eran extranjeros": the row is named first, then a column of it."""
    tokens = plan.analysis.tokens
    verbs = [t.position for t in tokens if t.text in ("eran", "son", "fueron", "corresponden")]
    header = {stem(w) for part in plan.view.table.columns[column].path for w in words(part)}
    timed = frozenset(i for _, used in plan.analysis.periods for i in used)
    row = plan.used | timed
    if len(plan.rows) > 1 or not verbs or not row or max(row) > verbs[-1]:
        return False
    return any(t.stem in header for t in tokens[verbs[-1] :])


def _base(plan: Plan) -> RowMatch | None:
    """The group that a share is of: "del gasto de inversión, ¿qué porcentaje es salud?". None for the whole table.

    A match without a row of its own stands for a base that the row asked about is no part of: nothing to divide by.
    """
    tokens = plan.analysis.tokens
    line = " ".join(t.text for t in tokens)
    found = _BASE.search(line)
    own = plan.row.own
    if found is None or own is None or len(plan.rows) > 1:
        return None
    starts, place = [], 0
    for token in tokens:
        starts.append(place)
        place += len(token.text) + 1
    told = {i for i, at in enumerate(starts) if found.start("base") <= at < found.end("base")}
    measured = {i for m in plan.mentions for i in m.tokens} | {i for _, used in plan.analysis.periods for i in used}
    quoted = quoted_figures(plan.view, plan.analysis) | said_totals(
        plan.view, plan.analysis
    )  # "del total de 49,991,864": of all the table
    said = [tokens[i] for i in sorted(told) if tokens[i].content and i not in measured | plan.analysis.generic | quoted]
    rows = plan.view.table.rows
    label = set(content_stems(rows[own].label))
    named = [t.stem for t in said if t.stem not in _ANY | plan.view.nouns and not is_kind(t.stem)]
    named = [s for s in named if s not in plan.view.words and s not in label]
    parent = rows[own].parent
    while parent is not None:
        above = frozenset(content_stems(rows[parent].label))
        stems = [t.stem for t in said if t.stem not in _ANY]
        is_base = any(meets(s, above) for s in stems) and all(meets(s, above) for s in named)
        if rows[parent].kind is not RowKind.TOTAL and is_base:
            return RowMatch(label=row_name(rows[parent]), rows=(parent,), own=parent)
        parent = rows[parent].parent
    return RowMatch(label=" ".join(t.text for t in said), rows=()) if named else None
