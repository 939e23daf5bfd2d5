"""Pages that are pictures: read by OCR, each figure trusted only where its readings and the sums agree."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from index.ingest import load, read_report
from index.memory_store import MemoryStore
from index.model import Box, Report, Role
from index.ocr import inset, tesseract
from index.pdf.pictures import REPEATED
from index.pdf.reader import read_pdf
from index.pdf.values import Ink
from tests.index.ocr.scans import DPI, bind, budget, money, picture_of
from tests.index.pdf.sheets import Sheet

EDGES = (60, 200, 310, 420, 530)
HEAD = ("Programa", "Vigente", "Ejecutado", "Saldo")


@pytest.fixture(autouse=True)
def _installed() -> None:
    if not tesseract.available():
        assert not os.environ.get("CI"), "a build machine reads scans: tesseract-ocr-spa is missing"
        pytest.skip("tesseract-ocr and tesseract-ocr-spa are not installed")


def table(count: int, *, ruled: bool = True) -> Callable[[Sheet], None]:
    """A budget of so many rows with its total."""
    rows = budget(count)

    def draw(sheet: Sheet) -> None:
        sheet.font(11, bold=True)
        sheet.text(60, 70, "Municipalidad de Villa Serena")
        sheet.text(60, 88, "Cuadro 1. Ejecución del gasto, año 2023 (en pesos)")
        bottom = 110 + 18 * (len(rows) + 2)
        for y in range(110, bottom + 1, 18) if ruled else ():
            sheet.line(EDGES[0], y, EDGES[-1], y)
        for x in EDGES if ruled else ():
            sheet.line(x, 110, x, bottom)
        sheet.font(9, bold=True)
        sheet.text(64, 123, HEAD[0])
        for x, name in zip(EDGES[2:], HEAD[1:], strict=True):
            sheet.right(x - 5, 123, name)
        sheet.font(9)
        total = [sum(r[i] for r in rows) for i in (1, 2, 3)]
        for i, (name, *figures) in enumerate([*rows, ("TOTAL", *total)]):
            ends = [x - 5 for x in EDGES[2:]]
            sheet.row(141 + 18 * i, [(64, name), *zip(ends, map(money, figures), strict=True)])

    return draw


def figures(report: Report) -> list[tuple[str, int, Decimal | None, bool | None]]:
    """Row name, number column counted from 0, value, trust."""
    (found,) = report.tables
    numbers = [c.index for c in found.columns if c.role is Role.NUMBER]
    return [
        (row.label, place, row.cells[c].value, row.cells[c].verified)
        for row in found.rows
        for place, c in enumerate(numbers)
        if row.cells[c].text
    ]


def true_figures(count: int) -> list[Decimal]:
    rows = budget(count)
    rows.append(("TOTAL", *(sum(r[i] for r in rows) for i in (1, 2, 3))))
    return [Decimal(f) / 100 for row in rows for f in row[1:]]


@pytest.mark.parametrize(
    ("skew", "grain", "ruled"), [(0.0, 0.0, True), (1.3, 0.4, True), (-0.7, 0.3, False)], ids=["flat", "askew", "open"]
)
def test_a_scanned_table_is_read_cell_by_cell_and_trusted_figures_are_right(
    tmp_path: Path, skew: float, grain: float, ruled: bool
):
    """Every figure accepted as verified is the printed one; nearly all are verified."""
    picture = picture_of(table(5, ruled=ruled), tmp_path, skew=skew, grain=grain)
    report = read_report(bind(tmp_path / "escaneado.pdf", [picture]))
    found, wanted = figures(report), true_figures(5)
    assert len(found) == len(wanted)
    wrong = [(f, w) for f, w in zip(found, wanted, strict=True) if f[3] and f[2] != w]
    assert not wrong
    assert sum(f[3] is True for f in found) >= 0.85 * len(found)
    assert report.document.scanned == (1,)
    assert any("OCR" in w and f"de {len(found)} cifras" in w for w in report.document.warnings)
    assert [c.header for c in report.tables[0].columns] == list(HEAD)


def test_a_page_that_lies_on_its_side_is_turned(tmp_path: Path):
    picture = picture_of(table(4), tmp_path)
    report = read_report(bind(tmp_path / "acostado.pdf", [picture], turn=90))
    right = [f[2] == w for f, w in zip(figures(report), true_figures(4), strict=True)]
    assert sum(right) >= 0.9 * len(right)
    box = next(c.box for r in report.tables[0].rows for c in r.cells if c.box and c.verified)
    assert box.bottom - box.top > box.x1 - box.x0  # on the page as it is shown, the figure stands upright


def test_the_box_of_a_figure_is_where_it_stands_on_the_page(tmp_path: Path):
    """A crop can be shown beside an unverified figure."""
    report = read_report(bind(tmp_path / "recorte.pdf", [picture_of(table(4), tmp_path, skew=1.0)]))
    row = report.tables[0].rows[0]
    box = row.cells[1].box
    assert box is not None
    assert EDGES[1] < box.x0 < box.x1 < EDGES[2] + 4
    assert 125 < box.top < box.bottom < 150


def test_a_mixed_file_is_routed_page_by_page(tmp_path: Path):
    """Printed pages are read as print, without doubts; only the picture goes to OCR."""
    picture = picture_of(table(3), tmp_path)
    report = read_report(bind(tmp_path / "mixto.pdf", [table(4), picture]))
    assert report.document.scanned == (2,)
    printed = [c.verified for t in report.tables for r in t.rows for c in r.cells if c.page == 1]
    assert printed
    assert set(printed) == {None}


def test_an_empty_sheet_is_no_unread_page(tmp_path: Path):
    picture = picture_of(lambda sheet: sheet.text(60, 70, " "), tmp_path, grain=0.05)
    reading = read_pdf(bind(tmp_path / "vacia.pdf", [table(4), picture]))
    assert reading.unread == ()


def test_a_picture_without_writing_is_reported(tmp_path: Path):
    """A page that OCR cannot read is named, never skipped in silence."""

    def scrawl(sheet: Sheet) -> None:
        for i in range(40):
            sheet.line(100 + 7 * i, 200, 380 - 7 * i, 500)

    reading = read_pdf(bind(tmp_path / "garabato.pdf", [table(4), picture_of(scrawl, tmp_path)]))
    assert reading.unread == (2,) or any(left.page == 2 for left in reading.left_out)


def test_without_tesseract_the_page_is_named_with_the_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = bind(tmp_path / "sin.pdf", [table(4), picture_of(table(3), tmp_path)])
    monkeypatch.setattr(tesseract, "available", lambda: False)
    (warning,) = read_pdf(path).warnings
    assert warning.startswith("La página 2 ")
    assert tesseract.PACKAGES in warning
    (outcome,) = load([path], MemoryStore())
    assert outcome.document is not None


def test_a_failing_tesseract_leaves_the_page_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tesseract, "SECONDS", 0.01)
    reading = read_pdf(bind(tmp_path / "lento.pdf", [table(4), picture_of(table(3), tmp_path)]))
    assert reading.unread == (2,)
    assert any("página 2" in w for w in reading.warnings)


def with_picture(path: Path, image: Image.Image, *, wide: float = 470) -> Path:
    """A printed page: two lines, a caption, a picture, one line more."""
    sheet = Sheet(path)
    sheet.text(60, 80, "El cuadro que sigue se tomó del acta de la sesión y se pegó aquí como imagen, porque")
    sheet.text(60, 92, "el sistema de la tesorería no deja copiar sus filas al informe anual de la oficina.")
    sheet.font(10, bold=True)
    sheet.text(60, 118, "Cuadro 2. Ejecución del gasto (en pesos)")
    sheet.font()
    high = wide * image.height / image.width
    data = io.BytesIO()
    image.save(data, format="PNG")
    data.seek(0)
    sheet.canvas.drawImage(ImageReader(data), 60, sheet.size[1] - 126 - high, wide, high)
    sheet.text(60, 126 + high + 30, "La tesorería publicará las filas completas en el mes de marzo, con sus anexos.")
    sheet.canvas.save()
    return path


def cut_table(folder: Path, count: int) -> Image.Image:
    """The picture of a table alone."""
    box = [round(v * DPI / 72) for v in (50, 100, 545, 118 + 18 * (count + 2))]
    return picture_of(table(count), folder).crop((box[0], box[1], box[2], box[3]))


def test_a_picture_of_a_table_on_a_printed_page_is_read_where_it_stands(tmp_path: Path):
    """Its figures are told apart as read by OCR, print stays print, boxes lie on the picture."""
    report = read_report(with_picture(tmp_path / "a.pdf", cut_table(tmp_path, 6)))
    found = figures(report)
    assert [value for _, _, value, _ in found] == true_figures(6)
    assert all(verified is not None for *_, verified in found)
    assert sum(bool(verified) for *_, verified in found) > 0.8 * len(found)
    prose = " ".join(chunk.text for chunk in report.chunks)
    assert "se tomó del acta" in prose
    assert "con sus anexos" in prose
    assert report.document.scanned == (1,)
    assert any("lleva una con texto" in w for w in report.document.warnings)
    cell = next(c for row in report.tables[0].rows for c in row.cells if c.verified)
    assert cell.box is not None
    assert 60 < cell.box.x0 < cell.box.x1 < 530
    assert 126 < cell.box.top < cell.box.bottom < 300


def test_a_small_picture_of_a_table_is_read_too(tmp_path: Path):
    """A twentieth of the page: no logo holds rows of figures."""
    report = read_report(with_picture(tmp_path / "a.pdf", cut_table(tmp_path, 3), wide=330))
    assert [value for _, _, value, _ in figures(report)] == true_figures(3)
    assert not any("no se leyó su contenido" in w for w in report.document.warnings)


def test_a_logo_is_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A small picture without writing at one place of many pages costs one reading, and is named once."""
    asked: list[int] = []

    def nothing(ink: Ink, _whole: object, boxes: list[Box]) -> Ink:
        asked.extend([ink.number] * len(boxes))
        return ink

    monkeypatch.setattr(inset, "with_insets", nothing)
    data = io.BytesIO()
    Image.new("L", (60, 40), 128).save(data, format="PNG")
    sheet = Sheet(tmp_path / "a.pdf")
    for number in range(4):
        if number:
            sheet.next_page()
        data.seek(0)
        sheet.canvas.drawImage(ImageReader(data), 60, 640, 170, 110)
        sheet.text(60, 300, f"La oficina atendió {number + 3} consultas por día.")
    sheet.canvas.save()
    report = read_report(tmp_path / "a.pdf")
    assert asked == [1]
    assert [left.reason for left in report.document.left_out] == [REPEATED]


def test_a_photograph_on_a_printed_page_stays_a_picture_that_is_named(tmp_path: Path):
    grey = np.add.outer(np.linspace(40, 230, 600), np.linspace(-40, 40, 900))
    noise = np.random.default_rng(3).normal(0, 12, grey.shape)
    photo = Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))
    report = read_report(with_picture(tmp_path / "a.pdf", photo))
    assert report.document.scanned == ()
    assert any("no se leyó su contenido" in w for w in report.document.warnings)


def test_without_tesseract_a_picture_of_a_table_is_named_with_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = with_picture(tmp_path / "a.pdf", cut_table(tmp_path, 6))
    monkeypatch.setattr(tesseract, "available", lambda: False)
    report = read_report(path)
    assert report.tables == ()
    (warning,) = (w for w in report.document.warnings if "imagen" in w)
    assert "tesseract-ocr-spa" in warning
