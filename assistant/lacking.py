"""What a question asks of a table that lacks it: a deed of money, a month; and deeds that ask for nothing."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.accounting import MONEY_WORDS
from assistant.named_measures import Mention
from assistant.question import Analysis
from index.model import Level
from index.once import once
from tools.catalogue import TableView
from tools.matching import stands_for
from tools.table_periods import row_periods

_DEEDS_OF_MONEY = {
    "pag": "pagado", "gir": "pagado", "transf": "pagado", "desembols": "pagado", "entreg": "pagado", "deveng": "devengado",
    "recaud": "recaudado", "comprom": "comprometido",
}  # fmt: skip


@once
def measure_of_condition(analysis: Analysis) -> str | None:
    """ "No pagaron nada" is told by what was paid, whatever else a table compares; None where no such deed is said."""
    said = {analysis.tokens[i].text for used in analysis.conditions.values() for i in used}
    return next((m for root, m in _DEEDS_OF_MONEY.items() if any(w.startswith(root) for w in said)), None)


def deeds_lacking(view: TableView, analysis: Analysis) -> frozenset[int]:
    """The verb of a condition ("no se les ha girado nada") where the table tells no such measure."""
    measure = measure_of_condition(analysis)
    if measure is None or any(stands_for(measure, c, Level.FINANCIAL) is not None for c in view.numbers):
        return frozenset()
    roots = tuple(root for root, m in _DEEDS_OF_MONEY.items() if m == measure)
    return frozenset(
        i for used in analysis.conditions.values() for i in used if analysis.tokens[i].text.startswith(roots)
    )


def without_deeds(
    view: TableView, analysis: Analysis, mentions: Sequence[Mention], deeds: frozenset[int]
) -> tuple[Mention, ...]:
    """The measures without those that only say what is done with the rows ("se contrató", "recibió más dinero")."""
    money = {t.position for t in analysis.tokens if t.text in MONEY_WORDS}
    return tuple(
        m
        for m in mentions
        if not m.tokens <= deeds | money or any(stands_for(m.measure, c, None) is not None for c in view.numbers)
    )


def month_unsaid(view: TableView, analysis: Analysis) -> frozenset[int]:
    """ "¿Cuánto se ejecutó en el mes?" of a table that covers several and tells none apart: no figure of it is that."""
    own = view.table.period or view.document.period
    if analysis.periods or own is None or own.first == own.last or row_periods(view):
        return frozenset()
    if any(c.period is not None and c.period.first == c.period.last for c in view.numbers):
        return frozenset()
    tokens = analysis.tokens
    return frozenset(
        t.position for t in tokens[1:] if t.text == "mes" and tokens[t.position - 1].text in ("el", "del", "este")
    )
