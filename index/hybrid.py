"""Words and meaning together: the score of a passage for a question, each leg kept.

    score = bm25(passage) / Σ idf + bm25(best sentence) / Σ idf + cosines + nearness of the words + pairs of words
            + whether it tells of aims, when they are asked for

each with its weight. Every leg lies near 0 to 1, so the score is absolute: it can be compared between questions, and
calibrated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.aims import AIMS, asks_for_aims
from index.bm25 import K1, B
from index.frame import DOCUMENT_STEMS, content_words, strip_frame
from index.meaning import Meaning
from index.mentions import without
from index.text import STOPWORDS, fold, stem, words

if TYPE_CHECKING:
    from index.embedding import Vectors
    from index.search import Hit, PassageIndex

_ASKED_FOR = re.compile(r"\b(?:que|cual|cuales) ([a-z]{4,})\b")
_LETTERS = frozenset(
    map(stem, ("nota", "memo", "memorando", "oficio", "circular", "carta", "entrega"))
)  # "la nota de aduanas"
_ALIKE = 0.8  # how near an everyday word counts to the one that reports have for it
_FIRST = 300  # passages whose sentences are looked at
_SECOND = 40  # of these, passages whose words are compared one by one
_NAMED = 0.6  # what standing in the report that the question names adds to every passage of it
_RANKED = 0.6  # what it adds besides to their rank, not to the score: other reports still tell how sure an answer is
_TERMS = 0.4  # what a table of acronyms, which holds a word of everything, loses
_FOR_TERMS = 0.6  # unless the question is as near as this to asking for it
_LENGTH = 15.0  # stems of a usual sentence
_LONG = 80.0  # stems from which a passage is long


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """What each leg counts: near what fits SQuAD-es development passages best, and no worse over reports."""

    passage: float = 0.8  # BM25 of the passage, as a share of the rarity of the question's words
    sentence: float = 0.6  # BM25 of its best sentence, the same way
    whole: float = 0.4  # cosine of the passage
    part: float = 0.6  # cosine of its best sentence, item or heading
    section: float = 0.8  # how much it is one for the standard section
    nearness: float = 0.8  # share of the question's words that the passage has, or has something like
    pairs: float = 0.4  # share of the question's neighbouring words that are neighbours there
    wanted: float = 0.3  # standing where the report tells what it wants, when that is asked for
    done: float = 0.2  # the same, taken off when what was done is asked for
    length: float = 0.2  # what e times the stems of a long passage take off: it has something like every word


LEXICAL = Weights(
    sentence=0.0, whole=0.0, part=0.0, section=0.0, nearness=0.0, pairs=0.0, wanted=0.0, done=0.0, length=0.0
)
VECTORS = replace(LEXICAL, passage=0.0, whole=0.5, part=0.5)


def search(
    index: PassageIndex,
    meaning: Meaning,
    stems: Sequence[str],
    text: str,
    *,
    k: int,
    allowed: npt.NDArray[np.bool_] | None,
    weights: Weights,
) -> list[Hit]:
    """The k best passages for a question. allowed: which passages may be found, None for all."""
    from index.search import Hit  # noqa: PLC0415 - the index calls this module

    wanted = [s for s in dict.fromkeys(stems) if s not in STOPWORDS]
    named = index.named(text)
    names = DOCUMENT_STEMS.union(*(found for _, found in named)) - _asked_for(text)
    names |= _LETTERS if named else frozenset()
    names |= {str(p.year) for shelf, _ in named if (p := shelf.document.period) is not None}  # every passage is of it
    told = {stem(w) for w in words(text)}  # what the acronym of a named report stands for was not asked
    widened = frozenset(s for shelf, _ in named for s in shelf.naming.own if s not in told)
    wanted = [s for s in wanted if s not in names and s not in widened] or wanted
    text = without(text, names)
    total = sum(index.idf(s) for s in wanted) or 1.0
    lexical = index.scores(wanted) / total
    query = meaning.query(text)
    cosine = (
        meaning.whole(query, lexical * (weights.passage / weights.whole)) if weights.whole else np.zeros_like(lexical)
    )
    first = weights.passage * lexical + (weights.whole + weights.part) * cosine
    for shelf, _ in named:
        first[shelf.places] += _NAMED + _RANKED  # whatever its passages say themselves
    if weights.section and meaning.asks_for("siglas", query) < _FOR_TERMS:
        first[meaning.terms] -= _TERMS
    if allowed is not None:
        first = np.where(allowed, first, -np.inf)
    places = _best(first, _FIRST)
    best, section = meaning.best_part(query, places) if weights.part else np.zeros((2, len(places)))
    score = first[places] + weights.part * (best - cosine[places]) + weights.section * section
    order = _best(score, max(k, _SECOND))
    places, best, section, score = places[order], best[order], section[order], score[order]
    sentence: Vectors = np.zeros(len(places), dtype=np.float32)
    near: Vectors = np.zeros(len(places), dtype=np.float32)
    pairs: Vectors = np.zeros(len(places), dtype=np.float32)
    rarity = {s: index.idf(s) for s in wanted}
    if weights.sentence:
        sentence = meaning.best_sentence(rarity, places, K1, B, _LENGTH) / np.float32(total)
    if weights.nearness:
        near = _nearness(index, meaning, text, places)
    if weights.pairs:
        said = [stem(w) for w in words(text) if w not in STOPWORDS]
        pairs = meaning.pairs({(a, b): index.idf(a) + index.idf(b) for a, b in pairwise(said)}, places)
    score = score + weights.sentence * sentence + weights.nearness * near + weights.pairs * pairs
    if (aims := {1: weights.wanted, -1: -weights.done}.get(asks_for_aims(text), 0.0)) != 0:
        score += aims * meaning.standing_in(AIMS, places)
    if weights.length:
        score -= weights.length * np.log(np.maximum(meaning.lengths(places) / _LONG, 1.0))
    hits = []
    besides = np.zeros(len(places), dtype=np.float32)
    for shelf, _ in named:
        besides[(places >= shelf.places.start) & (places < shelf.places.stop)] = _RANKED
    for i in _best(score, k):
        if score[i] <= 0:
            continue
        legs = {
            "bm25": lexical[places[i]],
            "sentence": sentence[i],
            "vectors": (cosine[places[i]] + best[i]) / 2,
            "asked": section[i],
            "nearness": near[i],
            "pairs": pairs[i],
        }
        hits.append(
            Hit(
                passage=index.all_passages[int(places[i])],
                score=round(float(score[i] - besides[i]), 5),
                legs={name: round(float(value), 5) for name, value in legs.items()},
            )
        )
    return hits


def _asked_for(text: str) -> frozenset[str]:
    """The thing asked for by its name ("¿de qué ministerio depende?"): a word for institutions names none then."""
    match = _ASKED_FOR.search(fold(text))
    return frozenset({stem(match[1])}) if match else frozenset()


def _best(scores: npt.NDArray[np.floating], count: int) -> npt.NDArray[np.int64]:
    """Places of the highest scores, best first; equal ones keep their order. None that is ruled out."""
    few = np.argpartition(-scores, count)[:count] if len(scores) > count else np.arange(len(scores))
    few = np.sort(few[np.isfinite(scores[few])])
    return few[np.argsort(-np.round(scores[few], 6), kind="stable")]


def _nearness(index: PassageIndex, meaning: Meaning, text: str, places: npt.NDArray[np.int64]) -> Vectors:
    """Share of the question's words, by rarity, that each passage says or says something like."""
    asked = list(dict.fromkeys(content_words(strip_frame(text))))
    rarity = np.array([index.idf(stem(w)) for w in asked], dtype=np.float32)
    found: Vectors = (meaning.near(asked, places, alike=_ALIKE) @ rarity) / (float(rarity.sum()) or 1.0)
    return found
