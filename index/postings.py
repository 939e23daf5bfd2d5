"""BM25 over arrays that are joined from those of each report, and may lie on disk: for large stores.

What is kept are counts, which no other report changes; rarity and usual length are of all reports together.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.arrays import Arrays, Ints
from index.bm25 import K1, B

_MOST = 65_535  # largest uint16


@dataclass(frozen=True, kw_only=True)
class Postings(Arrays):
    """Which passages hold which stems. stems: hashes, ascending; entry_starts: by stem.

    places, times: a passage that holds the stem, and how often, in the order of passages. lengths: stems of each
    passage.
    """

    stems: npt.NDArray[np.uint64]
    entry_starts: Ints
    places: npt.NDArray[np.int32]
    times: npt.NDArray[np.uint16]
    lengths: npt.NDArray[np.int32]


@lru_cache(maxsize=100_000)
def hashed_stem(word_stem: str) -> int:
    """A stem as a number of 64 bits, the same in every process: two of a million stems hardly meet."""
    return int.from_bytes(hashlib.blake2b(word_stem.encode(), digest_size=8).digest(), "little")


def postings_of(corpus: Sequence[Sequence[str]]) -> Postings:
    """The postings of some passages, each given by its stems."""
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, stems in enumerate(corpus):
        for stem, times in Counter(stems).items():
            held[stem].append((place, min(times, _MOST)))
    ordered = sorted((hashed_stem(stem), entries) for stem, entries in held.items())
    return Postings(
        stems=np.array([h for h, _ in ordered], dtype=np.uint64),
        entry_starts=np.cumsum([0, *(len(entries) for _, entries in ordered)], dtype=np.int64),
        places=np.array([place for _, entries in ordered for place, _ in entries], dtype=np.int32),
        times=np.array([times for _, entries in ordered for _, times in entries], dtype=np.uint16),
        lengths=np.array([len(stems) for stems in corpus], dtype=np.int32),
    )


def joined_postings(parts: Sequence[Postings]) -> Postings:
    """Those of several reports, their passages one after the other."""
    shifts = np.cumsum([0, *(len(p.lengths) for p in parts)])
    stems = np.concatenate([np.repeat(p.stems, np.diff(p.entry_starts)) for p in parts])
    places = np.concatenate([p.places + np.int32(shift) for p, shift in zip(parts, shifts, strict=False)])
    order = np.argsort(stems, kind="stable")
    different, counts = np.unique(stems, return_counts=True)
    return Postings(
        stems=different,
        entry_starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        places=places[order],
        times=np.concatenate([p.times for p in parts])[order],
        lengths=np.concatenate([p.lengths for p in parts]),
    )


class PostingsScorer:
    """Implements `index.bm25.Scorer` over postings."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._count = len(postings.lengths)
        average = float(postings.lengths.mean()) if self._count else 1.0
        self._norms = (K1 * (1 - B + B * postings.lengths / (average or 1.0))).astype(np.float32)

    def _entries(self, stem: str) -> slice:
        stems, wanted = self._postings.stems, np.uint64(hashed_stem(stem))
        place = int(np.searchsorted(stems, wanted))
        if place == len(stems) or stems[place] != wanted:
            return slice(0, 0)
        return slice(int(self._postings.entry_starts[place]), int(self._postings.entry_starts[place + 1]))

    def idf(self, stem: str) -> float:
        entries = self._entries(stem)
        df = entries.stop - entries.start
        return math.log(1 + (self._count - df + 0.5) / (df + 0.5))

    def array(self, stems: Sequence[str]) -> npt.NDArray[np.float32]:
        found = np.zeros(self._count, dtype=np.float32)
        for stem in dict.fromkeys(stems):
            entries = self._entries(stem)
            places, times = self._postings.places[entries], self._postings.times[entries].astype(np.float32)
            found[places] += np.float32(self.idf(stem)) * times / (times + self._norms[places])
        return found

    def scores(self, stems: Sequence[str]) -> dict[int, float]:
        found = self.array(stems)
        return {int(place): round(float(found[place]), 5) for place in found.nonzero()[0]}
