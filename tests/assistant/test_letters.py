"""What a letter or a memoir tells of itself and of what was done: number, hour, place, law, who; or that it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.model import Status
from index.ingest import read_report
from index.memory_store import MemoryStore

MEMOIR = """INSTITUTO DE VIVEROS DE GUAYACÁN (IVG)
MEMORIA SEMESTRAL, ENERO A JUNIO DE 2024

Oficio IVG-DG-118-2024
Fecha de emisión: 9 de julio de 2024
Hora de emisión: 14:35
Elaborado por: Licda. Inés Palma Soto, encargada de planes

1. Creación y autoridades

El instituto fue creado por la Ley N.º 4471 del 3 de mayo de 2016. El reglamento se aprobó con el Decreto 88-2017.

Junta directiva:
- Berta Lagos Mena, presidenta
- Iván Cruz Peralta, vicepresidente

2. Qué hacemos

Cuidamos viveros comunales y repartimos plantas a las escuelas.

3. Lo realizado

3.1 Viveros
El instituto mantiene tres viveros, en Talanga, Yorito y La Paz. La obra del vivero de Yorito se detuvo en abril porque faltó cemento. Los trabajos se retomarán en octubre.

3.2 Investigación
El laboratorio comparó dos sustratos y eligió el de cáscara de arroz.

3.3 Compras
La subasta de herramientas se apeló dos veces. La cerca la levantó la empresa Muros del Norte.

4. Acciones para el siguiente periodo

- Terminar la cerca de Talanga.
- Contratar un técnico en riego.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    path: Path = tmp_path_factory.mktemp("memoria") / "memoria.txt"
    path.write_text(MEMOIR, encoding="utf-8")
    store = MemoryStore()
    store.add(read_report(path))
    return Assistant(store)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("¿cuál es el número de oficio?", "IVG-DG-118-2024"),
        ("¿qué fecha tiene el oficio?", "9 de julio de 2024"),
        ("¿a qué hora se emitió el informe?", "14:35"),
        ("¿con qué ley se creó el instituto?", "Ley N.º 4471"),
        ("¿qué decreto aprobó el reglamento?", "Decreto 88-2017"),
        ("¿quién es el vicepresidente del IVG?", "Iván Cruz Peralta"),
        ("¿a qué se dedica el IVG?", "Cuidamos viveros comunales"),
        ("¿qué hizo el IVG en investigación?", "eligió el de cáscara de arroz"),
        ("¿por qué se paralizó la obra del vivero de Yorito?", "faltó cemento"),
        ("¿quién levantó la cerca?", "Muros del Norte"),
    ],
)
def test_it_is_told(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED, answer.text
    assert said in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "¿quién apeló la subasta de herramientas?",  # the report says that it was, and not by whom
        "¿a qué hora se creó el instituto?",
        "¿dónde se apeló la subasta de herramientas?",
        "¿a qué hora abren los viveros?",
    ],
)
def test_it_is_not_told(assistant: Assistant, question: str) -> None:
    """A sentence with every word of the question, but without who, where or at what hour, is none."""
    assert assistant.ask(question).status is Status.NOT_FOUND
