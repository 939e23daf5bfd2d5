"""Passages of the loaded reports: which ones speak of a question, and how much of it each accounts for.

Words are searched by BM25; where the index was given a model, meaning too (`index.hybrid`). Each leg keeps its own
score in `Hit.legs`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from index.bm25 import Scorer, scorer
from index.mapped import bytes_held
from index.mentions import mentioned
from index.model import Report
from index.shelves import Passage, Shelf, country_names, shelf_of
from index.text import STOPWORDS, stem, words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from index.hybrid import Weights
    from index.kept import Standing
    from index.meaning import Meaning
    from index.runs import Run

_MOST_HELD = 120e6  # bytes of files; to read all of them again at each question would take a third of its time
_CAPITAL = re.compile(r"(?<=\w )[A-ZÁÉÍÓÚÑ][\w-]{3,}")  # a name inside a question
_PREFIX = 6  # letters two stems must share to count as forms of one word


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A passage that speaks of the question. legs: the score of each way of searching, by its name."""

    passage: Passage
    score: float
    legs: Mapping[str, float]


class Search(Protocol):
    """A way of finding passages for a question: `PassageIndex.search`, or a retriever over it."""

    def __call__(
        self, stems: Sequence[str], *, k: int = 20, documents: frozenset[str] | None = None, text: str = ""
    ) -> list[Hit]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """How much of a question a passage accounts for: share from 0 to 1 by rarity, and the words left over."""

    share: float
    unexplained: tuple[str, ...]


OpenMeaning = Callable[["PassageIndex"], "Meaning"]


class PassageIndex:
    """All passages of some reports. Build it once per revision of the store; it does not change.

    shelves: by the id of the document. all_passages: theirs, in the same order. scorer: BM25 of them. open_meaning:
    how their vectors are had, when a question first needs them. standing, said: what is known beforehand of the
    sections they stand in and of the words of the reports; None to look for it. let_go: gives back the memory of what a
    question read on disk. runs: of documents that lie in one file; none where all are in memory.
    """

    def __init__(
        self,
        *,
        shelves: Mapping[str, Shelf],
        all_passages: Sequence[Passage],
        scorer: Scorer,
        open_meaning: OpenMeaning | None = None,
        standing: Standing | None = None,
        said: Callable[[], Iterable[str]] | None = None,
        let_go: Callable[[], None] | None = None,
        runs: Sequence[Run] = (),
    ) -> None:
        self.shelves = shelves
        self.all_passages = all_passages
        self._scorer = scorer
        self._open_meaning = open_meaning
        self._standing = standing
        self._said = said
        self._let_go = let_go
        self.runs = runs

    @classmethod
    def build(cls, reports: Iterable[Report], *, meaning: OpenMeaning | None = None) -> PassageIndex:
        """Index the narrative of reports in memory; tables are left to the tools, but for their names."""
        shelves: dict[str, Shelf] = {}
        found: list[Passage] = []
        for report in reports:
            shelf = shelf_of(report, start=len(found))
            found.extend(shelf.passages)
            shelves[report.document.id] = shelf
        return cls(
            shelves=shelves,
            all_passages=tuple(found),
            scorer=scorer([p.indexed for p in found]),
            open_meaning=meaning,
        )

    @cached_property
    def meaning(self) -> Meaning | None:
        """The vectors of the passages; None where the index was given no model."""
        if self._open_meaning is None or not len(self.all_passages):
            return None
        return self._open_meaning(self)

    @cached_property
    def standing(self) -> Standing:
        """The standard sections that each passage stands in, and the tables of terms."""
        if self._standing is not None:
            return self._standing
        from index.kept import standing_of  # noqa: PLC0415 - loads numpy; a search by words does without

        return standing_of(self.all_passages)

    def idf(self, word_stem: str) -> float:
        """Rarity of a stem over all passages; the highest for a stem that none holds."""
        return self._scorer.idf(word_stem)

    def scores(self, stems: Sequence[str]) -> npt.NDArray[np.float32]:
        """BM25 of every passage."""
        return self._scorer.array(stems)

    def named(self, text: str) -> list[tuple[Shelf, frozenset[str]]]:
        """The documents that a question names by their institution, and the stems of the words that do."""
        asked = words(text)
        proper = frozenset(stem(w) for m in _CAPITAL.finditer(text) for w in words(m.group()))
        found = []
        for shelf in self._may_be_named({stem(word) for word in asked}):
            own = frozenset(s for s in proper if self._by_stem.get(s) == {shelf.document.id})
            places = mentioned(asked, shelf.naming, proper=own)
            if places:
                found.append((shelf, frozenset(stem(asked[i]) for i in places) - frozenset(STOPWORDS)))
        return self._with_countries(asked, found)

    def _with_countries(
        self, asked: Sequence[str], found: list[tuple[Shelf, frozenset[str]]]
    ) -> list[tuple[Shelf, frozenset[str]]]:
        """The documents named, their country with them ("la SIE de Guatemala"); where none is, those of a country named."""
        stems = [stem(word) for word in asked]
        said = {
            run: documents
            for run, documents in self._by_country.items()
            if any(tuple(stems[i : i + len(run)]) == run for i in range(len(stems)))
        }
        if not said:
            return found
        if not found:
            return [(self.shelves[name], frozenset(run)) for run, names in said.items() for name in names]
        country: dict[str, frozenset[str]] = {}
        for run, names in said.items():
            country |= {name: country.get(name, frozenset()) | frozenset(run) for name in names}
        return [(shelf, own | country.get(shelf.document.id, frozenset())) for shelf, own in found]

    @cached_property
    def _by_country(self) -> dict[tuple[str, ...], list[str]]:
        """Ids of the documents of each country, by the stems of its name."""
        found: dict[tuple[str, ...], list[str]] = {}
        for name, shelf in self.shelves.items():
            for country in country_names().get(shelf.document.country or "", ()):
                found.setdefault(tuple(stem(w) for w in words(country)), []).append(name)
        return found

    def _may_be_named(self, said: Iterable[str]) -> list[Shelf]:
        """The documents, in order, that have one of some stems in a name."""
        names = set().union(*(self._by_stem.get(s, ()) for s in said))
        return [self.shelves[name] for name in self.shelves if name in names] if names else []

    @cached_property
    def _by_stem(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, shelf in self.shelves.items():
            for word_stem in shelf.naming.own.union(*shelf.naming.aliases):
                found.setdefault(word_stem, set()).add(name)
        return found

    def search(
        self,
        stems: Sequence[str],
        *,
        k: int = 20,
        documents: frozenset[str] | None = None,
        text: str = "",
        weights: Weights | None = None,
    ) -> list[Hit]:
        """The k best passages for the content stems of a question, none with a score of zero or less.

        documents: ids to stay within; None for all. text: the question itself, for its meaning; without it, or without
        a model, words alone decide. Equal scores keep the order of the documents.
        """
        if text and self.meaning is not None:
            from index import hybrid  # noqa: PLC0415 - loads numpy

            allowed = None if documents is None else self._within(documents)
            weighed = weights or hybrid.Weights()
            found = hybrid.search(self, self.meaning, stems, text, k=k, allowed=allowed, weights=weighed)
            if self._let_go is not None and bytes_held() > _MOST_HELD:
                self.meaning.let_go()
                self._let_go()
            return found
        scores = self._scorer.scores([s for s in stems if s not in STOPWORDS])
        allowed_scores = (
            (place, score)
            for place, score in scores.items()
            if documents is None or self.all_passages[place].document.id in documents
        )
        best = sorted(allowed_scores, key=lambda pair: (-pair[1], pair[0]))[:k]
        return [Hit(passage=self.all_passages[place], score=score, legs={"bm25": score}) for place, score in best]

    def _within(self, documents: frozenset[str]) -> npt.NDArray[np.bool_]:
        import numpy as np  # noqa: PLC0415 - only a search over scores needs it

        mask = np.zeros(len(self.all_passages), dtype=np.bool_)
        for name in documents & self.shelves.keys():
            mask[self.shelves[name].places] = True
        return mask

    def coverage(self, stems: Sequence[str], passage: Passage) -> Coverage:
        """How much of the content stems of a question a passage, its place and its document account for."""
        known = self.known(passage) | self.asked_standard(stems, passage)
        left = tuple(dict.fromkeys(s for s in stems if s not in STOPWORDS and not meets(s, known)))
        weights = {s: self.idf(s) for s in dict.fromkeys(stems) if s not in STOPWORDS}
        total = sum(weights.values())
        share = 1.0 if not total else 1.0 - sum(weights[s] for s in left) / total
        return Coverage(share=round(share, 4), unexplained=left)

    def known(self, passage: Passage) -> frozenset[str]:
        """Every stem that a passage accounts for by its text, its section path or its document."""
        own = frozenset(passage.body) | frozenset(passage.section)
        return own | self.names_of(passage) | self.spelt_out(own, passage.document.id)

    def names_of(self, passage: Passage) -> frozenset[str]:
        """Stems that name the document of a passage."""
        return self.shelves[passage.document.id].names

    def spelt_out(self, stems: frozenset[str], document: str) -> frozenset[str]:
        """The meanings of the acronyms among some stems, and the acronyms of the meanings they hold."""
        found: set[str] = set()
        for acronym, meaning in self.shelves[document].acronyms.items():
            if acronym in stems:
                found |= meaning
            elif len(meaning) > 1 and meaning <= stems:
                found.add(acronym)
        return frozenset(found)

    def asked_standard(self, question: Sequence[str], passage: Passage) -> frozenset[str]:
        """Stems of a question (small words included) that ask for the standard sections a passage stands in."""
        return frozenset(s for standard in passage.standards for s in standard.asked(question))

    def kin(self, word_stem: str) -> list[str]:
        """Stems that the reports say which are other forms of one that they do not ("tomografías", "tomógrafo")."""
        if self.idf(word_stem) < self.idf(""):
            return []
        return sorted(s for s in self._by_prefix.get(word_stem[:_PREFIX], ()) if meets(word_stem, frozenset({s})))

    @cached_property
    def _by_prefix(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for word in self.vocabulary:
            own = stem(word)
            if len(own) >= _PREFIX:
                found.setdefault(own[:_PREFIX], set()).add(own)
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Folded words of the passages, headings, aliases, facts and names: what typing errors are corrected to."""
        found: set[str] = set()
        for shelf in self.shelves.values():
            document = shelf.document
            found.update(words(" ".join([document.title, document.institution or "", *document.aliases])))
            found.update(shelf.words if self._said is None else ())
        found.update(self._said() if self._said is not None else ())
        return frozenset(found)


def meets(word_stem: str, known: frozenset[str]) -> bool:
    """Whether a stem, or another form of its word (estrategia, estratégico), is among the known ones."""
    if word_stem in known:
        return True
    if len(word_stem) < _PREFIX or any(c.isdigit() for c in word_stem):
        return False
    return any(
        len(other) >= _PREFIX and abs(len(other) - len(word_stem)) <= 3 and _same_word(other, word_stem)
        for other in known
    )


def _same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    root, same = (_ISM.sub("", s) for s in (one, other))
    return root == same and len(root) > 2


_ISM = re.compile(r"(?:istic|ism|ist)$")  # turismo, turista, turístico
