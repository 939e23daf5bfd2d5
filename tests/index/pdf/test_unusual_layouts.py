"""Layouts of institutional systems that were misread once: typewriter dumps, years over columns, totals over the page."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from index.ingest import read_report
from index.pdf.reader import SIDEWAYS
from tests.index.pdf.conftest import Make
from tests.index.pdf.sheets import Sheet, rows, tables


def test_a_heading_typed_across_the_columns_is_a_row_and_no_part_of_the_total_above_it(make: Make) -> None:
    """A blank of a typewriter is as wide as the gap between two columns."""
    lines = [
        "PG  ACT  OBJETO  DESCRIPCION              APROBADO     DEVENGADO",
        "11  001  21100   COMBUSTIBLE             12,500.00      8,120.40",
        "11  002  35400   LUBRICANTES              3,100.50        950.00",
        "                 TOTAL PROGRAMA 11       15,600.50      9,070.40",
        "PROGRAMA 12 APOYO A CAMINOS",
        "12  001  21100   COMBUSTIBLE             10,000.00      4,000.00",
        "12  002  47200   OBRAS                   25,000.25      1,200.10",
        "                 TOTAL PROGRAMA 12       35,000.25      5,200.10",
    ]

    def draw(sheet: Sheet) -> None:
        sheet.canvas.setFont("Courier", 8)
        for i, line in enumerate(lines):
            sheet.text(40, 100 + 9.5 * i, line)

    (table,) = tables(make(draw))
    found = rows(table)
    assert [r[3] for r in found[1:]] == [
        "COMBUSTIBLE", "LUBRICANTES", "TOTAL PROGRAMA 11", "", "COMBUSTIBLE", "OBRAS", "TOTAL PROGRAMA 12",
    ]  # fmt: skip
    assert [t for t in found[4] if t] == ["PROGRAMA 12 APOYO A CAMINOS"]


def test_years_over_the_columns_are_their_header_though_nothing_heads_the_labels(make: Make) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.font(bold=True)
        sheet.centre(470, 92, "Variación")
        for x, label in ((300, "2024"), (390, "2023"), (455, "Absoluta"), (500, "%")):
            sheet.right(x, 102, label)
        sheet.text(60, 118, "Ingresos")
        sheet.font()
        sheet.row(131, [(70, "Tasas"), (300, "1,250.00"), (390, "1,000.00"), (455, "250.00"), (500, "25.0")])
        sheet.row(144, [(70, "Multas"), (300, "300.00"), (390, "400.00"), (455, "(100.00)"), (500, "-25.0")])
        sheet.row(157, [(60, "Total"), (300, "1,550.00"), (390, "1,400.00"), (455, "150.00"), (500, "10.7")])

    (table,) = tables(make(draw))
    found = rows(table)
    assert [r[0] for r in found[table.header_rows or 0 :]] == ["Ingresos", "Tasas", "Multas", "Total"]
    assert [(c.text, c.column, c.columns) for c in table.cells if c.row == 0 and "V" in c.text] == [("Variación", 3, 2)]
    heads = {c.text: c.column for c in table.cells if c.row < (table.header_rows or 0)}
    assert heads == {"2024": 1, "2023": 2, "Variación": 3, "Absoluta": 3, "%": 4}


def test_a_group_label_ruled_off_over_its_columns_is_no_running_head(make: Make) -> None:
    """It stands at one height on every page, as the header under it does."""

    def page(number: int) -> object:
        def draw(sheet: Sheet) -> None:
            sheet.text(60, 40, "Consulta de gasto")
            sheet.centre(425, 70, "Ejecución")
            sheet.line(350, 73, 500, 73)
            sheet.text(60, 86, "Partida")
            for x, label in ((240, "PIA"), (320, "PIM"), (410, "Devengado"), (500, "Girado")):
                sheet.right(x, 86, label)
            sheet.line(60, 90, 500, 90)
            for i in range(12):
                figures = zip((240, 320, 410, 500), (f"{n}{i},{number}00" for n in (7, 8, 5, 4)), strict=True)
                sheet.row(104 + 14 * i, [(60, f"Partida {number}.{i}"), *figures])

        return draw

    (table,) = tables(make(*(page(n) for n in (1, 2, 3))))
    assert [(c.text, c.column, c.columns) for c in table.cells if c.row == 0 and c.column > 2] == [("Ejecución", 3, 2)]
    assert len(table.pages) == 3


def test_a_total_alone_on_the_next_page_ends_its_table(make: Make) -> None:
    def body(sheet: Sheet) -> None:
        sheet.font(bold=True)
        sheet.row(700, [(60, "Obra"), (300, "Costo"), (400, "Girado")])
        sheet.font()
        for i, (name, *figures) in enumerate([("Puente", "1,500.00", "900.00"), ("Muro", "250.00", "80.00")]):
            sheet.row(716 + 14 * i, [(60, name), *zip((300, 400), figures, strict=True)])

    def total(sheet: Sheet) -> None:
        sheet.row(60, [(60, "Total obras"), (300, "1,750.00"), (400, "980.00")])
        sheet.text(60, 120, "Las obras continúan durante el segundo semestre en los dos distritos.")

    reading = make(body, total)
    (table,) = tables(reading)
    assert rows(table)[-1] == ["Total obras", "1,750.00", "980.00"]
    assert table.pages == (1, 2)
    assert "segundo semestre" in str(reading.blocks[-1])


def test_a_line_on_the_next_page_that_fits_no_column_stays_text(make: Make) -> None:
    def body(sheet: Sheet) -> None:
        for i, row in enumerate(
            (["Obra", "Costo", "Girado"], ["Puente", "1,500.00", "900.00"], ["Muro", "250.00", "80.00"])
        ):
            sheet.row(700 + 14 * i, [(60, row[0]), (300, row[1]), (400, row[2])])

    def prose(sheet: Sheet) -> None:
        sheet.row(60, [(60, "Plazo de la obra:"), (230, "18")])

    (table,) = tables(make(body, prose))
    assert table.pages == (1,)


def test_a_note_under_the_table_gives_its_scale(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path / "informe.pdf")
    sheet.text(60, 86, "Cuadro 5. Gasto por finalidad (1)")
    for i, row in enumerate(
        (["Finalidad", "Vigente", "Devengado"], ["Salud", "1.250,5", "800,2"], ["Riego", "310,7", "290,1"])
    ):
        sheet.row(100 + 14 * i, [(60, row[0]), (300, row[1]), (400, row[2])])
    sheet.font(7)
    sheet.text(60, 142, "(1) En millones de pesos. No incluye gastos figurativos.")
    sheet.text(60, 151, "Fuente: registros propios.")
    sheet.canvas.save()
    (table,) = read_report(tmp_path / "informe.pdf").tables
    assert [c.scale for c in table.columns[1:]] == [Decimal(1_000_000)] * 2
    assert table.notes == ("(1) En millones de pesos. No incluye gastos figurativos.",)


@pytest.mark.parametrize("angle", [90, 270])
@pytest.mark.parametrize("ruled", [False, True])
def test_labels_that_run_up_or_down_head_their_columns(make: Make, angle: int, *, ruled: bool) -> None:
    """They were left out as turned text, and the figures had no header."""
    heads = [["Consulta", "externa"], ["Emergencia"], ["Laboratorio", "clínico"]]
    body = [("Norte", "529", "330", "279"), ("Sur", "347", "498", "766"), ("Este", "332", "244", "40")]

    def draw(sheet: Sheet) -> None:
        for x, lines in zip((200, 260, 320), heads, strict=True):
            for i, line in enumerate(lines):
                sheet.canvas.saveState()
                across = (10 * i if angle == 90 else -10 * i) - 5
                sheet.canvas.translate(x - 10 + across, sheet.size[1] - (96 if angle == 90 else 40))
                sheet.canvas.rotate(angle)
                sheet.text(0, sheet.size[1], line)
                sheet.canvas.restoreState()
        sheet.text(60, 95, "Sede")
        for i, (label, *figures) in enumerate(body):
            sheet.row(115 + 15 * i, [(60, label), *zip((210, 270, 330), figures, strict=True)])
        sheet.text(60, 200, "Las sedes atendieron a todas las personas que acudieron a ellas durante el año.")
        if ruled:
            for y in (30, 102, 119, 134, 149):
                sheet.line(55, y, 340, y)
            for x in (55, 160, 220, 280, 340):
                sheet.line(x, 30, x, 149)

    reading = make(draw)
    (table,) = tables(reading)
    assert rows(table) == [["Sede", *(" ".join(lines) for lines in heads)], *map(list, body)]
    assert table.header_rows == 1
    assert not reading.left_out


def test_turned_text_that_heads_no_column_is_told(make: Make) -> None:
    def draw(sheet: Sheet) -> None:
        for i, (label, *figures) in enumerate([("Obra", "Costo", "Girado"), ("Muro", "250.00", "80.00")] * 2):
            sheet.row(100 + 14 * i, [(60, label), *zip((300, 400), figures, strict=True)])
        sheet.canvas.saveState()
        sheet.canvas.translate(30, 400)
        sheet.canvas.rotate(90)
        sheet.text(0, sheet.size[1], "Copia sin valor")
        sheet.canvas.restoreState()

    assert [(left.text, left.reason) for left in make(draw).left_out] == [("Copia sin valor", SIDEWAYS)]
