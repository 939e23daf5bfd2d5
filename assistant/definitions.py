"""What terms and acronyms stand for, and the acronym of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.asking import Asked, Kind
from assistant.found import KINDS_OF_REPORT, Found, account, citation, periods_fit
from assistant.model import Evidence
from index.acronyms import Definition
from index.headings import content_stems
from index.model import ChunkKind
from index.search import PassageIndex
from index.shelves import Shelf
from index.text import fold, words

_WHERE = frozenset(
    content_stems(
        "sigla siglas acronimo abreviatura aparece aparecen figura figuran usa usan menciona mencionan cuadro tabla reporte productos actividades programas"
    )
)
_CERTAIN = 0.8
_MOST = 0.6  # share of a name's words that must be said for its acronym to be meant


def from_definitions(asked: Asked, index: PassageIndex, shelves: Iterable[Shelf]) -> list[Found]:
    """Candidates among the definitions of some documents, one a document."""
    found = []
    for shelf in shelves:
        wanted = _of_terms(asked, shelf)
        if not wanted and asked.kind is Kind.ACRONYM:
            wanted = _of_names(asked, shelf)
        if wanted:
            found.append(_found(asked, index, shelf, wanted))
    return found


def _of_terms(asked: Asked, shelf: Shelf) -> list[Definition]:
    """Definitions whose term stands in the question. Outside questions of meaning it must be all of the question."""
    said = words(asked.subject or asked.line)
    line = f" {' '.join(said)} "
    found: dict[str, Definition] = {}
    for definition in shelf.definitions:
        term = " ".join(words(definition.term))
        if term and f" {term} " in line:
            found.setdefault(term, definition)
    if asked.kind is Kind.OPEN and len(said) != sum(len(t.split()) for t in found):
        return []
    return list(found.values())


def _of_names(asked: Asked, shelf: Shelf) -> list[Definition]:
    said = {t.stem for t in asked.terms} | set(content_stems(asked.subject))
    found = []
    for definition in shelf.definitions:
        meaning = set(content_stems(definition.meaning))
        if meaning and len(said & meaning) >= _MOST * len(meaning) and _is_acronym(definition.term):
            found.append((len(said & meaning) / len(meaning), definition))
    best = max((share for share, _ in found), default=0.0)
    return [definition for share, definition in found if share == best][:1]


def _is_acronym(term: str) -> bool:
    return bool(re.fullmatch(r"[^\W\d_&-]+(?:[&-][^\W\d_]+)*", term)) and term.upper() == term


def _found(asked: Asked, index: PassageIndex, shelf: Shelf, wanted: list[Definition]) -> Found:
    known = {s for d in wanted for text in (d.term, d.meaning) for s in content_stems(text)}
    known |= {fold(d.term) for d in wanted}
    known |= KINDS_OF_REPORT | _WHERE  # "¿qué significa PNN en la rendición de cuentas?"
    result = account(asked, frozenset(known) | shelf.names, index, periods_ok=periods_fit(asked, shelf.document, ""))
    listed = all(d.chunk.kind is ChunkKind.DEFINITIONS for d in wanted)
    return Found(
        evidence=Evidence(
            text="\n".join(f"{d.term}: {d.meaning}" for d in wanted),
            citations=tuple(
                citation(
                    shelf.document,
                    d.quote,
                    section=" › ".join(d.chunk.section) or None,
                    page=d.chunk.pages[0] if d.chunk.pages else None,
                )
                for d in wanted
            ),
            explained=result.share,
            unexplained=result.unexplained,
        ),
        document=shelf.document.id,
        value=result.share + _CERTAIN + (0.02 if listed else 0.0),
        by_key=True,
    )
