"""A question on prose that nothing answers is refused, and what is said nearest to it is shown for what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from tests.assistant.small import assistant_over

REPORT = """INFORME DE LA JUNTA DE FAROS 2024

1. Visión

En 2035 la costa tendrá luz en todos sus muelles y ninguna embarcación encallará de noche.

2. Compromisos para 2025

- Terminar el faro de Punta Alta antes de junio.
- Publicar el mapa de las boyas cada semestre.

3. Población

La Junta sirve a 4.200 familias de pescadores de doce aldeas.
"""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("junta")
    return assistant_over(folder / "junta.txt", REPORT)


def test_the_nearest_passage_is_shown_with_its_place_and_is_no_answer(board: Assistant) -> None:
    found = board.ask("¿Quién pondrá luz en los muelles de la costa?")
    assert found.status is Status.NOT_FOUND
    assert "Lo más cercano que dicen los informes" in found.text
    assert "En 2035 la costa tendrá luz" in found.text
    assert "sección «1. Visión», junta.txt" in found.text
    assert found.citations == ()
    assert found.values == ()


@pytest.mark.parametrize(
    "text", ["¿quién ganó el mundial?", "¿Cuánto se gastó en drones?", "¿Qué dice el plan de 2019?"]
)
def test_nothing_is_shown_beside_another_subject_a_figure_or_another_year(board: Assistant, text: str) -> None:
    found = board.ask(text)
    assert found.status is Status.NOT_FOUND
    assert "Lo más cercano" not in found.text
