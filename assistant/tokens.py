"""The words of a question, and which of them say something of what is asked."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from assistant.numerals import Token
from assistant.verbs import light_forms, request_forms
from index.frame import is_frame
from index.text import STOPWORDS, spans, stem


@lru_cache(maxsize=1)
def light_words() -> frozenset[str]:
    """Verbs and adverbs that say nothing of what is asked about."""
    raw = tomllib.loads(files("assistant").joinpath("data/operations.toml").read_text("utf-8"))
    return frozenset(raw["light"]["words"]) | light_forms()


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a question in order, each with whether it says something of its content."""
    found = spans(text)
    return tuple(
        Token(
            position=i,
            text=word,
            stem=stem(word),
            content=_counted(found, i) or (_says_something(word) and not _requests(found, i)),
            start=start,
            end=end,
        )
        for i, (word, start, end) in enumerate(found)
    )


def _says_something(word: str) -> bool:
    letter = len(word) == 1 and word.isalpha()
    return word not in STOPWORDS and not is_frame(word) and word not in light_words() and word != "%" and not letter


def _counted(found: list[tuple[str, int, int]], i: int) -> bool:
    """Whether a word is what "cuántos" counts: that one is never waved through ("¿cuántos años…?")."""
    return i > 0 and found[i - 1][0] in ("cuantos", "cuantas") and found[i][0] in ("anos", "cuentas", "numeros")


def _requests(found: list[tuple[str, int, int]], i: int) -> bool:
    """ "Precise…", "…y nombre los programas": a request, where a sentence starts; elsewhere it may name something."""
    starts = i == 0 or found[i - 1][0] in ("y", "favor", "porfa", "porfavor")
    return starts and found[i][0] in request_forms()


def line_of(tokens: tuple[Token, ...]) -> tuple[str, list[int]]:
    """The folded words joined by single blanks, and where each starts in that line."""
    starts, position = [], 0
    for token in tokens:
        starts.append(position)
        position += len(token.text) + 1
    return " ".join(t.text for t in tokens), starts
