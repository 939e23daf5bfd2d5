"""Turns of phrase are read as the operation that they ask for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from assistant.rephrase import rephrased
from assistant.splitting import split_questions
from index.memory_store import MemoryStore
from index.model import Period
from tests.assistant.caminos import GOALS, STAGES, YEARS, ask
from tests.building import report, table

SOURCES = """
Fuente                     | Vigente =vigente,PYG | Obligado =devengado,PYG
Recursos del Tesoro        | 70.00                | 60.00
Recursos institucionales   | 30.00                | 20.00
T: TOTAL                   | 100.00               | 80.00
"""


FIGURES = [
    (STAGES, "¿Cuánto quedó obligado pero sin pagar en el grupo 100?", 15),
    (STAGES, "¿Cuánta plata se obligó en el año y todavía no se había pagado?", 21),
    (STAGES, "monto obligado y aún no pagado en obras viales", 6),
    (STAGES, "¿De cuánto fue el recorte que le hicieron a obras viales?", 10),
    (STAGES, "¿Cuántos guaraníes se pagaron en obras viales?", 60),
    (STAGES, "Precise lo pagado en el grupo Obras viales", 60),
    (GOALS, "¿Se cumplió con los talleres de vados o no?", 125),
    (GOALS, "¿Qué tan lejos quedaron los reportes de puentes de lo que se propuso?", 2),
    (GOALS, "De los productos evaluados, ¿qué porcentaje eran reportes de puentes?", 30),
    (GOALS, "total de talleres de vados mas visitas a escuelas evaluados", 14),
    (GOALS, "En proporción a su meta, ¿qué producto se pasó más de lo programado?", 125),
    (STAGES, "¿Cuánto dinero se aprobó por encima de lo que se obligó en obras viales?", 14),
    (STAGES, "¿Qué grupo dejó más recursos sin pagar?", 15),
    (YEARS, "¿Qué mes creció más en incendios de 2022 a 2023, en términos porcentuales?", Decimal("41.94")),
    (YEARS, "mes con el mayor crecimiento porcentual de incendios", Decimal("41.94")),
    (YEARS, "meses donde subieron los incendios en 2023 respecto a 2022", 2),
    (YEARS, "¿Cuántos incendios hubo en abril de 2022?", 97),
    (YEARS, "¿Cuántos incendios hubo en abril de 2023?", 121),
]


@pytest.mark.parametrize(("grid", "text", "value"), FIGURES)
def test_the_figure_of_a_turn_of_phrase(grid, text, value) -> None:
    found = ask(grid, text)
    assert found.status is Status.ANSWERED, found.text
    assert value in [abs(f.value) for f in found.values if f.value is not None], found.text


MONTHS = """
Mes         | Recaudado =recaudado,PAB
Enero       | 10.00
Febrero     | 20.00
Marzo       | 30.00
I Trimestre | 60.00
Abril       | 15.00
Mayo        | 25.00
Junio       | 12.00
II Trimestre | 52.00
"""
QUARTERS = """
Producto          | T1 Programado =programado,,2023m1-3 | T1 Ejecutado =alcanzado,,2023m1-3 | T2 Programado =programado,,2023m4-6 | T2 Ejecutado =alcanzado,,2023m4-6
Bancos de leche   | 12.00         | 12.00        | 12.00         | 10.00
Visitas a madres  | 24.00         | 21.00        | 26.00         | 28.00
"""
STAFF = """
Unidad     | Hombres | Mujeres
Cabotaje   | 46.00   | 31.00
Muelles    | 60.00   | 40.00
T: TOTAL   | 106.00  | 71.00
"""
WORKS = """
Contrato            | Estado =text   | Monto =presupuesto,PAB | Avance físico % =porcentaje,%
[A-1] Muelle norte  | En ejecución   | 80.00                  | 74.00
[A-2] Muelle sur    | En ejecución   | 20.00                  | 88.00
[A-3] Boyas         | Paralizada     | 30.00                  | 10.00
"""


def test_quarters_beside_their_months_are_not_counted_with_them() -> None:
    """The fall from February to June once ended at the quarter, and a sum counted it twice."""
    assert [f.value for f in ask(MONTHS, "total recaudado de febrero a mayo").values][:1] == [90]
    assert "-PAB8.00" in ask(MONTHS, "¿Cuánto cayó la recaudación entre febrero y junio?").text


def test_short_quarters_choose_their_columns() -> None:
    """ "T2" against its own goal, and never what was done in one quarter against the goal of another."""
    assert {c.row for c in ask(QUARTERS, "productos que no llegaron a la meta del T2").citations} == {"Bancos de leche"}


def test_the_row_said_last_is_that_of_both_halves() -> None:
    found = ask(STAFF, "¿Cuántos hombres y cuántas mujeres laboran en Cabotaje?")
    assert [f.value for f in found.values] == [46, 31]


def test_by_how_much_the_first_leads_is_told_beside_it() -> None:
    """ "¿Y por cuánto?" once ranked by the gap to the budget instead."""
    found = ask(STAGES, "¿Qué grupo pagó más y por cuánto?")
    assert [f.value for f in found.values] == [60, 25, 35], found.text


def test_a_ranked_percentage_shows_what_it_comes_from() -> None:
    assert "(PYG66.00 de PYG70.00)" in ask(STAGES, "¿Qué grupo tuvo mejor ejecución?").text


def test_a_record_not_told_apart_is_asked_back() -> None:
    assert ask(WORKS, "¿Cuál es el monto del contrato?").status is Status.AMBIGUOUS


def test_the_mean_of_percentages_is_told_as_a_simple_one() -> None:
    found = ask(WORKS, "¿Cuál es el avance físico promedio de las obras en ejecución?")
    assert [f.value for f in found.values] == [81]
    assert "promedio simple" in found.text.lower()


def test_the_least_proportion_of_what_it_had_is_a_percentage() -> None:
    found = ask(STAGES, "¿Qué grupo pagó la menor proporción de lo vigente?")
    assert f"{found.values[0].value:.2f}" == "41.67", found.text


LISTS = [
    ("¿Cuáles productos no llegaron al 100 % de lo programado?", ["Reportes de puentes"]),
    ("Nómbreme los productos que superaron lo programado", ["Talleres de vados"]),
]


@pytest.mark.parametrize(("text", "names"), LISTS)
def test_a_goal_of_a_hundred_percent_is_a_condition(text, names) -> None:
    found = ask(GOALS, text)
    assert [
        c.row for c in found.citations if c.row in ("Talleres de vados", "Reportes de puentes", "Visitas a escuelas")
    ]
    assert {c.row for c in found.citations} == set(names), found.text


def test_a_lone_number_is_no_number_of_a_caption() -> None:
    """ "Lo ejecutado del 2" once gave the total of "Cuadro 2"."""
    store = MemoryStore()
    made = table(SOURCES, caption="Cuadro 2: Ejecución por fuente")
    store.add(report(made, institution="Junta de Caminos", period=Period(year=2023, first=1, last=12)))
    assert Assistant(store).ask("obligado del 2").status is not Status.ANSWERED


def test_a_word_that_tells_a_row_from_the_last_one_names_it() -> None:
    """ "Institucionales" names reports in general elsewhere."""
    found = ask(SOURCES, "¿Y con los institucionales?", "¿Cuánto se obligó con Recursos del Tesoro?")
    assert [f.value for f in found.values] == [20]


FOLLOW_UPS = [
    ("¿Cuál es el vigente de obras viales?", "¿Y qué porcentaje de eso se pagó?", "85.71"),
    ("¿Cuánto se obligó en obras viales?", "¿Qué porcentaje de su presupuesto vigente representa?", "94.29"),
]


@pytest.mark.parametrize(("before", "text", "value"), FOLLOW_UPS)
def test_that_and_its_are_of_the_question_before(before, text, value) -> None:
    found = ask(STAGES, text, before)
    assert found.values, found.text
    assert f"{found.values[0].value:.2f}" == value, found.text


def test_a_code_is_of_the_kind_that_the_question_says() -> None:
    """ "Programa 5" where the report has a table of programmes without it, and a partida 5."""
    store = MemoryStore()
    rows = table("Programa | Ejecutado =ejecutado,GTQ\n[1] Agua | 7.00\n[2] Suelo | 9.00", order=1)
    other = table("Partida | Ejecutado =ejecutado,GTQ\n[5] Bienes | 3.00\n[6] Ayudas | 4.00", order=2)
    store.add(report(rows, other, institution="Junta de Caminos", period=Period(year=2023, first=1, last=12)))
    assistant = Assistant(store)
    assert assistant.ask("¿Cuánto ejecutó el programa 5?").status is Status.NOT_FOUND
    assert [f.value for f in assistant.ask("¿Cuánto ejecutó la partida 5?").values] == [3]


SPLIT = [
    ("¿Cuántos reportes salieron, y con qué presupuesto cuenta el Plan Anual?", 2),
    ("¿Cuál capítulo quedó peor y con qué porcentaje?", 1),
]


@pytest.mark.parametrize(("text", "count"), SPLIT)
def test_a_second_half_that_asks_anew_is_a_question(text, count) -> None:
    assert len(split_questions(text)) == count


def test_a_question_of_rows_is_left_alone() -> None:
    text = "¿Qué obras están contratadas y no pagadas?"
    assert rephrased(text) == text


def test_columns_without_a_header_break_no_answer() -> None:
    """Two columns that fit alike, one of them bare, once ended in an error."""
    made = table("Concepto | Importe =,USD | Otro =,USD\nBienes | 7.00 | 9.00\nObras | 8.00 | 6.00")
    bare = replace(made, columns=(*made.columns[:2], replace(made.columns[2], path=())))
    store = MemoryStore()
    store.add(report(bare, institution="Junta de Caminos", period=Period(year=2023, first=1, last=12)))
    assert Assistant(store).ask("¿cuánto es bienes?").status in (Status.AMBIGUOUS, Status.ANSWERED)


def test_an_adjective_of_the_label_is_no_measure() -> None:
    """ "El superávit presupuestario" once gave the column "Presupuesto" of its row, a sure zero."""
    grid = "Concepto | Presupuesto =vigente,USD | Ejecución =ejecutado,USD\nSuperávit/déficit presupuestario | 0.00 | 9.00\nObras | 8.00 | 6.00"
    found = ask(grid, "¿cuánto fue el superávit presupuestario?")
    assert found.status is Status.AMBIGUOUS or 9 in [f.value for f in found.values], found.text
