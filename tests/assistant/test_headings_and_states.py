"""Groups under numbered headings, states that choose rows, whys that no cell tells, goals that are ceilings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.model import Answer, Status
from index.ingest import read_report
from index.memory_store import MemoryStore

REPORT = """JUNTA DE CANALES DE QUETZALTENANGO

Informe del primer semestre de 2024 (en quetzales)

Cuadro 1. Ejecución por programa y grupo

Código\tGrupo\tCodificado\tDevengado
\tPROGRAMA 01 – GOBIERNO\t\t
51\tGastos en personal\t100.00\t90.00
53\tBienes de consumo\t50.00\t40.00
\tSubtotal Programa 01\t150.00\t130.00
\tPROGRAMA 55 – RIEGO\t\t
51\tGastos en personal\t20.00\t19.00
75\tObras públicas\t400.00\t100.00
\tSubtotal Programa 55\t420.00\t119.00
\tTOTAL\t570.00\t249.00

El programa de riego tuvo la menor ejecución debido a que la licitación quedó desierta.

Cuadro 2. Contratos de obra en cartera

Código\tObjeto\tContratista\tMonto contratado (Q)\tAvance físico\tEstado
C-1\tCanal norte\tConsorcio Agua\t100.00\t60 %\tEn ejecución
C-2\tMuro sur\tConsorcio Agua\t300.00\t100 %\tConcluido
C-3\tPozo alto\tTaladros SA\t50.00\t20 %\tEn ejecución

Cuadro 3. Indicadores de desempeño

Indicador\tMeta\tAlcanzado
Talleres impartidos\t10\t8
Tiempo promedio de respuesta (días)\t5\t7
Visitas de campo\t4\t4

Cuadro 4. Avance físico de operaciones

Operación\tMeta anual\tProgramado I trimestre\tEjecutado I trimestre\tProgramado II trimestre\tEjecutado II trimestre
Cabezas vacunadas\t100\t20\t15\t30\t36
"""


@pytest.fixture(scope="module")
def canals(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path = tmp_path_factory.mktemp("canals") / "canales.txt"
    path.write_text(REPORT, encoding="utf-8")
    store = MemoryStore()
    store.add(read_report(path))
    return Assistant(store)


def _figure(answer: Answer) -> Decimal:
    assert answer.status is Status.ANSWERED, answer.text
    value = answer.values[0].value
    assert value is not None
    return value.quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Cuánto devengó el programa 55?", "119"),
        ("devengado del programa 01", "130"),
        ("¿Qué programa tiene el menor porcentaje de ejecución?", "28.33"),
        ("¿cuántos programas hay?", "2"),
    ],
)
def test_a_programme_is_what_stands_under_its_heading(canals: Assistant, question: str, figure: str) -> None:
    """The group is called by noun and number, and its figure is the subtotal; its lines are no programmes."""
    assert _figure(canals.ask(question)) == Decimal(figure)


def test_what_is_shared_out_is_told_of_each(canals: Assistant) -> None:
    answer = canals.ask("¿Cómo se distribuyó el devengado entre los programas?")
    assert "GOBIERNO: Q130.00" in answer.text
    assert "RIEGO: Q119.00" in answer.text


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿cuántas obras están en ejecución?", "2"),
        ("¿Cuánto suma el monto contratado de los contratos en ejecución?", "150"),
        ("¿Cuál es el promedio simple de avance físico de los contratos que están en ejecución?", "40"),
        ("monto contratado de los contratos concluidos", "300"),
        ("¿cuántos contratos hay?", "3"),
        ("los 2 contratos más grandes", "300"),
        ("¿cuántos contratistas hay?", "2"),
    ],
)
def test_a_state_chooses_rows_and_contracts_are_no_contractors(canals: Assistant, question: str, figure: str) -> None:
    """ "En ejecución" is a state of rows though captions hold the word; contracts are counted and ordered one by one."""
    assert _figure(canals.ask(question)) == Decimal(figure)


def test_why_is_told_by_prose_or_not_at_all(canals: Assistant) -> None:
    told = canals.ask("¿Por qué el programa de riego tuvo la menor ejecución?")
    assert "licitación quedó desierta" in told.text
    for question in ("¿Por qué los talleres no alcanzaron la meta?", "¿A qué se debió el avance de Pozo alto?"):
        assert canals.ask(question).status is Status.NOT_FOUND


def test_a_ceiling_is_not_judged_as_a_goal(canals: Assistant) -> None:
    """Seven days where five were the goal is no goal met; it is told apart, with its figures."""
    missed, met = (
        canals.ask("¿Qué indicadores no cumplieron la meta?"),
        canals.ask("¿Qué indicadores cumplieron la meta?"),
    )
    for answer, others in ((missed, "1"), (met, "1")):
        assert _figure(answer) == Decimal(others)
        assert any("menos puede ser mejor" in w and "7 de 5" in w for w in answer.warnings), answer.warnings


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("¿Qué porcentaje de las cabezas programadas en el semestre se vacunó?", "102"),
        ("¿Qué porcentaje de su meta anual lleva cabezas vacunadas?", "51"),
    ],
)
def test_the_goal_is_that_of_the_span_asked_for(canals: Assistant, question: str, figure: str) -> None:
    """The goal of the semester is the sum of its quarters; that of the year is another base."""
    answer = canals.ask(question)
    if answer.status is Status.ANSWERED:
        assert _figure(answer) == Decimal(figure), answer.text
    else:
        assert figure == "51", answer.text  # no column prints what ran up to now


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("¿Qué indicador quedó más por debajo de su meta?", "Talleres impartidos"),
        ("¿en cuánto varió el devengado respecto del codificado en Obras públicas y en Bienes de consumo?", "300.00"),
        ("¿qué indicador se pasó más de su meta?", "Tiempo promedio de respuesta"),
    ],
)
def test_the_gap_asked_for_is_that_of_each_row(canals: Assistant, question: str, told: str) -> None:
    """By how far a goal is missed orders rows by the gap; two measures of two rows give the gap of each row."""
    answer = canals.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert told in answer.text.split("Cálculo")[0]
