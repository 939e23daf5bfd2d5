"""The reply to a question that was asked back: a candidate, picked with its button or typed."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.model import Answer, Status
from index.frame import strip_frame
from index.text import STOPWORDS, fold, words

_GOES_ON = frozenset(("y", "e", "pero", "entonces", "tambien"))


def chosen(question: str, candidate: str) -> str:
    """The question again, with the candidate that a person picked after it was asked back.

    >>> chosen("¿Cuánto se gastó en junio?", "Aduanas (2021)")
    '¿Cuánto se gastó en junio, Aduanas (2021)?'
    """
    asked = question.strip()
    bare = asked.rstrip("?!. ")
    return f"{bare}, {candidate}?" if asked.endswith("?") else f"{bare}, {candidate}"


def offered(answers: Sequence[Answer]) -> tuple[str, ...]:
    """The candidates that a message ended with; none when some part of it was answered."""
    asked_back = [a for a in answers if a.status is Status.AMBIGUOUS]
    if not asked_back or any(a.status is Status.ANSWERED for a in answers):
        return ()
    return asked_back[-1].suggestions


def picked(reply: str, options: Sequence[str]) -> str | None:
    """The candidate that a reply names: by its words, or by some of them that only one candidate has.

    None for what asks anew.

    >>> options = ("Aduanas Honduras (enero de 2021)", "Aduanas Honduras (2023)", "SIE (2023)")
    >>> picked("sie 2023", options), picked("la de aduanas", options), picked("¿y en julio?", options)
    ('SIE (2023)', None, None)
    """
    whole = [o for o in options if words(fold(o)) == words(fold(reply))]
    if len(whole) == 1:
        return whole[0]
    if "?" in reply or _GOES_ON & set(words(fold(reply))[:1]):
        return None
    said = _content(strip_frame(reply))
    among = [o for o in options if said and said <= _content(o)]
    return among[0] if len(among) == 1 else None


def _content(text: str) -> set[str]:
    return {w for w in words(fold(text)) if w not in STOPWORDS}
