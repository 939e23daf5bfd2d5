"""Who is at the head of an institution: the post that a name carries, whatever the question calls it.

"¿Quién dirige el instituto?", "¿quién es la titular?" are answered by "Ana Vega, directora ejecutiva": a post of the whole
institution. A post of a part of it ("jefe de finanzas") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.asking import Asked, Kind
from assistant.found import Found, citation, periods_fit
from assistant.matching import explains
from assistant.model import Evidence
from index.frame import DOCUMENT_STEMS
from index.headings import content_stems
from index.model import ChunkKind, Citation
from index.shelves import Shelf
from index.text import fold, stem

_HEADS = (
    r"director[a]?|alcald(?:e|esa)|ministr[oa]|president[ea]|secretari[oa]|superintendent[ea]|rector[a]?|gerent[ea]"
    r"|intendent[ea]|comisionad[oa]|contralor[a]?|procurador[a]?|prefect[oa]|gobernador[a]?|titular|jef[ea]|administrador[a]?"
)
_NAME = r"(?:[A-ZÁÉÍÓÚÑ][\wáéíóúüñ]+\.?\s+){1,4}[A-ZÁÉÍÓÚÑ][\wáéíóúüñ]+"
_AFTER = re.compile(rf"(?P<name>{_NAME}),\s+(?:el\s+|la\s+)?(?P<post>(?i:{_HEADS})\b[^,.;:\n]*)")
_BEFORE = re.compile(rf"^(?P<post>(?i:{_HEADS})\b[^,.;:\n]{{0,40}}):\s+(?P<name>{_NAME})", re.MULTILINE)
_CLAUSE = re.compile(r"[.,:;\n]|\by\b")
_BEFORE_NAME = 2  # words of its clause that may stand before a name that signs ("Firma Lic. Ana Vega, directora")
_WHOLE = frozenset(
    map(stem, ("ejecutivo", "ejecutiva", "general", "nacional", "municipal", "institucional", "interino", "interina"))
)
SIGNING = frozenset({"firma", "elaborado por", "revisado por", "aprobado por"})
LEADS = frozenset(  # stems of heading an institution

    map(
        stem,
        (
            "dirige", "dirigen", "lidera", "encabeza", "preside", "gobierna", "comanda", "jefe", "jefa", "titular",
            "cabeza", "autoridad", "maxima", "mando", "frente", "responsable", "cargo",
        ),
    )
)  # fmt: skip


def from_heads(asked: Asked, shelves: Iterable[Shelf]) -> list[Found]:
    """Candidates for who is at the head of an institution, when that is all that is asked."""
    if asked.kind not in {Kind.PERSON, Kind.AGENT}:
        return []
    found = []
    for shelf in shelves:
        left = [t for t in asked.terms if not t.light and not explains(t.stem, shelf.names)]
        if not any(t.stem in LEADS for t in asked.terms) or any(t.stem not in LEADS for t in left):
            continue
        told = list(_told(shelf))
        if not told or not periods_fit(asked, shelf.document, " ".join(c.text for c in told)):
            continue
        text = "\n".join(dict.fromkeys(c.text for c in told))
        evidence = Evidence(text=text, citations=tuple(told), explained=1.0)
        found.append(Found(evidence=evidence, document=shelf.document.id, value=2.0, by_key=True))
    return found


def _told(shelf: Shelf) -> Iterator[Citation]:
    seen: set[str] = set()
    for passage in shelf.passages:
        chunk = passage.chunk
        if chunk.kind is ChunkKind.HEAD:  # whom a letter is sent to heads another office
            continue
        text = "\n".join((chunk.text, *chunk.items))
        for match in (*_AFTER.finditer(text), *_BEFORE.finditer(text)):
            if len(_CLAUSE.split(text[: match.start()])[-1].split()) > _BEFORE_NAME:
                continue  # "la obra fue recibida por Ana Vega, ministra": told of somebody in passing
            said = f"{match['name']}, {match['post'].strip().lower()}"
            if fold(match["name"]) in seen or not _of_the_whole(match["post"], shelf):
                continue
            seen.add(fold(match["name"]))
            page = chunk.pages[0] if chunk.pages else None
            yield citation(shelf.document, said, section=" › ".join(chunk.section) or None, page=page)
    for fact in shelf.facts:  # who signs the report
        heads = fact.key in SIGNING and re.match(rf"(?:{_HEADS})\b", fold(fact.detail)) is not None
        if heads and fold(fact.value) not in seen and _of_the_whole(fact.detail, shelf):
            seen.add(fold(fact.value))
            yield citation(shelf.document, f"{fact.value}, {fact.detail.lower()}", section=None, page=fact.page)


def _of_the_whole(post: str, shelf: Shelf) -> bool:
    """Whether a post is one of the institution, not of a part of it."""
    rest = content_stems(post)[1:]
    return all(s in _WHOLE or s in shelf.names or s in DOCUMENT_STEMS for s in rest)
