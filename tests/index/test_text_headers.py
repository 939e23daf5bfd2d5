"""Header cells of text tables are put over the columns they cover, or left out; never over columns by guess."""

from __future__ import annotations

import pytest

from index.readers.text import read_lines
from tests.index import text_samples as samples
from tests.index.text_samples import path, rows, tables

HEADERS = [
    # header rows, a body row → path of each column
    (
        [["", "I Trimestre", "II Trimestre"], ["Programa", "Meta", "Logro", "Meta", "Logro"]],
        ["Salud", "1", "2", "3", "4"],
        ["Programa", "I Trimestre/Meta", "I Trimestre/Logro", "II Trimestre/Meta", "II Trimestre/Logro"],
    ),
    (
        [["Programa", "Presupuesto", "", "Saldo"], ["", "Vigente", "Devengado", ""]],
        ["Salud", "10", "4", "6"],
        ["Programa", "Presupuesto/Vigente", "Presupuesto/Devengado", "Saldo"],
    ),
    ([["Cuenta", "2022", "2023"]], ["Salud", "10", "4"], ["Cuenta", "2022", "2023"]),
    (
        [["Mes", "Físico", "Financiero"], ["", "Meta", "Avance", "%", "Vigente", "Pagado", "%"]],
        ["Mayo", "1", "1", "100", "9", "8", "89"],
        ["Mes", "Físico/Meta", "Físico/Avance", "Físico/%", "Financiero/Vigente", "Financiero/Pagado", "Financiero/%"],
    ),
]


HEADERS.append(
    (
        [["Obra", "2022", "2023", "Nota"], ["Meta", "Logro", "Meta", "Logro"]],
        ["Puentes", "1", "2", "3", "4", "5"],
        ["Obra", "2022/Meta", "2022/Logro", "2023/Meta", "2023/Logro", "Nota"],
    )
)


def test_a_header_with_fewer_cells_than_the_body_is_never_put_over_columns_by_guess():
    """Two names over three columns of figures: left out and told."""
    reading = read_lines("Vigente\tPagado\nSalud\t10\t4\nObras\t7\t1\nAgua\t2\t2\n")
    (table,) = tables(reading)
    assert rows(table) == [["Salud", "10", "4"], ["Obras", "7", "1"], ["Agua", "2", "2"]]
    assert [x.text for x in reading.left_out] == ["Vigente | Pagado"]
    assert reading.warnings


@pytest.mark.parametrize(("header", "body", "expected"), HEADERS)
def test_header_paths(header, body, expected):
    """Short header rows are spread by the repeating pattern of the row below, or over the empty cells beside them."""
    for text in (samples.cells(*header, body, body), "\n".join("\t".join(r) for r in [*header, body, body])):
        (table,) = tables(read_lines(text))
        assert table.header_rows == len(header)
        assert ["/".join(path(table, c)) for c in range(len(body))] == expected


ALIGNED_HEADERS = [
    (
        (
            "               Año 2022                 Año 2023\n"
            "Obra       Vigente    Pagado       Vigente    Pagado\n"
            "Norte       100.00     50.00        200.00     80.00\n"
            "Sur          10.00      5.00         20.00      8.00\n"
        ),
        ["Obra", "Año 2022/Vigente", "Año 2022/Pagado", "Año 2023/Vigente", "Año 2023/Pagado"],
    ),
    (
        (
            "                     2019         2020         2021\n"
            "              Meta  Real    Meta  Real    Meta  Real\n"
            "Caminos        10     9      12    12      15     3\n"
            "Puentes         1     1       2     0       3     3\n"
        ),
        ["", "2019/Meta", "2019/Real", "2020/Meta", "2020/Real", "2021/Meta", "2021/Real"],
    ),
    (
        (
            "Código  Programa   Meta anual  Logro\n"
            "                   (unid.)\n"
            "01      Salud          10        9\n"
            "02      Agua          120       88\n"
        ),
        ["Código", "Programa", "Meta anual/(unid.)", "Logro"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ALIGNED_HEADERS)
def test_group_names_centred_with_spaces(text, expected):
    """A group's place on the line says nothing sure: the repeating names below it do."""
    (table,) = tables(read_lines(text))
    assert ["/".join(path(table, c)) for c in range(len(expected))] == expected


def test_a_word_over_one_name_of_aligned_columns_is_its_first_line() -> None:
    """ "Meta" set over "anual" is no group over the quarters to its right."""
    lines = [
        "-" * 66,
        "                      Meta",
        "Producto     Unidad  anual  Trim. I  Trim. II  Acumulado  Avance %",
        "-" * 66,
        "Vados        km      420,0     48,5      91,2      139,7      33,3",
        "Puentes      unidad   36,0      4,0       7,0       11,0      30,6",
    ]
    (found,) = tables(read_lines("Informe de caminos\n\nCuadro 4. Metas\n" + "\n".join(lines)))
    assert [" ".join(c.text for c in found.cells if c.row == 0 and c.column == i) for i in (2, 3, 5)] == [
        "Meta anual",
        "Trim. I",
        "Acumulado",
    ]
