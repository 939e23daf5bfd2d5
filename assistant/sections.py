"""Questions that ask for a section or a list as a whole: mission, functions, objectives, achievements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.asking import Asked, Kind, Term, asked_things
from assistant.extract import holds, units
from assistant.found import Found, account, citation, periods_fit
from assistant.matching import explains
from assistant.model import Evidence
from index.headings import Standard, content_stems, phrase_stems, standard_of, standard_of_lead
from index.model import Chunk, ChunkKind
from index.search import Hit, PassageIndex
from index.shelves import Passage

_WHOLE = 0.5  # what fitting a heading adds to the rank of a section
_LITERAL = 0.2  # more when the question uses the heading's own words
_LEGS = 0.1
_LONGEST = 4000  # characters of an answer; what is beyond is told, not shown
_WHOM = re.compile(r"\b(?:a|para) quien(?:es)?\b")
_KINDS = frozenset({Kind.OPEN, Kind.CAUSE, Kind.LIST, Kind.LAW, Kind.DEFINITION, Kind.ACRONYM})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Target:
    """A part of a report that a question asks for: the passages under a heading, or one list by its lead."""

    passages: tuple[Passage, ...]
    known: frozenset[str]
    literal: float
    heading: str


def from_sections(asked: Asked, index: PassageIndex, hits: Sequence[Hit]) -> list[Found]:
    """Candidates among the sections and lists that the passages found stand in."""
    if asked.kind not in _KINDS:
        return []
    found: list[Found] = []
    seen: set[tuple[int, ...]] = set()
    top = hits[0].score if hits else 1.0
    for hit in hits:
        for target in _targets(asked, index, hit.passage):
            places = tuple(p.place for p in target.passages)
            if places in seen:
                continue
            seen.add(places)
            candidate = _found(asked, index, target, closeness=hit.score / top)
            if candidate is not None:
                found.append(candidate)
    return found


def _targets(asked: Asked, index: PassageIndex, passage: Passage) -> Iterable[_Target]:
    names = index.names_of(passage) - asked_things(asked)
    core = [t for t in asked.terms if not t.light and not explains(t.stem, names)]
    # "¿para quiénes son los productos?": no section but one that tells for whom, whatever it says of products
    whom = _WHOM.search(asked.line) is not None
    chunk = passage.chunk
    above: set[str] = set()
    for depth, heading in enumerate(passage.path, 1):
        words = frozenset(content_stems(heading))
        asked_for = _asked_for(asked, standard_of(heading)) | _said(asked, heading)
        above |= words | asked_for
        if _aims(core, asked_for, words, frozenset(above)) and (asked_for or not whom):
            below = tuple(p for p in index.shelves[chunk.document].passages if p.path[:depth] == passage.path[:depth])
            yield _Target(
                passages=below,
                known=frozenset(above) | names,
                literal=_literal(core, frozenset(above), words),
                heading=heading,
            )
    if chunk.items and chunk.lead:
        words = frozenset(content_stems(chunk.lead))
        asked_for = _asked_for(asked, standard_of_lead(chunk.lead))
        above |= words | asked_for
        if _aims(core, asked_for, words, frozenset(above)) and (asked_for or not whom):
            yield _Target(
                passages=(passage,),
                known=frozenset(above) | names,
                literal=_literal(core, words, words),
                heading=chunk.lead,
            )


def _said(asked: Asked, heading: str) -> frozenset[str]:
    """The stems of a heading that the question says whole, small words included ("A quién sirve")."""
    said = tuple(s for s in phrase_stems(heading) if not s[:1].isdigit())
    whole = len(said) > 1 and any(asked.stems[i : i + len(said)] == said for i in range(len(asked.stems)))
    return frozenset(said) if whole else frozenset()


def _asked_for(asked: Asked, standards: Iterable[Standard]) -> frozenset[str]:
    return frozenset(s for standard in standards for s in standard.asked(asked.stems))


def _aims(core: Sequence[Term], asked_for: frozenset[str], words: frozenset[str], above: frozenset[str]) -> bool:
    """Whether heading and headings above account for all that is asked, this heading for a part of it."""
    if not core:
        return bool(asked_for)
    here = words | asked_for
    return all(explains(t.stem, above) for t in core) and any(explains(t.stem, here) for t in core)


def _literal(core: Sequence[Term], above: frozenset[str], words: frozenset[str]) -> float:
    if not core or not any(t.stem in words for t in core):
        return 0.0
    return sum(t.stem in above for t in core) / len(core)


def _found(asked: Asked, index: PassageIndex, target: _Target, *, closeness: float) -> Found | None:
    shown = section_evidence(asked, target.passages)
    if shown is None:
        return None
    evidence, text = shown
    document = target.passages[0].document
    result = account(asked, target.known, index, periods_ok=periods_fit(asked, document, text))
    value = result.share + _WHOLE + _LITERAL * target.literal + _LEGS * closeness
    return Found(
        evidence=replace(evidence, explained=result.share, unexplained=result.unexplained),
        document=document.id,
        value=value,
        heading=target.heading if target.literal else "",
    )


def section_evidence(asked: Asked, passages: Sequence[Passage]) -> tuple[Evidence, str] | None:
    """Some passages of a report as an answer, and all their text; None when they hold nothing of the kind asked for."""
    chunks = [p.chunk for p in passages if p.chunk.kind is not ChunkKind.HEAD]
    if asked.kind is Kind.LIST and any(c.items for c in chunks):
        chunks = [c for c in chunks if c.items]
    if asked.kind is Kind.LAW:
        chunks = [c for c in chunks if any(holds(asked, u.text) for u in units(c))]
    if asked.kind is Kind.CAUSE and not any(holds(asked, u.text) for c in chunks for u in units(c)):
        return None
    if not chunks:
        return None
    shown, left_out = _fitting(chunks)
    document = passages[0].document
    evidence = Evidence(
        text="\n\n".join(_parts(asked, shown)),
        citations=tuple(
            citation(
                document, _body(asked, c), section=" › ".join(c.section) or None, page=c.pages[0] if c.pages else None
            )
            for c in shown
        ),
        warnings=(f"La sección sigue: {left_out} partes más que no se muestran.",) if left_out else (),
    )
    return evidence, " ".join(t for c in chunks for t in (*c.section, c.lead, c.text))


def _fitting(chunks: Sequence[Chunk]) -> tuple[list[Chunk], int]:
    shown: list[Chunk] = []
    length = 0
    for chunk in chunks:
        length += len(chunk.text)
        if shown and length > _LONGEST:
            break
        shown.append(chunk)
    return shown, len(chunks) - len(shown)


def _parts(asked: Asked, chunks: Sequence[Chunk]) -> list[str]:
    """The texts, each new sub-heading above its own."""
    several = len({c.section for c in chunks}) > 1
    parts: list[str] = []
    last: tuple[str, ...] | None = None
    for chunk in chunks:
        body = _body(asked, chunk)
        heading = chunk.section[-1] if several and chunk.section and chunk.section != last else ""
        parts.append(f"{heading}:\n{body}" if heading else body)
        last = chunk.section
    return parts


def _body(asked: Asked, chunk: Chunk) -> str:
    if asked.kind is Kind.LAW and not chunk.items:
        return " ".join(u.text for u in units(chunk) if holds(asked, u.text))
    if not chunk.items:
        return chunk.text
    listed = "\n".join(f"- {item}" for item in chunk.items)
    return f"{chunk.lead}\n{listed}" if chunk.lead else listed
