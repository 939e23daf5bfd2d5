"""Orders and averages over the rows that hold something: "de los que tienen dinero asignado"."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.clauses import without_clause
from tests.assistant.small import ask

PRODUCTS = """
Producto | Meta =programado | Hecho =alcanzado | Asignado =asignado,GTQ | Vigente =vigente,GTQ
[1] Puente  | 10 | 4 | 900.00 | 1,000.00
[2] Camino  | 0  | 3 | 0.00   | 0.00
[3] Muro    | 5  | 5 | 300.00 | 200.00
[4] Pozo    | 8  | 1 | 0.00   | 0.00
"""


@pytest.mark.parametrize(
    ("question", "label", "figure"),
    [
        ("¿Cuál producto, de los que tienen algo asignado, tiene el menor presupuesto vigente?", "Muro", "200"),
        ("producto con menos presupuesto vigente, de los q tienen plata asignada", "Muro", "200"),
        ("producto con menor presupuesto vigente sin contar los que están en cero", "Muro", "200"),
        ("producto con menor asignado de los que no sean cero", "Muro", "300"),
        ("de los productos que tienen meta, ¿cuál hizo menos?", "Pozo", "1"),
        ("¿cuál producto con presupuesto mayor que cero tiene menos hecho?", "Puente", "4"),
        ("promedio del presupuesto vigente de los productos que sí tienen dinero asignado", "", "600"),
        ("promedio del presupuesto vigente por producto, sin contar los ceros", "", "600"),
    ],
)
def test_only_the_rows_that_hold_something(question: str, label: str, figure: str) -> None:
    """The order and the mean are of those rows alone, and the answer says which they are."""
    found = ask(PRODUCTS, question)
    assert found.values[0].value == Decimal(figure), found.text
    assert label in found.text
    assert "mayor que cero: " in found.text


@pytest.mark.parametrize(
    "question",
    [
        "el producto que tiene presupuesto más alto",
        "¿qué productos tienen dinero asignado?",
        "producto con mayor presupuesto vigente",
    ],
)
def test_what_is_asked_for_narrows_nothing(question: str) -> None:
    assert "Se tomaron solo" not in ask(PRODUCTS, question).text


def test_no_row_holds_it() -> None:
    """A clause that no row meets is told, and no row is ordered in its place."""
    empty = PRODUCTS.replace("900.00", "0.00").replace("300.00", "0.00")
    found = ask(empty, "producto con menos vigente, de los que tienen algo asignado")
    assert not found.values
    assert "mayor que cero" in found.text


def test_places_in_the_question_stay() -> None:
    text = "¿Cuál producto, de los que tienen algo asignado, recibió menos?"
    assert len(without_clause(text)[0]) == len(text)


def test_months_are_compared_by_what_moved_in_them() -> None:
    """ "Comparar mayo y junio" asked back with the sum of both; balances at their ends are no movement."""
    months = "Mes | Vigente =vigente,GTQ | Gastado =ejecutado,GTQ\nMayo | 90.00 | 10.00\nJunio | 90.00 | 25.00"
    found = ask(months, "comparar mayo y junio")
    assert "15.00" in found.text, found.text
