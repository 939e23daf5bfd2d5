"""Vectors of a report's passages and of their sentences, one byte a number, kept with the report in the store.

A report's vectors are made once for each model: adding a report embeds that report alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.acronyms import passages
from index.sentences import sentences

if TYPE_CHECKING:
    from index.embedding import Embedder, Vectors
    from index.model import Chunk
    from index.store import Store

NAME = "vectors"
_FORM = 1  # of the bytes; another number makes every index forget what it kept
_MOST = 127  # largest int8
_BLOCK = 4096  # rows turned to float32 at once: they stay in the processor's cache


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

    def cosines(self, query: Vectors, places: npt.NDArray[np.int64] | None = None) -> Vectors:
        """Cosine of each row, or of some rows, to a query of unit length."""
        numbers, scales = (self.numbers, self.scales) if places is None else (self.numbers[places], self.scales[places])
        found = np.empty(len(numbers), dtype=np.float32)
        for start in range(0, len(numbers), _BLOCK):
            block = numbers[start : start + _BLOCK].astype(np.float32)
            found[start : start + _BLOCK] = block @ query
        return found * scales


@dataclass(frozen=True, kw_only=True)
class ReportVectors:
    """starts[i] to starts[i + 1] are the rows of `parts` that belong to passage i: its sentences, then its heading."""

    whole: Rows
    parts: Rows
    starts: npt.NDArray[np.int64]

    def to_bytes(self) -> bytes:
        """The form that the store keeps."""
        out = io.BytesIO()
        np.savez(
            out,
            whole=self.whole.numbers,
            whole_scales=self.whole.scales,
            parts=self.parts.numbers,
            parts_scales=self.parts.scales,
            starts=self.starts,
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> ReportVectors:
        """Read the form that the store keeps."""
        with np.load(io.BytesIO(data)) as found:
            return cls(
                whole=Rows(numbers=found["whole"], scales=found["whole_scales"]),
                parts=Rows(numbers=found["parts"], scales=found["parts_scales"]),
                starts=found["starts"],
            )

    @classmethod
    def joined(cls, parts: Sequence[ReportVectors]) -> ReportVectors:
        """Those of several reports, one after the other."""
        shifts = np.cumsum([0, *(len(p.parts.scales) for p in parts)])
        starts = [p.starts[:-1] + shift for p, shift in zip(parts, shifts, strict=False)]
        return cls(
            whole=_stack([p.whole for p in parts]),
            parts=_stack([p.parts for p in parts]),
            starts=np.concatenate([*starts, shifts[-1:]]).astype(np.int64),
        )


def _stack(rows: Sequence[Rows]) -> Rows:
    return Rows(
        numbers=np.concatenate([r.numbers for r in rows]), scales=np.concatenate([r.scales for r in rows])
    )


def embed_chunks(chunks: Iterable[Chunk], embedder: Embedder) -> ReportVectors:
    """Vectors of some passages: the whole with its headings, each sentence or item, and the headings alone."""
    whole: list[str] = []
    parts: list[str] = []
    starts = [0]
    for chunk in chunks:
        path = ". ".join(chunk.section)
        texts = passages(chunk)
        whole.append("\n".join((path, *texts)).strip())
        own = texts if chunk.items else tuple(s for text in texts for s in sentences(text))
        parts.extend(t for t in (*own, *chunk.section[-1:]) if t)
        starts.append(len(parts))
    return ReportVectors(
        whole=Rows.of(embedder.passages(whole)),
        parts=Rows.of(embedder.passages(parts)),
        starts=np.array(starts, dtype=np.int64),
    )


def report_vectors(chunks: Sequence[Chunk], embedder: Embedder, store: Store | None, document: str) -> ReportVectors:
    """The vectors of one report: those kept in the store, or made now and kept."""
    version = f"{_FORM}:{embedder.id}"
    kept = store.derived(NAME, version, document=document) if store is not None else None
    if kept is not None:
        found = ReportVectors.from_bytes(kept)
        if len(found.starts) == len(chunks) + 1:
            return found
    made = embed_chunks(chunks, embedder)
    if store is not None:
        store.save_derived(NAME, version, made.to_bytes(), document=document)
    return made
