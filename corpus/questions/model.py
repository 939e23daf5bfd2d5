"""One golden question, in the format that the evaluation reads."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

Figure = Decimal | int
Expected = Sequence[Figure | Sequence[Figure]]
Words = Sequence[str | Sequence[str]]

REFUSED = ("unanswerable", "ask-back")
NOT_COMPUTABLE = (
    "no se puede calcular",
    "no puede calcularse",
    "no es posible calcular",
    "sin meta",
    "no tenia meta",
    "no programad",
    "no estaba programad",
    "meta es 0",
    "meta de 0",
    "programado es 0",
    "vigente es 0",
    "codificado es 0",
    "definitivo es 0",
    "pia es 0",
    "no presupuestad",
    "division entre cero",
    "dividir entre cero",
)


def ask(
    question: str,
    kind: str,
    document: str = "",
    *,
    values: Expected = (),
    mentions: Words = (),
    forbids: Expected = (),
    history: Sequence[str] = (),
    documents: Sequence[str] = (),
) -> dict[str, Any]:
    """A question without its id. In `values` and `mentions` each item is required; a list inside means any of them."""
    expected: dict[str, Any] = {}
    if values:
        expected["values"] = [_figures(value) for value in values]
    if mentions:
        expected["mentions"] = [_words(item) for item in mentions]
    if kind == "unanswerable":
        expected["abstains"] = True
    if kind == "ask-back":
        expected["asks_back"] = True
    if forbids:
        expected["forbids"] = [_figures(value) for value in forbids]
    entry: dict[str, Any] = {"question": question, "kind": kind, "expected": expected}
    if history:
        entry["history"] = list(history)
    if documents:
        entry["documents"] = list(documents)
    if document:
        entry["evidence"] = {"document": document}
    return entry


def either_sign(value: Decimal) -> list[Decimal]:
    """A difference may be told with or without its sign."""
    return [value, -value]


def thousands(value: Decimal) -> list[Decimal]:
    """A figure printed in thousands may be told in units or as printed (then `in_thousands` must be mentioned)."""
    return [value * 1000, value]


def in_thousands(value: Decimal, separator: str = ".") -> list[str]:
    """What shows that the scale was seen: the word, or the figure in units."""
    return ["miles", "millones", f"{abs(value) * 1000:,.0f}".replace(",", separator)]


def _figures(value: Figure | Sequence[Figure]) -> Any:
    if isinstance(value, (Decimal, int)):
        return int(value) if value == int(value) else float(value)
    return [_figures(item) for item in value]


def _words(item: str | Sequence[str]) -> Any:
    if isinstance(item, str):
        bare = unicodedata.normalize("NFD", item)
        return "".join(c for c in bare if not unicodedata.combining(c))
    return [_words(word) for word in item]
