"""The meaning of passages: how near a question is to each of them, to its sentences, its headings and its words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.embedding import StaticEmbedder
from index.headings import standards
from index.vectors import ReportVectors, Rows, report_vectors

if TYPE_CHECKING:
    from index.embedding import Embedder, Vectors
    from index.search import Passage, Shelf
    from index.store import Store

_REMEMBERED = 4000  # passages whose word vectors are kept at hand


class Meaning:
    """Vectors of the passages of a `PassageIndex`, in its order, and the model that made them."""

    def __init__(self, passages: Sequence[Passage], vectors: ReportVectors, embedder: Embedder) -> None:
        self._vectors = vectors
        self._embedder = embedder
        self._words = WordVectors()
        texts = [alias for standard in standards() for alias in standard.said]
        self._aliases = Rows.of(embedder.passages(texts))
        ends = np.cumsum([0, *(len(s.said) for s in standards())])
        self._alias_range = {s.id: (int(a), int(b)) for s, a, b in zip(standards(), ends, ends[1:], strict=False)}
        self._passages = passages
        self._words_of = lru_cache(maxsize=_REMEMBERED)(self._word_rows)

    @property
    def model(self) -> str:
        """What tells the model."""
        return self._embedder.id

    def query(self, text: str) -> Vectors:
        """The vector of a question."""
        return _query(self._embedder, text)

    def whole(self, query: Vectors) -> Vectors:
        """Cosine of every passage."""
        return self._vectors.whole.cosines(query)

    def best_part(self, query: Vectors, places: npt.NDArray[np.int64]) -> Vectors:
        """Cosine of the best sentence, item, heading or other name of the heading of some passages."""
        starts, ends = self._vectors.starts[places], self._vectors.starts[places + 1]
        lengths = ends - starts
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        rows = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], lengths)
        cosines = self._vectors.parts.cosines(query, rows)
        best = np.zeros(len(places), dtype=np.float32)
        some = lengths > 0
        if some.any():
            best[some] = np.maximum.reduceat(cosines, offsets[:-1][some])
        alias = self._aliases.cosines(query)
        for i, place in enumerate(places):
            for standard in self._passages[place].standards:
                a, b = self._alias_range[standard.id]
                best[i] = max(best[i], float(alias[a:b].max(initial=0.0)))
        return best

    def near(self, words: Sequence[str], place: int) -> Vectors:
        """For each word, the cosine (not below 0) of the nearest word of a passage, its headings or other names."""
        rows = self._words_of(place)
        if not words or not len(rows):
            return np.zeros(len(words), dtype=np.float32)
        near: Vectors = np.maximum((self._words.vectors(words) @ rows.T).max(axis=1), 0.0)
        return near

    def _word_rows(self, place: int) -> Vectors:
        return self._words.vectors(self._passages[place].words)


@lru_cache(maxsize=256)
def _query(embedder: Embedder, text: str) -> Vectors:
    return embedder.queries([text])[0]


class WordVectors:
    """Vectors of single words by our own model, whichever model the passages have: words need a static one."""

    def __init__(self, load: Callable[[], StaticEmbedder] = StaticEmbedder) -> None:
        self._load = load
        self._place: dict[str, int] = {}
        self._lock = threading.Lock()

    @cached_property
    def _model(self) -> StaticEmbedder:
        return self._load()

    @cached_property
    def _rows(self) -> Vectors:
        return np.zeros((1024, self._model.dimensions), dtype=np.float32)

    def vectors(self, words: Sequence[str]) -> Vectors:
        """One row of unit length for each word."""
        with self._lock:
            new = [w for w in dict.fromkeys(words) if w not in self._place]
            if new:
                start, end = len(self._place), len(self._place) + len(new)
                if end > len(self._rows):
                    self._rows = np.concatenate([self._rows, np.zeros((end, self._rows.shape[1]), dtype=np.float32)])
                self._rows[start:end] = self._model.passages(new)
                self._place.update((w, start + i) for i, w in enumerate(new))
            return self._rows[[self._place[w] for w in words]]


def open_meaning(shelves: Sequence[Shelf], *, embedder: Embedder, store: Store | None = None) -> Meaning:
    """The meaning of the passages of some documents, in their order; what the store keeps is not made again."""
    vectors = [
        report_vectors([p.chunk for p in shelf.passages], embedder, store, shelf.document.id) for shelf in shelves
    ]
    return Meaning([p for s in shelves for p in s.passages], ReportVectors.joined(vectors), embedder)
