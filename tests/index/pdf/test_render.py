"""Pages as images: the boxes of the reader lie on the printed words, also where the sheet is cropped or turned."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from index.errors import ReadError
from index.model import Box
from index.pdf.render import PageImage, find_text, render_page
from index.pdf.source import open_pdf
from index.pdf.turning import turn_back

WORD = "QUETZALES"


def sheet(*, crop: tuple[int, int, int, int] | None = None, rotate: int = 0) -> bytes:
    """One letter page with one word; crop: its crop box; rotate: degrees that viewers turn it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792))
    canvas.setFont("Helvetica", 14)
    canvas.drawString(300, 500, WORD)
    if crop:
        canvas.setCropBox(crop)
    if rotate:
        canvas.setPageRotation(rotate)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def word_box(data: bytes, folder: Path) -> Box:
    """Where the reader says the word stands."""
    path = folder / "hoja.pdf"
    path.write_bytes(data)
    with open_pdf(path) as pdf:
        ink = pdf.ink(1)
    word = next(w for w in (*ink.words, *ink.sideways) if w.text == WORD)
    box = Box(x0=word.x0, top=word.top, x1=word.x1, bottom=word.bottom)
    return turn_back(box, ink.turned, ink.width, ink.height)


def dark_share(image: PageImage, box: Box) -> tuple[float, float]:
    """Share of the image's dark pixels inside the box, and the box's share of the image."""
    picture = Image.open(io.BytesIO(image.png)).convert("L")
    scale = picture.width / image.width
    pixels = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) < 128  # type: ignore[operator]
    ]
    inside = [
        1 for x, y in pixels if box.x0 - 1 <= x / scale <= box.x1 + 1 and box.top - 1 <= y / scale <= box.bottom + 1
    ]
    area = (box.x1 - box.x0) * (box.bottom - box.top) / (image.width * image.height)
    return len(inside) / max(len(pixels), 1), area


@pytest.mark.parametrize(
    "data",
    [sheet(), sheet(crop=(100, 100, 600, 700)), sheet(crop=(-20, -20, 640, 800)), sheet(rotate=90), sheet(rotate=270)],
    ids=["plain", "cropped", "wide crop", "turned", "turned back"],
)
def test_the_box_of_a_word_lies_on_its_ink(data: bytes, tmp_path: Path) -> None:
    """All ink of the page is the word, and all of it is inside the reader's box."""
    image = render_page(data, 1)
    inside, area = dark_share(image, word_box(data, tmp_path))
    assert inside > 0.98
    assert area < 0.01


def test_a_quote_is_found_line_by_line(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792))
    for line, text in enumerate(("El gasto (total) creció", "por las lluvias de mayo.", "Otra cosa.")):
        canvas.drawString(72, 700 - 20 * line, text)
    canvas.save()
    boxes = find_text(out.getvalue(), 1, "gasto (total) creció por las lluvias")
    assert len(boxes) == 2
    assert boxes[0].top < boxes[1].top
    assert boxes[0].x0 > 72  # the quote begins after the first word
    assert find_text(out.getvalue(), 1, "no está") == ()
    assert find_text(out.getvalue(), 1, " ") == ()


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_page_that_is_not_there_is_said(number: int) -> None:
    with pytest.raises(ReadError, match=f"página {number}"):
        render_page(sheet(), number)


def test_a_damaged_file_is_said() -> None:
    with pytest.raises(ReadError, match="página 1"):
        render_page(b"%PDF-1.4 nada", 1)


def test_many_sessions_draw_at_once() -> None:
    """The engine is not safe to call from two threads: nobody may notice."""
    data = sheet()
    with ThreadPoolExecutor(6) as pool:
        images = list(pool.map(lambda _: render_page(data, 1), range(12)))
    assert {(i.width, i.height) for i in images} == {(612, 792)}
    assert len({i.png for i in images}) == 1


def test_a_huge_sheet_is_drawn_smaller() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(7200, 7200))
    canvas.drawString(10, 10, "x")
    canvas.save()
    picture = Image.open(io.BytesIO(render_page(out.getvalue(), 1).png))
    assert picture.width * picture.height < 4_100_000
