"""Questions on whether a report adds up: what is meant is found, both figures are told, the rest is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.model import Answer, Status
from index.memory_store import MemoryStore
from index.model import Report
from tests.assistant import small
from tests.assistant.test_namesakes import SERIES
from tests.tools.made_tables import Col, lines, report, table

FAROS = report(
    table(
        "Cuadro 1: Presupuesto por faro",
        (
            Col(header="Vigente", measure="vigente"),
            Col(header="Ejecutado", measure="ejecutado"),
            Col(header="% de ejecución", percent=True, derived=(2, 1)),
        ),
        lines(
            "Punta Alta | 800.00 | 400.00 | 50%",
            "Punta Baja | 400.00 | 100.00 | 35%",
            "Isla Larga | 600.00 | 300.00 | 50%",
            "TOTAL | 1,850.00 | 800.00 | 43%",
            total=3,
        ),
    ),
    table(
        "Cuadro 2: Cuotas del semestre",
        (Col(header="Ejecutada", measure="ejecutado"),),
        lines("Mayo | 254.00", "Junio | 285.00", "TOTAL | 539.00", total=2),
        order=2,
    ),
    table(
        "Cuadro 3: Gasto del semestre",
        (Col(header="Gasto del mes", measure="ejecutado"),),
        lines("Mayo | 252.00", "Junio | 285.00", "TOTAL | 537.00", total=2),
        order=3,
    ),
)


def other() -> Report:
    """The same tables in the report of another institution."""
    document = replace(
        FAROS.document, id="otro", file="boyas.txt", title="Informe de boyas", institution="Junta de Boyas"
    )
    tables = tuple(replace(t, id=t.id.replace("doc", "otro"), document="otro") for t in FAROS.tables)
    return replace(FAROS, document=document, tables=tables)


def ask(text: str, *reports: Report, documents: tuple[str, ...] = ()) -> Answer:
    store = MemoryStore()
    for item in reports or (FAROS,):
        store.add(item)
    return Assistant(store).ask(text, documents=documents)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("¿Hay inconsistencias entre los cuadros del informe de faros?", {254, 252, 1850, 1800, 35, 25}),
        ("¿Cuadra el total del cuadro 1?", {1850, 1800}),
        ("¿Coinciden el Cuadro 2 y el Cuadro 3?", {254, 252, 539, 537}),
        ("coinciden el cuadro 2 y el cuadro 3 en mayo", {254, 252}),
        ("¿está bien calculado el % de ejecución de Punta Baja?", {35, 25, 100, 400}),
        ("¿está bien calculado el porcentaje de Isla Larga?", {50, 300, 600}),
        ("¿suman bien los meses del cuadro 2?", {539}),
    ],
)
def test_both_figures_of_what_is_asked_are_told_with_their_places(question: str, figures: set[int]) -> None:
    answer = ask(question)
    assert (answer.status, answer.route.name) == (Status.ANSWERED, "audit")
    assert figures <= {f.value for f in answer.values}
    assert answer.citations


def test_what_holds_is_said_to_hold() -> None:
    answer = ask("¿suman bien los meses del cuadro 2?")
    assert "No se encontró ninguna cifra que no cuadre" in answer.text
    assert "Frente a otros cuadros no cuadra" in answer.text  # May differs in Cuadro 3


def test_findings_of_one_sort_are_told_in_one_sentence() -> None:
    assert "también difieren «TOTAL»" in ask("¿Coinciden el Cuadro 2 y el Cuadro 3?").text


def test_two_reports_that_fit_are_asked_about() -> None:
    assert ask("¿Cuadran los totales?", FAROS, other()).status is Status.AMBIGUOUS
    named = ask("¿Cuadran los totales de la Junta de Boyas?", FAROS, other())
    assert {c.file for c in named.citations} == {"boyas.txt"}
    assert {c.file for c in ask("¿Cuadran los totales?", FAROS, other(), documents=("faros",)).citations} == {
        "faros.txt"
    }


@pytest.mark.parametrize(
    "question",
    ["¿Cuadran los salarios de los buzos?", "¿Hay inconsistencias en el informe de Salud?", "¿Cuadra el cuadro 9?"],
)
def test_what_no_report_holds_is_not_audited(question: str) -> None:
    assert ask(question).status is Status.NOT_FOUND


def test_a_subtotal_that_misses_its_rows_is_told_where_the_programme_is_asked_about() -> None:
    """ "Programa 2" is the row that sums them, and speaks of no "Cuadro 2"; nothing is said to add up that is unsure."""
    series = SERIES.replace("33.00", "43.00")
    for question in ("¿cuadra el programa 2?", "¿Suman bien las partidas del programa 2?"):
        text = small.ask(series, question).text
        assert "No se encontró ninguna cifra que no cuadre" not in text, text
        assert "43.00" in text, text
