"""What counts as a figure, as a sign of no value, as a caption."""

from __future__ import annotations

import pytest

from index.pdf.marks import is_bullet, is_caption, is_mark, is_number, is_year


@pytest.mark.parametrize(
    "text",
    ["1.234,50", "1,234.50", "-828.93", "(828.93)", "63%", "100 %", "*18", "Q.1,200.00", "$5", "0,00", "1.0*", "2021"],
)
def test_figures(text: str):
    assert is_number(text)


@pytest.mark.parametrize("text", ["Total", "11-02-A", "I.", "a)", "3 = (1 + 2)", "SIAFI"])
def test_no_figures(text: str):
    assert not is_number(text)


@pytest.mark.parametrize("text", ["-", "—", "n.a.", "***", "N/D", "No aplica", "#¡DIV/0!"])
def test_signs_of_no_value(text: str):
    assert is_mark(text)


def test_captions_bullets_years():
    assert is_caption("Cuadro 3. Ejecución por programa")
    assert is_caption("Tabla N° 12: Ingresos")
    assert not is_caption("Cuadros de mando")
    assert is_bullet("• Primera")
    assert not is_bullet("Primera")
    assert is_year("2023")
    assert is_year("2022-2023")
    assert not is_year("12023")
