"""Questions with two tests on the rows, or two measures over a span: both hold, or neither is answered."""

from __future__ import annotations

import pytest

from assistant.model import Status
from tests.assistant.test_phrasings import ask

WORKS = """
Indicador       | Meta =programado | Logro =alcanzado
Pozos           | 100.00           | 40.00
Muelles         | 10.00            | 7.00
Faros           | 40.00            | 38.00
Boyas           | 0.00             | 3.00
"""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("cuántos indicadores tienen un avance entre 50 % y 96 %", 2),
        ("indicadores con más de 60 % y menos de 95 % de avance", 1),
        ("cuántos indicadores con meta mayor que cero reportan un avance inferior al 80 %", 2),
        ("indicadores que no llegaron ni al 50 % de su meta", 1),
    ],
)
def test_both_limits_hold(text: str, count: int) -> None:
    assert ask(WORKS, text).values[0].value == count, ask(WORKS, text).text


@pytest.mark.parametrize(
    "text",
    [
        "indicadores con meta mayor a 20 y avance menor al 80 %",
        "indicadores que no alcanzaron su meta y con meta mayor a 50",
    ],
)
def test_two_tests_of_different_things_are_refused(text: str) -> None:
    assert ask(WORKS, text).status is Status.NOT_FOUND, ask(WORKS, text).text


QUOTAS = """
Mes    | Solicitada =solicitado,GTQ | Asignada =asignado,GTQ
Mayo   | 10.00                      | 12.00
Junio  | 20.00                      | 25.00
Julio  | 30.00                      | 31.00
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("diferencia entre lo asignado y lo solicitado de mayo a julio", 8),
        ("diferencia entre lo asignado y lo solicitado de mayo a junio", 7),
        ("¿en cuánto excedió, de mayo a julio, lo asignado a lo solicitado?", 8),
        ("diferencia de lo asignado de mayo a julio", 19),
    ],
)
def test_two_measures_over_a_span_are_set_against_each_other(text: str, value: int) -> None:
    """Not the first of them in its first month against its last."""
    assert ask(QUOTAS, text).values[0].value == value, ask(QUOTAS, text).text


DEEDS = """
Producto                | Programado =programado | Evaluado =alcanzado | Vigente =vigente,GTQ
[1] Alertas de despacho | 7.00                   | 169.00              | 0.00
[2] Alertas de norma    | 9.00                   | 156.00              | 0.00
"""


def test_what_there_was_more_of_is_counted_in_deeds() -> None:
    """Both had no money, and were once told to be equal for it."""
    found = ask(DEEDS, "¿Qué hubo más: alertas de despacho o alertas de norma? ¿Por cuánta diferencia?")
    assert {169, 156, 13} <= {abs(v.value) for v in found.values if v.value is not None}, found.text


BUDGET = """
Actividad                  | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ
Dirección y Coordinación   | 80.00                | 60.00
Servicios de Vialidad      | 70.00                | 45.00
T: TOTAL                   | 150.00               | 105.00
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("¿cuánto se gastó del presupuesto vigente de servicios de vialidad?", 45),
        ("cuanto gasto del presupuesto vigente la direccion", 60),
        ("¿cuánto se ejecutó de lo vigente en dirección y coordinación?", 60),
        ("¿cuánto gastaron de lo vigente?", 105),
        ("¿cuánto ejecutó la dirección?", 60),
        ("¿cuánto ejecutó la secretaría?", 105),
    ],
)
def test_what_was_spent_of_a_budget_is_what_was_spent(text: str, value: int) -> None:
    """And not the budget it was spent of. "La Dirección" is a row where one begins so and the institution is none."""
    assert ask(BUDGET, text).values[0].value == value, ask(BUDGET, text).text


def test_the_column_headed_by_the_word_itself_divides() -> None:
    grid = """
    Detalle  | Presupuesto ley =asignado,GTQ | Asignado a la fecha =asignado,GTQ | Ejecutado =ejecutado,GTQ | % s/ asignado =porcentaje,%
    Personal | 100.00                        | 80.00                             | 40.00                    | 50.00
    Obras    | 50.00                         | 20.00                             | 15.00                    | 75.00
    """
    assert ask(grid, "¿qué % de lo asignado a la fecha se ha ejecutado en obras?").values[0].value == 75


def test_months_in_which_one_quota_passes_another_are_listed() -> None:
    found = ask(QUOTAS, "¿En qué meses se asignó un monto mayor que el solicitado?")
    assert found.values[0].value == 3, found.text
