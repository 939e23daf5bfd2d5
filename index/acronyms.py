"""What acronyms stand for: from tables of acronyms and from prose ("Nombre Completo (NC)", "Nombre Completo –NC-")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.model import Chunk, ChunkKind
from index.text import fold

_SMALL = frozenset("de del la las los el y e en para por a al con".split())
_ACRONYM = r"[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ&-]{0,10}[A-ZÁÉÍÓÚÑ]"
_AFTER_NAME = re.compile(
    rf"(?:\(\s*(?P<a>{_ACRONYM})(?:\s*,[^)]*)?\s*\)|[–—-]\s*(?P<b>{_ACRONYM})\s*(?:[-–—»”\"]|$|(?=[\s,;.])))"
)
_BEFORE_NAME = re.compile(rf"\b(?P<a>{_ACRONYM})\s*\((?P<name>[A-ZÁÉÍÓÚÑ][^()]{{6,120}})\)")
_COLON_NAME = re.compile(rf"\b(?P<a>{_ACRONYM})\s*[:=]\s*(?P<name>[^\W\d_][^():.;=]{{6,120}})")  # "PIA: Presupuesto…"
_NAME_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """What a term stands for in one document, and the words that say so."""

    term: str
    meaning: str
    quote: str
    chunk: Chunk


def definitions(chunks: Iterable[Chunk]) -> tuple[Definition, ...]:
    """Every definition of some chunks: those of acronym tables and glossaries first, each (term, meaning) once."""
    found: dict[tuple[str, str], Definition] = {}
    ordered = sorted(chunks, key=lambda c: c.kind is not ChunkKind.DEFINITIONS)
    for chunk in ordered:
        listed = _listed(chunk) if chunk.kind is ChunkKind.DEFINITIONS else _in_prose(chunk)
        for definition in listed:
            found.setdefault((fold(definition.term), fold(definition.meaning)), definition)
    return tuple(found.values())


def _listed(chunk: Chunk) -> Iterable[Definition]:
    for item in chunk.items:
        term, colon, meaning = item.partition(":")
        if colon and term.strip() and meaning.strip():
            yield Definition(term=term.strip(), meaning=meaning.strip(), quote=item, chunk=chunk)


def _in_prose(chunk: Chunk) -> Iterable[Definition]:
    for text in passages(chunk):
        for match in _AFTER_NAME.finditer(text):
            acronym = match["a"] or match["b"]
            name = _name_before(text[: match.start()], acronym, bracketed=match["a"] is not None)
            if name:
                yield Definition(
                    term=acronym,
                    meaning=name,
                    quote=text[text.rfind(name, 0, match.start()) : match.end()].strip(),
                    chunk=chunk,
                )
        for match in (*_BEFORE_NAME.finditer(text), *_COLON_NAME.finditer(text)):
            if stands_for(match["a"], _NAME_WORD.findall(match["name"])):
                yield Definition(term=match["a"], meaning=match["name"].strip(), quote=match.group(), chunk=chunk)


def passages(chunk: Chunk) -> tuple[str, ...]:
    """The texts of a chunk: the lead and each item of a list, else the text."""
    return tuple(t for t in ((chunk.lead, *chunk.items) if chunk.items else (chunk.text,)) if t)


def _name_before(text: str, acronym: str, *, bracketed: bool) -> str | None:
    """The shortest run of words before an acronym whose initials give it, from a capital letter on.

    Between brackets the name may start small; before a dash inside quotation marks the whole quotation is the name.
    """
    quoted = re.search(r"[«“]([^«»“”]{6,120})$", text)
    if quoted:
        return quoted[1].strip(" ,–—-")
    clause = re.split(r"[.;:()]\s|[\n]", text)[-1]
    found = list(_NAME_WORD.finditer(clause))
    for start in range(len(found) - 2, max(-1, len(found) - 2 * len(acronym) - 6), -1):
        first = found[start].group()
        if fold(first) in _SMALL or not (first[0].isupper() or bracketed):
            continue
        if stands_for(acronym, [w.group() for w in found[start:]]):
            return clause[found[start].start() :].strip(' ,–—-«»"“”')
    return None


def stands_for(acronym: str, name: list[str]) -> bool:
    """Whether an acronym's letters are read off a name in order, each word of weight giving one at least.

    >>> stands_for("SIAFI", ["Sistema", "Integral", "de", "Administración", "Financiera"])
    True
    """
    letters = fold(re.sub(r"[^\w]", "", acronym))
    parts = [fold(word) for word in name]
    return len([p for p in parts if p not in _SMALL]) > 1 and _reads(letters, parts)


def _reads(letters: str, parts: list[str]) -> bool:
    if not parts:
        return not letters
    head, rest = parts[0], parts[1:]
    if head in _SMALL and (_reads(letters, rest) or (not letters and len(rest) <= 3)):
        return True  # "Secretaría de Energía del Estado (SE)": the complement gives no letter
    if not letters or head[0] != letters[0]:
        return False
    taken = 0
    while taken < len(letters) and taken < len(head) and head[taken] == letters[taken]:
        taken += 1
        if _reads(letters[taken:], rest):
            return True
    return not rest and len(letters) - taken <= 2 and _scattered(letters[taken:], head[taken:])


def _scattered(letters: str, word: str) -> bool:
    position = 0
    for letter in letters:
        position = word.find(letter, position) + 1
        if position == 0:
            return False
    return True
