"""Render a report as a workbook: title rows above merged headers, numbers stored as numbers."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from corpus.fixed_zip import save_fixed
from corpus.model import Block, BlockKind, ReportSpec, RowMark, TableSpec, is_number, spans


def write_xlsx(report: ReportSpec, path: Path) -> None:
    """Write the report to `path`; the first block of the body must open a sheet."""
    import openpyxl  # noqa: PLC0415 - only this format needs it

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = report.title
    book.properties.creator = report.institution
    sheet: Any = None
    for block in report.blocks:
        if block.kind is BlockKind.SHEET:
            sheet = book.create_sheet(block.text)
            sheet.column_dimensions["A"].width = 16
            sheet.column_dimensions["B"].width = 52
        else:
            _add(sheet, report, block)
    content = BytesIO()
    book.save(content)
    save_fixed(content, path)


def _next(sheet: Any) -> int:
    used = sheet.max_row
    return int(used) + 1 if used > 1 or sheet.cell(1, 1).value is not None else 1


def _add(sheet: Any, report: ReportSpec, block: Block) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415

    if block.kind is BlockKind.TABLE:
        _add_table(sheet, report.tables[block.text])
        return
    cell = sheet.cell(_next(sheet), 1, block.text)
    cell.font = Font(bold=block.kind is BlockKind.HEADING, italic=block.kind is BlockKind.NOTE)


def _add_table(sheet: Any, table: TableSpec) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    for line in (table.caption, table.unit):
        if line:
            sheet.cell(_next(sheet), 1, line).font = Font(bold=True)
    top = _next(sheet) + 1
    for up, left, rows, columns, text in spans(table.header):
        cell = sheet.cell(top + up, left + 1, text)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if rows > 1 or columns > 1:
            sheet.merge_cells(
                start_row=top + up, start_column=left + 1, end_row=top + up + rows - 1, end_column=left + columns
            )
    for down, row in enumerate(table.rows, start=top + len(table.header)):
        for place, text in enumerate(row.cells):
            _add_cell(sheet.cell(down, place + 1), text, number=place >= table.texts, bold=row.mark is not RowMark.DATA)


def _add_cell(cell: Any, text: str, *, number: bool, bold: bool) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415

    if not text:
        return
    cell.value = text
    if number and is_number(text):
        cell.value = float(text) if "." in text else int(text)
        cell.number_format = "#,##0.00" if "." in text else "#,##0"
    elif number and text.endswith("%") and is_number(text[:-1]):
        cell.value = float(Decimal(text[:-1]) / 100)
        cell.number_format = "0.00%"
    cell.font = Font(bold=bold)
