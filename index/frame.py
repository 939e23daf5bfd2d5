"""What a question wraps its content in: courtesy, letters of request, "según el informe". Data in data/frame.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from index.text import STOPWORDS, fold, stem, words

_TOKEN = re.compile(r"[^\W_]+(?:[-./'][^\W_]+)*", re.UNICODE)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((files("index") / "data" / "frame.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _phrases() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\S)(?:{phrase})(?!\S)") for phrase in _data()["phrases"])


def _stem_set(name: str) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in _data()[name])


FRAME_WORDS: frozenset[str] = frozenset(_data()["words"])
"""Folded words that say nothing of the content, form by form: "cual", "tiene", "podes", "dato"."""

DOCUMENT_STEMS: frozenset[str] = _stem_set("document_words")
"""Stems that name a report or its institution in general: any report accounts for them."""


def is_frame(word: str) -> bool:
    """Whether a folded word says nothing of the content of a question."""
    return word in FRAME_WORDS


PREAMBLE_WORDS: frozenset[str] = frozenset(fold(w) for w in _data()["preamble"]["words"])
"""Folded words with which people say who asks and why, before the question."""

_ASKS = r"(?:cu[aá]nt|cu[aá]l|qu[eé]\b|qui[eé]n|d[oó]nde|c[oó]mo|cu[aá]ndo)"
_LEADS = (
    re.compile(r"^\s*(?P<lead>[^¿?:;—–]{3,90}?)\s*(?::|—|–|,?\s(?=¿)|[,.]\s+)\s*(?P<rest>\S.*)$", re.DOTALL),
    re.compile(
        rf"^\s*(?P<lead>[^¿?:;]{{0,90}}?\b(?:pregunt|consult|pid|pide|solicit|quier|averigu)\w*(?:\s+(?:por carta|saber|si|que))*),?\s+(?P<rest>{_ASKS}.*)$",
        re.DOTALL | re.IGNORECASE,
    ),
)


def lead_of(text: str) -> tuple[str, str] | None:
    """What is said of the asker before the question, and the question; None when there is no such lead.

    >>> lead_of("Ando cerrando nota: ¿cuánto se ejecutó?")
    ('Ando cerrando nota', '¿cuánto se ejecutó?')
    """
    for pattern in _LEADS:
        match = pattern.match(text)
        if match is not None and only_about_asker(match["lead"]):
            return match["lead"], match["rest"]
    return None


def only_about_asker(text: str) -> bool:
    """Whether a piece of text says who asks, for what or with what courtesy, and nothing else ("lo pide el diputado")."""
    said = [w for w in words(text) if w not in STOPWORDS and not is_frame(w)]
    return bool(said) and all(w in PREAMBLE_WORDS for w in said)


_EXAMPLES = re.compile(
    r"\([^()]*\betc\.?\s*\)", re.IGNORECASE
)  # "(informes, memorias, etc.)": what is meant, by examples

_NAME = r"(?:(?:[A-ZÁÉÍÓÚÑ][\w.]*|de|la|del)\s*){1,6}"
_SIGNED = re.compile(  # "Atentamente, J. Paredes": who signs a letter
    rf"(?<=[.?!\s])(?:[Aa]tentamente|[Cc]ordialmente|[Rr]espetuosamente|[Ss]aludos(?: cordiales)?|[Aa]tte)\.?[,:]?\s*(?:{_NAME})?\.?\s*$"
)


def strip_frame(text: str) -> str:
    """The question without its courtesy and frame phrases, in its own spelling. Empty when nothing else is said.

    >>> strip_frame("Buenas tardes, quisiera saber cuál es la misión, según el informe. Gracias.")
    'cuál es la misión'
    """
    text = _SIGNED.sub("", _EXAMPLES.sub(" ", text))
    tokens = list(_TOKEN.finditer(text))
    folded = [fold(t.group()) for t in tokens]
    starts, position = [], 0
    for word in folded:
        starts.append(position)
        position += len(word) + 1
    line = " ".join(folded)
    dropped: set[int] = set()
    for phrase in _phrases():
        for match in phrase.finditer(line):
            inside = [i for i, start in enumerate(starts) if match.start() <= start < match.end()]
            if inside and tokens[inside[0]].group().endswith("ó"):
                continue  # "la cuota que solicitó": somebody else did, and nobody asks here
            if inside and _somebody_did(folded, inside[0]):
                continue
            dropped.update(inside)
    return _rejoin(text, tokens, dropped) if dropped else " ".join(text.split())


_ASKED = frozenset("que q cual cuales cuanto cuanta cuantos cuantas cuando".split())


def _somebody_did(words: Sequence[str], place: int) -> bool:
    """ "En qué mes la junta solicito más": typed without its accent, after who did it."""
    told = words[place] == "solicito" and place > 1 and words[place - 2] in ("el", "la", "los", "las")
    return (
        told
        and bool(_ASKED & set(words[: place - 2]))
        and words[place + 1 : place + 2] not in (["se"], ["me"], ["nos"])
    )


def _rejoin(text: str, tokens: list[re.Match[str]], dropped: set[int]) -> str:
    pieces: list[str] = []
    for i, token in enumerate(tokens):
        if i in dropped:
            continue
        end = tokens[i + 1].start() if i + 1 < len(tokens) else len(text)
        pieces.append(token.group() + text[token.end() : end])
        if i and i - 1 not in dropped:
            continue
        before = text[tokens[i - 1].end() : token.start()] if i else text[: token.start()]
        pieces[-1] = re.sub(r"[^¿\"«(% ]", "", before) + pieces[-1]  # "% de ejecución": the sign is a word
    joined = " ".join("".join(pieces).split())
    return joined.strip(" ,.;:-–—").strip()


def content_words(text: str) -> list[str]:
    """Folded words of a question that say something: no stop words, no frame words; in order, repeats kept."""
    return [w for w in words(text) if w not in STOPWORDS and not is_frame(w)]
