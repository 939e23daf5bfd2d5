"""Questions that combine figures: sums of named rows, two tables, shares of a column, orders with a row set apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.model import Answer, Status
from index.memory_store import MemoryStore
from index.model import Period
from tests.building import report, table

ACTIVITIES = """
Producto               | Categoría programática =key | Programado =programado | Evaluado =alcanzado | Vigente =vigente,GTQ
[1] Permisos de vado, ingresados       | 11-01-000-001 | 4 | 5 | 10.00
[2] Permisos de puente, ingresados     | 11-01-000-002 | 3 | 2 | 20.00
[3] Permisos de cruce, ingresados     | 11-02-000-001 | 6 | 9 | 30.00
[4] Aforos de tránsito, realizados     | 11-02-000-002 | 8 | 8 | 5.00
[5] Rótulos viales, colocados          | 11-02-000-003 | 7 | 1 | 7.00
T: TOTAL                               |               |   |   | 72.00
"""
PROGRAMMES = """
Producto               | Categoría programática =key | Programado =programado | Evaluado =alcanzado | Vigente =vigente,GTQ
[6] Permisos, otorgados                | 11-01-000-000 | 7 | 7 | 30.00
[7] Tránsito, ordenado                 | 11-02-000-000 | 21 | 18 | 50.00
T: TOTAL                               |               |    |    | 80.00
"""
STAGES = """
Partida          | Vigente =vigente,GTQ | Comprometido =comprometido,GTQ | Devengado =devengado,GTQ | Pagado =pagado,GTQ
Personal         | 50.00                | 48.00                          | 45.00                    | 40.00
Obras de arte    | 90.00                | 80.00                          | 60.00                    | 59.00
Combustible      | 20.00                | 20.00                          | 20.00                    | 12.00
T: TOTAL         | 160.00               | 148.00                         | 125.00                   | 111.00
"""
TOWNS = """
Cantón     | Bibliotecas | Visitas 2021 =,2021 | Visitas 2022 =,2022 | Mujeres | Hombres | Total
El Roble   | 2           | 100                 | 90                  | 3       | 1       | 4
Las Ceibas | 5           | 150                 | 400                 | 2       | 6       | 8
San Blas   | 3           | 240                 | 270                 | 5       | 3       | 8
"""
MONTHS = """
Mes     | Cuota solicitada =solicitado,GTQ | Cuota asignada =asignado,GTQ
Enero   | 10.00                            | 9.00
Febrero | 15.00                            | 14.00
Marzo   | 10.00                            | 12.00
"""
COLUMNS = """
Grupo      | Abril =devengado,GTQ,2023m4-4 | Mayo =devengado,GTQ,2023m5-5 | Junio =devengado,GTQ,2023m6-6
Sueldos    | 5.00                          | 6.00                         | 8.00
Vados      | 1.00                          | 1.00                         | 2.00
"""


def ask(grid: str, text: str, *history: str) -> Answer:
    store = MemoryStore()
    store.add(report(table(grid), institution="Junta de Caminos", period=Period(year=2023, first=1, last=12)))
    return Assistant(store).ask(text, history=history)


@pytest.mark.parametrize(
    ("grid", "question", "value"),
    [
        (ACTIVITIES, "sume los permisos ingresados: los de vado, los de puente y los de cruce", 16),
        (ACTIVITIES, "Sumando vado, puente y cruce, ¿cuántos permisos ingresaron?", 16),
        (ACTIVITIES, "permisos ingresados, total de los tres tipos", 16),
        (ACTIVITIES, "vigente de las actividades 11-02-000-001, 11-02-000-002 y 11-02-000-003, sumadas", 42),
        (ACTIVITIES, "suma del vigente del programa 11-02 (las tres actividades: 001, 002 y 003)", 42),
        (ACTIVITIES, "En el programa 11-02, actividades 001 y 003, ¿cuánto suma el presupuesto vigente?", 37),
        (ACTIVITIES, "promedio de presupuesto vigente por actividad en el programa 11-02 (son 3 actividades)", 14),
        (COLUMNS, "sume lo devengado en abril y junio en sueldos", 13),
        (COLUMNS, "¿Cuánto se devengó en sueldos entre los tres meses?", 19),
        (STAGES, "¿a cuánto asciende la deuda flotante?", 14),
        (STAGES, "cuanto quedo por pagar de personal", 5),
        (STAGES, "¿cuánto falta por comprometer en obras de arte?", 10),
        (TOWNS, "visitas 2022 por biblioteca en Las Ceibas", 80),
        (TOWNS, "promedio de visitas 2022 por cada biblioteca en San Blas", 90),
        (TOWNS, "¿Cuántas mujeres más que hombres hay en San Blas?", 2),
    ],
)
def test_figures_are_combined(grid: str, question: str, value: int) -> None:
    """The first figure is the one that no cell prints."""
    found = ask(grid, question)
    assert found.status is Status.ANSWERED, found.text
    assert found.values[0].value == Decimal(value) or found.values[-1].value == Decimal(value), found.text
    assert found.formula


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("permisos ingresados, total de los cinco tipos", None),
        ("¿Cuánto suman los cuatro programas de presupuesto vigente?", "2"),
        ("promedio de presupuesto vigente por actividad en el programa 11-02 (son 4 actividades)", "3"),
        ("¿Cuánto suma el vigente de las dos actividades 11-02-000-001, 11-02-000-002 y 11-02-000-003?", "3"),
    ],
)
def test_a_stated_count_that_does_not_agree_is_told(question: str, count: str | None) -> None:
    """The question comes back with the rows there are, and how many; no figure is given for another number of rows."""
    found = ask(ACTIVITIES, question)
    assert found.status is Status.AMBIGUOUS, found.text
    assert count is None or f"el cuadro trae {count}." in found.text


def test_a_total_is_never_added_to_its_parts() -> None:
    found = ask(STAGES, "sume el devengado de personal y el total")
    assert all(f.value != Decimal(170) for f in found.values)


@pytest.mark.parametrize(
    ("grid", "question", "first"),
    [
        (STAGES, "Después de obras de arte, ¿qué partida tiene más devengado?", "Personal"),
        (STAGES, "sin contar obras de arte, ¿qué partida tiene más devengado?", "Personal"),
        (STAGES, "Ordenando las partidas por devengado, ¿cuál queda de segunda?", "Personal"),
        (STAGES, "¿qué partida tiene más por pagar?", "Combustible"),
        (ACTIVITIES, "¿Cuál de los dos programas tiene más presupuesto vigente?", "11-02"),
        (ACTIVITIES, "de los permisos (vado, puente, cruce), ¿cuál ingresó más?", "3 Permisos de cruce, ingresados"),
        (TOWNS, "¿qué cantón tuvo más visitas 2022 por biblioteca?", "San Blas"),
        (TOWNS, "¿cuál es el cantón con mayores visitas 2022 en bibliotecas?", "Las Ceibas"),
        (TOWNS, "top 2 de cantones por bibliotecas", "Las Ceibas"),  # ordered by them, and not shared out
        (ACTIVITIES, "top 3 de productos por cantidad programada", "4 Aforos de tránsito, realizados"),
    ],
)
def test_rows_are_put_in_order(grid: str, question: str, first: str) -> None:
    found = ask(grid, question)
    assert found.status is Status.ANSWERED, found.text
    assert found.values[0].label == first, found.text


def test_a_row_set_apart_is_named() -> None:
    assert (
        "Sin contar «Obras de arte»." in ask(STAGES, "sin contar obras de arte, ¿qué partida tiene más devengado?").text
    )
    assert "lugar 2 de ese orden" in ask(STAGES, "Después de personal, ¿qué partida tiene más devengado?").text


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("¿En qué cantones bajaron las visitas entre 2021 y 2022?", ["El Roble"]),
        ("¿qué cantones subieron sus visitas entre 2021 y 2022?", ["Las Ceibas", "San Blas"]),
    ],
)
def test_rows_that_changed_are_listed(question: str, rows: list[str]) -> None:
    found = ask(TOWNS, question)
    assert found.status is Status.ANSWERED, found.text
    assert found.values[0].value == len(rows)
    assert all(any(f.label.startswith(row) for f in found.values) for row in rows)


def test_a_column_is_shared_out_of_all_that_are_counted() -> None:
    found = ask(TOWNS, "¿Qué porcentaje del total representan las mujeres?")
    assert found.values[0].value == Decimal(50), found.text  # 10 of 20


def test_rows_with_one_figure_are_found() -> None:
    """Typed without its accent, "solicito" is not the courtesy of a letter."""
    found = ask(MONTHS, "¿en qué dos meses la junta solicito exactamente la misma cuota?")
    assert found.status is Status.ANSWERED, found.text
    assert "Enero y Marzo" in found.text


def test_a_follow_up_compares_the_two_months_before() -> None:
    found = ask(MONTHS, "¿Cuánto subió de un mes al otro?", "cuota asignada de enero", "¿y en febrero?")
    assert found.status is Status.ANSWERED, found.text
    assert found.values[0].value == Decimal(5)


def two_tables() -> Assistant:
    store = MemoryStore()
    store.add(
        report(
            table(PROGRAMMES, caption="Cuadro 1: Reporte consolidado", order=1),
            table(ACTIVITIES, caption="Cuadro 2: Reporte por actividad", order=2),
            institution="Junta de Caminos",
            period=Period(year=2023, first=1, last=12),
        )
    )
    return Assistant(store)


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("Los dos reportes (el consolidado y el de por actividad) no traen el mismo total de presupuesto. ¿De cuánto es la diferencia?", 8),
        ("cuanta diferencia hay entre el total vigente del reporte consolidado y el del otro reporte", 8),
        ("Compare el vigente del programa 11-02 en el reporte consolidado con la suma de sus actividades en el reporte por actividad", 8),
        ("El vigente del programa 11-01 no es igual en el cuadro 1 y en el cuadro 2. ¿Cuánto hay de diferencia entre ambos?", 0),
    ],
)  # fmt: skip
def test_one_figure_is_compared_in_two_tables(question: str, gap: int) -> None:
    """Both figures are told with their tables, and their difference."""
    found = two_tables().ask(question)
    assert found.status is Status.ANSWERED, found.text
    assert Decimal(gap) in {v.value for v in found.values}, found.text
    assert "Cuadro 1" in found.text
    assert "Cuadro 2" in found.text


def test_the_rows_in_which_one_column_passes_another_are_listed() -> None:
    found = ask(TOWNS, "¿en qué cantones hay más mujeres que hombres?")
    assert found.status is Status.ANSWERED, found.text
    assert found.values[0].value == 2, found.text


@pytest.mark.parametrize(
    "question",
    [
        "¿Cuánto se devengó de sueldos en el primer y segundo semestre de 2023, sumados?",
        "lo devengado de sueldos del I al II semestre de 2023",
    ],
)
def test_spans_that_share_their_noun_are_both_read(question: str) -> None:
    """ "El primer y segundo semestre" was read as the second alone."""
    grid = "Grupo | I Semestre =devengado,GTQ,2023m1-6 | II Semestre =devengado,GTQ,2023m7-12\nSueldos | 5.00 | 6.00\nVados | 1.00 | 1.00"
    found = ask(grid, question)
    assert found.status is Status.ANSWERED, found.text
    assert found.values[0].value == 11, found.text


def test_a_code_with_a_slash_is_no_stumbling_block() -> None:
    found = ask(
        "Préstamo | Saldo =saldo,GTQ\nFONPLATA AR-38/2017 | 5.00\nLeasing | 6.00", "saldo de FONPLATA AR-38/2017 y 12"
    )
    assert found.status in Status


def test_a_code_of_short_parts_is_one_code() -> None:
    """ "2.6.1" was read as "2.6" and gave the figure of the group."""
    grid = "Cuenta =key | Descripción =label | Vigente =vigente,GTQ\n2.6 | Bienes | 9.00\n2.6.1 | Mobiliario | 4.00\n2.7 | Obras | 1.00"
    found = ask(grid, "presupuesto vigente de la cuenta 2.6.1")
    assert [f.value for f in found.values][:1] == [Decimal(4)], found.text
