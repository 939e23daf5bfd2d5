"""What the tables have that is nearest by its meaning to a row that nobody found: a suggestion, never a figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.model import Answer, Status
from assistant.wording import nearest_rows
from assistant.words import asks_for_figure

if TYPE_CHECKING:
    from assistant.routes import Reading

_NEAR = 0.4  # least cosine of a label that is worth a look; unlike things seldom reach it
_SHOWN = 3
_BESIDE = 0.15  # how far below the nearest label another one is still worth a look


def with_nearest(refused: Answer, reading: Reading) -> Answer:
    """A refusal for want of a row with the rows whose labels mean the nearest thing, where there are any."""
    analysis, best = reading.analysis, reading.attempt.best
    if refused.status is not Status.NOT_FOUND or not asks_for_figure(analysis) or reading.attempt.about == "columna":
        return refused
    missing = best.unexplained if best is not None else analysis.content
    timed = {i for _, used in analysis.periods for i in used}
    measured = {i for mention in analysis.mentions for i in mention.tokens}
    coded = {i for code in analysis.codes for i in code.tokens}
    if not missing - timed or missing & coded:
        return refused  # a period or a code is missing: nothing is like it
    asked = [t for t in analysis.tokens if t.content and t.position not in timed | measured | analysis.generic]
    names = {s for shelf in reading.holdings.catalogue.document_stems.values() for s in shelf}
    phrase = " ".join(t.text for t in asked if t.position in missing or t.stem not in names)
    from index.labels import LabelKind  # noqa: PLC0415 - loads numpy; only a refusal needs it

    found = reading.holdings.labels().nearest(phrase, k=_SHOWN, kind=LabelKind.ROW, documents=_documents(reading))
    near = [label for label, cosine in found if cosine >= max(_NEAR, found[0][1] - _BESIDE)]
    if not near:
        return refused
    return replace(
        refused,
        text=f"{refused.text} {nearest_rows([(label.text, label.table) for label in near])}",
        suggestions=tuple(label.text for label in near),
    )


def _documents(reading: Reading) -> frozenset[str] | None:
    """The reports that the best reading is of, or those that are in scope."""
    best = reading.attempt.best
    return frozenset({best.view.document.id}) if best is not None else reading.scope.documents
