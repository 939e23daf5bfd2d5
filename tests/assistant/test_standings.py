"""Rows asked for by what they hold or lack: "sin meta pero con ejecución", "en cero en ambas columnas"."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.standings import standings_of
from assistant.tokens import line_of, tokens_of
from tests.assistant.small import ask

PRODUCTS = """
Producto | Meta =programado | Hecho =alcanzado | Asignado =asignado,GTQ | Vigente =vigente,GTQ
[1] Puente  | 10 | 4 | 900.00 | 1,000.00
[2] Camino  | 0  | 3 | 0.00   | 0.00
[3] Muro    | 5  | 0 | 300.00 | 200.00
[4] Pozo    | 0  | 0 | 0.00   | 50.00
[5] Acequia | 0  | 0 | 0.00   | 0.00
"""


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("¿Cuántos productos no tenían nada programado y tampoco registraron nada ejecutado?", "Pozo Acequia"),
        ("¿Cuántos productos no tenían nada programado?", "Camino Pozo Acequia"),
        ("cuantos productos quedaron en cero tanto en lo programado como en lo ejecutado", "Pozo Acequia"),
        ("¿Qué productos están en cero en ambas columnas?", "Pozo Acequia"),
        ("productos sin meta y sin ejecución", "Pozo Acequia"),
        ("¿qué productos no se programaron ni se ejecutaron?", "Pozo Acequia"),
        ("¿Cuántos productos no tenían nada programado y aun así reportan ejecución?", "Camino"),
        ("productos que no tenían meta pero igual se hicieron", "Camino"),
        ("¿Cuántos productos se ejecutaron sin haber tenido nada programado?", "Camino"),
        ("¿Qué productos tuvieron ejecución sin estar programados?", "Camino"),
        ("¿CUÁNTOS PRODUCTOS TENÍAN META Y NO EJECUTARON NADA (OBRAS)?", "Muro"),
        ("¿Cuáles productos con meta programada no tuvieron ninguna ejecución (obras)?", "Muro"),
        ("productos con asignado en cero y hecho mayor que cero", "Camino"),
        ("productos con asignado pero sin ejecución", "Muro"),
        ("¿Qué productos tenían una meta y terminaron en cero?", "Muro"),
        ("que productos tenian meta y no hicieron nada", "Muro"),
        ("¿Cuántos productos no tienen presupuesto asignado?", "Camino Pozo Acequia"),
        ("qué productos tienen presupuesto vigente en cero", "Camino Acequia"),
        ("¿Cuántos productos sí tienen presupuesto?", "Puente Muro Pozo"),
        ("productos con presupuesto pero sin ejecución física", "Muro Pozo"),
        ("cuántos productos tenían meta", "Puente Muro"),
        ("¿cuántos productos reportan ejecución?", "Puente Camino"),
    ],
)
def test_the_rows_of_which_all_statements_hold(question: str, names: str) -> None:
    """They are counted, and named; no row that only one of the statements fits is among them."""
    found = ask(PRODUCTS, question)
    expected = names.split()
    assert found.values[0].value == Decimal(len(expected)), found.text
    told = found.text.split("Cálculo")[0]
    assert [n for n in "Puente Camino Muro Pozo Acequia".split() if n in told] == expected


def test_nothing_done_where_nothing_was_to_be_done_is_told_apart() -> None:
    """ "Sin avance" counts what had a goal, and says how many more stand at zero."""
    found = ask(PRODUCTS, "¿Cuántos productos quedaron sin ejecución?")
    assert found.values[0].value == Decimal(1)
    assert any("son 3 en cero" in w for w in found.warnings), found.warnings


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué productos no alcanzaron la meta?",
        "¿Qué programas tienen ejecución de más del 90 %?",
        "¿Cuánto presupuesto tienen los productos?",
        "¿Qué ejecución tienen los programas?",
        "programas con ejecución mayor al 50 %",
        "¿Cuántas visitas había programadas?",
    ],
)
def test_other_conditions_and_amounts_are_no_statement_on_zero(question: str) -> None:
    tokens = tokens_of(question)
    assert standings_of(tokens, *line_of(tokens)) == ()


LEFT = """
Capítulo  | Vigente =vigente,GTQ | Devengado =devengado,GTQ | Subejercicio =saldo,GTQ
Personal  | 80.00                | 80.00                    | 0.00
Servicios | 70.00                | 45.00                    | 25.00
Obras     | 30.00                | 10.00                    | 20.00
T: TOTAL  | 180.00               | 135.00                   | 45.00
"""


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("capítulos con subejercicio", ["Servicios", "Obras"]),
        ("¿Qué capítulos quedaron sin saldo?", ["Personal"]),
        ("capítulos con subejercicio en cero", ["Personal"]),
    ],
)
def test_rows_with_or_without_something_left_are_listed(question: str, names: list[str]) -> None:
    """They were told the subejercicio of everything."""
    found = ask(LEFT, question)
    assert found.values[0].value == len(names), found.text
    assert [n for n in names if n not in found.text] == []


def test_what_was_spent_in_a_row_that_is_called_spending() -> None:
    grid = "Concepto | Presupuesto =presupuesto,GTQ | Ejecución =ejecutado,GTQ\nGastos de inversión | 9.00 | 8.00\nGastos fijos | 5.00 | 5.00"
    assert ask(grid, "cuánto se gastó del presupuesto de inversión").values[0].value == 8
