"""Labels that wrap in tables kept apart by spaces: the figures stand on the last line, and it is one row."""

from __future__ import annotations

import pytest

from index.readers.text import read_lines
from tests.index.text_samples import path, rows, tables

RULE = "=" * 66
HEAD = ["Programa / partida                    Autorizado     Ejecutado", RULE]

WRAPPED = [
    pytest.param(
        [
            "PROGRAMA 1. PUERTOS, MUELLES Y",
            "FAROS                                   2.821,55      2.554,74",
            "   0-Sueldos                            1.842,30      1.790,12",
            "   1-Servicios                            979,25        764,62",
        ],
        ["PROGRAMA 1. PUERTOS, MUELLES Y FAROS", "0-Sueldos", "1-Servicios"],
        id="a conjunction at the end of the first line",
    ),
    pytest.param(
        [
            "1. Registro de embarcaciones y",
            "artes de pesca                            580,21        622,48",
            "2. Vigilancia de las vedas en",
            "golfos                                    712,64        905,18",
        ],
        ["1. Registro de embarcaciones y artes de pesca", "2. Vigilancia de las vedas en golfos"],
        id="numbered labels, which are no list",
    ),
    pytest.param(
        [
            "Costa Norte                             6.240,00        312,10",
            "Costa Sur (Cabo Largo-",
            "Punta Fina)                            17.730,50        468,20",
        ],
        ["Costa Norte", "Costa Sur (Cabo Largo-Punta Fina)"],
        id="an open bracket",
    ),
    pytest.param(
        [
            "PROGRAMA 1. PUERTOS, MUELLES Y",
            "FAROS                                   2.821,55      2.554,74",
            "   0-Sueldos                            2.821,55      2.554,74",
            "PROGRAMA 2. INVESTIGACIONES PESCA",
            "COSTERA                                 1.000,40        900,30",
            "   0-Sueldos                            1.000,40        900,30",
        ],
        ["PROGRAMA 1. PUERTOS, MUELLES Y FAROS", "0-Sueldos", "PROGRAMA 2. INVESTIGACIONES PESCA COSTERA", "0-Sueldos"],
        id="no room for the next word, beside one that the words tell",
    ),
    pytest.param(
        [
            "Personal permanente",
            "hombres                                   120,00        118,00",
            "mujeres                                   140,00        139,00",
        ],
        ["Personal permanente", "hombres", "mujeres"],
        id="a heading over rows in lower case stays a row",
    ),
    pytest.param(
        [
            "PROGRAMA 7",
            "Becas                                      58,50         41,20",
            "Guías                                      33,10         30,80",
        ],
        ["PROGRAMA 7", "Becas", "Guías"],
        id="a heading stays a row",
    ),
]


@pytest.mark.parametrize(("lines", "labels"), WRAPPED)
def test_a_wrapped_label_is_one_row_with_the_figures_of_its_last_line(lines: list[str], labels: list[str]) -> None:
    (found,) = tables(read_lines("Informe\n\nCuadro 1. Ejecución\n\n" + "\n".join([*HEAD, *lines, RULE]) + "\n"))
    body = rows(found)[found.header_rows or 1 :]
    assert [r[0] for r in body] == labels
    assert path(found, 0) == ("Programa / partida",)
    assert all(len(r) == 3 or r[1:] == ["", ""] for r in body)


def test_a_name_over_one_part_of_the_year_is_of_all_its_parts() -> None:
    """ "Alcanzada" stands right over "II sem.", and is the group of the three."""
    text = [
        "Meta                    Program.          Alcanzada              %",
        "                           anual    I sem.   II sem.     Total",
        "=" * 66,
        "Redes                        620       145       268       413    66,6",
        "Faros                      1.440       702       811     1.513   105,1",
        "Boyas                          7         1         1         2    28,6",
    ]
    (found,) = tables(read_lines("Informe\n\nCuadro 1. Metas\n\n" + "\n".join(text) + "\n"))
    assert [path(found, i) for i in range(2, 5)] == [
        ("Alcanzada", "I sem."),
        ("Alcanzada", "II sem."),
        ("Alcanzada", "Total"),
    ]
