"""Scans made for the tests: pages drawn here, turned into pictures, set askew, sprinkled with grain, put into a PDF."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.index.pdf.sheets import Sheet

DPI = 200


def picture_of(draw: Callable[[Sheet], None], folder: Path, *, skew: float = 0.0, grain: float = 0.0) -> Image.Image:
    """The page that `draw` prints, as a scanner would see it. skew: degrees it falls to the right. grain: 0 to 1."""
    path = folder / "impreso.pdf"
    sheet = Sheet(path)
    draw(sheet)
    sheet.canvas.save()
    pdf = pypdfium2.PdfDocument(path)
    image = pdf[0].render(scale=DPI / 72, grayscale=True).to_pil()
    pdf.close()
    if skew:
        image = image.rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if grain:
        noise = np.random.default_rng(7).normal(0, 60 * grain, (image.height, image.width))
        image = Image.fromarray(np.clip(np.asarray(image, dtype=np.float64) + noise, 0, 255).astype(np.uint8))
    return image


def bind(path: Path, pages: Sequence[Image.Image | Callable[[Sheet], None]], *, turn: int = 0) -> Path:
    """A PDF of pictures and printed pages. turn: quarter turns of the pictures, in degrees with the clock."""
    sheet = Sheet(path)
    canvas: Canvas = sheet.canvas
    for index, page in enumerate(pages):
        if index:
            sheet.next_page()
        if isinstance(page, Image.Image):
            image = page.rotate(-turn, expand=True) if turn else page
            wide, high = image.width * 72 / DPI, image.height * 72 / DPI
            canvas.setPageSize((wide, high))
            data = io.BytesIO()
            image.save(data, format="PNG")
            data.seek(0)
            canvas.drawImage(ImageReader(data), 0, 0, wide, high)
        else:
            canvas.setPageSize(sheet.size)
            page(sheet)
    canvas.save()
    return path


def budget(count: int, seed: int = 3) -> list[tuple[str, int, int, int]]:
    """Rows of a budget in cents: name, plan, spent, and what is left."""
    pick = random.Random(seed)
    names = (
        "Caminos",
        "Escuelas",
        "Hospitales",
        "Parques",
        "Archivo",
        "Deportes",
        "Cultura",
        "Aguas",
        "Plazas",
        "Ferias",
    )
    rows = []
    for index in range(count):
        plan = pick.randrange(100_000, 90_000_000)
        spent = pick.randrange(1_000, plan)
        rows.append((names[index % len(names)], plan, spent, plan - spent))
    return rows


def money(cents: int) -> str:
    """1.234.567,89"""
    whole, rest = divmod(abs(cents), 100)
    return ("-" if cents < 0 else "") + f"{whole:,}".replace(",", ".") + f",{rest:02d}"
