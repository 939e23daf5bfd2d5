"""With more tables than are looked at in detail, the row that is asked for is still found, and its namesakes too."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from index.memory_store import MemoryStore
from index.model import Period
from tests.benchmarks.made_library import made_library
from tests.building import report, table

REPORTS = 60


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Decimal | None]]:
    """The figures of each product, one for every report that has it."""
    found: dict[str, list[Decimal | None]] = defaultdict(list)
    for made in made_library(REPORTS):
        for row in made.report.tables[1].rows[:-1]:
            found[row.label].append(row.cells[-1].value)
    return found


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    store = MemoryStore()
    for made in made_library(REPORTS):
        store.add(made.report)
    return Assistant(store)


def test_a_row_of_one_report_is_found_among_all(assistant: Assistant, rows: dict[str, list[Decimal | None]]) -> None:
    """Its words stand in many tables, scattered over other rows: those must not crowd it out."""
    alone = [label for label in rows if len(rows[label]) == 1 and label.startswith(("Censo", "Diseño"))][:25]
    for label in alone:
        answer = assistant.ask(f"meta ejecutada de {label}")
        assert answer.status is Status.ANSWERED, label
        assert answer.values[0].value == rows[label][0], label


def test_a_row_of_several_reports_is_asked_back(assistant: Assistant, rows: dict[str, list[Decimal | None]]) -> None:
    shared = [label for label in rows if len(rows[label]) > 1 and label.startswith(("Censo", "Diseño"))][:25]
    assert shared
    for label in shared:
        answer = assistant.ask(f"meta ejecutada de {label}")
        assert answer.status is Status.AMBIGUOUS, label
        assert set(rows[label]) <= {figure.value for figure in answer.values}, label


def test_a_row_that_all_share_is_asked_back_but_for_the_report_that_is_named(assistant: Assistant) -> None:
    assert assistant.ask("¿Cuánto se gastó en becas?").status is Status.AMBIGUOUS
    for made in list(made_library(REPORTS))[25:40]:
        answer = assistant.ask(f"vigente del programa {made.code} de {made.institution}")
        assert answer.status is Status.ANSWERED
        assert {c.document for c in answer.citations} == {made.report.document.id}


SCHOOLS = "Concepto | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ\nMaestros | 90.00 | 60.00\nCuentas por cobrar | 10.00 | 5.00"
WORKS = "Concepto | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ\nPuentes | 70.00 | 40.00\nMuros | 10.00 | 8.00"
NOISY = SCHOOLS.replace("60.00", "59.999999999")


def two_bodies(second: str = "Junta Vial", grid: str = WORKS) -> Assistant:
    store = MemoryStore()
    for number, (body, made) in enumerate((("Colegio Nacional", SCHOOLS), (second, grid))):
        store.add(
            report(
                table(made, document=f"d{number}"),
                id=f"d{number}",
                file=f"informe-{number}.txt",
                institution=body,
                period=Period(year=2023, first=1, last=12),
            )
        )
    return Assistant(store)


def test_one_report_in_two_files_is_not_asked_back() -> None:
    """A sheet keeps the noise of binary fractions where the page prints the figure; both files are told."""
    answer = two_bodies("Colegio Nacional", NOISY).ask("ejecutado de maestros")
    assert answer.status is Status.ANSWERED
    assert "informe-1.txt" in answer.text


def test_two_files_that_differ_are_asked_back() -> None:
    answer = two_bodies("Colegio Nacional", SCHOOLS.replace("60.00", "61.00")).ask("ejecutado de maestros")
    assert answer.status is Status.AMBIGUOUS
    assert {f.value for f in answer.values} == {60, 61}


def test_two_institutions_with_the_same_figure_are_asked_back() -> None:
    assert two_bodies(grid=SCHOOLS).ask("ejecutado de maestros").status is Status.AMBIGUOUS


def test_a_row_of_another_report_keeps_the_measure_of_the_question_before() -> None:
    answer = two_bodies().ask("¿y en el caso de puentes?", history=["ejecutado de maestros"])
    assert [f.value for f in answer.values] == [40]


def test_the_figures_of_another_institution_than_the_one_named_are_no_answer() -> None:
    answer = two_bodies().ask("¿y el de puentes?", history=["ejecutado de maestros según el Colegio Nacional"])
    assert answer.status is Status.NOT_FOUND


@pytest.mark.parametrize("text", ["ejecutado de cuntas por cobrar", "lo ejecutado en cuenttas por cobrar"])
def test_a_slip_is_mended_by_the_words_beside_it(text: str) -> None:
    assert [f.value for f in two_bodies().ask(text).values] == [5]


@pytest.mark.parametrize("text", ["lo realizado de puentes", "grado de ejecución alcanzado en puentes"])
def test_what_was_reached_is_the_money_where_a_report_counts_nothing_else(text: str) -> None:
    assert two_bodies().ask(text).status is Status.ANSWERED


def test_no_money_tells_how_many_things_were_done() -> None:
    assert two_bodies().ask("¿cuántos puentes se realizaron?").status is not Status.ANSWERED
