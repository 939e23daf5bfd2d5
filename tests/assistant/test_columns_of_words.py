"""What tables tell in words: who builds a work, in which state it is, and which works are in a state."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.model import Answer, Status
from index.assemble import assemble
from index.blocks import Heading, RawCell, RawTable, Reading
from index.memory_store import MemoryStore

WORKS = """
Obra | Municipio | Contratista | Monto | Avance físico (%) | Estado
Puente Colorado | Las Lomas | Vigas del Sur S.A. | 1,200.00 | 100% | Concluida
Mercado central | San Roque | Hermanos Peña S.A. | 800.00 | 40% | Paralizada
Pozo La Ceiba | Las Lomas | Vigas del Sur S.A. | 300.00 | 0% | Sin inicio
Escuela Los Pinos | San Roque | Aceros Díaz S.A. | 500.00 | 70% | En ejecución
"""
LOANS = """
Acreedor | Destino | Saldo adeudado | Vencimiento
Banco del Istmo | Terminal norte | 2,876.50 | 15/09/2031
Banco del Istmo | Semáforos | 1,860.00 | 30/06/2034
"""


def _grid(text: str, caption: str) -> RawTable:
    rows = text.strip().splitlines()
    cells = tuple(
        RawCell(text=cell.strip(), row=i, column=j)
        for i, line in enumerate(rows)
        for j, cell in enumerate(line.split("|"))
    )
    return RawTable(cells=cells, caption=caption, header_rows=1)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    store = MemoryStore()
    blocks = (
        Heading(text="Instituto de Obras de Guatemala"),
        _grid(WORKS, "Cuadro 1. Obras de 2022 (montos en quetzales)"),
        _grid(LOANS, "Cuadro 2. Créditos al cierre de 2022 (en quetzales)"),
    )
    store.add(assemble(Reading(blocks=blocks), ident="f" * 16, file="obras.txt", kind="txt"))
    return Assistant(store)


IN_WORDS = [
    # question, what is told
    ("¿Quién construye el puente Colorado?", "Vigas del Sur S.A."),
    ("¿Qué empresa está a cargo del mercado central?", "Hermanos Peña S.A."),
    ("contratista de la escuela Los Pinos", "Aceros Díaz S.A."),
    ("¿en qué estado está el mercado central?", "Paralizada"),
    ("¿En qué municipio queda el pozo La Ceiba?", "Las Lomas"),
    ("¿Cuándo vence el crédito de la terminal norte?", "15/09/2031"),
]


@pytest.mark.parametrize(("question", "told"), IN_WORDS)
def test_a_row_is_told_in_the_words_of_its_column(assistant: Assistant, question: str, told: str) -> None:
    found: Answer = assistant.ask(question)
    assert found.status is Status.ANSWERED
    assert f"«{told}»" in found.text
    assert found.citations[0].text == told


BY_STATE = [
    # question, rows named, rows not named
    ("¿Qué obras están concluidas?", {"Puente"}, {"Mercado", "Pozo", "Escuela"}),
    ("¿cuáles obras se terminaron?", {"Puente"}, {"Mercado", "Pozo", "Escuela"}),
    ("listado de obras que no se terminaron", {"Mercado", "Pozo", "Escuela"}, {"Puente"}),
    ("obras paradas o concluidas", {"Puente", "Mercado"}, {"Pozo", "Escuela"}),
    ("¿qué obras siguen sin inicio?", {"Pozo"}, {"Puente", "Mercado", "Escuela"}),
]


@pytest.mark.parametrize(("question", "named", "apart"), BY_STATE)
def test_rows_in_a_state_are_listed(assistant: Assistant, question: str, named: set[str], apart: set[str]) -> None:
    """A state that is denied asks for all the others, unless the report prints it denied."""
    found = assistant.ask(question)
    assert found.status is Status.ANSWERED
    assert all(name in found.text for name in named)
    assert not any(name in found.text for name in apart)


def test_rows_in_a_state_are_counted(assistant: Assistant) -> None:
    assert assistant.ask("¿Cuántas obras quedaron concluidas?").values[0].value == 1


def test_a_proportion_without_its_row_is_asked_back(assistant: Assistant) -> None:
    found = assistant.ask("¿qué avance físico lleva la obra?")
    assert found.status is Status.AMBIGUOUS
    assert "Puente Colorado: 100" in found.text
