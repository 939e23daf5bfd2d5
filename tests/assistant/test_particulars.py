"""Several particulars of one letter asked for in one breath: each is told, and what the letter lacks is said."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from tests.assistant.small import assistant_over

OFFICE = """Instituto de Faros (IDF), Costa Rica

INFORME SEMESTRAL DE LABORES 2024

Oficio: IDF-DE-0412-2024

Fecha: 19 de julio de 2024

Dirigido a: Contraloría General de la República

Remitente: Marta Chaves Vega, directora ejecutiva

1. QUIÉNES SOMOS

El IDF cuida las torres de la costa y sus lámparas.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_over(tmp_path_factory.mktemp("idf") / "idf.txt", OFFICE)


def test_three_particulars_are_three_answers(assistant: Assistant) -> None:
    found = assistant.ask("número de oficio, su fecha y el funcionario que lo remite")
    assert all(told in found.text for told in ("IDF-DE-0412-2024", "19 de julio de 2024", "Marta Chaves Vega"))


def test_the_particular_that_is_lacking_is_said(assistant: Assistant) -> None:
    found = assistant.ask("número de oficio, fecha y asunto")
    assert found.status is Status.ANSWERED
    assert "IDF-DE-0412-2024" in found.text
    assert any("asunto" in warning for warning in found.warnings)
