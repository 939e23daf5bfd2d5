"""Nets of rulings that leave something to the white space: rivers, hung headings, codes of currencies."""

from __future__ import annotations

from tests.index.pdf.conftest import Make
from tests.index.pdf.sheets import Sheet, rows, tables


def test_figures_of_years_that_no_ruling_parts_have_columns_of_their_own(make: Make):
    """The net has one column for 2022 and 2023; every line prints two figures there, far apart."""

    def draw(sheet: Sheet) -> None:
        for y in (100, 118, 136, 154):
            sheet.line(60, y, 460, y)
        for x in (60, 220, 400, 460):
            sheet.line(x, 100, x, 154)
        lines = [
            ("Indicador", "2022", "2023", "2024"),
            ("Lluvia", "120,5", "98,0", "101,3"),
            ("Riego", "14,0", "16,5", "17,2"),
        ]
        for i, (label, *figures) in enumerate(lines):
            sheet.row(113 + 18 * i, [(64, label), *zip((290, 380, 456), figures, strict=True)])

    (table,) = tables(make(draw))
    assert rows(table) == [
        ["Indicador", "2022", "2023", "2024"],
        ["Lluvia", "120,5", "98,0", "101,3"],
        ["Riego", "14,0", "16,5", "17,2"],
    ]
    assert table.header_rows == 1


def test_a_currency_code_after_a_figure_opens_the_next_figure(make: Make):
    def draw(sheet: Sheet) -> None:
        for x, year in ((300, "2024"), (359.5, "2025"), (430, "2026")):
            sheet.right(x, 100, year)
        sheet.row(114, [(60, "Préstamo del puente"), (300, "USD 3.500"), (359.5, "USD 9.891"), (430, "USD 95.142.150")])
        sheet.row(128, [(60, "Préstamo del muelle"), (300, "USD 1.200"), (359.5, "USD 2.887"), (430, "USD 0")])

    (table,) = tables(make(draw))
    assert rows(table)[1:] == [
        ["Préstamo del puente", "USD 3.500", "USD 9.891", "USD 95.142.150"],
        ["Préstamo del muelle", "USD 1.200", "USD 2.887", "USD 0"],
    ]


def test_a_heading_printed_at_the_foot_of_a_band_heads_the_next_row(make: Make):
    goals = [("Árboles plantados", "1.500", "900"), ("Cuadras barridas", "80", "75"), ("Podas", "30", "28")]
    heads = ["20 Dirección de Viveros", "21 Dirección de Aseo", "22 Dirección de Plazas"]

    def draw(sheet: Sheet) -> None:
        levels = [100, 118, 136, 166, 196, 226, 244]
        for y in levels:
            sheet.line(60, y, 460, y)
        for x in (60, 300, 380, 460):
            sheet.line(x, 100, x, 244)
        sheet.row(113, [(64, "Meta"), (376, "Programado"), (456, "Ejecutado")])
        sheet.text(64, 131, "10 Dirección de Ferias")
        for y, (label, *figures), head in zip(levels[2:5], goals, heads, strict=True):
            sheet.row(y + 11, [(64, label), *zip((376, 456), figures, strict=True)])
            sheet.text(64, y + 26, head)
        sheet.row(237, [(64, "Bancas"), (376, "12"), (456, "12")])

    (table,) = tables(make(draw))
    assert rows(table)[2:] == [
        *(row for goal, head in zip(goals, heads, strict=True) for row in (list(goal), [head, "", ""])),
        ["Bancas", "12", "12"],
    ]


def test_a_table_without_figures_keeps_the_header_its_tall_labels_frame(make: Make):
    def draw(sheet: Sheet) -> None:
        for x in (60, 200, 290, 380, 460):
            sheet.line(x, 100, x, 172)
        for y in (100, 136, 154, 172):
            sheet.line(60, y, 460, y)
        sheet.line(200, 118, 380, 118)
        sheet.text(64, 122, "Concepto")
        sheet.text(384, 122, "Saldo")
        sheet.text(204, 113, "Egresos")
        sheet.text(204, 131, "Aprobado")
        sheet.text(294, 131, "Pagado")
        for y, label in ((149, "Archivo"), (167, "Total")):
            sheet.row(y, [(64, label), (286, "-"), (376, "-"), (456, "-")])

    (table,) = tables(make(draw))
    assert table.header_rows == 2
    assert rows(table)[2:] == [["Archivo", "-", "-", "-"], ["Total", "-", "-", "-"]]


def test_short_rules_that_part_no_cell_leave_one_band_of_several_rows(make: Make):
    """Two ticks at the left edge are drawn levels, yet nothing stands apart there."""

    def draw(sheet: Sheet) -> None:
        for y in (100, 118, 172):
            sheet.line(60, y, 460, y)
        for y in (158, 168):
            sheet.line(60, y, 66, y)
        for x in (60, 300, 380, 460):
            sheet.line(x, 100, x, 172)
        sheet.row(113, [(68, "Meta"), (376, "Programado"), (456, "Ejecutado")])
        for i, (label, *figures) in enumerate([("Árboles", "15", "9"), ("Cuadras", "80", "75"), ("Podas", "30", "28")]):
            sheet.row(131 + 16 * i, [(68, label), *zip((376, 456), figures, strict=True)])

    (table,) = tables(make(draw))
    assert rows(table)[1:] == [["Árboles", "15", "9"], ["Cuadras", "80", "75"], ["Podas", "30", "28"]]


def test_a_net_that_rules_the_labels_off_leaves_the_figures_to_their_white_rivers(make: Make):
    """One vertical line, three columns right of it, one of them blank in some rows, a group heading over them."""

    def draw(sheet: Sheet) -> None:
        for y in (100, 132, 204):
            sheet.line(60, y, 460, y)
        sheet.line(180, 100, 180, 204)
        sheet.canvas.setFont("Courier-Bold", 9)
        sheet.text(64, 112, "Barrio")
        sheet.centre(320, 112, "Población atendida por tramo de edad")
        for x, label in ((200, "Niñez"), (290, "Juventud"), (410, "Total")):
            sheet.text(x, 127, label)
        sheet.canvas.setFont("Courier", 9)
        for i, (label, *figures) in enumerate(ATTENDED):
            sheet.row(
                145 + 13 * i, [(64, label), *((x, f) for x, f in zip((240, 340, 450), figures, strict=True) if f)]
            )

    (table,) = tables(make(draw))
    assert rows(table) == [
        ["Barrio", "Población atendida por tramo de edad", "", ""],
        ["", "Niñez", "Juventud", "Total"],
        *(list(r) for r in ATTENDED),
    ]
    group = next(c for c in table.cells if c.text == "Población atendida por tramo de edad")
    assert (group.column, group.columns) == (1, 3)


ATTENDED = (
    ("El Molino", "120", "", "3,120"),
    ("La Loma", "95", "41", "2,995"),
    ("San Blas", "70", "", "2,070"),
    ("Las Eras", "64", "38", "1,964"),
    ("Costa Baja", "51", "22", "1,451"),
)


def test_a_header_printed_again_beside_itself_heads_a_table_of_its_own(make: Make):
    """The figure of the second copy is never told under the label of the first; the caption is of both."""
    left, right = (
        (("Enero", "10.50"), ("Febrero", "11.25"), ("Marzo", "9.75")),
        (("Abril", "8.50"), ("Mayo", "7.25"), ("Junio", "6.00")),
    )

    def draw(sheet: Sheet) -> None:
        sheet.font(bold=True)
        sheet.text(60, 80, "Cuadro 7. Lluvia por mes")
        sheet.row(100, [(60, "Mes"), (180, "Litros")])
        sheet.row(100, [(260, "Mes"), (380, "Litros")])
        sheet.font()
        for i, (one, two) in enumerate(zip(left, right, strict=True)):
            sheet.row(116 + 14 * i, [(60, one[0]), (180, one[1])])
            sheet.row(116 + 14 * i, [(260, two[0]), (380, two[1])])

    first, second = tables(make(draw))
    assert rows(first) == [["Mes", "Litros"], *(list(r) for r in left)]
    assert rows(second) == [["Mes", "Litros"], *(list(r) for r in right)]
    assert first.caption == second.caption == "Cuadro 7. Lluvia por mes"


def test_copies_of_a_header_go_on_over_the_page_each_at_its_place(make: Make):
    def part(number: int) -> object:
        def draw(sheet: Sheet) -> None:
            sheet.font(bold=True)
            for x in (60, 260):
                sheet.row(60, [(x, "Cuenta"), (x + 120, "Saldo")])
            sheet.font()
            for i in range(40):
                for x, name in ((60, "Activo"), (260, "Pasivo")):
                    sheet.row(76 + 14 * i, [(x, f"{name} {number}{i:02d}"), (x + 120, f"{x + i * i}.50")])

        return draw

    first, second = tables(make(part(1), part(2)))
    assert {r[0].split()[0] for r in rows(first)[1:]} == {"Activo"}
    assert {r[0].split()[0] for r in rows(second)[1:]} == {"Pasivo"}
    assert (first.pages, second.pages) == ((1, 2), (1, 2))
    assert len(rows(first)) == len(rows(second)) == 81


def test_a_title_marked_as_going_on_leaves_its_table_whole(make: Make):
    def part(title: str, *labels: str) -> object:
        def draw(sheet: Sheet) -> None:
            sheet.font(bold=True)
            sheet.text(60, 80, title)
            sheet.row(104, [(60, "Taller"), (260, "Meta"), (340, "Logro")])
            sheet.font()
            for i, label in enumerate(labels):
                sheet.row(120 + 14 * i, [(60, label), (260, f"{i * i + 7}"), (340, f"{i * 5 + 3}")])
            sheet.text(60, 700, "Los talleres se dieron en las sedes de la red de bibliotecas del municipio.")

        return draw

    (table,) = tables(
        make(
            part("Cuadro 3. Talleres", "Costura", "Huerta", "Radio"),
            part("Cuadro 3. Talleres (continuación)", "Danza", "Cine"),
        )
    )
    assert [r[0] for r in rows(table)] == ["Taller", "Costura", "Huerta", "Radio", "Danza", "Cine"]
    assert table.pages == (1, 2)
