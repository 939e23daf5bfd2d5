"""Who somebody is, as the head of a letter says it, and follow-ups on prose."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from tests.assistant.small import assistant_over

MEMO = """MEMORANDO PUERTOS-UPD-004-2022

PARA: LIC. MARTA RIVAS LEON

Jefe Unidad de Transparencia

DE: ING. PEDRO LUNA SOTO

Jefe Unidad de Planes y Desarrollo (UPD)

FECHA: 3 de marzo de 2022

ASUNTO: INFORME DE AVANCE

Logros

El Plan de Limpieza del puerto alcanza un 40% de avance durante el año.

El Plan de Dragado del puerto alcanza un 75% de avance durante el año.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("memo") / "memo.txt", MEMO)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("¿Quién es el jefe de la UPD?", "PEDRO LUNA"),
        ("¿Quién es el jefe de la unidad de transparencia?", "MARTA RIVAS"),
        ("¿A quién va dirigido el memorando?", "MARTA RIVAS"),
        ("número del memorando y quién lo envía", "PUERTOS-UPD-004-2022"),
        ("numero del informe y a quien va dirigido", "MARTA RIVAS"),
    ],
)
def test_the_post_that_is_asked_for_is_told(assistant: Assistant, question: str, name: str) -> None:
    """The acronym in the number of the letter is no reason to name whoever stands first."""
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert name in answer.text


def test_another_thing_is_asked_of_prose(assistant: Assistant) -> None:
    """ "¿Y el de dragado?" asks the same of another plan."""
    answer = assistant.ask("¿y el de dragado?", history=["¿Qué avance tiene el plan de limpieza?"])
    assert "75%" in answer.text
