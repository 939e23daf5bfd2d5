"""Reconciliation: what a table's own arithmetic confirms, contradicts, or leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.model import Level, Period, Report, RowKind, Table
from tests.tools.made_tables import Col, Line, lines, report, table
from tools.reconcile import Check, CheckKind, CheckStatus, reconcile_report

MONEY = (Col(header="Vigente", measure="vigente"), Col(header="Ejecutado", measure="ejecutado"))
BALANCE = (*MONEY, Col(header="Saldo", measure="saldo", derived=(1, 2)))
SHARE = (*MONEY, Col(header="%", percent=True, derived=(2, 1)))
VERIFIED, MISMATCH, UNKNOWN = CheckStatus.VERIFIED, CheckStatus.MISMATCH, CheckStatus.UNKNOWN


def checks(*tables: Table) -> tuple[Check, ...]:
    return reconcile_report(report(*tables))


def found(items: Sequence[Check], kind: CheckKind, status: CheckStatus) -> list[Check]:
    return [c for c in items if c.kind is kind and c.status is status]


def broken(items: Sequence[Check]) -> list[Check]:
    return [c for c in items if c.status is MISMATCH]


# --- totals and parents ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "status", "gap"),
    [
        ("1,500.00", VERIFIED, "0"),
        ("1,500.04", VERIFIED, "0.04"),  # cents of rounding
        ("1,490.00", MISMATCH, "-10"),
        ("", UNKNOWN, None),  # printed blank
    ],
)
def test_a_printed_total_is_held_against_the_sum_of_its_rows(
    printed: str, status: CheckStatus, gap: str | None
) -> None:
    rows = lines("Punta Alta | 1,000.00", "Punta Baja | 500.00", f"TOTAL | {printed}", total=2)
    (check,) = checks(table("Cuadro 1", MONEY[:1], rows))
    assert (check.kind, check.status) == (CheckKind.TOTAL, status)
    assert check.gap == (None if gap is None else Decimal(gap))
    assert check.figures[-1].value == 1500
    assert "TOTAL" in check.where
    assert "Vigente" in check.where


def test_a_row_without_a_figure_leaves_the_total_open_and_is_named() -> None:
    rows = lines("Punta Alta | 1,000", "Punta Baja | N/D", "TOTAL | 1,500", total=2)
    (check,) = checks(table("Cuadro 1", MONEY[:1], rows))
    assert check.status is UNKNOWN
    assert "Punta Baja" in check.text


def test_blank_rows_count_as_nothing_only_where_the_total_bears_it_out() -> None:
    held = checks(table("Cuadro 1", MONEY[:1], lines("Alta | 1,000", "Baja | ", "TOTAL | 1,000", total=2)))
    open_ = checks(table("Cuadro 1", MONEY[:1], lines("Alta | 1,000", "Baja | ", "TOTAL | 1,500", total=2)))
    assert [c.status for c in held] == [VERIFIED]
    assert [c.status for c in open_] == [UNKNOWN]


def test_money_without_cents_may_miss_its_total_by_rounding_and_counts_may_not() -> None:
    rows = lines("Alta | 1,000", "Baja | 2,000", "TOTAL | 3,001", total=2)
    money = checks(table("Cuadro 1", MONEY[:1], rows))
    counts = checks(table("Cuadro 1", (Col(header="Meta", measure="programado"),), rows))
    assert [c.status for c in money] == [VERIFIED]
    assert "redondeo" in money[0].text
    assert [c.status for c in counts] == [MISMATCH]


def test_percentages_and_prices_are_not_summed() -> None:
    columns = (Col(header="%", percent=True), Col(header="Precio unitario", measure=None, level=Level.FINANCIAL))
    assert not checks(table("Cuadro 1", columns, lines("Alta | 60% | 8", "Baja | 40% | 9", "TOTAL | 50% | 3", total=2)))


def test_a_parent_row_is_held_against_its_children() -> None:
    rows = [
        Line(label="Personal", texts=["900", "800", "700"], kind=RowKind.SUBTOTAL, code="100"),
        Line(label="Sueldos", texts=["600", "500", "400"], parent=0, code="110"),
        Line(label="Aguinaldo", texts=["300", "310", "300"], parent=0, code="120"),
    ]
    columns = (*MONEY, Col(header="Pagado", measure="pagado", level=Level.FINANCIAL))
    parents = [c for c in checks(table("Cuadro 1", columns, rows)) if c.kind is CheckKind.PARENT]
    assert [c.status for c in parents] == [VERIFIED, MISMATCH, VERIFIED]
    assert parents[1].gap == -10


def test_children_that_miss_in_most_columns_are_not_taken_for_children() -> None:
    rows = [
        Line(label="Varios", texts=["900", "800"], kind=RowKind.SUBTOTAL),
        Line(label="Sueldos", texts=["10", "20"], parent=0),
        Line(label="Aguinaldo", texts=["30", "40"], parent=0),
    ]
    assert {c.status for c in checks(table("Cuadro 1", MONEY, rows))} == {UNKNOWN}


def test_a_total_exceeded_by_rows_of_several_levels_is_left_open() -> None:
    """A parent that the reader took for a plain row would count twice: both sums are told, no error is claimed."""
    rows = [
        Line(label="Personal", texts=["900"], kind=RowKind.SUBTOTAL, parent=5),
        Line(label="Sueldos", texts=["500"], parent=0),
        Line(label="Aguinaldo", texts=["400"], parent=0),
        Line(label="Obras", texts=["300"], parent=5),  # stands for the next one
        Line(label="Muelles", texts=["300"], parent=5),
        Line(label="TOTAL", texts=["1,200"], kind=RowKind.TOTAL),
    ]
    (total,) = [c for c in checks(table("Cuadro 1", MONEY[:1], rows)) if c.kind is CheckKind.TOTAL]
    assert total.status is UNKNOWN
    assert [f.value for f in total.figures] == [1200, 1500]


def test_the_total_of_balances_at_each_month_is_the_last_one() -> None:
    columns = (Col(header="Vigente", measure="vigente"), Col(header="Gasto", measure="ejecutado"))
    rows = lines("Enero | 9,000 | 10", "Febrero | 9,000 | 20", "TOTAL | 9,000 | 30", total=2)
    assert {c.status for c in checks(table("Cuadro 1", columns, rows))} == {VERIFIED}


# --- columns --------------------------------------------------------------------------------------------------------


def test_each_row_that_breaks_a_difference_is_named_with_both_figures() -> None:
    rows = lines("Alta | 900 | 400 | 500", "Baja | 800 | 300 | 510", "Media | 700 | 200 | 500")
    (bad,) = broken(checks(table("Cuadro 1", BALANCE, rows)))
    assert bad.kind is CheckKind.DIFFERENCE
    assert "Baja" in bad.where
    assert [f.value for f in bad.figures[:2]] == [510, 500]
    assert bad.gap == 10


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("60%", VERIFIED),
        ("61%", VERIFIED),
        ("60.3%", VERIFIED),
        ("60.33%", VERIFIED),
        ("62%", MISMATCH),
        ("63.3%", MISMATCH),
    ],
)
def test_a_printed_percentage_may_differ_by_one_in_its_last_digit(printed: str, status: CheckStatus) -> None:
    rows = lines(f"Alta | 300.00 | 181.00 | {printed}", "Baja | 200.00 | 100.00 | 50%", "Sur | 0 | 5 | N/A")
    found_ = [c for c in checks(table("Cuadro 1", SHARE, rows)) if "Alta" in c.where or c.status is VERIFIED]
    assert (MISMATCH in {c.status for c in found_}) is (status is MISMATCH)


def test_a_header_that_says_the_other_sense_is_told() -> None:
    columns = (
        Col(header="Solicitada", measure="solicitado"),
        Col(header="Asignada", measure="asignado"),
        Col(header="Diferencia (S - A)", measure="diferencia", derived=(2, 1), level=Level.FINANCIAL),
    )
    rows = lines("Mayo | 100 | 130 | 30", "Junio | 200 | 260 | 60")
    (bad,) = broken(checks(table("Cuadro 1", columns, rows)))
    assert bad.kind is CheckKind.HEADER
    assert "«Asignada» − «Solicitada»" in bad.text
    right = (*columns[:2], replace(columns[2], header="Diferencia (A - S)"))
    assert not broken(checks(table("Cuadro 1", right, rows)))


def test_first_plan_plus_changes_is_the_plan_in_force() -> None:
    columns = (
        Col(header="Inicial", measure="asignado"),
        Col(header="Reformas", measure="modificacion"),
        Col(header="Codificado", measure="vigente"),
    )
    rows = lines("Alta | 100 | -20 | 80", "Baja | 200 | 50 | 251", "Sur | 300 | 0 | 300")
    (bad,) = broken(checks(table("Cuadro 1", columns, rows)))
    assert (bad.kind, bad.gap) == (CheckKind.SUM, 1)
    assert "Baja" in bad.where


def test_a_sum_of_columns_is_found_by_arithmetic_alone() -> None:
    columns = tuple(Col(header=h, level=Level.FINANCIAL) for h in ("Fondo propio", "Donaciones", "Conjunto"))
    rows = [f"Faro {n} | {n * 1371} | {n * n * 97} | {n * 1371 + n * n * 97}" for n in range(1, 9)]
    rows.append("Faro 9 | 12,339 | 7,857 | 20,296")  # 100 too many
    (bad,) = broken(checks(table("Cuadro 1", columns, lines(*rows))))
    assert bad.gap == 100
    assert "Faro 9" in bad.where


# --- periods --------------------------------------------------------------------------------------------------------

QUARTERS = [Period(year=2023, first=f, last=f + 3) for f in (1, 5, 9)]
YEAR = (
    Col(header="Año 2023 / Meta", measure="programado", period=Period(year=2023)),
    *(Col(header=f"{n} cuatrimestre / Meta", measure="programado", period=p) for n, p in enumerate(QUARTERS, 1)),
)


def test_a_year_is_the_sum_of_its_periods() -> None:
    rows = lines("Rondas | 12 | 4 | 4 | 4", "Avisos | 448 | 147 | 151 | 149")
    (bad,) = broken(checks(table("Cuadro 1", YEAR, rows)))
    assert (bad.kind, bad.gap) == (CheckKind.PERIODS, 1)
    assert [f.value for f in bad.figures] == [448, 447, 147, 151, 149]


def test_periods_that_do_not_add_up_in_most_rows_are_not_a_sum() -> None:
    rows = lines("Personal | 50 | 48 | 49 | 50", "Guardas | 20 | 20 | 20 | 20", "Buzos | 9 | 8 | 9 | 9")
    result = checks(table("Cuadro 1", YEAR, rows))
    assert [c.status for c in result] == [UNKNOWN]


def test_an_accumulated_figure_may_stop_at_any_period() -> None:
    done = tuple(
        Col(header=f"{n} cuatrimestre / Hecho", measure="alcanzado", period=p) for n, p in enumerate(QUARTERS, 1)
    )
    columns = (*done, Col(header="Acumulado", measure="alcanzado", accumulated=True))
    result = checks(table("Cuadro 1", columns, lines("Rondas | 4 | 5 | 4 | 9", "Avisos | 7 | 6 | 1 | 13")))
    assert [c.status for c in result] == [VERIFIED]
    wrong = checks(
        table("Cuadro 1", columns, lines("Rondas | 4 | 5 | 4 | 9", "Avisos | 7 | 6 | 1 | 12", "Luces | 1 | 1 | 1 | 2"))
    )
    assert ["Avisos" in c.where for c in broken(wrong)] == [True]


def test_rows_that_are_months_accumulate() -> None:
    columns = (Col(header="Gasto", measure="ejecutado"), Col(header="Acumulado", measure="ejecutado", accumulated=True))
    rows = lines(
        "Mayo | 100.00 | 500.00", "Junio | 50.00 | 550.00", "Julio | 60.00 | 610.00", "Agosto | 40.00 | 655.00"
    )
    (bad,) = broken(checks(table("Cuadro 1", columns, rows)))
    assert (bad.kind, bad.gap) == (CheckKind.RUNNING, 5)
    assert "Agosto" in bad.where


# --- tables against each other --------------------------------------------------------------------------------------


def test_the_same_figure_in_two_tables_must_agree() -> None:
    first = table(
        "Cuadro 1: Cuotas", (Col(header="Ejecutada", measure="ejecutado"),), lines("Mayo | 254.00", "Junio | 285.00")
    )
    second = table(
        "Cuadro 2: Gasto",
        (Col(header="Del mes", measure="ejecutado"),),
        lines("Mayo | 252.00", "Junio | 285.00"),
        order=2,
    )
    (bad,) = broken(checks(first, second))
    assert bad.kind is CheckKind.TABLES
    assert [f.value for f in bad.figures] == [254, 252]
    assert {c.table for c in bad.citations} == {"Cuadro 1: Cuotas", "Cuadro 2: Gasto"}
    assert found(checks(first, second), CheckKind.TABLES, VERIFIED)


@pytest.mark.parametrize(
    ("column", "rows"),
    [
        (Col(header="Ejecutado", measure="ejecutado"), lines("Mayo | 9.00", "Junio | 7.00")),  # another subject
        (Col(header="Acumulado", measure="ejecutado", accumulated=True), lines("Mayo | 250.00", "Junio | 280.00")),
        (Col(header="Hecho", measure="alcanzado"), lines("Mayo | 250.00", "Junio | 280.00")),  # goals, not money
        (
            Col(header="Ejecutado", measure="ejecutado", period=Period(year=2022)),
            lines("Mayo | 250.00", "Junio | 280.00"),
        ),
    ],
)
def test_figures_of_different_things_are_not_compared(column: Col, rows: list[Line]) -> None:
    first = table("Cuadro 1", (Col(header="Ejecutado", measure="ejecutado"),), lines("Mayo | 254.00", "Junio | 285.00"))
    assert not broken(checks(first, table("Cuadro 2", (column,), rows, order=2)))


def test_a_gap_between_grand_totals_is_traced_to_the_group_it_sits_in() -> None:
    def coded(*rows: tuple[str, str, str]) -> list[Line]:
        last = len(rows) - 1
        return [
            Line(label=label, texts=[amount], keys={"Programa": code}, parent=None if n == last else last,
                 kind=RowKind.TOTAL if n == last else RowKind.DATA)
            for n, (code, label, amount) in enumerate(rows)
        ]  # fmt: skip

    first = table("", MONEY[:1], coded(("21-01-000", "Luces", "500.00"), ("21-02-000", "Boyas", "300.00"), ("", "TOTAL", "800.00")),
                  key="Programa")  # fmt: skip
    second = table("", MONEY[:1], coded(("21-01-001", "Focos", "200.00"), ("21-01-002", "Lentes", "300.00"),
                   ("21-02-001", "Cadenas", "260.00"), ("", "TOTAL", "760.00")), key="Programa", order=2)  # fmt: skip
    (bad,) = broken(checks(first, second))
    assert bad.gap == 40
    assert "Toda la diferencia está en programa 21-02" in bad.text
    assert {800, 760, 300, 260} <= {f.value for f in bad.figures}


# --- property: a table built to add up holds; one moved cell is named ----------------------------------------------


def _balanced(amounts: list[tuple[int, int]]) -> list[Line]:
    rows = [[a + b, b, a] for a, b in amounts]
    rows.append([sum(r[i] for r in rows) for i in range(3)])
    return lines(*(f"Faro {n} | " + " | ".join(f"{v}.00" for v in r) for n, r in enumerate(rows)), total=len(amounts))


AMOUNTS = st.lists(st.tuples(st.integers(1, 10**7), st.integers(1, 10**7)), min_size=2, max_size=8)


@settings(max_examples=60, deadline=None)
@given(AMOUNTS)
def test_a_table_that_adds_up_is_verified_throughout(amounts: list[tuple[int, int]]) -> None:
    result = checks(table("Cuadro 1", BALANCE, _balanced(amounts)))
    assert result
    assert {c.status for c in result} == {VERIFIED}


def test_a_total_that_sums_beside_is_no_average() -> None:
    """Rows of 6 and 2 under a total of 4: its other columns are sums, so this one is a sum that fails."""
    rows = lines("Faro 0 | 6.00 | 1.00 | 1.00", "Faro 1 | 2.00 | 1.00 | 1.00", "TOTAL | 4.00 | 2.00 | 2.00", total=2)
    bad = broken(checks(table("Cuadro 1", BALANCE, rows)))
    assert any(c.kind is CheckKind.TOTAL and c.gap is not None and abs(c.gap) == 4 for c in bad)


@settings(max_examples=80, deadline=None)
@given(AMOUNTS, st.data())
def test_one_moved_cell_is_named(amounts: list[tuple[int, int]], data: st.DataObject) -> None:
    rows = _balanced(amounts)
    place, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, 2))
    shift = data.draw(st.integers(1, 10**6))
    texts = list(rows[place].texts)
    texts[column] = f"{int(texts[column].removesuffix('.00')) + shift}.00"
    rows[place] = replace(rows[place], texts=texts)
    bad = broken(checks(table("Cuadro 1", BALANCE, rows)))
    header = BALANCE[column].header
    assert all(c.gap is not None and abs(c.gap) == shift for c in bad)
    assert any(c.kind is CheckKind.TOTAL and header in c.where for c in bad)
    assert any(c.kind is CheckKind.DIFFERENCE and f"Faro {place}" in c.where for c in bad)


# --- real reports ---------------------------------------------------------------------------------------------------


def _read(shared: Path, start: str) -> Report:
    from index.ingest import read_report

    return read_report(next((shared / "reports").glob(f"{start}*.txt")))


@pytest.mark.shared
def test_customs_products_and_activities_differ_in_one_programme(shared: Path) -> None:
    bad = broken(reconcile_report(_read(shared, "aduanas")))
    assert {c.gap for c in bad} == {Decimal("781973.00")}
    assert all("Toda la diferencia está en" in c.text and "11-03" in c.text for c in bad)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        (CheckKind.TABLES, {2549397, 2529447}),  # May in two tables
        (CheckKind.TABLES, {2853972, 2856471}),
        (CheckKind.TABLES, {4473724, 4472100}),
        (CheckKind.TABLES, {2683345, 2676616}),
        (CheckKind.TABLES, {12560438, 12534634}),  # and their totals
        (CheckKind.TABLES, {12, 8}),  # accumulated of one product in two tables
        (CheckKind.HEADER, {2669770, 2624822, 44948}),  # the difference is the other way round
        (CheckKind.PERIODS, {448, 447, 147, 151, 149}),
        (CheckKind.PERCENTAGE, {44, 150, 445}),
    ],
)
def test_intelligence_report_contradicts_itself_here(shared: Path, kind: CheckKind, figures: set[int]) -> None:
    bad = [c for c in broken(reconcile_report(_read(shared, "sie"))) if c.kind is kind]
    assert any(figures <= {f.value for f in c.figures} for c in bad)


@pytest.mark.shared
def test_reports_that_add_up_raise_no_alarm(real_reports: dict[str, Report]) -> None:
    """Looked through by eye: none of these reports contradicts itself beyond rounding. Pictures of pages are left out."""
    alarms = [(name, c.text) for name, report in real_reports.items() for c in broken(reconcile_report(report))]
    assert real_reports
    assert not alarms
