"""What reports found by questioning themselves of things set against each other, of groups of columns and of follow-ups."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.interpret import told_by_ends
from assistant.model import Status
from assistant.question import analyse
from assistant.splitting import questions_of
from index.memory_store import MemoryStore
from index.model import Period
from tests.assistant.test_own_questions import ask, first
from tests.building import report, table

PLAN = """
Meta                      | Avance físico / Programado =programado | Avance físico / Alcanzado =alcanzado | Avance financiero / Codificado =vigente,USD | Avance financiero / Devengado =devengado,USD
Adoquinado de calles      | 100.00                                 | 104.00                               | 715.00                                      | 742.00
Señalización horizontal   | 40.00                                  | 10.00                                | 45.00                                       | 0.00
Adultos mayores atendidos | 620.00                                 | 655.00                               | 112.00                                      | 109.00
"""
INCOME = """
Concepto                           | Presupuesto definitivo =vigente,COP | Recaudo =recaudado,COP
Sistema General de Participaciones | 248.00                              | 248.00
Estampillas                        | 42.00                               | 51.00
Recursos del crédito               | 40.00                               | 0.00
Deuda flotante                     | 9.00                                | 3.00
"""
CODED = """
Programa                                    | Asignado =asignado,HNL | Pagado =pagado,HNL
[0030] Reducción de delitos y faltas        | 60.00                  | 55.00
[0101] Actividad física y recreación        | 9.00                   | 4.00
[0148] Acceso a la justicia                 | 11.00                  | 0.00
[0150] Programa articulado nutricional      | 90.00                  | 80.00
"""
MONTHLY = """
Mes     | Gasto del mes =devengado,USD | Recaudado =recaudado,USD | Saldo =saldo,USD
Enero   | 12.00                        | 20.00                    | 88.00
Febrero | 14.00                        | 13.00                    | 74.00
Marzo   | 15.00                        | 10.00                    | 59.00
"""
VISITORS = """
Mes     | Visitantes nacionales | Visitantes extranjeros | Total de visitantes
Enero   | 60.00                 | 20.00                  | 80.00
Febrero | 10.00                 | 10.00                  | 20.00
T: TOTAL | 70.00                | 30.00                  | 100.00
"""
FUNDS = """
Fuente                            | Crédito vigente =vigente,ARS | Compromiso =comprometido,ARS | Pagado =pagado,ARS
[110] Tesoro municipal            | 80.00                        | 70.00                        | 60.00
[131] De origen municipal         | 40.00                        | 30.00                        | 20.00
[140] Transferencias internas     | 8.00                         | 7.00                         | 6.00
[220] Crédito externo             | 5.00                         | 3.00                         | 2.00
"""
TERMS = """
Servicio                          | 1er trimestre / Prog. =programado,m1-3 | 1er trimestre / Alc. =alcanzado,m1-3 | 2do trimestre / Prog. =programado,m4-6 | 2do trimestre / Alc. =alcanzado,m4-6
Ecografías                        | 900.00                                 | 655.00                               | 910.00                                 | 702.00
Consultas de pediatría            | 100.00                                 | 95.00                                | 110.00                                 | 120.00
Brigadas no previstas             | 0.00                                   | 1.00                                 | 0.00                                   | 2.00
"""
SEVERAL = """
Programa                            | Partida  | Pagado =pagado,ARS
[860] Apoyo al deporte              | Personal | 1.00
[860] Apoyo al deporte              | Bienes   | 2.00
[860] Terminal de ómnibus           | Personal | 30.00
[860] Terminal de ómnibus           | Bienes   | 40.00
[861] Archivo de la memoria         | Personal | 300.00
[861] Archivo de la memoria         | Bienes   | 400.00
"""
UNITS = """
Unidad                          | Aprobado =asignado,MXN | Devengado =devengado,MXN
Dirección general               | 70.00                  | 60.00
Dirección de administración     | 50.00                  | 40.00
Dirección académica             | 30.00                  | 20.00
Coord. de Com. Social y Rel. Públicas | 9.00             | 8.00
"""
LONGER = """
Programa                                | Vigente =vigente,ARS | Devengado =devengado,ARS
[1] Agencia de turismo                  | 9.00                 | 8.00
[2] Agencia de turismo recursos propios | 4.00                 | 3.00
[870] Programa administrativo           | 6.00                 | 3.00
[870] Archivo de la memoria             | 5.00                 | 1.00
"""
BALANCES = """
Rubro                       | Asignación inicial =asignado,USD | Saldo por devengar =saldo,USD
Ingresos de financiamiento  | 90.00                            | 7.00
Saldos disponibles          | 50.00                            | 6.00
"""
CLAIMS = """
Tipo          | Enero | Febrero | TOTAL
Peticiones    | 212   | 240     | 452.00
Quejas        | 37    | 29      | 66.00
"""
CHANGES = """
Unidad     | Ampliaciones =modificacion,MXN
Planta     | -900.00
Oficina    | -100.00
Delegación | 300.00
"""
RESULT = """
Concepto               | Importe
Ingresos del período   | 70.00
Gastos del período     | 60.00
Ingresos corrientes    | 50.00
"""
ENDINGS = """
Producto                                | Cantidad programada =programado | Cantidad evaluada =alcanzado
[48] Seguimiento a la carga ejecutado   | 4.00                            | 3.00
[49] Otros informes                     | 8.00                            | 4.00
[50] Informes de situación              | 9.00                            | 9.00
[51] Estado de situación al consejo     | 7.00                            | 7.00
"""
EXECUTED = """
Concepto                        | Presupuesto =presupuesto,USD | Ejecución =ejecutado,USD
Gastos de inversión             | 90.00                        | 80.00
Bienes y servicios para inversión | 12.00                      | 10.00
Economías de gestión            | -5.00                        | -4.00
T: TOTAL GASTOS                 | 97.00                        | 86.00
"""


@pytest.mark.parametrize(
    ("grid", "text", "value"),
    [
        (CODED, "sumá lo pagado de actividad física y recreación y del programa 0148", "4.00"),
        (CODED, "¿Cuánto suman el programa 0030 y actividad física y recreación en pagado?", "59.00"),
        (FUNDS, "¿Cuánto suman la fuente 131 y transferencias internas en pagado?", "26.00"),
        (FUNDS, "sumá lo pagado de tesoro municipal y de la fuente 220, crédito externo", "62.00"),
    ],
)
def test_rows_are_named_by_code_and_by_name_in_one_list(grid, text, value):
    assert first(ask(grid, text)) == value


@pytest.mark.parametrize(
    ("grid", "text", "told"),
    [
        (CODED, "¿En cuánto supera lo asignado del programa articulado nutricional al de reducción de delitos y faltas?", "30.00"),
        (CODED, "¿En cuánto supera lo pagado de reducción de delitos y faltas al del programa 0101?", "51.00"),
        (INCOME, "¿Cuánto más recaudado tuvo estampillas que recursos del crédito?", "51.00"),
        (INCOME, "¿En cuánto supera el recaudo de estampillas al de deuda flotante?", "48.00"),
        (CODED, "¿Cuánto más pagado tuvo reducción de delitos y faltas que actividad física y recreación?", "51.00"),
        (EXECUTED, "Compará el gasto de gastos de inversión y bienes y servicios para inversión", "10.00"),
        (INCOME, "diferencia entre el recaudo de estampillas y el de recursos del crédito", "51.00"),
        (UNITS, "¿Cuánto más devengado tuvo la dirección de administración que la dirección académica?", "20.00"),
        (SEVERAL, "comparar lo pagado de archivo de la memoria con terminal de ómnibus", "630.00"),
        (INCOME, "¿En cuánto supera el presupuesto definitivo de sistema general de participaciones al de recursos del crédito?", "208.00"),
        (FUNDS, "¿Cuánto más vigente tuvo la fuente 110 que crédito externo?", "75.00"),
        (MONTHLY, "¿En cuánto supera el recaudado de enero al de marzo?", "10.00"),
        (MONTHLY, "¿En cuánto supera lo recaudado a lo devengado en enero?", "8.00"),
        (MONTHLY, "¿En cuánto supera lo que se recaudó de febrero a lo de marzo?", "3.00"),
    ],
)  # fmt: skip
def test_one_thing_is_set_against_another_and_not_against_its_budget(grid, text, told):
    answer = ask(grid, text)
    assert answer.status is Status.ANSWERED, answer.text
    assert told in {f"{v.value:f}" for v in answer.values}, answer.text


@pytest.mark.parametrize(
    "text",
    [
        "¿En cuánto supera el recaudo de estampillas al de multas?",
        "¿Cómo se compara el recaudo de estampillas con el de multas?",
        "¿Cuánto más recaudo tuvo recursos del crédito que recursos propios?",
    ],
)
def test_what_is_set_against_a_row_that_is_not_there_is_refused(text):
    assert ask(INCOME, text).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("lo devengado de agencia de turismo - recursos", ["8.00", "3.00"]),
        ("¿qué porcentaje se ejecutó del programa 870?", ["50.00", "20.00"]),
    ],
)
def test_two_readings_equally_good_are_asked_back(text, values):
    """A label and a longer one that goes on with a word for money; two rows of a code, one named like the noun said."""
    answer = ask(LONGER, text)
    assert answer.status is Status.AMBIGUOUS
    assert [f"{v.value:.2f}" for v in answer.values] == values


def test_a_measure_asked_next_is_no_row_of_like_name():
    """ "El saldo disponible" after a figure of another row, beside a row of "Saldos disponibles": never that row's first figure."""
    answer = ask(BALANCES, "¿y cuál es el saldo disponible?", "lo asignado de ingresos de financiamiento")
    assert "50.00" not in {f"{v.value:f}" for v in answer.values[:1]}


def test_the_lines_of_a_code_are_told_apart_by_their_names():
    """A code of two programmes of many lines each is asked back with the sum of each."""
    answer = ask(SEVERAL, "lo pagado del programa 860")
    assert answer.status is Status.AMBIGUOUS
    assert [f"{v.value:f}" for v in answer.values] == ["3.00", "70.00"]


@pytest.mark.parametrize(
    ("grid", "text", "value"),
    [
        (PLAN, "¿Cuál es la meta con mayor devengado de avance financiero?", "742.00"),
        (PLAN, "meta con mayor alcanzado de avance físico", "655.00"),
        (PLAN, "metas con devengado de avance financiero menor a 100", "1"),
        (PLAN, "el programado de avance físico de adultos mayores atendidos", "620.00"),
        (PLAN, "diferencia entre el codificado de avance financiero y el devengado de avance financiero de adoquinado de calles", "27.00"),
        (PLAN, "porcentaje de avance financiero de señalización horizontal", "0.00"),
        (CODED, "¿Qué programa tiene mayor asignado de presupuesto?", "90.00"),
    ],
)  # fmt: skip
def test_the_group_over_a_column_is_no_percentage(grid, text, value):
    assert first(ask(grid, text)) == value


@pytest.mark.parametrize(
    ("grid", "text", "value"),
    [
        (CODED, "cantidad de programas con asignado mayor a 50", "2"),
        (CHANGES, "cantidad de unidades con ampliaciones mayores a -600", "2"),
        (VISITORS, "¿Qué parte del total de total de visitantes corresponde a febrero?", "20.00"),
        (EXECUTED, "la ejecución de economías de gestión", "-4.00"),
        (RESULT, "el importe de gastos del período", "60.00"),
        (UNITS, "¿Cuánto suman la dirección general y coord. de Com. Social y Rel. Públicas en aprobado?", "79.00"),
        (ENDINGS, "% ejec del producto 48", "75.00"),
        (SEVERAL, "lo pagado del programa 860, terminal de ómnibus", "70.00"),
        (ENDINGS, "cantiddad de productos con cantidad evaluada mayor a 5", "2"),
    ],
)
def test_what_is_counted_or_shared_is_the_column_that_was_said(grid, text, value):
    assert first(ask(grid, text, institution="Ministerio de Economía y Gestión Nacional")) == value


@pytest.mark.parametrize(
    ("grid", "before", "text", "value"),
    [
        (VISITORS, "total de visitantes en febrero", "¿y visitantes nacionales?", "10.00"),
        (CLAIMS, "el total de quejas", "¿y peticiones?", "452.00"),
        (FUNDS, "el compromiso de tesoro municipal", "¿y el de crédito externo?", "3.00"),
        (EXECUTED, "presupuesto de bienes y servicios para inversión", "¿y lo gastado?", "10.00"),
        (EXECUTED, "lo gastado de total gastos", "¿y el de bienes y servicios para inversión?", "10.00"),
        (MONTHLY, "el saldo de enero", "¿y en el mes de marzo?", "59.00"),
        (TERMS, "el prog de 2do trimestre de ecografías", "¿y en el caso de consultas de pediatría?", "110.00"),
        (TERMS, "el programado de 1er trimestre de ecografías", "¿y el de brigadas no previstas?", "0.00"),
        (ENDINGS, "lo evaluado de estado de situación al consejo", "¿y otros informes?", "4.00"),
    ],
)
def test_a_follow_up_keeps_the_measure_unless_it_names_another(grid, before, text, value):
    answer = ask(grid, text, before, institution="Instituto Nacional de Crédito y Refugios")
    assert first(answer) == value


def of_two_tables(text, *history, grids=(EXECUTED, RESULT), captions=("Cuadro 1: Ejecución", "Cuadro 2: Resultado")):
    """The answer from one report with two tables."""
    store = MemoryStore()
    tables = [
        table(g, order=number, caption=c) for number, (g, c) in enumerate(zip(grids, captions, strict=True), start=1)
    ]
    store.add(report(*tables, institution="Junta de Riego", period=Period(year=2013, first=1, last=12)))
    return Assistant(store).ask(text, history=history)


DEEDS = """
Centro     | I Trimestre =alcanzado,m1-3 | Acumulado anual =alcanzado
Dirección  | 3.00                        | 12.00
Biblioteca | 2.00                        | 9.00
"""
PARTS = """
Centro     | I Trimestre =alcanzado,m1-3 | Acumulado por trimestre
Dirección  | 3.00                        | 8.00
Biblioteca | 2.00                        | 7.00
"""
BLANK_FIRST = """
Gasto                | Devengado =devengado,ARS
Extrapresupuestarios |
Personal             | 80.00
T: TOTAL             | 80.00
"""
FILLED = """
Gasto                | Devengado =devengado,ARS
Extrapresupuestarios | 20.00
Corrientes           | 60.00
T: TOTAL             | 80.00
"""


def test_a_share_is_taken_where_the_row_has_a_figure():
    answer = of_two_tables("peso de extrapresupuestarios en el total de devengado", grids=(BLANK_FIRST, FILLED))
    assert first(answer) == "25.00"


def test_a_follow_up_goes_to_the_table_whose_heading_it_says():
    answer = of_two_tables("¿y el acumulado por trimestre?", "I trimestre de dirección", grids=(DEEDS, PARTS))
    assert first(answer) == "8.00"


def test_the_day_of_a_title_makes_no_span():
    """ "Al 31 de diciembre del 2013" in a title is one date, and the deviation asked for is no growth from day to year."""
    caption = "ESTADO DE EJECUCION PRESUPUESTARIA Al 31 de diciembre del 2013"
    text = f"la desviación de bienes y servicios para inversión en el cuadro de {caption}"
    assert told_by_ends(analyse(text), frozenset(i for _, used in analyse(text).periods for i in used)) is False


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Compará el presupuesto de prev. Presupuestaria y de transferencias", 1),
        ("Decime lo gastado en la Junta. Y también el presupuesto de 2022.", 2),
    ],
)
def test_a_word_cut_short_ends_no_sentence(text, parts):
    assert len(questions_of(text)) == parts


def test_a_row_of_a_table_that_stands_for_a_missing_title_is_a_row():
    """A scanned page without a heading: its title is the first line read, "Gastos del período", and no institution."""
    store = MemoryStore()
    store.add(report(table(RESULT), institution=None, title="Gastos del período"))
    assert first(Assistant(store).ask("el importe de gastos del período")) == "60.00"


def test_a_word_that_begins_like_financial_is_no_level():
    """ "Financimiento", mistyped, is not waved through as "financiero": the row's figure or none, never the total."""
    answer = ask(BALANCES, "¿y el de ingresos de financimiento?", "el saldo de saldos disponibles")
    assert {f"{v.value:f}" for v in answer.values} <= {"7.00"}


def test_an_amount_that_is_passed_is_no_year():
    assert not analyse("productos que superan 2000 de cantidad evaluada").periods
