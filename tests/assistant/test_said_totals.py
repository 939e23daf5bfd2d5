"""A total said in passing names its table, and no other number does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.model import Status
from tests.assistant.small import ask

LAMPS = """
Producto | Meta =programado | Hecho =alcanzado | Vigente =vigente,GTQ
Faros    | 90  | 100 | 30,000,000.00
Boyas    | 60  | 50  | 10,000,000.00
T: Total | 150 | 150 | 40,000,000.00
"""


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Qué porcentaje de los 150 productos hechos fueron faros?", "66.67"),
        ("en la tabla que suma 150, ¿cuánto se hizo en boyas?", "50"),
        ("En el reporte, el que totaliza 40,000,000, ¿qué producto superó su meta y cuántos se hicieron?", "1"),
        ("¿Qué parte de sus 40 millones de quetzales tienen las boyas?", "25"),
    ],
)
def test_the_table_is_the_one_of_that_total(question: str, figure: str) -> None:
    found = ask(LAMPS, question)
    assert found.status is Status.ANSWERED, found.text
    assert found.values[0].value is not None
    assert found.values[0].value.quantize(Decimal("0.01")) == Decimal(figure)


@pytest.mark.parametrize(
    "question",
    [
        "en la tabla que suma 152, ¿cuánto se hizo en boyas?",
        "¿Qué parte de sus 41 millones de quetzales tienen las boyas?",
    ],
)
def test_another_number_is_no_total_of_it(question: str) -> None:
    assert ask(LAMPS, question).status is not Status.ANSWERED
