"""With more tables than are looked at in detail, the row that is asked for is still found, and its namesakes too."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from index.memory_store import MemoryStore
from tests.benchmarks.made_library import made_library

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
