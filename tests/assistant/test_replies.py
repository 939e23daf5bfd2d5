"""The reply to an ask-back, typed in the words of a candidate, does what its button does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from assistant.replies import chosen, picked
from index.ingest import load
from index.memory_store import MemoryStore
from tests.conftest import ROOT

OPTIONS = (
    "Aduanas Honduras (enero de 2021)",
    "Aduanas Honduras (2023)",
    "Hospital Regional de Ybyraty (2024)",
    "SIE",
)


@pytest.fixture(scope="module")
def demo() -> Iterator[Assistant]:
    """Three reports that give the same question several answers."""
    store = MemoryStore()
    names = ("inteligencia", "rioverde", "hospital")
    load([path for name in names for path in (ROOT / "corpus" / "informes").glob(f"{name}*")], store)
    yield Assistant(store)
    store.close()


@pytest.mark.parametrize(
    ("reply", "index"),
    [
        ("Aduanas Honduras (2023)", 1),
        ("aduanas honduras 2023", 1),
        ("ADUANAS HONDURAS (ENERO DE 2021).", 0),
        ("Aduanas 2021", 0),
        ("la de enero", 0),
        ("hospital", 2),
        ("el hospital de Ybyraty, por favor", 2),
        ("de la SIE", 3),
        ("Aduanas", None),  # two have it
        ("Aduanas 2022", None),
        ("la de", None),
        ("", None),
        ("¿y el hospital?", None),  # a question of its own
        ("y el hospital", None),
        ("¿hospital?", None),
        ("gasto del hospital", None),
    ],
)
def test_the_candidate_that_a_reply_names(reply: str, index: int | None) -> None:
    assert picked(reply, OPTIONS) == (None if index is None else OPTIONS[index])


def test_one_of_two_alike_is_none() -> None:
    assert picked("Total", ("Total", "total", "Otro")) is None


@pytest.mark.parametrize(
    "question", ["¿Cuánto se gastó en junio?", "¿Qué porcentaje se ejecutó?", "¿Cuál es la misión?"]
)
def test_a_typed_candidate_answers_as_its_button(demo: Assistant, question: str) -> None:
    """Also where a question came before, and for the question that comes after."""
    for before in ((), ("¿Cuál es el sueldo de la directora?",)):
        asked = demo.ask(question, history=before)
        assert asked.status is Status.AMBIGUOUS
        for label in asked.suggestions:
            button = demo.ask(chosen(question, label), history=before)
            assert demo.ask(label, history=(*before, question)) == button
            after = [
                demo.ask("¿y en julio?", history=(*before, question, said)) for said in (chosen(question, label), label)
            ]
            assert after[0] == after[1]


def test_a_reply_to_a_reply(demo: Assistant) -> None:
    """An ask-back may be asked back again; every reply makes the same question more precise."""
    first, second = (
        "¿Cuánto se ejecutó?",
        "Secretaría de Inteligencia Estratégica del Estado (segundo cuatrimestre de 2023)",
    )
    assert second in demo.ask(first).suggestions
    again = demo.ask(second, history=[first])
    for label in again.suggestions:
        pressed = demo.ask(chosen(chosen(first, second), label), history=[first])
        assert demo.ask(label, history=[first, second]) == pressed


def test_a_reply_at_the_edge_of_what_is_remembered(demo: Assistant) -> None:
    """Earlier questions are forgotten in groups; a reply does not lose the question that it replies to."""
    question = "¿Cuánto se gastó en junio?"
    label = demo.ask(question).suggestions[0]
    button = demo.ask(chosen(question, label))
    for length in range(14):
        filler = ["¿Cuál es el sueldo de la alcaldesa de Piedraclara?"] * length
        typed = demo.ask(label, history=[*filler, question])
        assert [v.value for v in typed.values] == [v.value for v in button.values], length
