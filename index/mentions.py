"""Where a question names the institution of a report: words that any passage of that report accounts for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.frame import DOCUMENT_STEMS
from index.text import STOPWORDS, stem, words


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """How one report can be named. aliases: runs of stems; head: the first word of the institution's name."""

    head: str
    own: frozenset[str]
    aliases: tuple[tuple[str, ...], ...]


def naming(institution: str, aliases: Sequence[str], acronyms: Sequence[str]) -> Naming:
    """The naming of a report from its institution, its short names and the acronyms of its name."""
    own = tuple(stem(w) for w in words(institution) if w not in STOPWORDS)
    short = tuple(tuple(stem(w) for w in words(a)) for a in (*aliases, *acronyms))
    return Naming(head=own[0] if own else "", own=frozenset(own), aliases=tuple(a for a in short if a))


def mentioned(asked: Sequence[str], name: Naming, *, proper: frozenset[str] = frozenset()) -> frozenset[int]:
    """Places of the words of a question that name the report.

    An alias counts alone; words of the full name count together: the first of them and another, or two others. proper:
    stems that name it alone, for they are written as names and no other report has them ("en Ybyraty").

    >>> sorted(mentioned(words("¿misión de la Secretaría de Pesca?"), naming("Secretaría de Pesca del Estado", (), ())))
    [3, 5]
    >>> sorted(mentioned(words("los puertos de pesca"), naming("Secretaría de Pesca del Estado", (), ())))
    []
    """
    stems = [stem(w) for w in asked]
    found: set[int] = set()
    for alias in name.aliases:
        for start in range(len(stems) - len(alias) + 1):
            if tuple(stems[start : start + len(alias)]) == alias:
                found.update(range(start, start + len(alias)))
    run: list[int] = []
    for place, word in enumerate([*asked, ""]):
        if word and stems[place] in name.own:
            run.append(place)
        elif word not in STOPWORDS or not word:
            said = {stems[i] for i in run}
            if (
                said & name.own & proper - DOCUMENT_STEMS
                or (name.head in said and (len(said) > 1 or len(name.own) <= 2))
                or len(said - DOCUMENT_STEMS) > 1
            ):
                found.update(run)
            run = []
    return frozenset(found)


def without(text: str, names: frozenset[str]) -> str:
    """The question without the words that name a report, when it says something else: any passage has those."""
    kept = [w for w in text.split() if not (stems := {stem(x) for x in words(w)}) or not stems <= names]
    return " ".join(kept) if any(stem(x) not in STOPWORDS for w in kept for x in words(w)) else text
