"""What a report offers to the search of its prose: its passages, and what its whole says of each of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from index.acronyms import Definition, definitions, passages
from index.frame import DOCUMENT_STEMS
from index.headings import Standard, alias_words, content_stems, kindred_of, standard_of, standard_of_lead
from index.mentions import Naming, naming
from index.model import Chunk, ChunkKind, Document, Fact, Report
from index.numbers import decide_convention
from index.periods import describe
from index.text import STOPWORDS, fold, stem, words

_LABEL = re.compile(r"\s*([A-ZÁÉÍÓÚÑ][^\W\d_]+(?: [^\W\d_]+){0,3})\s*:\s+\S")
_NUMBER = re.compile(r"(?<![\w./,-])\d[\d.,]*\d(?![\w/-])")
_SENDERS = frozenset({"de", "remitente"})  # who writes names the letter
_ACRONYM = re.compile(r"\(([A-ZÁÉÍÓÚÑ]{3,10})\)")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A chunk with what its place in the report says of it, which is worked out when it is asked for."""

    place: int
    chunk: Chunk
    document: Document

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The section path, and the label that a paragraph starts with ("Misión: servir a…").

        A text that came without headings may begin with the line of one.
        """
        label = _LABEL.match(self.chunk.text) if not self.chunk.items else None
        if label:
            return (*self.chunk.section, label[1])
        line, _, rest = self.chunk.text.partition("\n")
        return (line.strip(),) if rest and not self.chunk.section and standard_of(line) else self.chunk.section

    @cached_property
    def standards(self) -> tuple[Standard, ...]:
        """The standard sections that it stands in, nearest heading first."""
        found: dict[str, Standard] = {}
        if self.chunk.items:
            found |= {s.id: s for s in standard_of_lead(self.chunk.lead)}
        for heading in reversed(self.path):
            for standard in standard_of(heading):
                found.setdefault(standard.id, standard)
        return tuple(found.values())

    @cached_property
    def kindred(self) -> tuple[Standard, ...]:
        """These, and those that a heading begins with: for its meaning only."""
        return tuple(dict.fromkeys((*self.standards, *(s for h in reversed(self.path) for s in kindred_of(h)))))

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What it says; of a table of terms, its lines."""
        if self.chunk.kind is ChunkKind.DEFINITIONS:
            return self.chunk.items or (self.chunk.text,)
        return passages(self.chunk)

    @cached_property
    def body(self) -> tuple[str, ...]:
        """Stems of its own text, small words left out."""
        return tuple(stem(w) for w in words(" ".join(self.texts)) if w not in STOPWORDS)

    @cached_property
    def section(self) -> tuple[str, ...]:
        """Stems of the section path."""
        return tuple(s for heading in self.path for s in content_stems(heading))

    @property
    def indexed(self) -> tuple[str, ...]:
        """What BM25 sees: section path, text, and the words by which people ask for such a section."""
        return (*self.section, *self.body, *(s for standard in self.standards for s in alias_words(standard)))


Defined = tuple[str, str, str, int]
"""A term, its meaning, the words that say so, and which of the passages of its document holds them."""


@dataclass(kw_only=True)
class Shelf:
    """What one document offers besides its passages."""

    document: Document
    facts: tuple[Fact, ...]
    tables: Mapping[str, str]  # id → name
    passages: Sequence[Passage]
    convention: str | None = None  # how all its columns write numbers; None when they do not agree or prove nothing

    defined: tuple[Defined, ...] | None = None  # what the passages define, where it is known; None to look for it
    in_rows: tuple[
        Definition, ...
    ] = ()  # what labels of rows define in passing: "auxiliares de la función pública (AFP)"

    @cached_property
    def definitions(self) -> tuple[Definition, ...]:
        """Acronyms and terms that the document defines."""
        if self.defined is None:
            told = definitions(p.chunk for p in self.passages)
            return (*told, *(d for d in self.in_rows if all(fold(d.term) != fold(o.term) for o in told)))
        return tuple(
            Definition(term=term, meaning=meaning, quote=quote, chunk=self.passages[place].chunk)
            for term, meaning, quote, place in self.defined
        )

    @cached_property
    def acronyms(self) -> dict[str, frozenset[str]]:
        """Stems of the meaning by folded acronym."""
        found: dict[str, frozenset[str]] = {}
        pairs = (
            ((d.term, d.meaning) for d in self.definitions) if self.defined is None else (d[:2] for d in self.defined)
        )
        for term, meaning in pairs:
            found.setdefault(fold(term), frozenset(content_stems(meaning)))
        return found

    @cached_property
    def places(self) -> slice:
        """Where its passages are among all of them."""
        return slice(self.passages[0].place, self.passages[-1].place + 1) if self.passages else slice(0, 0)

    @cached_property
    def words(self) -> frozenset[str]:
        """Folded words of its passages, their headings and its facts."""
        found: set[str] = set()
        for fact in self.facts:
            found.update(words(f"{fact.key} {fact.value} {fact.detail}"))
        for passage in self.passages:
            for text in (*passages(passage.chunk), *passage.chunk.section):
                found.update(words(text))
        return frozenset(found)

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems that name the document or its institution; they hold for each of its passages."""
        document = self.document
        texts = [document.title, document.institution or "", *document.aliases]
        texts += country_names().get(document.country or "", ())
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


def shelf_of(report: Report, *, start: int = 0) -> Shelf:
    """The shelf of a report. start: the place of its first passage among all of them."""
    return Shelf(
        document=report.document,
        facts=(*report.facts, *_labelled(report), *_inferred(report)),
        tables={table.id: table.name for table in report.tables},
        passages=tuple(
            Passage(place=place, chunk=chunk, document=report.document)
            for place, chunk in enumerate(report.chunks, start)
        ),
        convention=_convention(report),
        in_rows=_of_rows(report),
    )


def _of_rows(report: Report) -> tuple[Definition, ...]:
    """Acronyms that labels of rows spell out, quoted from the label, with the table for a section."""
    lines = [
        Chunk(
            id=f"{table.id}:{row.index}",
            document=report.document.id,
            kind=ChunkKind.PARAGRAPH,
            text=row.label,
            section=(table.name,),
            pages=(row.page,) if row.page else (),
        )
        for table in report.tables
        for row in table.rows
        if _IN_BRACKETS.search(row.label)
    ]
    return definitions(lines)


_IN_BRACKETS = re.compile(r"\([A-ZÁÉÍÓÚÑ]{2,}\)")


@lru_cache(maxsize=1)
def country_names() -> dict[str, tuple[str, ...]]:
    """How each country is called, by its ISO 3166 code."""
    data = tomllib.loads((files("index") / "data" / "countries.toml").read_text(encoding="utf-8"))
    return {country["iso"]: tuple(country["names"]) for country in data["country"]}


def _convention(report: Report) -> str | None:
    proved = {column.convention for table in report.tables for column in table.columns if column.convention}
    if not proved:
        return decide_convention(n for c in report.chunks for n in _NUMBER.findall(c.text))
    return proved.pop() if len(proved) == 1 else None


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
