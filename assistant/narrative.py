"""The narrative route: a question answered in the report's own words, or the words of it that nothing accounts for.

Candidates come from the metadata (facts), the definitions, whole sections or lists, and single sentences; they are
ranked in one currency, the share of the question that they account for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.asking import Asked, Kind, ask, synonyms
from assistant.by_meaning import from_meaning, supported
from assistant.chance import LIMITS, SURE, Limits
from assistant.contradictions import in_other_passages
from assistant.definitions import from_definitions
from assistant.extract import holds
from assistant.facts import from_facts
from assistant.found import Found
from assistant.heads import from_heads
from assistant.letters import from_letters
from assistant.model import Evidence
from assistant.sections import from_sections
from assistant.sentences import from_sentences
from assistant.words import asks_to_define
from index.headings import content_stems
from index.search import Hit, PassageIndex, Search
from index.shelves import Shelf

_PAIR = re.compile(
    r"(?P<a>(?:.* )?)(?P<x>[a-z]{4,}) (?:y|e) (?:(?:el|la|los|las|su|sus) )?(?P<y>[a-z]{4,})(?P<z>(?: .*)?)"
)
_PASSAGES = 40
_SORTS = frozenset(
    {Kind.DATE, Kind.PERSON, Kind.CAUSE, Kind.FREQUENCY, Kind.HOUR, Kind.PERCENTAGE, Kind.LAW, Kind.AGENT, Kind.SOURCE}
)
_OF_SOURCES = content_stems("fuente fuentes financiamiento ingresos recursos fondos")
_SORT = 0.2  # what holding a thing of the sort asked for adds to the rank of a passage
_NEAR = 0.3  # two documents whose answers rank closer than this both fit


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrative:
    """The best answer that prose gives, and equally good ones from other documents (each with the document's id)."""

    best: Evidence | None
    document: str | None = None
    rivals: tuple[tuple[str, Evidence], ...] = ()


def answer_narrative(
    question: str, index: PassageIndex, documents: frozenset[str] | None = None, *, search: Search | None = None
) -> Evidence | None:
    """The best answer in prose, None when nothing speaks of the question.

    An answer with `unexplained` words is not one to show: it tells why there is none. documents: ids to stay within.
    """
    return find_narrative(question, index, documents, search=search).best


def find_narrative(
    question: str,
    index: PassageIndex,
    documents: frozenset[str] | None = None,
    *,
    search: Search | None = None,
    limits: Limits = LIMITS,
    figure: bool = False,
) -> Narrative:
    """As `answer_narrative`, with the documents that answer as well as the one taken.

    search: how passages are found, `index.search` when None (it loads nothing heavy). limits: the least
    chance of an answer. figure: whether the question sounds like one for the tables.
    """
    whole = _find(question, index, documents, search, limits)
    if whole.best is not None and not whole.best.unexplained:
        return whole
    parts = [_find(part, index, documents, search, limits) for part in _parts(ask(question, index.vocabulary).line)]
    found = [p for p in parts if p.best is not None and not p.best.unexplained and p.document == parts[0].document]
    if parts and len(found) == len(parts):
        return _joined(found)
    return _meant(question, index, documents, search, limits, figure=figure) or whole


def _meant(
    question: str,
    index: PassageIndex,
    documents: frozenset[str] | None,
    search: Search | None,
    limits: Limits,
    *,
    figure: bool,
) -> Narrative | None:
    if min(limits.sentence, limits.section) > 1:
        return None
    asked = ask(question, index.vocabulary)
    shelves = [s for name, s in index.shelves.items() if documents is None or name in documents]
    limits = SURE if figure and asked.kind in {Kind.OPEN, Kind.LIST} else limits
    found = from_meaning(asked, index, _hits(asked, index, shelves, documents, search), limits)
    if found is None:
        return None
    return Narrative(best=_with_corrections(found.evidence, asked), document=found.document)


def _parts(line: str) -> tuple[str, ...]:
    """Read "misión y visión de la X" as two questions, each with what stands around the pair."""
    match = _PAIR.fullmatch(line)
    return tuple(f"{match['a']}{noun}{match['z']}" for noun in (match["x"], match["y"])) if match else ()


def _joined(parts: list[Narrative]) -> Narrative:
    answers = [p.best for p in parts if p.best is not None]
    return Narrative(
        best=Evidence(
            text="\n\n".join(
                f"{(a.citations[0].section or '').rsplit(' › ', 1)[-1]}:\n{a.text}".lstrip(":\n") for a in answers
            ),
            figures=tuple(f for a in answers for f in a.figures),
            citations=tuple(c for a in answers for c in a.citations),
            warnings=tuple(dict.fromkeys(w for a in answers for w in a.warnings)),
            explained=min(a.explained for a in answers),
        ),
        document=parts[0].document,
    )


def _find(
    question: str, index: PassageIndex, documents: frozenset[str] | None, search: Search | None, limits: Limits
) -> Narrative:
    asked = ask(question, index.vocabulary)
    shelves = [s for name, s in index.shelves.items() if documents is None or name in documents]
    hits = _hits(asked, index, shelves, documents, search)
    ranked = sorted(
        _candidates(asked, index, shelves, hits),
        key=lambda f: (not f.whole, -f.value),
    )
    kept = supported(asked, index, ranked, hits, limits)
    if not kept:
        return Narrative(best=None)
    best = kept[0]
    if other := in_other_passages(best, ranked):
        best = replace(best, evidence=replace(best.evidence, warnings=(*best.evidence.warnings, *other)))
    rivals: dict[str, Evidence] = {}
    for rival in kept[1:]:
        if rival.document != best.document and rival.whole and best.value - rival.value < _NEAR:
            rivals.setdefault(rival.document, rival.evidence)
    return Narrative(best=_with_corrections(best.evidence, asked), document=best.document, rivals=tuple(rivals.items()))


def find_passages(
    question: str, index: PassageIndex, documents: frozenset[str] | None = None, *, search: Search | None = None
) -> list[Hit]:
    """The passages that the answer to a question is looked for in, best first."""
    shelves = [s for name, s in index.shelves.items() if documents is None or name in documents]
    return _hits(ask(question, index.vocabulary), index, shelves, documents, search)


def _hits(
    asked: Asked, index: PassageIndex, shelves: list[Shelf], documents: frozenset[str] | None, search: Search | None
) -> list[Hit]:
    own = {t.stem for t in asked.terms}.union(asked.stems)
    wide = [s for s in wide_stems(asked, shelves) if s in own or index.idf(s) < index.idf("")]  # what no report says
    stems = [*wide, *(kin for t in asked.terms for kin in index.kin(t.stem))]
    found = (search or index.search)(list(dict.fromkeys(stems)), k=_PASSAGES, documents=documents, text=asked.text)
    if asked.kind not in _SORTS or index.meaning is None:
        return found
    # "¿desde cuándo…?": where a date stands in a report, the answer may; in bare text dates stand everywhere
    named = {shelf.document.id for shelf, _ in index.named(asked.text)}
    return sorted(
        found,
        key=lambda h: (
            bool(named) and h.passage.document.id not in named,
            -h.score - (_SORT if h.passage.chunk.section and holds(asked, h.passage.chunk.text) else 0.0),
        ),
    )


def _candidates(asked: Asked, index: PassageIndex, shelves: list[Shelf], hits: Sequence[Hit]) -> Iterable[Found]:
    yield from from_facts(asked, index, shelves)
    yield from from_heads(asked, shelves)
    yield from from_letters(asked, index, shelves)
    if asked.kind in {Kind.DEFINITION, Kind.ACRONYM, Kind.OPEN}:
        yield from from_definitions(asked, index, shelves)
    if not asks_to_define(asked.line):  # what "obligado" means is not told by what obliges the institution
        yield from from_sections(asked, index, hits)
    yield from from_sentences(asked, index, hits)


def wide_stems(asked: Asked, shelves: list[Shelf]) -> list[str]:
    """The stems to search with: those of the question, their synonyms, what its acronyms stand for and those of its names."""
    stems = [t.stem for t in asked.terms]
    wider = [s for t in stems for s in sorted(synonyms().get(t, ()))]
    meanings = [s for shelf in shelves for t in asked.terms for s in sorted(shelf.acronyms.get(t.word, ()))]
    said = frozenset(asked.stems)
    short = [a for shelf in shelves for a, meaning in shelf.acronyms.items() if len(meaning) > 1 and meaning <= said]
    named = _OF_SOURCES if asked.kind is Kind.SOURCE else ()  # "¿de dónde sale la plata?" holds no word of a report
    return list(dict.fromkeys([*stems, *wider, *meanings, *short, *asked.stems, *named]))


def _with_corrections(evidence: Evidence, asked: Asked) -> Evidence:
    if not asked.corrections:
        return evidence
    said = ", ".join(f"«{typed}» como «{meant}»" for typed, meant in asked.corrections)
    return replace(evidence, warnings=(*evidence.warnings, f"Leí {said}."))
