"""Printed totals and parent rows against the sum of their rows, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.model import Row, RowKind
from tools.amounts import TOLERANCE
from tools.reconcile import phrases
from tools.reconcile.model import Check, CheckKind, CheckStatus, Spot
from tools.reconcile.sheet import Sheet
from tools.table_periods import row_periods

_CITED = 12  # addends cited for one sum
_FAR = Decimal("0.25")  # share of a grand total
_NAMED = 3  # rows without a figure that are named


@dataclass(frozen=True, kw_only=True)
class _Sum:
    """A row that prints the sum of others. attached: whether the table tells which rows it sums."""

    row: Row
    addends: tuple[int, ...]
    attached: bool


def total_checks(sheet: Sheet) -> list[Check]:
    """A check for each sum that the table prints, and for each that it leaves blank."""
    checks: list[Check] = []
    for item in _sums(sheet):
        found = [c for column in sheet.numbers if (c := _check(sheet, item, column.index)) is not None]
        if _doubtful(found) if item.row.kind is not RowKind.TOTAL else _absurd(sheet, found):
            found = [_open(c) if c.status is CheckStatus.MISMATCH else c for c in found]
        checks += found
    return checks


def _doubtful(found: Sequence[Check]) -> bool:
    """A parent that misses in more columns than it holds is no parent of those rows."""
    missed = sum(c.status is CheckStatus.MISMATCH for c in found)
    return missed > sum(c.status is CheckStatus.VERIFIED for c in found)


def _absurd(sheet: Sheet, found: Sequence[Check]) -> bool:
    """Whether a grand total sums other rows than these: it misses in every column, and by far.

    In a table of several levels, one parent taken for a plain row makes every column add up to too much.
    """
    missed = [c for c in found if c.status is CheckStatus.MISMATCH]
    if any(c.status is CheckStatus.VERIFIED for c in found) or not missed:
        return False
    levels = any(r.kind is RowKind.SUBTOTAL for r in sheet.rows)
    if levels and all(_twice(c) for c in missed):
        return True
    return (levels or len(found) > 1) and all(_far(c) for c in missed)


def _twice(check: Check) -> bool:
    """Whether the rows add up to more than is printed: some may stand for others."""
    printed, computed = (abs(f.value or Decimal(0)) for f in check.figures[:2])
    return computed > printed


def _far(check: Check) -> bool:
    return check.gap is not None and abs(check.gap) > abs(check.figures[0].value or Decimal(0)) * _FAR


def _open(check: Check) -> Check:
    text = phrases.rows_in_doubt(check.text)
    return replace(check, status=CheckStatus.UNKNOWN, text=text)


def _sums(sheet: Sheet) -> list[_Sum]:
    rows = sheet.view.table.rows
    below: dict[int, list[int]] = {}
    for row in rows:
        if row.parent is not None:
            below.setdefault(row.parent, []).append(row.index)

    def children(index: int) -> list[int]:
        """Rows under a row; a heading stands for what it heads."""
        found: list[int] = []
        for child in below.get(index, ()):
            found += children(child) if rows[child].kind is RowKind.SECTION else [child]
        return found

    sums = []
    for row in sheet.rows:
        addends = children(row.index)
        if addends:
            sums.append(_Sum(row=row, addends=tuple(addends), attached=True))
        elif row.kind is RowKind.TOTAL:
            tops = tuple(r.index for r in sheet.rows if r.parent is None and r.kind is not RowKind.TOTAL)
            if tops:
                sums.append(_Sum(row=row, addends=tops, attached=False))
    return sums


def _check(sheet: Sheet, item: _Sum, column: int) -> Check | None:
    if not sheet.additive(column):
        return None
    printed = sheet.value(item.row.index, column)
    known = [r for r in item.addends if sheet.value(r, column) is not None]
    if printed is None and not known:
        return None
    if sheet.stock(column):
        return _state(sheet, item, column, printed, known)
    row, header = sheet.row(item.row.index), sheet.column(column)
    if printed is not None and not known:
        if not printed:
            return None
        text = phrases.total_without_rows(row, header, sheet.show(item.row.index, column, printed))
        return _made(sheet, item, column, CheckStatus.UNKNOWN, text)
    computed = sum((sheet.value(r, column) or Decimal(0) for r in known), Decimal(0))
    if item.row.kind is not RowKind.TOTAL and not printed and not computed:
        return None  # a parent of zeros says nothing
    if printed is None:
        return _blank(sheet, item, column, computed)
    return _compare(sheet, item, column, printed, computed)


def _blank(sheet: Sheet, item: _Sum, column: int, computed: Decimal) -> Check | None:
    index = item.row.index
    if item.row.kind is RowKind.DATA:
        return None  # a parent that prints nothing is a heading
    row, header = sheet.row(index), sheet.column(column)
    if sheet.blank(index, column):
        text = phrases.total_blank(row, header, sheet.show(item.addends[0], column, computed))
    else:
        text = phrases.total_unread(row, header, sheet.text(index, column))
    return _made(sheet, item, column, CheckStatus.UNKNOWN, text, computed=computed)


def _compare(sheet: Sheet, item: _Sum, column: int, printed: Decimal, computed: Decimal) -> Check:
    index = item.row.index
    row, header = sheet.row(index), sheet.column(column)
    unit_row = item.addends[0] if sheet.own(index, column).unit is None else index
    shown, told = sheet.show(unit_row, column, printed), sheet.show(unit_row, column, computed)
    gap = printed - computed
    lacking = [r for r in item.addends if sheet.value(r, column) is None]
    unread = [r for r in lacking if not sheet.blank(r, column)]
    holds = abs(gap) <= sheet.sum_tolerance(column, (index, *item.addends))
    if unread or (lacking and not holds):
        names = [sheet.row(r) for r in (unread or lacking)]
        text = phrases.total_unknown_rows(
            row, header, shown, told, names=names[:_NAMED], more=max(0, len(names) - _NAMED)
        )
        return _made(sheet, item, column, CheckStatus.UNKNOWN, text, computed=computed)
    if holds:
        note = phrases.rounding(sheet.plain(unit_row, column, abs(gap))) if abs(gap) > TOLERANCE else ""
        note += phrases.blanks_as_zero(len(lacking)) if lacking else ""
        text = phrases.total_holds(row, header, shown, len(item.addends), note)
        return _made(sheet, item, column, CheckStatus.VERIFIED, text, computed=computed, gap=gap)
    other = "" if _sums_beside(sheet, item, column) else _not_a_sum(sheet, item, column, printed, computed)
    if other:
        text = phrases.total_not_a_sum(row, header, shown, told, other)
        return _made(sheet, item, column, CheckStatus.UNKNOWN, text, computed=computed)
    if not item.attached:
        text = phrases.total_unattached(row, header, shown, told)
        return _made(sheet, item, column, CheckStatus.UNKNOWN, text, computed=computed)
    text = phrases.total_differs(row, header, shown, told, sheet.plain(unit_row, column, abs(gap)))
    return _made(sheet, item, column, CheckStatus.MISMATCH, text, computed=computed, gap=gap)


def _sums_beside(sheet: Sheet, item: _Sum, column: int) -> bool:
    """Whether the row is a sum in another column of the same unit: then it is no average in this one."""
    unit = sheet.own(item.row.index, column).unit
    for other in sheet.numbers:
        printed = sheet.value(item.row.index, other.index)
        if other.index == column or not printed or not sheet.additive(other.index) or sheet.stock(other.index):
            continue
        values = [v for r in item.addends if (v := sheet.value(r, other.index)) is not None]
        same = sheet.own(item.row.index, other.index).unit == unit
        if same and sum(1 for v in values if v) > 1 and abs(sum(values) - printed) <= TOLERANCE:
            return True
    return False


def _not_a_sum(sheet: Sheet, item: _Sum, column: int, printed: Decimal, computed: Decimal) -> str:
    """What a total is when it is plainly not a sum: an average, or a figure that every row repeats."""
    values = [v for r in item.addends if (v := sheet.value(r, column)) is not None]
    if len(values) < 2 or printed == 0:
        return ""
    if all(v == printed for v in values):
        return phrases.SAME
    average = computed / len(values)
    return phrases.AVERAGE if abs(average - printed) <= max(TOLERANCE, abs(printed) / 10_000) else ""


def _state(sheet: Sheet, item: _Sum, column: int, printed: Decimal | None, known: Sequence[int]) -> Check | None:
    """The total of a column that tells a state at each date is its last one."""
    periods = row_periods(sheet.view)
    dated = [r for r in known if r in periods]
    if printed is None or not dated or item.row.kind is not RowKind.TOTAL:
        return None
    last = max(dated, key=lambda r: (periods[r].year or 0, periods[r].last, r))
    state = sheet.value(last, column)
    assert state is not None
    row, header, shown = sheet.row(item.row.index), sheet.column(column), sheet.show(last, column, printed)
    holds = abs(printed - state) <= sheet.tolerance(((last, column), (item.row.index, column)))
    text = (
        phrases.last_state(row, header, shown, sheet.row(last))
        if holds
        else phrases.not_last_state(row, header, shown, sheet.row(last), sheet.show(last, column, state))
    )
    status = CheckStatus.VERIFIED if holds else CheckStatus.UNKNOWN
    return _made(sheet, replace(item, addends=(last,)), column, status, text, computed=state)


def _made(
    sheet: Sheet,
    item: _Sum,
    column: int,
    status: CheckStatus,
    text: str,
    *,
    computed: Decimal | None = None,
    gap: Decimal | None = None,
) -> Check:
    index = item.row.index
    own = sheet.own(index, column)
    figures = [own] if own.value is not None else []
    if computed is not None:
        label = phrases.summed_rows(sheet.column(column))
        figures.append(
            replace(sheet.figure(item.addends[0], column, computed, label), unit=own.unit or _unit(sheet, item, column))
        )
    telling = [r for r in item.addends if sheet.value(r, column)] or list(item.addends)
    cells = [index, *telling[:_CITED]]
    return Check(
        kind=CheckKind.TOTAL if item.row.kind is RowKind.TOTAL else CheckKind.PARENT,
        status=status,
        tables=(sheet.view.table.name,),
        where=phrases.place(sheet.row(index), sheet.column(column)),
        text=text,
        figures=tuple(figures),
        gap=gap,
        citations=tuple(sheet.cite(r, column) for r in cells),
        spots=tuple(Spot(table=sheet.view.table.id, row=r, column=column) for r in (index, *item.addends)),
    )


def _unit(sheet: Sheet, item: _Sum, column: int) -> str | None:
    """The unit that all addends share."""
    units = {sheet.own(r, column).unit for r in item.addends}
    return units.pop() if len(units) == 1 else None
