"""Narrative becomes chunks that can be cited whole: a list keeps its heading and its lead-in."""

from __future__ import annotations

import pytest

from index.blocks import Heading, ListBlock, Paragraph, RawCell, RawTable
from index.chunks import build_chunks, definitions, lead_in
from index.model import ChunkKind, Fact
from index.readers.text import read_lines, read_text
from tests.index import text_samples as samples


def grid(*rows: list[str], header_rows: int | None = 1) -> RawTable:
    cells = tuple(RawCell(text=t, row=r, column=c) for r, row in enumerate(rows) for c, t in enumerate(row))
    return RawTable(cells=cells, header_rows=header_rows)


def test_sections_are_the_headings_above():
    """The section path holds every open heading, outermost first."""
    blocks = [
        Heading(text="Marco", level=1),
        Heading(text="Misión", level=2),
        Paragraph(text="Servir.", page=3),
        Heading(text="Resultados", level=1),
        Paragraph(text="Se cumplió."),
    ]
    first, second = build_chunks(blocks, "doc")
    assert (first.section, first.pages, first.order) == (("Marco", "Misión"), (3,), 2)
    assert second.section == ("Resultados",)
    assert len({first.id, second.id}) == 2
    assert first.document == "doc"


def test_a_list_keeps_its_lead_in():
    """A paragraph that only announces the list becomes its lead; one that says more stays a chunk too."""
    items = ListBlock(items=("una", "dos"))
    (only,) = build_chunks([Paragraph(text="Las tareas son:"), items], "d")
    assert (only.kind, only.lead, only.items, only.text) == (
        ChunkKind.LIST,
        "Las tareas son:",
        ("una", "dos"),
        "una\ndos",
    )
    full = "Se recibió la carta del jueves pasado. Los anexos que se entregan son:"
    paragraph, listed = build_chunks([Paragraph(text=full), items], "d")
    assert paragraph.text == full
    assert listed.lead == "Los anexos que se entregan son:"
    paragraph, listed = build_chunks([Paragraph(text="Hubo dos obras en el año."), items], "d")
    assert (paragraph.text, listed.lead) == ("Hubo dos obras en el año.",) * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Son estas:", "Son estas:"),
        ("El Lic. Ruiz entregó lo siguiente:", "El Lic. Ruiz entregó lo siguiente:"),
        ("Hubo sesión. Los acuerdos tomados fueron:", "Los acuerdos tomados fueron:"),
        ("Sin dos puntos al final.", "Sin dos puntos al final."),
    ],
)
def test_lead_in(text, expected):
    """The last sentence introduces the list."""
    assert lead_in(text) == expected


def test_acronym_tables_become_definitions():
    """One item a pair, the header is no pair."""
    table = grid(["Sigla", "Significado"], ["DVH", "Dirección de Vialidad"], ["PVR", "Plan Vial Rural"])
    assert definitions(table) == (("DVH", "Dirección de Vialidad"), ("PVR", "Plan Vial Rural"))
    (chunk,) = build_chunks([Heading(text="Siglas"), table], "d")
    assert chunk.kind is ChunkKind.DEFINITIONS
    assert chunk.items == ("DVH: Dirección de Vialidad", "PVR: Plan Vial Rural")
    bare = grid(["DVH", "Dirección de Vialidad"], ["PVR", "Plan Vial Rural"], header_rows=None)
    assert len(definitions(bare)) == 2


def test_tables_with_figures_are_left_to_the_tables():
    """Only tables of texts are narrative; their rows become items with the names of the columns."""
    assert build_chunks([grid(["Mes", "Meta"], ["Mayo", "4"])], "d") == ()
    (chunk,) = build_chunks([grid(["Riesgo", "Respuesta"], ["Lluvia intensa", "Aplazar obras"])], "d")
    assert chunk.kind is ChunkKind.LIST
    assert chunk.items == ("Lluvia intensa; Respuesta: Aplazar obras",)


def test_the_memo_head_is_one_chunk():
    """PARA, DE, FECHA, ASUNTO a line each, the post beside the name; system heads are not part of it."""
    facts = [
        Fact(key="para", value="Ing. Tzul", quote="PARA: Ing. Tzul", detail="Encargada de Acceso"),
        Fact(key="fecha", value="3 de marzo", quote="FECHA: 3 de marzo"),
        Fact(key="rep", value="F1", quote="REP:F1"),
    ]
    (chunk,) = build_chunks([], "d", facts)
    assert chunk.kind is ChunkKind.HEAD
    assert chunk.items == ("PARA: Ing. Tzul, Encargada de Acceso", "FECHA: 3 de marzo")
    assert build_chunks([], "d", facts[2:]) == ()


def test_notes_keep_their_kind():
    """A footnote of a table can be told from a paragraph."""
    (chunk,) = build_chunks([Paragraph(text="*Provisional.", note=True)], "d")
    assert chunk.kind is ChunkKind.NOTE


def test_a_whole_extraction():
    """Every list of the sample keeps its section."""
    reading = read_lines(samples.EXTRACTED)
    chunks = build_chunks(reading.blocks, "d", reading.facts)
    by_section = {c.section: c for c in chunks if c.kind is ChunkKind.LIST}
    assert set(by_section) == {("Objetivos", "Caminos"), ("Población",), ("Gestión",)}
    assert by_section["Población",].lead == "Las principales tareas son:"


@pytest.mark.shared
def test_the_quarterly_report(shared):
    """Acronyms, mission, functions with their lead-in and the long list of results come out whole."""
    reading = read_text(shared / "reports" / "sie-guatemala-2023-c2.txt")
    chunks = build_chunks(reading.blocks, "d", reading.facts)
    kinds = [c.kind for c in chunks]
    assert kinds.count(ChunkKind.DEFINITIONS) == 1
    assert kinds.count(ChunkKind.LIST) == 5
    assert max(len(c.items) for c in chunks) == 15
    assert any(c.section[-1] == "MISIÓN" for c in chunks)
    assert any(c.lead.endswith("funciones son:") and len(c.items) == 12 for c in chunks)


RUN_IN = [
    # blocks, section and text of the chunk that tells it
    (
        [Paragraph(text="Misión. Llevar agua y riego a las familias rurales."), Paragraph(text="Se hizo una obra.")],
        ("Misión",),
        "Llevar agua y riego a las familias rurales.",
    ),
    (
        [Paragraph(text="1.2 Visión. Ser el mejor acueducto rural de la región.")],
        ("1.2 Visión",),
        "Ser el mejor acueducto rural de la región.",
    ),
    (
        [Paragraph(text="MISIÓN"), Paragraph(text="Llevar agua y riego a las familias rurales del sur.")],
        ("MISIÓN",),
        "Llevar agua y riego a las familias rurales del sur.",
    ),
    (
        [Paragraph(text="AUTORIDADES"), Paragraph(text="Director: Luis Paz Soto. Jefa de Compras: Ana Ruiz Sol, desde 2021.")],
        ("AUTORIDADES",),
        "Director: Luis Paz Soto. Jefa de Compras: Ana Ruiz Sol, desde 2021.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "section", "text"), RUN_IN)
def test_headings_that_nothing_but_their_words_marks(blocks, section, text):
    """ "Misión." at the head of its paragraph, "MISIÓN" alone over it: what follows after the paragraph is not under it."""
    found = build_chunks([Heading(text="Marco", level=1), *blocks], "d")
    told = next(c for c in found if c.text == text)
    assert told.section == ("Marco", *section)
    assert all(c.section == ("Marco",) for c in found if c.text == "Se hizo una obra.")
