"""What a report prints like a letter is metadata: its number, its date, who signs it, and nothing that only looks so."""

from __future__ import annotations

import pytest

from index.blocks import Paragraph
from index.letter import letter_facts

HEAD = [
    ("Oficio JRV-DG-0112-2025", ("oficio", "JRV-DG-0112-2025")),
    ("Memorándum JRV/DGAF N° 021/2024", ("memorando", "JRV/DGAF N° 021/2024")),
    ("Informe No. OAP-014-2024", ("informe", "OAP-014-2024")),
    ("Radicado No. 20241000008731", ("radicado", "20241000008731")),
    ("Villa Alta, 14 de febrero de 2025", ("fecha", "Villa Alta, 14 de febrero de 2025")),
]
FOOT = [
    (["Dra. Inés Vargas Monte Directora General"], ("firma", "Dra. Inés Vargas Monte", "Directora General")),
    (["Abog. Saúl Ramos Brito", "Ministro – Secretario"], ("firma", "Abog. Saúl Ramos Brito", "Ministro – Secretario")),
    (["MARTA LUCÍA PINO", "Directora General"], ("firma", "MARTA LUCÍA PINO", "Directora General")),
    (
        ["Cra. Silvia Torres Rey", "Gerente Financiero Contable"],
        ("firma", "Cra. Silvia Torres Rey", "Gerente Financiero Contable"),
    ),
    (["Revisó: Olga Tibán – Subdirectora de Obras"], ("revisado por", "Olga Tibán", "Subdirectora de Obras")),
    (["Elaborado por: Econ. Rubén Tello, Jefe de Planes"], ("elaborado por", "Econ. Rubén Tello", "Jefe de Planes")),
]
NO_LETTER = [
    "Base legal: ordenanza 07-2022, aprobada el 6 de septiembre de 2023.",
    "Informe anual 2024",
    "Informe de gestión",
    "La Directora General firmó un convenio con la Junta.",
    "C.: Archivo",
]


@pytest.mark.parametrize(("line", "fact"), HEAD)
def test_a_line_of_the_head(line, fact) -> None:
    (found,) = letter_facts([Paragraph(text=line)])
    key, value = fact
    assert (found.key, found.quote) == (key, line)
    assert value.endswith(found.value)


def test_a_number_and_its_date_in_one_line() -> None:
    found = letter_facts([Paragraph(text="Oficio DG/0087/2024 Villa Alta, a 29 de enero de 2024")])
    assert [(f.key, f.value) for f in found] == [
        ("oficio", "DG/0087/2024"),
        ("fecha", "Villa Alta, a 29 de enero de 2024"),
    ]


@pytest.mark.parametrize(("lines", "fact"), FOOT)
def test_who_signs(lines, fact) -> None:
    body = [Paragraph(text="Se hizo lo previsto.")] * 20
    (found,) = letter_facts([*body, *(Paragraph(text=line) for line in lines)])
    assert (found.key, found.value, found.detail) == fact


@pytest.mark.parametrize("line", NO_LETTER)
def test_other_lines_are_none(line) -> None:
    body = [Paragraph(text="Se hizo lo previsto.")] * 20
    assert letter_facts([Paragraph(text=line), *body, Paragraph(text=line)]) == ()


def test_a_letter_inside_the_report_and_a_bare_number() -> None:
    body = [Paragraph(text="Se hizo lo previsto.")] * 20
    lines = [
        Paragraph(text="No. JRV-DPD-2025-018"),
        Paragraph(text="Javiera Pino Sáez"),
        Paragraph(text="Directora Nacional"),
    ]
    found = letter_facts([*lines, *body])
    assert [(f.key, f.value, f.detail) for f in found] == [
        ("informe", "JRV-DPD-2025-018", ""),
        ("firma", "Javiera Pino Sáez", "Directora Nacional"),
    ]
