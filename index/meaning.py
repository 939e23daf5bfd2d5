"""The meaning of passages: how near a question is to each of them, to its sentences, its headings and its words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.embedding import StaticEmbedder
from index.frame import content_words
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
        texts = [alias for standard in standards() for alias in (*standard.said, *standard.asks)]
        self._aliases = Rows.of(embedder.passages(texts))
        ends = np.cumsum([0, *(len(s.said) + len(s.asks) for s in standards())])
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
        asked = self._asked(query)
        for i, place in enumerate(places):
            best[i] = max(best[i], self._section(asked, self._passages[place]))
        return best

    def parts(self, query: Vectors, place: int) -> Vectors:
        """Cosine of each sentence or item of a passage."""
        rows = np.arange(self._vectors.starts[place], self._vectors.starts[place + 1])
        found = self._vectors.parts.cosines(query, rows)
        return found[:-1] if self._passages[place].chunk.section else found

    def section(self, query: Vectors, passage: Passage) -> float:
        """Cosine of the nearest name of the standard sections that a passage stands in, or way of asking for them."""
        return self._section(self._asked(query), passage)

    def _asked(self, query: Vectors) -> dict[str, float]:
        cosines = self._aliases.cosines(query)
        return {name: float(cosines[a:b].max(initial=0.0)) for name, (a, b) in self._alias_range.items()}

    def _section(self, asked: dict[str, float], passage: Passage) -> float:
        return max((asked[s.id] for s in passage.standards), default=0.0)

    def near(self, words: Sequence[str], place: int, *, ask: bool = False) -> Vectors:
        """For each word, the cosine (not below 0) of the nearest word of a passage, its headings or other names.

        ask: the words with which people ask for such a section count too.
        """
        rows = self._words_of(place)
        if ask:
            said = {w for s in self._passages[place].standards for a in s.asks for w in content_words(a)}
            rows = np.concatenate([rows, self._words.vectors(sorted(said))]) if said else rows
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
