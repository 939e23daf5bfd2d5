"""A letter that answers a letter: which one, of what date, and what goes with the answer."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from tests.assistant.small import assistant_over

MEMO = """MEMORANDO FARO-PLAN-007-2024

PARA: LIC. ANA VEGA SOTO

Jefa Unidad de Transparencia

DE: LIC. LUIS MORA DIAZ

Jefe Unidad de Planificación (UPF)

FECHA: 12 de marzo de 2024

ASUNTO: ENTREGA DE DATOS

En atención a su MEMORANDO FARO-TRA-031-2024 de fecha 4 de marzo de 2024, referente a los datos de febrero de 2024, se adjunta lo solicitado para el portal de datos abiertos.

Los documentos se presentan en formato digital y son los siguientes:

- 1. Reporte de lámparas por torre.
- 2. Plan de mantenimiento narrativo.

Atentamente,
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("memo") / "memo.txt", MEMO)


@pytest.mark.parametrize(
    ("question", "history", "told", "never"),
    [
        ("¿A qué memorando responde?", (), "FARO-TRA-031-2024", ""),
        ("¿A qué memorando se está dando respuesta y de qué fecha es?", (), "4 de marzo de 2024", "12 de marzo"),
        (
            "¿De qué fecha es ese memorando?",
            ("¿A qué memorando responde la UPF?",),
            "4 de marzo de 2024",
            "12 de marzo",
        ),
        ("con que memorando se pidio la informacion", (), "FARO-TRA-031-2024", ""),
        ("¿De qué fecha es la solicitud que se contesta?", (), "4 de marzo de 2024", "12 de marzo"),
        ("¿De qué fecha es el memorando?", (), "12 de marzo de 2024", "4 de marzo"),
        ("con qué fecha salió el memorando de respuesta de la UPF", (), "12 de marzo de 2024", "4 de marzo"),
        ("¿A quién le mandó la UPF su memorando 007-2024?", (), "ANA VEGA SOTO", ""),
        ("¿Qué documentos se adjuntaron a la respuesta?", (), "Plan de mantenimiento narrativo", ""),
        ("para que portal es la informacion que mando la UPF a la unidad de transparencia", (), "datos abiertos", ""),
    ],
)
def test_the_letter_answered_is_not_the_answer(
    office: Assistant, question: str, history: tuple[str, ...], told: str, never: str
) -> None:
    """The number and date of the letter taken up are told, never those of the head for them, nor the other way round."""
    answer = office.ask(question, history)
    assert answer.status is Status.ANSWERED, answer.text
    assert told in answer.text
    assert not never or never not in answer.text


def test_what_a_letter_does_not_say_stays_unsaid(office: Assistant) -> None:
    answer = office.ask("¿A qué oficio del ministro responde y qué anexos de fotos trae?")
    assert answer.status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("asunto, fecha y destinatario del memo", ["ENTREGA DE DATOS", "12 de marzo de 2024", "ANA VEGA SOTO"]),
        (
            "número de memorando, su fecha y el funcionario que lo remite",
            ["FARO-PLAN-007-2024", "12 de marzo de 2024", "LUIS MORA DIAZ"],
        ),
        ("Indique el número del memorando, la fecha y quién lo firma", ["007-2024", "12 de marzo", "LUIS MORA"]),
        ("a quien va dirigido el memo y fecha", ["ANA VEGA SOTO", "12 de marzo de 2024"]),
        ("funcionario que remite el memorando", ["LUIS MORA DIAZ"]),
    ],
)
def test_all_the_particulars_asked_for_are_told(office: Assistant, text: str, told: list[str]) -> None:
    """The last one alone would be an answer with a gap that nobody is told of."""
    answer = office.ask(text)
    assert [t for t in told if t not in answer.text] == []
