"""Questions in words of their own: the section or the sentences that mean what is asked, or nothing.

Words alone left something over. A passage answers by its meaning when the whole question is near to it, or to the way
people ask for such a section, and when each word of content has its like there; names, numbers and periods must be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant import chance
from assistant.asking import Asked, Kind, Term, asked_things, focus_of
from assistant.chance import LIMITS, SURE, Limits, MeaningSigns, WordSigns
from assistant.extract import asked_verbs, enumerates, has_person, holds, units
from assistant.found import Found, citation, periods_fit
from assistant.matching import explains
from assistant.model import Evidence
from assistant.sections import section_evidence
from assistant.sentences import LEANS, joined, with_context, with_items
from assistant.told import WITH_WHOM, untold
from index.frame import DOCUMENT_STEMS
from index.headings import Standard, kindred_of
from index.mentions import without
from index.model import ChunkKind
from index.search import Hit, PassageIndex
from index.sentences import sentences
from index.shelves import Passage
from index.text import fold, stem, words

if TYPE_CHECKING:
    from index.meaning import Meaning

NOTE = "El informe no lo dice con esas palabras: es el pasaje más cercano por su sentido."
# Those whose thing must be there.
_TYPED = frozenset({Kind.LAW, Kind.AGENT, Kind.CAUSE, Kind.DATE, Kind.FREQUENCY, Kind.HOUR, Kind.PLACE, Kind.SOURCE})
_KINDS = _TYPED | {Kind.OPEN, Kind.LIST}
_SORTED = _TYPED - {Kind.AGENT, Kind.PLACE, Kind.SOURCE} | {
    Kind.PERCENTAGE,
    Kind.PERSON,
}  # the same for `WordSigns.typed`
_BY_FORM = frozenset({Kind.DEFINITION, Kind.ACRONYM})  # a term is found by its letters
_NO_PROSE = frozenset({ChunkKind.HEAD, ChunkKind.DEFINITIONS})  # their words answer by key, or not at all
_SUPPORT = 0.3  # least cosine of a section that words found; right ones begin near 0.4
_SECTION = 0.6  # least cosine to a way of asking for a section that is told whole
_SURE = 0.75  # the same, from which no word of the question needs its like there
_NEARLY = 0.9  # the same, where the question is almost one of those ways
_FOCUS = 0.45  # least cosine of the thing asked for ("¿qué marca…?") to its like in the passage
_LIKE = 0.25  # least cosine of a word of the question to its like in a section
_OF_LIGHT = 0.45  # the same where every word of the question says little
_MEANT = 0.5  # what a cosine counts beside the rank by words
_RIVALS = 0.5  # how far below the best a candidate may rank to be compared
_MOST_RIVALS = 6
_MOST_SENTENCES = 40
_CAPITAL = re.compile(r"\b[A-ZÁÉÍÓÚÑ][\w-]*")
# "¿qué marca compró y a qué empresa?": what is near to one half need not tell the other
_TWO_ASKED = re.compile(
    r"\by (?:(?:a|de|con|por|para|en|desde|hasta) )?(?:que|quien(?:es)?|cual(?:es)?|cuando|donde|cuant[oa]s?|como)\b"
)
# The number of a letter is told by its head, or by a sentence that says the whole question: other letters have one too.
_NUMBER_OF_LETTER = re.compile(
    r"\b(?:numero|nro|codigo|correlativo)\b(?: \w+){0,3}? (?:memor\w+|memo|oficio|nota|carta|circular|reporte|expediente)\b"
)
_SEVERAL = re.compile(r"[;:\n]|,(?!\d)|[.] \S")
_OWNER = re.compile(r"\b(?:de la|de las|de los|del|de) ([a-z]{4,})")
_LIGHT = 0.25  # weight of a word that a passage may do without
_LOOKED_AT = 8  # passages, best first


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """What speaks for a passage: cosines, the share of the question it says itself, its farthest word."""

    section: float
    sentence: float
    said: float
    farthest: float
    best: int  # place of the best sentence among the units
    names_said: bool
    focus: float  # cosine of the thing asked for to its like; 1 when none is named
    left: int  # words of content that the passage does not say
    terms: int  # words of content, the names of the report left out
    own: float  # share of the question that its best sentence says
    standard: Standard | None  # the section whose cosine it is


def from_meaning(asked: Asked, index: PassageIndex, hits: Sequence[Hit], limits: Limits = LIMITS) -> Found | None:
    """The answer that the meaning of the question finds; None when it is not likely enough."""
    meaning = index.meaning
    if meaning is None or asked.kind not in _KINDS or not hits or _NUMBER_OF_LETTER.search(asked.line):
        return None
    looked = [h for h in hits[:_LOOKED_AT] if h.passage.chunk.kind not in _NO_PROSE]
    if not looked or _of_another_report(asked, index, looked[0].passage):
        return None
    best = looked[0]
    signs = read_signs(asked, index, meaning, best.passage)
    by_section = signs.section >= _SECTION
    chance = _chance_of(best, looked, signs, index)
    if not signs.names_said or chance < _least(signs, limits, by_section=by_section):
        return None
    if signs.section < _SURE and (limits is SURE or signs.focus < _FOCUS or _TWO_ASKED.search(asked.line)):
        return None
    return _found(asked, index, best.passage, signs, by_section=by_section)


def _least(signs: Signs, limits: Limits, *, by_section: bool) -> float:
    """The least chance for a passage: "la recaudación del impuesto a los vehículos" asks for more than the section."""
    if not by_section:
        return limits.sentence
    return limits.section if signs.farthest >= _LIKE else limits.apart


def _chance_of(hit: Hit, hits: Sequence[Hit], signs: Signs, index: PassageIndex) -> float:
    return chance.by_meaning(
        MeaningSigns(
            ahead=_ahead(hit, hits),
            said=signs.own,
            section=signs.section,
            sentence=signs.sentence,
            farthest=signs.farthest,
            left=signs.left,
            terms=signs.terms,
            passages=len(index.all_passages),
        )
    )


def _ahead(hit: Hit, hits: Sequence[Hit]) -> float:
    """How far a passage ranks before the best one that stands under another heading; below 0 after it."""
    others = (h.score for h in hits if h is not hit and h.passage.chunk.section != hit.passage.chunk.section)
    if not hit.passage.chunk.section:  # a text without headings
        others = (h.score for h in hits if h is not hit)
    return hit.score - max(others, default=0.0)


def _of_another_report(asked: Asked, index: PassageIndex, passage: Passage) -> bool:
    """Whether the question names a loaded report, and the passage is not of it."""
    named = {shelf.document.id for shelf, _ in index.named(asked.text)}
    return bool(named) and passage.document.id not in named


def supported(
    asked: Asked, index: PassageIndex, ranked: Sequence[Found], hits: Sequence[Hit], limits: Limits = LIMITS
) -> list[Found]:
    """Candidates that words found, best first, without those that are not likely to answer.

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
    kept = [f for f in near if _likely(asked, index, f, values[id(f)], hits, limits)]
    rest = [f for f in ranked if not f.whole]
    return sorted(kept, key=lambda f: -(f.value + _MEANT * values[id(f)])) + rest


def _likely(
    asked: Asked, index: PassageIndex, found: Found, support: float, hits: Sequence[Hit], limits: Limits
) -> bool:
    if found.place is None or found.by_key:
        return support >= _SUPPORT
    own = [h for h in hits if h.passage.document.id == found.document and h.passage.chunk.kind not in _NO_PROSE]
    hit = next((h for h in own if h.passage.place == found.place), None)
    best = max((h.score for h in own), default=0.0)
    behind = (hit.score if hit is not None else 0.0) - best
    signs = WordSigns(
        support=support,
        ahead=max(_ahead(hit, own), 0.0) if hit is not None else 0.0,
        behind=behind,
        typed=asked.kind in _SORTED
        or WITH_WHOM.match(asked.line) is not None
        or ("quienes" in asked.line and has_person(found.evidence.text, asked.stems)),
        passages=len(index.all_passages),
    )
    headed = bool(index.all_passages[found.place].chunk.section)
    return chance.by_words(signs) >= (min(limits.headed, limits.words) if headed else limits.words)


def _share(terms: Sequence[Term], said: frozenset[str], index: PassageIndex) -> float:
    """Share of some words, by rarity, that a text says."""
    weight = {t.stem: index.idf(t.stem) * (_LIGHT if t.light else 1.0) for t in terms}
    return sum(weight[t.stem] for t in terms if explains(t.stem, said)) / (sum(weight.values()) or 1.0)


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
    support = _nearest(asked, index, meaning, found, place)
    if not found.heading:
        return support
    # "¿qué hizo en investigación?", under "4.2 Investigación": what follows need not say the word
    return max(support, meaning.nearest(meaning.query(core_text(asked, index, place)), [found.heading]))


def _nearest(asked: Asked, index: PassageIndex, meaning: Meaning, found: Found, place: Passage) -> float:
    query = meaning.query(core_text(asked, index, place))
    said = [s for line in found.evidence.text.splitlines() for s in sentences(line)]
    section, _ = meaning.section(query, place)
    sentence = meaning.nearest(query, said[:_MOST_SENTENCES])
    names = index.names_of(place)
    says_little = all(t.light or explains(t.stem, names) for t in asked.terms) and asked.kind not in _SORTED
    if says_little and section < _SECTION:
        return sentence if sentence >= _OF_LIGHT else 0.0  # "qué se busca al trabajar": no word that says what
    return max(section, sentence)


def read_signs(asked: Asked, index: PassageIndex, meaning: Meaning, passage: Passage) -> Signs:
    """The signs of one passage for a question."""
    things = asked_things(asked)
    names = (index.names_of(passage) | DOCUMENT_STEMS) - things
    core = [t for t in asked.terms if not explains(t.stem, names)]
    said = index.known(passage) | index.asked_standard(asked.stems, passage)
    said -= things - {*passage.body, *passage.section}
    own = [t for t in core if explains(t.stem, said)]
    left = [t for t in core if t not in own and not t.light]
    text = core_text(asked, index, passage)
    query = meaning.query(text)
    parts = meaning.parts(query, passage.place)
    capital = _named(asked.text)
    best = int(parts.argmax()) if len(parts) else 0
    bodies = [u for u in units(passage.chunk) if u.place >= 0]
    section, standard = meaning.section(query, passage)
    return Signs(
        section=section,
        standard=standard,
        sentence=float(parts.max(initial=0.0)),
        said=_share(core, said, index),
        farthest=meaning.farthest([t.word for t in left], passage.place),
        best=best,
        focus=meaning.farthest([t.word for t in left if t.word == focus_of(asked)], passage.place),
        left=len(left),
        terms=len(core),
        own=_share(core, bodies[min(best, len(bodies) - 1)].stems, index) if bodies else 0.0,
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
    if asked.kind in _TYPED and not holds(asked, evidence.text):
        return None
    if by_section and asked_things(asked) and not _SEVERAL.search(evidence.text):
        return None  # "¿qué documentos produjo?" is not told by one sentence on how a goal is measured
    place = frozenset(passage.section)
    if by_section and signs.section >= _SURE:
        place |= asked_verbs(asked)  # "¿quiénes leen lo que produce?" asks for that section
    if untold(asked, evidence.text, place=place):
        return None
    if asked.kind is Kind.CAUSE and signs.left and signs.section < _NEARLY:
        return None  # "¿por qué se suspendieron las reuniones?": that there were some tells nothing of it
    if _of_a_part(asked, index, passage) if by_section else _of_another_item(asked, index, passage, evidence):
        return None
    return Found(
        evidence=replace(evidence, explained=round(signs.said, 4), warnings=(*evidence.warnings, NOTE)),
        document=passage.document.id,
        value=signs.said,
    )


def _of_a_part(asked: Asked, index: PassageIndex, passage: Passage) -> bool:
    """ "La misión de la farmacia": a section asked for by its name, of something that the report does not say there."""
    said = index.known(passage) | index.asked_standard(asked.stems, passage)
    left = {t.word for t in asked.terms if not t.light and not explains(t.stem, said)}
    if not left:
        return False
    named = index.asked_standard(asked.stems, passage) | frozenset(passage.section)
    return any(explains(t.stem, named) for t in asked.terms) and any(o in left for o in _OWNER.findall(asked.line))


def _of_another_item(asked: Asked, index: PassageIndex, passage: Passage, evidence: Evidence) -> bool:
    """Whether another item of the list says a word of the question, and the one that is shown does not."""
    if not passage.chunk.items:
        return False
    shown = frozenset(stem(w) for w in words(evidence.text)) | frozenset(passage.section) | index.names_of(passage)
    shown |= index.spelt_out(shown, passage.document.id) | index.asked_standard(asked.stems, passage)
    body = frozenset(passage.body)
    return any(explains(t.stem, body) and not explains(t.stem, shown) for t in asked.terms if not t.light)


def _section(asked: Asked, index: PassageIndex, passage: Passage, standard: Standard | None) -> Evidence | None:
    """The whole section: all that stands under the innermost heading that is the standard one."""
    path = passage.path
    depth = next((d for d in range(len(path), 0, -1) if standard in kindred_of(path[d - 1])), len(path))
    shelf = index.shelves[passage.chunk.document]
    below = [p for p in shelf.passages if p.path[:depth] == path[:depth]]
    found = section_evidence(asked, below or [passage])
    return found[0] if found else None


def _sentences(asked: Asked, passage: Passage, signs: Signs) -> Evidence | None:
    """The best sentence with those it leans on; None where several things are asked for and it names one."""
    chunk = passage.chunk
    every = units(chunk)
    bodies = [u for u in every if u.place >= 0]
    best = bodies[min(signs.best, len(bodies) - 1)] if bodies else every[0]
    shown = with_items(with_context([best], every, LEANS), every)
    if asked.kind is Kind.LIST and len(shown) == 1 and not enumerates(best.text):
        return None
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
