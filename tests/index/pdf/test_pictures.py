"""No picture on a printed page is passed over in silence."""

from __future__ import annotations

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from index.model import LeftOut
from index.pdf import pictures
from tests.index.pdf.conftest import Make
from tests.index.pdf.sheets import Draw, Sheet

GREY = ImageReader(Image.new("L", (60, 40), 128))  # nothing in it that OCR would take for writing


def page(x: float, top: float, wide: float, high: float, *, lines: int = 0, over: bool = False) -> Draw:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.drawImage(GREY, x, sheet.size[1] - top - high, wide, high)
        sheet.text(60, 800, "La obra avanza según lo previsto.")
        for i in range(lines):
            sheet.text(x + 10 if over else 60, top + 20 + 14 * i, "Cada barrio recibió su parte de los materiales.")

    return draw


@pytest.mark.parametrize(
    ("draw", "reason", "text", "warned"),
    [
        (page(60, 60, 60, 40), pictures.SMALL, "imagen de 2,1 × 1,4 cm", False),
        (page(60, 60, 200, 140), pictures.PICTURE, "imagen de 7,1 × 4,9 cm", False),
        (page(60, 60, 400, 300), pictures.PICTURE, "imagen de 14,1 × 10,6 cm", True),
        (page(60, 60, 400, 300, lines=2, over=True), pictures.PICTURE, "imagen de 14,1 × 10,6 cm", True),
        (page(60, 60, 400, 300, lines=8, over=True), pictures.BEHIND, "imagen de 14,1 × 10,6 cm", False),
    ],
)
def test_a_picture_that_is_not_read_is_told_whatever_its_size(
    make: Make, draw: Draw, reason: str, text: str, warned: bool
) -> None:
    reading = make(draw)
    assert reading.left_out == (LeftOut(text=text, reason=reason, page=1),)
    assert any("lleva una imagen grande" in w for w in reading.warnings) == warned


def test_a_logo_on_every_page_is_told_once(make: Make) -> None:
    reading = make(*[page(60, 30, 60, 40)] * 4)
    assert [left.reason for left in reading.left_out if "imagen" in left.reason] == [pictures.REPEATED]


def test_several_small_pictures_of_a_page_are_counted(make: Make) -> None:
    def draw(sheet: Sheet) -> None:
        for i in range(5):
            page(60 + 70 * i, 60, 60, 40)(sheet)

    assert [left.text for left in make(draw).left_out] == ["5 imágenes, la mayor de 2,1 × 1,4 cm"]
