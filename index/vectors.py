"""What the search by meaning needs of a report, in flat arrays: kept with the report in the store, one part a report.

Vectors of its passages and of their sentences (one byte a number), the stems of each sentence, the pieces of the words
of each passage. They are made once for each model: adding a report embeds that report alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from index.acronyms import passages
from index.analysis import WORDS, analysis_version
from index.arrays import Arrays, Ints, Maps, chained
from index.embedding import StaticEmbedder
from index.sentences import sentences
from index.text import STOPWORDS, stem, words

if TYPE_CHECKING:
    from index.embedding import Embedder, Vectors
    from index.model import Chunk
    from index.store import Store

NAME = "vectors"
_FORM = 5  # of the arrays; another number makes every index forget what it kept
_MOST = 127  # largest int8
_BLOCK = 1024  # rows turned to float32 at once: they stay in the processor's cache
_ROUGH = 96  # of the numbers of a vector of our own model: the first say most


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Unit vectors as int8 with a scale each. numbers: (rows, dimensions)."""

    numbers: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float32]

    @classmethod
    def of(cls, vectors: Vectors) -> Rows:
        """Round vectors; what is lost is below a hundredth of a cosine."""
        scales = np.abs(vectors).max(axis=1, initial=0.0) / _MOST
        scales[scales == 0] = 1.0
        return cls(numbers=np.rint(vectors / scales[:, None]).astype(np.int8), scales=scales.astype(np.float32))

    def cosines(self, query: Vectors, places: Ints | None = None) -> Vectors:
        """Cosine of each row, or of some rows, to a query of unit length."""
        numbers, scales = (self.numbers, self.scales) if places is None else (self.numbers[places], self.scales[places])
        found = np.empty(len(numbers), dtype=np.float32)
        for start in range(0, len(numbers), _BLOCK):
            block = numbers[start : start + _BLOCK].astype(np.float32)
            found[start : start + _BLOCK] = block @ query
        return found * scales


@dataclass(frozen=True, kw_only=True)
class Said(Arrays):
    """What some passages say: what few of them are compared by.

    parts: a vector for each sentence or item, and one for the nearest heading; `part_starts` by passage. stems: hashes
    of the stems of each part; `stem_starts` by part. pieces: of the words of content by our own tokenizer;
    `piece_starts` by word, `word_starts` by passage.
    """

    parts: npt.NDArray[np.int8]
    parts_scales: npt.NDArray[np.float32]
    part_starts: Ints
    stems: npt.NDArray[np.uint32]
    stem_starts: Ints
    pieces: npt.NDArray[np.uint16]
    piece_starts: Ints
    word_starts: Ints

    @classmethod
    def joined(cls, columns: Sequence[Self]) -> Self:
        """Those of several reports, one after the other."""
        made: dict[str, Any] = {}
        for field in fields(cls):
            arrays = [getattr(c, field.name) for c in columns]
            made[field.name] = chained(arrays) if field.name.endswith("_starts") else np.concatenate(arrays)
        return cls(**made)

    def at(self, places: Ints) -> Said:
        """What some passages say, in the order given, in memory."""
        parts, part_starts = spread(self.part_starts, places)
        stems, stem_starts = spread(self.stem_starts, parts)
        words_, word_starts = spread(self.word_starts, places)
        pieces, piece_starts = spread(self.piece_starts, words_)
        return Said(
            parts=self.parts[parts],
            parts_scales=self.parts_scales[parts],
            part_starts=part_starts,
            stems=self.stems[stems],
            stem_starts=stem_starts,
            pieces=self.pieces[pieces],
            piece_starts=piece_starts,
            word_starts=word_starts,
        )

    def part_cosines(self, query: Vectors, places: Ints) -> tuple[Vectors, Ints]:
        """Cosines of the parts of some passages, and where those of each begin among them and the last end."""
        rows, offsets = spread(self.part_starts, places)
        return Rows(numbers=self.parts, scales=self.parts_scales).cosines(query, rows), offsets


@dataclass(frozen=True, kw_only=True)
class Columns(Said):
    """The arrays, for some passages in order.

    whole: a vector for each passage with its headings; rough: the first numbers of each, one beside the other, so that
    a look at all of them reads little.
    """

    whole: npt.NDArray[np.int8]
    whole_scales: npt.NDArray[np.float32]
    rough: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.whole_scales)


class ManyColumns:
    """The arrays of runs of passages one after the other, each where it lies: few passages are looked at closely."""

    def __init__(self, runs: Sequence[Columns]) -> None:
        self._runs = runs
        self._maps = Maps(runs)
        self._firsts = np.cumsum([0, *map(len, runs)])
        self._last: tuple[bytes, tuple[Said, Ints]] | None = None

    def whole(self, query: Vectors) -> Vectors:
        """Cosine of every passage to a query of unit length."""
        return _chain(Rows(numbers=r.whole, scales=r.whole_scales).cosines(query) for r in self._runs)

    def rough(self, query: Vectors) -> Vectors:
        """The same by the first numbers alone."""
        return _chain(Rows(numbers=r.rough, scales=r.whole_scales).cosines(query[:_ROUGH]) for r in self._runs)

    def whole_at(self, query: Vectors, places: Ints) -> Vectors:
        """Cosine of some passages."""
        found = np.empty(len(places), dtype=np.float32)
        for run, which in self._by_run(places):
            columns, own = self._runs[run], places[which] - self._firsts[run]
            found[which] = Rows(numbers=columns.whole, scales=columns.whole_scales).cosines(query, own)
        return found

    def best_part(self, query: Vectors, places: Ints) -> Vectors:
        """Cosine of the best part of some passages; 0 where there is none."""
        found = np.empty(len(places), dtype=np.float32)
        for run, which in self._by_run(places):
            found[which] = most(*self._runs[run].part_cosines(query, places[which] - self._firsts[run]))
        return found

    def at(self, places: Ints) -> tuple[Said, Ints]:
        """Arrays that hold some passages, and where in them each is; several steps look at the same ones."""
        if len(self._runs) == 1:
            return self._runs[0], places
        key = places.tobytes()
        last = self._last
        if last is None or last[0] != key:
            last = self._last = (key, self._gathered(places))
        return last[1]

    def _gathered(self, places: Ints) -> tuple[Said, Ints]:
        own, order = [], [np.zeros(0, dtype=np.int64)]
        for run, which in self._by_run(places):
            own.append(self._runs[run].at(places[which] - self._firsts[run]))
            order.append(which)
        return Said.joined(own or [self._runs[0].at(places)]), np.argsort(np.concatenate(order))

    def _by_run(self, places: Ints) -> Iterator[tuple[int, Ints]]:
        """Each run that holds some of the places, and which of them."""
        runs = np.searchsorted(self._firsts, places, side="right") - 1
        for run in np.unique(runs):
            yield int(run), np.flatnonzero(runs == run)

    def let_go(self) -> None:
        """Give back the memory of what a question read of arrays on disk."""
        self._last = None
        self._maps.let_go()


def _chain(parts: Iterable[Vectors]) -> Vectors:
    return np.concatenate([np.zeros(0, dtype=np.float32), *parts])


def hashed(word_stem: str) -> int:
    """A stem as a number, the same in every process."""
    return crc32(word_stem.encode())


def spread(starts: Ints, places: Ints) -> tuple[Ints, Ints]:
    """(rows of some things one after the other, where each thing's rows begin among them and where the last end)."""
    lengths = starts[places + 1] - starts[places]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    return np.arange(offsets[-1]) + np.repeat(starts[places] - offsets[:-1], lengths), offsets


def most(values: Vectors, offsets: Ints) -> Vectors:
    """The largest value of each run; 0 for an empty one."""
    largest = np.zeros((len(offsets) - 1, *values.shape[1:]), dtype=np.float32)
    some = np.diff(offsets) > 0
    if some.any():
        largest[some] = np.maximum.reduceat(values, offsets[:-1][some], axis=0)
    return largest


def columns_of(chunks: Iterable[Chunk], embedder: Embedder) -> Columns:
    """The arrays of some passages."""
    whole: list[str] = []
    parts: list[str] = []
    said: list[str] = []
    word_starts = [0]
    part_starts = [0]
    for chunk in chunks:
        texts = passages(chunk)
        whole.append("\n".join((". ".join(chunk.section), *texts)).strip())
        own = texts if chunk.items else tuple(s for text in texts for s in sentences(text))
        parts.extend((*own, *chunk.section[-1:]))
        part_starts.append(len(parts))
        said.extend(dict.fromkeys(w for text in (*chunk.section, *texts) for w in words(text) if w not in STOPWORDS))
        word_starts.append(len(said))
    stemmed = [[hashed(stem(w)) for w in words(part) if w not in STOPWORDS] for part in parts]
    different = list(dict.fromkeys(said))
    spelt = dict(zip(different, StaticEmbedder().pieces(different), strict=True))
    pieces = [spelt[w] for w in said]
    whole_rows, part_rows = Rows.of(embedder.passages(whole)), Rows.of(embedder.passages(parts))
    return Columns(
        whole=whole_rows.numbers,
        whole_scales=whole_rows.scales,
        rough=np.ascontiguousarray(whole_rows.numbers[:, :_ROUGH]),
        parts=part_rows.numbers,
        parts_scales=part_rows.scales,
        part_starts=np.array(part_starts, dtype=np.int64),
        stems=np.array([h for part in stemmed for h in part], dtype=np.uint32),
        stem_starts=np.cumsum([0, *map(len, stemmed)], dtype=np.int64),
        pieces=np.array([i for word in pieces for i in word], dtype=np.uint16),
        piece_starts=np.cumsum([0, *map(len, pieces)], dtype=np.int64),
        word_starts=np.array(word_starts, dtype=np.int64),
    )


def version_of(embedder: Embedder) -> str:
    """What tells the arrays of one model, in one form, by one analysis of words, from any other."""
    return f"{_FORM}:{embedder.id}:{StaticEmbedder().id}:{analysis_version(WORDS)}"


def report_columns(
    chunks: Callable[[], Sequence[Chunk]], embedder: Embedder, store: Store | None, document: str, *, count: int
) -> Columns:
    """The arrays of one report: those kept in the store, or made now and kept.

    chunks: reads its passages, of which there are so many; they are read only where nothing is kept.
    """
    version = version_of(embedder)
    kept = store.derived(NAME, version, document=document) if store is not None else None
    if kept is not None:
        found = Columns.from_bytes(kept)
        if len(found) == count:
            return found
    made = columns_of(chunks(), embedder)
    if store is not None:
        store.save_derived(NAME, version, made.to_bytes(), document=document)
    return made
