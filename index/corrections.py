"""What a person corrects in a loaded report, and how a correction reaches what was read with the wrong belief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from index.model import Column, Document, Period, Report, Table

EditValue = str | Period | tuple[str, ...] | None
EDITABLE = ("title", "institution", "aliases", "country", "currency", "period")


def correct(report: Report, changes: Mapping[str, EditValue]) -> Report:
    """The report with fields of its document corrected and named in `Document.edited`.

    Tables and columns that carry the old currency or period of the document follow, unless their header prints the
    year itself: they were read with that belief.
    Raises ValueError for a field that is not in EDITABLE, or a title that is empty.
    """
    unknown = sorted(set(changes) - set(EDITABLE))
    if unknown:
        msg = f"not editable: {', '.join(unknown)}"
        raise ValueError(msg)
    if not changes.get("title", "-"):
        msg = "a document needs a title"
        raise ValueError(msg)
    before = report.document
    edited = tuple(field for field in EDITABLE if field in changes or field in before.edited)
    after = replace(before, edited=edited, **changes)  # type: ignore[arg-type]  # each field was checked by name
    if (after.currency, after.period) == (before.currency, before.period):
        return replace(report, document=after)
    return replace(report, document=after, tables=tuple(_follow(table, before, after) for table in report.tables))


def keep_corrections(report: Report, before: Document) -> Report:
    """A report read again, with the corrections that a person had made on the earlier reading."""
    if not before.edited:
        return report
    return correct(report, {field: getattr(before, field) for field in before.edited})


def _follow(table: Table, before: Document, after: Document) -> Table:
    currency, period = table.currency, table.period
    if currency is not None and currency == before.currency:
        currency = after.currency
    if period is not None and period == before.period:
        period = after.period
    columns = tuple(_follow_column(column, before, after) for column in table.columns)
    return replace(table, currency=currency, period=period, columns=columns)


def _follow_column(column: Column, before: Document, after: Document) -> Column:
    unit, period = column.unit, column.period
    if unit is not None and unit == before.currency:
        unit = after.currency
    if period is not None and before.period is not None:
        if period == before.period:
            period = after.period
        elif period.year is not None and period.year == before.period.year and period.last_year is None:
            printed = any(str(period.year) in part for part in column.path)
            year = after.period.year if after.period is not None else None
            period = period if printed else replace(period, year=year)
    return column if (unit, period) == (column.unit, column.period) else replace(column, unit=unit, period=period)
