"""Columns over time: a year as the sum of its parts, an accumulated figure as the sum of the periods so far."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from index.model import Column, Period
from index.text import fold
from tools.reconcile import phrases
from tools.reconcile.identities import Identity, readings
from tools.reconcile.model import Check, CheckKind, CheckStatus, Spot
from tools.reconcile.sheet import Sheet
from tools.table_periods import row_periods

_WHOLE = re.compile(r"\b(?:total|acumulad\w*|anual|ano|suma)\b")
_POOL = frozenset({"vigente", "saldo", "por_pagar", "por_recaudar"})  # states: their periods do not add up

Span = tuple[int, int]  # first and last month, counted from year 0


def period_identities(sheet: Sheet) -> Iterator[Identity]:
    """Year = its periods, quarter = its months, accumulated = the periods so far; for each measure."""
    columns = [c for c in sheet.numbers if sheet.additive(c.index) and c.measure not in _POOL]
    for column in columns:
        parts = [c for c in columns if c.index != column.index and _same_measure(c, column) and not c.accumulated]
        tiles = [t for t in _tiles(column, parts) if len(t) > 1]
        if not tiles:
            continue
        item = _best(sheet, column, tiles)
        if item is not None:
            yield item


def _best(sheet: Sheet, column: Column, tiles: Sequence[tuple[Column, ...]]) -> Identity | None:
    """The division that most rows bear out; an accumulated figure may stop at any period."""
    best: tuple[int, int, Identity] | None = None
    for tile in tiles:
        ends = range(1, len(tile) + 1) if column.accumulated else (len(tile),)
        for end in ends:
            kind = CheckKind.RUNNING if column.accumulated else CheckKind.PERIODS
            plus = tuple(c.index for c in tile[:end])
            item = Identity(kind=kind, target=column.index, plus=plus, structural=True)
            held = sum(r.holds and r.telling for r in readings(sheet, item) if r.known)
            if best is None or (held, end) > best[:2]:
                best = held, end, item
    return best[2] if best else None


def _same_measure(part: Column, whole: Column) -> bool:
    if part.period is None or (part.level, part.unit, part.scale) != (whole.level, whole.unit, whole.scale):
        return False
    if part.measure is not None or whole.measure is not None:
        return part.measure == whole.measure
    return _tail(part) == _tail(whole)


def _tail(column: Column) -> str:
    """The header below the period: "1er trimestre / Prog." → "prog."."""
    return fold(column.path[-1]) if len(column.path) > 1 else ""


def _tiles(column: Column, parts: Sequence[Column]) -> Iterator[tuple[Column, ...]]:
    """The ways to divide what a column covers into parts of equal length, end to end."""
    whole = _span(column.period) if column.period is not None and not column.accumulated else None
    if whole is None and not _WHOLE.search(fold(column.header)):
        return
    by_length: dict[int, dict[Span, list[Column]]] = defaultdict(lambda: defaultdict(list))
    for part in parts:
        assert part.period is not None
        first, last = _span(part.period)
        inside = whole is None or (whole[0] <= first and last <= whole[1] and (first, last) != whole)
        if inside:
            by_length[last - first][first, last].append(part)
    for spans in by_length.values():
        ordered = sorted(spans)
        joined = all(a[1] + 1 == b[0] for a, b in pairwise(ordered))
        full = whole is None or (ordered[0][0], ordered[-1][1]) == whole
        if joined and full and all(len(c) == 1 for c in spans.values()):
            yield tuple(spans[s][0] for s in ordered)


def _span(period: Period) -> Span:
    first = (period.year or 0) * 12 + period.first
    return first, (period.last_year or period.year or 0) * 12 + period.last


@dataclass(frozen=True, kw_only=True)
class _Step:
    """An accumulated figure beside the one before it plus what its period adds."""

    before: int
    row: int
    expected: Decimal
    gap: Decimal


def running_checks(sheet: Sheet) -> list[Check]:
    """Rows that are periods: each accumulated figure is the one before plus what the period adds."""
    printing = {r.index for r in sheet.rows}
    dated = {r: _span(p) for r, p in row_periods(sheet.view).items() if r in printing}
    rows = sorted(dated, key=lambda r: dated[r])
    pairs = [(a, b) for a, b in pairwise(rows) if dated[a][1] + 1 == dated[b][0]]
    checks: list[Check] = []
    for column in sheet.numbers:
        if not (pairs and column.accumulated and column.measure and sheet.additive(column.index)):
            continue
        alike = (column.measure, column.level, column.unit)
        flows = [c for c in sheet.numbers if not c.accumulated and (c.measure, c.level, c.unit) == alike]
        if len(flows) == 1:
            checks += _running(sheet, column.index, flows[0].index, pairs)
    return checks


def _running(sheet: Sheet, column: int, flow: int, pairs: Sequence[tuple[int, int]]) -> list[Check]:
    held: list[_Step] = []
    broken: list[_Step] = []
    for before, row in pairs:
        printed, last, added = sheet.value(row, column), sheet.value(before, column), sheet.value(row, flow)
        if printed is None or last is None or added is None:
            continue
        step = _Step(before=before, row=row, expected=last + added, gap=printed - (last + added))
        holds = abs(step.gap) <= sheet.tolerance(((row, column), (before, column), (row, flow)))
        (held if holds else broken).append(step)
    if not held or len(broken) > len(held):
        return []
    return [
        *(_breaks(sheet, column, flow, s) for s in broken),
        _holds(sheet, column, flow, held, len(held) + len(broken)),
    ]


def _breaks(sheet: Sheet, column: int, flow: int, step: _Step) -> Check:
    row, table = step.row, sheet.view.table
    cells = ((row, column), (step.before, column), (row, flow))
    return Check(
        kind=CheckKind.RUNNING,
        status=CheckStatus.MISMATCH,
        tables=(table.name,),
        where=phrases.place(sheet.row(row), sheet.column(column)),
        text=phrases.row_breaks(
            sheet.row(row),
            sheet.column(column),
            printed=sheet.show(row, column, sheet.value(row, column)),
            steps=f"{sheet.bare(step.before, column)} + {sheet.bare(row, flow)}",
            computed=sheet.show(row, column, step.expected),
            gap=sheet.plain(row, column, abs(step.gap)),
        ),
        figures=(
            sheet.own(row, column),
            sheet.figure(row, column, step.expected, phrases.computed(sheet.row(row), sheet.column(column))),
        ),
        gap=step.gap,
        citations=tuple(sheet.cite(*c) for c in cells),
        spots=tuple(Spot(table=table.id, row=r, column=c) for r, c in cells),
    )


def _holds(sheet: Sheet, column: int, flow: int, held: Sequence[_Step], checked: int) -> Check:
    first, table = held[0], sheet.view.table
    words = phrases.running(sheet.column(column), sheet.column(flow))
    return Check(
        kind=CheckKind.RUNNING,
        status=CheckStatus.VERIFIED,
        tables=(table.name,),
        where=phrases.whole_column(sheet.column(column)),
        text=phrases.identity_holds(words, len(held), checked, 0),
        citations=(sheet.cite(first.row, column), sheet.cite(first.before, column), sheet.cite(first.row, flow)),
        spots=tuple(Spot(table=table.id, row=None, column=c) for c in (column, flow)),
    )
