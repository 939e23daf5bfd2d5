"""Months and quarters that are columns: in which there was more, in which the goal was not met, and all of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from index.memory_store import MemoryStore
from tests.building import report, table

GOALS = """
Indicador       | I trim/Prog. =programado,m1-3 | I trim/Real =alcanzado,m1-3 | II trim/Prog. =programado,m4-6 | II trim/Real =alcanzado,m4-6 | III trim/Prog. =programado,m7-9 | III trim/Real =alcanzado,m7-9
Visitas guiadas | 90  | 102 | 115 | 120 | 100 | 87
Talleres dados  | 10  | 10  | 10  | 7   | 10  | 12
"""
LETTERS = """
Tipo    | Enero =m1-1 | Febrero =m2-2 | Marzo =m3-3
Quejas  | 12          | 40            | 31
Avisos  | 7           | 7             | 9
T:TOTAL | 19          | 47            | 40
"""

ASKED = [
    # grid, question, figures, a word of the answer
    (GOALS, "¿en qué trimestre hubo más visitas guiadas?", [120], "II trim"),
    (GOALS, "¿en qué trimestre hubo menos visitas guiadas?", [87], "III trim"),
    (GOALS, "¿en qué trimestre no se cumplió la meta de talleres dados?", [7, 10], "II trim"),
    (LETTERS, "¿en qué mes llegaron más quejas?", [40], "Febrero"),
    (LETTERS, "¿en qué mes llegaron menos avisos?", [7, 7], "Enero 7 y Febrero 7"),
    (LETTERS, "¿en qué mes hubo más en total y en cuál menos?", [47, 19], "Enero 19"),
]


@pytest.mark.parametrize(("grid", "question", "figures", "word"), ASKED)
def test_a_period_is_chosen_among_columns(grid: str, question: str, figures: list[int], word: str) -> None:
    """Periods that tie are told together; what was done is meant where goals stand beside it."""
    store = MemoryStore()
    store.add(report(table(grid)))
    found = Assistant(store).ask(question)
    assert found.status is Status.ANSWERED
    assert [f.value for f in found.values] == [Decimal(n) for n in figures]
    assert word in found.text


LEVELS = """
Nivel    | Vigente =vigente,GTQ | I trim =devengado,GTQ,2023m1-3 | II trim =devengado,GTQ,2023m4-6 | Total obligado =devengado,GTQ
Sueldos  | 90.00                | 10.00                          | 30.00                           | 40.00
T:TOTAL  | 90.00                | 10.00                          | 30.00                           | 40.00
"""


def test_the_figure_of_a_quarter_is_never_that_of_the_year() -> None:
    """ "Total obligado" is a header, and the quarter has a column of its own."""
    store = MemoryStore()
    store.add(report(table(LEVELS)))
    found = Assistant(store).ask("total obligado en el II trimestre de 2023")
    assert found.values[0].value == Decimal(30)


REQUESTS = """
Mes     | Solicitudes recibidas =alcanzado,2023 | Rechazadas =
Enero   | 40 | 5
Febrero | 24 | 7
T:TOTAL | 64 | 12
"""


def test_the_first_half_of_a_message_is_not_answered_with_the_second() -> None:
    store = MemoryStore()
    store.add(report(table(REQUESTS)))
    found = Assistant(store).ask("¿Cuántas solicitudes de pasaporte hubo y cuántas fueron rechazadas?")
    first, _, second = found.text.partition("2)")
    assert "12" not in first
    assert "12" in second


def test_a_goal_is_what_its_share_is_of() -> None:
    """ "Qué por ciento de la meta representa" divides by the goal of the row, not by the goals of all rows."""
    store = MemoryStore()
    store.add(report(table("Producto | Meta =programado | Logro =alcanzado\nBecas | 14 | 9\nFerias | 86 | 80")))
    found = Assistant(store).ask("¿cuántas becas se lograron y qué por ciento de la meta representa?")
    assert [f.value for f in found.values[:2]] == [Decimal(9), Decimal("64.29")]
