"""Which words of a question its measure and its operation account for, in a table that has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.accounting import MONEY_WORDS
from assistant.balances import BALANCES, computed, stageless
from assistant.named_measures import Mention
from assistant.question import Analysis
from index.model import Level
from index.numbers import parse
from index.once import once
from index.text import stem
from tools.catalogue import TableView, content_stems
from tools.execution import execution_pairs
from tools.matching import RowMatch, Word, match_columns, stands_for

_SOFT = frozenset(stem(w) for w in "cumplimiento avance fisico fisica financiero financiera ejecucion".split())


_BASES = frozenset({"vigente", "asignado", "programado"})
_DONE = frozenset({"devengado", "ejecutado", "pagado", "recaudado", "comprometido", "alcanzado"})


def headed_words(view: TableView, analysis: Analysis) -> frozenset[int]:
    """A soft word for a percentage ("avance financiero") that is a heading of the table next to a measure of its own."""
    cue = analysis.cues.get("percentage", frozenset()) & analysis.content
    stems = {analysis.tokens[i].stem for i in cue}
    measures = [m for m in analysis.mentions if not m.tokens & cue and m.measure not in ("porcentaje", "presupuesto")]
    told = any(t.text in ("%", "porcentaje", "porcentajes", "ciento") for t in analysis.tokens)
    found = frozenset[int]()
    named_both = {m.measure for m in measures} & _BASES and {m.measure for m in measures} & _DONE
    if cue and measures and not named_both and not told and stems <= _SOFT and stems <= view.header | view.title:
        found |= analysis.cues["percentage"]
    grown = analysis.cues.get("growth", frozenset())
    named = {analysis.tokens[i].stem for i in grown & analysis.content}
    if named and named <= view.nouns | view.header and analysis.has("percentage", "difference", "share"):
        found |= grown  # "en la evolución de los recursos, ¿qué porcentaje…?": what the table calls its rows
    return found


@once
def counted_once(analysis: Analysis) -> frozenset[int]:
    """ "¿Cuántas jurisdicciones distintas hay?": each is counted once anyway."""
    if "count_only" not in analysis.cues:
        return frozenset()
    return frozenset(t.position for t in analysis.tokens if t.text in ("distintos", "distintas", "diferentes"))


_SELF_EVIDENT = {
    "percentage": ("porcentaje", "presupuesto"),
    "share": ("porcentaje", "presupuesto"),
    "difference": ("diferencia",),
    "rank": ("diferencia", "porcentaje"),
    "list": ("porcentaje", "diferencia"),
    "count": ("porcentaje", "diferencia"),
    "growth": ("porcentaje", "diferencia"),
    "compare": ("porcentaje", "diferencia"),
    "average": ("porcentaje",),
}


_PRINTED = re.compile(r"(?:public|imprim|impres|report|inform|consign|present|anot|pus|dieron|aparec)")


def operation_words(analysis: Analysis, name: str) -> frozenset[int]:
    """Measures that are but another word for the operation ("porcentaje ejecutado", "grado alcanzado")."""
    said = _SELF_EVIDENT.get(name, ())
    cue = analysis.cues.get("percentage", frozenset()) if name == "percentage" else frozenset()
    if name == "audit":  # "¿… da igual al total que publicaron?"
        return frozenset(t.position for t in analysis.tokens if _PRINTED.match(t.text))
    return frozenset(
        i
        for m in analysis.mentions
        if m.measure in said or (m.measure == "alcanzado" and min(m.tokens) - 1 in cue)
        for i in m.tokens
    )


def level_words(view: TableView, analysis: Analysis) -> frozenset[int]:
    """ "física", "financieramente": accounted for by columns of that level."""
    levels = {c.level for c in view.numbers}
    return frozenset(
        t.position
        for t in analysis.tokens
        if (t.text.startswith(("financier", "presupuestari", "presupuestal")) and Level.FINANCIAL in levels)
        or (t.text.startswith("fisic") and Level.PHYSICAL in levels)
    )


def quoted_figures(view: TableView, analysis: Analysis) -> frozenset[int]:
    """Figures of the table repeated in the question ("de los 50,773,837.00…")."""
    said = _figures(analysis)
    if not said:
        return frozenset()
    held = {c.value for r in view.table.rows for c in r.cells if c.value is not None}
    return frozenset(position for position, options in said if options & held)


_LONG_FIGURE = 5  # digits from which a number in a question is a figure, not a count or a year


@once
def _figures(analysis: Analysis) -> tuple[tuple[int, frozenset[Decimal]], ...]:
    """The long figures of a question by their places, each as either convention reads it."""
    return tuple(
        (t.position, frozenset(v for k in ("1,234.56", "1.234,56") if (v := parse(t.text, k).value) is not None))
        for t in analysis.tokens
        if sum(c.isdigit() for c in t.text) >= _LONG_FIGURE
    )


_INCOME, _SPENDING = stem("ingresos"), frozenset(stem(w) for w in ("gasto", "gastos", "egresos", "erogaciones"))


def spending_words(view: TableView, analysis: Analysis, rows: Sequence[RowMatch]) -> frozenset[int]:
    """ "El gasto tributario" where the table is of income: what is collected is not what is spent."""
    own = (
        view.about
        | view.header
        | {s for m in rows if not m.whole for r in m.rows for s in content_stems(view.table.rows[r].label)}
    )
    if _INCOME not in view.about or own & _SPENDING:
        return frozenset()
    return frozenset(t.position for t in analysis.tokens if t.text in ("gasto", "gastos", "egresos", "erogaciones"))


_QUOTA = stem("cuota")


def quota_words(view: TableView, analysis: Analysis) -> frozenset[int]:
    """ "Cuota" where the table has none: the quota assigned for a month is not the budget assigned for the year."""
    if _QUOTA in view.header | view.title:
        return frozenset()
    return frozenset(t.position for t in analysis.tokens if t.stem == _QUOTA)


def measure_words(
    view: TableView, mentions: Sequence[Mention], words: Sequence[Word], level: Level | None, name: str
) -> frozenset[int]:
    """Words that name a measure the table has, or that its headers hold."""
    found: set[int] = set()
    if any(c.level is Level.FINANCIAL for c in view.numbers):
        found |= {w.position for w in words if w.text in MONEY_WORDS}
    for match in match_columns(view, words, [(m.measure, m.tokens) for m in mentions], level):
        found |= match.explained
    for mention in mentions:
        if any(stands_for(mention.measure, c, None) is not None for c in view.numbers):
            found |= mention.tokens
    if execution_pairs(view, Level.FINANCIAL):  # a balance is computed where none is printed
        found |= {i for m in mentions for i in m.tokens if m.measure == "saldo"}
    kinds = frozenset(c.measure for c in view.numbers if c.measure)
    words_at = {w.position: w.text for w in words}
    for measure, (bases, taken) in BALANCES.items():  # so is what is left to pay or to collect
        if taken in kinds and kinds & set(bases):
            found |= {i for m in mentions for i in m.tokens if m.measure == measure and computed(m, words_at)}
    found -= stageless(view, mentions, words_at)
    if name == "percentage" and execution_pairs(view, level):
        found |= {
            i
            for m in mentions
            for i in m.tokens
            if m.measure in ("ejecutado", "alcanzado", "programado", "presupuesto")
        }
    return frozenset(found)
