"""What is asked and no operation does: never a figure for something else. Each line is a question that once got one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.model import Answer, Status
from assistant.tokens import light_words
from index.memory_store import MemoryStore
from index.model import Period
from tests.assistant.made_answers import made_assistant
from tests.building import report, table

ASSISTANT = made_assistant()


def ask(text: str, *documents: str) -> Answer:
    return ASSISTANT.ask(text, documents=documents)


@pytest.mark.parametrize(
    "question",
    [
        # exceptions: the row left out is not the answer
        "¿qué productos no llegaron a la meta, excepto las compuertas?",
        "devengado de 2023 excepto barrido de calles",
        "devengado de 2023 descontando barrido de calles",
        # rates
        "¿cuánto costó cada evento de capacitación a juntas de regantes?",
        "presupuesto ejecutado de canales de riego por metro",
        # part of the whole that was not done
        "¿qué porcentaje del presupuesto vigente de la junta no se ejecutó?",
        # row by row
        "¿qué conceptos de Tres Cerros gastaron más que en 2022?",
        # a span of which the table holds a part
        "¿cuánto ejecutó la junta en el primer semestre de 2023?",
        # which period, where no row is one
        "¿en qué trimestre se atendieron más partos?",
        # a count is no amount of money
        "¿cuántos alumbrados públicos hay?",
        # another deed than the label's
        "¿cuántas compuertas se rechazaron?",
        "¿cuántos padrones de usuarios se aprobaron?",
        "¿cuántas consultas de pediatría se cerraron?",
        # another row is what it is compared with
        "¿qué conceptos de Tres Cerros pagaron más que barrido de calles en 2023?",
        # up to a month, where the months before it are not in the table
        "¿cuánto se había ejecutado hasta junio en la junta?",
        # one of the two things is not there
        "diferencia entre lo ejecutado de canales de riego y de acequias",
        # a year that only stands in no row's label
        "presupuesto vigente de la junta en 2019",
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


def test_a_follow_up_goes_on_after_a_question_with_a_lead() -> None:
    found = ASSISTANT.ask(
        "¿y en junio?", history=["Soy periodista y estoy cerrando nota: ¿cuánto se ejecutó en julio?"]
    )
    assert Decimal(99000) in [v.value for v in found.values]


def test_a_lead_that_names_a_row_is_no_lead() -> None:
    found = ask("Padrones de usuarios: ¿cuánto se ejecutó?")
    assert [v.value for v in found.values] == [Decimal(50000)]


@pytest.mark.parametrize("word", ["consultas", "informes", "notas", "ordenes", "trabajo", "cuentas"])
def test_names_that_look_like_verbs_keep_their_say(word: str) -> None:
    assert word not in light_words()


@pytest.mark.parametrize("thing", ["iva", "ballnas", "planetaros"])
def test_an_unknown_thing_is_never_read_as_a_word_that_says_nothing(thing: str) -> None:
    assert ask(f"¿cuánto devengó Tres Cerros de {thing} en 2023?").status is Status.NOT_FOUND


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


# --- words that are courtesy in one report and names in another -----------------------------------------------------

OFFICES = """
Unidad                    | Vigente =vigente,GTQ | Devengado =devengado,GTQ
Auditoría interna         | 100.00               | 40.00
Unidad de transparencia   | 60.00                | 30.00
Concejo municipal         | 900.00               | 700.00
Obras viales              | 250.00               | 200.00
Vino                      | 8.00                 | 5.00
T: TOTAL                  | 1,318.00             | 975.00
"""


def offices() -> Assistant:
    """A report whose rows bear the names of those who usually ask."""
    store = MemoryStore()
    store.add(report(table(OFFICES, caption="Cuadro 1: Gasto por unidad"), currency="GTQ", period=Period(year=2023)))
    return Assistant(store)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Auditoría interna: ¿cuánto se devengó?", ["40"]),
        ("¿Cuánto se devengó en obras viales? ¿Y en auditoría interna?", ["200", "40"]),
        ("¿Cuánto vigente hay para el concejo municipal?", ["900"]),
        ("¿Cuánto se devengó de vino?", ["5"]),
        ("la unidad con el segundo mayor devengado", ["200"]),
    ],
)
def test_names_of_rows_are_never_taken_for_courtesy(question: str, values: list[str]) -> None:
    found = offices().ask(question)
    assert [v.value for v in found.values][: len(values)] == [Decimal(v) for v in values]
