"""`make` renders pages and reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.blocks import Reading
from index.pdf.reader import read_pdf
from tests.index.pdf.sheets import Draw, Sheet

Make = Callable[..., Reading]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Render and read: make(draw_first_page, draw_second_page, …)."""

    def read(*pages: Draw, wide: bool = False) -> Reading:
        path = tmp_path / "informe.pdf"
        sheet = Sheet(path, wide=wide)
        for index, draw in enumerate(pages):
            if index:
                sheet.next_page()
            draw(sheet)
        sheet.canvas.save()
        return read_pdf(path)

    return read
