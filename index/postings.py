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
    stems = stems[order]
    first = np.flatnonzero(np.concatenate([[True], stems[1:] != stems[:-1]])) if len(stems) else np.zeros(0, np.int64)
    return Postings(
        stems=stems[first],
        entry_starts=np.append(first, len(stems)).astype(np.int64),
        places=places[order],
        times=np.concatenate([p.times for p in parts])[order],
        lengths=np.concatenate([p.lengths for p in parts]),
    )


class PostingsScorer:
    """Implements `index.bm25.Scorer` over the postings of some passages, and of those that come after them."""

    def __init__(self, *parts: Postings) -> None:
        self._parts = parts
        lengths = np.concatenate([np.zeros(0, dtype=np.int32), *(p.lengths for p in parts)])
        self._count = len(lengths)
        average = float(lengths.mean()) if self._count else 1.0
        norms = (K1 * (1 - B + B * lengths / (average or 1.0))).astype(np.float32)
        self._ends = np.cumsum([len(p.lengths) for p in parts], dtype=np.int64)
        self._norms = np.split(norms, self._ends[:-1]) if parts else []
        self._entries = lru_cache(maxsize=512)(self._looked_up)  # a question asks for the same stems in several steps

    def _looked_up(self, stem: str) -> tuple[int, tuple[slice, ...]]:
        """How many passages hold a stem, and where each part tells which."""
        wanted = np.uint64(hashed_stem(stem))
        found = []
        for part in self._parts:
            place = int(np.searchsorted(part.stems, wanted))
            held = place < len(part.stems) and part.stems[place] == wanted
            found.append(slice(*map(int, part.entry_starts[place : place + 2])) if held else slice(0, 0))
        return sum(s.stop - s.start for s in found), tuple(found)

    def idf(self, stem: str) -> float:
        df, _ = self._entries(stem)
        return math.log(1 + (self._count - df + 0.5) / (df + 0.5))

    def array(self, stems: Sequence[str]) -> npt.NDArray[np.float32]:
        found = np.zeros(self._count, dtype=np.float32)
        own = np.split(found, self._ends[:-1]) if self._parts else []  # views of it
        for stem in dict.fromkeys(stems):
            df, entries = self._entries(stem)
            idf = np.float32(self.idf(stem)) if df else np.float32(0)
            for part, norms, scores, run in zip(self._parts, self._norms, own, entries, strict=True):
                if run.stop > run.start:
                    places, times = part.places[run], part.times[run].astype(np.float32)
                    scores[places] += idf * times / (times + norms[places])
        return found

    def scores(self, stems: Sequence[str]) -> dict[int, float]:
        found = self.array(stems)
        return {int(place): round(float(found[place]), 5) for place in found.nonzero()[0]}
