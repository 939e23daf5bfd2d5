"""Workbooks come as a person sees them, figures with their stored value, and nothing is dropped in silence."""

from __future__ import annotations

import datetime as dt
import time
import warnings
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from index.blocks import Block, Heading, ListBlock, Paragraph, RawTable, Reading
from index.errors import ReadError
from index.readers.cell_format import show
from index.readers.guard import check_file
from index.readers.xlsx import NOT_CALCULATED, read_xlsx
from tests.index.reading_views import everything, tables, texts

# Spreadsheets keep no time zone.
_DAY = dt.datetime.combine(dt.date(2021, 1, 5), dt.time())
_FIRST = dt.datetime.combine(dt.date(2021, 1, 1), dt.time())
_MOMENT = dt.datetime.combine(dt.date(2021, 1, 1), dt.time(10, 5))
_ACCOUNTING = '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)'
SHOWN = [  # stored value, number format, text seen, number handed over
    (7033626.720000001, _ACCOUNTING, "7,033,626.72", "7033626.720000001"),
    (-5.5, _ACCOUNTING, "(5.50)", "-5.5"),
    (0, _ACCOUNTING, "-", "0"),
    (1234.5, '"Q"#,##0.00', "Q1,234.50", "1234.5"),
    (-1234.5, "[$Q-100A]#,##0.00", "-Q1,234.50", "-1234.5"),
    (-1234.5, "#,##0.00;[Red]-#,##0.00", "-1,234.50", "-1234.5"),
    (0.6033, "0%", "60%", "0.6033"),
    (0.6033, "0.00%", "60.33%", "0.6033"),
    (2025, "General", "2025", "2025"),
    (0.1 + 0.2, "General", "0.3", "0.30000000000000004"),
    (33.333333333333336, "General", "33.33333333", "33.333333333333336"),
    (1e16, "General", "10000000000000000", "10000000000000000"),
    (3200.0, "0", "3200", "3200"),
    (774756000, "#,##0,", "774,756", "774756"),
    (7, "000", "007", "7"),
    (1102, '00"-"00', "11-02", None),
    (0, "#,###", "0", "0"),
    (12345, "[>=1000]#,##0;0.00", "12,345", "12345"),
    (2.5, "[>=1000]#,##0;0.00", "2.50", "2.5"),
    (999, '#,##0.00" Bs"', "999.00 Bs", "999"),
    (_DAY, "mm-dd-yy", "05/01/2021", None),
    (_FIRST, "mmm-yy", "enero 2021", None),
    (_FIRST, "yyyy", "2021", None),
    (_MOMENT, "dd/mm/yyyy hh:mm", "01/01/2021 10:05", None),
    (dt.time(18, 6), "h:mm", "18:06", None),
    (dt.timedelta(hours=30, minutes=5), "[h]:mm", "30:05", None),
    (True, "General", "VERDADERO", None),
    ("#DIV/0!", "General", "#DIV/0!", None),
]


@pytest.mark.parametrize(("value", "number_format", "text", "number"), SHOWN)
def test_a_cell_is_read_as_it_is_seen(value: object, number_format: str, text: str, number: str | None) -> None:
    shown = show(value, number_format)
    assert (shown.text, shown.number) == (text, number)
    assert shown.percent == (number_format.endswith("%") and number is not None)


def _budget(sheet: object, top: int, left: int = 1) -> None:
    rows = [
        ["Obra", "Presupuesto", None, "Avance"],
        [None, "Vigente", "Pagado", None],
        ["Puente del Molino", 1200.5, 600.25, 0.5],
        ["Camino a Las Lomas", 800, 0, 0],
        ["Total", 2000.5, 600.25, 0.3],
    ]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            cell = sheet.cell(top + r, left + c, value)  # type: ignore[attr-defined]
            if isinstance(value, int | float):
                cell.number_format = "0%" if c == 3 else "#,##0.00"
    for area in ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 1, 3)):
        sheet.merge_cells(  # type: ignore[attr-defined]
            start_row=top + area[0], start_column=left + area[1], end_row=top + area[2], end_column=left + area[3]
        )


def _saved(book: openpyxl.Workbook, path: Path) -> Reading:
    book.save(path)
    assert check_file(path) == "xlsx"
    return read_xlsx(path)


def test_titles_header_groups_notes_and_exact_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Obras"
    sheet["A1"] = "Cuadro 4: Avance de obras, 2024"
    sheet["A2"] = "(En miles de colones)"
    _budget(sheet, 4)
    sheet["A10"] = "Fuente: bitácora de la dirección de obras."
    reading = _saved(book, tmp_path / "a.xlsx")
    heading, table, note = reading.blocks
    assert heading == Heading(text="Obras", level=1)
    assert isinstance(table, RawTable)
    assert table.sheet == "Obras"
    assert table.caption == "Cuadro 4: Avance de obras, 2024 (En miles de colones)"
    assert table.notes == ("Fuente: bitácora de la dirección de obras.",)
    assert note == Paragraph(text="Fuente: bitácora de la dirección de obras.", note=True)
    assert texts(table) == [
        ["Obra", "Presupuesto", "", "Avance"],
        ["", "Vigente", "Pagado", ""],
        ["Puente del Molino", "1,200.50", "600.25", "50%"],
        ["Camino a Las Lomas", "800.00", "0.00", "0%"],
        ["Total", "2,000.50", "600.25", "30%"],
    ]
    spans = {c.text: (c.rows, c.columns) for c in table.cells if c.rows > 1 or c.columns > 1}
    assert spans == {"Obra": (2, 1), "Presupuesto": (1, 2), "Avance": (2, 1)}
    assert [c.number for c in table.cells if c.row == 2] == [None, "1200.5", "600.25", "0.5"]
    assert [c.percent for c in table.cells if c.row == 2] == [False, False, False, True]


def test_blank_rows_inside_a_table_do_not_cut_it_and_a_new_title_does(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Programa", "Meta", "Logro"],
        [],
        ["Riego", 10, 8],
        ["Vivero", 5, 5],
        [],
        ["Total", 15, 13],
        ["Los datos del vivero son preliminares y pueden variar al cierre del año."],
        [],
        ["Personal por sede"],
        ["Sede", "Plazas"],
        ["Norte", 4],
        ["Sur", 6],
    ):
        sheet.append(row)
    first, second = tables(_saved(book, tmp_path / "a.xlsx"))
    assert [r[0] for r in texts(first)] == ["Programa", "Riego", "Vivero", "Total"]
    assert first.notes == ("Los datos del vivero son preliminares y pueden variar al cierre del año.",)
    assert second.caption == "Personal por sede"
    assert texts(second) == [["Sede", "Plazas"], ["Norte", "4"], ["Sur", "6"]]


def test_labels_without_figures_stay_rows_of_their_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Poder", "Monto"], ["Ejecutivo", 9], ["Legislativo"], ["Judicial"], [], ["Total", 9]):
        sheet.append(row)
    (table,) = tables(_saved(book, tmp_path / "a.xlsx"))
    assert [r[0] for r in texts(table)] == ["Poder", "Ejecutivo", "Legislativo", "Judicial", "Total"]


def test_sections_after_blank_rows_belong_to_their_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Rubro", "Monto"], [], ["Ingresos"], ["Agua", 1], [], ["Gastos"], ["Sueldos", 5], [], ["Saldo", -4]):
        sheet.append(row)
    (table,) = tables(_saved(book, tmp_path / "a.xlsx"))
    assert [r[0] for r in texts(table)] == ["Rubro", "Ingresos", "Agua", "Gastos", "Sueldos", "Saldo"]


def test_tables_side_by_side_are_two(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    _budget(sheet, 3)
    sheet["A1"] = "Obras del norte"
    sheet["F1"] = "Obras del sur"
    for r, row in enumerate([["Obra", "Pagado"], ["Pozo", 7], ["Muro", 8]]):
        for c, value in enumerate(row):
            sheet.cell(3 + r, 6 + c, value)
    left, right = tables(_saved(book, tmp_path / "a.xlsx"))
    assert (left.caption, right.caption) == ("Obras del norte", "Obras del sur")
    assert texts(right) == [["Obra", "Pagado"], ["Pozo", "7"], ["Muro", "8"]]
    assert left.shape == (5, 4)


def test_a_blank_column_inside_one_table_does_not_cut_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Rubro", None, "2023", "2024"], ["Agua", None, 1, 2], ["Luz", None, 3, 4]):
        sheet.append(row)
    (table,) = tables(_saved(book, tmp_path / "a.xlsx"))
    assert table.shape == (3, 4)


def test_hidden_parts_are_read_and_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Vista"
    for row in (["Sede", "Plazas", "Bajas"], ["Norte", 4, 1], ["Sur", 6, 2]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    secret = book.create_sheet("Detalle")
    secret.sheet_state = "hidden"
    secret.append(["Mes", "Gasto"])
    secret.append(["Mayo", 3])
    reading = _saved(book, tmp_path / "a.xlsx")
    assert [t.shape for t in tables(reading)] == [(3, 3), (2, 2)]
    said = " ".join(reading.warnings)
    assert "«Vista» tiene filas ocultas (3)" in said
    assert "«Vista» tiene columnas ocultas (C)" in said
    assert "«Detalle» está oculta" in said


def test_a_formula_never_calculated_is_no_figure_and_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Mes", "Gasto"], ["Mayo", 3], ["Junio", 4], ["Total", "=SUM(B2:B3)"]):
        sheet.append(row)
    reading = _saved(book, tmp_path / "a.xlsx")
    (table,) = tables(reading)
    cell = next(c for c in table.cells if (c.row, c.column) == (3, 1))
    assert (cell.text, cell.number) == (NOT_CALCULATED, None)
    assert any("fórmulas sin resultado guardado (B4)" in w for w in reading.warnings)


def test_what_floats_over_a_sheet_is_listed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Mes", "Gasto"], ["Mayo", 3]):
        sheet.append(row)
    sheet["B2"].comment = Comment("Sin el aguinaldo", "Ana")
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(sheet, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    sheet.add_chart(chart, "D4")
    reading = _saved(book, tmp_path / "a.xlsx")
    assert ("Sin el aguinaldo", "es un comentario de la celda B2 de «Sheet»") in {
        (item.text, item.reason) for item in reading.left_out
    }
    assert any("gráfico" in item.reason for item in reading.left_out)


def test_value_hidden_under_a_merged_cell_is_left_out_and_listed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Mes", "Gasto"], ["Mayo", 3], ["Junio", 4]):
        sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    other = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:B3"/></mergeCells>')
            target.writestr(name, data)
    reading = read_xlsx(other)
    assert [(c.text, c.rows) for c in tables(reading)[0].cells if c.column == 1] == [("Gasto", 1), ("3", 2)]
    assert [item.text for item in reading.left_out] == ["4"]


def test_text_sheets_are_paragraphs_and_lists(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for text in ("Criterios de registro", "- Se anota lo devengado.", "- Se excluye el traspaso entre cajas."):
        sheet.append([text])
    blocks: tuple[Block, ...] = _saved(book, tmp_path / "a.xlsx").blocks
    assert blocks[1:] == (
        Paragraph(text="Criterios de registro"),
        ListBlock(items=("Se anota lo devengado.", "Se excluye el traspaso entre cajas.")),
    )


def test_pairs_above_a_table_are_its_facts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Entidad:", "Museo del Agua"], [], ["Sala", "Visitas"], ["A", 3], ["B", 4]):
        sheet.append(row)
    (table,) = tables(_saved(book, tmp_path / "a.xlsx"))
    assert [(f.key, f.value) for f in table.facts] == [("entidad", "Museo del Agua")]
    assert table.shape == (3, 2)


def test_automatic_filter_tells_the_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Año", "Mes"], [2024, 1], [2024, 2]):
        sheet.append(row)
    sheet.auto_filter.ref = "A1:B3"
    assert tables(_saved(book, tmp_path / "a.xlsx"))[0].header_rows == 1


def test_a_wrong_size_written_in_the_sheet_loses_no_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for i in range(30):
        sheet.append([f"Fila {i}", i])
    path = tmp_path / "a.xlsx"
    book.save(path)
    other = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'<dimension ref="A1:B30"', b'<dimension ref="A1:A1"'))
    assert tables(read_xlsx(other))[0].shape == (30, 2)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_broken_part_is_one_spanish_line(tmp_path: Path, part: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", 1])
    path = tmp_path / "a.xlsx"
    book.save(path)
    other = tmp_path / "roto.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name == part else data)
    with pytest.raises(ReadError, match=r"«roto\.xlsx» está incompleto o dañado"):
        read_xlsx(other)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no tiene datos"):
        _saved(openpyxl.Workbook(), tmp_path / "a.xlsx")


def test_long_flat_tables_are_read_in_time_in_proportion_to_their_size(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Datos")
    sheet.append(["Año", "Mes", "Oficina", "Partida", "Vigente", "Devengado"])
    for i in range(8000):
        sheet.append([2024, i % 12 + 1, f"Oficina {i % 40}", f"{i % 300:03d} - Partida", i * 1.25, i * 1.01])
    path = tmp_path / "a.xlsx"
    book.save(path)
    start = time.perf_counter()
    (table,) = tables(read_xlsx(path))
    assert table.shape == (8001, 6)
    assert time.perf_counter() - start < 20


@pytest.mark.shared
def test_real_workbooks_equal_an_independent_dump(shared: Path) -> None:
    for path in sorted((shared / "reports" / "real").glob("*.xlsx")):
        reading = read_xlsx(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, data_only=True)
        stored = [c.value for s in book for row in s.iter_rows() for c in row if isinstance(c.value, int | float)]
        found = [c.number for t in tables(reading) for c in t.cells if c.number is not None]
        assert sorted(map(Decimal, found)) == sorted(Decimal(repr(v)) for v in stored)
        words = {
            " ".join(str(c.value).split())
            for s in book
            for row in s.iter_rows()
            for c in row
            if isinstance(c.value, str)
        }
        seen = everything(reading)
        assert [w for w in words if w and w not in seen] == []


@pytest.mark.parametrize("title", [["Cuadro 2: Personal por sede"], ["Personal por sede"], []])
def test_a_table_right_under_another_is_its_own(tmp_path: Path, title: list[str]) -> None:
    """No blank row parts them: a caption, or a total and a header after it, does."""
    book = openpyxl.Workbook()
    sheet = book.active
    _budget(sheet, 1)
    for row in ([title] if title else []) + [["Sede", "Plazas", "Vacantes"], ["Norte", 4, 1], ["Sur", 6, 0]]:
        sheet.append(row)
    first, second = tables(_saved(book, tmp_path / "a.xlsx"))
    assert [r[0] for r in texts(first)] == ["Obra", "", "Puente del Molino", "Camino a Las Lomas", "Total"]
    assert second.caption == "".join(title)
    assert texts(second) == [["Sede", "Plazas", "Vacantes"], ["Norte", "4", "1"], ["Sur", "6", "0"]]
