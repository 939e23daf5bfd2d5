"""One report in two files gives one set of cells, row by row."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from index.ingest import read_report
from index.model import Cell, Report, RowKind
from tests.index.pdf.sheets import Sheet

DASHES = ("-", "–", "—")
HEADER = ("Concepto", "Aprobado", "Ampliaciones", "Modificado")
EDGES = (60.0, 250.0, 330.0, 410.0, 490.0)
ORGANS = (  # label as the print wraps it, figures of the workbook as its own arithmetic leaves them
    (("Secretaría de Cultivos",), (1200.5, 300.25, 1500.7500000000002)),
    (("Oficina de Semillas y Viveros",), (0, 474.1, 474.1)),
    (("Dirección de Caminos Rurales, Puentes y", "Canales Menores"), (900, -100.1, 799.8999999999999)),
)
LISTED = (  # labels beside which nothing stands
    ("Consejo Vecinal",),
    ("Fondos de Riego con Participación de Juntas", "Locales Mayoritaria"),
    ("Fondos de Riego Financieros sin Participación", "Vecinal Mayoritaria"),
    ("Comisión de Aguas",),
    ("Registro de Pozos",),
)

Cells = list[tuple[tuple[str, ...], list[tuple[str, RowKind, tuple[Decimal | str, ...]]], bool]]


def content(cell: Cell) -> Decimal | str:
    """The figure, or the text where it has none. An accountant's dash is printed for a stored zero."""
    if cell.value is not None:
        return cell.value
    return Decimal(0) if cell.text in DASHES else cell.text


def cells(report: Report) -> Cells:
    """For each table its headers, its rows with all cells, and whether it is said not to apply."""
    return [
        (
            tuple(c.header for c in table.columns),
            [(row.label, row.kind, tuple(map(content, row.cells))) for row in table.rows],
            any("NO APLICA" in note for note in table.notes),
        )
        for table in report.tables
    ]


@pytest.mark.shared
def test_a_workbook_and_its_print_give_the_same_cells_row_by_row(shared: Path):
    folder = shared / "reports" / "real"
    pairs = [(p, p.with_suffix(".xlsx")) for p in sorted(folder.glob("*.pdf")) if p.with_suffix(".xlsx").exists()]
    assert pairs
    for pdf, xlsx in pairs:
        printed, stored = cells(read_report(pdf)), cells(read_report(xlsx))
        assert sum(isinstance(c, Decimal) for _, rows, _ in stored for _, _, held in rows for c in held) > 50
        assert printed == stored


def amount(value: float) -> str:
    return "-" if not value else f"{value:,.2f}"


def draw_frame(sheet: Sheet, top: float, bottom: float) -> float:
    """A ruled header, the columns of an open body and a ruled total; returns the level of the first line."""
    for y in (top, top + 16, bottom, bottom + 16):
        sheet.line(EDGES[0], y, EDGES[-1], y)
    for x in EDGES:
        sheet.line(x, top, x, bottom + 16)
    sheet.font(8, bold=True)
    for x, label in zip(EDGES, HEADER, strict=False):
        sheet.text(x + 3, top + 11, label)
    sheet.font(8)
    return top + 28


def draw_print(path: Path) -> None:
    """Rows follow each other at 10 points, the lines of one label at 9; no rule parts the rows."""
    sheet = Sheet(path)
    sheet.font(10, bold=True)
    sheet.text(60, 60, "Cuadro 1. Presupuesto por dependencia (en colones)")
    y = draw_frame(sheet, 80, 160)
    for lines, figures in ORGANS:
        for i, line in enumerate(lines):
            sheet.text(63, y + 9 * i, line)
        for x, figure in zip(EDGES[2:], figures, strict=True):
            sheet.right(x - 3, y, amount(figure))
        y += 10 + 9 * (len(lines) - 1)
    sheet.row(171, [(63, "Total"), (327, "2,100.50"), (407, "674.25"), (487, "2,774.75")])
    sheet.font(10, bold=True)
    sheet.text(60, 230, "Cuadro 2. Presupuesto por órgano (en colones)")
    y = draw_frame(sheet, 250, 345)
    for lines in LISTED:
        for i, line in enumerate(lines):
            sheet.text(63, y + 9 * i, line)
        y += 10 + 9 * (len(lines) - 1)
    sheet.row(356, [(63, "Total"), (327, "-"), (407, "-"), (487, "-")])
    sheet.font(22)
    sheet.text(285, 315, "NO APLICA")
    sheet.canvas.save()


BOX = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col>
<xdr:colOff>0</xdr:colOff><xdr:row>11</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>3</xdr:col>
<xdr:colOff>0</xdr:colOff><xdr:row>13</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp><xdr:txBody><a:bodyPr/>
<a:p><a:r><a:t>NO APLICA</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"""
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def save_workbook(path: Path) -> None:
    """The same tables as cells, and the box that the print shows over the second."""
    book = openpyxl.Workbook()
    sheet = book.active
    grid: list[list[object]] = [["Cuadro 1. Presupuesto por dependencia (en colones)"], [*HEADER]]
    grid += [[" ".join(lines), *figures] for lines, figures in ORGANS]
    grid += [["Total", 2100.5, 674.25, 2774.75], [], []]
    grid += [["Cuadro 2. Presupuesto por órgano (en colones)"], [*HEADER], *([" ".join(lines)] for lines in LISTED)]
    grid += [["Total", 0, 0, 0]]
    for row in grid:
        sheet.append(row)
    for line in sheet.iter_rows():
        for cell in line:
            cell.number_format = '#,##0.00;-#,##0.00;"-"'
    plain = path.with_name("sin_caja.xlsx")
    book.save(plain)
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for item in source.namelist():
            data = source.read(item)
            if item == name:
                data = data.replace(
                    b"</worksheet>", f'<drawing xmlns:r="{RELATION}" r:id="rId1"/></worksheet>'.encode()
                )
            target.writestr(item, data)
        target.writestr("xl/drawings/drawing1.xml", BOX)
        target.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{RELATION}/drawing" Target="../drawings/drawing1.xml"/></Relationships>',
        )


def test_labels_without_figures_wrapped_labels_dashes_and_a_text_laid_over_a_table_are_the_same_in_both(tmp_path: Path):
    pdf, xlsx = tmp_path / "a.pdf", tmp_path / "a.xlsx"
    draw_print(pdf)
    save_workbook(xlsx)
    printed, stored = cells(read_report(pdf)), cells(read_report(xlsx))
    assert [label for label, _, _ in stored[1][1]] == [*(" ".join(lines) for lines in LISTED), "Total"]
    assert stored[0][1][0][2][1:] == (Decimal("1200.50"), Decimal("300.25"), Decimal("1500.75"))
    assert [applies for _, _, applies in stored] == [False, True]
    assert printed == stored
