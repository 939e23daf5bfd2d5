"""What the reports say nearest to a question that nothing in them answers: shown for what it is, never as the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.model import Answer, Status
from assistant.wording import nearest_passages
from assistant.words import asks_for_figure
from index.sentences import sentences

if TYPE_CHECKING:
    from assistant.routes import Reading
    from index.shelves import Passage

_NEAR = 1.0  # least score of a passage that is on the subject; questions on anything else stay below it
_BESIDE = 0.9  # of the score of the nearest: what is further off is not shown beside it
_MOST = 2
_SHOWN = 180  # characters of each


def with_nearest_passage(refused: Answer, reading: Reading) -> Answer:
    """A refusal of a question on prose with the beginning of the passage that is nearest to it, where one is near.

    None where a period or a code is what lacks: what is said of another one is no help. The refusal stays one: nothing is
    cited, and no figure is told.
    """
    analysis = reading.analysis
    if refused.status is not Status.NOT_FOUND or refused.suggestions or asks_for_figure(analysis):
        return refused
    if analysis.periods or analysis.codes or not reading.holdings.reports:
        return refused
    from assistant.narrative import find_passages  # noqa: PLC0415 - loads numpy; only a refusal needs it

    hits = find_passages(analysis.text, reading.holdings.passages(), reading.scope.documents)
    near = [h.passage for h in hits[:_MOST] if h.score >= max(_NEAR, _BESIDE * hits[0].score)]
    if not near:
        return refused
    return replace(refused, text=f"{refused.text} {nearest_passages([(_beginning(p), _place(p)) for p in near])}")


def _place(passage: Passage) -> str:
    section = f"sección «{passage.chunk.section[-1]}», " if passage.chunk.section else ""
    page = f"p. {passage.chunk.pages[0]}, " if passage.chunk.pages else ""
    return f"{section}{page}{passage.document.file}"


def _beginning(passage: Passage) -> str:
    """The first sentences of a passage, as many as there is room for; cut at a word where the first is too long."""
    chunk = passage.chunk
    pieces = [item.rstrip(" .;,") for item in chunk.items] or list(sentences(" ".join(chunk.text.split())))
    told = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        if len(told) + len(piece) > _SHOWN:
            break
        told = f"{told}; {piece}" if chunk.items else f"{told} {piece}"
    told = " ".join(told.split())
    return told if len(told) <= _SHOWN else told[:_SHOWN].rsplit(" ", 1)[0] + "…"
