"""Titles and lines that only say that a table goes on: "Cuadro 3 (continuación)", "Continúa…"."""

from __future__ import annotations

import re

from index.text import fold

_WORDS = r"(?:continua(?:cion|da)?|cont\.?|conclusion|concluye|sigue|viene)(?:\s+(?:de|en)\s+(?:la\s+)?(?:pagina|hoja)\s*\w*)?"
_MARK = re.compile(
    rf"[\s,;.:–—-]*[(\[]\s*{_WORDS}[\s.…]*[)\]]|(?:^|[,;.:–—-]\s*){_WORDS}[\s.…]*$|(?<=[,.:;–—-])\s*{_WORDS}[.:]"
    r"|\s+continuacion$"
)


def goes_on(text: str) -> bool:
    """Whether a line is nothing but such a mark."""
    return bool(_MARK.fullmatch(fold(text).strip(" -–—.…")))


def unmarked(title: str) -> str:
    """The folded title as at its first print, without such a mark."""
    return _MARK.sub(" ", fold(title)).strip(" .:–—-")


def same_title(first: str, second: str) -> bool:
    """Whether the second is the title of the first printed again, whole, or cut short and marked as going on.

    >>> same_title("Cuadro 3: Becas por nivel", "Cuadro 3 (continuación)")
    True
    """
    one, two = fold(first).strip(), fold(second).strip()
    cut = unmarked(second)
    marked = cut != two.strip(" .:–—-")
    return bool(cut) and (one in (two, cut) or (marked and _begins(one, cut)))


def _begins(title: str, start: str) -> bool:
    return title.startswith(start) and not title[len(start) : len(start) + 1].isalnum()
