"""Tables that stand close to others: side by side without a frame, right under one another, under one section's unit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from index.ingest import read_report
from index.model import Table
from tests.index.pdf.conftest import Make
from tests.index.pdf.sheets import Sheet, rows, tables

Rows = list[list[str]]

INCOME = [["Rubro", "Estimado", "Recaudado"], ["Tasas", "900.00", "850.00"], ["Ventas", "300.00", "310.00"]]
SPENT = [["Capítulo", "Pagado"], ["Servicios", "400.00"], ["Materiales", "120.00"]]


def _beside(sheet: Sheet, left: Rows, right: Rows, titles: tuple[str, str] | None = None) -> None:
    sheet.font(bold=True)
    for x, title in zip((60, 340), titles or (), strict=False):
        sheet.text(x, 80, title)
    for x, table, ends in ((60, left, (200, 290)), (340, right, (490, 560))):
        for i, (label, *figures) in enumerate(table):
            sheet.font(bold=i == 0)
            sheet.row(100 + 14 * i, [(x, label), *zip(ends, figures, strict=False)])


@pytest.mark.parametrize(
    ("left", "right", "titles"),
    [
        (INCOME, SPENT, ("Tabla 1. Ingresos", "Tabla 2. Egresos")),
        (INCOME, [*SPENT, ["Obras", "75.00"]], None),
        ([*INCOME, ["Total", "1,200.00", "1,160.00"]], [*SPENT, ["Total", "520.00"]], None),
        ([*INCOME, ["Multas", "10.00", "5.00"]], [*SPENT[:2], ["Total pagado", "400.00"]], None),
        ([["Fuente", *INCOME[0][1:]], *INCOME[1:]], [["Nota", "Saldo"], *SPENT[1:], ["Obras", "75.00"]], None),
    ],
    ids=["two titles", "one goes on", "two totals", "one ended with its total", "labels that begin as notes do"],
)
def test_different_tables_side_by_side_are_two(
    make: Make, left: Rows, right: Rows, titles: tuple[str, str] | None
) -> None:
    """A row of one was taken for a part of the row of the other, and its figures for the other's."""
    found = tables(make(lambda sheet: _beside(sheet, left, right, titles)))
    assert [rows(t) for t in found] == [left, right]
    assert [t.caption for t in found] == list(titles or ("", ""))


def test_a_column_of_names_between_figures_leaves_the_table_whole(make: Make) -> None:
    """Its last rows, and its total, name nobody."""
    table = [
        ["Obra", "Costo", "Contratista", "Pagado"],
        ["Puente", "900.00", "Vía Sur", "850.00"],
        ["Muro", "300.00", "Roca", "310.00"],
        ["Canal", "200.00", "", ""],
        ["Total", "1,400.00", "", "1,160.00"],
    ]

    def draw(sheet: Sheet) -> None:
        for i, (label, cost, name, paid) in enumerate(table):
            sheet.row(100 + 14 * i, [(60, label), (250, cost), (500, paid)])
            sheet.text(300, 100 + 14 * i, name)

    (found,) = tables(make(draw))
    assert rows(found) == table


def test_a_table_right_under_another_begins_at_its_bold_title(make: Make) -> None:
    """Its header was read into the first of its rows: "Ley 1.250,00"."""

    def draw(sheet: Sheet) -> None:
        for k, title in enumerate(("Por dirección", "Por fuente")):
            top = 100 + 80 * k
            sheet.font(bold=True)
            sheet.text(60, top, title)
            sheet.row(top + 14, [(60, "Concepto"), (300, "Ley"), (400, "Devengado")])
            sheet.font()
            for i, name in enumerate(("Alfa", "Beta", "Gama")):
                sheet.row(top + 27 + 13 * i, [(60, name), (300, f"{k}.250,0{i}"), (400, f"{k}.100,0{i}")])

    found = tables(make(draw))
    assert [t.caption for t in found] == ["Por dirección", "Por fuente"]
    assert [rows(t)[:2] for t in found] == [
        [["Concepto", "Ley", "Devengado"], ["Alfa", f"{k}.250,00", f"{k}.100,00"]] for k in (0, 1)
    ]


def test_a_bold_heading_of_rows_leaves_its_table_whole(make: Make) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.font(bold=True)
        sheet.row(100, [(60, "Concepto"), (300, "Ley"), (400, "Devengado")])
        for k, title in enumerate(("Gastos corrientes", "Gastos de capital")):
            sheet.font(bold=True)
            sheet.text(60, 114 + 45 * k, title)
            sheet.font()
            for i, name in enumerate(("Alfa", "Beta")):
                sheet.row(127 + 45 * k + 13 * i, [(70, name), (300, f"{k}.250,0{i}"), (400, f"{k}.100,0{i}")])

    (found,) = tables(make(draw))
    assert [r[0] for r in rows(found)] == [
        "Concepto", "Gastos corrientes", "Alfa", "Beta", "Gastos de capital", "Alfa", "Beta",
    ]  # fmt: skip


def test_groups_ruled_off_each_are_no_running_head(make: Make) -> None:
    """Two group labels over one rule each, at one height on every page: the header of the table, not of the page."""

    def page(number: int) -> object:
        def draw(sheet: Sheet) -> None:
            sheet.text(60, 30, "Informe trimestral")
            for x0, x1, group in ((210, 330, "Asignación"), (340, 460, "Ejecución")):
                sheet.centre((x0 + x1) / 2, 60, group)
                sheet.line(x0, 65, x1, 65)
            heads = ("Ordinaria", "Extra", "Monto", "Saldo")
            sheet.row(80, [(60, "Municipio"), *zip((265, 330, 395, 460), heads, strict=True)])
            for i in range(9):
                figures = (f"{n}{i * i},{number}00" for n in (7, 8, 5, 4))
                sheet.row(96 + 14 * i, [(60, f"Lugar {number}.{i}"), *zip((265, 330, 395, 460), figures, strict=True)])

        return draw

    (table,) = tables(make(*(page(n) for n in (1, 2, 3))))
    assert table.pages == (1, 2, 3)
    assert [(c.text, c.column, c.columns) for c in table.cells if c.row == 0 and c.columns > 1] == [
        ("Asignación", 1, 2),
        ("Ejecución", 3, 2),
    ]


def test_the_title_of_a_narrow_table_is_whole(make: Make) -> None:
    """It was cut where the table ends, and its beginning told as a heading."""
    title = "Tabla 20. Municipios y comunas que se adhirieron al monotributo unificado de la provincia"

    def draw(sheet: Sheet) -> None:
        sheet.text(60, 80, title)
        for i, row in enumerate((["Año", "Altas"], ["2018", "30"], ["2019", "68"], ["2020", "95"])):
            sheet.row(100 + 14 * i, [(60, row[0]), (150, row[1])])

    reading = make(draw)
    (table,) = tables(reading)
    assert table.caption == title
    assert len(reading.blocks) == 1


def _section(tmp_path: Path, lines: list[str], own: str = "") -> list[Table]:
    """Tables under a heading with lines of its own; own: what the second table's title says more."""
    sheet = Sheet(tmp_path / "informe.pdf")
    sheet.font(13, bold=True)
    sheet.text(60, 60, lines[0])
    sheet.font()
    for i, line in enumerate(lines[1:]):
        sheet.text(60, 78 + 20 * i, line)
    for k, title in enumerate(("Cuadro 1. Gasto por dirección", f"Cuadro 2. Gasto por fuente{own}")):
        top = 180 + 160 * k
        sheet.text(60, top, title)
        for i, row in enumerate((["Concepto", "Devengado"], ["Alfa", "1.250,50"], ["Beta", "310,70"])):
            sheet.row(top + 14 + 14 * i, [(60, row[0]), (300, row[1])])
    sheet.canvas.save()
    return list(read_report(tmp_path / "informe.pdf").tables)


@pytest.mark.parametrize(
    ("lines", "own", "scales"),
    [
        (["Resultados", "(Cifras en miles de bolivianos)", "Siguen los resultados del año."], "", [1000, 1000]),
        (["Resultados (en millones de bolivianos)", "Siguen los resultados del año."], "", [10**6, 10**6]),
        (["Resultados", "Cifras en miles de bolivianos"], " (en bolivianos)", [1000, 1]),
        (["Resultados", "Siguen los resultados, que se dieron en miles de hogares."], "", [1, 1]),
    ],
    ids=["line under the heading", "in the heading", "a table says its own", "a sentence says nothing"],
)
def test_a_section_gives_its_tables_their_scale(tmp_path: Path, lines: list[str], own: str, scales: list[int]) -> None:
    found = _section(tmp_path, lines, own)
    assert [[c.scale for c in t.columns if c.measure == "devengado"] for t in found] == [[Decimal(s)] for s in scales]
