"""A conversation as values: what was asked and what came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model import Answer
from ui.chat.service import Incident


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """One question of a conversation. Without answer and incident it was stopped before the answer came.

    documents: ids that it was restricted to, none for all reports.
    """

    question: str
    documents: tuple[str, ...] = ()
    answer: Answer | None = None
    incident: Incident | None = None


def history(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The questions that a follow-up may lean on, oldest first; what failed or was stopped is not among them."""
    return tuple(turn.question for turn in turns if turn.answer is not None)
