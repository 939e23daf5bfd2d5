"""What a follow-up leaves out: who did it, of what the share is, what "eso" was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.model import Answer, Status
from tests.assistant.test_phrasings import FLOWS, GOALS, MONEY, ask

FIRST = "¿Qué actividad tiene más presupuesto?"
ONE = "¿Cuánto ejecutó servicios de vialidad?"


@pytest.mark.parametrize(
    ("grid", "before", "text", "value"),
    [
        (MONEY, FIRST, "¿qué % ejecutó?", 75),
        (MONEY, FIRST, "¿cuánto le falta por ejecutar?", 20),
        (MONEY, FIRST, "¿cuánto tenía vigente?", 80),
        (MONEY, FIRST, "¿qué % se ejecutó en total?", 70),
        (MONEY, ONE, "¿qué % ejecutó?", "64.29"),
        (MONEY, ONE, "¿cuánto se ejecutó en total?", 105),
        (MONEY, FIRST, "¿qué % del total representa?", "53.33"),
        (MONEY, FIRST, "¿y eso cuánto es en % del total?", "53.33"),
        (FLOWS, "¿Qué mes recaudó menos?", "y eso que porcentaje del total es", "16.67"),
    ],
)
def test_a_follow_up_is_of_the_row_told_before(grid: str, before: str, text: str, value: int | str) -> None:
    found = ask(grid, text, before)
    assert found.values[0].value == Decimal(value), found.text


def test_what_nobody_answered_is_nothing_to_point_at() -> None:
    assert ask(MONEY, "¿y eso cuánto es en % del total?", "¿Qué faro devengó más?").status is Status.AMBIGUOUS


@pytest.mark.parametrize(
    "text", ["¿Qué partida gastó menos?", "qué rubro gastó más", "¿cuál de las unidades gastó más?"]
)
def test_no_month_is_a_partida(text: str) -> None:
    assert ask(FLOWS, text).status is Status.NOT_FOUND, ask(FLOWS, text).text


def test_a_month_is_what_a_question_on_months_asks_for() -> None:
    assert "Enero" in ask(FLOWS, "¿Qué mes gastó menos?").text


SPENT = """
Partida    | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ
Papel      | 8.00                 | 0.00
Tinta      | 5.00                 | 4.00
Obras      | 0.00                 | 0.00
"""


@pytest.mark.parametrize(
    "text",
    [
        "¿Qué partidas no tienen ejecución?",
        "¿qué partidas no tienen nada devengado?",
        "partidas sin ejecutar",
        "cuantas partidas quedaron sin ejecutar",
    ],
)
def test_rows_of_money_with_nothing_done_are_told_by_any_turn(text: str) -> None:
    found = ask(SPENT, text)
    assert found.values[0].value == 1
    assert "1 de 3 partidas: con presupuesto y sin ejecución: Papel" in found.text


@pytest.mark.parametrize("text", ["monto sin ejecutar", "recursos sin ejecutar", "¿cuánto quedó sin ejecutar?"])
def test_money_not_spent_is_an_amount(text: str) -> None:
    found: Answer = ask(MONEY, text)
    assert found.values[0].value == 45


@pytest.mark.parametrize(
    "text",
    [
        "¿Qué parte del presupuesto vigente representa cada actividad?",
        "participación de cada actividad en el presupuesto vigente",
        "¿Cómo se reparte el presupuesto vigente entre las dos actividades, en porcentaje?",
    ],
)
def test_the_share_of_each_is_no_execution(text: str) -> None:
    found = ask(MONEY, text)
    assert [str(f.value) for f in found.values if f.unit == "%"] == ["53.33", "46.67"], found.text


def test_a_percentage_of_nothing_named_is_none_of_the_whole() -> None:
    """The question before it was not answered, and 70 % is of another thing."""
    found = ask(MONEY, "El cuadro pone 44 % como meta de los faros. ¿Qué porcentaje sería en realidad?")
    assert found.status is not Status.ANSWERED, found.text


@pytest.mark.parametrize(
    "text",
    [
        "¿en qué producto se hizo más de lo programado?",
        "¿Cuál fue el único producto en que se hizo más de lo prometido?",
    ],
)
def test_more_than_was_planned_is_a_goal_passed_and_no_order(text: str) -> None:
    found = ask(GOALS, text)
    assert "superaron la meta" in found.text, found.text


def test_the_second_half_is_of_the_row_that_came_first_and_has_a_code() -> None:
    grid = "Fuente | Vigente =vigente,GTQ | Devengado =devengado,GTQ\n[110] Tesoro | 9.00 | 8.00\n[220] Crédito externo | 5.00 | 1.00"
    found = ask(grid, "¿qué porcentaje ejecutó?", "¿Qué fuente devengó menos?")
    assert found.values[0].value == 20, found.text
