"""Two figures for one thing in one report are both shown; who heads it; what is nearest to a row that is not there."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from tests.assistant.small import assistant_over

PORTS = """INFORME ANUAL DE LABORES 2023
Instituto Nacional de Puertos, Guatemala

1. Presupuesto

El presupuesto vigente del programa de dragado fue de Q 950,000.00 en 2023.

Cuadro 1. Presupuesto por programa, 2023 (en quetzales)

Programa              Presupuesto vigente    Presupuesto ejecutado
Dragado                        800,000.00               600,000.00
Faros y boyas                  400,000.00               300,000.00
Energía eléctrica              100,000.00                90,000.00
Total                        1,300,000.00               990,000.00

2. Logros

El plan de limpieza del puerto alcanzó un 40 % de avance durante el año.

Se capacitaron 120 prácticos de puerto.

El taller de navegación se suspendió porque faltaron instructores.

3. Resumen

El plan de limpieza del puerto alcanzó un 55 % de avance durante el año.

Se ejecutaron Q 300 mil del presupuesto de faros y boyas.

La draga nueva fue recibida en el muelle por Ana Solís Mora, ministra.

Firma: Marta Rivas León, directora general.

Ing. Pedro Luna Soto, jefe de dragado
"""
OTHERWISE = "El mismo informe da otra cifra en el texto"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("puertos") / "puertos.txt", PORTS)


@pytest.mark.parametrize(
    ("question", "first", "other"),
    [
        ("¿Cuál fue el presupuesto vigente del programa de dragado?", "Q800,000.00", "Q 950,000.00"),
        ("¿Qué avance alcanzó el plan de limpieza del puerto?", "40 %", "55 %"),
    ],
)
def test_another_figure_of_the_report_is_shown(assistant: Assistant, question: str, first: str, other: str) -> None:
    """The figure of the table, or of the first passage, is the answer; what says otherwise stands beside it."""
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert first in answer.text.split(OTHERWISE)[0]
    assert any(OTHERWISE in w and other in w for w in answer.warnings)
    assert other in answer.text


@pytest.mark.parametrize(
    "question",
    ["¿Cuánto se ejecutó en faros y boyas?", "¿Cuál fue el presupuesto ejecutado de dragado?"],
)
def test_what_agrees_once_rounded_or_is_of_something_else_is_no_contradiction(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert OTHERWISE not in answer.text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("¿Quién dirige el Instituto Nacional de Puertos?", "Marta Rivas León"),
        ("¿Quién es la titular del instituto?", "Marta Rivas León"),
        ("¿Quién está al frente del Instituto Nacional de Puertos?", "Marta Rivas León"),
        ("¿Quién es el jefe de dragado?", "Pedro Luna Soto"),
    ],
)
def test_the_head_of_all_is_not_the_head_of_a_part(assistant: Assistant, question: str, name: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert name in answer.text
    assert ("Marta" in answer.text) is (name == "Marta Rivas León")
    assert "Ana Solís" not in answer.text


def test_the_nearest_row_is_suggested_and_gives_no_figure(assistant: Assistant) -> None:
    """ "Nacimientos" and "defunciones" are near too: nearness never answers."""
    answer = assistant.ask("¿Cuánto se ejecutó en luz eléctrica?")
    assert answer.status is Status.NOT_FOUND
    assert "Energía eléctrica" in answer.suggestions
    assert "Lo más parecido" in answer.text
    assert "90,000" not in answer.text
    assert not answer.values


@pytest.mark.parametrize("question", ["¿Cuánto se ejecutó en dragado en 2019?", "¿Cuánto se ejecutó en satélites?"])
def test_a_period_or_a_thing_like_nothing_brings_no_suggestion(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.NOT_FOUND
    assert not answer.suggestions


def test_a_count_whose_thing_is_of_another_is_read_whole(assistant: Assistant) -> None:
    assert "120" in assistant.ask("¿Cuántos prácticos de puerto se capacitaron?").text


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("¿Por qué se suspendió el taller de navegación?", Status.ANSWERED),
        ("¿Por qué se capacitaron los prácticos de puerto?", Status.NOT_FOUND),
    ],
)
def test_a_cause_must_be_told(assistant: Assistant, question: str, status: Status) -> None:
    """A sentence that only says that something was done is no answer to why."""
    assert assistant.ask(question).status is status
