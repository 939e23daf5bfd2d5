"""LlamaIndex dress for what is ours: a vector store over our arrays, retrievers over our search, functions as tools.

The one file of this room that imports llama_index.core: import it lazily. LlamaIndex' own BM25 retriever keeps zero
scores, does not fold accents and reloads with an English stemmer; its fusion retriever and its index reach for a paid
model unless told otherwise. Ours are thin covers over `PassageIndex.search`, with no model but the one passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from llama_index.core import VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.schema import BaseNode, NodeWithScore, QueryBundle, TextNode
from llama_index.core.tools import FunctionTool
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
    VectorStoreQueryResult,
)
from pydantic import PrivateAttr

from index.embedding import Embedder
from index.frame import content_words, strip_frame
from index.model import Period
from index.periods import within
from index.search import Hit, PassageIndex, Search
from index.shelves import Passage
from index.text import fold, stem


def query_stems(text: str) -> list[str]:
    """Stems of the words of content of a question."""
    return [stem(word) for word in content_words(strip_frame(text))]


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """Where passages may be: None for anywhere. section: a part of a heading above it, accents and case aside."""

    documents: frozenset[str] | None = None
    institution: str | None = None
    period: Period | None = None
    section: str | None = None

    def admits(self, passage: Passage) -> bool:
        """Whether a passage may be found."""
        document = passage.document
        if self.documents is not None and document.id not in self.documents:
            return False
        if self.institution is not None and fold(self.institution) not in {
            fold(name) for name in (document.institution or "", *document.aliases)
        }:
            return False
        if self.period is not None and not (document.period is not None and within(document.period, self.period)):
            return False
        return self.section is None or any(fold(self.section) in fold(heading) for heading in passage.path)


class PassageRetriever(BaseRetriever):  # type: ignore[misc]  # llama_index is not followed by mypy: it takes a minute
    """Passages for a question by words and meaning, best first, none with a score of zero.

    Node ids are chunk ids; metadata holds document, file, title, institution, section, page, place among all passages
    and the score of each leg. The place also keeps two equal paragraphs of a page apart: LlamaIndex drops equal nodes.
    analyse: the stems of a question; the narrative route hands its own, with typing errors corrected.
    """

    def __init__(
        self,
        index: PassageIndex,
        *,
        k: int = 10,
        filters: Filters | None = None,
        documents: frozenset[str] | None = None,
        analyse: Callable[[str], Sequence[str]] = query_stems,
        by_meaning: bool = True,
    ) -> None:
        super().__init__()
        self._index = index
        self._k = k
        self._filters = filters or Filters(documents=documents)
        self._analyse = analyse
        self._by_meaning = by_meaning

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        narrow = self._filters != Filters(documents=self._filters.documents)
        hits = self._index.search(
            self._analyse(query_bundle.query_str),
            k=len(self._index.all_passages) if narrow else self._k,
            documents=self._filters.documents,
            text=query_bundle.query_str if self._by_meaning else "",
        )
        kept = [hit for hit in hits if not narrow or self._filters.admits(hit.passage)]
        return [NodeWithScore(node=_node(hit.passage, hit.legs), score=hit.score) for hit in kept[: self._k]]


def search_through(index: PassageIndex) -> Search:
    """`PassageIndex.search` by way of the LlamaIndex retriever, for `assistant.narrative.find_narrative`."""

    def search(
        stems: Sequence[str], *, k: int = 20, documents: frozenset[str] | None = None, text: str = ""
    ) -> list[Hit]:
        retriever = PassageRetriever(
            index, k=k, documents=documents, analyse=lambda _: stems, by_meaning=bool(text and index.meaning)
        )
        return [
            Hit(
                passage=index.all_passages[n.metadata["place"]],
                score=n.score or 0.0,
                legs={leg: n.metadata[leg] for leg in _LEGS if leg in n.metadata},
            )
            for n in retriever.retrieve(text or " ".join(stems))
        ]

    return search


_LEGS = ("bm25", "sentence", "vectors", "asked", "nearness", "pairs")


class ModelEmbedding(BaseEmbedding):  # type: ignore[misc]  # the base class is Any to mypy, which skips llama_index
    """One of our models as LlamaIndex wants it. (Its own cover cannot load a StaticEmbedding: it has no length.)"""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.id)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return [float(v) for v in self._embedder.passages([text])[0]]

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(v) for v in self._embedder.queries([query])[0]]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class PassageVectorStore(BasePydanticVectorStore):  # type: ignore[misc]  # a pydantic model of a library mypy skips
    """The vectors of a `PassageIndex` as a LlamaIndex vector store: read only, brute force over one byte a number.

    Filters know the keys of the nodes' metadata (document, file, institution, section) with == and IN.
    """

    stores_text: bool = True
    is_embedding_query: bool = True
    _index: PassageIndex = PrivateAttr()

    def __init__(self, index: PassageIndex) -> None:
        super().__init__()
        if index.meaning is None:
            raise ValueError("the index has no vectors")
        self._index = index

    @property
    def client(self) -> PassageIndex:
        """The index."""
        return self._index

    def add(self, nodes: Sequence[BaseNode], **_: Any) -> list[str]:
        """Refuse: passages come from the store of reports."""
        raise NotImplementedError("reports are added to the store, not to its index")

    def delete(self, ref_doc_id: str, **_: Any) -> None:
        """Refuse: as `add`."""
        raise NotImplementedError("reports are removed from the store, not from its index")

    def query(self, query: VectorStoreQuery, **_: Any) -> VectorStoreQueryResult:
        """The passages nearest to a vector, by the passage as a whole."""
        meaning = self._index.meaning
        assert meaning is not None
        cosines = meaning.whole(np.asarray(query.query_embedding, dtype=np.float32))
        nodes: list[TextNode] = []
        scores: list[float] = []
        for place in np.argsort(-cosines, kind="stable"):
            node = _node(self._index.all_passages[int(place)], {})
            if _admitted(node, query.filters):
                nodes.append(node)
                scores.append(float(cosines[place]))
            if len(nodes) == query.similarity_top_k:
                break
        return VectorStoreQueryResult(nodes=nodes, similarities=scores, ids=[n.node_id for n in nodes])


def vector_index(index: PassageIndex, embedder: Embedder) -> VectorStoreIndex:
    """A LlamaIndex index over our vectors, with our model and no other."""
    return VectorStoreIndex.from_vector_store(PassageVectorStore(index), embed_model=ModelEmbedding(embedder))


def _admitted(node: TextNode, filters: MetadataFilters | None) -> bool:
    if filters is None:
        return True
    if str(filters.condition).rsplit(".", 1)[-1].lower() != "and":
        raise NotImplementedError("conditions are joined by AND")
    return all(_meets(node, f) for f in filters.filters)


def _meets(node: TextNode, wanted: MetadataFilter | MetadataFilters) -> bool:
    if isinstance(wanted, MetadataFilters):
        return _admitted(node, wanted)
    has = node.metadata.get(wanted.key)
    if wanted.operator == FilterOperator.EQ:
        return bool(has == wanted.value)
    if wanted.operator == FilterOperator.IN and isinstance(wanted.value, list):
        return has in wanted.value
    raise NotImplementedError(f"filter operator {wanted.operator}")


def function_tool(function: Callable[..., Any]) -> FunctionTool:
    """A function as a LlamaIndex tool: its name, its docstring and its typed parameters are what a model is told."""
    return FunctionTool.from_defaults(fn=function, name=function.__name__, description=function.__doc__)


def _node(passage: Passage, legs: Any) -> TextNode:
    chunk, document = passage.chunk, passage.document
    text = "\n".join((chunk.lead, *chunk.items)).strip() if chunk.items else chunk.text
    return TextNode(
        id_=chunk.id,
        text=text,
        metadata={
            "document": document.id,
            "file": document.file,
            "title": document.title,
            "institution": document.institution,
            "section": " › ".join(chunk.section),
            "page": chunk.pages[0] if chunk.pages else None,
            "place": passage.place,
            **legs,
        },
        excluded_embed_metadata_keys=["document", "file", "institution", "page", "place", *legs],
    )
