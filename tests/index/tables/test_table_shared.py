"""The tables of the two real text reports are typed to the last cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from index.blocks import RawTable
from index.model import Level, Role, RowKind, Table
from index.readers.text import read_text
from index.tables import addends, build_table

pytestmark = pytest.mark.shared


def tables(path: Path) -> list[Table]:
    found = []
    for number, block in enumerate(read_text(path).blocks):
        if isinstance(block, RawTable):
            built = build_table(block, id=f"d:t{number}", document="d")
            if built is not None:
                found.append(built[0])
    return found


@pytest.fixture(scope="module")
def customs(shared: Path) -> list[Table]:
    return tables(shared / "reports" / "aduanas-honduras-2021-01.txt")


@pytest.fixture(scope="module")
def quarterly(shared: Path) -> dict[str, Table]:
    return {t.number or f"-{i}": t for i, t in enumerate(tables(shared / "reports" / "sie-guatemala-2023-c2.txt"))}


@pytest.mark.parametrize(("which", "rows", "total"), [(0, 22, "50773837.00"), (1, 51, "49991864.00")])
def test_rows_and_totals(customs: list[Table], which: int, rows: int, total: str) -> None:
    found = customs[which]
    assert [r.kind for r in found.rows].count(RowKind.DATA) == rows
    assert [r.kind for r in found.rows].count(RowKind.TOTAL) == 1
    last = found.rows[-1]
    assert (last.kind, last.label, last.cells[7].value) == (RowKind.TOTAL, "TOTAL", Decimal(total))
    data = [found.rows[i] for i in addends(found.rows, last.index)]
    assert len(data) == rows
    assert sum(r.cells[7].value or 0 for r in data) == Decimal(total)


def test_columns_of_goals_and_money(customs: list[Table]) -> None:
    for found in customs:
        assert [c.role for c in found.columns[:4]] == [Role.KEY, Role.LABEL, Role.KEY, Role.KEY]
        assert [(c.measure, c.level, c.derived) for c in found.columns[4:]] == [
            ("programado", Level.PHYSICAL, None),
            ("alcanzado", Level.PHYSICAL, None),
            ("diferencia", Level.PHYSICAL, (4, 5)),
            ("asignado", Level.FINANCIAL, None),
            ("vigente", Level.FINANCIAL, None),
            ("diferencia", Level.FINANCIAL, (7, 8)),
        ]
        assert not any(cell.undecided for row in found.rows for cell in row.cells)


def test_first_product(customs: list[Table]) -> None:
    first = customs[0].rows[0]
    assert (first.code, first.label[:8]) == ("2", "Ingresos")
    assert [str(c.value) for c in first.cells[4:7]] == ["2745.00", "3573.93", "-828.93"]


def test_blank_categories(customs: list[Table]) -> None:
    """Row 36 lies between two categories; the other blanks lie inside one."""
    unknown = {r.code: r.cells[0].candidates for t in customs for r in t.rows if r.cells[0].candidates}
    assert unknown == {"36": ("11-02-000-001", "11-02-000-002")}
    inferred = {r.code: r.cells[0].inferred for t in customs for r in t.rows if r.cells[0].inferred}
    assert inferred == {
        "51": "11-02-000-000",
        "63": "11-02-000-000",
        "32": "11-02-000-001",
        **dict.fromkeys(("48", "52", "53", "56"), "11-02-000-002"),
    }


def test_every_table_of_the_quarterly_report(quarterly: dict[str, Table]) -> None:
    assert [len([r for r in t.rows if r.kind is RowKind.DATA]) for t in quarterly.values()] == [2, 4, 4, 1, 2, 4, 6, 2]
    assert list(quarterly)[:6] == ["1", "2", "3", "4", "5", "6"]
    spans = {(t.period.year, t.period.first, t.period.last) for t in list(quarterly.values())[:6] if t.period}
    assert spans == {(2023, 5, 8)}


def test_measures_of_the_money_tables(quarterly: dict[str, Table]) -> None:
    def measures(number: str) -> list[str | None]:
        return [c.measure for c in quarterly[number].columns if c.role is Role.NUMBER]

    assert measures("1") == ["asignado", "vigente", "ejecutado", "saldo", "porcentaje"]
    assert measures("2") == ["solicitado", "asignado", "diferencia", "ejecutado", "porcentaje"]
    assert measures("3") == ["vigente", "ejecutado", "saldo", "ejecutado", "porcentaje"]
    assert measures("4") == ["asignado", "vigente", "ejecutado", "saldo"]
    for number in "1234":
        assert {c.level for c in quarterly[number].columns if c.role is Role.NUMBER} == {Level.FINANCIAL}


def test_what_columns_come_from(quarterly: dict[str, Table]) -> None:
    assert quarterly["1"].columns[4].derived == (2, 3)
    assert quarterly["2"].columns[3].derived == (2, 1)  # "S - A" by its header, A − S by its figures
    assert quarterly["2"].columns[5].derived == (4, 2)
    assert quarterly["3"].columns[5].derived == (4, 1)
    assert [c.accumulated for c in quarterly["3"].columns[1:]] == [False, False, False, True, False]


@pytest.mark.parametrize("number", ["5", "6"])
def test_goal_tables_have_a_period_per_group(quarterly: dict[str, Table], number: str) -> None:
    columns = [c for c in quarterly[number].columns if c.role is Role.NUMBER]
    assert [(c.period.first, c.period.last) if c.period else None for c in columns] == [
        *[(1, 12)] * 2, *[(1, 4)] * 3, *[(5, 8)] * 3, *[(9, 12)] * 3, None,
    ]  # fmt: skip
    assert [c.measure for c in columns] == [
        "programado", "porcentaje", *["programado", "porcentaje", "alcanzado"] * 3, "alcanzado",
    ]  # fmt: skip
    assert {c.level for c in columns} == {Level.PHYSICAL}
    assert columns[-1].accumulated
