"""The prose of a large store as arrays: its passages, what they hold by word, what their reports define.

Each report has its own part, kept in the store with it; those of all reports are joined and mapped into memory, so
that a hundred thousand passages open at once and only those that a question finds are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast, overload

import numpy as np
import numpy.typing as npt

from index.acronyms import definitions
from index.analysis import PROSE, analysis_version
from index.arrays import Arrays, Ints, chained
from index.headings import standards
from index.mapped import mapped_arrays
from index.model import Chunk, ChunkKind, Document, Fact, Report
from index.postings import Postings, PostingsScorer, joined_postings, postings_of
from index.search import PassageIndex
from index.shelves import Passage, Shelf, shelf_of

if TYPE_CHECKING:
    from index.search import OpenMeaning
    from index.store import Store

NAME = "prose"
_FORM = 1  # of the arrays
_AT_HAND = 4096  # passages that were read and stay


@dataclass(frozen=True, kw_only=True)
class Standing(Arrays):
    """kindred: numbers of the standard sections that passages stand in, by `kindred_starts`. terms: passages that are
    tables of acronyms and terms.
    """

    kindred: npt.NDArray[np.uint8]
    kindred_starts: Ints
    terms: Ints


@dataclass(frozen=True, kw_only=True)
class Prose(Postings, Standing):
    """The prose of some reports. texts: each passage as JSON in UTF-8; shelves: what each report says besides, alike.

    passage_starts: the first passage of each report. words: those of the vocabulary, one a line.
    """

    texts: npt.NDArray[np.uint8]
    text_starts: Ints
    shelves: npt.NDArray[np.uint8]
    shelf_starts: Ints
    passage_starts: Ints
    words: npt.NDArray[np.uint8]


def standing_of(passages: Sequence[Passage]) -> Standing:
    """The standing of some passages."""
    numbers = {s.id: i for i, s in enumerate(standards())}
    kindred = [[numbers[s.id] for s in p.kindred] for p in passages]
    return Standing(
        kindred=np.array([n for own in kindred for n in own], dtype=np.uint8),
        kindred_starts=np.cumsum([0, *map(len, kindred)], dtype=np.int64),
        terms=np.array([p.place for p in passages if p.chunk.kind is ChunkKind.DEFINITIONS], dtype=np.int64),
    )


def prose_of(report: Report) -> Prose:
    """The part of one report."""
    shelf = shelf_of(report)
    texts, text_starts = _packed(_chunk_values(p.chunk) for p in shelf.passages)
    shelves, shelf_starts = _packed([_shelf_values(shelf)])
    return Prose(
        **_fields(postings_of([p.indexed for p in shelf.passages])),
        **_fields(standing_of(shelf.passages)),
        texts=texts,
        text_starts=text_starts,
        shelves=shelves,
        shelf_starts=shelf_starts,
        passage_starts=np.array([0, len(shelf.passages)], dtype=np.int64),
        words=_bytes("\n".join(sorted(shelf.words)).encode()),
    )


def joined(parts: Sequence[Prose]) -> Prose:
    """Those of several reports, one after the other."""
    shifts = np.cumsum([0, *(len(p.lengths) for p in parts)])
    known = {word for part in parts for word in _said(part)}
    made: dict[str, Any] = _fields(joined_postings(parts))
    made["terms"] = np.concatenate([p.terms + shift for p, shift in zip(parts, shifts, strict=False)])
    made["words"] = _bytes("\n".join(sorted(known)).encode())
    for name in ("kindred_starts", "text_starts", "shelf_starts", "passage_starts"):
        made[name] = chained([getattr(p, name) for p in parts])
    for name in ("kindred", "texts", "shelves"):
        made[name] = np.concatenate([getattr(p, name) for p in parts])
    return Prose(**made)


def keep_prose(report: Report, store: Store) -> Prose:
    """The part of one report: that which the store keeps, or made now and kept."""
    version = f"{_FORM}:{analysis_version(PROSE)}"
    kept = store.derived(NAME, version, document=report.document.id)
    if kept is not None:
        found = Prose.from_bytes(kept)
        if len(found.lengths) == len(report.chunks):
            return found
    made = prose_of(report)
    store.save_derived(NAME, version, made.to_bytes(), document=report.document.id)
    return made


def open_prose(
    store: Store,
    documents: Sequence[Document],
    reports: Iterable[Report],
    *,
    revision: int,
    meaning: OpenMeaning | None = None,
) -> PassageIndex | None:
    """The index of a large store, without reading its reports; None where the store has no folder for it.

    documents: those of the store at a revision, in its order; the reports, in the same order, are read only when the
    joined arrays are not there yet.
    """
    folder = store.cache_folder()
    if folder is None:
        return None
    key = (_FORM, analysis_version(PROSE), revision, [d.id for d in documents])
    prose = mapped_arrays(Prose, folder, key, lambda: joined([keep_prose(report, store) for report in reports]))
    passages = _Passages(prose, documents)
    shelves = {d.id: _shelf(prose, number, d, passages) for number, d in enumerate(documents)}
    return PassageIndex(
        shelves=shelves,
        all_passages=passages,
        scorer=PostingsScorer(prose),
        open_meaning=meaning,
        standing=prose,
        said=lambda: _said(prose),
        let_go=prose.let_go,
    )


class _Passages(Sequence[Passage]):
    """The passages of joined arrays, read when they are asked for; a run of them stays one."""

    def __init__(self, prose: Prose, documents: Sequence[Document]) -> None:
        self._prose = prose
        self._documents = documents
        self._reports = np.asarray(prose.passage_starts)
        self._read = lru_cache(maxsize=_AT_HAND)(self._made)

    def __len__(self) -> int:
        return len(self._prose.lengths)

    @overload
    def __getitem__(self, place: int) -> Passage: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Passage]: ...
    def __getitem__(self, place: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(place, slice):
            return _Run(self, range(*place.indices(len(self))))
        return self._read(range(len(self))[place])

    def _made(self, place: int) -> Passage:
        document = self._documents[int(np.searchsorted(self._reports, place, side="right")) - 1]
        chunk = _chunk(document.id, *_unpacked(self._prose.texts, self._prose.text_starts, place))
        return Passage(place=place, chunk=chunk, document=document)


class _Run(Sequence[Passage]):
    """The passages of one report, or a part of them."""

    def __init__(self, passages: _Passages, places: range) -> None:
        self._passages = passages
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Passage: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Passage]: ...
    def __getitem__(self, place: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(place, slice):
            return _Run(self._passages, self._places[place])
        return self._passages[self._places[place]]


def _shelf(prose: Prose, number: int, document: Document, passages: _Passages) -> Shelf:
    facts, tables, convention, defined = _unpacked(prose.shelves, prose.shelf_starts, number)
    first, end = map(int, prose.passage_starts[number : number + 2])
    return Shelf(
        document=document,
        facts=tuple(
            Fact(key=key, value=value, quote=quote, detail=detail, page=page, tables=tuple(named))
            for key, value, quote, detail, page, named in facts
        ),
        tables=dict(tables),
        passages=passages[first:end],
        convention=convention,
        defined=tuple((term, meaning, quote, place) for term, meaning, quote, place in defined),
    )


def _shelf_values(shelf: Shelf) -> tuple[Any, ...]:
    places = {p.chunk.id: number for number, p in enumerate(shelf.passages)}
    defined = definitions(p.chunk for p in shelf.passages)
    return (
        [(f.key, f.value, f.quote, f.detail, f.page, f.tables) for f in shelf.facts],
        list(shelf.tables.items()),
        shelf.convention,
        [(d.term, d.meaning, d.quote, places[d.chunk.id]) for d in defined],
    )


def _chunk_values(chunk: Chunk) -> tuple[Any, ...]:
    return chunk.id, chunk.kind.value, chunk.section, chunk.text, chunk.lead, chunk.items, chunk.pages, chunk.order


def _chunk(document: str, *values: Any) -> Chunk:
    ident, kind, section, text, lead, items, pages, order = values
    return Chunk(
        id=ident, document=document, kind=ChunkKind(kind), section=tuple(section), text=text, lead=lead,
        items=tuple(items), pages=tuple(pages), order=order,
    )  # fmt: skip


def _packed(things: Iterable[Any]) -> tuple[npt.NDArray[np.uint8], Ints]:
    parts = [json.dumps(thing, ensure_ascii=False).encode() for thing in things]
    return _bytes(b"".join(parts)), np.cumsum([0, *map(len, parts)], dtype=np.int64)


def _unpacked(data: npt.NDArray[np.uint8], starts: Ints, place: int) -> list[Any]:
    return cast("list[Any]", json.loads(data[int(starts[place]) : int(starts[place + 1])].tobytes()))


def _bytes(data: bytes) -> npt.NDArray[np.uint8]:
    return np.frombuffer(data, dtype=np.uint8)


def _said(prose: Prose) -> Iterator[str]:
    return filter(None, prose.words.tobytes().decode().split("\n"))


def _fields(arrays: Arrays) -> dict[str, Any]:
    return {f.name: getattr(arrays, f.name) for f in fields(arrays)}
