"""What the notes under a table say of its unit: of all of it, or of the one column or row that bears their mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARKED = re.compile(
    r"\s*(?P<mark>\(\d{1,2}\)|\d{1,2}[/)]|[a-z]/|\([a-z]\)|\*{1,4}|[¹²³⁴⁵†‡])\s*(?P<said>\S.*)", re.DOTALL
)


def general_notes(notes: Sequence[str], headers: Sequence[str], labels: Sequence[str]) -> list[str]:
    """Notes on the whole table: those without a mark, and those whose mark stands on no header and on no row."""
    found = []
    for note in notes:
        marked = _MARKED.fullmatch(note)
        if marked is None or not any(_bears(text, marked["mark"]) for text in (*headers, *labels)):
            found.append(note)
    return found


def notes_on(header: str, notes: Sequence[str]) -> str:
    """What the notes say whose marks a header bears; "" when none does."""
    found = [m for n in notes if (m := _MARKED.fullmatch(n)) is not None]
    return " ".join(m["said"] for m in found if _bears(header, m["mark"]))


def _bears(text: str, mark: str) -> bool:
    """Whether a text ends a word with a mark: "Devengado (1)", "Pagado*"; "1/" also as "(1)" and the other way."""
    if mark.startswith("*"):
        return re.search(rf"(?<!\*){re.escape(mark)}(?!\*)", text) is not None
    core = re.escape(mark.strip("()/"))
    return (
        re.search(rf"(?:\({core}\)|\b{core}/|{core}\))(?!\w)", text) is not None
        if mark[0] not in "¹²³⁴⁵†‡"
        else mark in text
    )
