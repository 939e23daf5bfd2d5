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


AID = """
Organización | Provincia | Aprobado | Girado | Estado
Cooperativa El Roble | Cartago | 40.00 | 40.00 | Girada
Fundación Aurora | Limón | 25.00 | 0.00 | Pendiente de requisitos
Asociación Las Brisas | Limón | 30.00 | 15.00 | Girada parcialmente
"""
STAFF = """
Dirección | Mujeres | Hombres | Total
Suelos | 29 | 38 | 67
Riego | 44 | 21 | 65
"""


@pytest.fixture(scope="module")
def aid() -> Assistant:
    store = MemoryStore()
    blocks = (
        Heading(text="Instituto de Fomento de Costa Rica"),
        _grid(AID, "Cuadro 1. Transferencias aprobadas y giradas en 2023 (en millones de colones)"),
        _grid(STAFF, "Cuadro 2. Personal por dirección y sexo, 2023"),
    )
    store.add(assemble(Reading(blocks=blocks), ident="e" * 16, file="fomento.txt", kind="txt"))
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


BESIDE_A_FIGURE = [
    # question, what is told in words, figures
    ("¿Quién construye el puente Colorado y por cuánto se contrató?", {"Vigas del Sur S.A."}, {1200}),
    ("a quien le adjudicaron el mercado central y por que monto", {"Hermanos Peña S.A."}, {800}),
    ("obras paralizadas y su municipio", {"San Roque"}, set()),
    ("Necesito la lista de las obras en ejecución, con sus contratistas", {"Aceros Díaz S.A."}, set()),
    ("¿Quién tiene el contrato más grande?", {"Vigas del Sur S.A.", "Puente Colorado"}, {1200}),
    ("¿Qué obras tiene Vigas del Sur y cuánto suman?", {"Puente Colorado", "Pozo La Ceiba"}, {1500}),
    ("Estoy investigando a Vigas del Sur: ¿qué obras tiene y cuánto suman sus contratos?", {"Pozo La Ceiba"}, {1500}),
    ("¿Qué empresa tiene más obras?", {"Vigas del Sur S.A."}, {2}),
]


@pytest.mark.parametrize(("question", "told", "figures"), BESIDE_A_FIGURE)
def test_words_and_figures_of_a_row_are_told_together(
    assistant: Assistant, question: str, told: set[str], figures: set[int]
) -> None:
    found = assistant.ask(question)
    assert found.status is Status.ANSWERED
    assert all(words in found.text for words in told)
    assert figures <= {f.value for f in found.values}


def test_who_is_never_answered_with_an_amount(assistant: Assistant) -> None:
    found = assistant.ask("¿A quién le deben el puente Colorado?")
    assert "1,200" not in found.text


def _of_works(works: str) -> Assistant:
    store = MemoryStore()
    blocks = (Heading(text="Instituto de Obras de Guatemala"), _grid(works, "Cuadro 1. Obras de 2022 (en quetzales)"))
    store.add(assemble(Reading(blocks=blocks), ident="c" * 16, file="obras.txt", kind="txt"))
    return Assistant(store)


def test_the_most_contracts_are_no_largest_amount() -> None:
    """Where every builder has one work none has the most, and the dearest work is no answer."""
    works = WORKS.replace("Las Lomas | Vigas del Sur S.A. | 300.00", "Las Lomas | Pozos Paz S.A. | 300.00")
    found = _of_works(works).ask("¿Qué contratista tiene más obras?")
    assert found.status is Status.NOT_FOUND
    assert "1,200" not in found.text


def test_one_of_two_rows_of_a_name_is_asked_back() -> None:
    works = WORKS.replace("Pozo La Ceiba", "Puente Viejo")
    found = _of_works(works).ask("¿en qué estado está el puente?")
    assert found.status is Status.AMBIGUOUS
    assert "Puente Colorado" in found.text
    assert "Puente Viejo" in found.text


PAID_OUT = [
    # question, rows named, rows not named
    ("¿a qué organizaciones no se les ha girado nada?", {"Aurora"}, {"Roble", "Brisas"}),
    ("¿A qué organizaciones se les giró el monto completo?", {"Roble"}, {"Aurora", "Brisas"}),
    ("¿cuántas transferencias siguen pendientes de requisitos?", {"Aurora"}, {"Roble", "Brisas"}),
]


@pytest.mark.parametrize(("question", "named", "apart"), PAID_OUT)
def test_transfers_are_chosen_by_what_was_paid_out(
    aid: Assistant, question: str, named: set[str], apart: set[str]
) -> None:
    found = aid.ask(question)
    assert found.status is Status.ANSWERED
    assert all(name in found.text for name in named)
    assert not any(name in found.text for name in apart)


def test_what_was_transferred_to_a_place_is_summed(aid: Assistant) -> None:
    found = aid.ask("¿Cuánto se giró en total en Limón?")
    assert found.values[0].value == 15_000_000


FOLLOWED = [
    # earlier question, question, what is told
    ("¿Quién construye el puente Colorado y por cuánto?", "¿y el mercado central?", {"Hermanos Peña S.A.", "800"}),
    ("¿Qué pasó con la escuela Los Pinos?", "¿y el monto de ese contrato?", {"500"}),
    ("¿Qué obras tiene Vigas del Sur?", "¿y cuánto suman?", {"1,500"}),
]


@pytest.mark.parametrize(("before", "question", "told"), FOLLOWED)
def test_follow_ups_ask_of_a_row_what_was_asked_of_another(
    assistant: Assistant, before: str, question: str, told: set[str]
) -> None:
    found = assistant.ask(question, [before])
    assert found.status is Status.ANSWERED
    assert all(words in found.text for words in told)


TWO_HEADERS = [
    ("mujeres vs hombres en la dirección de Suelos", {29, 38, 9}),
    ("¿Hay más hombres o mujeres en la dirección de Suelos y cuántos son de cada uno?", {29, 38, 9}),
    ("¿cuántas mujeres y cuántos hombres hay en Riego?", {44, 21}),
]


@pytest.mark.parametrize(("question", "figures"), TWO_HEADERS)
def test_two_headers_that_are_named_are_both_told(aid: Assistant, question: str, figures: set[int]) -> None:
    found = aid.ask(question)
    assert found.status is Status.ANSWERED
    assert figures <= {abs(f.value) for f in found.values if f.value is not None}


PURCHASES = """
Proceso | Objeto | Modalidad | Monto | Estado
CP-01 | Frascos | Comparación de precios | 10.00 | Concluido
CP-02 | Reactivos | Comparación de precios | 20.00 | En ejecución
CM-03 | Cuartos fríos | Compra menor | 40.00 | En ejecución
CM-04 | Libros | Compra menor | 80.00 | Concluido
"""
SPENT = """
Cuenta | Vigente | Ejecutado
Personal | 500.00 | 300.00
Bienes | 200.00 | 100.00
"""


@pytest.fixture(scope="module")
def purchases() -> Assistant:
    store = MemoryStore()
    blocks = (
        Heading(text="Instituto de Bancos de Leche de Guatemala"),
        _grid(SPENT, "Cuadro 1. Ejecución por cuenta, 2023 (en quetzales)"),
        _grid(PURCHASES, "Cuadro 2. Procesos de compra de 2023 (en quetzales)"),
    )
    store.add(assemble(Reading(blocks=blocks), ident="b" * 16, file="leche.txt", kind="txt"))
    return Assistant(store)


@pytest.mark.parametrize(
    ("before", "question", "total"),
    [
        ("cuantos procesos por comparacion de precios", "y cuánto suman?", 30),
        ("cuantos procesos por comparacion de precios", "¿y por cuánto en total?", 30),
        ("cuantos procesos por comparacion de precios", "¿cuál es el monto total de esos procesos?", 30),
        ("¿cuántos procesos se hicieron por comparación de precios?", "¿y cuánto costaron?", 30),
        ("¿cuántos procesos siguen en ejecución?", "¿y por qué monto en conjunto?", 60),
        ("", "¿Cuántos procesos siguen en ejecución y por qué monto en conjunto?", 60),
        ("", "¿Cuántos procesos se hicieron por compra menor y cuál es el monto total de esos procesos?", 120),
    ],
)
def test_the_sum_of_those_that_were_counted(purchases: Assistant, before: str, question: str, total: int) -> None:
    """What is summed after a count of chosen rows are those rows, never all of the table nor of another one."""
    found = purchases.ask(question, history=[before] if before else [])
    assert found.status is Status.ANSWERED
    assert f"{total}.00" in found.text, found.text


def test_those_that_nobody_named(purchases: Assistant) -> None:
    assert purchases.ask("¿cuál es el monto total de esos procesos?").status is Status.AMBIGUOUS
