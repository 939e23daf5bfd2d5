"""A measure asked of every row is told of every row, and never by its total alone."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from index.memory_store import MemoryStore
from tests.assistant.small import ask
from tests.building import report, table

MONTHS = """
Mes     | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ
Enero   | 100.00               | 10.00
Febrero | 100.00               | 25.00
T: Total |                     | 35.00
"""
PROGRAMMES = """
Programa   | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ
Salud      | 80.00                | 40.00
Caminos    | 20.00                | 15.00
"""
QUARTERS = """
Obra   | Ejecutado I trimestre =ejecutado,GTQ,2023m1-3 | Ejecutado II trimestre =ejecutado,GTQ,2023m4-6
Puente | 4.00 | 6.00
Muro   | 1.00 | 2.00
"""


@pytest.mark.parametrize(
    ("grid", "text", "values"),
    [
        (MONTHS, "gasto ejecutado por mes", [35, 10, 25]),
        (MONTHS, "lo ejecutado mes a mes", [35, 10, 25]),
        (MONTHS, "ejecutado de cada mes", [35, 10, 25]),
        (PROGRAMMES, "presupuesto vigente por programa", [100, 80, 20]),
        (PROGRAMMES, "desglose de lo ejecutado por programa", [55, 40, 15]),
        (PROGRAMMES, "porcentaje de ejecución por programa", [50, 75]),
    ],
)
def test_each_row_has_its_figure(grid: str, text: str, values: list[int]) -> None:
    """The total first, where there is one, and then the rows in the order of the table."""
    assert [f.value for f in ask(grid, text).values] == [Decimal(v) for v in values]


@pytest.mark.parametrize(
    ("grid", "text"),
    [(PROGRAMMES, "ejecutado por mes"), (PROGRAMMES, "vigente por fuente"), (MONTHS, "ejecutado por municipio")],
)
def test_rows_of_another_sort_answer_nothing(grid: str, text: str) -> None:
    assert ask(grid, text).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("grid", "text", "value"),
    [
        (MONTHS, "total ejecutado", 35),
        (PROGRAMMES, "vigente de salud por programa", 80),
        (MONTHS, "promedio ejecutado por mes", Decimal("17.5")),
    ],
)
def test_one_figure_is_asked_still(grid: str, text: str, value: object) -> None:
    assert ask(grid, text).values[0].value == value


def test_no_month_of_the_income_is_the_spending_of_it() -> None:
    """A table titled by its resources has months, and a row on spending; none of its figures is what was spent."""
    store = MemoryStore()
    income = (
        "Concepto | Mayo =,GTQ,2023m5-5 | Junio =,GTQ,2023m6-6\nTasas | 4.00 | 6.00\nRecupero de gasto | 1.00 | 2.00"
    )
    store.add(report(table(income, caption="Tabla 5. Programación mensual de los recursos")))
    assert Assistant(store).ask("¿cuál fue el gasto total en junio?").status is not Status.ANSWERED


def test_the_months_of_a_row_that_has_none_are_not_its_total() -> None:
    assert ask(PROGRAMMES, "ejecutado de salud por mes").status is not Status.ANSWERED
