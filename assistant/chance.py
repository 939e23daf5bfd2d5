"""How likely a passage answers a question: two calibrated sums of signs, and the least chance that is answered.

Fitted (logistic regression, no coefficient against what its sign says) on the tuning set of encyclopaedic questions,
half of which have no answer in the index, and on questions over government reports. That for words was fitted, and its
least chance chosen, on the first half of the passages and of the questions; the other half has the same share of wrong
answers. `tests/benchmarks/abstention.py` prints the curve. One sign alone decides badly: a cosine that is high enough
for one question in a hundred to be wrong refuses most of the right answers.

Passages under a heading of a report are another matter than bare ones of an encyclopaedia: over 449 questions on 32
reports (not the ones of the fit; wrong answers on them had been looked at and mended before) the least chance of 0.40 answers eleven more rightly than 0.56, and none more wrongly
(`tests/benchmarks/abstention_reports.py`). Half of that answers for what is not there ("the councillors").
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_MOST_TERMS = 6  # more words of content say no more
_MOST_LEFT = 4
_MOST_MARGIN = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """The least chance of an answer, by how it was found."""

    words: float = 0.82  # sentences that say the whole question
    headed: float = 0.40  # the same, under a heading of a report, where few words meet by accident
    sentence: float = 0.90  # sentences near to it in other words
    section: float = 0.5  # a standard section, by the ways of asking for it
    apart: float = 0.85  # the same where a word of the question has nothing like it there


LIMITS = Limits()
SURE = Limits(sentence=2.0, section=0.9, apart=0.9)  # of a question that sounds like one for the tables
WORDS = Limits(sentence=2.0, section=2.0, apart=2.0)  # sentences that say the whole question, and no others


@dataclass(frozen=True, kw_only=True, slots=True)
class WordSigns:
    """support: best cosine to what is shown or to the section. ahead: how far its passage ranks before the others.

    behind: how far it ranks below the best one, 0 or less. typed: whether a thing of the sort asked for had to be there (a date, a law, a
    cause). passages: how many there are to meet by accident.
    """

    support: float
    ahead: float
    behind: float
    typed: bool
    passages: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MeaningSigns:
    """ahead: as above. said: share of the question that its best sentence says. section, sentence: cosines. farthest:
    cosine of the word least like anything there.

    left: words of content that the passage does not say; terms: all of them.
    """

    ahead: float
    said: float
    section: float
    sentence: float
    farthest: float
    left: int
    terms: int
    passages: int


def by_words(signs: WordSigns) -> float:
    """The chance, from 0 to 1, that sentences which say every word of a question answer it."""
    return _chance(
        -2.26
        + 2.87 * signs.support
        + 4.16 * min(signs.ahead, _MOST_MARGIN)
        + 1.50 * max(signs.behind, -_MOST_MARGIN)
        + 1.82 * signs.typed
        - 0.05 * math.log10(max(signs.passages, 1))
    )


def by_meaning(signs: MeaningSigns) -> float:
    """The chance, from 0 to 1, that the passage which ranks first answers a question in other words."""
    return _chance(
        -3.95
        + 2.57 * min(signs.ahead, _MOST_MARGIN)
        + 1.99 * signs.said
        + 3.72 * signs.section
        + 0.87 * signs.sentence
        + 0.94 * signs.farthest
        - 0.11 * min(signs.left, _MOST_LEFT)
        + 0.28 * min(signs.terms, _MOST_TERMS)
        - 0.02 * math.log10(max(signs.passages, 1))
    )


def _chance(total: float) -> float:
    return 1 / (1 + math.exp(-total))
