"""TXT and MD files become blocks, facts and a list of what was left out; nothing is lost, no figure moves."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from index.blocks import Heading, ListBlock, Paragraph, Reading
from index.errors import ReadError
from index.letter import letter_facts
from index.readers.text import read_lines, read_text
from tests.index import text_samples as samples
from tests.index.text_samples import path, rows, tables


def said(reading: Reading) -> str:
    """Everything that a reading holds, as one text."""
    parts = [x.text for x in reading.left_out]
    parts += [f"{f.key} {f.value} {f.detail} {f.quote}" for f in reading.facts]
    for block in reading.blocks:
        if isinstance(block, Heading | Paragraph):
            parts.append(block.text)
        elif isinstance(block, ListBlock):
            parts.extend(block.items)
        else:
            parts += [block.caption, *(c.text for c in block.cells), *(f.quote for f in block.facts)]
    return " ".join(parts)


def tokens(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


def printed(text: str) -> set[str]:
    text = re.sub(r"\[bookmark:[^\]]*\]", " ", text)
    text = re.sub(r"\[image:[^\]]*[\\/]([^\]]*)\]", r" \1 ", text)
    bullets = re.compile(r"^(?:\s*[-·*•]\s+)?(?:\d{1,2}|[a-z])[.)]\s+", re.MULTILINE)
    return tokens(bullets.sub(" ", text))


SAMPLES = {
    "memo and paged table": samples.PAGED,
    "word-processor extraction": samples.EXTRACTED,
    "aligned with spaces": samples.ALIGNED,
    "markdown": samples.MARKDOWN,
}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_word_is_in_a_block_a_fact_or_the_left_out_list(name):
    """Nothing is dropped silently."""
    text = SAMPLES[name]
    assert printed(text) - tokens(said(read_lines(text))) == set()


@pytest.mark.parametrize("report", ["aduanas-honduras-2021-01.txt", "sie-guatemala-2023-c2.txt"])
@pytest.mark.shared
def test_every_word_of_the_shared_reports_is_accounted_for(shared, report):
    """The same holds for real reports."""
    path = shared / "reports" / report
    reading = read_text(path)
    assert printed(path.read_text(encoding="utf-8")) - tokens(said(reading)) == set()
    assert "bookmark" not in said(reading)
    assert "[image" not in said(reading)
    assert reading.warnings == ()


ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "cp850"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_are_told_apart(tmp_path: Path, encoding):
    """The same words come out of any usual encoding."""
    file = tmp_path / "informe.txt"
    file.write_bytes("Ejecución del año según la Dirección\r\nSeñales y caminos: reparación\r\n".encode(encoding))
    assert [b.text for b in read_text(file).blocks if isinstance(b, Paragraph)] == [
        "Ejecución del año según la Dirección",
        "Señales y caminos: reparación",
    ]


@pytest.mark.parametrize("data", [b"", b"  \n\t\n", b"\x89PNG\x00\x01\x02\x00abc" * 20])
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, data):
    """Empty and binary files say what is wrong."""
    file = tmp_path / "malo.txt"
    file.write_bytes(data)
    with pytest.raises(ReadError) as error:
        read_text(file)
    assert "malo.txt" in str(error.value)
    assert "\n" not in str(error.value)


def test_pages_with_a_repeated_header_are_one_table_and_a_new_run_another():
    """Joined while the header and the stamp stay; apart when the report was generated anew."""
    first, second = tables(read_lines(samples.PAGED))
    assert rows(first) == [
        samples.HEADER.split("\t"),
        ["07-01", "1-Lanchas inspeccionadas.", "3", "1,200.00", "1,150.50", "49.50"],
        ["07-01", "2-Carnés de pesca, emitidos.", "3", "10.00", "12.00", "-2.00"],
        ["", "3-Vedas vigiladas, realizadas.", "3", "4.00", "4.00", "0.00"],
        ["", "", "", "тот", "AL:", "51.50"],
    ]
    assert [next(c.page for c in first.cells if c.row == r) for r in range(1, 5)] == [1, 1, 2, 2]
    assert first.header_rows == 1
    assert rows(second)[1:] == [
        ["07-02", "9-Talleres impartidos.", "3", "2.00", "2.00", "0.00"],
        ["", "", "", "TOT", "AL:", "0.00"],
    ]


def test_report_heads_are_facts_of_their_table_and_scraps_are_told():
    """REP, GESTION, PERIODO, user and stamp can be asked for; an orphan scrap is listed with its reason."""
    reading = read_lines(samples.PAGED)
    first, second = tables(reading)
    told = {f.key: (f.value, f.page) for f in first.facts}
    assert told["rep"] == ("F00120", 1)
    assert told["periodo"] == ("FEBRERO", 1)
    assert told["ejercicio"] == ("2022", 2)
    assert told["usuario"] == ("PCOC", 2)
    assert told["pagina"] == ("2 de 2", 2)
    assert told["fecha y hora"][0] == "03/03/2022 09:15:00 a.m."
    assert ("fecha y hora", "03/03/2022 09:20:31 a.m.") in {(f.key, f.value) for f in second.facts}
    assert [x.page for x in reading.left_out if x.text == "PESC"] == [2, 1]


def test_a_memo_head_becomes_facts_with_the_posts_joined():
    """PARA and DE carry the post below the name over its wrapped lines; the letter's number is a fact and the title."""
    reading = read_lines(samples.PAGED)
    facts = {f.key: f for f in reading.facts}
    assert reading.title == "OFICIO DIPESCA-UPE-041-2022"
    assert facts["oficio"].value == "DIPESCA-UPE-041-2022"
    assert (facts["para"].value, facts["para"].detail) == (
        "ING. ROSA MARÍA TZUL",
        "Encargada de la Oficina de Acceso a la Información",
    )
    assert facts["de"].detail == "Jefe de Planificación del Despacho (UPE)"
    assert facts["asunto"].value == "ENTREGA DE REPORTES DE FEBRERO"
    assert facts["cc"].value == "Archivo"
    lists = [b.items for b in reading.blocks if isinstance(b, ListBlock)]
    assert lists == [("Reporte de producción.", "Comparativo por actividad, febrero 2022.")]
    assert not any("**" in b.text for b in reading.blocks if isinstance(b, Paragraph))


def test_merged_headers_are_spread_over_the_columns_they_cover():
    """Each body column gets its whole header path; a cell's second line has no tab."""
    table = tables(read_lines(samples.EXTRACTED))[1]
    assert table.header_rows == 3
    assert table.shape == (5, 11)
    assert [path(table, c) for c in range(11)] == [
        ("Obra",),
        ("Unidad",),
        ("Año 2024", "Meta", "Absoluta"),
        ("Año 2024", "Meta", "Relativa"),
        ("I Semestre 2024", "Meta", "Absoluta"),
        ("I Semestre 2024", "Meta", "Relativa"),
        ("I Semestre 2024", "Avance"),
        ("II Semestre 2024", "Meta", "Absoluta"),
        ("II Semestre 2024", "Meta", "Relativa"),
        ("II Semestre 2024", "Avance"),
        ("Total anual",),
    ]
    assert rows(table)[3:] == [
        ["Puentes", "Metros", "90", "100 %", "40", "44 %", "38", "50", "56 %", "*52", "90"],
        ["Caminos vecinales", "Km", "7", "100 %", "3", "43%", "3", "4", "57%", "", "3"],
    ]


def test_captions_units_and_notes_go_with_their_table():
    """Caption line, then the unit in parentheses; the starred footnote is a note of the table and a block."""
    reading = read_lines(samples.EXTRACTED)
    table = tables(reading)[1]
    assert table.caption == "Cuadro 1: Avance de obras 2024 (En miles de quetzales)"
    assert table.notes == ("*Incluye los metros del puente peatonal.",)
    assert Paragraph(text="*Incluye los metros del puente peatonal.", note=True) in reading.blocks


def test_headings_have_levels_and_marks_never_show():
    """Bookmarks and capitals mark headings; one with nothing below it heads those that follow."""
    reading = read_lines(samples.EXTRACTED)
    assert [(b.text, b.level) for b in reading.blocks if isinstance(b, Heading)] == [
        ("Siglas", 1),
        ("Marco institucional", 1),
        ("MISIÓN", 2),
        ("VISIÓN", 2),
        ("Objetivos", 1),
        ("Caminos", 2),
        ("Población", 1),
        ("Gestión", 1),
    ]
    assert "bookmark" not in said(reading)
    (image,) = [x for x in reading.left_out if "imagen" in x.reason]
    assert image.text == "logo institucional.png"


def test_lists_keep_wrapped_lines_and_lettered_parts():
    """A wrapped line belongs to its item; a. b. under an item ending in ":" are lines of it."""
    lists = [b.items for b in read_lines(samples.EXTRACTED).blocks if isinstance(b, ListBlock)]
    assert lists == [
        ("Abrir caminos en las aldeas.", "Mantener los puentes durante la época de lluvias."),
        ("Limpiar cunetas", "Pintar señales"),
        (
            "Se firmaron convenios con tres entidades, que son:\na) Municipalidad de Las Flores\nb) Comité de riego",
            "El plan alcanzó un 64% de avance.",
        ),
    ]


def test_columns_aligned_with_spaces():
    """Rules are no rows, a wrapped label stays in its row, the source line is a note."""
    reading = read_lines(samples.ALIGNED)
    (table,) = tables(reading)
    assert table.caption == "Cuadro 2. Gasto por programa (En miles de pesos)"
    assert rows(table) == [
        ["Código", "Programa", "Vigente", "Ejecutado"],
        ["01", "Dirección superior", "12,500.00", "3,100.50"],
        ["02", "Obras y caminos vecinales", "40,000.00", "8,250.00"],
        ["", "TOTAL", "52,500.00", "11,350.50"],
    ]
    assert table.notes == ("Fuente: contabilidad.",)
    assert Heading(text="1.2 Ejecución", level=2) in reading.blocks


def test_a_broken_file_never_breaks_the_reader_nor_loses_a_word():
    """Lines dropped, swapped, cut or with tabs lost: still no error, and every word is somewhere."""
    chance = random.Random(20)
    for _ in range(150):
        lines = "\n".join(SAMPLES.values()).split("\n")
        for _ in range(12):
            at = chance.randrange(len(lines) - 1)
            lines[at : at + 2] = chance.choice(
                [
                    [lines[at]],
                    [lines[at + 1], lines[at]],
                    [lines[at].replace("\t", " ", 1), lines[at + 1]],
                    [lines[at][: len(lines[at]) // 2], lines[at + 1]],
                    ["\f" + lines[at], lines[at + 1]],
                ]
            )
        text = "\n".join(lines)
        assert printed(text) - tokens(said(read_lines(text))) <= {
            "bookmark",
            "image",
            "a",
            "b",
        }  # cut marks and letters of lists


def test_markdown_pipe_tables():
    """The rule line tells the header; bold marks go."""
    reading = read_lines(samples.MARKDOWN)
    (table,) = tables(reading)
    assert rows(table)[0] == ["Mes", "Ingreso propio", "Ejecutado"]
    assert (table.header_rows, table.caption) == (1, "Tabla 4. Gasto por mes")
    assert reading.title == "Informe anual 2023"
    assert reading.blocks[-1] == ListBlock(items=("uno", "dos"))


BAD_ROWS = [
    ("04\tOtros\t2.00\t1.00\t1.00\t55", "celdas"),  # one cell too many: no column is sure
    ("04\t2.00\t1.00", "celdas"),  # the label is missing: figures would move
    ("Total\t9.00", "celdas"),
]


@pytest.mark.parametrize(("row", "reason"), BAD_ROWS)
def test_rows_that_do_not_fit_are_left_out_with_a_warning(row, reason):
    """A figure never moves to another column silently."""
    text = f"COD\tNOMBRE\tMETA\tLOGRO\n01\tUno\t1.00\t2.00\n02\tDos\t1.00\t3.00\n{row}\n03\tTres\t4.00\t4.00\n"
    reading = read_lines(text)
    (table,) = tables(reading)
    assert len(rows(table)) == 4
    (item,) = reading.left_out
    assert reason in item.reason
    assert tokens(row) <= tokens(item.text)
    assert reading.warnings


def test_rows_that_lost_trailing_empty_cells_stay():
    """Editors strip tabs at line ends: the row stays, with a warning when a figure column is empty."""
    reading = read_lines(
        "COD\tNOMBRE\tMETA\tLOGRO\n01\tUno\t1.00\t2.00\n02\tDos\t1.00\nSECCIÓN B\n03\tTres\t4.00\t4.00\n"
    )
    (table,) = tables(reading)
    assert rows(table)[2:4] == [["02", "Dos", "1.00", ""], ["SECCIÓN B", "", "", ""]]
    assert len(reading.warnings) == 1


def test_a_cell_broken_over_lines_is_glued_only_when_the_row_becomes_whole():
    """Pieces that make exactly one row are one row."""
    (table,) = tables(read_lines("C\tN\tM\tL\n01\tUno\t1.00\t2.00\n02\tDos partes\ndel nombre\t5.00\t6.00\n"))
    assert rows(table)[2] == ["02", "Dos partes del nombre", "5.00", "6.00"]


@pytest.mark.shared
def test_the_memo_with_two_system_reports(shared):
    """22 products and 51 activities with their totals, all figures as printed, heads as facts."""
    reading = read_text(shared / "reports" / "aduanas-honduras-2021-01.txt")
    first, second = tables(reading)
    assert (first.shape, second.shape) == ((24, 10), (53, 10))
    assert (first.pages, second.pages) == ((1, 2, 3), (1, 2, 3, 4, 5))
    for table in (first, second):
        body = rows(table)[1:-1]
        total = rows(table)[-1]
        for column in (7, 8, 9):
            whole = sum(float(r[column].replace(",", "")) for r in body)
            assert whole == float(total[column].replace(",", ""))
    facts = {f.key: f for f in reading.facts}
    assert facts["para"].detail.startswith("Jefe Unidad")
    assert {"rep", "gestion", "periodo", "usuario", "ejercicio"} <= set(facts)


@pytest.mark.shared
def test_the_quarterly_report(shared):
    """Six numbered tables, two without number, the acronyms; each figure of the file stands in a cell or in prose."""
    reading = read_text(shared / "reports" / "sie-guatemala-2023-c2.txt")
    found = tables(reading)
    assert [t.shape for t in found] == [(10, 2), (4, 6), (6, 6), (6, 6), (2, 6), (5, 15), (7, 15), (8, 3), (4, 3)]
    assert [t.caption[:8] for t in found[1:7]] == [f"Cuadro {n}" for n in range(1, 7)]
    assert path(found[5], 8) == ("II Cuatrimestre 2023", "Meta", "Absoluta")
    assert path(found[5], 10) == ("II Cuatrimestre 2023", "Ejecución")
    raw = (shared / "reports" / "sie-guatemala-2023-c2.txt").read_text(encoding="utf-8")
    figures = [line.strip() for line in raw.splitlines() if re.fullmatch(r"\t[\s*]*[\d.,]+\s?%?\s*", line)]
    cells = [c.text for t in found for c in t.cells if re.fullmatch(r"\*?[\d.,]+\s?%?", c.text)]
    assert sorted(cells) == sorted(figures)


USUAL = [
    # text → headings with their levels
    ("1. QUIÉNES SOMOS\n\nMisión\n\nServir bien.\n\nVISIÓN\n\nSer justos.", [("1. QUIÉNES SOMOS", 1), ("Misión", 2), ("VISIÓN", 2)]),
    ("Nos guían dos frases.\nMisión:\nServir bien.\nVisión\nSer justos.", [("Misión", 1), ("Visión", 1)]),
    ("Un párrafo que habla de la\nmisión\nde la oficina.", []),
    ("# Informe\n\nvisión\n\nSer justos.", [("Informe", 1), ("visión", 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "headings"), USUAL)
def test_sections_called_by_their_usual_name(text, headings):
    """Alone on a line, in any case, with one short sentence below."""
    found = [(b.text, b.level) for b in read_lines(text).blocks if isinstance(b, Heading)]
    assert found == headings


def test_aligned_columns_of_which_no_row_fits_are_left_out_and_told(tmp_path: Path) -> None:
    """Found by fuzzing: two lines whose columns do not meet, with signs in the place of digits."""
    path = tmp_path / "roto.txt"
    path.write_text(
        "01       Dirección su\x04erior y administración           18.452.000-00    -12\x14\x1e000,00            "
        "18.327.000,00    8.341H527,73    9.985.472,27           45,51%\n"
        "03       Red nacio<al de senderos                      22.810.000,00           0,00   á        22.810.000,00"
        '    9.638.041,25   13.171.958,75       "   42,25%',
        encoding="utf-8",
    )
    reading = read_text(path)
    assert any("Red nacio<al" in left.text for left in reading.left_out) or reading.blocks


GLOSSARY = """INFORME DE PESCA

IX. SIGLAS
----------
  DINAPE      Dirección Nacional de Pesca
  PNN         Prefectura Nacional Naval
  UE          Unidad Ejecutora


Ing. Agr. Martín Vera Olmos                      Cra. Silvia Torres Rey
Director Nacional                                Gerente Financiero Contable

*** FIN DEL REPORTE ***
"""


def test_terms_and_signatures_in_columns() -> None:
    """An acronym beside its name is an item of a glossary; who signs side by side is told one by one."""
    reading = read_lines(GLOSSARY)
    items = [i for b in reading.blocks if isinstance(b, ListBlock) for i in b.items]
    assert items == ["DINAPE: Dirección Nacional de Pesca", "PNN: Prefectura Nacional Naval", "UE: Unidad Ejecutora"]
    signed = [f"{f.value}, {f.detail}" for f in letter_facts(reading.blocks) if f.key == "firma"]
    assert signed == [
        "Ing. Agr. Martín Vera Olmos, Director Nacional",
        "Cra. Silvia Torres Rey, Gerente Financiero Contable",
    ]
