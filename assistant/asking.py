"""What a question about prose asks: its kind, its subject, its words of content, corrected where misspelt.

The wordings are data (data/narrative.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from index.frame import is_frame, strip_frame
from index.headings import phrase_stems
from index.model import Period
from index.periods import find_periods
from index.spelling import correct
from index.text import STOPWORDS, fold, spans, stem, words

_PUNCTUATION = re.compile(r"[¿?¡!\"'«»“”()\[\]:;]|[.,](?=\s|$)|\s[-–—]\s")
_COUNTED = re.compile(
    r"\bcuant(?:os|as|a) (?:de (?:los|las) )?(?P<noun>[a-z]+)|\b(?:cantidad|numero|total) de (?:los |las )?(?P<noun_after>[a-z]+)"
)
_NUMBERS = "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte"
_ASKED_FOR = re.compile(
    r"\b(?:que|cual|cuales)(?: (?:es|son|fue|fueron))?(?: (?:el|la|los|las))?(?: (?:otr[oa]s?|nuev[oa]s?|demas|(?:tipo|clase)s? de|\d+|"
    + _NUMBERS
    + r"))? "
    r"(?!(?:otr[oa]s?|nuev[oa]s?|demas|" + _NUMBERS + r")\b)([a-z]{4,})\b"
)
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")


class Kind(StrEnum):
    """What sort of thing must stand in the answer."""

    DEFINITION = "definition"  # what a term or acronym means
    ACRONYM = "acronym"  # the acronym of a name
    PERSON = "person"  # a person's name
    CAUSE = "cause"  # why something is or was so
    AGENT = "agent"  # a person or a body that does something
    POST = "post"  # the post of a person
    FREQUENCY = "frequency"  # how often
    HOUR = "hour"  # the time of a day
    PLACE = "place"
    SOURCE = "source"  # where money comes from
    DATE = "date"
    LAW = "law"
    PERCENTAGE = "percentage"
    AMOUNT = "amount"
    LIST = "list"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A word of content. light: a passage may answer without it ("realizó", "año")."""

    word: str
    stem: str
    light: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question about prose.

    text: the question without courtesy, corrected. line: the same folded, without punctuation. subject: what is asked about, for definitions.
    terms: words of content, those of the kind left out. stems: all stems in order, small words included.
    """

    text: str
    line: str
    kind: Kind
    subject: str
    counted: str  # for "¿cuántos X?", the stem of X; "" where money is asked for
    terms: tuple[Term, ...]
    stems: tuple[str, ...]
    periods: tuple[tuple[str, Period], ...]  # words of the question, and the period they name
    corrections: tuple[tuple[str, str], ...]  # typed, read as


@lru_cache(maxsize=1)
def narrative_data() -> dict[str, Any]:
    """The data file of narrative questions."""
    return tomllib.loads((files("assistant") / "data" / "narrative.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wording:
    """How one kind is asked for. words: those the pattern accounts for; nouns: but where they come after it; light:
    words that say little in such a question.
    """

    kind: Kind
    patterns: tuple[re.Pattern[str], ...]
    words: frozenset[str]
    nouns: frozenset[str]
    light: frozenset[str]


@lru_cache(maxsize=1)
def _wordings() -> tuple[_Wording, ...]:
    return tuple(
        _Wording(
            kind=Kind(entry["id"]),
            patterns=tuple(re.compile(p) for p in entry["patterns"]),
            words=frozenset(entry.get("words", ())),
            nouns=frozenset(entry.get("nouns", ())),
            light=frozenset(entry.get("light", ())),
        )
        for entry in narrative_data()["kind"]
    )


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    return frozenset(narrative_data()["light"]["words"])


@lru_cache(maxsize=1)
def synonyms() -> dict[str, frozenset[str]]:
    """Stems that mean the same, by stem."""
    found: dict[str, frozenset[str]] = {}
    for group in narrative_data()["synonyms"]["groups"]:
        same = frozenset(stem(w) for w in group)
        for one in same:
            found[one] = found.get(one, frozenset()) | same
    return found


def ask(question: str, vocabulary: Collection[str]) -> Asked:
    """Read a question. vocabulary: folded words of the reports, toward which typing errors are corrected."""
    text, corrections = _corrected(strip_frame(question), vocabulary)
    line = " ".join(_PUNCTUATION.sub(" ", fold(text)).split())
    kind, subject, accounted, light = _kind(line)
    periods, in_period = _periods(line)
    counted = _counted(line) if kind is Kind.AMOUNT else ""
    terms = content_terms(subject or line, without=accounted | in_period)
    return Asked(
        text=text,
        line=line,
        kind=kind,
        subject=subject,
        counted=counted,
        terms=tuple(replace(t, light=(t.light or t.word in light) and t.stem != counted) for t in terms),
        stems=phrase_stems(line),
        periods=periods,
        corrections=corrections,
    )


def focus_of(asked: Asked) -> str:
    """The thing asked for by its name ("¿qué marca…?", "¿cuáles son los riesgos…?"); "" when none is."""
    match = _ASKED_FOR.search(asked.line)
    return match[1] if match else ""


def asked_things(asked: Asked) -> frozenset[str]:
    """Its stem where several are asked for: "¿qué documentos elaboró…?" are things, one document is the report."""
    return frozenset({stem(focus)}) if (focus := focus_of(asked)).endswith("s") else frozenset()


def _counted(line: str) -> str:
    """The stem of the thing counted; "" for money and for "cuánto" alone."""
    match = _COUNTED.search(line)
    noun = (match["noun"] or match["noun_after"]) if match else ""
    if not noun or noun in narrative_data()["money"]["words"] or noun in STOPWORDS or is_frame(noun):
        return ""
    return stem(noun)


def content_terms(text: str, without: Collection[str] = ()) -> tuple[Term, ...]:
    """The words of content of a folded text, each once."""
    found: dict[str, Term] = {}
    for word in words(text):
        if word in STOPWORDS or is_frame(word) or word in without or (len(word) == 1 and not word.isdigit()):
            continue
        found.setdefault(stem(word), Term(word=word, stem=stem(word), light=word in _light()))
    return tuple(found.values())


def _kind(line: str) -> tuple[Kind, str, frozenset[str], frozenset[str]]:
    """The kind of a question, its subject, the words that its pattern accounts for and those that say little in it."""
    for wording in _wordings():
        for pattern in wording.patterns:
            match = pattern.search(line)
            if match:
                after = frozenset(words(line[match.end() :])) & wording.nouns  # "qué decreto aprobó el reglamento"
                return wording.kind, match.groupdict().get("subject") or "", wording.words - after, wording.light
    return Kind.OPEN, "", frozenset(), frozenset()


def _corrected(text: str, vocabulary: Collection[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    made: list[tuple[str, str]] = []

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        folded = fold(word)
        if folded in vocabulary or folded in STOPWORDS or is_frame(folded) or folded in _asking_words():
            return word
        better = correct(word, vocabulary) or correct(word, _asking_words())
        if better is None:
            return word
        made.append((word, better))
        return better

    return re.sub(r"[^\W\d_]+(?![\w-]*\d)", mend, text), tuple(made)


@lru_cache(maxsize=1)
def _asking_words() -> frozenset[str]:
    """Words of the wordings themselves: "sgnifica" is corrected although no report says it."""
    data = narrative_data()
    found = {w for entry in (*data["kind"], *data["fact"]) for w in entry.get("words", ())}
    return frozenset(found | set(_light()) | _PLAIN)


_PLAIN = frozenset(
    ("significa", "significan", "siglas", "acronimo", "abreviatura", "definicion", "significado", "destinatario")
)


def _periods(line: str) -> tuple[tuple[tuple[str, Period], ...], frozenset[str]]:
    """Periods the question names, and the words that name them; a year that is part of a code is none."""
    found: list[tuple[str, Period]] = []
    used: set[str] = set()
    tokens = spans(line)
    for mention in find_periods(line):
        inside = [w for w, start, end in tokens if start < mention.end and mention.start < end]
        if any("-" in w and not _YEAR_ALONE.match(w) for w in inside):
            continue
        found.append((line[mention.start : mention.end].strip(), mention.period))
        used.update(w for w in inside if w not in STOPWORDS)
    return tuple(found), frozenset(used)
