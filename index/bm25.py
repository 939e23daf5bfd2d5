"""BM25 scores of passages: sums in plain Python over small stores; `index.postings` has the same over arrays.

The variant is Lucene's: idf = ln(1 + (N - df + 0.5) / (df + 0.5)), term weight tf / (tf + k1 (1 - b + b dl / avgdl)).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

K1 = 0.9
B = 0.4
MANY = 4000  # passages; from here on arrays serve better than dictionaries, and are worth a folder on disk


class Scorer(Protocol):
    """Scores of all passages for the distinct stems of a query, and how telling a stem is."""

    def idf(self, stem: str) -> float:
        """Rarity of a stem; a stem that no passage holds is the rarest."""
        ...

    def scores(self, stems: Sequence[str]) -> dict[int, float]:
        """Score by place of the passage, only those above zero."""
        ...

    def array(self, stems: Sequence[str]) -> npt.NDArray[np.float32]:
        """The same for every passage."""
        ...


def scorer(corpus: Sequence[Sequence[str]]) -> Scorer:
    """The scorer fit for the size of the corpus (one sequence of stems per passage)."""
    if len(corpus) < MANY:
        return PlainScorer(corpus)
    from index.postings import PostingsScorer, postings_of  # noqa: PLC0415 - loads numpy; small stores do without

    return PostingsScorer(postings_of(corpus))


class _Rarity:
    def __init__(self, corpus: Sequence[Sequence[str]]) -> None:
        self._count = len(corpus)
        self._df = Counter(stem for stems in corpus for stem in set(stems))

    def idf(self, stem: str) -> float:
        df = self._df.get(stem, 0)
        return math.log(1 + (self._count - df + 0.5) / (df + 0.5))


class PlainScorer(_Rarity):
    """Posting lists in dictionaries: nothing to import, right for some thousands of passages."""

    def __init__(self, corpus: Sequence[Sequence[str]]) -> None:
        super().__init__(corpus)
        average = sum(map(len, corpus)) / max(len(corpus), 1) or 1.0
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, stems in enumerate(corpus):
            length = K1 * (1 - B + B * len(stems) / average)
            for stem, times in Counter(stems).items():
                self._postings[stem].append((place, times / (times + length)))

    def scores(self, stems: Sequence[str]) -> dict[int, float]:
        found: dict[int, float] = defaultdict(float)
        for stem in dict.fromkeys(stems):
            rarity = self.idf(stem)
            for place, weight in self._postings.get(stem, ()):
                found[place] += rarity * weight
        return {place: round(score, 5) for place, score in found.items() if score > 0}

    def array(self, stems: Sequence[str]) -> npt.NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415 - what is asked of words alone does without

        found = np.zeros(self._count, dtype=np.float32)
        scores = self.scores(stems)
        found[list(scores)] = list(scores.values())
        return found
