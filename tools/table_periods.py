"""How a table answers for a period: by rows that are months, by columns of a year, by its caption or its report."""

from __future__ import annotations

from dataclasses import dataclass

from index.model import Period, RowKind
from index.once import once
from index.periods import find_periods, merge, within
from index.text import fold
from tools.catalogue import TableView


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodFit:
    """How a table answers for a period.

    rows: rows whose label is the period. columns: columns of that very period, None when columns carry none.
    note: what is to be said when the table covers more or less than was asked.
    """

    rows: tuple[int, ...] | None = None
    columns: frozenset[int] | None = None
    closeness: int = 0  # 3 row or column of that very period, 2 caption, 1 document, 0 wider
    note: str | None = None


@once
def row_periods(view: TableView) -> dict[int, Period]:
    """Rows whose label is a period ("Mayo", "I Trimestre"), with the year of the table or report."""
    found: dict[int, Period] = {}
    context = view.table.period or view.document.period
    for row in view.table.rows:
        if row.kind is RowKind.SECTION or not row.label:
            continue
        mentions = find_periods(row.label)
        if len(mentions) == 1 and mentions[0].end - mentions[0].start >= len(fold(row.label).strip(" .:")) - 1:
            found[row.index] = merge(mentions[0].period, context)
    return found


def fit_period(view: TableView, asked: Period, *, by_rows: bool = False) -> PeriodFit | None:
    """How a table answers for a period; None when it does not cover it. Never falls back to another period.

    by_rows: the span is told by its ends, so rows inside it come before a table of that very span.
    """
    context = view.table.period or view.document.period
    full = merge(asked, context)
    by_row = row_periods(view)
    rows = tuple(i for i, p in by_row.items() if same_period(p, full))
    years = _of_year(view, full)
    crossed = tuple(i for i, p in by_row.items() if (p.first, p.last) == (full.first, full.last))
    if years and crossed:  # months down, years across
        return PeriodFit(rows=crossed, columns=years, closeness=3)
    if rows:
        return PeriodFit(rows=rows, closeness=3)
    dated = {c.index: merge(c.period, context) for c in view.numbers if c.period is not None}
    exact = frozenset(i for i, p in dated.items() if same_period(p, full))
    if exact:
        return PeriodFit(columns=exact, closeness=3)
    spanned = frozenset(i for i, p in dated.items() if within(p, full))
    spanned_months = {m for i in spanned for m in range(dated[i].first, dated[i].last + 1)}
    if full.last_year is None and not set(range(full.first, full.last + 1)) <= spanned_months:
        spanned = frozenset()
    if len(spanned) > 1 and (full.last_year is not None or len({dated[i] for i in spanned}) > 1):
        return PeriodFit(columns=spanned, closeness=2, note="span")
    inside = _finest({i: p for i, p in by_row.items() if within(p, full)})
    months = {m for i in inside for m in range(by_row[i].first, by_row[i].last + 1)}
    if full.last_year is None and months and not set(range(full.first, full.last + 1)) <= months:
        inside = ()  # the rows of May and June are not the first half of the year
    if by_rows and len(inside) >= 2:
        return PeriodFit(rows=inside, closeness=3)
    own = view.table.period
    if own is not None and same_period(merge(own, view.document.period), full):
        return PeriodFit(closeness=2)
    if len(inside) >= 2:
        return PeriodFit(rows=inside, closeness=2)
    if context is not None and same_period(context, full):
        return PeriodFit(closeness=1 if own is None else 2)
    if dated or context is None or (asked.year is not None and context.year is None):
        return None
    if within(context, full):
        return PeriodFit(closeness=0, note="wider")
    return None


def _finest(rows: dict[int, Period]) -> tuple[int, ...]:
    """Rows of periods without those that span others of them: the quarters beside their months would count twice."""
    return tuple(i for i, p in rows.items() if not any(within(o, p) and not within(p, o) for o in rows.values()))


def _of_year(view: TableView, asked: Period) -> frozenset[int]:
    """Columns of the year that a part of a year is asked of, where the columns are whole years of several."""
    if asked.year is None or asked.last_year is not None or (asked.first, asked.last) == (1, 12):
        return frozenset()
    yearly = [c for c in view.numbers if c.period is not None and (c.period.first, c.period.last) == (1, 12)]
    if len({c.period.year for c in yearly if c.period}) < 2:
        return frozenset()
    return frozenset(c.index for c in yearly if c.period and c.period.year == asked.year)


def same_period(a: Period, b: Period) -> bool:
    """Same months of the same year; a missing year fits any."""
    years = a.year is None or b.year is None or (a.year, a.last_year) == (b.year, b.last_year)
    return years and (a.first, a.last) == (b.first, b.last)
