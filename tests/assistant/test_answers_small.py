"""Questions of tables of three rows, each made for one trap."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from index.memory_store import MemoryStore
from tests.assistant.small import ask
from tests.building import report, table

CODES = """
Producto   | Programa =key | Vigente =vigente,GTQ
[11] Muro  | 12            | 1.00
[12] Canal | 11            | 2.00
[13] Pozo  | 11            | 4.00
"""
MONTHS = """
Mes     | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ | % =porcentaje,%,2/1
Enero   | 100.00               | 10.00                    | 10%
Febrero | 100.00               | 20.00                    | 20%
"""


def test_the_code_of_a_product() -> None:
    assert ask(CODES, "presupuesto vigente del producto 11").values[0].value == 1


def test_the_code_of_a_programme() -> None:
    assert ask(CODES, "presupuesto vigente del programa 11").values[0].value == 6


def test_programmes_are_ranked_as_groups() -> None:
    found = ask(CODES, "¿qué programa tiene más presupuesto vigente?")
    assert found.values[0].value == 6


def test_groups_that_are_counted_are_named() -> None:
    found = ask(CODES, "¿cuántos programas hay?")
    assert found.values[0].value == 2
    assert "Muro" not in found.text


def test_a_state_at_each_date_has_no_total_over_months() -> None:
    found = ask(MONTHS, "presupuesto vigente total")
    assert "no se suma" in found.text
    assert found.values[0].value is None


@pytest.mark.parametrize("text", ["porcentaje de ejecución total", "porcentaje de ejecución de enero a febrero"])
def test_what_is_printed_is_not_called_blank(text: str) -> None:
    assert "en blanco" not in ask(MONTHS, text).text


def test_flows_over_months_are_summed() -> None:
    assert ask(MONTHS, "total ejecutado").values[0].value == 30


@pytest.mark.parametrize(
    ("grid", "text", "value"),
    [
        ("Obra | Gasto, en miles =ejecutado,GTQ,x1000\nPuente | 12.5\nMuro | 3", "gasto del puente", "12500"),
        ("Obra | Gasto =ejecutado,GTQ\nPuente | (828.93)\nMuro | 3.00", "gasto del puente", "-828.93"),
        ("Obra | Gasto =ejecutado,GTQ\nPuente | 5.00*\nMuro | 3.00", "gasto del puente", "5"),
        ("Obra | Gasto =ejecutado,GTQ\nPuente | 0.00\nMuro | 3.00", "gasto del puente", "0"),
    ],
)
def test_cells_as_reports_print_them(grid: str, text: str, value: str) -> None:
    found = ask(grid, text)
    assert found.status is Status.ANSWERED
    assert found.values[0].value == Decimal(value)


@pytest.mark.parametrize("printed", ["", "N/D", "no aplica", "#¡DIV/0!"])
def test_what_is_no_figure_is_never_answered_as_zero(printed: str) -> None:
    found = ask(f"Obra | Gasto =ejecutado,GTQ\nPuente | {printed}\nMuro | 3.00", "gasto del puente")
    assert [v.value for v in found.values if v.value is not None] == []
    assert (printed or "en blanco") in found.text


SITES = """
Servicio | Sede norte/Prog. =programado | Sede norte/Alc. =alcanzado | Sede sur/Prog. =programado | Sede sur/Alc. =alcanzado | Total anual/Alc. =alcanzado
Partos   | 10                              | 8                             | 12                              | 9                             | 17
Vacunas  | 20                              | 5                             | 22                              | 6                             | 11
"""


def test_the_header_named_best_is_taken_and_none_is_guessed() -> None:
    assert ask(SITES, "alc. del total anual de partos").values[0].value == 17
    assert ask(SITES, "alc. de la sede sur de partos").values[0].value == 9
    assert ask(SITES, "partos").status is Status.AMBIGUOUS


def test_two_tables_that_disagree_are_both_told() -> None:
    store = MemoryStore()
    tables = [
        table(f"Obra | Gasto =ejecutado,GTQ\nPuente | {value}\nMuro | 3.00", caption=f"Cuadro {n}: Obras", order=n)
        for n, value in ((1, "10.00"), (2, "11.00"))
    ]
    store.add(report(*tables))
    assistant = Assistant(store)
    found = assistant.ask("gasto del puente")
    assert "Q10.00" in found.text
    assert "Q11.00" in found.text
    assert assistant.ask("gasto del puente según el cuadro 2").values[0].value == 11


LINES = """
Programa     | Partida =text | Vigente =vigente,ARS | Devengado =devengado,ARS
[871] Ferias | Servicios     | 100.00               | 40.00
[871] Ferias | Bienes        | 100.00               | 40.00
[872] Museos | Servicios     | 300.00               | 60.00
"""
VISITS = """
Mes     | Nacionales =, | Extranjeros =, | Total de visitantes =,
Enero   | 60            | 40             | 100
Febrero | 50            | 10             | 60
"""
PAIRS = """
Rubro | Asignación / Inicial =asignado,USD | Asignación / Codificado =vigente,USD | Devengado =devengado,USD
Muro  | 10.00                              | 12.00                                | 7.00
Canal | 20.00                              | 25.00                                | 9.00
"""


@pytest.mark.parametrize(
    "text", ["devengado de ferias", "devengado del programa 871", "devengado del programa 871, ferias"]
)
def test_the_lines_of_one_programme_are_added_even_when_they_are_equal(text: str) -> None:
    assert ask(LINES, text).values[0].value == 80


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("de los visitantes de enero, qué porcentaje eran extranjeros", "40"),
        ("qué porcentaje de los visitantes de febrero fueron nacionales", "83.33"),
    ],
)
def test_part_of_a_row_and_not_of_a_column(text: str, percent: str) -> None:
    assert ask(VISITS, text).values[0].value == Decimal(percent).quantize(Decimal("0.01"))


def test_the_two_measures_of_a_difference_are_those_named() -> None:
    found = ask(PAIRS, "diferencia entre el presupuesto asignado y lo vigente del muro")
    assert abs(found.values[0].value or 0) == 2


def test_a_measure_named_twice_is_compared_with_nothing_else() -> None:
    found = ask(MONTHS, "compara la cuota ejecutada y el gasto del mes de enero")
    assert Decimal(-90) not in [v.value for v in found.values]


CREDITS = """
Fuente | Crédito Aprobado =asignado,ARS | Crédito Vigente =vigente,ARS | Devengado =devengado,ARS
Tesoro | 10.00                          | 12.00                        | 7.00
Rentas | 20.00                          | 25.00                        | 9.00
"""


def test_a_header_said_in_full_is_one_side_of_a_difference() -> None:
    found = ask(CREDITS, "¿Cuál es la diferencia entre el crédito aprobado y el monto vigente del tesoro?")
    assert abs(found.values[0].value or 0) == 2


QUOTAS = """
Mes   | Cuota asignada =asignado,ARS | Cuota ejecutada =ejecutado,ARS
Mayo  | 100.00                       | 90.00
Junio | 100.00                       | 70.00
"""


def test_a_quota_is_not_looked_for_in_a_table_without_quotas() -> None:
    assert "cuota" in ask(CREDITS, "cuota asignada del tesoro").text
    assert not ask(CREDITS, "cuota asignada del tesoro").values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("¿En cuántos meses la cuota ejecutada quedó por debajo de 80?", 1),
        ("¿Cuánto quedó entre el total de cuota asignada y el total de cuota ejecutada?", 40),
    ],
)
def test_what_was_left_is_not_always_a_balance(text: str, value: int) -> None:
    assert abs(ask(QUOTAS, text).values[0].value or 0) == value


def test_a_long_header_said_in_full_is_one_column() -> None:
    grid = "Fuente | Devengado =devengado,ARS | Crédito Vig. - Devengado =diferencia,ARS\nTesoro | 7.00 | 5.00\nRentas | 9.00 | 6.00"
    assert ask(grid, "¿Cuál fue el crédito vig. - devengado del tesoro?").values[0].value == 5


def test_a_difference_between_two_tables_is_not_taken_inside_one() -> None:
    found = ask(CREDITS, "diferencia del crédito vigente del tesoro entre el cuadro A y el cuadro B")
    assert found.status is not Status.ANSWERED


SPENDING = """
Objeto              | Vigente =vigente,GTQ | Pagado =pagado,GTQ
Pago de impuestos   | 42.00                | 37.00
Servicios no personales | 90.00            | 20.00
"""


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("compare lo que se pagó de impuestos y de servicios no personales", [37, 20, 17]),
        ("¿cuánto se pagó de impuestos?", [37]),
        ("vigente de pago de impuestos", [42]),
    ],
)
def test_a_verb_is_a_measure_though_a_label_has_its_noun(text: str, values: list[int]) -> None:
    assert [v.value for v in ask(SPENDING, text).values] == values


def test_a_comparison_tells_a_measure_nobody_named() -> None:
    found = ask(SPENDING, "compare pago de impuestos y servicios no personales")
    assert found.status is not Status.ANSWERED or "Vigente" in found.text


INCOME = """
Concepto                            | Recaudo =recaudado,COP
Sistema General de Participaciones  | 60.00
Impuesto predial                    | 40.00
T: TOTAL                            | 100.00
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("participación de Sistema General de Participaciones en lo recaudado total", 60),
        ("¿cuánto se recaudó de Sistema General de Participaciones?", 60),
    ],
)
def test_a_label_takes_a_word_as_often_as_it_has_it(text: str, value: int) -> None:
    found = ask(INCOME, text).values[0]
    assert found.value == value
    assert (found.unit == "%") is text.startswith("participación")


def test_the_name_of_the_institution_points_to_no_column() -> None:
    grid = """
    Mes   | Visitantes nacionales | Visitantes extranjeros
    Marzo | 24                    | 7
    Abril | 30                    | 9
    """
    store = MemoryStore()
    store.add(report(table(grid), institution="Instituto Nacional de Refugios"))
    found = Assistant(store).ask("visitantes de marzo según el informe del Instituto Nacional de Refugios")
    assert found.status is not Status.ANSWERED or {24, 7} <= {v.value for v in found.values}


REPAIRS = """
Servicio                | ENE. =,2021:1 | FEB. =,2021:2 | TOTAL
Red de agua             | 3             | 4             | 7
T: TOTAL                | 3             | 4             | 7
"""


PROGRAMMES = """
Partida                                 | Ejecutado =ejecutado,GTQ
S:Programa 1. Dirección                 | 30.00
.[0] Remuneraciones                     | 20.00
.[2] Materiales                         | 10.00
S:Programa 2. Fomento                   | 7.00
.[0] Remuneraciones                     | 4.00
.[2] Materiales                         | 3.00
"""


@pytest.mark.parametrize(
    ("question", "figure", "named"),
    [
        ("¿cuánto ejecutó el programa 2?", 7, "Programa 2. Fomento"),
        ("ejecutado en materiales del programa 2", 3, "Materiales (Programa 2. Fomento)"),
    ],
)
def test_a_heading_is_called_by_its_noun_and_number(question: str, figure: int, named: str) -> None:
    """ "Programa 2" is the heading of that number, and not the item coded 2 under each."""
    found = ask(PROGRAMMES, question)
    assert found.values[0].value == figure
    assert named in found.text


GOALS = """
Producto =label | Meta =programado | Logro =alcanzado | Vigente =vigente,GTQ
Becas dadas     | 10               | 8                | 500.00
Cursos dados    | 5                | 6                | 0.00
Ferias hechas   | 0                | 0                | 20.00
"""


def test_what_has_an_amount_is_listed_and_not_added_up() -> None:
    found = ask(GOALS, "¿Cuáles productos tienen presupuesto vigente y cuánto tiene cada uno?")
    assert [f.value for f in found.values] == [2, 500, 20]


def test_a_condition_outlives_its_question() -> None:
    """ "¿Y en 2023?" after "no alcanzaron la meta" asks for those that did not, never for those that did."""
    store = MemoryStore()
    store.add(report(table(GOALS)))
    found = Assistant(store).ask("¿y los productos?", history=["¿Qué productos no alcanzaron la meta?"])
    assert "Becas dadas" in found.text
    assert "Cursos dados" not in found.text


REQUESTS = """
Tema     | Recibidas = | Resueltas = | Pendientes =
Quejas   | 40          | 30          | 10
Reclamos | 60          | 55          | 5
T:TOTAL  | 100         | 85          | 15
"""


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Qué porcentaje de las quejas recibidas se resolvió?", "75.00"),
        ("¿qué porcentaje de los reclamos recibidos se resolvieron?", "91.67"),
    ],
)
def test_two_headers_make_a_percentage(question: str, figure: str) -> None:
    """The first header said divides: what was resolved of what was received."""
    assert ask(REQUESTS, question).values[0].value == Decimal(figure)


def test_thanks_are_not_answered_with_the_question_before() -> None:
    store = MemoryStore()
    store.add(report(table(REQUESTS)))
    found = Assistant(store).ask("gracias", history=["¿Cuántas quejas fueron recibidas?"])
    assert found.status is Status.NOT_FOUND
    assert found.values == ()


STAFF = """
Nivel       | Mujeres = | Hombres = | Total =
Directivo   | 2         | 5         | 7
Profesional | 48        | 39        | 87
T:TOTAL     | 50        | 44        | 94
"""


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿cuántas personas trabajan ahí?", 94),
        ("¿cuántas mujeres hay en la planilla?", 50),
        ("empleados del nivel directivo", 7),
    ],
)
def test_a_table_by_sex_counts_people(question: str, figure: int) -> None:
    assert ask(STAFF, question).values[0].value == figure


def test_a_part_of_all_goals_is_no_execution() -> None:
    found = ask(GOALS, "¿Qué porcentaje de la meta total representa becas dadas?")
    assert found.values[0].value == Decimal("66.67")
