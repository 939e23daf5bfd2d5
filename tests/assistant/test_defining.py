"""What a word means: told by the sentence that says what it is, or from the glossary; never by a figure or another matter."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from tests.assistant.small import assistant_over

CLINIC = """Clínica del Faro (CDF), Paraguay

RENDICIÓN DE CUENTAS 2024

1. MARCO LEGAL

La CDF funciona bajo la Resolución 44/2009 y está obligada por la Ley 7228.

2. CÓMO LEER LOS CUADROS

La cantidad programada es la meta del mes; la evaluada es lo que la unidad demostró. Lo obligado es el gasto devengado.

Cuadro 1. Presupuesto, 2024
(En guaraníes)
Rubro;Vigente;Obligado;Evaluada
Personal;1.000;900;9
Insumos;500;400;8
TOTAL;1.500;1.300;17
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("cdf") / "cdf.txt", CLINIC)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("¿qué quiere decir obligado?", "Lo obligado es el gasto devengado"),
        ("¿qué es eso de obligado?", "Lo obligado es el gasto devengado"),
        ("¿a qué le llaman evaluada en los cuadros?", "la evaluada es lo que la unidad demostró"),
    ],
)
def test_a_word_is_defined_though_a_column_or_a_law_has_it(assistant: Assistant, question: str, told: str) -> None:
    found = assistant.ask(question)
    assert found.status is Status.ANSWERED
    assert found.route.name == "narrative"
    assert told in found.text


def test_a_word_that_nothing_defines_is_told_from_the_glossary_or_refused(assistant: Assistant) -> None:
    assert assistant.ask("¿qué quiere decir devengado?").route.name in {"glossary", "narrative"}
    assert assistant.ask("¿qué quiere decir contrabando?").status is Status.NOT_FOUND
