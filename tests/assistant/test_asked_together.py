"""What is asked in one breath, or after another question: every column, every half, and the row that the talk is of."""

from __future__ import annotations

import pytest

from assistant.model import Status
from assistant.splitting import split_questions
from tests.assistant.caminos import GOALS, STAGES, YEARS, ask

CENTRES = """
Centro  | Gasto de 2023 =ejecutado,PYG,2023 | Visitas/2022 =,,2022 | Visitas/2023 =,,2023 | Horas grabadas de 2023 =,,2023
Norte   | 900.00 | 310.00 | 290.00 | 41.00
Puerto  | 700.00 | 520.00 | 560.00 | 73.00
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("¿Cuántas horas grabadas tuvo el centro Norte en 2023?", 41),
        ("visitas del centro Norte en 2023", 290),
        ("¿Cuántas visitas tuvo el Puerto en 2022?", 520),
    ],
)
def test_a_year_tells_nothing_between_columns_of_that_year(text: str, value: int) -> None:
    """The hours of 2023 were told by the visits, whose header holds the year alone in a part of its own."""
    assert ask(CENTRES, text).values[0].value == value


def test_a_row_and_a_year_name_no_figure() -> None:
    assert ask(CENTRES, "centro Norte 2023").status is Status.AMBIGUOUS


def test_what_was_missing_to_the_goal_is_of_the_row_before() -> None:
    found = ask(GOALS, "¿Cuántos faltaron para cumplir la meta?", "¿cuántos reportes de puentes hubo?")
    assert "2 por debajo" in found.text


CARE = """
Centro  | Cupo | Niños atendidos =alcanzado | Usuarios | Costo anual (miles) =,PYG
Norte   | 70   | 63  | 120 | 900.00
Puerto  | 50   | 52  | 340 | 700.00
"""


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("cupo y atendidos del centro Norte", [70, 63]),
        ("cupo y niños atendidos de Puerto", [50, 52]),
        ("cupo, atendidos y costo anual del centro Puerto", [50, 52, 700]),
        ("atendidos y costo del centro Puerto", [52, 700]),
        ("cuántos usuarios atendió Puerto", [340]),
        ("usuarios atendidos en Norte", [120]),
    ],
)
def test_every_column_that_is_asked_for_is_told(text: str, values: list[int]) -> None:
    """Of two columns one was a measure and the other only a header: the second is no silent gap."""
    assert [v.value for v in ask(CARE, text).values] == values


WON = """
Obra     | Constructora =text | Monto | Meta =programado | Hecho =alcanzado
Puente   | Vigas del Sur S.A. | 900.00 | 10 | 4
Mercado  | Aceros Ruiz S.A.   | 300.00 | 10 | 9
"""


def test_who_won_what_came_first() -> None:
    found = ask(WON, "¿y qué constructora se lo llevó?", "¿cuál fue la obra con mayor monto?")
    assert "Vigas del Sur" in found.text
    assert "Aceros" not in found.text


def test_this_last_one_is_the_row_told_last() -> None:
    found = ask(CARE, "y cuántos usuarios atendió esa última", "cupo del centro Norte", "¿y Puerto?")
    assert [v.value for v in found.values] == [340]


def test_by_how_much_difference_is_told_too() -> None:
    assert "220" in ask(CARE, "¿dónde hubo más usuarios, en Norte o en Puerto, y por cuánta diferencia?").text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("% de avance del gasto y % de la meta fisica", 2),
        ("porcentaje de avance fisico y porcentaje de avance financiero del programa 11", 2),
        ("ejecución física y financiera del puente", 2),
        ("diferencia entre el avance físico y financiero", 1),
        ("¿cuál es mayor, el avance físico o el financiero?", 1),
        ("nro de expediente y quién firma como gerente", 2),
    ],
)
def test_two_things_asked_are_two_questions(text: str, parts: int) -> None:
    assert len(split_questions(text)) == parts


def test_a_change_since_a_year_is_up_to_the_year_of_the_report() -> None:
    """Beside a goal of its own year: what was done then is set against what was done now."""
    grid = "Indicador | Resultado 2022 =alcanzado,2022 | Meta 2023 =programado,2023 | Resultado 2023 =alcanzado,2023\nPlantas producidas | 80 | 90 | 60"
    found = ask(grid, "¿Y cuánto cambió frente a 2022?", "¿cuántas plantas se produjeron en 2023?")
    assert "20" in found.text
    assert "80" in found.text
    assert "90" not in found.text


COMPLAINTS = """
Motivo | I trim. =,,2023m1-3 | II trim. =,,2023m4-6 | Total año
Quejas | 38 | 29 | 67
Reclamos | 22 | 27 | 49
"""
REPORTS = """
Motivo | Recibidas | Resueltas | En trámite
Veda   | 64 | 41 | 23
Ruido  | 20 | 15 | 5
"""
MILK = """
Banco | Litros/recolectados | Litros/pasteurizados | Donantes/activas
Norte | 40 | 30 | 9
Sur   | 60 | 61 | 7
"""


@pytest.mark.parametrize(
    ("grid", "text", "value"),
    [
        (COMPLAINTS, "quejas y reclamos de todo 2023 sumados", 116),
        (COMPLAINTS, "quejas y reclamos del segundo trimestre sumados", 56),
        (REPORTS, "De lo que entró por ruido, ¿qué porcentaje está en trámite?", 25),
        (REPORTS, "porcentaje de resueltas por ruido", 75),
        (MILK, "¿qué porcentaje de los litros recolectados en Norte llegó a pasteurizarse?", 75),
        (STAGES, "¿cuánto obligó pero no pagó en obras viales?", 6),
        (STAGES, "¿Cuánta plata se obligó en obras viales y al cierre del año no había quedado pagada?", 6),
    ],
)
def test_shares_of_what_was_received_and_sums_of_the_year(grid: str, text: str, value: int) -> None:
    assert [abs(v.value or 0) for v in ask(grid, text).values][:1] == [value]


def test_an_outcome_that_no_column_tells_has_no_share() -> None:
    assert ask(REPORTS, "¿qué porcentaje por ruido se archivó?").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("history", "text", "value"),
    [
        ("vigente del grupo 100", "¿en qué porcentaje subieron?", None),
        ("¿Cuántos incendios hubo en marzo de 2023?", "¿en qué porcentaje subieron frente a 2022?", "41.94"),
    ],
)
def test_a_growth_of_nothing_is_of_the_row_before(history: str, text: str, value: str | None) -> None:
    """The growth of all the table was told for the row that the talk is of."""
    found = ask(YEARS, text, history)
    assert (value is None) != ("(41.94 %)" in found.text)
    assert "159" not in found.text


def test_what_was_missing_is_not_by_how_much() -> None:
    assert ask(GOALS, "¿Qué talleres de vados faltaron?").status is not Status.ANSWERED


def test_a_second_half_that_counts_inherits_no_money() -> None:
    grid = "Producto | Hecho =alcanzado | Vigente =vigente,PYG\nVisitas a puertos | 4 | 900.00\nPerfiles de riesgo elaborados | 7 | 50.00"
    found = ask(
        grid, "¿Cuánto presupuesto vigente tienen las visitas a puertos y cuántos perfiles de riesgo se elaboraron?"
    )
    assert "900.00" in found.text
    assert " 7" in found.text


@pytest.mark.parametrize("text", ["¿Qué informes están cargados?", "que documentos tenes", "lista de informes"])
def test_which_reports_there_are(text: str) -> None:
    found = ask(GOALS, text)
    assert found.status is Status.ANSWERED
    assert "Hay un informe cargado: 1) Junta de Caminos (2023)" in found.text
