"""Render a report as a PDF: running head, page x of y, tables over several pages with their header repeated."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, LongTable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from corpus.model import Block, BlockKind, ReportSpec, RowMark, TableSpec, printed_cells, spans

_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.5, leading=13, spaceAfter=5)
_TITLE = ParagraphStyle("title", parent=_BODY, fontName="Helvetica-Bold", fontSize=16, leading=20, spaceAfter=10)
_HEADING = {
    1: ParagraphStyle(
        "h1", parent=_BODY, fontName="Helvetica-Bold", fontSize=13, leading=16, spaceBefore=8, keepWithNext=1
    ),
    2: ParagraphStyle(
        "h2", parent=_BODY, fontName="Helvetica-Bold", fontSize=11, leading=14, spaceBefore=6, keepWithNext=1
    ),
}
_NOTE = ParagraphStyle("note", parent=_BODY, fontName="Helvetica-Oblique", fontSize=8, leading=10)
_BULLET = ParagraphStyle("bullet", parent=_BODY, leftIndent=14, bulletIndent=4)
_LETTER = ParagraphStyle("letter", parent=_BODY, leftIndent=28)
_CAPTION = ParagraphStyle("caption", parent=_BODY, fontName="Helvetica-Bold", alignment=TA_CENTER, spaceAfter=2)
_UNIT = ParagraphStyle("unit", parent=_BODY, fontSize=8.5, alignment=TA_CENTER, spaceAfter=4)
_CELL = ParagraphStyle("cell", parent=_BODY, fontSize=7.2, leading=8.8, spaceAfter=0)
_STYLES = {
    "text": _CELL,
    "number": ParagraphStyle("number", parent=_CELL, alignment=TA_RIGHT),
    "head": ParagraphStyle("head", parent=_CELL, fontName="Helvetica-Bold", alignment=TA_CENTER),
    "text-bold": ParagraphStyle("text-bold", parent=_CELL, fontName="Helvetica-Bold"),
    "number-bold": ParagraphStyle("number-bold", parent=_CELL, fontName="Helvetica-Bold", alignment=TA_RIGHT),
}
_MARGIN = 1.8 * cm


def write_pdf(report: ReportSpec, path: Path) -> None:
    """Write the report to `path`; the file carries no date, so that it can be compared."""
    size = landscape(A4) if report.landscape else A4
    template = SimpleDocTemplate(
        str(path),
        pagesize=size,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=2.2 * cm,
        bottomMargin=1.8 * cm,
        title=report.title,
        author=report.institution,
        invariant=1,
    )
    flow: list[Any] = [Paragraph(escape(report.title), _TITLE)]
    for block in report.blocks:
        flow.extend(_flowables(report, block, size[0] - 2 * _MARGIN))
    template.build(flow, canvasmaker=_numbered(report.running_head))


def _flowables(report: ReportSpec, block: Block, width: float) -> list[Any]:
    text = escape(block.text)
    if block.kind is BlockKind.TABLE:
        return _table(report.tables[block.text], report.convention, width)
    if block.kind is BlockKind.PAGE_BREAK:
        return [PageBreak()]
    if block.kind is BlockKind.HEADING:
        return [Paragraph(text, _HEADING[min(block.level, 2)])]
    if block.kind is BlockKind.BULLET:
        return [Paragraph(text, _BULLET, bulletText="•")]
    if block.kind is BlockKind.HEAD:
        key, _, value = text.partition(":")
        return [Paragraph(f"<b>{key}:</b>{value}", _BODY)]
    style = {BlockKind.NOTE: _NOTE, BlockKind.LETTER: _LETTER}.get(block.kind, _BODY)
    return [Paragraph(text, style)]


def _table(table: TableSpec, convention: str, width: float) -> list[Any]:
    head = [Paragraph(escape(t), s) for t, s in ((table.caption, _CAPTION), (table.unit, _UNIT)) if t]
    depth = len(table.header)
    lines: list[list[Any]] = [[""] * len(table.keys) for _ in range(depth)]
    for top, left, _, _, text in spans(table.header):
        lines[top][left] = Paragraph(escape(text), _STYLES["head"])
    for row in table.rows:
        bold = "" if row.mark is RowMark.DATA else "-bold"
        lines.append(
            [
                Paragraph(escape(text), _STYLES[("text" if place < table.texts else "number") + bold])
                for place, text in enumerate(printed_cells(table, row, convention=convention))
            ]
        )
    shares = table.widths or (1.0,) * len(table.keys)
    grid = LongTable(lines, colWidths=[width * s / sum(shares) for s in shares], repeatRows=depth)
    grid.setStyle(TableStyle(_rules(table, depth)))
    if len(table.rows) > 12:
        return [*head, grid, Spacer(1, 10)]
    return [KeepTogether([*head, grid]), Spacer(1, 10)]


def _rules(table: TableSpec, depth: int) -> list[tuple[Any, ...]]:
    rules: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("GRID", (0, 0), (-1, depth - 1), 0.5, colors.black),
        ("BACKGROUND", (0, 0), (-1, depth - 1), colors.HexColor("#dde6ee")),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    rules.extend(
        ("SPAN", (left, top), (left + columns - 1, top + rows - 1))
        for top, left, rows, columns, _ in spans(table.header)
        if rows > 1 or columns > 1
    )
    if table.style == "open":
        rules.append(("LINEBELOW", (0, -1), (-1, -1), 0.8, colors.black))
    else:
        rules.append(("GRID", (0, depth), (-1, -1), 0.3, colors.grey))
    return rules


def _numbered(running_head: str) -> type[Canvas]:
    class Numbered(Canvas):  # type: ignore[misc]  # reportlab ships no types
        """Keeps the pages until the end, when their number is known."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for place, page in enumerate(self._kept, start=1):
                self.__dict__.update(page)
                self.setFont("Helvetica", 8)
                width, height = self._pagesize
                self.drawString(_MARGIN, height - 1.2 * cm, running_head)
                self.drawRightString(width - _MARGIN, 1 * cm, f"Página {place} de {len(self._kept)}")
                super().showPage()
            super().save()

    return Numbered
