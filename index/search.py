"""Passages of the loaded reports: which ones speak of a question, and how much of it each accounts for.

Words are searched by BM25; where the index was given a model, meaning too (`index.hybrid`). Each leg keeps its own
score in `Hit.legs`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol

from index.acronyms import Definition, definitions, passages
from index.bm25 import Scorer, scorer
from index.frame import DOCUMENT_STEMS
from index.headings import Standard, alias_words, content_stems, kindred_of, standard_of, standard_of_lead
from index.mentions import Naming, mentioned, naming
from index.model import Chunk, ChunkKind, Document, Fact, Report
from index.numbers import decide_convention
from index.periods import describe
from index.text import STOPWORDS, fold, stem, words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from index.hybrid import Weights
    from index.meaning import Meaning

_LABEL = re.compile(r"\s*([A-ZÁÉÍÓÚÑ][^\W\d_]+(?: [^\W\d_]+){0,3})\s*:\s+\S")
_NUMBER = re.compile(r"(?<![\w./,-])\d[\d.,]*\d(?![\w/-])")
_PREFIX = 6  # letters two stems must share to count as forms of one word


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A chunk with what its place in the report says of it."""

    place: int
    chunk: Chunk
    document: Document
    standards: tuple[Standard, ...]  # nearest heading first
    kindred: tuple[Standard, ...]  # these, and those that a heading begins with: for its meaning only
    path: tuple[str, ...]  # the section path, and the label that a paragraph starts with ("Misión: servir a…")
    body: tuple[str, ...]  # stems of its own text, small words left out
    section: tuple[str, ...]  # stems of the section path

    @property
    def indexed(self) -> tuple[str, ...]:
        """What BM25 sees: section path, text, and the words by which people ask for such a section."""
        return (*self.section, *self.body, *(s for standard in self.standards for s in alias_words(standard)))


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


@dataclass(kw_only=True)
class Shelf:
    """What one document offers besides its passages."""

    document: Document
    facts: tuple[Fact, ...]
    tables: Mapping[str, str]  # id → name
    passages: tuple[Passage, ...]
    convention: str | None = None  # how all its columns write numbers; None when they do not agree or prove nothing

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Acronyms and terms that the document defines."""
        return definitions(p.chunk for p in self.passages)

    @cached_property
    def acronyms(self) -> dict[str, frozenset[str]]:
        """Stems of the meaning by folded acronym."""
        found: dict[str, frozenset[str]] = {}
        for definition in self.definitions:
            found.setdefault(fold(definition.term), frozenset(content_stems(definition.meaning)))
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems that name the document or its institution; they hold for each of its passages."""
        document = self.document
        texts = [document.title, document.institution or "", *document.aliases]
        texts += _country_names().get(document.country or "", ())
        found = {s for text in texts for s in content_stems(text)}
        for acronym, meaning in self.acronyms.items():
            if acronym in found or (meaning and meaning <= found):
                found |= {acronym, *meaning}
        found |= {fold(a) for f in self.facts if f.key in _SENDERS for a in _ACRONYM.findall(f"{f.value} {f.detail}")}
        return frozenset(found) | DOCUMENT_STEMS

    @cached_property
    def naming(self) -> Naming:
        """How questions name its institution."""
        document = self.document
        full = frozenset(content_stems(document.institution or ""))
        acronyms = [a for a, meaning in self.acronyms.items() if meaning and meaning <= full]
        return naming(document.institution or "", document.aliases, acronyms)


_SENDERS = frozenset({"de", "remitente"})  # who writes names the letter
_ACRONYM = re.compile(r"\(([A-ZÁÉÍÓÚÑ]{3,10})\)")


OpenMeaning = Callable[[Sequence[Shelf]], "Meaning"]


@dataclass(kw_only=True)
class PassageIndex:
    """All passages of some reports. Build it once per revision of the store; it does not change."""

    shelves: Mapping[str, Shelf]
    all_passages: tuple[Passage, ...]
    _scorer: Scorer = field(repr=False)
    _open_meaning: OpenMeaning | None = field(default=None, repr=False)

    @classmethod
    def build(cls, reports: Iterable[Report], *, meaning: OpenMeaning | None = None) -> PassageIndex:
        """Index the narrative of reports; tables are left to the tools, but for their names.

        meaning: how the vectors of the passages are had, when a question first needs them.
        """
        shelves: dict[str, Shelf] = {}
        found: list[Passage] = []
        for report in reports:
            mine = tuple(_passages(report, start=len(found)))
            found.extend(mine)
            shelves[report.document.id] = Shelf(
                document=report.document,
                facts=(*report.facts, *_labelled(report), *_inferred(report)),
                tables={table.id: table.name for table in report.tables},
                passages=mine,
                convention=_convention(report),
            )
        return cls(
            shelves=shelves,
            all_passages=tuple(found),
            _scorer=scorer([p.indexed for p in found]),
            _open_meaning=meaning,
        )

    @cached_property
    def meaning(self) -> Meaning | None:
        """The vectors of the passages; None where the index was given no model."""
        if self._open_meaning is None or not self.all_passages:
            return None
        return self._open_meaning(list(self.shelves.values()))

    def idf(self, word_stem: str) -> float:
        """Rarity of a stem over all passages; the highest for a stem that none holds."""
        return self._scorer.idf(word_stem)

    def scores(self, stems: Sequence[str]) -> npt.NDArray[np.float32]:
        """BM25 of every passage."""
        return self._scorer.array(stems)

    def named(self, text: str) -> list[tuple[Shelf, frozenset[str]]]:
        """The documents that a question names by their institution, and the stems of the words that do."""
        asked = words(text)
        found = []
        for shelf in self.shelves.values():
            places = mentioned(asked, shelf.naming)
            if places:
                found.append((shelf, frozenset(stem(asked[i]) for i in places) - frozenset(STOPWORDS)))
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
            return hybrid.search(self, self.meaning, stems, text, k=k, allowed=allowed, weights=weighed)
        scores = self._scorer.scores([s for s in stems if s not in STOPWORDS])
        allowed_scores = (
            (place, score)
            for place, score in scores.items()
            if documents is None or self.all_passages[place].document.id in documents
        )
        best = sorted(allowed_scores, key=lambda pair: (-pair[1], pair[0]))[:k]
        return [Hit(passage=self.all_passages[place], score=score, legs={"bm25": score}) for place, score in best]

    def _within(self, documents: frozenset[str]) -> npt.NDArray[np.bool_]:
        import numpy as np  # noqa: PLC0415 - as above

        mask = np.zeros(len(self.all_passages), dtype=np.bool_)
        for name in documents & self.shelves.keys():
            mine = self.shelves[name].passages
            if mine:
                mask[mine[0].place : mine[-1].place + 1] = True
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

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Folded words of the passages, headings, aliases, facts and names: what typing errors are corrected to."""
        found: set[str] = set()
        for shelf in self.shelves.values():
            document = shelf.document
            found.update(words(" ".join([document.title, document.institution or "", *document.aliases])))
            for fact in shelf.facts:
                found.update(words(f"{fact.key} {fact.value} {fact.detail}"))
            for passage in shelf.passages:
                for text in (*passages(passage.chunk), *passage.chunk.section):
                    found.update(words(text))
        return frozenset(found)


@lru_cache(maxsize=1)
def _country_names() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads((files("index") / "data" / "countries.toml").read_text(encoding="utf-8"))
    return {country["iso"]: tuple(country["names"]) for country in data["country"]}


def _convention(report: Report) -> str | None:
    proved = {column.convention for table in report.tables for column in table.columns if column.convention}
    if not proved:
        return decide_convention(n for c in report.chunks for n in _NUMBER.findall(c.text))
    return proved.pop() if len(proved) == 1 else None


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
_LABELLED = re.compile(r"([A-ZÁÉÍÓÚÑ][^\W\d_]*(?: [^\W\d_]+){0,3}): (\S[^.;:]{1,80})")


def _inferred(report: Report) -> tuple[Fact, ...]:
    """The period and institution that the load inferred, where no line of the report says them in so many words."""
    document = report.document
    known = {f.key for f in report.facts}
    found = []
    if document.period is not None and not known & {"periodo", "mes", "periodo del"}:
        found.append(Fact(key="periodo", value=describe(document.period), quote=document.title or document.file))
    return tuple(found)


def _labelled(report: Report) -> tuple[Fact, ...]:
    """Lines of the prose that say one thing of the report ("Radicado: PC-0118")."""
    known = {(f.key, f.value) for f in report.facts}
    found = []
    for chunk in report.chunks:
        match = _LABELLED.fullmatch(chunk.text.strip()) if chunk.kind is ChunkKind.PARAGRAPH else None
        if match is not None and (fold(match[1]), match[2]) not in known:
            page = chunk.pages[0] if chunk.pages else None
            found.append(Fact(key=fold(match[1]), value=match[2], quote=chunk.text.strip(), page=page))
    return tuple(found)


def _passages(report: Report, *, start: int) -> Iterator[Passage]:
    for place, chunk in enumerate(report.chunks, start):
        text = (
            " ".join(passages(chunk))
            if chunk.kind is not ChunkKind.DEFINITIONS
            else " ".join(chunk.items) or chunk.text
        )
        label = _LABEL.match(chunk.text) if not chunk.items else None
        path = (*chunk.section, label[1]) if label else chunk.section
        yield Passage(
            place=place,
            chunk=chunk,
            document=report.document,
            standards=_standards(chunk, path),
            kindred=_kindred(_standards(chunk, path), path),
            path=path,
            body=tuple(stem(w) for w in words(text) if w not in STOPWORDS),
            section=tuple(s for heading in path for s in content_stems(heading)),
        )


def _kindred(standards: tuple[Standard, ...], path: tuple[str, ...]) -> tuple[Standard, ...]:
    return tuple(dict.fromkeys((*standards, *(s for heading in reversed(path) for s in kindred_of(heading)))))


def _standards(chunk: Chunk, path: tuple[str, ...]) -> tuple[Standard, ...]:
    found: dict[str, Standard] = {}
    if chunk.items:
        found |= {s.id: s for s in standard_of_lead(chunk.lead)}
    for heading in reversed(path):
        for standard in standard_of(heading):
            found.setdefault(standard.id, standard)
    return tuple(found.values())
