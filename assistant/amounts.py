"""Figures inside prose: "(Q. 11,792.00)", "79 % de avance", "Q.40 millones", "dos roles". Never a number of another type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.asking import Asked, Kind
from assistant.matching import explains
from index.model import Document
from index.numbers import parse
from index.text import fold, stem, words
from tools.model import Figure

_SCALE = r"(?:\s*(?P<scale>mil(?:\s+millones)?|mill[oó]n(?:es)?)\b)?"
_DIGITS = r"(?P<n>\d[\d.,]*\d|\d)"
_NUMBER_WORDS = {
    word: n
    for n, word in enumerate(
        ("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece"), 1
    )
}
_PERCENT = re.compile(r"(?P<n>\d+(?:[.,]\d+)?)\s*(?:%|por\s?ciento)")
_MONEY = re.compile(rf"(?P<symbol>(?:US|RD|C)?\$|Q|L(?:ps)?|₡|Bs|S/|₲|Gs|B/\.)\s*\.?\s*{_DIGITS}{_SCALE}")
_COUNT = re.compile(
    rf"(?<![\w./,-])(?:{_DIGITS}|(?P<w>{'|'.join(_NUMBER_WORDS)})\b)(?![\w/%-]|[.,]\d){_SCALE}\s+(?:de\s+)?"
    r"(?P<noun>[^\W\d_]+(?:\s+[^\W\d_]+){0,2})",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?P<side>a|de|desde) cuant[oa] (?:bajo|subio|paso|cayo|disminuyo|aumento|crecio|(?:se )?redujo|llego)\b"
)
_FROM_TO = re.compile(r"\b(?:de|desde) (?P<de>\d[\d.,]*) (?:a|hasta) (?P<a>\d[\d.,]*\d|\d)\s*(?P<unit>%|[^\W\d_]+)")
_ANY = re.compile(r"(?<![\w/-])\d[\d.,]*(?![\w/-])")
# A clause ends at a comma, a semicolon or "y", but not inside a number in words ("noventa y dos") nor in digits.
_CLAUSE = re.compile(r"[;:]|,(?!\d)|(?<!treinta)(?<!enta)\s+(?:y|mientras|pero|frente a)\s+")
_SCALES = {"mil": 1_000, "millon": 1_000_000, "millones": 1_000_000, "mil millones": 1_000_000_000}
_SYMBOLS = {
    "q": "GTQ", "l": "HNL", "lps": "HNL", "₡": "CRC", "bs": "BOB", "s/": "PEN", "₲": "PYG", "gs": "PYG", "c$": "NIO",
    "rd$": "DOP", "b/": "PAB", "us$": "USD",
}  # fmt: skip
_CURRENCIES = {
    "quetzal": "GTQ", "lempira": "HNL", "colon": "CRC", "boliviano": "BOB", "sol": "PEN", "guarani": "PYG",
    "cordoba": "NIO", "balboa": "PAB", "dolar": "USD", "euro": "EUR",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class _Mention:
    """A number of the type asked for, where it stands, and what it is in."""

    start: int
    printed: str
    unit: str | None
    scale: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Amounts:
    """present: whether a text holds numbers of the type asked for. figures: those that answer, when that is decided.

    A number is left out when it can be read in two ways ("1.568" in a report without convention) or when another
    clause of the sentence speaks of what is asked as well: the sentence is quoted all the same.
    """

    present: bool
    figures: tuple[Figure, ...] = ()


def amounts(text: str, asked: Asked, document: Document, convention: str | None, label: str) -> Amounts:
    """The numbers of a sentence that are of the type asked for."""
    mentions = _typed(text, asked, document)
    if not mentions:
        return Amounts(present=False)
    found = []
    for mention in _nearest(text, mentions, [t.stem for t in asked.terms]):
        value = _value(mention.printed, convention)
        if value is not None:
            found.append(Figure(value=value * mention.scale, unit=mention.unit, label=label))
    return Amounts(present=True, figures=tuple(found))


def _typed(text: str, asked: Asked, document: Document) -> list[_Mention]:
    change = _CHANGE.search(asked.line)
    if change and asked.kind is Kind.AMOUNT and not asked.counted:
        which = "a" if change["side"] == "a" else "de"
        return [
            _Mention(start=m.start(which), printed=m[which], unit=m["unit"], scale=1) for m in _FROM_TO.finditer(text)
        ]
    if asked.kind is Kind.PERCENTAGE:
        return [_Mention(start=m.start(), printed=m["n"], unit="%", scale=1) for m in _PERCENT.finditer(text)]
    if asked.counted:
        return [
            _Mention(start=m.start(), printed=m["n"] or m["w"], unit=noun, scale=_scale(m))
            for m in _COUNT.finditer(text)
            if (noun := _noun(m["noun"], asked.counted))
        ]
    signed = [
        _Mention(start=m.start(), printed=m["n"], unit=_currency(m["symbol"], document), scale=_scale(m))
        for m in _MONEY.finditer(text)
    ]
    return signed or [
        _Mention(start=m.start(), printed=m["n"] or m["w"], unit=unit, scale=_scale(m))
        for m in _COUNT.finditer(text)
        if (unit := _worded(m["noun"], document)) is not None
    ]


def _nearest(text: str, mentions: Sequence[_Mention], stems: Sequence[str]) -> list[_Mention]:
    """The numbers of the clause that says most of what is asked; none when another clause says what that one does not."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(fold_same_length(text))), len(text)]
    clauses = [(a, b) for a, b in pairwise(cuts) if a < b and _has_number(text, a, b, mentions)]
    if len(clauses) < 2:
        return list(mentions)
    said = {clause: _said(text[clause[0] : clause[1]], stems) for clause in clauses}
    typed = [c for c in clauses if any(c[0] <= m.start < c[1] for m in mentions)]
    best = max(typed, key=lambda c: (len(said[c]), -c[0]))
    if any(not said[c] <= said[best] for c in clauses):
        return []
    return [m for m in mentions if any(c[0] <= m.start < c[1] for c in typed if said[c] == said[best])]


def _has_number(text: str, start: int, end: int, mentions: Sequence[_Mention]) -> bool:
    return bool(_ANY.search(text, start, end)) or any(start <= m.start < end for m in mentions)


def _said(clause: str, stems: Sequence[str]) -> frozenset[str]:
    known = frozenset(stem(w) for w in words(clause))
    return frozenset(s for s in stems if explains(s, known))


def fold_same_length(text: str) -> str:
    """The text in lower case, letter for letter, so that places stay the same."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _value(printed: str, convention: str | None) -> Decimal | None:
    word = _NUMBER_WORDS.get(printed.lower())
    return Decimal(word) if word is not None else parse(printed, convention).value


def _scale(match: re.Match[str]) -> int:
    return _SCALES.get(" ".join(fold(match["scale"] or "").split()), 1)


def _currency(symbol: str, document: Document) -> str | None:
    """The code of a sign; "$" is the currency of the document."""
    return _SYMBOLS.get(fold(symbol).strip(". ")) or document.currency


def _worded(after: str, document: Document) -> str | None:
    """The currency that the words after a number name ("pesos" is that of the document), None for other things."""
    for word in words(after)[:1]:
        name = re.sub(r"e?s$", "", word)
        if name == "peso":
            return document.currency or "pesos"
        code = _CURRENCIES.get(name) or _CURRENCIES.get(re.sub(r"s$", "", word))
        if code:
            return code
    return None


def _noun(after: str, counted: str) -> str | None:
    """The word among those after a number that is the thing counted."""
    return next((w for w in after.split()[:3] if explains(counted, frozenset({stem(fold(w))}))), None)
