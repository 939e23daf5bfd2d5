"""A candidate answer from the prose of one document, and what every way of finding one shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.asking import Asked, Kind, Term
from assistant.matching import explains
from assistant.model import Evidence
from index.model import Citation, Document, Period
from index.periods import find_periods, merge, within
from index.search import PassageIndex
from index.text import stem

KINDS_OF_REPORT = frozenset(  # "la fecha del informe de rendición de cuentas"
    stem(w)
    for w in "rendicion cuentas gestion labores resultados avance evaluacion liquidacion memoria balance anual semestral trimestral "
    "mensual cuatrimestral final publica".split()
)
_LIGHT = 0.25  # weight of a word that a passage may do without


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A candidate. value: for ranking only; more than `explained` when the place fits as well as the words.

    by_key: found by the name of a piece of metadata or by a term, not by what some text is about. heading: that of a
    section whose own words the question uses.
    """

    evidence: Evidence
    document: str
    value: float
    by_key: bool = False
    heading: str = ""
    place: int | None = None  # of the passage whose sentences answer; None where a heading or a key was asked for

    @property
    def whole(self) -> bool:
        """Whether no word of the question is left over."""
        return not self.evidence.unexplained


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """What some stems explain of a question."""

    share: float
    unexplained: tuple[str, ...]


def account(
    asked: Asked, known: frozenset[str], index: PassageIndex, *, periods_ok: bool, terms: Iterable[Term] | None = None
) -> Account:
    """Share of the question's words that are known, by rarity; light words weigh little and never stay unexplained."""
    weight = explained = 0.0
    left: list[str] = []
    for term in asked.terms if terms is None else terms:
        rarity = index.idf(term.stem) * (_LIGHT if term.light else 1.0)
        weight += rarity
        if explains(term.stem, known):
            explained += rarity
        elif term.light:
            weight -= rarity
        else:
            left.append(term.word)
    if asked.periods:
        rarest = index.idf("")
        weight += rarest
        if periods_ok:
            explained += rarest
        else:
            left.extend(text for text, _ in asked.periods)
    return Account(share=round(explained / weight, 4) if weight else 1.0, unexplained=tuple(left))


def periods_fit(asked: Asked, document: Document, text: str) -> bool:
    """Whether every period of the question is one that the text names, or that of the document.

    A part of the document's period ("julio" of a year) must be named by the text itself where a figure is asked for.
    """
    own = document.period
    named = [merge(m.period, own) for m in find_periods(text)]
    exact = asked.kind in {Kind.AMOUNT, Kind.PERCENTAGE, Kind.DATE}
    return all(_fits(merge(period, own), own, named, exact=exact) for _, period in asked.periods)


def _fits(period: Period, own: Period | None, named: list[Period], *, exact: bool) -> bool:
    if any(within(period, other) and within(other, period) for other in named):
        return True
    if own is None:
        return not exact and any(within(other, period) or within(period, other) for other in named)
    whole_year = (period.first, period.last) == (1, 12) and period.year == own.year
    same = within(own, period) and within(period, own)
    return same or whole_year or (not exact and (within(period, own) or within(own, period)))


def citation(document: Document, text: str, *, section: str | None, page: int | None) -> Citation:
    """A citation of a passage or of a line of the head."""
    return Citation(
        document=document.id,
        file=document.file,
        title=document.title,
        text=text,
        section=section,
        page=page,
        verified=False if page in document.scanned else None,
    )
