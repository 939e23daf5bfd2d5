"""The meaning of passages: how near a question is to each of them, to its sentences, its headings and its words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from index.arrays import Ints
from index.embedding import StaticEmbedder
from index.everyday import everyday
from index.frame import content_words
from index.headings import Standard, standards
from index.mapped import mapped_runs
from index.text import STOPWORDS, stem, words
from index.vectors import Columns, ManyColumns, Rows, hashed, most, report_columns, spread, version_of

if TYPE_CHECKING:
    from index.embedding import Embedder, Vectors
    from index.kept import Standing
    from index.search import PassageIndex
    from index.shelves import Passage
    from index.store import Store


_VERY_MANY = 20_000  # passages; from here on most are compared by their first numbers alone
_NEAREST, _USUAL = 0.7, 0.5  # what the nearest way of asking for a section counts, and the mean of all ways
_LIKELY = 3000  # passages compared whole


class Meaning:
    """Vectors of the passages of a `PassageIndex`, in its order, and the model that made them.

    Single words are compared by our own model, whichever one the passages have: words need a static one.
    """

    def __init__(
        self, passages: Sequence[Passage], columns: ManyColumns, embedder: Embedder, *, standing: Standing
    ) -> None:
        self._passages = passages
        self._standing = standing
        self._columns = columns
        self._embedder = embedder
        self._words = StaticEmbedder()
        self._query = lru_cache(maxsize=64)(self._embedded)  # one question, several steps
        self._standards = {s.id: i for i, s in enumerate(standards())}
        texts = [(*s.said, *s.asks) for s in standards()]
        self._alias_starts = np.cumsum([0, *map(len, texts)])
        vectors = embedder.passages([t for group in texts for t in group])
        self._aliases = Rows.of(vectors)
        means = np.add.reduceat(vectors, self._alias_starts[:-1])
        self._typical: Vectors = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)
        self._said = [self._content(s.said) for s in standards()]
        self._asked = [self._content(s.asks) for s in standards()]

    @property
    def model(self) -> str:
        """What tells the model."""
        return self._embedder.id

    def query(self, text: str) -> Vectors:
        """The vector of a question."""
        return self._query(text)

    def _embedded(self, text: str) -> Vectors:
        found: Vectors = self._embedder.queries([text])[0]
        return found

    def whole(self, query: Vectors, beside: Vectors | None = None) -> Vectors:
        """Cosine of every passage.

        beside: what else counts for each. With it, in a large index of our own model (its first numbers say most),
        only those that may come first are compared whole, the others by their first numbers.
        """
        if beside is None or len(self._passages) < _VERY_MANY or not isinstance(self._embedder, StaticEmbedder):
            return self._columns.whole(query)
        found = self._columns.rough(query)
        likely = np.sort(np.argpartition(-(found + beside), _LIKELY)[:_LIKELY])
        found[likely] = self._columns.whole_at(query, likely)
        return found

    def best_part(self, query: Vectors, places: Ints) -> tuple[Vectors, Vectors]:
        """Cosine of the best sentence, item or heading of some passages; and how much the question is one for the standard
        section that each stands in, 0 where it stands in none.

        The nearest way of asking alone takes a question by one word, so what is usual for the section counts as well; what
        all sections have in common (the question is a general one) tells nothing for any.
        """
        best = self._columns.best_part(query, places)
        nearest = most(self._aliases.cosines(query), self._alias_starts)
        asked = _NEAREST * nearest + _USUAL * (self._typical @ query)
        asked -= asked.mean()
        kindred, kindred_offsets = spread(self._standing.kindred_starts, places)
        return best, np.maximum(most(asked[self._standing.kindred[kindred]], kindred_offsets), 0.0)

    def standing_in(self, named: Collection[str], places: Ints) -> Vectors:
        """1 for each of some passages that stands in a standard section of those named by their ids, 0 for the others."""
        wanted = np.array([s.id in named for s in standards()], dtype=np.float32)
        kindred, offsets = spread(self._standing.kindred_starts, places)
        return most(wanted[self._standing.kindred[kindred]], offsets)

    def asks_for(self, standard: str, query: Vectors) -> float:
        """Cosine of a question to the nearest way of asking for a standard section."""
        return self._nearest_alias(query)[standard]

    def let_go(self) -> None:
        """Give back the memory of what a question read of arrays on disk."""
        self._columns.let_go()

    @property
    def terms(self) -> Ints:
        """Places of the tables of acronyms and terms."""
        return self._standing.terms

    def best_sentence(self, rarity: dict[str, float], places: Ints, k1: float, b: float, usual: float) -> Vectors:
        """BM25 of the best sentence of some passages. rarity: idf by stem; usual: stems of a usual sentence."""
        columns, own = self._columns.at(places)
        parts, part_offsets = spread(columns.part_starts, own)
        rows, offsets = spread(columns.stem_starts, parts)
        stems, lengths = columns.stems[rows], np.diff(offsets)
        norm = k1 * (1 - b + b * lengths / usual)
        score = np.zeros(len(parts))
        part_of = np.repeat(np.arange(len(parts)), lengths)
        for word_stem, idf in rarity.items():
            counts = np.bincount(part_of[stems == np.uint32(hashed(word_stem))], minlength=len(parts))
            score += idf * counts / (counts + norm)
        return most(score.astype(np.float32), part_offsets)

    def lengths(self, places: Ints) -> Ints:
        """Stems of some passages."""
        columns, own = self._columns.at(places)
        first, end = (columns.stem_starts[columns.part_starts[own + i]] for i in (0, 1))
        found: Ints = end - first
        return found

    def pairs(self, weights: dict[tuple[str, str], float], places: Ints) -> Vectors:
        """Share, by weight, of some pairs of stems that are neighbours in a sentence of each passage."""
        columns, own = self._columns.at(places)
        rows, _ = spread(columns.part_starts, own)
        stem_rows, offsets = spread(columns.stem_starts, rows)
        stems = columns.stems[stem_rows]
        inside = np.ones(max(len(stems) - 1, 0), dtype=np.bool_)
        ends = offsets[1:-1] - 1
        inside[ends[(ends >= 0) & (ends < len(inside))]] = False  # the last of a sentence and the first of the next
        counts = columns.part_starts[own + 1] - columns.part_starts[own]
        bounds = offsets[np.concatenate([[0], np.cumsum(counts)])]
        found: Vectors = np.zeros(len(places), dtype=np.float32)
        for (one, other), weight in weights.items():
            at = (stems[:-1] == np.uint32(hashed(one))) & (stems[1:] == np.uint32(hashed(other))) & inside
            found += weight * most(np.append(at, False).astype(np.float32), bounds)
        return found / np.float32(sum(weights.values()) or 1.0)

    def parts(self, query: Vectors, place: int) -> Vectors:
        """Cosine of each sentence or item of a passage."""
        columns, own = self._columns.at(np.array([place]))
        found, _ = columns.part_cosines(query, own)
        return found[:-1] if self._passages[place].chunk.section else found

    def nearest(self, query: Vectors, texts: Sequence[str]) -> float:
        """Cosine of the nearest of some texts, which need not be in the index."""
        return float((self._embedder.passages(texts) @ query).max(initial=0.0)) if texts else 0.0

    def section(self, query: Vectors, passage: Passage) -> tuple[float, Standard | None]:
        """The standard section, of those that a passage stands in, whose ways of asking are nearest, and its cosine."""
        asked = self._nearest_alias(query)
        best = max(passage.kindred, key=lambda s: asked[s.id], default=None)
        return (asked[best.id], best) if best is not None else (0.0, None)

    def farthest(self, asked: Sequence[str], place: int) -> float:
        """The cosine of the word that has least like in one passage; 1 when none is asked. Ways of asking count."""
        return float(self.near(asked, np.array([place]), ask=True).min(initial=1.0))

    def near(self, asked: Sequence[str], places: Ints, *, ask: bool = False, alike: float = 0.0) -> Vectors:
        """(passages, words): cosine, not below 0, of the nearest word of each passage, its headings or other names.

        A word that the passage says has 1. ask: the words with which people ask for such a section count too. alike:
        what a word counts at least where the passage says it as reports do ("remedios", "medicamentos") under a heading:
        in bare text such words stand everywhere.
        """
        if not asked or not len(places):
            return np.zeros((len(places), len(asked)), dtype=np.float32)
        query = self._words.passages(asked)
        columns, own = self._columns.at(places)
        said, offsets = spread(columns.word_starts, own)
        rows, piece_offsets = spread(columns.piece_starts, said)
        near = most(self._words.nearness(query, columns.pieces[rows], piece_offsets), offsets)
        parts, part_offsets = spread(columns.part_starts, own)
        stem_rows, stem_offsets = spread(columns.stem_starts, parts)
        bounds = stem_offsets[part_offsets]
        stems = columns.stems[stem_rows]
        headed = np.array([bool(self._passages[place].chunk.section) for place in places])
        for column, word in enumerate(asked):
            if alike and (others := everyday().get(stem(word))):
                same = np.isin(stems, np.array([hashed(s) for s in others], dtype=np.uint32))
                said_so = headed & (most(same.astype(np.float32), bounds) > 0)
                near[said_so, column] = np.maximum(near[said_so, column], alike)
            near[most((stems == np.uint32(hashed(stem(word)))).astype(np.float32), bounds) > 0, column] = 1.0
        for i, place in enumerate(places):
            for standard in self._passages[place].kindred:
                which = self._standards[standard.id]
                extra = np.concatenate([self._said[which], self._asked[which]]) if ask else self._said[which]
                near[i] = np.maximum(near[i], (query @ extra.T).max(axis=1, initial=0.0))
        found: Vectors = np.maximum(near, 0.0)
        return found

    def _content(self, texts: Sequence[str]) -> Vectors:
        found = dict.fromkeys(w for text in texts for w in content_words(text))
        said = dict.fromkeys(w for text in texts for w in words(text) if w not in STOPWORDS)
        return self._words.passages(list(found) or list(said) or [""])

    def _nearest_alias(self, query: Vectors) -> dict[str, float]:
        best = most(self._aliases.cosines(query), self._alias_starts)
        return {name: float(best[i]) for name, i in self._standards.items()}


def open_meaning(index: PassageIndex, *, embedder: Embedder, store: Store | None = None) -> Meaning:
    """The meaning of the passages of an index, in their order; what the store keeps is not made again."""

    def kept(document: str) -> Columns:
        passages = index.shelves[document].passages
        return report_columns(lambda: [p.chunk for p in passages], embedder, store, document, count=len(passages))

    folder = store.cache_folder() if store is not None else None
    if folder is None or not index.runs:
        return Meaning(
            index.all_passages,
            ManyColumns([Columns.joined([kept(d) for d in index.shelves])]),
            embedder,
            standing=index.standing,
        )
    columns = mapped_runs(
        Columns, folder, version_of(embedder), index.runs, lambda run: Columns.joined([kept(m.document) for m in run])
    )
    return Meaning(index.all_passages, ManyColumns(columns), embedder, standing=index.standing)
