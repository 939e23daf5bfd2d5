"""What a column must be, row by row, when it comes from other columns: a difference, a quotient, a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.model import Row
from tools.formatting import rounded
from tools.reconcile import phrases
from tools.reconcile.model import Check, CheckKind, CheckStatus, Spot
from tools.reconcile.sheet import Sheet, decimals

_SMALL_GAP = Decimal("0.05")  # a lone row that misses by this share of its figure is an error, not another thing


@dataclass(frozen=True, kw_only=True)
class Identity:
    """target = sum of `plus` − sum of `minus`; for a percentage, target = plus / minus × 100.

    structural: known by its headers alone, so that the rows must bear it out before a row can break it.
    """

    kind: CheckKind
    target: int
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()
    structural: bool = False

    @property
    def key(self) -> tuple[int, frozenset[int]]:
        """The same for "a = b − c" and "b = a + c"."""
        if self.kind is CheckKind.PERCENTAGE:
            return -1 - self.target, frozenset((*self.plus, *self.minus))
        if len(self.minus) == 1 and len(self.plus) == 1:
            return self.plus[0], frozenset((self.target, self.minus[0]))
        return self.target, frozenset(self.plus)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An identity on one row. expected: None where it cannot be computed."""

    row: int
    printed: Decimal | None
    expected: Decimal | None
    holds: bool = False
    telling: bool = False  # not all operands are zero

    @property
    def known(self) -> bool:
        return self.printed is not None and self.expected is not None


def formula(sheet: Sheet, item: Identity) -> str:
    """The identity in words."""
    target, names = sheet.column(item.target), [sheet.column(c) for c in item.plus]
    if item.kind is CheckKind.PERCENTAGE:
        return phrases.quotient(target, names[0], sheet.column(item.minus[0]))
    if item.minus:
        return phrases.difference(target, names[0], sheet.column(item.minus[0]))
    return phrases.addition(target, names)


def readings(sheet: Sheet, item: Identity, rows: Sequence[Row] | None = None) -> list[Reading]:
    """The identity on each row that prints anything of it."""
    found = []
    for row in rows if rows is not None else sheet.rows:
        reading = _read(sheet, item, row.index)
        if reading is not None:
            found.append(reading)
    return found


def _read(sheet: Sheet, item: Identity, row: int) -> Reading | None:
    printed = sheet.value(row, item.target)
    operands = [sheet.value(row, c) for c in (*item.plus, *item.minus)]
    if all(v is None for v in operands) or (printed is None and sheet.blank(row, item.target)):
        return None
    if printed is None or any(v is None for v in operands):
        return Reading(row=row, printed=printed, expected=None)
    values = [v for v in operands if v is not None]
    plus, minus = values[: len(item.plus)], values[len(item.plus) :]
    telling = any(values)
    if item.kind is CheckKind.PERCENTAGE:
        if minus[0] == 0:
            return None
        ratio = sheet.view.table.columns[item.target].unit == "ratio"
        expected = plus[0] / minus[0] * (1 if ratio else 100)
        limit = _percent_limit(sheet, item, row, printed, 1 if ratio else 100)
        return Reading(
            row=row, printed=printed, expected=expected, holds=abs(printed - expected) <= limit, telling=telling
        )
    expected = sum(plus, Decimal(0)) - sum(minus, Decimal(0))
    limit = sheet.tolerance((row, c) for c in (item.target, *item.plus, *item.minus))
    return Reading(row=row, printed=printed, expected=expected, holds=abs(printed - expected) <= limit, telling=telling)


def _percent_limit(sheet: Sheet, item: Identity, row: int, printed: Decimal, times: int) -> Decimal:
    """One in the last printed digit (percentages are rounded or cut), and what rounded operands may add."""
    numerator, denominator = sheet.value(row, item.plus[0]), sheet.value(row, item.minus[0])
    assert numerator is not None
    assert denominator
    error = sheet.slack(row, item.plus[0]) / abs(denominator)
    error += abs(numerator) * sheet.slack(row, item.minus[0]) / (denominator * denominator)
    return Decimal(1).scaleb(-decimals(printed)) + error * times


def identity_checks(sheet: Sheet, item: Identity, rows: frozenset[int] = frozenset()) -> list[Check]:
    """One check for the rows where it holds, one for each row that breaks it, one for each of `rows` that holds."""
    found = readings(sheet, item)
    known = [r for r in found if r.known]
    held = [r for r in known if r.holds]
    broken = [r for r in known if not r.holds]
    words = formula(sheet, item)
    if not known:
        return [_whole(sheet, item, CheckStatus.UNKNOWN, phrases.identity_unknown(words), [])] if found else []
    if item.structural and broken and not _borne_out(held, broken):
        text = phrases.identity_rejected(words, len(held), len(known))
        return [_whole(sheet, item, CheckStatus.UNKNOWN, text, broken)]
    checks = [_row(sheet, item, r) for r in found if r in broken or (r.holds and r.row in rows)]
    if held:
        text = phrases.identity_holds(words, len(held), len(known), len(found) - len(known))
        checks.append(_whole(sheet, item, CheckStatus.VERIFIED, text, held))
    return checks


def _borne_out(held: Sequence[Reading], broken: Sequence[Reading]) -> bool:
    if sum(r.telling for r in held) >= len(broken):
        return True
    return all(
        r.printed is not None and r.expected is not None and abs(r.printed - r.expected) <= abs(r.printed) * _SMALL_GAP
        for r in broken
    )


def _whole(sheet: Sheet, item: Identity, status: CheckStatus, text: str, rows: Sequence[Reading]) -> Check:
    columns = (item.target, *item.plus, *item.minus)
    example = next((r.row for r in rows if r.telling), rows[0].row if rows else sheet.rows[0].index)
    table = sheet.view.table
    return Check(
        kind=item.kind,
        status=status,
        tables=(table.name,),
        where=phrases.whole_column(sheet.column(item.target)),
        text=text,
        citations=tuple(sheet.cite(example, c) for c in columns),
        spots=(
            *(Spot(table=table.id, row=None, column=c) for c in columns),
            *(Spot(table=table.id, row=r.row, column=item.target) for r in rows),
        ),
    )


def _row(sheet: Sheet, item: Identity, reading: Reading) -> Check:
    assert reading.printed is not None
    assert reading.expected is not None
    row, columns = reading.row, (item.target, *item.plus, *item.minus)
    target, name = sheet.column(item.target), sheet.row(row)
    shown = sheet.show(row, item.target, reading.printed)
    percent = item.kind is CheckKind.PERCENTAGE
    expected = rounded(reading.expected) if percent else reading.expected
    told = sheet.show(row, item.target, expected)
    if reading.holds:
        printed = sheet.text(row, item.target) if percent else shown
        text = phrases.row_holds(name, target, printed, _steps(sheet, item, row), told)
    elif percent:
        text = phrases.percent_breaks(name, target, sheet.text(row, item.target), _steps(sheet, item, row), told)
    else:
        gap = sheet.plain(row, item.target, abs(reading.printed - expected))
        text = phrases.row_breaks(name, target, printed=shown, steps=_steps(sheet, item, row), computed=told, gap=gap)
    label = phrases.computed(name, target)
    table = sheet.view.table
    return Check(
        kind=item.kind,
        status=CheckStatus.VERIFIED if reading.holds else CheckStatus.MISMATCH,
        tables=(table.name,),
        where=phrases.place(name, target),
        text=text,
        figures=(
            sheet.own(row, item.target),
            sheet.figure(row, item.target, expected, label),
            *(sheet.own(row, c) for c in columns[1:]),
        ),
        gap=reading.printed - expected,
        citations=tuple(sheet.cite(row, c) for c in columns),
        spots=tuple(Spot(table=table.id, row=row, column=c) for c in columns),
    )


def _steps(sheet: Sheet, item: Identity, row: int) -> str:
    if item.kind is CheckKind.PERCENTAGE:
        times = "" if sheet.view.table.columns[item.target].unit == "ratio" else " × 100"
        return f"{sheet.bare(row, item.plus[0])} / {sheet.bare(row, item.minus[0])}{times}"
    steps = " + ".join(sheet.bare(row, c) for c in item.plus)
    return steps + "".join(f" − {sheet.bare(row, c)}" for c in item.minus)
