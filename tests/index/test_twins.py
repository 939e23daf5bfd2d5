"""One report in two files gives one set of figures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from index.ingest import read_report
from index.model import Report, Role


def figures(report: Report) -> dict[tuple[int, str, str], Decimal]:
    """Each figure but zeros, to the cent, by table, row label and header. A dash is printed for zero."""
    found = {}
    for place, table in enumerate(report.tables):
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=False):
                if column.role is Role.NUMBER and cell.value:
                    found[place, row.label, column.header] = round(cell.value, 2)
    return found


@pytest.mark.shared
def test_a_workbook_and_its_print_give_the_same_figures_under_the_same_names(shared: Path):
    folder = shared / "reports" / "real"
    pairs = [(p, p.with_suffix(".xlsx")) for p in sorted(folder.glob("*.pdf")) if p.with_suffix(".xlsx").exists()]
    assert pairs
    for pdf, xlsx in pairs:
        printed, stored = figures(read_report(pdf)), figures(read_report(xlsx))
        assert len(stored) > 50
        assert printed == stored
