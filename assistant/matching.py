"""When a word of a question and the words of a report are one: same stem, another form, or a synonym."""

from __future__ import annotations

from assistant.asking import synonyms
from index.search import meets


def explains(term_stem: str, known: frozenset[str]) -> bool:
    """Whether some stems hold a word, another form of it or a synonym."""
    return meets(term_stem, known) or any(same in known for same in synonyms().get(term_stem, ()))
