"""What reports found by questioning themselves: each with the smallest table that showed it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.model import Answer, Status
from assistant.question import analyse
from assistant.splitting import questions_of
from index.memory_store import MemoryStore
from index.model import Period
from index.text import words
from tests.building import report, table
from tools.amounts import amount
from tools.cataloguing import build
from tools.matching import whole_table

MONTHS = """
Concepto                          | Inicial =asignado,GTQ | Vigente =vigente,GTQ | Enero =ejecutado,GTQ,m1-1 | Febrero =ejecutado,GTQ,m2-2 | Total ejecutado =ejecutado,GTQ
[2.1.2] Sobresueldos              | 40.00                 | 50.00                | 3.00                      | 4.00                        | 7.00
[2.1.3] Dietas y gastos           | 80.00                 | 90.00                | 10.00                     | 8.00                        | 18.00
[2.2.5] Alquileres y rentas       | 20.00                 | 25.00                | 1.00                      | 4.00                        | 5.00
T: TOTAL                          | 140.00                | 165.00               | 14.00                     | 16.00                       | 30.00
"""
TITLE = "5. Ejecución por objeto del gasto, enero-febrero 2023"
LETTERS = """
Resultado esperado                | Meta anual =programado | Trimestre I / P =programado,m1-3 | Trimestre I / E =alcanzado,m1-3 | Trimestre II / P =programado,m4-6 | Trimestre II / E =alcanzado,m4-6
[1.1] Sesiones de ludoteca        | 900.00                 | 390.00                           | 371.00                          | 395.00                            | 402.00
[1.4] Recorridos del bibliobús    | 240.00                 | 60.00                            | 48.00                           | 61.00                             | 57.00
"""
TYPES = """
Tipo        | Recibidas | Resueltas
Información | 64.00     | 61.00
Quejas      | 23.00     | 20.00
T: Total    | 87.00     | 81.00
"""
BLANK = """
Unidad               | Modificado =vigente,MXN | Devengado =devengado,MXN | Egresos =ejecutado,MXN
Dirección General    | 60.00                   | 57.00                    |
Órgano de Control    | 20.00                   | 19.00                    |
Oficina de Planes    | 20.00                   | 10.00                    |
"""
QUOTA = """
Mes     | Cuota programada =programado,DOP,financiero | Ejecutado =ejecutado,DOP
Enero   | 12.00                                       | 11.00
Febrero | 14.00                                       | 13.00
Marzo   | 15.00                                       | 10.00
"""
FAMILIES = """
Proyecto              | Familias | Presupuesto 2023 =BOB,m1-12 | Ejecutado 2023 =ejecutado,BOB,m1-12
[6] Riego Chaquilla   | 75.00    | 860.00                                  | 851.00
[8] Cosecha Tinguipaya | 40.00   | 500.00                                  | 0.00
"""
WORKS = """
Obra                          | Meta programada =programado | Meta ejecutada =alcanzado
Hectáreas bajo riego          | 1850.00                     | 1412.00
Tramo Las Chilcas, Paso del Rey | 30.00                     | 31.00
Materiales y suministros      | 7.00                        | 5.00
Materiales y artículos de obra | 9.00                       | 8.00
A unidades familiares         | 12.00                       | 11.00
A las unidades familiares     | 4.00                        | 3.00
"""
SOURCES = """
Fuente                  | Compromiso =comprometido,PEN | Devengado =devengado,PEN
Recursos Ordinarios     | 60.00                        | 55.00
Recursos Determinados   | 9.00                         | 4.00
Donaciones              | 11.00                        | 9.00
"""
PARTS = """
Tipo          | I trim. =m1-3 | II trim. =m4-6 | Total
Peticiones    | 212.00        | 240.00         | 452.00
Quejas        | 37.00         | 29.00          | 66.00
T: Total      | 249.00        | 269.00         | 518.00
"""


def ask(grid: str, text: str, *history: str, caption: str = "", institution: str = "Junta de Riego") -> Answer:
    store = MemoryStore()
    timed = Period(year=2023, first=1, last=2) if caption == TITLE else None
    own = table(grid, caption=caption or "Cuadro 1: Obras", period=timed)
    store.add(report(own, institution=institution, period=Period(year=2023, first=1, last=12)))
    return Assistant(store).ask(text, history=history)


def first(answer: Answer) -> str:
    assert answer.status is Status.ANSWERED, answer.text
    assert answer.values[0].value is not None
    return f"{answer.values[0].value:f}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("concepto 2.1.3", ["concepto", "2.1.3"]),
        ("1.5. Algo", ["1.5", "algo"]),
        ("1,234.50 y 63.5%", ["1,234.50", "y", "63.5%"]),
    ],
)
def test_a_code_of_three_parts_is_one_word(text, told):
    assert words(text) == told


@pytest.mark.parametrize("text", ["intereses 2021 de FONPLATA AR-38/2017 y 4", "obra AR-38/2017, 2017"])
def test_a_number_after_a_code_with_a_stroke_is_read(text):
    assert analyse(text).tokens


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("lo vigente del concepto 2.1.3 en el cuadro de 5. Ejecución por objeto del gasto", 1),
        ("¿Cuál fue el 2do. Trimestre de otros gastos?", 1),
        ("Decime lo gastado en 2023. Y también el presupuesto de 2022.", 2),
    ],
)
def test_a_number_of_a_title_ends_no_sentence(text, parts):
    assert len(questions_of(text)) == parts


@pytest.mark.parametrize(
    ("grid", "text", "value"),
    [
        (MONTHS, "presupuesto vigente del concepto 2.1.3", "90.00"),
        (MONTHS, f"lo vigente del concepto 2.1.3 en el cuadro de {TITLE}", "90.00"),
        (MONTHS, f"% de ejecución del concepto 2.1.3 en el cuadro de {TITLE}", "20.00"),
        (MONTHS, "¿qué porcentaje del febrero total representa el concepto 2.2.5?", "25.00"),
        (LETTERS, "¿cuál fue el P de trimestre I de sesiones de ludoteca?", "390.00"),
        (LETTERS, "p del trimestre II del resultado 1.4", "61.00"),
        (LETTERS, "trimestre II, E, de sesiones de ludoteca", "402.00"),
        (TYPES, "¿a cuánto asciende resueltas de información?", "61.00"),
        (BLANK, "% de ejecución financiera de la Dirección General", "95.00"),
        (QUOTA, "necesito lo programado en marzo", "15.00"),
        (QUOTA, "¿cuál es el promedio de lo planificado por mes?", "13.67"),
        (FAMILIES, "familias de 2023 del proyecto 6", "75.00"),
        (WORKS, "la meta ejecutada de hectáreas bajo riego", "1412.00"),
        (WORKS, "la meta programada de Tramo Las Chilcas, Paso del Rey", "30.00"),
        (WORKS, "la meta programada de materiales y artículos", "9.00"),
        (WORKS, "la meta programada de A unidades familiares", "12.00"),
        (SOURCES, "¿qué fuente tiene menor devengado en el cuadro de ejecución por fuente?", "4.00"),
        (PARTS, "peso de quejas en el total", "12.74"),
    ],
)
def test_the_figure_of_a_question(grid, text, value):
    """The cell that the words name, and none that only stands near it."""
    caption = TITLE if grid is MONTHS else "Cuadro 1: Ejecución por fuente" if grid is SOURCES else ""
    assert first(ask(grid, text, caption=caption)) == value


@pytest.mark.parametrize(
    ("grid", "before", "text", "value"),
    [
        (LETTERS, "el P de trimestre II de sesiones de ludoteca", "¿y el de resultado 1.4?", "61.00"),
        (PARTS, "el II trim. de peticiones", "¿y cuál es el total?", "452.00"),
        (FAMILIES, "el presupuesto 2023 del proyecto 6", "¿y familias?", "75.00"),
        (QUOTA, "lo programado en enero", "¿y en febrero?", "14.00"),
    ],
)
def test_the_figure_of_a_question_that_goes_on(grid, before, text, value):
    assert first(ask(grid, text, before)) == value


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (FAMILIES, "cuántas metas se alcanzaron en 2023 en el proyecto 6"),
        (MONTHS, "lo vigente de enero del concepto 2.1.3"),
    ],
)
def test_a_measure_that_no_column_of_the_period_holds_is_refused(grid, text):
    """A budget of the year is not January's, and a budget is nothing that was reached."""
    assert ask(grid, text, caption="Cuadro 1: Obras").status is not Status.ANSWERED


def test_a_number_of_two_readings_is_not_left_out_of_a_sum_in_silence():
    """ "1.371" beside whole numbers may be thousands or decimals: no total is told without it."""
    whole = table("Tipo | Total\nQuejas | 140.00\nDenuncias | 5.00\nReclamos | 81.00")
    line = whole.rows[1]
    unread = replace(line, cells=(line.cells[0], replace(line.cells[1], text="1.371", value=None)))
    grid = build([report(replace(whole, rows=(whole.rows[0], unread, whole.rows[2])))]).views[0]
    found = amount(grid, whole_table(grid), 1)
    assert found.value is None
    assert "1.371" in found.warnings[0]


def test_a_table_that_fits_with_several_columns_is_told_beside_the_first():
    """ "Producto con mayor logrado": the other table of products has a column of each half-year."""
    one = table(
        "Producto | Logrado =alcanzado\nFaros | 5.00\nBoyas | 9.00\nMuelles | 2.00", order=1, caption="Cuadro 1: A"
    )
    two = table(
        "Producto | I / Logrado =alcanzado | II / Logrado =alcanzado\nRadares | 30.00 | 10.00\nGrúas | 8.00 | 21.00\nSondas | 1.00 | 2.00",
        order=2,
        caption="Cuadro 2: B",
    )
    store = MemoryStore()
    store.add(report(one, two, institution="Junta de Puertos"))
    answer = Assistant(store).ask("producto con mayor logrado")
    told = answer.text + " ".join(answer.warnings)
    assert "9" in told
    assert "30" in told
    assert "21" in told


def test_the_difference_comes_first_when_its_sides_are_asked_apart():
    answer = ask(
        "Servicio | T1 / Programado =programado,m1-3 | T1 / Alcanzado =alcanzado,m1-3\nAnálisis de agua | 24.00 | 24.00\nPodas | 5.00 | 2.00",
        "Calcule la diferencia entre la meta de T1 y el alcanzado de T1 de podas",
    )
    assert abs(answer.values[0].value or 0) == 3
