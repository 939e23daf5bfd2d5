"""Rows of one name in a table: one figure is told, several are asked back, none is added."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.model import Status
from tests.assistant.small import ask

TWINS = "Obra | Zona =key | Gasto =ejecutado,GTQ\nPuente | Norte | 1.00\nPuente | Sur | 2.00\nMuro | Sur | 4.00"


def test_equal_labels_are_asked_back_with_both_figures() -> None:
    found = ask(TWINS, "gasto del puente")
    assert found.status is Status.AMBIGUOUS
    assert {v.value for v in found.values} >= {Decimal(1), Decimal(2)}
    assert ask(TWINS, "gasto del puente de la zona sur").values[0].value == 2


def test_equal_labels_are_told_apart_when_asked_back() -> None:
    text = ask(TWINS, "gasto del puente").text
    assert "Norte" in text
    assert "Sur" in text


NAMESAKES = """
Concepto          | Presupuesto =vigente,GTQ | Ejecución =ejecutado,GTQ
S: INGRESOS       | 100.00                   | 90.00
Superávit         | 0.00                     | 12.00
S: GASTOS         | 80.00                    | 78.00
Superávit         | 0.00                     | 12.00
Techo de sueldos  | 30.00                    | 5.00
Techo de sueldos  |                          | 6.00
"""


def test_rows_of_one_name_with_one_figure_are_no_question_back() -> None:
    found = ask(NAMESAKES, "ejecución del superávit")
    assert [f.value for f in found.values] == [12]
    assert "2 filas" in found.text


def test_a_namesake_without_a_figure_is_told() -> None:
    found = ask(NAMESAKES, "presupuesto del techo de sueldos")
    assert [f.value for f in found.values] == [30]
    assert "sin cifra" in found.text


def test_namesakes_that_differ_are_asked_back_and_never_added() -> None:
    found = ask(NAMESAKES, "ejecución del techo de sueldos")
    assert found.status is Status.AMBIGUOUS
    assert {f.value for f in found.values} == {5, 6}


SERIES = """
Programa / partida   | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ
S: PROGRAMA 1. Mares | 30.00                | 12.00
. Sueldos            | 20.00                | 10.00
. Obras              | 10.00                | 2.00
S: PROGRAMA 2. Ríos  | 50.00                | 33.00
. Sueldos            | 40.00                | 30.00
. Obras              | 10.00                | 3.00
T: TOTAL             | 80.00                | 45.00
"""


@pytest.mark.parametrize(
    "text",
    [
        "sueldos ejecutado sumando los 2 programas",
        "¿cuánto se ejecutó en sueldos en todos los programas?",
        "¿cuánto se ejecutó en total en sueldos?",
        "ejecutado en sueldos en los dos programas",
    ],
)
def test_rows_of_one_name_under_numbered_programmes_are_added_where_all_are_asked_for(text: str) -> None:
    """ "Los 2 programas" was once taken for programme 2, whose figure was told alone."""
    found = ask(SERIES, text)
    assert found.values[0].value == 40, found.text
    assert "Mares" in found.text


def test_rows_of_one_name_are_asked_back_where_not_all_are_asked_for() -> None:
    assert ask(SERIES, "¿cuánto se ejecutó en sueldos?").status is Status.AMBIGUOUS
    assert ask(SERIES, "¿cuánto se ejecutó en sueldos del programa 2?").values[0].value == 30
