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
