"""Standard sections of accountability reports: which heading is which, and how people ask for it. Data in TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.frame import is_frame
from index.text import STOPWORDS, stem, words

Phrase = tuple[str, ...]
_FILLING = frozenset(
    map(stem, ("principal", "principales", "institucional", "institucionales", "general", "nuestra", "nuestro"))
)
_DATIVE = frozenset({"le", "les"})
_PARTS = re.compile(r"\s+[yeYE]\s+|[,/;]")
_MARK = re.compile(r"^\s*(?:\d+(?:\.\d+)*|[IVXLC]+|[a-zA-Z])\s*[.)-]+\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Standard:
    """One standard section. `lead`: the sentence that introduces a list may name it too.

    headings: stems without small words. aliases: stems with them. said: headings and aliases as written. asks: how people ask, to be compared by meaning. spoken:
    aliases and asks of several words, folded: some reports take them for headings.
    """

    id: str
    headings: tuple[Phrase, ...]
    aliases: tuple[Phrase, ...]
    lead: bool
    said: tuple[str, ...]
    asks: tuple[str, ...]
    spoken: frozenset[str]

    def asked(self, question: Sequence[str]) -> frozenset[str]:
        """The stems of a question (small words included) that ask for this section, by heading words or aliases."""
        found: set[str] = set()
        for phrase in (*self.aliases, *self.headings):
            if _holds(question, phrase):
                found.update(phrase)
        return frozenset(found)


def _holds(question: Sequence[str], phrase: Phrase) -> bool:
    size = len(phrase)
    return any(tuple(question[i : i + size]) == phrase for i in range(len(question) - size + 1))


def phrase_stems(text: str) -> Phrase:
    """Stems of a text in order, small words included but for "le", which comes and goes ("a quién (le) sirve")."""
    return tuple(stem(w) for w in words(text) if w not in _DATIVE)


def content_stems(text: str) -> Phrase:
    """Stems of a text without stop words."""
    return tuple(stem(w) for w in words(text) if w not in STOPWORDS)


@lru_cache(maxsize=1)
def standards() -> tuple[Standard, ...]:
    """All standard sections, in the order of the data file."""
    data = tomllib.loads((files("index") / "data" / "headings.toml").read_text(encoding="utf-8"))
    return tuple(
        Standard(
            id=entry["id"],
            headings=tuple(content_stems(h) for h in entry["headings"]),
            aliases=tuple(phrase_stems(a) for a in entry["aliases"]),
            lead=entry.get("lead", False),
            said=tuple(dict.fromkeys((*entry["headings"], *entry["aliases"]))),
            asks=tuple(entry.get("asks", ())),
            spoken=frozenset(" ".join(words(a)) for a in (*entry["aliases"], *entry.get("asks", ())) if " " in a),
        )
        for entry in data["section"]
    )


@lru_cache(maxsize=64)
def alias_words(standard: Standard) -> Phrase:
    """Words of content in the aliases, each once: what is indexed with the section."""
    return tuple(
        dict.fromkeys(s for phrase in standard.aliases for s in phrase if s not in STOPWORDS and not is_frame(s))
    )


@lru_cache(maxsize=10_000)
def standard_of(heading: str) -> tuple[Standard, ...]:
    """The standard sections that a heading is: it says a heading phrase and nothing else of content.

    >>> [s.id for s in standard_of("2.1 Misión y visión institucional")]
    ['mision', 'vision']
    """
    whole = _MARK.sub("", heading)
    found: dict[str, Standard] = {}
    for part in (whole, *_PARTS.split(whole)):
        said = tuple(s for s in content_stems(part) if not s[:1].isdigit())
        bare = tuple(s for s in said if s not in _FILLING) or said
        found |= {s.id: s for s in standards() if any(p in (said, bare) for p in s.headings)}
    spoken = " ".join(w for w in words(whole) if not w[:1].isdigit())
    for standard in standards():  # "A quién sirve", "Qué se logró": a heading in everyday words
        if spoken in standard.spoken:
            found.setdefault(standard.id, standard)
    return tuple(found.values())


@lru_cache(maxsize=10_000)
def kindred_of(heading: str) -> tuple[Standard, ...]:
    """The standard sections that a heading begins with, whatever it says after that.

    >>> [s.id for s in kindred_of("Objetivos del plan de desarrollo")]
    ['objetivos']
    """
    whole = _MARK.sub("", heading)
    found = {s.id: s for s in standard_of(heading)}
    for part in (whole, *_PARTS.split(whole)):
        said = tuple(s for s in content_stems(part) if not s[:1].isdigit())
        for standard in standards():
            if any(said[: len(p)] == p for p in standard.headings if p):
                found.setdefault(standard.id, standard)
    return tuple(found.values())


@lru_cache(maxsize=10_000)
def standard_of_lead(lead: str) -> tuple[Standard, ...]:
    """The standard sections named by the sentence that introduces a list ("las principales funciones son:")."""
    said = frozenset(content_stems(lead))
    return tuple(s for s in standards() if s.lead and any(len(p) == 1 and p[0] in said for p in s.headings[:1]))
