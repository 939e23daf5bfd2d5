"""Everyday words and those of reports that say something like them. Data in data/everyday.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from index.text import stem, words


@lru_cache(maxsize=1)
def everyday() -> dict[str, frozenset[str]]:
    """By stem, the stems of the words that say something like it ("remedios": medicament, farmac…)."""
    data = tomllib.loads((files("index") / "data" / "everyday.toml").read_text(encoding="utf-8"))
    found: dict[str, frozenset[str]] = {}
    for group in data["groups"]:
        alike = frozenset(stem(word) for word in words(group))
        for one in alike:
            found[one] = found.get(one, frozenset()) | alike
    return found
