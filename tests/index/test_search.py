"""Passages are found by BM25 the same way at every size; headings and acronyms explain words of a question."""

from __future__ import annotations

import random

import pytest

from index.acronyms import definitions
from index.bm25 import PlainScorer
from index.headings import standard_of, standard_of_lead
from index.model import Chunk, ChunkKind, Document, Report
from index.postings import PostingsScorer, joined_postings, postings_of
from index.search import PassageIndex, meets
from index.text import stems


def test_both_scorers_agree() -> None:
    """Large and small stores rank alike: Lucene's BM25, k1 0.9, b 0.4."""
    chance = random.Random(7)
    corpus = [[chance.choice("abcdefghij") for _ in range(chance.randint(1, 30))] for _ in range(60)]
    parts = [postings_of(corpus[:25]), postings_of(corpus[25:26]), postings_of(corpus[26:])]
    fast_one = PostingsScorer(joined_postings(parts))
    plain, fast = PlainScorer(corpus).scores("abz"), fast_one.scores("abz")
    assert plain.keys() == fast.keys()
    assert all(abs(plain[k] - fast[k]) < 1e-4 for k in plain)
    assert PlainScorer(corpus).scores("z") == fast_one.scores("z") == {}


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("MISIÓN", ["mision"]),
        ("2.1 Misión y visión institucional", ["mision", "vision"]),
        ("IV. Marco legal", ["mandato"]),
        ("Objetivos estratégicos 2023", ["objetivos"]),
        ("Población Objetivo", ["poblacion"]),
        ("Visión de las cuencas", []),
        ("Producción de semillas", []),
    ],
)
def test_standard_headings(heading: str, found: list[str]) -> None:
    assert [s.id for s in standard_of(heading)] == found


def test_the_lead_of_a_list_names_a_section() -> None:
    assert [s.id for s in standard_of_lead("Por ley, las principales funciones son:")] == ["funciones"]


def _chunk(text: str, *section: str, n: int = 0) -> Chunk:
    return Chunk(id=f"d:c{n}", document="d", kind=ChunkKind.PARAGRAPH, section=section, text=text)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("la Dirección General de Puertos (DGP) y otros", [("DGP", "Dirección General de Puertos")]),
        ("del Fondo de Riego –FORI-, según", [("FORI", "Fondo de Riego")]),
        ("la Secretaría de Pesca del Estado –SP- dijo", [("SP", "Secretaría de Pesca del Estado")]),
        ("de los guías de la montaña (GM).", [("GM", "guías de la montaña")]),
        ("el INR (Instituto Nacional de Ríos) midió", [("INR", "Instituto Nacional de Ríos")]),
        ("reunión con SVT, MIF y ONS, entre otras", []),
        ("la meta (VER CUADRO) subió", []),
    ],
)
def test_acronyms_in_prose(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [(d.term, d.meaning) for d in definitions([_chunk(text)])] == pairs


@pytest.fixture(scope="module")
def index() -> PassageIndex:
    document = Document(
        id="d", file="d.txt", title="Informe", kind="txt", institution="Instituto de Ríos", aliases=("IR",)
    )
    texts = [
        _chunk("Medir el agua de los ríos.", "Marco", "Misión", n=1),
        _chunk("El Sistema de Alerta Temprana (SAT) avisó dos veces.", "Resultados", n=2),
        _chunk("Visión: que el SAT cubra todo el país.", n=3),
    ]
    return PassageIndex.build([Report(document=document, tables=(), chunks=tuple(texts))])


def test_search_orders_filters_and_drops_zero(index: PassageIndex) -> None:
    assert [h.passage.chunk.id for h in index.search(stems("misión"))] == ["d:c1"]
    assert [h.passage.chunk.id for h in index.search(stems("a qué se dedica"))] == ["d:c1"]  # an alias of the heading
    assert index.search(stems("volcanes")) == []
    assert index.search(stems("misión"), documents=frozenset({"x"})) == []
    assert index.search(stems("misión"))[0].legs == {"bm25": index.search(stems("misión"))[0].score}


@pytest.mark.parametrize(
    ("question", "place", "unexplained"),
    [
        ("misión del IR", 0, ()),
        ("razón de ser del instituto", 0, ()),
        ("alertas del SAT", 1, ()),
        ("visión del sistema de alerta temprana", 2, ()),  # the acronym stands for its meaning
        ("misión de los volcanes", 0, ("volcan",)),
    ],
)
def test_coverage(index: PassageIndex, question: str, place: int, unexplained: tuple[str, ...]) -> None:
    found = index.coverage(stems(question), index.all_passages[place])
    assert found.unexplained == unexplained
    assert (found.share == 1.0) is (not unexplained)


def test_forms_of_a_word_meet() -> None:
    assert meets("estrategi", frozenset({"estrateg"}))
    assert not meets("direccion", frozenset({"director"}))
    assert not meets("11-02-001", frozenset({"11-02"}))


def test_a_text_without_headings_may_begin_with_the_line_of_one() -> None:
    """What was cut from a page keeps its first line; a line that is no standard heading is text."""
    document = Document(id="d", file="d.txt", title="Informe", kind="txt")
    texts = ("Población objetivo\nLos pescadores.", "Los pescadores\nPoblación objetivo.", "Población objetivo")
    chunks = tuple(
        Chunk(id=f"d:c{n}", document="d", kind=ChunkKind.PARAGRAPH, section=(), text=text, order=n)
        for n, text in enumerate(texts)
    )
    made = PassageIndex.build([Report(document=document, tables=(), chunks=chunks)])
    assert [[s.id for s in p.standards] for p in made.all_passages] == [["poblacion"], [], []]
    assert [h.passage.chunk.id for h in made.search(stems("los beneficiarios"))] == ["d:c0"]


def test_each_report_is_named_by_any_of_its_names(index: PassageIndex) -> None:
    for question in ("¿qué hace el IR?", "¿qué hace el Instituto de Ríos?"):
        assert [shelf.document.id for shelf, _ in index.named(question)] == ["d"]
    assert index.named("¿qué hace la gente?") == []
