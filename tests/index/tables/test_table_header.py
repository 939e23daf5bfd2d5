"""Every column knows all that stands above it, and rows above the header are no rows of the table."""

from __future__ import annotations

import pytest

from index.tables import build_table
from tests.index.tables.made_grids import raw, table

GROUPED = """
    Obra     | Año 2022 | <         | Año 2023 | <
    ^        | Meta     | Avance    | Meta     | Avance
    Caminos  | 10       | 9         | 12       | 12
    Puentes  | 3        | 3         | 4        | 1
"""

PATHS = [
    pytest.param(GROUPED, ["Obra", "Año 2022 / Meta", "Año 2022 / Avance", "Año 2023 / Meta", "Año 2023 / Avance"], id="merged groups"),
    pytest.param(
        "Obra | 2022 | | 2023 | \n | Meta | Avance | Meta | Avance\nCaminos | 10 | 9 | 12 | 12",
        ["Obra", "2022 / Meta", "2022 / Avance", "2023 / Meta", "2023 / Avance"],
        id="groups printed once over their first column",
    ),
    pytest.param("Concepto | 2019 | 2020 | 2021\nRiego | 100 | 250 | 7", ["Concepto", "2019", "2020", "2021"], id="years"),
    pytest.param("Rubro | Egresos | <\n^ | Egresos | Pagado\nAgua | 1 | 2", ["Rubro", "Egresos", "Egresos / Pagado"], id="repeats"),
    pytest.param(
        "Rubro | Aprobado | Cambio | Total\n1 | 2 | 3 | 4 = 2 + 3\nAgua | 10 | 2 | 12",
        ["Rubro", "Aprobado", "Cambio", "Total"],
        id="numbering of columns",
    ),
    pytest.param(
        "Ejecución de gastos | < | <\n(en pesos) | < | <\nRubro | Vigente | Pagado\nAgua | 10 | 2",
        ["Rubro", "Vigente", "Pagado"],
        id="titles over the whole width",
    ),
    pytest.param(
        "Concepto | Cierre | Presupuesto\n | 2024 | 2025\nAgua | 1.510 | 250\nLuz | 7 | 8",
        ["Concepto", "Cierre / 2024", "Presupuesto / 2025"],
        id="years under words",
    ),
    pytest.param("Agua | 10 | 2\nLuz | 30 | 4", ["", "", ""], id="no header at all"),
    pytest.param(
        "Proceso | Proveedor | Monto\nLP-001 | - | -\nLP-002 | Alfa S.A. | 2.500",
        ["Proceso", "Proveedor", "Monto"],
        id="a first row of dashes",
    ),
    pytest.param(
        "Rubro | Vigente | Pagado\nServicios | |\nAgua | 10 | 2\nLuz | 30 | 4",
        ["Rubro", "Vigente", "Pagado"],
        id="a heading right under the header",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("drawing", "headers"), PATHS)
def test_header_path(drawing: str, headers: list[str]) -> None:
    assert [c.header for c in table(drawing).columns] == headers


def test_years_under_a_header_that_the_reader_marked() -> None:
    found = table("Concepto | Cierre | Presupuesto\n | 2024 | 2025\nAgua | 1.510 | 250\nLuz | 7 | 8", header_rows=1)
    assert [c.header for c in found.columns] == ["Concepto", "Cierre / 2024", "Presupuesto / 2025"]


def test_letters_under_each_group_that_the_reader_left_in_the_body() -> None:
    """Markdown has one header row: "P | E | P | E" under the quarters is its second one."""
    found = table(
        "N | Obra | Meta anual | Trim. I | Trim. I | Trim. II | Trim. II\n | | | P | E | P | E"
        "\n1 | Pozos | 14 | 3 | 1 | 4 | 4\n2 | Redes | 20 | 5 | 6 | 5 | 2",
        header_rows=1,
    )
    assert [c.header for c in found.columns[3:]] == ["Trim. I / P", "Trim. I / E", "Trim. II / P", "Trim. II / E"]
    assert [c.measure for c in found.columns[3:]] == ["programado", "alcanzado", "programado", "alcanzado"]


def test_signs_and_years_staggered_under_a_header_that_the_reader_marked() -> None:
    found = table(
        "Rubro | Cierre | Presupuesto | Variación | Variación\n | | 2025 | $ |\n | 2024 | | | Real"
        "\nAgua | 10 | 250 | 240 | 3\nLuz | 7 | 8 | 1 | 1",
        header_rows=1,
    )
    assert [c.header for c in found.columns[1:]] == [
        "Cierre / 2024",
        "Presupuesto / 2025",
        "Variación / $",
        "Variación / Real",
    ]


def test_a_count_that_looks_like_a_year_is_data_under_a_full_header() -> None:
    found = table("Informe | Cantidad\nMensual | 2019\nAnual | 3500")
    assert [r.label for r in found.rows] == ["Mensual", "Anual"]


def test_titles_go_to_the_caption_and_decide_unit_and_period() -> None:
    found = table(
        "Gasto al 30 de junio de 2022 | <\n(en miles de pesos) | <\nRubro | Pagado\nAgua | 10", currency="MXN"
    )
    assert found.caption == "Gasto al 30 de junio de 2022 (en miles de pesos)"
    assert (found.columns[1].unit, found.columns[1].scale) == ("MXN", 1000)
    assert found.period is not None
    assert (found.period.year, found.period.first, found.period.last) == (2022, 1, 6)


@pytest.mark.parametrize(
    ("caption", "months"),
    [
        ("Gasto del presupuesto por programa al 31 de diciembre de 2024", (1, 12)),
        ("Gasto por programa al cierre de agosto de 2024", (1, 8)),
        ("Gasto del 1 de abril al 30 de junio de 2024", (4, 6)),
        ("Gasto del segundo trimestre de 2024, al 30 de junio de 2024", (4, 6)),
        ("Gasto de abril a mayo de 2024", (4, 5)),
    ],
)
def test_a_statement_at_a_date_adds_up_from_january(caption: str, months: tuple[int, int]) -> None:
    found = table("Rubro | Pagado\nAgua | 10\nLuz | 2", caption=caption).period
    assert found is not None
    assert (found.year, found.first, found.last) == (2024, *months)


def test_a_column_up_to_a_month_is_accumulated() -> None:
    found = table("Rubro | Pagado en mayo | Pagado hasta mayo\nAgua | 10 | 40", caption="Gasto de 2024").columns
    assert [(c.accumulated, c.period and (c.period.first, c.period.last)) for c in found[1:]] == [
        (False, (5, 5)),
        (True, (1, 5)),
    ]


def test_a_header_repeated_at_a_page_break_is_no_row() -> None:
    found = table("Rubro | Pagado\nAgua | 10\nRubro | Pagado\nLuz | 4")
    assert [r.label for r in found.rows] == ["Agua", "Luz"]


def test_numbering_of_columns_is_left_out_and_said() -> None:
    built = build_table(raw("Rubro | A | B | C\n1 | 2 | 3 | 4 = 2 + 3\nAgua | 10 | 2 | 12"), id="d:t1", document="d")
    assert built is not None
    assert [(x.text, x.reason) for x in built[1]] == [("1 2 3 4 = 2 + 3", "numeración de las columnas de una tabla")]


def test_a_grid_without_figures_is_no_table() -> None:
    assert (
        build_table(raw("Sigla | Significado\nUE | Unidad ejecutora\nGA | Gerencia"), id="d:t1", document="d") is None
    )


def test_notes_at_the_foot_are_notes() -> None:
    found = table("Rubro | Pagado\nAgua | 10\nLuz | 4\nFuente: registros contables. | ")
    assert found.notes == ("Fuente: registros contables.",)
    assert [r.label for r in found.rows] == ["Agua", "Luz"]
