"""What a header says for certain of its level: "Ejecución" alone is money in one table and goals in the next."""

from __future__ import annotations

from functools import lru_cache

from index.lexicon import HeaderReading, contains, lexicon, phrase
from index.model import Level

LEVEL_BY_CONTEXT = frozenset({"ejecutado", "alcanzado", "programado"})  # words that both executions use


@lru_cache(maxsize=4096)
def names_level(path: tuple[str, ...]) -> bool:
    """Whether a header names money or goals itself, rather than by a word that both use."""
    stems = tuple(s for part in path for s in phrase(part))
    known = lexicon()
    return any(contains(stems, p) for group in (known.financial, known.physical) for p in group)


def firm_level(path: tuple[str, ...], reading: HeaderReading) -> Level | None:
    """The level of a header, None where only its table can tell."""
    return None if reading.measure in LEVEL_BY_CONTEXT and not names_level(path) else reading.level
