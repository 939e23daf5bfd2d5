"""Render a report as a word-processor file: styles for headings and lists, header rows repeated on each page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from corpus.fixed_zip import save_fixed
from corpus.model import Block, BlockKind, ReportSpec, RowMark, TableSpec, printed_cells, spans


def write_docx(report: ReportSpec, path: Path) -> None:
    """Write the report to `path`."""
    import docx  # noqa: PLC0415 - only this format needs it
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415

    document = docx.Document()
    section = document.sections[0]
    if report.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.header.paragraphs[0].text = report.running_head
    document.core_properties.title = report.title
    document.core_properties.author = report.institution
    document.add_paragraph(report.title, style="Title")
    for block in report.blocks:
        _add(document, report, block)
    content = BytesIO()
    document.save(content)
    save_fixed(content, path)


def _add(document: Any, report: ReportSpec, block: Block) -> None:
    if block.kind is BlockKind.TABLE:
        _add_table(document, report.tables[block.text], report.convention)
    elif block.kind is BlockKind.HEADING:
        document.add_heading(block.text, level=block.level)
    elif block.kind is BlockKind.BULLET:
        document.add_paragraph(block.text, style="List Bullet")
    elif block.kind is BlockKind.LETTER:
        document.add_paragraph(block.text, style="List Continue")
    elif block.kind is BlockKind.PAGE_BREAK:
        document.add_page_break()
    elif block.kind is BlockKind.HEAD:
        key, _, value = block.text.partition(":")
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{key}:").bold = True
        paragraph.add_run(value)
    else:
        paragraph = document.add_paragraph()
        paragraph.add_run(block.text).italic = block.kind is BlockKind.NOTE


def _add_table(document: Any, table: TableSpec, convention: str) -> None:
    page = document.sections[0]
    width = page.page_width - page.left_margin - page.right_margin
    if table.caption:
        document.add_paragraph(table.caption, style="Caption")
    if table.unit:
        document.add_paragraph(table.unit)
    depth = len(table.header)
    grid = document.add_table(rows=depth + len(table.rows), cols=len(table.keys), style="Table Grid")
    lines = list(grid.rows)
    _set_widths(grid, table, width)
    for top, left, rows, columns, text in spans(table.header):
        cell = grid.cell(top, left)
        if rows > 1 or columns > 1:
            cell = cell.merge(grid.cell(top + rows - 1, left + columns - 1))
        _write(cell, text, bold=True, right=False)
    for line in lines[:depth]:
        _mark_header(line)
    for line, row in zip(lines[depth:], table.rows, strict=True):
        for place, (cell, text) in enumerate(
            zip(line.cells, printed_cells(table, row, convention=convention), strict=True)
        ):
            _write(cell, text, bold=row.mark is not RowMark.DATA, right=place >= table.texts)
    document.add_paragraph()


def _set_widths(grid: Any, table: TableSpec, width: int) -> None:
    shares = table.widths or (1.0,) * len(table.keys)
    grid.autofit = False
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = int(width * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width


def _write(cell: Any, text: str, *, bold: bool, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(8)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark_header(line: Any) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no API for it
