"""What is told before a question is taken off when the question alone says what it asks, and the answer says so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.story import story_of
from index.memory_store import MemoryStore
from tests.building import report, table

GRID = """
Programa         | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ
Becas rurales    | 100.00               | 40.00
Comedor escolar  | 300.00               | 270.00
T:TOTAL          | 400.00               | 310.00
"""

TOLD = [
    # message, the question in it
    (
        "Estoy escribiendo una nota sobre la niñez y quisiera saber cuánto se ejecutó en becas rurales",
        "cuánto se ejecutó en becas rurales",
    ),
    ("Me dijeron que hubo recortes. ¿Cuánto ejecutó el comedor escolar?", "¿Cuánto ejecutó el comedor escolar?"),
    ("Para un gráfico de mañana: ¿cuánto se ejecutó en becas rurales?", "¿cuánto se ejecutó en becas rurales?"),
    (
        "Buenas, trabajo en una radio y queremos saber cuánto vigente tienen las becas rurales",
        "cuánto vigente tienen las becas rurales",
    ),
]
PLAIN = [
    "¿Cuánto se ejecutó en becas rurales?",
    "Becas rurales: ¿cuánto se ejecutó?",
    "cuánto gastó el comedor escolar. gracias",
]


@pytest.mark.parametrize(("message", "question"), TOLD)
def test_an_introduction_is_told_from_its_question(message: str, question: str) -> None:
    found = story_of(message)
    assert found is not None
    assert found[1] == question


@pytest.mark.parametrize("message", PLAIN)
def test_a_plain_question_has_no_introduction(message: str) -> None:
    assert story_of(message) is None


def _assistant() -> Assistant:
    store = MemoryStore()
    store.add(report(table(GRID)))
    return Assistant(store)


def test_the_answer_says_what_was_not_used() -> None:
    message = "Me dijeron que en la costa hubo recortes. ¿Cuánto ejecutó el comedor escolar?"
    found = _assistant().ask(message)
    assert found.values[0].value == Decimal(270)
    assert "no se usó para buscar: «Me dijeron que en la costa hubo recortes»" in found.text


def test_a_question_that_lives_on_its_introduction_is_not_answered_without_saying_so() -> None:
    """Of what, only the introduction says: the figure of everything comes with what was not found."""
    message = "Me dijeron que en salud hubo recortes. ¿Cuánto se ejecutó?"
    found = _assistant().ask(message)
    assert found.text.startswith("1) No consta")
    assert "«salud»" in found.text
    assert "introducción" not in found.text
