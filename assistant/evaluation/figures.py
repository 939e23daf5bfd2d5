"""The numbers that an answer shows in its text, read in its own convention.

Only figures count: the numbers that name something ("cuadro 3", "página 7", "2023", "11-02") are not figures, and a
judge that took them for one would call a wrong answer right.
"""

from __future__ import annotations

import re
from decimal import Decimal

from index.text import fold

_TOKEN = re.compile(
    r"(?P<neg>\(\s*(?=[a-z$₡€.\s]{0,5}[\d.,]+\s*%?\s*\))|(?<![\w.,])[-−–](?=[\da-z$₡€]))?"
    r"(?:(?:\b[a-z]{1,3}\.?|[$₡€])\s?)?"
    r"(?<!\d[.,])(?<!\d)(?P<number>\d+(?:[.,]\d+)*)(?P<after>\s*(?:%|millones|millon|mil)(?!\w))?"
)
_NAMES = (
    r"(?:cuadros?|tablas?|paginas?|pag|p|productos?|programas?|actividad(?:es)?|subproductos?|codigos?|graficas?|graficos?"
    r"|anexo|numeral|inciso|nota|fila|hoja|ejercicio|anos?|gestion|resolucion|memorando|oficio|acuerdo|categoria|renglon"
    r"|grupo|partida|no|n°|nº)\.?\s*"
)
_NAMED = re.compile(rf"\b{_NAMES}(?:n[o°º]\.?\s*)?$")
_LISTED = re.compile(rf"\b{_NAMES}[\d\s,.y-]*\d\s*(?:,|y)\s*$")
_MONTH = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
_DAY = re.compile(rf"\s+de\s+(?:{_MONTH})\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_POINT_FOR_THOUSANDS = frozenset({"ARS", "BOB", "BRL", "CLP", "COP", "CRC", "EUR", "PYG", "UYU", "VES"})
_SCALES = {"millones": Decimal(1_000_000), "millon": Decimal(1_000_000), "mil": Decimal(1000)}


def figures_in(text: str, units: frozenset[str] = frozenset()) -> tuple[Decimal, ...]:
    """The figures of an answer's text, left to right.

    units: those of the answer's values; a currency that is written 1.234,56 settles what the text leaves open.

    >>> figures_in("Ejecutó Q2,549,397.00 (95.49 %) en el cuadro 2, mayo de 2023; quedan (12) de 4 mil.")
    (Decimal('2549397.00'), Decimal('95.49'), Decimal('-12'), Decimal('4000'))
    """
    folded = fold(text).replace("*", "")
    matches = [m for m in _TOKEN.finditer(folded) if not _names_something(folded, m)]
    decimal_mark = _decimal_mark([m["number"] for m in matches], units)
    found: list[Decimal] = []
    for match in matches:
        value = read_number(match["number"], decimal_mark)
        if value is None:
            continue
        scale = _SCALES.get((match["after"] or "").strip(), Decimal(1))
        found.append(-value * scale if match["neg"] else value * scale)
    return tuple(found)


def _names_something(text: str, match: re.Match[str]) -> bool:
    start, end = match.span("number")
    before, after, number = text[:start], text[end:], match["number"]
    if after[:1].isalpha() or re.match(r"[-/]\w", after) or re.search(r"[\w][-/]$", before):
        return True  # 22-Monitoreo, 11-02, 4to
    if _NAMED.search(before) or _LISTED.search(before):
        return True
    if _YEAR.fullmatch(number) and not re.match(r"\s*(?:%|\w*s\b)", after) and not re.search(r"[a-z$]\.?$", before):
        return bool(re.search(r"\b(?:de|del|en|a|y|desde|hasta|[,(-])\s*$", before))
    return bool(number.isdigit() and len(number) <= 2 and _DAY.match(after))


def _decimal_mark(numbers: list[str], units: frozenset[str]) -> str | None:
    """The decimal mark, where the numbers themselves or the currency decide it, else None."""
    votes = {".": 0, ",": 0}
    for number in numbers:
        marks = re.findall(r"[.,]", number)
        if not marks:
            continue
        last, tail = marks[-1], number.rsplit(marks[-1], 1)[1]
        other = "," if last == "." else "."
        if len(set(marks)) == 2 or (len(marks) == 1 and len(tail) != 3):
            votes[last] += 1
        elif len(marks) > 1:
            votes[other] += 1
    if votes["."] != votes[","]:
        return max(votes, key=lambda mark: votes[mark])
    if units & _POINT_FOR_THOUSANDS:
        return ","
    return "." if any(len(unit) == 3 and unit.isupper() for unit in units) else None


def read_number(text: str, decimal_mark: str | None) -> Decimal | None:
    """One token as a number, or None when it fits no reading (1.23.4).

    Without a known mark, a single group of three digits is thousands: people write 1,500 for fifteen hundred.
    """
    marks = re.findall(r"[.,]", text)
    if not marks:
        return Decimal(text)
    if decimal_mark is None:
        last = marks[-1]
        grouped = len(set(marks)) == 1 and all(len(part) == 3 for part in re.split(r"[.,]", text)[1:])
        decimal_mark = ("," if last == "." else ".") if grouped else last
    thousands = "," if decimal_mark == "." else "."
    whole, _, tail = text.partition(decimal_mark)
    groups = whole.split(thousands)
    if not tail.isdigit() and tail:
        return None
    if len(groups) > 1 and (any(len(group) != 3 for group in groups[1:]) or len(groups[0]) > 3):
        return None
    return Decimal("".join(groups) + (f".{tail}" if tail else ""))
