"""The prose of a large store as arrays: its passages, what they hold by word, what their reports define.

Each report has its own part, kept in the store with it; those of runs of reports are joined and mapped into memory, so
that a hundred thousand passages open at once and only those that a question finds are read. A report that is added
makes its own run anew, and no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast, overload

import numpy as np
import numpy.typing as npt

from index.acronyms import definitions
from index.analysis import PROSE, analysis_version
from index.arrays import Arrays, Ints, Maps, chained
from index.headings import standards
from index.mapped import mapped_runs
from index.model import Chunk, ChunkKind, Document, Fact, Report
from index.postings import Postings, PostingsScorer, joined_postings, postings_of
from index.runs import Mark, Run, runs
from index.search import PassageIndex
from index.shelves import Passage, Shelf, shelf_of

if TYPE_CHECKING:
    from index.search import OpenMeaning
    from index.store import Store

NAME = "prose"
_MARK = "prose-mark"
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
    found = _kept(report.document.id, store)
    if found is not None and len(found.lengths) == len(report.chunks):
        return found
    made = prose_of(report)
    _keep(report.document.id, store, made)
    return made


def _kept(document: str, store: Store) -> Prose | None:
    data = store.derived(NAME, _version(), document=document)
    return Prose.from_bytes(data) if data is not None else None


def _keep(document: str, store: Store, prose: Prose) -> Mark:
    """Keep the part of a report, and beside it what tells it from any other: the part itself is long to read."""
    data = prose.to_bytes()
    mark = Mark(document=document, passages=len(prose.lengths), digest=hashlib.sha256(data).hexdigest())
    store.save_derived(NAME, _version(), data, document=document)
    store.save_derived(_MARK, _version(), f"{mark.passages} {mark.digest}".encode(), document=document)
    return mark


def _version() -> str:
    return f"{_FORM}:{analysis_version(PROSE)}"


def _mark(document: str, store: Store, report: Callable[[str], Report]) -> Mark:
    data = store.derived(_MARK, _version(), document=document)
    if data is None:  # nothing is kept, or by an earlier version
        return _keep(document, store, _kept(document, store) or prose_of(report(document)))
    passages, digest = data.decode().split()
    return Mark(document=document, passages=int(passages), digest=digest)


def open_prose(
    store: Store,
    documents: Sequence[Document],
    report: Callable[[str], Report],
    *,
    meaning: OpenMeaning | None = None,
) -> PassageIndex | None:
    """The index of a large store, without reading its reports; None where the store has no folder for it.

    documents: those of the store, in its order. report: reads the one of an id; only those are read of which the store
    keeps no part.
    """
    folder = store.cache_folder()
    if folder is None:
        return None
    in_runs = runs([_mark(d.id, store, report) for d in documents])

    def made(run: Run) -> Prose:
        return joined([_kept(m.document, store) or prose_of(report(m.document)) for m in run])

    parts = mapped_runs(Prose, folder, _version(), in_runs, made)
    passages = _Passages(parts, documents)
    return PassageIndex(
        shelves=dict(_shelves(parts, documents, passages)),
        all_passages=passages,
        scorer=PostingsScorer(*parts),
        open_meaning=meaning,
        standing=_standing(parts),
        said=lambda: {word for part in parts for word in _said(part)},
        let_go=Maps(parts).let_go,
        runs=in_runs,
    )


def _standing(parts: Sequence[Prose]) -> Standing:
    """That of all passages, in memory: a few bytes each."""
    firsts = np.cumsum([0, *(len(p.lengths) for p in parts)])
    return Standing(
        kindred=np.concatenate([np.zeros(0, dtype=np.uint8), *(p.kindred for p in parts)]),
        kindred_starts=chained([p.kindred_starts for p in parts]) if parts else np.zeros(1, dtype=np.int64),
        terms=np.concatenate(
            [np.zeros(0, dtype=np.int64), *(p.terms + first for p, first in zip(parts, firsts, strict=False))]
        ),
    )


class _Passages(Sequence[Passage]):
    """The passages of joined arrays, read when they are asked for; a run of them stays one."""

    def __init__(self, parts: Sequence[Prose], documents: Sequence[Document]) -> None:
        self._parts = parts
        self._firsts = np.cumsum([0, *(len(p.lengths) for p in parts)])
        self._documents = documents
        self._reports = chained([p.passage_starts for p in parts]) if parts else np.zeros(1, dtype=np.int64)
        self._read = lru_cache(maxsize=_AT_HAND)(self._made)

    def __len__(self) -> int:
        return int(self._firsts[-1])

    def of(self, number: int) -> Sequence[Passage]:
        """Those of a report, by its place among the documents."""
        return self[int(self._reports[number]) : int(self._reports[number + 1])]

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
        number = int(np.searchsorted(self._firsts, place, side="right")) - 1
        part = self._parts[number]
        values = _unpacked(part.texts, part.text_starts, place - int(self._firsts[number]))
        chunk = _chunk(document.id, *values)
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


def _shelves(parts: Sequence[Prose], documents: Sequence[Document], passages: _Passages) -> Iterator[tuple[str, Shelf]]:
    """The shelf of each document by its id."""
    values = (
        _unpacked(part.shelves, part.shelf_starts, place)
        for part in parts
        for place in range(len(part.shelf_starts) - 1)
    )
    for number, (document, (facts, tables, convention, defined)) in enumerate(zip(documents, values, strict=True)):
        yield (
            document.id,
            Shelf(
                document=document,
                facts=tuple(
                    Fact(key=key, value=value, quote=quote, detail=detail, page=page, tables=tuple(named))
                    for key, value, quote, detail, page, named in facts
                ),
                tables=dict(tables),
                passages=passages.of(number),
                convention=convention,
                defined=tuple((term, meaning, quote, place) for term, meaning, quote, place in defined),
            ),
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
