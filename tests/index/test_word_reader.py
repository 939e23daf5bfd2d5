"""Word documents come in their order, merged cells with true spans, changes and side texts told apart."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from index.blocks import Heading, ListBlock, Paragraph, Reading
from index.errors import ReadError
from index.readers.docx import read_docx
from index.readers.guard import check_file
from tests.index.reading_views import everything, prose, tables, texts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _read(document: object, path: Path) -> Reading:
    document.save(path)  # type: ignore[attr-defined]
    assert check_file(path) == "docx"
    return read_docx(path)


def _fill(table: object, rows: list[list[str]]) -> None:
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text  # type: ignore[attr-defined]


def test_memo_head_in_lines_and_in_a_table_gives_the_same_facts(tmp_path: Path) -> None:
    lines = docx.Document()
    for text in ("MEMORANDO DPP-014-2024", "PARA: Lic. Ana Ruiz\nDirectora de Archivo", "DE: Ing. Luis Paz",
                 "FECHA: 3 de marzo de 2024", "ASUNTO: Riego del vivero", "Se adjunta lo pedido en su nota."):  # fmt: skip
        lines.add_paragraph(text)
    framed = docx.Document()
    framed.add_paragraph("MEMORANDO DPP-014-2024")
    _fill(framed.add_table(rows=4, cols=2), [["PARA:", "Lic. Ana Ruiz\nDirectora de Archivo"], ["DE:", "Ing. Luis Paz"],
          ["FECHA:", "3 de marzo de 2024"], ["ASUNTO:", "Riego del vivero"]])  # fmt: skip
    framed.add_paragraph("Se adjunta lo pedido en su nota.")
    for number, document in enumerate((lines, framed)):
        reading = _read(document, tmp_path / f"{number}.docx")
        facts = {f.key: (f.value, f.detail) for f in reading.facts}
        assert facts == {
            "memorando": ("DPP-014-2024", ""),
            "para": ("Lic. Ana Ruiz", "Directora de Archivo"),
            "de": ("Ing. Luis Paz", ""),
            "fecha": ("3 de marzo de 2024", ""),
            "asunto": ("Riego del vivero", ""),
        }
        assert prose(reading) == ["Se adjunta lo pedido en su nota."]
        assert not tables(reading)


def test_headings_lists_and_paragraphs_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Informe del vivero", 0)
    document.add_heading("Resultados", 1)
    document.add_heading("Riego", 2)
    document.add_paragraph("Se regó a diario.")
    document.add_paragraph().add_run("Plantas entregadas").bold = True
    document.add_paragraph("Se entregaron a tres escuelas:")
    for text in ("Norte", "Sur"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("solo por la mañana", style="List Bullet 2")
    document.add_paragraph("Este", style="List Bullet")
    reading = _read(document, tmp_path / "a.docx")
    assert reading.title == "Informe del vivero"
    assert reading.blocks == (
        Heading(text="Informe del vivero", level=1),
        Heading(text="Resultados", level=1),
        Heading(text="Riego", level=2),
        Paragraph(text="Se regó a diario."),
        Heading(text="Plantas entregadas", level=3),
        Paragraph(text="Se entregaron a tres escuelas:"),
        ListBlock(items=("Norte", "Sur\n- solo por la mañana", "Este")),
    )


def test_merged_cells_keep_their_spans_and_captions_their_units(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Cuadro 2: Metas del vivero")
    document.add_paragraph("(En miles de plantas)")
    table = document.add_table(rows=4, cols=4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Sede"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Meta"
    table.cell(0, 3).merge(table.cell(1, 3)).text = "Gasto"
    table.cell(1, 1).text, table.cell(1, 2).text = "Prog.", "Ejec."
    for row in (0, 1):
        table.rows[row]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
    for r, row in ((2, ["Norte", "5", "4", "1,200"]), (3, ["Total", "5", "4", "1,200"])):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    mark = table.cell(3, 3).paragraphs[0].add_run("2")
    mark.font.superscript = True
    document.add_paragraph("Fuente: cuaderno del vivero.")
    reading = _read(document, tmp_path / "a.docx")
    (grid,) = tables(reading)
    assert grid.caption == "Cuadro 2: Metas del vivero (En miles de plantas)"
    assert grid.header_rows == 2
    assert grid.notes == ("Fuente: cuaderno del vivero.",)
    assert texts(grid)[3] == ["Total", "5", "4", "1,200²"]  # a footnote mark is not a digit
    assert {c.text: (c.rows, c.columns) for c in grid.cells if c.rows > 1 or c.columns > 1} == {
        "Sede": (2, 1), "Meta": (1, 2), "Gasto": (2, 1),
    }  # fmt: skip


def test_a_section_row_marked_as_header_is_none(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    _fill(table, [["Sede", "Plantas"], ["VIVEROS", ""], ["Norte", "4"]])
    for row in (0, 1):
        table.rows[row]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))
    assert tables(_read(document, tmp_path / "a.docx"))[0].header_rows == 1


def test_tracked_changes_hidden_text_and_footnotes(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("El avance fue de ")
    for part in (
        "<w:del {W}><w:r><w:delText>10</w:delText></w:r></w:del>",
        "<w:ins {W}><w:r><w:t>12</w:t></w:r></w:ins>",
        "<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>borrador</w:t></w:r>",
        "<w:moveFrom {W}><w:r><w:t>mudado</w:t></w:r></w:moveFrom>",
    ):
        paragraph._p.append(parse_xml(part.replace("{W}", W)))
    paragraph.add_run(" por ciento.")
    reading = _read(document, tmp_path / "a.docx")
    assert prose(reading) == ["El avance fue de 12 por ciento."]
    assert {(item.text, item.reason) for item in reading.left_out} == {
        ("10", "texto borrado con control de cambios"),
        ("borrador", "texto oculto en el documento"),
    }


def test_content_controls_and_text_boxes_are_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Antes.")
    body = document.element.body
    control = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>Dentro del control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    body.insert(1, parse_xml(control))
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>Dentro del cuadro.</w:t></w:r></w:p></w:txbxContent>"
    run = (
        f"<w:r {W} {mc}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph("Después.")._p.append(parse_xml(run))
    assert prose(_read(document, tmp_path / "a.docx")) == [
        "Antes.", "Dentro del control.", "Después.", "Dentro del cuadro.",
    ]  # fmt: skip


def test_a_table_inside_a_cell_is_its_own(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(rows=2, cols=2)
    _fill(outer, [["Sede", "Detalle"], ["Norte", ""]])
    _fill(outer.cell(1, 1).add_table(rows=2, cols=2), [["Mes", "Días"], ["Mayo", "31"]])
    first, second = tables(_read(document, tmp_path / "a.docx"))
    assert texts(first) == [["Sede", "Detalle"], ["Norte", ""]]
    assert texts(second) == [["Mes", "Días"], ["Mayo", "31"]]


def test_pieces_of_one_table_are_joined_and_different_tables_are_not(tmp_path: Path) -> None:
    document = docx.Document()
    head = ["Sede", "Plantas"]
    _fill(document.add_table(rows=2, cols=2), [head, ["Norte", "4"]])
    document.add_paragraph()
    _fill(document.add_table(rows=2, cols=2), [head, ["Sur", "6"]])
    document.add_paragraph()
    _fill(document.add_table(rows=1, cols=2), [["Este", "7"]])
    document.add_paragraph()
    _fill(document.add_table(rows=2, cols=2), [["Mes", "Lluvia"], ["Mayo", "90"]])
    reading = _read(document, tmp_path / "a.docx")
    assert [texts(t) for t in tables(reading)] == [
        [head, ["Norte", "4"], ["Sur", "6"], ["Este", "7"]],
        [["Mes", "Lluvia"], ["Mayo", "90"]],
    ]
    assert any("sin repetir el encabezado" in w for w in reading.warnings)


def test_automatic_numbers_in_cells_are_read_as_printed(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    _fill(table, [["No.", "Sede"], ["", "Norte"], ["", "Sur"]])
    for row in (1, 2):
        table.cell(row, 0).paragraphs[0].style = "List Number"
    (grid,) = tables(_read(document, tmp_path / "a.docx"))
    assert texts(grid) == [["No.", "Sede"], ["1.", "Norte"], ["2.", "Sur"]]


def test_page_heads_are_facts_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Texto del informe.")
    document.sections[0].header.paragraphs[0].text = "Museo del Agua"
    document.sections[0].footer.paragraphs[0].text = "Página 1 de 3"
    reading = _read(document, tmp_path / "a.docx")
    assert [(f.key, f.value) for f in reading.facts] == [("encabezado de pagina", "Museo del Agua")]
    assert [item.text for item in reading.left_out] == ["Página 1 de 3"]


def test_pages_only_where_word_noted_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Primera.")
    assert _read(document, tmp_path / "a.docx").pages is None
    document.add_paragraph()._p.append(parse_xml(f"<w:r {W}><w:lastRenderedPageBreak/><w:t>Segunda.</w:t></w:r>"))
    reading = _read(document, tmp_path / "b.docx")
    assert reading.pages == 2
    assert [b.page for b in reading.blocks] == [1, 2]


def test_system_head_above_a_table_belongs_to_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("REP: R123 GESTION: 2024 PERIODO: MAYO")
    document.add_paragraph("Cuadro 1. Plantas por sede")
    _fill(document.add_table(rows=2, cols=2), [["Sede", "Plantas"], ["Norte", "4"]])
    reading = _read(document, tmp_path / "a.docx")
    (table,) = tables(reading)
    assert {(f.key, f.value) for f in table.facts} == {("rep", "R123"), ("gestion", "2024"), ("periodo", "MAYO")}
    assert table.caption == "Cuadro 1. Plantas por sede"
    assert prose(reading) == []


def test_a_document_without_text_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no tiene texto"):
        _read(docx.Document(), tmp_path / "a.docx")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04 roto")
    with pytest.raises(ReadError, match="incompleto o dañado"):
        read_docx(tmp_path / "b.docx")


@pytest.mark.shared
def test_real_documents_keep_every_cell(shared: Path) -> None:
    for path in sorted((shared / "reports" / "real").glob("*.docx")):
        reading = read_docx(path)
        seen = everything(reading)
        body = docx.Document(path).element.body
        ns = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        for paragraph in body.iter(f"{ns}p"):
            text = "".join(
                t.text or "" for t in paragraph.iter(f"{ns}t") if not 0xE000 <= ord((t.text or " ")[0]) <= 0xF8FF
            )
            assert " ".join(text.replace("\uf050", "").split()) in seen


@pytest.mark.parametrize(
    ("between", "joined"),
    [
        (["Cuadro 3: Becas (continuación)"], True),
        (["Continúa…", "Cuadro 3 (cont.)"], True),
        (["Pág. 4", "Cuadro 3: Becas"], True),
        (["Cuadro 4: Becas de viaje"], False),
        (["Las becas de viaje se cuentan aparte."], False),
    ],
)
def test_a_table_told_to_go_on_after_a_page_is_one(tmp_path: Path, between: list[str], joined: bool) -> None:
    document = docx.Document()
    document.add_paragraph("Cuadro 3: Becas")
    head = ["Nivel", "Metas"]
    _fill(document.add_table(rows=3, cols=2), [head, ["Básico", "10"], ["Medio", "20"]])
    for text in between:
        document.add_paragraph(text)
    _fill(document.add_table(rows=3, cols=2), [head, ["Superior", "5"], ["Total", "35"]])
    reading = _read(document, tmp_path / "a.docx")
    found = [texts(t) for t in tables(reading)]
    if joined:
        assert found == [[head, ["Básico", "10"], ["Medio", "20"], ["Superior", "5"], ["Total", "35"]]]
        assert [item.text for item in reading.left_out] == between
    else:
        assert len(found) == 2
        assert between[0] in everything(reading)


def test_tracked_rows_cells_and_ends_of_paragraphs(tmp_path: Path) -> None:
    """What was inserted is read, what was deleted is listed and nowhere else."""
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    _fill(table, [["Obra", "Monto", "Viejo"], ["Riego", "12", "90"], ["Borrada", "99", "91"], ["Nueva", "8", "92"]])
    table.rows[2]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="1"/>'))
    table.rows[3]._tr.get_or_add_trPr().append(parse_xml(f'<w:ins {W} w:id="2"/>'))
    for row in range(4):
        table.cell(row, 2)._tc.get_or_add_tcPr().append(parse_xml(f'<w:cellDel {W} w:id="{3 + row}"/>'))
    cut = document.add_paragraph("La junta aprobó")
    cut._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {W}><w:del w:id="9"/></w:rPr>'))
    document.add_paragraph("el gasto de doce mil.")
    reading = _read(document, tmp_path / "a.docx")
    (found,) = tables(reading)
    assert texts(found) == [["Obra", "Monto"], ["Riego", "12"], ["Nueva", "8"]]
    assert prose(reading) == ["La junta aprobó el gasto de doce mil."]
    assert {item.text for item in reading.left_out} == {"Borrada | 99 | 91", "Viejo", "90", "92"}


def test_a_table_inside_a_text_box_is_read_with_its_title(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Antes.")
    inner = document.add_table(rows=2, cols=2)
    _fill(inner, [["Mes", "Gasto"], ["Enero", "10.50"]])
    element = inner._tbl
    element.getparent().remove(element)
    run = parse_xml(
        f"<w:r {W}><w:pict><w:txbxContent><w:p><w:r><w:t>Cuadro 9: Gasto</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )
    run[0][0].append(element)
    document.add_paragraph("Ancla")._p.append(run)
    (found,) = tables(_read(document, tmp_path / "a.docx"))
    assert found.caption == "Cuadro 9: Gasto"
    assert texts(found) == [["Mes", "Gasto"], ["Enero", "10.50"]]
