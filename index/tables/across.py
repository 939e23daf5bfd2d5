"""Columns that are the sum of others in nearly every row: quarters and their year, initial plus changes less cuts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from index.model import Column, Role, Table
from index.tables.grid import key
from index.tables.wording import is_total_word

_SHARE = Decimal("0.8")  # of the rows: printed tables carry wrong cells
_FEWEST = 3  # rows that must bear it out; two where the header says that it is a total
_DIGITS = 8  # of those totals together, where the header says nothing: less may be chance
_SAMPLE = 300  # rows looked at
_TOLERANCE = Decimal("0.15")

Terms = tuple[tuple[int, int], ...]  # sign and column


def row_sums(table: Table) -> Iterator[tuple[int, Terms]]:
    """Each column that sums others, with the terms: the run right left of it, less its last one, or its like before."""
    columns = [c for c in table.columns if c.role is Role.NUMBER and c.unit not in ("%", "ratio")]
    rows = [
        [
            None if i >= len(row.cells) else _value(row.cells[i].text, row.cells[i].value)
            for i in range(len(table.columns))
        ]
        for row in table.rows[:_SAMPLE]
    ]
    known = [{c.index, *c.derived} for c in table.columns if c.derived]
    for column in columns:
        for terms, named in _candidates(columns, column):
            if {column.index, *(i for _, i in terms)} not in known and _holds(rows, column, terms, named=named):
                yield column.index, terms
                break


def _value(text: str, value: Decimal | None) -> Decimal | None:
    """The figure; 0 where none is printed; None where one is and cannot be read."""
    return Decimal(0) if value is None and not any(c.isdigit() for c in text) else value


def _candidates(columns: Sequence[Column], total: Column) -> Iterator[tuple[Terms, bool]]:
    """What a column may sum, and whether headers say so: its like under each group, or anything before a total."""
    before = [c for c in columns if c.index < total.index]
    said = any(is_total_word(part) for part in total.path)
    alike = [c for c in before if c.path and total.path and key(c.path[-1]) == key(total.path[-1])]
    measured = [c for c in before if c.measure is not None and c.measure == total.measure and c.level == total.level]
    for like, named in ((alike, True), (measured, said)):
        if len(like) > 1:
            yield tuple((1, c.index) for c in like), named
    for size in range(len(before), 1, -1):
        run = before[-size:]
        yield tuple((1, c.index) for c in run), said
        if size == 3:
            yield ((1, run[0].index), (1, run[1].index), (-1, run[2].index)), said
            yield ((1, run[0].index), (-1, run[1].index), (1, run[2].index)), said


def _holds(rows: Sequence[Sequence[Decimal | None]], total: Column, terms: Terms, *, named: bool) -> bool:
    """Whether nearly every row bears the sum out; without a word for it in the header, beyond chance."""
    told = held = digits = 0
    for row in rows:
        wanted, parts = row[total.index], [(sign, row[i]) for sign, i in terms]
        if not wanted or any(v is None for _, v in parts) or sum(bool(v) for _, v in parts) < 2:
            continue
        told += 1
        if abs(wanted - sum((sign * (v or 0) for sign, v in parts), Decimal(0))) <= _TOLERANCE:
            held += 1
            digits += len(str(abs(wanted)).strip("0."))
        elif told - held > 3 and held * 2 < told:
            return False  # no sum: the rest of the rows need not be asked
    return held >= (2 if named else _FEWEST) and held >= told * _SHARE and (named or digits >= _DIGITS)
