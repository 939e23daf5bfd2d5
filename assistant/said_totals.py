"""Totals that a question says in passing to name its table: "sus 40 millones", "la tabla que suma 152", "los 152 documentos"."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.numerals import read_number
from assistant.question import Analysis
from assistant.tokens import line_of
from index.model import RowKind
from tools.access import data_rows
from tools.catalogue import TableView

_SCALES = {"mil": 1_000, "millon": 1_000_000, "millones": 1_000_000}
_NUMBER = r"(?:[a-z]{1,3}\$? ?)??(?P<number>\d[\d.,]*)(?: (?P<scale>mil|millon(?:es)?))?"
_MONEY = (
    r"(?: de)?(?: (?:quetzales|lempiras|pesos|soles|colones|bolivianos|guaranies|dolares|cordobas|balboas|bolivares))?"
)
_SAID = (
    re.compile(rf"(?<!\S)(?:los|las|sus|esos|esas|estos|estas|dichos|dichas) {_NUMBER}{_MONEY}(?!\S)"),
    re.compile(
        r"(?<!\S)(?:que |cual )?(?:suma|sumaba|totaliza|totalizaba|da|arroja|asciende|llega|cierra|tiene|trae|con|cuyo|de)(?: (?:un|una|su|el|por))?(?: (?:total|suma|monto))?"
        rf"(?: (?:es|de|a|en|por))*(?: total)?(?: de| a)? {_NUMBER}{_MONEY}(?!\S)"
    ),
)
_LEAST = 20  # a smaller number counts rows, or is a code or a place


def said_totals(view: TableView, analysis: Analysis) -> frozenset[int]:
    """Positions of the words that say a total of the table, which no other number of the question may be."""
    line, starts = line_of(analysis.tokens)
    taken = {i for t in analysis.thresholds for i in t.tokens} | {i for _, used in analysis.periods for i in used}
    taken |= {i for c in (*analysis.codes, *analysis.tables) for i in c.tokens} | analysis.count_tokens
    found: set[int] = set()
    for pattern in _SAID:
        for match in pattern.finditer(line):
            words = {i for i, at in enumerate(starts) if match.start() <= at < match.end()}
            value = read_number(match["number"])
            if value is None or words & taken:
                continue
            scale = _SCALES.get(match["scale"] or "", 1)
            if value * scale >= _LEAST and _is_total(view, value, scale):
                found |= words
    return frozenset(found)


def _is_total(view: TableView, value: Decimal, scale: int) -> bool:
    """Whether a column adds up to it, to the digits said."""
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * scale
    return any(abs(total - value * scale) * 2 < (step if scale > 1 else 1) for total in _totals(view))


def _totals(view: TableView) -> set[Decimal]:
    rows = [r for r in view.table.rows if r.kind in (RowKind.TOTAL, RowKind.SUBTOTAL)]
    found = {v for r in rows for c in view.numbers if (v := r.cells[c.index].value) is not None}
    if not rows:
        for column in view.numbers:
            cells = [view.table.rows[r].cells[column.index].value for r in data_rows(view.table)]
            found.add(sum((v for v in cells if v is not None), Decimal(0)))
    return found
