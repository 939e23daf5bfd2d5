"""Questions in words of their own: the section or the sentences that mean what is asked, or nothing.

Words alone left something over. A passage answers by its meaning when the whole question is near to it, or to the way
people ask for such a section, and when each word of content has its like there; names, numbers and periods must be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.asking import Asked, Kind
from assistant.extract import holds, units
from assistant.found import Found, citation, periods_fit
from assistant.matching import explains
from assistant.model import Evidence
from assistant.sections import section_evidence
from assistant.sentences import LEANS, joined, with_context, with_items
from index.frame import DOCUMENT_STEMS
from index.headings import Standard, kindred_of
from index.mentions import without
from index.model import ChunkKind
from index.search import Hit, Passage, PassageIndex
from index.sentences import sentences
from index.text import fold, words

if TYPE_CHECKING:
    from index.meaning import Meaning

NOTE = "El informe no lo dice con esas palabras: es el pasaje más cercano por su sentido."
_KINDS = frozenset({Kind.OPEN, Kind.LIST, Kind.LAW, Kind.AGENT})
_BY_FORM = frozenset({Kind.DEFINITION, Kind.ACRONYM})  # a term is found by its letters
_SUPPORT = 0.3  # least cosine of an answer that words found; right ones begin near 0.4
_AHEAD = -0.05  # a passage may rank so far below the best one when its sentences say the whole question
_OF_LIGHT = 0.45  # the same where every word of the question says little
_MEANT = 0.5  # what a cosine counts beside the rank by words
_RIVALS = 0.5  # how far below the best a candidate may rank to be compared
_MOST_RIVALS = 6
_MOST_SENTENCES = 40
_CAPITAL = re.compile(r"\b[A-ZÁÉÍÓÚÑ][\w-]*")
_LOOKED_AT = 8  # passages, best first


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """When a passage answers by its meaning. Measure with tests/benchmarks/abstention.py."""

    section: float = 0.62  # cosine to a way of asking for the section
    sentence: float = 0.66  # cosine to the best sentence
    word: float = 0.5  # cosine of a word of the question to its like in the passage
    clear: float = 0.03  # how much the best passage must stand before the best of another section


LIMITS = Limits()


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """What speaks for a passage: cosines, the share of the question it says itself, its farthest word."""

    section: float
    sentence: float
    said: float
    farthest: float
    best: int  # place of the best sentence among the units
    names_said: bool
    standard: Standard | None  # the section whose cosine it is


def from_meaning(asked: Asked, index: PassageIndex, hits: Sequence[Hit], limits: Limits = LIMITS) -> Found | None:
    """The answer that the meaning of the question finds; None when nothing is near enough."""
    meaning = index.meaning
    if meaning is None or asked.kind not in _KINDS or not hits:
        return None
    looked = [h for h in hits[:_LOOKED_AT] if h.passage.chunk.kind not in {ChunkKind.HEAD, ChunkKind.DEFINITIONS}]
    for hit in looked[:1]:
        signs = read_signs(asked, index, meaning, hit.passage)
        if fits(signs, limits) and _clear(hit, looked, limits):
            return _found(asked, index, hit.passage, signs, by_section=signs.section >= limits.section)
    return None


def fits(signs: Signs, limits: Limits) -> bool:
    """Whether the signs are enough."""
    near = signs.section >= limits.section or signs.sentence >= limits.sentence
    return near and signs.names_said and signs.farthest >= limits.word


def _clear(hit: Hit, hits: Sequence[Hit], limits: Limits) -> bool:
    return all(
        hit.score - other.score >= limits.clear
        for other in hits
        if other is not hit and other.passage.chunk.section != hit.passage.chunk.section
    )


def supported(asked: Asked, index: PassageIndex, ranked: Sequence[Found], hits: Sequence[Hit]) -> list[Found]:
    """Candidates that words found, best first, without those whose meaning has nothing to do with the question.

    Words that meet by their form ("concejales", "Concejo") or by a synonym may still be about something else, and so
    may a passage that the whole search ranks far below another one. Those that are whole and near in rank are put in
    the order of rank and meaning together.
    """
    meaning = index.meaning
    if meaning is None or asked.kind in _BY_FORM:
        return list(ranked)
    whole = [f for f in ranked if f.whole]
    near = [f for f in whole if whole[0].value - f.value < _RIVALS][:_MOST_RIVALS]
    values = {id(f): _support(asked, index, meaning, f) for f in near}
    kept = [f for f in near if values[id(f)] >= _SUPPORT and (f.place is None or _stands_out(f, hits))]
    rest = [f for f in ranked if not f.whole]
    return sorted(kept, key=lambda f: -(f.value + _MEANT * values[id(f)])) + rest


def _stands_out(found: Found, hits: Sequence[Hit]) -> bool:
    """Whether the whole search ranks the passage of an answer clearly above the others of its report."""
    scores = {h.passage.place: h.score for h in hits if h.passage.document.id == found.document}
    own = scores.pop(found.place, 0.0) if found.place is not None else 0.0
    return own - max(scores.values(), default=0.0) >= _AHEAD


def _support(asked: Asked, index: PassageIndex, meaning: Meaning, found: Found) -> float:
    """The best cosine of the question to a sentence of an answer, or to the ways of asking for its section."""
    if found.by_key:
        return 1.0
    if found.place is not None:
        passage = index.all_passages[found.place]
        return _nearest(asked, index, meaning, found, passage)
    shelf = index.shelves[found.document]
    cited = found.evidence.citations[0].section if found.evidence.citations else None
    place = next((p for p in shelf.passages if " › ".join(p.chunk.section) == cited), None) if cited else None
    if place is None:
        return 1.0  # a part without a heading
    return _nearest(asked, index, meaning, found, place)


def _nearest(asked: Asked, index: PassageIndex, meaning: Meaning, found: Found, place: Passage) -> float:
    query = meaning.query(core_text(asked, index, place))
    said = [s for line in found.evidence.text.splitlines() for s in sentences(line)]
    section, _ = meaning.section(query, place)
    sentence = meaning.nearest(query, said[:_MOST_SENTENCES])
    names = index.names_of(place)
    if all(t.light or explains(t.stem, names) for t in asked.terms) and section < LIMITS.section:
        return sentence if sentence >= _OF_LIGHT else 0.0  # "qué se busca al trabajar": no word that says what
    return max(section, sentence)


def read_signs(asked: Asked, index: PassageIndex, meaning: Meaning, passage: Passage) -> Signs:
    """The signs of one passage for a question."""
    names = index.names_of(passage) | DOCUMENT_STEMS
    core = [t for t in asked.terms if not explains(t.stem, names)]
    said = index.known(passage) | index.asked_standard(asked.stems, passage)
    own = [t for t in core if explains(t.stem, said)]
    left = [t for t in core if t not in own and not t.light]
    text = core_text(asked, index, passage)
    query = meaning.query(text)
    sentences = meaning.parts(query, passage.place)
    weight = {t.stem: index.idf(t.stem) * (0.25 if t.light else 1.0) for t in core}
    capital = _named(asked.text)
    section, standard = meaning.section(query, passage)
    return Signs(
        section=section,
        standard=standard,
        sentence=float(sentences.max(initial=0.0)),
        said=sum(weight[t.stem] for t in own) / (sum(weight.values()) or 1.0),
        farthest=meaning.farthest([t.word for t in left], passage.place),
        best=int(sentences.argmax()) if len(sentences) else 0,
        names_said=not any(t.word in capital or any(c.isdigit() for c in t.word) for t in left),
    )


def core_text(asked: Asked, index: PassageIndex, passage: Passage) -> str:
    """The question without the words that name the report of a passage."""
    named = frozenset().union(*(s for shelf, s in index.named(asked.text) if shelf.document == passage.document))
    return without(asked.text, named | DOCUMENT_STEMS)


def _named(text: str) -> frozenset[str]:
    """Folded words written with a capital inside the question: names of places, people and bodies."""
    return frozenset(w for m in _CAPITAL.finditer(text) if m.start() > 1 for w in words(fold(m.group())))


def _found(asked: Asked, index: PassageIndex, passage: Passage, signs: Signs, *, by_section: bool) -> Found | None:
    evidence = _section(asked, index, passage, signs.standard) if by_section else _sentences(asked, passage, signs)
    if evidence is None or not periods_fit(asked, passage.document, evidence.text):
        return None
    if asked.kind in {Kind.LAW, Kind.AGENT} and not holds(asked, evidence.text):
        return None
    return Found(
        evidence=replace(evidence, explained=round(signs.said, 4), warnings=(*evidence.warnings, NOTE)),
        document=passage.document.id,
        value=signs.said,
    )


def _section(asked: Asked, index: PassageIndex, passage: Passage, standard: Standard | None) -> Evidence | None:
    """The whole section: all that stands under the innermost heading that is the standard one."""
    path = passage.path
    depth = next((d for d in range(len(path), 0, -1) if standard in kindred_of(path[d - 1])), len(path))
    shelf = index.shelves[passage.chunk.document]
    below = [p for p in shelf.passages if p.path[:depth] == path[:depth]]
    found = section_evidence(asked, below or [passage])
    return found[0] if found else None


def _sentences(asked: Asked, passage: Passage, signs: Signs) -> Evidence:
    """The best sentence with those it leans on; the whole list where a list is asked for."""
    chunk = passage.chunk
    every = units(chunk)
    bodies = [u for u in every if u.place >= 0]
    best = bodies[min(signs.best - (len(every) - len(bodies)), len(bodies) - 1)] if bodies else every[0]
    shown = (
        list(every)
        if asked.kind is Kind.LIST and chunk.items
        else with_items(with_context([best], every, LEANS), every)
    )
    text = joined(shown, listed=bool(chunk.items))
    return Evidence(
        text=text,
        citations=(
            citation(
                passage.document,
                text,
                section=" › ".join(chunk.section) or None,
                page=chunk.pages[0] if chunk.pages else None,
            ),
        ),
    )
