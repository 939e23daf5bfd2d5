"""Figures that the same report gives otherwise somewhere else: shown beside the answer, never weighed against it.

A sentence counts when it says every word of the question, holds one figure of the same unit and speaks of no other
period. Figures that agree once rounded are no contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from assistant.asking import Asked, Kind
from assistant.found import Found
from assistant.model import Answer, Status
from assistant.wording import other_passage, other_table
from index.periods import find_periods

if TYPE_CHECKING:
    from assistant.attempt import Attempt
    from index.search import PassageIndex
    from tools.model import Figure

_ROUNDED = Decimal("0.006")  # prose rounds: "40 millones" for 40,043,794
_PASSAGES = 6
_SHOWN = 2


def in_other_passages(best: Found, others: Iterable[Found]) -> tuple[str, ...]:
    """What to say of other passages of the report that answer the question with another figure."""
    if len(best.evidence.figures) != 1 or best.place is None:
        return ()
    rest = [f for f in others if f.place not in {None, best.place} and f.document == best.document]
    return _told_otherwise(best.evidence.figures[0], best.evidence.text, rest)


def in_passages(answer: Answer, asked: Asked, passages: PassageIndex) -> Answer:
    """An answer of the tables, with the sentences of its report that give another figure for the question."""
    from assistant.narrative import wide_stems  # noqa: PLC0415 - a question that no passage can touch needs none
    from assistant.sentences import from_sentences  # noqa: PLC0415 - only where a passage is touched

    if answer.status is not Status.ANSWERED or len(answer.values) != 1 or not answer.citations:
        return answer
    figure = answer.values[0]
    kind = Kind.PERCENTAGE if figure.unit == "%" else Kind.AMOUNT
    document = answer.citations[0].document
    shelf = passages.shelves.get(document)
    if shelf is None or asked.kind not in {Kind.OPEN, kind}:
        return answer
    hits = passages.search(wide_stems(asked, [shelf]), k=_PASSAGES, documents=frozenset({document}))
    found = from_sentences(replace(asked, kind=kind), passages, hits)
    said = _told_otherwise(figure, answer.text, found)
    if not said:
        return answer
    return replace(answer, text=" ".join((answer.text, *said)), warnings=(*answer.warnings, *said))


def in_table(answer: Answer, attempt: Attempt) -> Answer:
    """An answer of a passage, with what a table gives for the whole question where it is another figure."""
    result = attempt.outcome.result
    if result is None or not attempt.names_row or attempt.plan is None or len(result.figures) != 1:
        return answer
    if len(answer.values) != 1 or not _differ(answer.values[0], result.figures[0]):
        return answer
    said = other_table(attempt.plan.view.table.name, result.text)
    return replace(answer, text=f"{answer.text} {said}", warnings=(*answer.warnings, said))


def _told_otherwise(figure: Figure, text: str, others: Sequence[Found]) -> tuple[str, ...]:
    periods = [m.period for m in find_periods(text)]
    said: dict[str, None] = {}
    for other in others:
        evidence = other.evidence
        if not other.whole or len(evidence.figures) != 1 or not _differ(figure, evidence.figures[0]):
            continue
        own = [m.period for m in find_periods(evidence.text)]
        if own and periods and not any(p in periods for p in own):
            continue
        cited = evidence.citations[0]
        said.setdefault(other_passage(evidence.text, cited.section, cited.page))
    return tuple(said)[:_SHOWN]


def _differ(one: Figure, other: Figure) -> bool:
    """Whether two figures in the same unit say different things, however they are rounded."""
    if one.value is None or other.value is None or one.unit != other.unit or one.unit is None:
        return False
    return abs(one.value - other.value) > _ROUNDED * max(abs(one.value), abs(other.value))
