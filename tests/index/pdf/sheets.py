"""PDFs rendered for the tests: own layouts, own invented text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from index.blocks import RawTable, Reading

Draw = Callable[["Sheet"], None]


class Sheet:
    """A canvas with levels counted from the top; `text` writes at the left, `right` ends at x, `centre` around x."""

    def __init__(self, path: Path, *, wide: bool = False) -> None:
        self.size = landscape(A4) if wide else A4
        self.canvas = Canvas(str(path), pagesize=self.size)
        self.font()

    def font(self, size: float = 9, *, bold: bool = False) -> None:
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)

    def text(self, x: float, y: float, text: str) -> None:
        self.canvas.drawString(x, self.size[1] - y, text)

    def right(self, x: float, y: float, text: str) -> None:
        self.canvas.drawRightString(x, self.size[1] - y, text)

    def centre(self, x: float, y: float, text: str) -> None:
        self.canvas.drawCentredString(x, self.size[1] - y, text)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.rect(x0, self.size[1] - y1, x1 - x0, y1 - y0)

    def row(self, y: float, cells: Sequence[tuple[float, str]]) -> None:
        """A label at its x, then figures that end at theirs."""
        (x, label), *figures = cells
        self.text(x, y, label)
        for end, figure in figures:
            self.right(end, y, figure)

    def next_page(self) -> None:
        self.canvas.showPage()
        self.font()


def tables(reading: Reading) -> list[RawTable]:
    return [b for b in reading.blocks if isinstance(b, RawTable)]


def rows(table: RawTable) -> list[list[str]]:
    """The grid as lists of texts; a merged cell stands at its top left place."""
    high, wide = table.shape
    found = [[""] * wide for _ in range(high)]
    for cell in table.cells:
        found[cell.row][cell.column] = (found[cell.row][cell.column] + " " + cell.text).strip()
    return found
