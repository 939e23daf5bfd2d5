"""Everything in the loaded reports that a question can name: tables, columns, rows, groups, codes.

Nothing here is written by hand: it is all read off the loaded reports, so an unseen report brings its own words.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from index.model import Column, Document, Row, RowKind, Table
from index.text import STOPWORDS, fold, remembered, stem, words

# "Programa 2. Fomento": a heading over rows, called by its noun and number.
NUMBERED = re.compile(
    r"(?P<noun>programa|subprograma|proyecto|actividad|eje|componente|capitulo|titulo|finalidad|objetivo|linea)\s+(?:n[°ºo]?\.?\s*)?(?P<code>\d{1,4})\b"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entity:
    """A row, or a group of rows, as a question may name it.

    column: the column whose value names it; -1 for the row's own label; -2 for a section or parent row.
    rows: indices of the data rows it stands for. own: index of the row that prints the figures of a group itself.
    """

    table: int
    column: int
    text: str
    stems: tuple[str, ...]
    rows: tuple[int, ...]
    own: int | None = None
    total: bool = False
    noun: str = ""  # of a code that goes with one noun only ("Programa 2")
    short: frozenset[str] = frozenset()  # acronyms of names that the label spells out, and names of its acronyms

    def named_by(self, stem_: str) -> bool:
        """Whether a stem is of one of its names."""
        return stem_ in self.stems or stem_ in self.short


@dataclass(frozen=True, kw_only=True, slots=True)
class TableView:
    """A table with the stems that speak of it as a whole."""

    position: int
    table: Table
    document: Document
    about: frozenset[str]  # caption, section, sheet: what the table is about
    title: frozenset[str]  # caption alone
    header: frozenset[str]  # words of its columns
    nouns: frozenset[str]  # what its rows are: "producto", "mes", "programa"
    words: frozenset[str]  # every stem that can be explained by the table or its document
    numbers: tuple[Column, ...]
    level_codes: tuple[str, ...] = ()
    systems: frozenset[str] = frozenset()  # acronyms that the prose of the report spells out ("SIAFI")
    made: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)  # `index.once`


@dataclass(slots=True)
class Catalogue:
    """Index over the tables of some reports. Built once per revision of the store."""

    views: list[TableView] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    postings: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # stem -> entities
    codes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # folded code -> entities
    documents: dict[str, Document] = field(default_factory=dict)
    document_stems: dict[str, frozenset[str]] = field(default_factory=dict)
    named_by: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # stem -> documents
    by_document: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # stem -> views
    by_table: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # view -> entities
    frequency: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)  # whole words, folded, toward which typing errors are mended

    def of_document(self, document: str) -> list[TableView]:
        """The tables of a report, in their order."""
        return [self.views[n] for n in self.by_document.get(document, ())]

    def entities_of(self, view: TableView) -> list[Entity]:
        """The rows and groups of a table, in its order."""
        return [self.entities[n] for n in self.by_table.get(view.position, ())]

    def idf(self, stem_: str) -> float:
        """Rarity of a stem over the entities and tables: 1 for the commonest words, about 10 for unseen ones."""
        return _rarity(len(self.entities), self.frequency.get(stem_, 0))


@lru_cache(maxsize=4096)
def _rarity(entities: int, holding: int) -> float:
    return 1.0 + math.log((1 + entities) / (1 + holding))


@remembered
def content_stems(text: str) -> tuple[str, ...]:
    """Stems of the words that carry meaning, in order. "no" stays: it tells "no personales" from "personales"."""
    return tuple(stem(w) for w in words(text) if w not in STOPWORDS or w == "no")


_REGION = frozenset("AR BO BR CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV US UY VE".split())


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Folded Spanish names of the countries of the region by ISO code."""
    from babel import Locale  # noqa: PLC0415 - 0.1 s, only needed once tables exist

    return {code: fold(name) for code, name in Locale("es").territories.items() if code in _REGION}


@lru_cache(maxsize=1)
def demonyms() -> dict[str, tuple[str, ...]]:
    """Folded demonyms by ISO code. Source: `index/data/countries.toml`."""
    raw = tomllib.loads(files("index").joinpath("data/countries.toml").read_text("utf-8"))
    return {c["iso"]: tuple(c.get("people", ())) for c in raw["country"]}


def document_stems(document: Document) -> frozenset[str]:
    """The stems by which people name a report: institution, acronyms, title, country, file name."""
    country = country_names().get(document.country or "", "")
    stem_name = re.sub(r"\.\w+$", "", document.file)
    people = " ".join(demonyms().get(document.country or "", ()))
    parts = [
        document.institution or "",
        document.title,
        country,
        people,
        re.sub(r"[_\W]+", " ", stem_name),
        *document.aliases,
    ]
    found = {s for part in parts for s in content_stems(part)}
    return frozenset(s for s in found if not s.isdigit())


def naming_stems(document: Document) -> frozenset[str]:
    """The stems that only name a report: institution, acronyms, country. Its title may share words with any question."""
    country = country_names().get(document.country or "", "")
    parts = [document.institution or "", country, *document.aliases]
    return frozenset(s for part in parts for s in content_stems(part) if not s.isdigit())


def descendants(table: Table, index: int) -> tuple[int, ...]:
    """Indices of the data rows below a row in the hierarchy, children of children included."""
    inside = {index}
    parents = {r.index: r.parent for r in table.rows}
    for row in table.rows:
        path = [row.index]
        while path[-1] not in inside and (above := parents.get(path[-1])) is not None and above not in path:
            path.append(above)
        if path[-1] in inside:
            inside.update(path)
    return tuple(r.index for r in table.rows if r.index in inside - {index} and r.kind is RowKind.DATA)


def summed_in(table: Table, heading: Row, below: tuple[int, ...]) -> int | None:
    """The subtotal under a heading that prints the sum of all its rows; None where none does."""
    return next(
        (
            r.index
            for r in table.rows
            if r.kind is RowKind.SUBTOTAL and r.parent == heading.index and descendants(table, r.index) == below
        ),
        None,
    )
