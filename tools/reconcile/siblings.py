"""Tables with the same columns that add up the same money by the same codes, in more or less detail."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from index.model import Column, Role
from index.text import fold
from tools.access import cell, data_rows, total_row
from tools.reconcile import phrases
from tools.reconcile.model import Check, CheckKind, CheckStatus, Spot
from tools.reconcile.sheet import CENTS, Sheet

_CODE = re.compile(r"\d+(?:[-.]\d+)+")
_NAMED = 4  # groups named when a gap is spread
_AGREE = Decimal("0.5")  # share of groups with money that must agree for the tables to speak of the same


@dataclass(frozen=True, kw_only=True)
class _Groups:
    """Rows by the first segments of their code. unknown: rows whose code is blank and cannot be told."""

    key: Column
    rows: dict[str, list[int]]
    unknown: tuple[int, ...]


def sibling_checks(sheets: Sequence[Sheet]) -> list[Check]:
    """Grand totals of sibling tables, and the groups in which a gap between them sits."""
    checks: list[Check] = []
    for one, two in combinations(sheets, 2):
        if tuple(fold(c.header) for c in one.view.table.columns) != tuple(
            fold(c.header) for c in two.view.table.columns
        ):
            continue
        grouped = _grouped(one, two)
        if grouped is None:
            continue
        for column in one.numbers:
            check = _check(one, two, column.index, *grouped)
            if check is not None:
                checks.append(check)
    return checks


def _grouped(one: Sheet, two: Sheet) -> tuple[_Groups, _Groups] | None:
    """Both tables by the shortest code prefix that tells at least two groups, the same in both."""
    for key in (c for c in one.view.table.columns if c.role is Role.KEY):
        for depth in (1, 2, 3):
            left, right = _by_prefix(one, key, depth), _by_prefix(two, key, depth)
            if len(left.rows) >= 2 and left.rows.keys() == right.rows.keys():
                return left, right
    return None


def _by_prefix(sheet: Sheet, key: Column, depth: int) -> _Groups:
    rows: dict[str, list[int]] = defaultdict(list)
    unknown = []
    for row in data_rows(sheet.view.table):
        place = cell(sheet.view.table, row, key.index)
        code = place.text.strip() or place.inferred or ""
        heads = {_head(c, depth) for c in place.candidates} if not code else {_head(code, depth)}
        if len(heads) == 1 and "" not in heads:
            rows[heads.pop()].append(row)
        else:
            unknown.append(row)
    return _Groups(key=key, rows=dict(rows), unknown=tuple(unknown))


def _head(code: str, depth: int) -> str:
    if not _CODE.fullmatch(code):
        return ""
    separator = "-" if "-" in code else "."
    return separator.join(code.split(separator)[:depth])


def _check(one: Sheet, two: Sheet, column: int, left: _Groups, right: _Groups) -> Check | None:
    first, second = total_row(one.view.table), total_row(two.view.table)
    if first is None or second is None or not one.additive(column):
        return None
    a, b = one.value(first.index, column), two.value(second.index, column)
    sums = [(name, _sum(one, left.rows[name], column), _sum(two, right.rows[name], column)) for name in left.rows]
    funded = [(x, y) for _, x, y in sums if x or y]
    limit = max(CENTS, one.slack(first.index, column) + two.slack(second.index, column))
    if a is None or b is None or not funded:
        return None
    if sum(abs(x - y) <= limit for x, y in funded) < len(funded) * _AGREE:
        return None
    gap = a - b
    header = one.column(column)
    shown = [one.show(left.rows[sums[0][0]][0], column, v) for v in (a, b, abs(gap))]
    spots = [(one, first.index), (two, second.index)]
    figures = [one.own(first.index, column), two.own(second.index, column)]
    if abs(gap) <= limit:
        status = CheckStatus.VERIFIED
        text = phrases.same_in_both("el total", header, header, count=1, tables=(one.name, two.name))
    else:
        status = CheckStatus.MISMATCH
        text = phrases.totals_differ(header, shown=(shown[0], shown[1]), tables=(one.name, two.name), gap=shown[2])
        apart = [(name, x, y) for name, x, y in sums if abs(x - y) > limit]
        text += _where(one, column, left, apart, gap)
        text += _unknown(one, column, left) + _unknown(two, column, right)
        for name, x, y in apart[:_NAMED]:
            label = f"{_noun(left)} {name}"
            figures += [
                one.figure(left.rows[name][0], column, x, f"{label}, {one.name}"),
                one.figure(left.rows[name][0], column, y, f"{label}, {two.name}"),
            ]
            spots += [(one, r) for r in left.rows[name] if one.value(r, column)]
            spots += [(two, r) for r in right.rows[name] if two.value(r, column)]
        figures.append(one.figure(left.rows[sums[0][0]][0], column, abs(gap), phrases.gap_of_totals(header)))
    return Check(
        kind=CheckKind.TABLES,
        status=status,
        tables=(one.view.table.name, two.view.table.name),
        where=phrases.place(one.row(first.index), header),
        text=text,
        figures=tuple(figures),
        gap=gap,
        citations=tuple(s.cite(r, column) for s, r in spots),
        spots=tuple(Spot(table=s.view.table.id, row=r, column=column) for s, r in spots),
    )


def _sum(sheet: Sheet, rows: Sequence[int], column: int) -> Decimal:
    return sum((sheet.value(r, column) or Decimal(0) for r in rows), Decimal(0))


def _where(one: Sheet, column: int, left: _Groups, apart: Sequence[tuple[str, Decimal, Decimal]], gap: Decimal) -> str:
    if not apart:
        return ""
    told = [
        phrases.group_gap(f"{_noun(left)} {name}", *(one.show(left.rows[name][0], column, v) for v in (x, y)))
        for name, x, y in apart[:_NAMED]
    ]
    whole = len(apart) == 1 and abs((apart[0][1] - apart[0][2]) - gap) <= CENTS
    return phrases.gap_in_group(told, whole=whole)


def _unknown(sheet: Sheet, column: int, groups: _Groups) -> str:
    rows = [r for r in groups.unknown if sheet.value(r, column)]
    if not rows:
        return ""
    return phrases.unknown_in_groups(len(rows), sheet.show(rows[0], column, _sum(sheet, rows, column)))


def _noun(groups: _Groups) -> str:
    """The header of the codes, as a common noun: "categoría programática"."""
    name = " ".join(groups.key.path[-1].split()) if groups.key.path else "grupo"
    return name.lower() or "grupo"
