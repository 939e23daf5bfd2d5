"""Passages found by meaning: legs, filters, what is kept of each report and when it is made again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pytest

from index.embedding import StaticEmbedder
from index.hybrid import LEXICAL, VECTORS
from index.meaning import open_meaning
from index.memory_store import MemoryStore
from index.model import Chunk, ChunkKind, Document, Period, Report
from index.search import PassageIndex
from index.text import stems


class Counting:
    """Our model under another name, counting the texts it is given."""

    def __init__(self, name: str = "uno") -> None:
        self.id = name
        self.dimensions = StaticEmbedder().dimensions
        self.passages_made = 0

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        self.passages_made += len(texts)
        return StaticEmbedder().passages(texts)

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        return StaticEmbedder().queries(texts)


def _report(name: str, institution: str, year: int, *chunks: tuple[str, str]) -> Report:
    document = Document(
        id=name, file=f"{name}.txt", title=name, kind="txt", institution=institution, period=Period(year=year)
    )
    made = tuple(
        Chunk(id=f"{name}:c{i}", document=name, kind=ChunkKind.PARAGRAPH, section=(section,), text=text, order=i)
        for i, (section, text) in enumerate(chunks)
    )
    return Report(document=document, tables=(), chunks=made)


RIOS = _report(
    "rios", "Instituto de Ríos", 2022,
    ("Población objetivo", "Los pescadores y las familias de la ribera."),
    ("Misión", "Medir el agua de los ríos y avisar de las crecidas."),
    ("Personal", "Trabajan cuarenta técnicos."),
)  # fmt: skip
MINAS = _report(
    "minas", "Dirección de Minas", 2023,
    ("Población objetivo", "Las cooperativas de mineros artesanales."),
    ("Marco legal", "Ley 45 de minería."),
)  # fmt: skip


def _index(*reports: Report, store: MemoryStore | None = None, embedder: object = None) -> PassageIndex:
    opened = partial(open_meaning, embedder=embedder or StaticEmbedder(), store=store)
    return PassageIndex.build(reports, meaning=opened)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def index() -> PassageIndex:
    return _index(RIOS, MINAS)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("¿a quién ayuda el Instituto de Ríos?", "rios:c0"),
        ("¿a quién ayuda la Dirección de Minas?", "minas:c0"),
        ("¿cuánta gente labora en el Instituto de Ríos?", "rios:c2"),
        ("¿qué normas rigen la Dirección de Minas?", "minas:c1"),
        ("inundaciones", "rios:c1"),
    ],
)
def test_a_passage_is_found_in_other_words(index: PassageIndex, question: str, found: str) -> None:
    assert index.search(stems(question), text=question)[0].passage.chunk.id == found


def test_every_leg_keeps_its_score(index: PassageIndex) -> None:
    hit = index.search(stems("agua de los ríos"), text="agua de los ríos")[0]
    assert set(hit.legs) == {"bm25", "sentence", "vectors", "asked", "nearness", "pairs"}
    assert hit.legs["bm25"] > 0 < hit.legs["vectors"] <= 1
    assert 0 < hit.legs["nearness"] <= 1.0001
    for weights in (LEXICAL, VECTORS):
        alone = index.search(stems("agua de los ríos"), text="agua de los ríos", weights=weights)
        assert alone[0].passage.chunk.id == "rios:c1"


def test_search_stays_within_documents(index: PassageIndex) -> None:
    for documents in (frozenset({"minas"}), frozenset({"rios"})):
        hits = index.search(stems("a quién sirve"), text="a quién sirve", documents=documents)
        assert {h.passage.document.id for h in hits} == documents
    assert index.search(stems("misión"), text="misión", documents=frozenset({"x"})) == []


def test_nothing_asked_and_nothing_loaded_find_nothing() -> None:
    assert _index().search(stems("misión"), text="misión") == []
    assert _index(_report("vacio", "Nada", 2020)).search(stems("misión"), text="misión") == []


def test_adding_a_report_embeds_only_that_report() -> None:
    """The store keeps what was made of each report; a change of model makes it anew."""
    store = MemoryStore()
    store.add(RIOS)
    first = Counting()
    alone = _index(RIOS, store=store, embedder=first).meaning
    once = first.passages_made
    store.add(MINAS)
    again = Counting()
    _ = _index(RIOS, MINAS, store=store, embedder=again).meaning
    minas_alone = Counting()
    _ = _index(MINAS, embedder=minas_alone).meaning
    assert alone is not None
    assert 0 < again.passages_made == minas_alone.passages_made
    other = Counting("otro")
    rebuilt = _index(RIOS, store=store, embedder=other).meaning
    assert other.passages_made == once
    assert rebuilt is not None
    assert rebuilt.model == "otro"


def test_what_is_kept_gives_the_same_answers() -> None:
    store = MemoryStore()
    store.add(RIOS)
    question = "¿quiénes viven del río?"
    made = _index(RIOS, store=store).search(stems(question), text=question)
    kept = _index(RIOS, store=store).search(stems(question), text=question)
    assert made == kept


def test_llamaindex_dress(index: PassageIndex) -> None:
    """Retriever and vector store find what the search finds, filtered by document, institution, period and section."""
    from llama_index.core.vector_stores.types import MetadataFilter, MetadataFilters

    from index.retrievers import Filters, PassageRetriever, vector_index

    question = "¿a quién sirve?"

    def found(filters: Filters) -> list[str]:
        return [n.node.node_id for n in PassageRetriever(index, filters=filters).retrieve(question)]

    assert {i[:4] for i in found(Filters())} == {"rios", "mina"}
    assert {i[:4] for i in found(Filters(documents=frozenset({"minas"})))} == {"mina"}
    assert {i[:4] for i in found(Filters(institution="instituto de rios"))} == {"rios"}
    assert {i[:4] for i in found(Filters(period=Period(year=2023)))} == {"mina"}
    assert found(Filters(section="poblacion")) == ["rios:c0", "minas:c0"] or found(Filters(section="poblacion")) == [
        "minas:c0",
        "rios:c0",
    ]
    filters = MetadataFilters(filters=[MetadataFilter(key="institution", value="Dirección de Minas")])
    retriever = vector_index(index, StaticEmbedder()).as_retriever(similarity_top_k=1, filters=filters)
    (node,) = retriever.retrieve("¿qué ley regula las minas?")
    assert node.node.node_id == "minas:c1"
    assert 0 < node.score <= 1


def test_rows_lose_little() -> None:
    """One byte a number costs less than a hundredth of a cosine."""
    from index.vectors import Rows

    draw = np.random.default_rng(5)
    vectors = draw.standard_normal((200, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert np.abs(Rows.of(vectors).cosines(vectors[0]) - vectors @ vectors[0]).max() < 0.01
