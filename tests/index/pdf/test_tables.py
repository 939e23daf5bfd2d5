"""Layouts of tables on one page, each rendered here, come out cell by cell."""

from __future__ import annotations

from tests.index.pdf.conftest import Make
from tests.index.pdf.sheets import Sheet, rows, tables

PARKS = [
    ("Mantenimiento de parques", ["1,200.00", "1,150.50", "95%"]),
    ("Alumbrado de plazas", ["800.00", "640.00", "80%"]),
    ("Total", ["2,000.00", "1,790.50", "89%"]),
]
HEAD = ["Programa", "Vigente", "Ejecutado", "%"]


def ruled(sheet: Sheet) -> None:
    edges = [60, 220, 310, 400, 460]
    for y in (100, 118, 136, 154, 172):
        sheet.line(60, y, 460, y)
    for x in edges:
        sheet.line(x, 100, x, 172)
    sheet.font(bold=True)
    for x, label in zip(edges, HEAD, strict=False):
        sheet.text(x + 4, 113, label)
    sheet.font()
    for i, (label, figures) in enumerate(PARKS):
        sheet.row(131 + 18 * i, [(64, label), *zip((306, 396, 456), figures, strict=True)])


def expected() -> list[list[str]]:
    return [HEAD, *([label, *figures] for label, figures in PARKS)]


def test_a_ruled_table_keeps_its_cells_pages_and_boxes(make: Make):
    (table,) = tables(make(ruled))
    assert rows(table) == expected()
    assert table.header_rows == 1
    total = next(c for c in table.cells if c.text == "1,790.50")
    assert (total.row, total.column, total.page) == (3, 2, 1)
    assert total.box is not None
    assert 154 < total.box.top < total.box.bottom < 172
    assert next(c for c in table.cells if c.text == "Vigente").bold


def test_a_boxed_header_gives_its_columns_to_the_open_body(make: Make):
    def draw(sheet: Sheet) -> None:
        edges = [60, 220, 310, 400, 460]
        sheet.box(60, 100, 460, 118)
        for x in edges[1:-1]:
            sheet.line(x, 100, x, 118)
        for x, label in zip(edges, HEAD, strict=False):
            sheet.text(x + 4, 113, label)
        sheet.text(64, 140, "Obras menores")
        for i, (label, figures) in enumerate(PARKS):
            sheet.row(158 + 18 * i, [(70, label), *zip((306, 396, 456), figures, strict=True)])

    (table,) = tables(make(draw))
    assert rows(table) == [HEAD, ["Obras menores", "", "", ""], *expected()[1:]]
    assert table.header_rows == 1


def test_a_borderless_table_is_cut_at_its_white_rivers(make: Make):
    def draw(sheet: Sheet) -> None:
        sheet.font(bold=True)
        sheet.text(60, 100, "Cuadro 4. Gasto en espacios públicos")
        for x, label in ((60, HEAD[0]), (266, HEAD[1]), (350, HEAD[2]), (444, HEAD[3])):
            sheet.text(x, 120, label)
        sheet.font()
        for i, (label, figures) in enumerate(PARKS):
            sheet.row(136 + 14 * i, [(60, label), *zip((306, 396, 456), figures, strict=True)])

    (table,) = tables(make(draw))
    assert rows(table) == expected()
    assert table.caption == "Cuadro 4. Gasto en espacios públicos"
    assert table.header_rows == 1


WRAPPED = [
    ["Producto", "Meta", "Avance"],
    ["Capacitación de personas adultas en oficios básicos del barrio", "120", "95"],
    ["Entrega de materiales", "40", "40"],
    ["Asistencia técnica a talleres de costura y de carpintería local", "15", "9"],
    ["Ferias", "3", "2"],
]


def draw_wrapped(shift: float) -> object:
    labels = [
        ["Capacitación de personas", "adultas en oficios básicos", "del barrio"],
        ["Entrega de materiales"],
        ["Asistencia técnica a talleres", "de costura y de carpintería", "local"],
        ["Ferias"],
    ]
    figures = [("120", "95"), ("40", "40"), ("15", "9"), ("3", "2")]

    def draw(sheet: Sheet) -> None:
        sheet.font(bold=True)
        sheet.row(100, [(60, "Producto"), (260, "Meta"), (330, "Avance")])
        sheet.font()
        y = 118.0
        for lines, (meta, done) in zip(labels, figures, strict=True):
            for i, line in enumerate(lines):
                sheet.text(60, y + 11 * i, line)
            level = y + shift * 11 * (len(lines) - 1)
            sheet.right(260, level, meta)
            sheet.right(330, level, done)
            y += 11 * len(lines) + 6

    return draw


def test_wrapped_labels_join_their_row_wherever_the_figures_stand(make: Make):
    for shift in (0.0, 0.5, 1.0):  # figures level with the top, the middle, the bottom of the label
        (table,) = tables(make(draw_wrapped(shift)))
        assert rows(table) == WRAPPED, shift


def test_group_headings_span_their_columns(make: Make):
    def draw(sheet: Sheet) -> None:
        sheet.centre(270, 100, "Primer semestre")
        sheet.centre(410, 100, "Segundo semestre")
        sheet.line(215, 104, 325, 104)
        sheet.line(355, 104, 465, 104)
        for x, label in ((240, "Meta"), (320, "Avance"), (380, "Meta"), (460, "Avance")):
            sheet.right(x, 114, label)
        sheet.text(60, 114, "Taller")
        sheet.line(60, 118, 465, 118)
        for i, values in enumerate((("Costura", "12", "10", "14", "14"), ("Herrería", "8", "8", "9", "7"))):
            sheet.row(130 + 13 * i, [(60, values[0]), *zip((240, 320, 380, 460), values[1:], strict=True)])

    (table,) = tables(make(draw))
    assert rows(table)[:2] == [
        ["Taller", "Primer semestre", "", "Segundo semestre", ""],
        ["", "Meta", "Avance", "Meta", "Avance"],
    ]
    assert table.header_rows == 2
    group = next(c for c in table.cells if c.text == "Primer semestre")
    assert (group.column, group.columns) == (1, 2)


def test_tables_side_by_side_in_one_frame_are_two(make: Make):
    def draw(sheet: Sheet) -> None:
        for left, right, levels in ((60, 258, (100, 114, 170)), (262, 460, (100, 114, 142, 170))):
            for y in levels:
                sheet.line(left, y, right, y)
            for x in (left, left + 110, right):
                sheet.line(x, 100, x, 170)
            sheet.text(left + 4, 110, "Rubro")
            sheet.text(left + 114, 110, "Importe")

        for i, (a, b) in enumerate((("Tasas", "10,00"), ("Multas", "25,50"), ("Rentas", "4,25"))):
            sheet.row(126 + 14 * i, [(64, a), (254, b)])
        for i, (a, b) in enumerate((("Sueldos", "30,00"), ("Obras", "7,75"))):
            sheet.row(131 + 28 * i, [(266, a), (456, b)])

    first, second = tables(make(draw))
    assert rows(first) == [["Rubro", "Importe"], ["Tasas", "10,00"], ["Multas", "25,50"], ["Rentas", "4,25"]]
    assert rows(second) == [["Rubro", "Importe"], ["Sueldos", "30,00"], ["Obras", "7,75"]]


def test_the_scale_of_a_chart_is_no_table(make: Make):
    def draw(sheet: Sheet) -> None:
        for i in range(7):
            sheet.right(80, 100 + 20 * i, f"{600 - 100 * i}")
            sheet.right(480, 100 + 20 * i, f"{60 - 10 * i}")
        sheet.text(90, 260, "Personas atendidas por mes en la feria del libro")

    assert tables(make(draw)) == []


def test_a_page_printed_sideways_is_read_and_its_boxes_stay_on_the_page(make: Make):
    def draw(sheet: Sheet) -> None:
        sheet.canvas.translate(sheet.size[0], 0)
        sheet.canvas.rotate(90)
        sheet.size = (sheet.size[1], sheet.size[0])
        ruled(sheet)

    (table,) = tables(make(draw))
    assert rows(table) == expected()
    box = next(c.box for c in table.cells if c.text == "1,790.50")
    assert box is not None
    assert box.bottom - box.top > box.x1 - box.x0  # higher than wide, as it is printed
    assert 154 < box.x0 < box.x1 < 172
    assert 842 - 400 < box.top < box.bottom < 842 - 310
