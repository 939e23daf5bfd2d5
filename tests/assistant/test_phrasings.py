"""Ways of asking that were once misread: each question of a table of a few rows, with the figures it must give."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.model import Answer, Status
from index.memory_store import MemoryStore
from index.model import Period
from tests.building import report, table

GOALS = """
Producto                                        | Categoria =key | Programado =programado | Evaluado =alcanzado | Asignado =asignado,GTQ | Vigente =vigente,GTQ
[1] Reportes de base de puentes, creados        | 11-01          | 7.00                   | 10.00               | 30.00                  | 30.00
[2] Pago de comisiones bancarias, realizado     | 11-01          | 9.00                   | 31.00               | 50.00                  | 40.00
[3] Talleres de vados, impartidos               | 11-02          | 4.00                   | 1.00                | 20.00                  | 20.00
T: TOTAL                                        |                |                        |                     | 100.00                 | 90.00
"""
MONEY = """
Actividad                  | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ
Dirección y Coordinación   | 80.00                | 60.00
Servicios de Vialidad      | 70.00                | 45.00
T: TOTAL                   | 150.00               | 105.00
"""
BLOCKS = """
Partida          | Presupuesto =vigente,GTQ | Ejecución =ejecutado,GTQ
Impuestos        | 60.00                    | 50.00
Tasas            | 40.00                    | 30.00
S: TOTAL INGRESOS | 100.00                   | 80.00
Obras            | 30.00                    | 21.00
Sueldos          | 20.00                    | 14.00
S: TOTAL GASTOS  | 50.00                    | 35.00
"""


def ask(grid: str, text: str, *history: str) -> Answer:
    store = MemoryStore()
    store.add(report(table(grid), institution="Junta de Caminos", period=Period(year=2023, first=1, last=12)))
    return Assistant(store).ask(text, history=history)


CUT = """
Concepto                                | Vigente =vigente,GTQ | Pagado =pagado,GTQ
Coord. de Com. Social                   | 4.00                 | 3.00
Rec. Afec. Espec. - De origen provincial | 9.00                | 5.00
Recursos propios                        | 8.00                 | 7.00
"""
GROUPS = """
Concepto           | Inicial =asignado,GTQ | Vigente =vigente,GTQ | Devengado =devengado,GTQ | Pagado =pagado,GTQ
S: 1 Inversión     | 25.00                 | 30.00                | 20.00                    | 14.00
. Salud            | 10.00                 | 10.00                | 8.00                     | 5.00
. Vías             | 15.00                 | 20.00                | 12.00                    | 9.00
S: 2 Funcionamiento | 35.00                | 35.00                | 30.00                    | 30.00
. Sueldos          | 35.00                 | 35.00                | 30.00                    | 30.00
T: TOTAL           | 60.00                 | 65.00                | 50.00                    | 44.00
"""
FLOWS = """
Mes     | Gasto =ejecutado,GTQ | Recaudado =recaudado,GTQ
Enero   | 1.00                 | 2.00
Febrero | 2.00                 | 1.00
Marzo   | 4.00                 | 3.00
"""
ANNUAL = """
Actividad | Meta anual =programado | I Trim. / Prog. =programado,2023m1-3 | I Trim. / Ejec. =alcanzado,2023m1-3 | II Trim. / Prog. =programado,2023m4-6 | II Trim. / Ejec. =alcanzado,2023m4-6 | Acumulado =alcanzado,acum
Vacunas   | 40.00                  | 10.00                                | 12.00                               | 20.00                                 | 18.00                                | 30.00
Consultas | 20.00                  | 5.00                                 | 5.00                                | 5.00                                  | 4.00                                 | 9.00
"""
REQUESTED = """
Mes   | Solicitada =solicitado,GTQ | Asignada =asignado,GTQ | Compromiso anual =comprometido,GTQ | Certificación =comprometido,GTQ | Ejecutada =ejecutado,GTQ
Mayo  | 10.00                      | 8.00                   | 6.00                              | 8.00                             | 5.00
Junio | 10.00                      | 9.00                   | 7.00                              | 9.00                             | 6.00
"""
LINES = """
Programa                      | Objeto =key  | Vigente =vigente,GTQ
[9] Capacitación al personal  | Personal     | 5.00
[9] Capacitación al personal  | Bienes       | 2.00
[8] Vías                      | Personal     | 4.00
"""
MONTH = "Actividad | Programado =programado,2023m1-1\nVacunas | 4.00\nBecas | 3.00"
YEARS = """
Servicio           | Programado en el año =programado | Programado Ene-Jun 2023 =programado,2023m1-6 | Ejecutado Ene-Jun 2023 =alcanzado,2023m1-6
Vacunas            | 80.00                            | 48.00                                        | 41.00
Consultas          | 60.00                            | 30.00                                        | 33.00
"""
CHAPTERS = """
Capítulo  | Modificado =vigente,GTQ | Devengado =devengado,GTQ
Sueldos   | 50.00                   | 48.00
Muebles   | 40.00                   | 20.00
"""


@pytest.mark.parametrize(
    ("grid", "text", "values"),
    [
        (MONEY, "¿Cuánto más ejecutó Dirección y Coordinación que Servicios de Vialidad?", [15, 60, 45]),
        (GOALS, "¿A cuál se le asignó más presupuesto, a pago de comisiones o a talleres, y por cuánto?", [50, 20, 30]),
        (GOALS, "¿Cuál producto rebasó por más unidades lo que tenía programado?", [22]),
        (GOALS, "cuántos pagos de comisiones a los bancos se realizaron", [31]),
        (GOALS, "¿Cuántos productos aparecen bajo la categoría 11-01?", [2]),
        (GOALS, "cuántos reportes de base de puentes tenía programados la institución caminera", [7]),
        (GOALS, "Dos datos por favor: ¿cuántos talleres de vados se impartieron y cuánto tienen asignado?", [1, 20]),
        (GOALS, "¿Qué porcentaje del vigente total le toca a talleres de vados?", [None, 20, 90]),
        (BLOCKS, "¿Qué porcentaje del total de gastos presupuestados ejecutó la Junta de Caminos?", [70, 35, 50]),
        (MONEY, "¿Cuál ejecutó más: Dirección y Coordinación o Servicios de Vialidad? ¿Por cuánto?", [60, 45, 15]),
        (MONEY, "¿cuál tiene más vigente, servicios de vialidad o dirección y coordinación?", [80, 70]),
        (GOALS, "cuantos pagos d comisiones bancarias se realizaron", [31]),
        (YEARS, "vacunas 2023: cuánto estaba programado en el año", [80]),
        (CHAPTERS, "¿qué capítulo de gasto tuvo el menor porcentaje devengado respecto del modificado?", [50]),
        (GROUPS, "¿Qué porcentaje del gasto de inversión es salud?", [40, 8, 20]),
        (GROUPS, "¿Qué porcentaje del devengado es salud?", [None, 8, 50]),
        (GROUPS, "¿Qué porcentaje del gasto de la Junta de Caminos se fue en sueldos?", [60, 30, 50]),
        (GROUPS, "¿Cuánto subió del inicial al vigente en vías?", [5]),
        (GROUPS, "¿Qué conceptos devengaron menos de lo pagado?", [0]),
        (GROUPS, "¿Qué conceptos pagaron menos de lo devengado?", [2]),
        (FLOWS, "¿cuánto se gastó en los primeros dos meses?", [3]),
        (FLOWS, "¿Qué meses gastaron más de lo que recaudaron?", [2]),
        (ANNUAL, "qué porcentaje de la meta anual de vacunas lleva ejecutado al segundo trimestre", [75]),
        (REQUESTED, "¿Qué porcentaje de lo solicitado se ejecutó en mayo?", [50]),
        (REQUESTED, "diferencia entre lo certificado y lo ejecutado en mayo", [3]),
        (YEARS, "¿cuánto se programó y cuánto se ejecutó en vacunas en el primer semestre?", [48, 41]),
        (GROUPS, "¿Qué porcentaje del devengado total representa salud?", [16, 8, 50]),
        (LINES, "vigente de capacitación al personal", [7]),
        (GOALS, "de qué trata el producto 3", []),
        (BLOCKS, "compare el presupuesto de obras con el presupuesto de sueldos", [30, 20]),
        (CUT, "pagado de la coordinación de comunicación social", [3]),
        (CUT, "cuánto se pagó con recursos afectados de origen provincial", [5]),
        (MONEY, "¿Qué actividad aprovechó mejor lo vigente, en porcentaje?", [75]),
    ],
)
def test_the_figures_asked_for(grid: str, text: str, values: list[int | None]) -> None:
    """None stands for a figure that is not looked at (a rounded percentage)."""
    found = [f.value for f in ask(grid, text).values]
    assert len(found) >= len(values), ask(grid, text).text
    wanted = {v for v in values if v is not None}
    assert wanted <= {abs(v) for v in found if v is not None}, ask(grid, text).text


@pytest.mark.parametrize(
    ("grid", "text"),
    [
        (GOALS, "¿Quiénes impartieron los talleres de vados?"),
        (GOALS, "¿Cuándo se impartieron los talleres de vados?"),
        (MONEY, "¿Cuánto cobra por mes el intendente?"),
        (BLOCKS, "¿Qué parte del total son las obras?"),
        (FLOWS, "¿En qué trimestre se gastó más?"),
        (MONTH, "¿Cuál es la meta anual de vacunas?"),
    ],
)
def test_what_no_cell_says_is_not_answered(grid: str, text: str) -> None:
    assert ask(grid, text).status is not Status.ANSWERED, ask(grid, text).text


def test_a_first_question_that_goes_on_from_none_is_asked_back() -> None:
    assert ask(GOALS, "¿Y cuál fue la cantidad evaluada?").status is Status.AMBIGUOUS


def test_a_follow_up_leans_on_the_row_that_both_halves_of_a_question_share() -> None:
    found = ask(GOALS, "¿Y eso qué porcentaje de cumplimiento representa?", "¿Cuántos talleres de vados se impartieron y cuántos estaban programados?")  # fmt: skip
    assert found.values[0].value == 25


def test_no_goal_is_a_percentage_of_money() -> None:
    """ "Se asignaron" is a measure of money, "programados" one of goals: neither divides the other."""
    found = ask(GOALS, "¿qué porcentaje de los talleres de vados programados se asignaron?")
    assert {1, 20} != {f.value for f in found.values[1:]}
    assert "Cálculo: presupuesto" not in found.text


@pytest.mark.parametrize(
    ("grid", "history", "text", "values"),
    [
        (
            MONEY,
            ("¿Cuánto ejecutó servicios de vialidad?", "¿y dirección y coordinación?"),
            "¿y los dos juntos?",
            [105],
        ),
        (
            MONEY,
            ("¿Cuánto ejecutó servicios de vialidad?", "¿y dirección y coordinación?"),
            "¿cuál fue la diferencia?",
            [15],
        ),
        (FLOWS, ("¿Cuánto se gastó en enero?", "¿y en marzo?"), "¿y cuánto suman?", [5]),
        (FLOWS, ("¿Qué mes gastó más?",), "¿y cuánto recaudó ese mes?", [3]),
        (CHAPTERS, ("¿Qué capítulo devengó más?",), "¿y cuánto modificado tenía?", [50]),
    ],
)
def test_a_follow_up_on_what_was_told_before(grid: str, history: tuple[str, ...], text: str, values: list[int]) -> None:
    found = ask(grid, text, *history)
    assert set(values) <= {abs(v.value) for v in found.values if v.value is not None}, found.text


def test_two_answers_that_differ_in_more_than_one_thing_are_not_put_together() -> None:
    found = ask(MONEY, "¿y la suma?", "¿Cuánto ejecutó servicios de vialidad?", "¿Cuál es el vigente de dirección y coordinación?")  # fmt: skip
    assert found.status is Status.AMBIGUOUS


def test_goals_of_unlike_things_have_no_percentage_together() -> None:
    grid = """
    Meta                    | Programa =key | Unidad =unidad_medida | Programado =programado | Logrado =alcanzado
    Vías rehabilitadas      | Vialidad      | km                    | 10.00                  | 5.00
    Puentes construidos     | Vialidad      | puentes               | 2.00                   | 2.00
    Talleres                | Social        | talleres              | 4.00                   | 4.00
    """
    found = ask(grid, "porcentaje de cumplimiento de vialidad")
    assert {50, 100} <= {f.value for f in found.values}, found.text


@pytest.mark.parametrize(
    ("text", "value"), [("¿cuánto se gastó en senderos?", 30), ("¿cuánto gastó el servicio de senderos?", 50)]
)
def test_a_common_word_of_the_name_of_the_institution_may_be_a_row(text: str, value: int) -> None:
    """ "Senderos" alone is the row; with what it is a service of, it is the institution."""
    grid = """
    Programa                | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ
    Red nacional de senderos | 40.00               | 30.00
    Refugios de altura      | 30.00                | 20.00
    T: TOTAL                | 70.00                | 50.00
    """
    store = MemoryStore()
    store.add(
        report(table(grid), institution="Servicio Nacional de Senderos", period=Period(year=2023, first=1, last=12))
    )
    assert Assistant(store).ask(text).values[0].value == value
