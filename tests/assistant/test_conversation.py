"""A follow-up replaces what it names and inherits the rest; a complete question or another report inherits nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.leaning import leans
from assistant.model import Answer, Status
from assistant.shortlist import Scope
from assistant.those_told import Turn
from index.memory_store import MemoryStore
from tests.assistant.made_answers import made_assistant
from tests.assistant.made_store import made_store
from tests.building import report, table

ASSISTANT = made_assistant()


def talk(*texts: str) -> Answer:
    """The answer to the last of some questions."""
    return ASSISTANT.ask(texts[-1], history=texts[:-1])


@pytest.mark.parametrize(
    ("history", "text", "value"),
    [
        # period
        (["cuota asignada en junio"], "¿y en julio?", "150500"),
        (["cuota asignada en junio"], "y julio", "150500"),
        (["¿Cuánto se ejecutó en mayo?"], "¿y en el mes de agosto?", "60000"),
        (["devengado de alumbrado en 2022"], "¿y en 2023?", "1250000.50"),
        (["cuota asignada en junio", "¿y en julio?"], "¿y en mayo?", "90000"),
        # row
        (["presupuesto vigente de canales"], "¿y de compuertas?", "300000"),
        (["presupuesto vigente de canales"], "¿y el de padrones?", "50000"),
        (["presupuesto vigente de capacitaciones a juntas"], "¿y el de personal técnico?", "0"),
        (["¿Cuánto se gastó en canales?"], "¿y en compuertas?", "0"),
        (["gasto del producto 21"], "¿y el 22?", "120500.50"),
        (["gasto del producto 21"], "¿y el 69?", "0"),
        (["gasto del producto 21"], "¿y el producto 70?", "50000"),
        (["devengado de alumbrado en 2022"], "¿y el de barrido?", "400000"),
        (["¿Cuánto se gastó en canales?"], "¿y el 22?", "120500.50"),
        # measure
        (["cuota asignada en junio"], "¿y lo ejecutado?", "99000"),
        (["cuota asignada en junio", "¿y en julio?"], "¿y lo solicitado?", "150500"),
        (["presupuesto vigente de canales"], "¿y cuánto se ejecutó?", "750000"),
        (["devengado de barrido en 2023"], "¿y cuánto se pagó?", "280000"),
        # added to what was told
        (["presupuesto vigente de canales"], "¿y sumando el de compuertas cuánto es en total?", "1300000"),
        (["cuota asignada en junio"], "¿y junto con julio?", "260500"),
        (["cuota asignada en junio"], "más la de julio", "260500"),
        # operation
        (["presupuesto vigente de canales"], "¿y su porcentaje de ejecución?", "75"),
        (["porcentaje de ejecución financiera del producto 21"], "¿y el 22?", "60.25"),
        (["¿Qué producto ejecutó más?"], "¿y el que menos?", "0"),
        (["¿cuál fue el servicio con mejor cumplimiento?"], "¿cuál es el peor?", "75"),
    ],
)
def test_follow_ups(history: list[str], text: str, value: str) -> None:
    found = talk(*history, text)
    assert found.status is Status.ANSWERED, found.text
    assert found.values[0].value == Decimal(value)


@pytest.mark.parametrize(
    ("history", "text", "value"),
    [
        (["devengado de alumbrado en 2022"], "cuota asignada en junio", "110000"),
        (["cuota asignada en junio"], "presupuesto vigente de canales", "1000000"),
        (["cuota asignada en junio"], "devengado de alumbrado público en 2022", "1000000"),
        (["porcentaje de ejecución financiera del producto 21"], "¿Cuántos partos se atendieron?", "150"),
        (["salario del director"], "cuota asignada en junio", "110000"),
    ],
)
def test_a_complete_question_inherits_nothing(history: list[str], text: str, value: str) -> None:
    found = talk(*history, text)
    assert found.status is Status.ANSWERED, found.text
    assert found.values[0].value == Decimal(value)


@pytest.mark.parametrize(
    ("history", "text"),
    [
        (["cuota asignada en junio"], "¿y en diciembre?"),
        (["devengado de alumbrado en 2023"], "¿y en 2021?"),
        (["gasto del producto 21"], "¿y el 99?"),
        (["gasto del producto 21"], "¿y el de puentes?"),
        (["gasto del producto 21"], "¿y el salario del director?"),
        (["gasto del producto 21"], "¿y lo pagado?"),
        (["pagado de barrido en 2023"], "¿y en 2022?"),  # only what fell due is printed for 2022
    ],
)
def test_an_absent_slot_is_refused_not_kept(history: list[str], text: str) -> None:
    """What a follow-up names and no report has is never answered with what was asked before."""
    found = talk(*history, text)
    assert found.status is not Status.ANSWERED, found.text


@pytest.mark.parametrize(
    ("history", "text", "value"),
    [
        (["gasto del producto 21"], "¿y los partos atendidos del hospital?", "150"),
        (["devengado de alumbrado en 2022"], "¿y partos atendidos?", "150"),
    ],
)
def test_another_report_resets(history: list[str], text: str, value: str) -> None:
    found = talk(*history, text)
    assert found.status is Status.ANSWERED, found.text
    assert found.values[0].value == Decimal(value)


def test_the_talk_stays_in_its_report() -> None:
    """After a question on one report, a question that several could answer is read for that one."""
    found = talk("presupuesto vigente de canales", "¿y el total ejecutado?")
    assert {c.file for c in found.citations} == {"agua-2023.txt"}


def test_a_follow_up_after_a_refusal_is_no_answer_to_the_refused() -> None:
    assert talk("salario del director", "¿y en julio?").status is not Status.ANSWERED


def test_history_gives_the_same_answer_each_time() -> None:
    first, again = (talk("cuota asignada en junio", "¿y en julio?").to_dict() for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¿y en julio?", True),
        ("Y el de capacitación", True),
        ("¿pero cuánto se pagó?", True),
        ("¿cuál es el peor?", True),
        ("ese programa cuánto gastó", True),
        ("eso qué porcentaje es del vigente", True),
        ("¿Cuánto gastó el producto 22?", False),
        ("presupuesto vigente de canales", False),
        ("¿Cuál es la misión?", False),
    ],
)
def test_which_questions_lean_on_the_one_before(text: str, expected: bool) -> None:
    assert leans(text) == expected


def test_a_long_conversation_is_not_answered_anew_with_every_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each question costs itself and one earlier one; now and then a group of old ones is forgotten."""
    assistant = Assistant(made_store(tmp_path))
    asked: list[str] = []
    single = Assistant._single

    def counted(self: Assistant, text: str, scope: Scope) -> tuple[Answer, Turn | None]:
        asked.append(text)
        return single(self, text, scope)

    monkeypatch.setattr(Assistant, "_single", counted)
    questions = ["¿Cuánto ejecutó Punta Alta?", "¿Cuánto ejecutó Punta Baja?", "¿Cuánto ejecutó Isla Negra?"] * 8
    costs = []
    for place, question in enumerate(questions):
        asked.clear()
        assert assistant.ask(question, history=questions[:place]).values[0].value in (600, 400, 125)
        costs.append(len(asked))
    assert sum(costs) <= 3.5 * len(questions), costs
    assert max(costs) <= 16, costs


def test_what_is_kept_of_a_conversation_changes_no_answer(tmp_path: Path) -> None:
    """A follow-up is answered alike by who was there from the start and by who is told the history at once."""
    questions = ["¿Cuánto ejecutó Punta Alta?", "¿y Punta Baja?", "¿y cuál es su vigente?", "¿y el de Isla Negra?"]
    there = Assistant(made_store(tmp_path))
    for place, question in enumerate(questions):
        told = Assistant(made_store(tmp_path)).ask(question, history=questions[:place])
        assert there.ask(question, history=questions[:place]) == told


def test_what_changed_is_the_measure_told_before() -> None:
    """ "¿Y cuánto cambió respecto al asignado?" after the budget in force sets that against the first one."""
    store = MemoryStore()
    store.add(
        report(
            table(
                "Obra | Asignado =asignado,GTQ | Vigente =vigente,GTQ\nPuente | 100.00 | 130.00\nMuro | 50.00 | 50.00"
            )
        )
    )
    found = Assistant(store).ask("¿Y cuánto cambió respecto al asignado?", history=["presupuesto vigente del puente"])
    assert found.values[0].value == Decimal(30), found.text
