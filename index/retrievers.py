"""LlamaIndex dress for what is ours: retrievers over our search, functions as tools.

The one file that imports llama_index.core: import it lazily.

LlamaIndex' own BM25 retriever keeps zero scores, does not fold accents and reloads with an English stemmer; ours is a
thin cover over `PassageIndex.search`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.core.tools import FunctionTool

from index.frame import content_words, strip_frame
from index.search import Hit, PassageIndex, Search
from index.text import stem


def query_stems(text: str) -> list[str]:
    """Stems of the words of content of a question."""
    return [stem(word) for word in content_words(strip_frame(text))]


class PassageRetriever(BaseRetriever):  # type: ignore[misc]  # llama_index is not followed by mypy: it takes a minute
    """Passages for a question, best first, none with a score of zero.

    Node ids are chunk ids; metadata holds document, file, title, section, page, place among all passages and the score
    of each leg ("bm25"). The place also keeps two equal paragraphs of a page apart: LlamaIndex drops equal nodes.
    analyse: the stems of a question; the narrative route hands its own, with typing errors corrected.
    """

    def __init__(
        self,
        index: PassageIndex,
        *,
        k: int = 10,
        documents: frozenset[str] | None = None,
        analyse: Callable[[str], Sequence[str]] = query_stems,
    ) -> None:
        super().__init__()
        self._index = index
        self._k = k
        self._documents = documents
        self._analyse = analyse

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._index.search(self._analyse(query_bundle.query_str), k=self._k, documents=self._documents)
        return [_node(hit) for hit in hits]


def search_through(index: PassageIndex) -> Search:
    """`PassageIndex.search` by way of the LlamaIndex retriever, for `assistant.narrative.find_narrative`."""

    def search(stems: Sequence[str], *, k: int = 20, documents: frozenset[str] | None = None) -> list[Hit]:
        retriever = PassageRetriever(index, k=k, documents=documents, analyse=str.split)
        return [
            Hit(passage=index.all_passages[n.metadata["place"]], score=n.score or 0.0, legs={"bm25": n.score or 0.0})
            for n in retriever.retrieve(" ".join(stems))
        ]

    return search


def function_tool(function: Callable[..., Any]) -> FunctionTool:
    """A function as a LlamaIndex tool: its name, its docstring and its typed parameters are what a model is told."""
    return FunctionTool.from_defaults(fn=function, name=function.__name__, description=function.__doc__)


def _node(hit: Hit) -> NodeWithScore:
    chunk, document = hit.passage.chunk, hit.passage.document
    text = "\n".join((chunk.lead, *chunk.items)).strip() if chunk.items else chunk.text
    node = TextNode(
        id_=chunk.id,
        text=text,
        metadata={
            "document": document.id,
            "file": document.file,
            "title": document.title,
            "section": " › ".join(chunk.section),
            "page": chunk.pages[0] if chunk.pages else None,
            "place": hit.passage.place,
            **hit.legs,
        },
        excluded_embed_metadata_keys=["document", "file", "page", "place", *hit.legs],
    )
    return NodeWithScore(node=node, score=hit.score)
