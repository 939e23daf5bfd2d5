"""The narrative route as an answer: the passage that explains the whole question, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.model import Answer, Evidence, Route, Status
from assistant.question import Analysis
from assistant.shortlist import Scope
from assistant.wording import ask_back, corrected, source
from index.frame import DOCUMENT_STEMS
from index.model import Document, Period
from index.periods import MONTHS
from index.text import fold

if TYPE_CHECKING:
    from index.search import PassageIndex, Search

_BY_WORDS = "el pasaje contiene todas las palabras de la pregunta"
_BY_MEANING = "el pasaje dice con otras palabras lo que se pregunta"
_SHOWN = 160  # characters of each candidate


def narrative_answer(
    analysis: Analysis,
    passages: PassageIndex,
    scope: Scope,
    corrections: Sequence[tuple[str, str]],
    search: Search | None = None,
    *,
    by_meaning: bool = True,
    figure: bool = False,
) -> Answer | None:
    """The answer in the report's own words; None when some word of the question is in no passage.

    search: how passages are found, `passages.search` when None. by_meaning: whether a passage may answer that says it
    in other words. figure: whether the question sounds like one for the tables: only a sure section answers it then.

    Asks back when reports that the question does not tell apart answer it equally well; the reports of the
    conversation come first.
    """
    from assistant.by_meaning import NOTE  # noqa: PLC0415 - only an answer in prose bears it
    from assistant.chance import LIMITS, WORDS  # noqa: PLC0415 - a figure question weighs no chance
    from assistant.narrative import find_narrative  # noqa: PLC0415 - loaded when a question needs prose

    for documents in _limits(scope):
        found = find_narrative(
            analysis.text,
            passages,
            documents,
            search=search,
            limits=LIMITS if by_meaning else WORDS,
            figure=figure,
        )
        evidence = found.best
        if evidence is None or evidence.unexplained or not evidence.citations:
            continue
        if not _covers(analysis, evidence, passages):
            continue
        notes = ([corrected(corrections)] if corrections else []) + list(evidence.warnings)
        if evidence.options and not found.rivals:
            return _of_one_of(evidence, notes)
        if not found.rivals and _of_which_report(analysis, evidence, passages, scope):
            return _asked_back([evidence], notes)
        if found.rivals:
            return _asked_back([evidence, *(e for _, e in found.rivals)], notes)
        return Answer(
            status=Status.ANSWERED,
            text=" ".join(p for p in (evidence.text, source(evidence.citations), *notes) if p),
            values=evidence.figures,
            route=Route(name="narrative", reason=_BY_MEANING if NOTE in evidence.warnings else _BY_WORDS),
            citations=evidence.citations,
            formula=evidence.formula,
            warnings=tuple(dict.fromkeys(notes)),
        )
    return None


def _month_missing(period: Period, said: str, cited: Sequence[Document]) -> bool:
    """Whether one month is asked for and neither the passage nor the period of its report is that month."""
    if period.first != period.last or period.last_year is not None:
        return False
    month = MONTHS[period.first - 1]
    spans = [d.period for d in cited if d.period is not None]
    same = any((s.first, s.last) == (period.first, period.last) for s in spans)
    return not same and month not in fold(said)


_FACT = re.compile(r"[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ ./]+: ")  # how metadata is told: "DE: …"


def _of_which_report(analysis: Analysis, evidence: Evidence, passages: PassageIndex, scope: Scope) -> bool:
    """ "¿Quién firma el informe?" with several loaded and none named: one of them having a signer does not choose it."""
    shelves = [s for name, s in passages.shelves.items() if scope.documents is None or name in scope.documents]
    coded = any(c.isdigit() for t in analysis.tokens for c in t.text)
    said = {t.stem for t in analysis.tokens if t.content and t.position not in analysis.generic}
    bare = len(said) == 1 and len(shelves) > 2 and analysis.tokens[0].text == "quien"  # "¿quién es la directora?"
    if len(shelves) < 2 or scope.preferred or coded or not (analysis.generic or bare) or not _FACT.match(evidence.text):
        return False
    return not any(said & ((s.names - DOCUMENT_STEMS) | s.acronyms.keys()) for s in shelves)


def _covers(analysis: Analysis, evidence: Evidence, passages: PassageIndex) -> bool:
    """Whether every year asked stands in the passage or is one of the cited report: no other year passes for it."""
    said = " ".join([evidence.text, *(f"{c.text} {c.section or ''} {c.title}" for c in evidence.citations)])
    cited = [passages.shelves[c.document].document for c in evidence.citations if c.document in passages.shelves]
    for period, _ in analysis.periods:
        if _month_missing(period, said, cited):
            return False
        if period.year is None or str(period.year) in said:
            continue
        spans = [d.period for d in cited if d.period is not None and d.period.year is not None]
        if not any(s.year is not None and s.year <= period.year <= (s.last_year or s.year) for s in spans):
            return False
    return True


def _limits(scope: Scope) -> list[frozenset[str] | None]:
    """The reports of the conversation first, then all that are in scope."""
    near = scope.preferred if scope.documents is None else scope.preferred & scope.documents
    return [near, scope.documents] if near and near != scope.documents else [scope.documents]


def _of_one_of(evidence: Evidence, notes: Sequence[str]) -> Answer:
    """The question back where sentences of one passage tell it of several things."""
    told = [" ".join(o.split()).rstrip(".") for o in evidence.options]
    return Answer(
        status=Status.AMBIGUOUS,
        text=" ".join([*notes, ask_back("", told, 0), source(evidence.citations)]),
        values=evidence.figures,
        route=Route(name="narrative", reason="el informe lo dice de varias cosas"),
        citations=evidence.citations,
        warnings=tuple(notes),
        suggestions=tuple(told),
    )


def _asked_back(found: Sequence[Evidence], notes: Sequence[str]) -> Answer:
    names = [(e.citations[0].title, " ".join(e.text.split())[:_SHOWN]) for e in found]
    return Answer(
        status=Status.AMBIGUOUS,
        text=" ".join([*notes, ask_back("informe", [f"{title}: {text}" for title, text in names], 0)]),
        values=tuple(f for e in found for f in e.figures),
        route=Route(name="narrative", reason="varios informes responden"),
        citations=tuple(c for e in found for c in e.citations),
        warnings=tuple(notes),
        suggestions=tuple(title for title, _ in names),
    )
