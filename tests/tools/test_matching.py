"""From the words of a question to rows, codes, columns and periods: what they name, and nothing they do not."""

from __future__ import annotations

import pytest

from index.model import Level, Period
from index.text import STOPWORDS, stem, words
from tests.building import report, table, view
from tools.catalogue import Catalogue, TableView
from tools.cataloguing import build
from tools.codes import match_code, uncertain_rows
from tools.matching import Word, match_rows, stands_for, whole_table
from tools.table_periods import fit_period, row_periods

TABLE = """
Producto                                            | Programa =key | Vigente =vigente,GTQ
[21] Canales de riego revestidos                    | 11-01         | 1.00
[22] Capacitaciones a juntas de regantes            | 11-02         | 2.00
[23] Capacitaciones a personal administrativo       | 11-02         | 3.00
[69] Compuertas instaladas                          | {11-02,11-03} | 4.00
[70] Otros informes                                 | 11-03         | 5.00
[71] Informes                                       | 11-03         | 6.00
T: TOTAL                                            |               | 21.00
"""


def looked_at() -> tuple[Catalogue, TableView]:
    catalogue = build([report(table(TABLE), institution="Junta de Riego del Valle", aliases=("JRV",))])
    return catalogue, catalogue.views[0]


def found(question: str, *, strict: bool = True) -> list[tuple[int, ...]]:
    """The rows that tie at the top for the words of a question. strict: the words must be explained by a row."""
    catalogue, seen = looked_at()
    asked = [
        Word(position=i, text=w, stem=stem(w)) for i, w in enumerate(words(question)) if w not in STOPWORDS or w == "no"
    ]
    needed = frozenset(w.position for w in asked) if strict else frozenset()
    matches = match_rows(catalogue, seen, asked, needed)
    best = [m for m in matches if m.gain == matches[0].gain and (m.full, m.run) == (matches[0].full, matches[0].run)]
    return [m.rows for m in best]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("canales de riego revestidos", [(0,)]),
        ("CANALES", [(0,)]),
        ("canal revestido", [(0,)]),  # singular
        ("revestidos canales", [(0,)]),
        ("capacitaciones a personal", [(2,)]),
        ("capacitación a juntas", [(1,)]),
        ("capacitaciones", [(1,), (2,)]),  # both fit
        ("compuertas", [(3,)]),
        ("otros informes", [(4,)]),
        ("informes", [(5,)]),  # the row of that very name
        ("puentes", []),
        ("", []),
    ],
)
def test_rows(question: str, rows: list[tuple[int, ...]]) -> None:
    assert found(question) == rows


@pytest.mark.parametrize("question", ["total", "total general", "junta de riego", "valle"])
def test_the_institution_and_the_total_name_no_row(question: str) -> None:
    assert found(question, strict=False) == []


@pytest.mark.parametrize(
    ("noun", "code", "rows"),
    [
        ("producto", "22", (1,)),
        ("productos", "22", (1,)),
        ("", "22", (1,)),
        ("producto", "2", None),  # codes are not beginnings of words
        ("producto", "220", None),
        ("programa", "11-01", (0,)),
        ("programa", "11-02", (1, 2)),  # the doubtful row is in no group
        ("programa", "11-03", (4, 5)),
        ("programa", "11", None),
        ("programa", "11-0", None),
        ("programa", "11-04", None),
    ],
)
def test_codes(noun: str, code: str, rows: tuple[int, ...] | None) -> None:
    catalogue, seen = looked_at()
    matched = match_code(catalogue, [seen], noun, code).get(seen.position)
    assert (matched.rows if matched else None) == rows


def test_a_code_holds_those_below_it() -> None:
    made = "Actividad | Categoría =key | Vigente =vigente,GTQ\nA | 11-02-000-001 | 1.00\nB | 11-02-000-002 | 2.00\nC | 11-020-000-001 | 4.00"
    catalogue = build([report(table(made))])
    assert match_code(catalogue, catalogue.views, "programa", "11-02")[0].rows == (0, 1)
    assert match_code(catalogue, catalogue.views, "actividad", "11-02-000-002")[0].rows == (1,)


def test_the_noun_decides_between_a_row_and_a_key() -> None:
    made = "Producto | Programa =key | Vigente =vigente,GTQ\n[11] Muro | 12 | 1.00\n[12] Canal | 11 | 2.00\n[13] Pozo | 11 | 4.00"
    catalogue = build([report(table(made))])
    assert match_code(catalogue, catalogue.views, "producto", "11")[0].rows == (0,)
    assert match_code(catalogue, catalogue.views, "programa", "11")[0].rows == (1, 2)


@pytest.mark.parametrize(("key", "rows"), [("11-02", (3,)), ("11-03", (3,)), ("11-01", ()), ("11", ())])
def test_doubtful_rows_are_known_to_every_group_they_may_be_of(key: str, rows: tuple[int, ...]) -> None:
    _, seen = looked_at()
    assert uncertain_rows(seen, (), key) == rows


def test_the_whole_table_holds_no_totals() -> None:
    _, seen = looked_at()
    assert whole_table(seen).rows == (0, 1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("column", "measure", "level", "place"),
    [
        ("vigente", "vigente", None, 0),
        ("vigente", "presupuesto", None, 1),
        ("asignado", "presupuesto", None, 2),
        ("asignado", "vigente", None, None),  # one budget is never passed off as another
        ("vigente", "asignado", None, None),
        ("devengado", "ejecutado", None, 2),
        ("devengado", "pagado", None, None),
        ("ejecutado", "pagado", None, None),
        ("alcanzado", "ejecutado", None, 1),
        ("alcanzado", "ejecutado", Level.FINANCIAL, None),
        ("alcanzado", "ejecutado", Level.PHYSICAL, 1),
        ("programado", "vigente", None, None),
        ("saldo", "ejecutado", None, None),
        ("ejecutado,%", "ejecutado", None, None),  # a percentage is no amount
        ("porcentaje,%", "porcentaje", None, 0),
    ],
)
def test_what_a_column_may_stand_for(column: str, measure: str, level: Level | None, place: int | None) -> None:
    seen = view(f"Obra | X ={column}\nPuente | 1")
    assert stands_for(measure, seen.numbers[0], level) == place


MONTHS = "Mes | Gasto =ejecutado,GTQ\nMayo | 1.00\nJunio | 2.00\nJulio | 3.00\nT: TOTAL | 6.00"


def test_rows_that_are_months_take_the_year_of_the_report() -> None:
    seen = view(MONTHS, period=Period(year=2023))
    assert row_periods(seen) == {n: Period(year=2023, first=5 + n, last=5 + n) for n in range(3)}


@pytest.mark.parametrize("label", ["Junta de mayo", "Proyecto 2023 de riego", "Mayores", "Plan 2020-4", "Marzola"])
def test_labels_that_hold_a_date_are_no_periods(label: str) -> None:
    assert row_periods(view(f"Obra | Gasto =ejecutado,GTQ\n{label} | 1.00", period=Period(year=2023))) == {}


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        (Period(year=None, first=6, last=6), (1,)),
        (Period(year=2023, first=6, last=6), (1,)),
        (Period(year=None, first=5, last=6), (0, 1)),
        (Period(year=2022, first=6, last=6), None),  # another year
        (Period(year=None, first=9, last=9), None),  # a month that the table has not
        (Period(year=2024), None),
    ],
)
def test_months_of_rows(asked: Period, rows: tuple[int, ...] | None) -> None:
    seen = view(MONTHS, period=Period(year=2023, first=5, last=8))
    fit = fit_period(seen, asked)
    assert (fit.rows if fit and fit.rows else None) == rows


YEARS = "Obra | 2021/Gasto =ejecutado,GTQ,2021 | 2022/Gasto =ejecutado,GTQ,2022\nPuente | 1.00 | 2.00"


@pytest.mark.parametrize(
    ("asked", "columns"),
    [
        (Period(year=2021), {1}),
        (Period(year=2022), {2}),
        (Period(year=2021, last_year=2022), {1, 2}),
        (Period(year=2020), None),
        (Period(year=2022, first=1, last=4), None),  # the year does not answer for a part of it
    ],
)
def test_years_of_columns(asked: Period, columns: set[int] | None) -> None:
    fit = fit_period(view(YEARS, period=Period(year=2022)), asked)
    assert (set(fit.columns) if fit and fit.columns else None) == columns


def test_a_part_of_the_period_is_not_answered_by_the_whole() -> None:
    """A table of the year says nothing of March; the year asked of a table of four months is told as wider."""
    year = view("Obra | Gasto =ejecutado,GTQ\nPuente | 1.00", period=Period(year=2023))
    assert fit_period(year, Period(year=None, first=3, last=3)) is None
    assert fit_period(year, Period(year=2023)) is not None
    part = view("Obra | Gasto =ejecutado,GTQ\nPuente | 1.00", period=Period(year=2023, first=1, last=4))
    wider = fit_period(part, Period(year=2023))
    assert wider is not None
    assert wider.note == "wider"


def test_a_report_without_a_period_answers_for_none() -> None:
    assert fit_period(view("Obra | Gasto =ejecutado,GTQ\nPuente | 1.00"), Period(year=2023)) is None
