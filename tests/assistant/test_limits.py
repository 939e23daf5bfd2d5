"""What is asked and no operation does: never a figure for something else. Each line is a question that once got one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.model import Answer, Status
from assistant.question import analyse
from tests.assistant.made_answers import made_assistant

ASSISTANT = made_assistant()


def ask(text: str, *documents: str) -> Answer:
    return ASSISTANT.ask(text, documents=documents)


@pytest.mark.parametrize(
    "question",
    [
        # exceptions: the row left out is not the answer
        "el concepto con más devengado en 2023 sin contar alumbrado público",
        "¿qué productos no llegaron a la meta, excepto las compuertas?",
        "devengado de 2023 excepto barrido de calles",
        "devengado de 2023 descontando barrido de calles",
        # rates
        "¿cuánto costó cada evento de capacitación a juntas de regantes?",
        "presupuesto ejecutado de canales de riego por metro",
        # part of the whole that was not done
        "¿qué porcentaje del presupuesto vigente de la junta no se ejecutó?",
        "¿cuánto devengó pero no pagó Tres Cerros en 2023?",
        # row by row
        "¿qué conceptos de Tres Cerros gastaron más que en 2022?",
        "¿en qué conceptos bajó el devengado de 2022 a 2023?",
        # a span of which the table holds a part
        "¿cuánto ejecutó la junta en el primer semestre de 2023?",
        # which period, where no row is one
        "¿en qué trimestre se atendieron más partos?",
        # a count is no amount of money
        "¿cuántos alumbrados públicos hay?",
        # another deed than the label's
        "¿cuántas compuertas se rechazaron?",
        "¿cuántos padrones de usuarios se aprobaron?",
        # nobody told which
        "¿cuánto se ejecutó en ese mes?",
        "¿cuál fue la diferencia?",
    ],
)
def test_no_figure_is_given_for_another_question(question: str) -> None:
    assert ask(question).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("¿cuál fue el segundo mes con mayor gasto?", "99000"),
        ("el mes que quedó en tercer lugar por lo ejecutado", "60000"),
        ("junio más julio, ¿cuánto suma lo ejecutado?", "219250"),
        ("¿qué programa tiene más presupuesto vigente?", "1000000"),
        ("Auditoría interna: ¿cuánto se ejecutó en julio?", "120250"),
        ("Soy periodista y estoy cerrando nota: ¿cuánto se ejecutó en julio?", "120250"),
        ("necesito para el diputado lo ejecutado en julio, con dos decimales", "120250"),
        ("¿cuántas consultas de pediatría habían programado?", "1000"),
        ("¿en cuánto quedó corto partos atendidos frente a la meta?", "-50"),
        ("¿qué tuvo más presupuesto vigente, canales de riego o padrones de usuarios?", "1000000"),
    ],
)
def test_what_people_wrap_around_a_question_changes_nothing(question: str, value: str) -> None:
    found = ask(question)
    assert found.status is Status.ANSWERED
    assert Decimal(value) in [v.value for v in found.values]


def test_a_lead_that_names_a_row_is_no_lead() -> None:
    found = ask("Padrones de usuarios: ¿cuánto se ejecutó?")
    assert [v.value for v in found.values] == [Decimal(50000)]


@pytest.mark.parametrize("word", ["consultas", "informes", "estado", "notas", "ordenes", "trabajo"])
def test_names_that_look_like_verbs_keep_their_say(word: str) -> None:
    (token,) = analyse(word).tokens
    assert token.content or word == "estado"


def test_a_tax_is_no_slip() -> None:
    assert ask("¿cuánto devengó Tres Cerros de iva en 2023?").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("¿cuánto devengó Tres Cerros en 2023 sin contar alumbrado público?", "390000.00"),
        ("gasto de Tres Cerros en 2023 menos el alumbrado público", "390000.00"),
        ("presupuesto vigente de los productos que no sean canales de riego", "550000"),
    ],
)
def test_a_part_may_be_left_out_of_a_total(question: str, value: str) -> None:
    found = ask(question)
    assert found.status is Status.ANSWERED
    assert found.values[0].value == Decimal(value)
    assert len(found.values) == 3  # with the whole and the part


def test_a_condition_is_told_by_the_measure_its_verb_names() -> None:
    found = ask("¿qué conceptos no pagaron nada en 2023?", "cerros")
    assert found.status is not Status.ANSWERED or "Arbolado" in found.text
