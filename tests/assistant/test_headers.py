"""A header said in full is that column, whatever its words would mean apart."""

from __future__ import annotations

import pytest

from assistant.headers import header_said
from assistant.question import analyse
from tests.building import view

TABLE = """
Fuente  | Devengado =devengado,ARS | Pagado =pagado,ARS | Devengado no pagado =diferencia,ARS
Tesoro  | 90.00                    | 80.00              | 10.00
Crédito | 70.00                    | 65.00              | 5.00
"""


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("devengado no pagado del tesoro", 3),
        ("Sírvase indicar el DEVENGADO NO PAGADO de crédito", 3),
        ("devengado del tesoro", None),
        ("lo devengado y no pagado del tesoro", None),
        ("diferencia entre devengado y pagado del tesoro", None),
    ],
)
def test_the_column_of_a_header_said_in_full(question, column):
    assert header_said(view(TABLE), analyse(question))[1] == column


def test_its_words_ask_for_nothing_else():
    kept, _, run = header_said(view(TABLE), analyse("devengado no pagado del tesoro"))
    assert not kept.mentions
    assert not kept.conditions
    assert kept.words(run) == ("devengado", "no", "pagado")
