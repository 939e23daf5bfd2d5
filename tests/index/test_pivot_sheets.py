"""Workbooks whose sheets hold groups of groups."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl

from index.ingest import read_report
from index.model import Role, RowKind
from index.readers.xlsx import read_xlsx
from tests.index.reading_views import tables, texts


def test_a_pivot_sheet_keeps_its_groups_and_never_counts_them_twice(tmp_path: Path) -> None:
    """Filters above, "Etiquetas de fila", groups with their parts indented beneath, a general total."""
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [
        ["Entidad", "(Todas)"],
        [],
        ["Suma de Devengado", "Etiquetas de columna"],
        ["Etiquetas de fila", "Caminos", "Escuelas", "Total general"],
        ["Norte", 1030, 562, 1592],
        ["Enero", 610, 241, 851],
        ["Febrero", 420, 321, 741],
        ["Sur", 127, 95, 222],
        ["Enero", 92, 61, 153],
        ["Febrero", 35, 34, 69],
        ["Total general", 1157, 657, 1814],
    ]
    for row in rows:
        sheet.append(row)
    for row in (6, 7, 9, 10):
        sheet.cell(row, 1).alignment = openpyxl.styles.Alignment(indent=1)
    book.save(tmp_path / "dinamica.xlsx")
    (table,) = read_report(tmp_path / "dinamica.xlsx").tables
    kinds = [(row.label, row.kind.value, row.parent) for row in table.rows]
    assert kinds == [
        ("Norte", "subtotal", 6), ("Enero", "data", 0), ("Febrero", "data", 0),
        ("Sur", "subtotal", 6), ("Enero", "data", 3), ("Febrero", "data", 3), ("Total general", "total", None),
    ]  # fmt: skip
    assert (table.trust.found, table.trust.held) == (16, 16)  # nine sums of rows, seven of "Total general" across


def test_what_a_pivot_sheet_counts_is_no_code_and_no_money(tmp_path: Path) -> None:
    """ "Cuenta de" heads codes elsewhere: "Cuenta de gasto"."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Ejecución de proyectos (en bolivianos)"], [], ["Etiquetas de fila", "Suma de Monto", "Cuenta de Proyecto"],
        ["Norte", 300, 3], ["Sur", 50, 1], ["Este", 125, 1], ["Total general", 475, 5],
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "dinamica.xlsx")
    (table,) = read_report(tmp_path / "dinamica.xlsx").tables
    amount, count = table.columns[1:]
    assert (amount.role, amount.unit, count.role) == (Role.NUMBER, "BOB", Role.NUMBER)
    assert (count.measure, count.level, count.unit) == (None, None, None)
    assert [row.cells[2].value for row in table.rows] == [3, 1, 1, 5]


def test_groups_of_a_pivot_sheet_may_hold_one_row_and_its_filters_are_facts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [
        ["Año", "2024"], ["Mes", "(Todas)"], [], ["Etiquetas de fila", "Suma de Vigente"], ["Obras", 100.5],
        ["Puentes", 40.25], ["Caminos", 60.25], ["Salud", 50], ["Vacunas", 50], ["Aulas", 70.5], ["Norte", 30.5], ["Sur", 40],
        ["Total general", 221],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for row in (6, 7, 9, 11, 12):
        sheet.cell(row, 1).alignment = openpyxl.styles.Alignment(indent=1)
    book.save(tmp_path / "dinamica.xlsx")
    report = read_report(tmp_path / "dinamica.xlsx")
    (table,) = report.tables
    assert [row.label for row in table.rows if row.kind is RowKind.SUBTOTAL] == ["Obras", "Salud", "Aulas"]
    assert {(f.key, f.value) for f in report.facts} >= {("ano", "2024"), ("mes", "(Todas)")}
    assert sum(row.cells[1].value or 0 for row in table.rows if row.kind is RowKind.DATA) == 221


def test_a_formula_keeps_its_stored_value_and_a_title_repeated_over_a_page_leaves_its_table_whole(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Cuadro 5: Riego"], ["Mes", "Gasto"], ["Enero", 3], ["Febrero", 4], [],
        ["Cuadro 5: Riego (continuación)"], ["Mes", "Gasto"], ["Marzo", 5], ["Total", "=SUM(B3:B8)"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, re.sub(rb"(<f>SUM\(B3:B8\)</f>)<v ?/?>(?:</v>)?", rb"\1<v>12</v>", data))
    reading = read_xlsx(tmp_path / "b.xlsx")
    (table,) = tables(reading)
    assert texts(table) == [["Mes", "Gasto"], ["Enero", "3"], ["Febrero", "4"], ["Marzo", "5"], ["Total", "12"]]
    assert not reading.warnings
