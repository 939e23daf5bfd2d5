"""Reconciliation: what a report's own arithmetic confirms, contradicts, or leaves open.

sheet (a table ready for arithmetic) → totals, identities (columns, periods), headers, then tables against each other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from index.model import Report
from tools.catalogue import TableView
from tools.cataloguing import build
from tools.reconcile import phrases
from tools.reconcile.across import table_checks
from tools.reconcile.columns import column_identities, mislabelled
from tools.reconcile.identities import identity_checks
from tools.reconcile.model import Check, CheckKind, CheckStatus, Spot
from tools.reconcile.periods import running_checks
from tools.reconcile.sheet import Sheet
from tools.reconcile.siblings import sibling_checks
from tools.reconcile.totals import total_checks

__all__ = ["Check", "CheckKind", "CheckStatus", "Spot", "reconcile", "reconcile_report"]


def reconcile(views: Sequence[TableView], rows: Collection[tuple[str, int]] = frozenset()) -> tuple[Check, ...]:
    """Every check that the tables of one report allow, table by table, then between tables.

    rows: table ids and rows whose column identities are told one by one also where they hold.
    """
    sheets = [Sheet(view) for view in views]
    sheets = [s for s in sheets if s.numbers and s.rows]
    checks: list[Check] = []
    for sheet in sheets:
        checks += total_checks(sheet)
        asked = frozenset(row for table, row in rows if table == sheet.view.table.id)
        for identity in column_identities(sheet):
            checks += identity_checks(sheet, identity, asked)
        checks += running_checks(sheet)
        checks += _headers(sheet)
    checks += table_checks(sheets)
    checks += sibling_checks(sheets)
    return tuple(checks)


def reconcile_report(report: Report) -> tuple[Check, ...]:
    """`reconcile` for a report that is in no catalogue."""
    return reconcile(build([report]).views)


def _headers(sheet: Sheet) -> list[Check]:
    """Columns whose header says the other way round what their figures are."""
    checks = []
    table = sheet.view.table
    for column, minuend, subtrahend in mislabelled(sheet):
        row = next((r.index for r in sheet.rows if sheet.value(r.index, column.index)), None)
        if row is None:
            continue
        cells = (column.index, minuend, subtrahend)
        shown = [sheet.show(row, c, sheet.value(row, c)) for c in cells]
        example = f"«{sheet.row(row)}»: {shown[1]} − {shown[2]} = {shown[0]}"
        checks.append(
            Check(
                kind=CheckKind.HEADER,
                status=CheckStatus.MISMATCH,
                tables=(table.name,),
                where=phrases.whole_column(sheet.column(column.index)),
                text=phrases.other_sense(
                    sheet.column(column.index), sheet.column(minuend), sheet.column(subtrahend), example
                ),
                figures=tuple(sheet.own(row, c) for c in cells),
                citations=tuple(sheet.cite(row, c) for c in cells),
                spots=tuple(Spot(table=table.id, row=None, column=c) for c in cells),
            )
        )
    return checks
