"""What a page remembers of its conversation, so that it is there again when the page or the server begins anew."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ui.chat.turns import Turn

_MOST = 40  # questions; the last ones


def remembered(turns: Sequence[Turn]) -> str:
    """The questions of a conversation with the ids that each was restricted to, as JSON."""
    return json.dumps([[turn.question, list(turn.documents)] for turn in turns[-_MOST:]], ensure_ascii=False)


def recalled(told: object, longest: int) -> tuple[Turn, ...]:
    """The turns, without answers, that a page says it remembers; none where that is not what `remembered` writes.

    longest: characters of a question; a longer one was never asked.
    """
    try:
        rows = json.loads(told) if isinstance(told, str) and told else []
    except (ValueError, RecursionError):
        return ()
    if not isinstance(rows, list) or len(rows) > _MOST:
        return ()
    found = [_turn(row, longest) for row in rows]
    return tuple(turn for turn in found if turn is not None) if None not in found else ()


def _turn(row: object, longest: int) -> Turn | None:
    match row:
        case [str(question), list(documents)] if (
            question.strip() and len(question) <= longest and all(isinstance(ident, str) for ident in documents)
        ):
            return Turn(question=question, documents=tuple(documents))
    return None
