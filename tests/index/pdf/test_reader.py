"""A whole PDF: pages joined, running heads apart, prose in order, nothing lost, honest about what it cannot read."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.blocks import Heading, ListBlock, Paragraph
from index.errors import ReadError
from index.ocr import tesseract
from index.pdf.conserve import lost_letters
from index.pdf.reader import read_pdf
from index.pdf.source import open_pdf
from tests.index.pdf.conftest import Make
from tests.index.pdf.sheets import Sheet, rows, tables

LEFT = (
    "La feria del libro abrió sus puertas",
    "durante cinco días en la plaza mayor",
    "y recibió visitas de todas las",
    "escuelas del municipio, que llegaron",
    "en grupos acompañadas por docentes",
    "y familias de los barrios vecinos",
    "que colaboraron con el montaje de",
    "los puestos y de la sala de lectura.",
)
RIGHT = (
    "El segundo encuentro se hará en el",
    "mes de octubre, con talleres nuevos",
    "para personas mayores y un espacio",
    "de cuentos narrados por vecinas que",
    "guardan la memoria oral de la zona",
    "y desean compartirla con quienes se",
    "acercan por primera vez a la lectura",
    "en voz alta frente a otras personas.",
)


def head(sheet: Sheet, page: int) -> None:
    sheet.font(8)
    sheet.text(60, 40, "Sistema de Obras Vecinales")
    sheet.text(60, 52, "PERIODO: MARZO")
    sheet.text(480, 800, f"Página {page} de 2")
    sheet.font()


def part(page: int, first: int, last: int) -> object:
    def draw(sheet: Sheet) -> None:
        head(sheet, page)
        edges = [60, 240, 330, 420]
        high = 100 + 16 * (last - first + 2)
        for y in range(100, high + 1, 16):
            sheet.line(60, y, 420, y)
        for x in edges:
            sheet.line(x, 100, x, high)
        for x, label in zip(edges, ("Obra", "Previsto", "Hecho"), strict=False):
            sheet.text(x + 3, 112, label)
        for i, number in enumerate(range(first, last + 1)):
            sheet.row(128 + 16 * i, [(63, f"Vereda {number}"), (326, f"{number * 7}.50"), (416, f"{number * 3}.25")])

    return draw


def test_a_table_over_two_pages_is_one_without_its_repeated_header(make: Make):
    reading = make(part(1, 1, 4), part(2, 5, 6))
    (table,) = tables(reading)
    assert table.pages == (1, 2)
    assert rows(table)[0] == ["Obra", "Previsto", "Hecho"]
    assert [r[0] for r in rows(table)[1:]] == [f"Vereda {n}" for n in range(1, 7)]
    assert next(c for c in table.cells if c.text == "Vereda 6").page == 2


def test_a_heading_of_rows_under_the_header_of_one_page_keeps_no_table_apart(make: Make):
    """ "7 | Veredas del norte" right under the header reads like its last row; the next page has none such."""

    def heading(sheet: Sheet) -> None:
        head(sheet, 1)
        edges = [60, 90, 240, 330, 420]
        for y in range(100, 181, 16):
            sheet.line(60, y, 420, y)
        for x in edges:
            sheet.line(x, 100, x, 180)
        for x, label in zip(edges, ("N.º", "Obra", "Previsto", "Hecho"), strict=False):
            sheet.text(x + 3, 112, label)
        sheet.text(63, 128, "7")
        sheet.text(93, 128, "Veredas del norte")
        for i in (1, 2, 3):
            sheet.text(63, 128 + 16 * i, f"7.{i}")
            sheet.row(128 + 16 * i, [(93, f"Vereda {i}"), (326, f"{i * 7}.50"), (416, f"{i * 3}.25")])

    def more(sheet: Sheet) -> None:
        head(sheet, 2)
        edges = [60, 90, 240, 330, 420]
        for y in range(100, 149, 16):
            sheet.line(60, y, 420, y)
        for x in edges:
            sheet.line(x, 100, x, 148)
        for x, label in zip(edges, ("N.º", "Obra", "Previsto", "Hecho"), strict=False):
            sheet.text(x + 3, 112, label)
        for i in (4, 5):
            sheet.text(63, 128 + 16 * (i - 4), f"7.{i}")
            sheet.row(128 + 16 * (i - 4), [(93, f"Vereda {i}"), (326, f"{i * 7}.50"), (416, f"{i * 3}.25")])

    (table,) = tables(make(heading, more))
    assert table.pages == (1, 2)
    assert [r[1] for r in rows(table)] == ["Obra", "Veredas del norte", *(f"Vereda {n}" for n in range(1, 6))]


def test_running_heads_and_feet_are_facts_once_and_listed_after(make: Make):
    reading = make(part(1, 1, 4), part(2, 5, 6))
    assert {(f.key, f.value) for f in reading.facts} >= {("periodo", "MARZO")}
    assert any("Página 2 de 2" in left.text for left in reading.left_out)
    assert not any(isinstance(b, Paragraph | Heading) for b in reading.blocks)


def test_two_columns_of_prose_are_read_one_after_the_other(make: Make):
    def draw(sheet: Sheet) -> None:
        for i, (one, two) in enumerate(zip(LEFT, RIGHT, strict=True)):
            sheet.text(60, 100 + 12 * i, one)
            sheet.text(320, 100 + 12 * i, two)

    reading = make(draw)
    assert tables(reading) == []
    texts = [b.text for b in reading.blocks if isinstance(b, Paragraph)]
    assert texts == [" ".join(LEFT), " ".join(RIGHT)]


def test_headings_lists_and_paragraphs(make: Make):
    def draw(sheet: Sheet) -> None:
        sheet.font(14, bold=True)
        sheet.text(60, 80, "Memoria de la biblioteca")
        sheet.font(9, bold=True)
        sheet.text(60, 110, "1. Actividades del año")
        sheet.font(9)
        sheet.text(60, 130, "La biblioteca atendió a lectores de tres barrios y amplió su hora-")
        sheet.text(60, 142, "rio de los sábados por pedido de las escuelas.")
        sheet.text(70, 165, "• Préstamo a domicilio de libros y")
        sheet.text(78, 177, "revistas para mayores")
        sheet.text(70, 189, "• Cuentos en voz alta")

    blocks = make(draw).blocks
    assert blocks == (
        Heading(text="Memoria de la biblioteca", level=1, page=1),
        Heading(text="1. Actividades del año", level=3, page=1),
        Paragraph(
            text="La biblioteca atendió a lectores de tres barrios y amplió su horario de los sábados por pedido de las "
            "escuelas.",
            page=1,
        ),
        ListBlock(items=("Préstamo a domicilio de libros y revistas para mayores", "Cuentos en voz alta"), page=1),
    )


def test_no_letter_is_lost(tmp_path: Path):
    path = tmp_path / "todo.pdf"
    sheet = Sheet(path)
    part(1, 1, 4)(sheet)  # type: ignore[operator]  # a drawing function
    for i, line in enumerate(LEFT):
        sheet.text(60, 300 + 12 * i, line)
    sheet.next_page()
    part(2, 5, 6)(sheet)  # type: ignore[operator]  # a drawing function
    sheet.canvas.saveState()
    sheet.canvas.rotate(90)
    sheet.canvas.drawString(200, -550, "al margen")
    sheet.canvas.restoreState()
    sheet.canvas.save()
    with open_pdf(path) as source:
        inks = [source.ink(n) for n in (1, 2)]
    printed = [w.text for ink in inks for w in (*ink.words, *ink.sideways)]
    assert not lost_letters(printed, read_pdf(path))


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where Tesseract is not installed."""
    monkeypatch.setattr(tesseract, "available", lambda: False)


def test_a_page_without_text_is_named_and_the_rest_is_read(make: Make, no_tesseract: None):
    def picture(sheet: Sheet) -> None:
        sheet.box(100, 100, 300, 300)

    reading = make(part(1, 1, 4), picture)
    (warning,) = reading.warnings
    assert warning.startswith("La página 2 no tiene capa de texto: se necesita OCR para leerla.")
    assert "instale los paquetes tesseract-ocr y tesseract-ocr-spa" in warning
    assert reading.unread == (2,)
    assert any(left.page == 2 and "OCR" in left.reason for left in reading.left_out)
    assert len(tables(reading)) == 1


def test_a_file_without_any_text_is_no_error(make: Make, no_tesseract: None):
    reading = make(lambda sheet: sheet.box(10, 10, 50, 50))
    assert reading.blocks == ()
    assert "OCR" in reading.warnings[0]


def test_an_encrypted_pdf_is_refused_and_told_what_to_do(tmp_path: Path):
    path = tmp_path / "cerrado.pdf"
    canvas = Canvas(str(path), encrypt="llave")
    canvas.drawString(100, 700, "Acta reservada de la junta")
    canvas.save()
    with pytest.raises(ReadError, match="guárdelo sin contraseña"):
        read_pdf(path)
    with pytest.raises(ReadError, match="no abre"):
        read_pdf(path, password="otra")
    assert read_pdf(path, password="llave").blocks


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "vacío"), (b"hola", "no es un PDF"), (b"%PDF-1.7\nnada mas", "dañado")],
)
def test_what_is_no_pdf_is_refused_in_one_sentence(tmp_path: Path, content: bytes, message: str):
    path = tmp_path / "malo.pdf"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=message):
        read_pdf(path)


def test_a_truncated_pdf_is_refused(tmp_path: Path):
    path = tmp_path / "medio.pdf"
    sheet = Sheet(path)
    part(1, 1, 4)(sheet)  # type: ignore[operator]  # a drawing function
    sheet.canvas.save()
    path.write_bytes(path.read_bytes()[:700])
    with pytest.raises(ReadError):
        read_pdf(path)


def test_a_page_without_a_size_is_refused(tmp_path: Path):
    """Found by fuzzing: a page box that holds no numbers."""
    path = tmp_path / "sin_medida.pdf"
    sheet = Sheet(path)
    part(1, 1, 4)(sheet)  # type: ignore[operator]  # a drawing function
    sheet.canvas.save()
    data = path.read_bytes()
    assert b"/MediaBox [ 0 0 595.2756 841.8898 ]" in data
    path.write_bytes(data.replace(b"/MediaBox [ 0 0 595.2756 841.8898 ]", b"/MediaBox [ 0 0 /b 841.8898 ]"))
    with pytest.raises(ReadError, match="dañado"):
        read_pdf(path)


def test_bare_figures_of_a_chart_are_listed_not_told(make: Make):
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 80, "La asistencia a los talleres creció todos los meses del año, según muestra el gráfico.")
        for x, y, figure in ((100, 140, "12%"), (170, 155, "8%"), (260, 131, "14%")):
            sheet.text(x, y, figure)

    reading = make(draw)
    assert [type(b) for b in reading.blocks] == [Paragraph]
    assert any("12%" in left.text and "gráfico" in left.reason for left in reading.left_out)
