"""Country and currency of a report, from what it mentions. The evidence is data: `data/countries.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from index.text import fold

# What one mention weighs, and how many mentions of one word count.
_WEIGHTS = {"formal": 4.0, "names": 2.0, "people": 1.5, "places": 1.5, "money": 3.0, "systems": 3.0, "offices": 2.0, "shared": 0.5, "sign": 2.0}  # fmt: skip
_AT_MOST = 3
_STRONG = frozenset(("formal", "names", "money"))
_ENOUGH = 3.0  # least evidence for a country
_LEAD = 1.6  # times the evidence of the next country
_DOTTED = re.compile(r"\b(?:[A-Z]\.){3,}")  # R.A.F.A.M.
_PREFIXES = frozenset(("republica", "gobierno", "congreso", "constitucion", "estado", "presidencia"))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Data:
    phrases: Mapping[tuple[str, ...], tuple[tuple[str, str], ...]]  # folded words → (country, kind of evidence)
    systems: Mapping[str, str]  # acronym as printed → country
    signs: Mapping[str, str]  # money sign → country
    currency: Mapping[str, str]  # country → its currency
    words: Mapping[str, str]  # money word → currency
    sign_money: Mapping[str, str]  # money sign → currency
    local_words: Mapping[str, frozenset[str]]
    local_signs: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def _data() -> _Data:
    raw = tomllib.loads((files("index") / "data" / "countries.toml").read_text(encoding="utf-8"))
    phrases: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    systems: dict[str, str] = {}
    signs: dict[str, str] = {}
    words = dict(raw["currency"]["words"])
    sign_money = dict(raw["currency"]["signs"])
    for country in raw["country"]:
        iso = country["iso"]
        for kind in ("names", "people", "places", "money", "offices", "shared"):
            for phrase in country.get(kind, ()):
                phrases.setdefault(tuple(re.findall(r"\w+", fold(phrase))), []).append((iso, kind))
        systems |= dict.fromkeys(country["systems"], iso)
        signs |= dict.fromkeys(country.get("signs", ()), iso)
        words |= dict.fromkeys(country["money"], country["currency"])
        sign_money |= dict.fromkeys(country.get("signs", ()), country["currency"])
    return _Data(
        phrases={k: tuple(v) for k, v in phrases.items()},
        systems=systems,
        signs=signs,
        currency={c["iso"]: c["currency"] for c in raw["country"]},
        words=words,
        sign_money=sign_money,
        local_words={k: frozenset(v) for k, v in raw["currency"]["local_words"].items()},
        local_signs={k: frozenset(v) for k, v in raw["currency"]["local_signs"].items()},
    )


def country_of(texts: Iterable[str]) -> str | None:
    """ISO 3166 code of the country that the texts clearly speak from; None when the evidence is thin or divided.

    >>> country_of(["Congreso de la República de Guatemala", "(En Quetzales)"])
    'GT'
    """
    seen = _evidence(texts)
    scores: dict[str, float] = {}
    for (iso, kind, _), times in seen.items():
        scores[iso] = scores.get(iso, 0.0) + _WEIGHTS[kind] * min(times, _AT_MOST)
    ranking = sorted(scores.items(), key=lambda pair: -pair[1])
    if not ranking or ranking[0][1] < _ENOUGH:
        return None
    if len(ranking) > 1 and ranking[0][1] < _LEAD * ranking[1][1]:
        return None
    best = ranking[0][0]
    # A place may be a surname and a sign a letter: one word of those alone is no evidence.
    words = {(kind, word) for iso, kind, word in seen if iso == best}
    return best if len(words) > 1 or any(kind in _STRONG for kind, _ in words) else None


def _evidence(texts: Iterable[str]) -> Counter[tuple[str, str, str]]:
    """(country, kind, word) → how often it is said."""
    data = _data()
    seen: Counter[tuple[str, str, str]] = Counter()
    for text in texts:
        found = re.findall(r"\w+", fold(text))
        for at in range(len(found)):
            match = next((p for n in range(7, 0, -1) if (p := tuple(found[at : at + n])) in data.phrases), None)
            if match is None:
                continue
            for iso, kind in data.phrases[match]:
                formal = kind == "names" and bool(_PREFIXES & set(found[max(at - 3, 0) : at]))
                seen[iso, "formal" if formal else kind, " ".join(match)] += 1
        plain = _DOTTED.sub(lambda m: m.group().replace(".", ""), text)
        for acronym in re.findall(r"\b[A-Za-z][A-Z]{2,}(?:-[A-Z]{2})?\b", plain):
            if acronym in data.systems:
                seen[data.systems[acronym], "systems", acronym] += 1
        for sign in _signs(text):
            if sign in data.signs:
                seen[data.signs[sign], "sign", sign] += 1
    return seen


@lru_cache(maxsize=1)
def _sign_pattern() -> re.Pattern[str]:
    data = _data()
    signs = sorted({*data.sign_money, *data.local_signs}, key=len, reverse=True)
    return re.compile(r"(?<![\w$])(" + "|".join(re.escape(s) for s in signs) + r")\.?\s?(?=\d)")


def _signs(text: str) -> list[str]:
    return _sign_pattern().findall(text)


def currency_of(units: Iterable[str], texts: Iterable[str], country: str | None) -> str | None:
    """ISO 4217 code of the money of the report; None when nothing tells.

    units: captions, unit lines and headers, which decide alone when they agree. texts: the rest. Without any mention
    of money the currency is the country's.
    """
    stated = currency_mentions(units, country)
    if len(stated) == 1:
        return next(iter(stated))
    mentioned = stated + currency_mentions(texts, country)
    own = _data().currency.get(country or "")
    if own and (not mentioned or mentioned[own] * 2 >= max(mentioned.values())):
        return own
    ranking = mentioned.most_common(2)
    if ranking and (len(ranking) == 1 or ranking[0][1] >= 2 * ranking[1][1]):
        return ranking[0][0]
    return None


def is_country(text: str) -> bool:
    """Whether a text is the name of a country of the data, and nothing else."""
    key = tuple(re.findall(r"\w+", fold(text)))
    return any(kind == "names" for _, kind in _data().phrases.get(key, ()))


def currency_mentions(texts: Iterable[str], country: str | None) -> Counter[str]:
    """How often each currency is named, by word or by the sign before a figure."""
    data = _data()
    found: Counter[str] = Counter()
    for text in texts:
        folded = fold(text)
        for word, code in data.words.items():
            found[code] += len(re.findall(rf"\b{word}\b", folded))
        for word, countries in data.local_words.items():
            if country in countries and country:
                found[data.currency[country]] += len(re.findall(rf"\b{word}\b", folded))
        for sign in _signs(text):
            if sign in data.sign_money:
                found[data.sign_money[sign]] += 1
            elif country and country in data.local_signs.get(sign, frozenset()):
                found[data.currency[country]] += 1
    return +found
