"""The same figure in two tables of a report: same row, same measure, same period."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from index.model import Column, RowKind
from index.text import fold
from tools.access import total_row
from tools.reconcile import phrases
from tools.reconcile.columns import is_percent
from tools.reconcile.model import Check, CheckKind, CheckStatus, Spot
from tools.reconcile.sheet import CENTS, Sheet
from tools.table_periods import row_periods

_NEAR = Decimal("0.1")  # figures that miss by more speak of different things
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """One figure printed twice."""

    row: int
    column: int
    other_row: int
    other_column: int


def table_checks(sheets: Sequence[Sheet]) -> list[Check]:
    """For each two tables that speak of the same things: where they agree, and each figure where they do not."""
    checks: list[Check] = []
    for one, two in combinations(sheets, 2):
        if _years(one) == _years(two):
            checks += _compare(one, two)
    return checks


def _years(sheet: Sheet) -> frozenset[str]:
    """Years the caption names: tables of different years do not tell the same figure."""
    return frozenset(_YEAR.findall(sheet.view.table.caption))


def _compare(one: Sheet, two: Sheet) -> list[Check]:
    rows = _shared_rows(one, two)
    columns = _shared_columns(one, two)
    pairs = [
        _Pair(row=a, column=c.index, other_row=b, other_column=d.index)
        for a, b in rows
        for c, d in columns
        if one.value(a, c.index) is not None and two.value(b, d.index) is not None
    ]
    telling = [p for p in pairs if one.value(p.row, p.column) or two.value(p.other_row, p.other_column)]
    if not telling or sum(_near(one, two, p) for p in telling) * 2 < len(telling):
        return []
    checks = []
    for c, d in columns:
        mine = [p for p in pairs if (p.column, p.other_column) == (c.index, d.index)]
        same = [p for p in mine if _same(one, two, p)]
        checks += [_differs(one, two, p) for p in mine if not _same(one, two, p)]
        if any(one.value(p.row, p.column) for p in same):
            checks.append(_agrees(one, two, same))
    return checks


def _shared_rows(one: Sheet, two: Sheet) -> list[tuple[int, int]]:
    """Rows of the same name, each unique in its table; the totals when the tables share most of their rows."""
    left, right = _row_keys(one), _row_keys(two)
    shared = [(left[k], right[k]) for k in left if k in right and _same_code(one, two, left[k], right[k])]
    first, second = total_row(one.view.table), total_row(two.view.table)
    if first and second and len(shared) >= 2 and len(shared) * 2 >= max(len(left), len(right)):
        shared.append((first.index, second.index))
    return shared


def _row_keys(sheet: Sheet) -> dict[Hashable, int]:
    found: dict[Hashable, list[int]] = {}
    dated = row_periods(sheet.view)
    for row in sheet.rows:
        if row.kind is RowKind.TOTAL or not row.label:
            continue
        key: Hashable = dated.get(row.index) or fold(row.label).strip(" .:*")
        found.setdefault(key, []).append(row.index)
    return {key: rows[0] for key, rows in found.items() if len(rows) == 1}


def _same_code(one: Sheet, two: Sheet, row: int, other: int) -> bool:
    codes = {one.view.table.rows[row].code, two.view.table.rows[other].code} - {None}
    return len(codes) < 2


def _shared_columns(one: Sheet, two: Sheet) -> list[tuple[Column, Column]]:
    left, right = _column_keys(one), _column_keys(two)
    return [(left[k], right[k]) for k in left if k in right]


def _column_keys(sheet: Sheet) -> dict[Hashable, Column]:
    """Columns by what they measure; by their header where two measure the same or the measure is unknown."""
    found: dict[Hashable, list[Column]] = {}
    context = sheet.view.table.period or sheet.view.document.period
    for column in sheet.numbers:
        if is_percent(column) or column.measure in (None, "diferencia", "presupuesto"):
            continue
        period = column.period or context
        found.setdefault((column.measure, column.level, period, column.accumulated, column.unit), []).append(column)
    return {key: columns[0] for key, columns in found.items() if len(columns) == 1}


def _limit(one: Sheet, two: Sheet, pair: _Pair) -> Decimal:
    return max(CENTS, one.slack(pair.row, pair.column) + two.slack(pair.other_row, pair.other_column))


def _values(one: Sheet, two: Sheet, pair: _Pair) -> tuple[Decimal, Decimal]:
    first, second = one.value(pair.row, pair.column), two.value(pair.other_row, pair.other_column)
    assert first is not None
    assert second is not None
    return first, second


def _same(one: Sheet, two: Sheet, pair: _Pair) -> bool:
    first, second = _values(one, two, pair)
    return abs(first - second) <= _limit(one, two, pair)


def _near(one: Sheet, two: Sheet, pair: _Pair) -> bool:
    first, second = _values(one, two, pair)
    return abs(first - second) <= max(abs(first), abs(second)) * _NEAR


def _differs(one: Sheet, two: Sheet, pair: _Pair) -> Check:
    first, second = _values(one, two, pair)
    row, column, other = one.row(pair.row), one.column(pair.column), two.column(pair.other_column)
    return Check(
        kind=CheckKind.TABLES,
        status=CheckStatus.MISMATCH,
        tables=(one.view.table.name, two.view.table.name),
        where=phrases.place(row, column),
        text=phrases.differs_between(
            row,
            columns=(column, other),
            shown=(one.show(pair.row, pair.column, first), two.show(pair.other_row, pair.other_column, second)),
            tables=(one.name, two.name),
            gap=one.plain(pair.row, pair.column, abs(first - second)),
        ),
        figures=(one.own(pair.row, pair.column), two.own(pair.other_row, pair.other_column)),
        gap=first - second,
        citations=(one.cite(pair.row, pair.column), two.cite(pair.other_row, pair.other_column)),
        spots=tuple(_spots(one, two, [pair])),
        brief=phrases.also_differs(
            row,
            one.plain(pair.row, pair.column, first),
            two.plain(pair.other_row, pair.other_column, second),
        ),
    )  # fmt: skip


def _agrees(one: Sheet, two: Sheet, same: Sequence[_Pair]) -> Check:
    pair = next(p for p in same if one.value(p.row, p.column))
    column, other = one.column(pair.column), two.column(pair.other_column)
    return Check(
        kind=CheckKind.TABLES,
        status=CheckStatus.VERIFIED,
        tables=(one.view.table.name, two.view.table.name),
        where=phrases.whole_column(column),
        text=phrases.same_in_both(
            f"«{one.row(pair.row)}»", column, other, count=len(same), tables=(one.name, two.name)
        ),
        figures=(one.own(pair.row, pair.column), two.own(pair.other_row, pair.other_column)),
        gap=Decimal(0),
        citations=(one.cite(pair.row, pair.column), two.cite(pair.other_row, pair.other_column)),
        spots=tuple(_spots(one, two, same)),
    )


def _spots(one: Sheet, two: Sheet, pairs: Sequence[_Pair]) -> Iterator[Spot]:
    for pair in pairs:
        yield Spot(table=one.view.table.id, row=pair.row, column=pair.column)
        yield Spot(table=two.view.table.id, row=pair.other_row, column=pair.other_column)
