"""The oracle's own reading of numbers. Whatever is doubtful is no number: the oracle only asks what it knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

_SHAPE = re.compile(
    r"(?P<open>\()?\s*(?P<minus>[-−–]\s*)?(?:[A-Z]{0,3}\.?\s?[$₡€]?|[QLS]\s?/?\.?)?\s*(?P<minus2>[-−–]\s*)?\*?"
    r"(?P<digits>\d+(?:[.,]\d+)*)\s*(?P<percent>%)?\s*(?P<close>\))?"
)
_SPACED = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")


def token(text: str) -> re.Match[str] | None:
    """The cell as one number, or None when it is anything else."""
    found = _SHAPE.fullmatch(_SPACED.sub("", text.strip()))
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    return found


def decimal_mark(texts: Iterable[str], *, sure: bool = False) -> str | None:
    """The decimal mark that the numbers of a column, table or report agree on; None when they are silent or differ.

    sure: only numbers that leave no doubt count (1.234,56 or 1,234,567).
    """
    votes = {vote for text in texts if (vote := _vote(text, sure=sure))}
    return votes.pop() if len(votes) == 1 else None


def _vote(text: str, *, sure: bool) -> str | None:
    match = token(text)
    marks = re.findall(r"[.,]", match["digits"]) if match else []
    if match is None or not marks:
        return None
    parts = re.split(r"[.,]", match["digits"])
    last = marks[-1]
    if len(set(marks)) == 2:
        return last
    if len(marks) > 1:
        return "," if last == "." else "."
    plain = len(parts[-1]) != 3 or len(parts[0]) > 3 or parts[0] == "0"
    return last if plain and not sure else None


def doubtful(text: str) -> bool:
    """Whether a number has one mark before three digits: 3.500 is one thing here and another there."""
    match = token(text)
    return match is not None and re.fullmatch(r"\d{1,3}[.,]\d{3}", match["digits"]) is not None


def number(text: str, mark: str | None) -> Decimal | None:
    """The number of a cell when the decimal mark is `mark`; None when the text does not obey it."""
    match = token(text)
    if match is None:
        return None
    digits = match["digits"]
    if re.search(r"[.,]", digits) and mark is None:
        return None
    mark = mark or "."
    thousands = "," if mark == "." else "."
    if not re.fullmatch(rf"(?:\d+|\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+)(?:{re.escape(mark)}\d+)?", digits):
        return None
    value = Decimal(digits.replace(thousands, "").replace(mark, "."))
    return -value if match["open"] or match["minus"] or match["minus2"] else value
