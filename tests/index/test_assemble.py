"""Blocks become a report: nothing of a grid is lost, and every part knows where it stands."""

from __future__ import annotations

from pathlib import Path

from index.assemble import assemble
from index.blocks import Block, Heading, Paragraph, RawCell, RawTable, Reading
from index.memory_store import MemoryStore
from index.model import ChunkKind, Fact, LeftOut, Report
from index.sqlite_store import SqliteStore


def grid(*rows: str, caption: str = "", facts: tuple[Fact, ...] = (), header_rows: int | None = 1) -> RawTable:
    """A grid from rows written "a | b"."""
    cells = tuple(
        RawCell(text=text.strip(), row=row, column=column)
        for row, line in enumerate(rows)
        for column, text in enumerate(line.split("|"))
    )
    return RawTable(cells=cells, caption=caption, facts=facts, header_rows=header_rows)


def report_of(*blocks: Block, **more: object) -> Report:
    return assemble(Reading(blocks=blocks, **more), ident="f" * 16, file="obra vial_2020.pdf", kind="pdf")  # type: ignore[arg-type]


FIGURES = ("Tramo | Vigente | Pagado", "Norte | 1.200,50 | 600,25", "Sur | 800,00 | 400,00")


def test_a_grid_of_figures_is_a_table_with_its_section_and_its_lead() -> None:
    report = report_of(
        Heading(text="Vías"),
        Heading(text="Puentes", level=2),
        Heading(text="Gasto"),
        Heading(text="Por tramo", level=2),
        Paragraph(text="Se gastó poco. El detalle de cada tramo es el siguiente:"),
        grid(*FIGURES),
    )
    (table,) = report.tables
    assert (table.id, table.document, table.section) == ("f" * 16 + ":t1", "f" * 16, ("Gasto", "Por tramo"))
    assert (table.order, table.lead) == (5, "El detalle de cada tramo es el siguiente:")
    assert [str(c.value) for c in table.rows[0].cells] == ["None", "1200.50", "600.25"]


def test_a_captioned_grid_takes_no_unrelated_sentence_for_its_lead() -> None:
    report = report_of(Paragraph(text="La obra siguió su curso."), grid(*FIGURES, caption="Cuadro 1: Tramos"))
    assert (report.tables[0].number, report.tables[0].lead) == ("1", "")


def test_a_grid_of_definitions_is_a_chunk_and_no_table() -> None:
    report = report_of(Heading(text="Siglas"), grid("Sigla | Significado", "DGV | Dirección General de Vías"))
    assert report.tables == ()
    assert [(c.kind, c.items) for c in report.chunks] == [(ChunkKind.DEFINITIONS, ("DGV: Dirección General de Vías",))]


def test_a_grid_that_is_neither_stays_readable() -> None:
    """A lone number in a grid of texts makes no table, and must not make the texts vanish."""
    report = report_of(grid("Contacto | Dirección de Vías", "Piso | 3 |", "Puerta | La verde", header_rows=0))
    kept = " ".join([c.text for c in report.chunks] + [x.text for t in report.tables for r in t.rows for x in r.cells])
    for text in ("Dirección de Vías", "Piso", "3", "La verde"):
        assert text in kept


def test_facts_of_a_grid_name_its_table_and_stand_once() -> None:
    """The same report head over two tables is one fact of both."""
    user = Fact(key="usuario", value="LPEREZ", quote="USUARIO: LPEREZ")
    other = Fact(key="rep", value="R2", quote="REP: R2")
    report = report_of(grid(*FIGURES, facts=(user,)), grid(*FIGURES, facts=(user, other)), facts=(user,))
    tables = {fact.key: [t.rsplit(":", maxsplit=1)[-1] for t in fact.tables] for fact in report.facts}
    assert tables == {"usuario": ["t1", "t2"], "rep": ["t2"]}


def test_what_the_reader_left_out_stays_left_out() -> None:
    part = LeftOut(text="sello", reason="imagen", page=1)
    report = report_of(Paragraph(text="Algo"), left_out=(part,), warnings=("aviso",), pages=3)
    assert (report.document.left_out, report.document.warnings, report.document.pages) == ((part,), ("aviso",), 3)
    assert report.document.title


def test_characters_that_no_store_takes_are_shown_as_unknown(tmp_path: Path) -> None:
    """Half a letter in a broken PDF must not keep the whole report out."""
    report = report_of(Paragraph(text="Ca\ud835mino"), grid(*FIGURES, "Este\x00 | 1,00 | 2,00"))
    assert report.tables[0].rows[-1].label == "Este\ufffd"
    assert any("\ufffd" in warning for warning in report.document.warnings)
    assert report.chunks[0].text == "Ca\ufffdmino"
    for store in (MemoryStore(), SqliteStore(tmp_path)):
        store.add(report)
        assert list(store.reports()) == [report]
        store.close()


def test_a_grid_that_says_it_goes_on_is_one_with_the_first() -> None:
    """Its header is not taken twice; a grid of another caption stays apart."""
    report = report_of(
        grid(*FIGURES[:2], caption="Cuadro 1. Gasto por tramo"),
        Paragraph(text="Página 2"),
        grid(FIGURES[0], FIGURES[2], caption="Cuadro 1. (continuación)"),
        grid(*FIGURES, caption="Cuadro 2. Otro gasto"),
    )
    assert [[r.label for r in t.rows] for t in report.tables] == [["Norte", "Sur"], ["Norte", "Sur"]]
    assert report.tables[0].caption == "Cuadro 1. Gasto por tramo"


def test_a_heading_worded_as_a_caption_is_that_of_the_table_below_it() -> None:
    """Its unit with it: figures in thousands were once read a thousand times smaller."""
    report = report_of(Heading(text="Cuadro 1. Gasto por tramo (miles de colones)"), grid(*FIGURES))
    (table,) = report.tables
    assert (table.number, table.section) == ("1", ())
    assert [c.scale for c in table.columns[1:]] == [1000, 1000]


def test_the_unit_in_brackets_of_a_heading_is_that_of_the_tables_under_it() -> None:
    report = report_of(
        Heading(text="Gasto (miles de colones)"),
        grid(*FIGURES, caption="Cuadro 1: Tramos"),
        grid(*FIGURES, caption="Cuadro 2: Tramos (en colones)"),
    )
    assert [t.columns[1].scale for t in report.tables] == [1000, 1]


def test_a_sheet_of_particulars_is_sections_and_metadata() -> None:
    """ "Misión | Llevar agua…" is a section, "Fecha | 17 de febrero" a fact."""
    report = report_of(
        grid(
            "Documento | Informe 37",
            "Fecha | 17 de febrero de 2023",
            "Misión | Llevar agua segura a las aldeas.",
            "Visión | Ser la junta que más aldeas atiende.",
            header_rows=0,
        )
    )
    assert [c.text for c in report.chunks if c.section == ("Misión",)] == ["Llevar agua segura a las aldeas."]
    assert ("fecha", "17 de febrero de 2023") in [(f.key, f.value) for f in report.facts]


def test_a_memo_head_set_as_a_table_is_metadata() -> None:
    report = report_of(
        grid(
            "INFORME | : | INF/DGE N.º 0047/2025",
            "A | : | Ing. Ana Vega\nDIRECTORA GENERAL",
            "DE | : | Lic. Saúl Ramos\nJEFE DE PLANES",
            "FECHA | : | 14 de febrero de 2025",
            header_rows=0,
        )
    )
    assert ("de", "Lic. Saúl Ramos", "JEFE DE PLANES") in [(f.key, f.value, f.detail) for f in report.facts]


def test_a_grid_that_goes_on_with_other_columns_stays_apart() -> None:
    """April printed beneath January is no April: half a year on each page, under one title."""
    report = report_of(
        grid("Servicio | Enero | Febrero", "Luz | 1,00 | 2,00", "Agua | 3,00 | 5,00", caption="Cuadro 1. Pagos"),
        grid("Servicio | Marzo | Abril", "Luz | 7,00 | 8,00", "Agua | 9,00 | 4,00", caption="Cuadro 1. (continuación)"),
    )
    assert [[c.header for c in t.columns[1:]] for t in report.tables] == [["Enero", "Febrero"], ["Marzo", "Abril"]]
