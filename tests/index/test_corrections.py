"""A corrected currency or period reaches the tables that were read with the wrong one, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.corrections import correct
from index.model import Column, Period, Report, Role
from tests.index.made_reports import small_report

JANUARY_2020 = Period(year=2020, first=1, last=1)


def report_of_2020() -> Report:
    """A document of 2020 in USD whose table took both from it."""
    base = small_report()
    document = replace(base.document, currency="USD", period=Period(year=2020))
    table = replace(base.tables[0], currency="USD", period=Period(year=2020))
    return replace(base, document=document, tables=(table,))


def with_column(column: Column) -> Report:
    report = report_of_2020()
    return replace(report, tables=(replace(report.tables[0], columns=(column,)),))


@pytest.mark.parametrize(
    ("unit", "period", "path", "unit_after", "period_after"),
    [
        ("USD", None, ("Gasto",), "HNL", None),
        ("%", None, ("Avance",), "%", None),
        ("EUR", None, ("Gasto en euros",), "EUR", None),
        ("USD", JANUARY_2020, ("Enero", "Gasto"), "HNL", replace(JANUARY_2020, year=2021)),
        ("USD", JANUARY_2020, ("Enero 2020", "Gasto"), "HNL", JANUARY_2020),
        ("USD", Period(year=2019), ("2019",), "HNL", Period(year=2019)),
        (None, Period(year=2020), ("Meta",), None, Period(year=2021)),
    ],
)
def test_columns_follow_what_they_took_from_the_document(
    unit: str | None, period: Period | None, path: tuple[str, ...], unit_after: str | None, period_after: Period | None
) -> None:
    report = with_column(Column(index=0, path=path, role=Role.NUMBER, unit=unit, period=period))
    after = correct(report, {"currency": "HNL", "period": Period(year=2021)})
    assert (after.tables[0].currency, after.tables[0].period) == ("HNL", Period(year=2021))
    assert (after.tables[0].columns[0].unit, after.tables[0].columns[0].period) == (unit_after, period_after)
    assert after.document.edited == ("currency", "period")


def test_a_table_with_its_own_currency_and_period_keeps_them() -> None:
    report = report_of_2020()
    own = replace(report.tables[0], currency="EUR", period=Period(year=2018))
    after = correct(replace(report, tables=(own,)), {"currency": "HNL", "period": Period(year=2021)})
    assert after.tables == (own,)


def test_a_new_name_touches_no_table() -> None:
    report = report_of_2020()
    assert correct(report, {"institution": "Otra"}).tables is report.tables
