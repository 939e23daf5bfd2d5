"""Headers set close together or away from their figures, and rows without figures right under a header."""

from __future__ import annotations

from tests.index.pdf.conftest import Make
from tests.index.pdf.sheets import Sheet, rows, tables

BUDGET = [
    ("Agua potable", ["1,654,159", "268,853", "778,820"]),
    ("Saneamiento", ["1,724,985", "883,388", "776,839"]),
    ("Caminos vecinales", ["1,031,414", "882,168", "489,240"]),
]
ENDS = (300, 362, 410)


def _body(sheet: Sheet, top: float) -> None:
    for i, (label, figures) in enumerate(BUDGET):
        sheet.row(top + 14 * i, [(60, label), *zip(ENDS, figures, strict=True)])


def test_labels_one_blank_apart_are_parted_where_their_figures_end(make: Make) -> None:
    """ "Aprobado Ampliaciones/" over two columns is no group; its second line stays with the label above it."""

    def draw(sheet: Sheet) -> None:
        sheet.text(60, 90, "Cuadro 4. Gasto")
        for x, label in zip(ENDS, ("Aprobado", "Ampliaciones/", "Pagado"), strict=True):
            sheet.right(x, 110, label)
        sheet.text(60, 110, "Programa")
        sheet.right(362, 119, "(Reducciones)")
        _body(sheet, 140)

    (table,) = tables(make(draw))
    assert rows(table)[0] == ["Programa", "Aprobado", "Ampliaciones/ (Reducciones)", "Pagado"]


def test_labels_far_apart_left_of_their_figures_head_one_column_each(make: Make) -> None:
    """ "2021" and "2022" begin their columns, whose figures end at the right: both stand left of the border between."""

    def draw(sheet: Sheet) -> None:
        sheet.text(60, 90, "Cuadro 7. Reclamos")
        for x, label in ((60, "Motivo"), (240, "2021"), (312, "2022"), (384, "Diferencia")):
            sheet.text(x, 110, label)
        sheet.line(58, 114, 460, 114)
        for i, (label, figures) in enumerate(
            (("Demora", ("214", "187", "-27")), ("Acervo", ("96", "131", "35")), ("Otros", ("17", "12", "-5")))
        ):
            sheet.row(128 + 14 * i, [(60, label), *zip((306, 378, 450), figures, strict=True)])

    (table,) = tables(make(draw))
    assert rows(table)[0] == ["Motivo", "2021", "2022", "Diferencia"]


def test_a_name_stands_in_the_column_it_is_over_whatever_its_middle(make: Make) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 90, "Cuadro 1. Gasto")
        sheet.text(60, 110, "Cód.")
        sheet.text(82, 110, "Programa")
        for x, label in zip(ENDS, ("Aprobado", "Vigente", "Pagado"), strict=True):
            sheet.right(x, 110, label)
        for i, (label, figures) in enumerate(BUDGET):
            sheet.text(60, 126 + 14 * i, str(11 + i))
            sheet.row(126 + 14 * i, [(82, f"{label} y obras comunales"), *zip(ENDS, figures, strict=True)])

    (table,) = tables(make(draw))
    assert rows(table)[0] == ["Cód.", "Programa", "Aprobado", "Vigente", "Pagado"]


LOTS = [
    ["LP-001", "Bibliobuses", "Motores S.A.", "2,148,000.00", "Contratado"],
    ["CP-002", "Conexión satelital", "-", "-", "Desierto"],
    ["AS-003", "Computadoras", "Tecnovalle S.A.", "312,900.00", "Contratado"],
    ["AS-005", "Mantenimiento", "Astillero S.A.", "187,650.00", "Contratado"],
]
LOT_HEAD = ["Proceso", "Objeto", "Proveedor", "Monto", "Estado"]
EDGES = (50, 110, 230, 340, 420, 500)


def _net(sheet: Sheet, top: float, lines: list[list[str]]) -> None:
    for i in range(len(lines) + 1):
        sheet.line(EDGES[0], top + 16 * i, EDGES[-1], top + 16 * i)
    for x in EDGES:
        sheet.line(x, top, x, top + 16 * len(lines))
    for i, line in enumerate(lines):
        for x, text in zip(EDGES, line, strict=False):
            sheet.text(x + 4, top + 11 + 16 * i, text)


def test_a_row_without_a_figure_under_a_repeated_header_is_a_row(make: Make) -> None:
    """A tender without bidders on top of the second page was taken for its header: the rest was another table."""

    def draw(sheet: Sheet) -> None:
        sheet.text(50, 60, "Cuadro 6. Procesos")
        _net(sheet, 700, [LOT_HEAD, LOTS[0], LOTS[3]])
        sheet.next_page()
        _net(sheet, 80, [LOT_HEAD, LOTS[1], LOTS[2]])

    (table,) = tables(make(draw))
    assert rows(table) == [LOT_HEAD, LOTS[0], LOTS[3], LOTS[1], LOTS[2]]
    assert table.header_rows == 1


def test_a_row_of_dashes_right_under_the_header_is_a_row(make: Make) -> None:
    def ruled(sheet: Sheet) -> None:
        _net(sheet, 100, [LOT_HEAD, LOTS[1], LOTS[0], LOTS[2]])

    def open_(sheet: Sheet) -> None:
        for x, text in zip((50, 110, 230), LOT_HEAD, strict=False):
            sheet.text(x, 100, text)
        sheet.right(410, 100, "Monto")
        sheet.text(430, 100, "Estado")
        sheet.line(48, 104, 500, 104)
        for i, line in enumerate((LOTS[1], LOTS[0], LOTS[2], LOTS[3])):
            for x, text in zip((50, 110, 230), line, strict=False):
                sheet.text(x, 118 + 13 * i, text)
            sheet.right(410, 118 + 13 * i, line[3])
            sheet.text(430, 118 + 13 * i, line[4])

    for draw in (ruled, open_):
        (table,) = tables(make(draw))
        assert (table.header_rows, rows(table)[:2]) == (1, [LOT_HEAD, LOTS[1]])


def test_a_table_under_a_title_and_between_rules_of_its_own_is_another_one(make: Make) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.line(50, 96, 420, 96)
        for x, label in zip(ENDS, ("Aprobado", "Vigente", "Pagado"), strict=True):
            sheet.right(x, 106, label)
        sheet.text(60, 106, "Programa")
        sheet.line(50, 110, 420, 110)
        _body(sheet, 124)
        sheet.text(150, 188, "Plazas al cierre del año")
        sheet.line(90, 196, 380, 196)
        sheet.row(206, [(94, "Nivel"), (250, "Autorizadas"), (340, "Ocupadas")])
        sheet.line(90, 210, 380, 210)
        for i, line in enumerate((("Mando", "9", "8"), ("Enlace", "14", "12"), ("Base", "41", "41"))):
            sheet.row(222 + 13 * i, [(94, line[0]), (250, line[1]), (340, line[2])])

    first, second = tables(make(draw))
    assert first.shape == (4, 4)
    assert rows(second) == [
        ["Nivel", "Autorizadas", "Ocupadas"],
        ["Mando", "9", "8"],
        ["Enlace", "14", "12"],
        ["Base", "41", "41"],
    ]
