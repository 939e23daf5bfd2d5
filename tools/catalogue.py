"""Everything in the loaded reports that a question can name: tables, columns, rows, groups, codes.

Nothing here is written by hand: it is all read off the loaded reports, so an unseen report brings its own words.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files

from index.acronyms import definitions
from index.lexicon import abbreviations, names_states, other_names_of_state
from index.model import ChunkKind, Column, Document, Report, Role, Row, RowKind, Table
from index.text import STOPWORDS, fold, stem, words

CODE = re.compile(r"[0-9]+(?:[-.][0-9]+)*|[a-z]{1,4}[-.]?[0-9]+(?:[-.][0-9]+)*")


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


@dataclass(slots=True)
class Catalogue:
    """Index over the tables of some reports. Built once per revision of the store."""

    views: list[TableView] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    postings: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # stem -> entities
    codes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # folded code -> entities
    documents: dict[str, Document] = field(default_factory=dict)
    document_stems: dict[str, frozenset[str]] = field(default_factory=dict)
    by_document: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # stem -> views
    by_table: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # view -> entities
    frequency: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)  # whole words, folded, toward which typing errors are mended

    def idf(self, stem_: str) -> float:
        """Rarity of a stem over the entities and tables: 1 for the commonest words, about 10 for unseen ones."""
        return 1.0 + math.log((1 + len(self.entities)) / (1 + self.frequency.get(stem_, 0)))


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


def build(reports: Iterable[Report]) -> Catalogue:
    """The catalogue of some reports, in their order."""
    catalogue = Catalogue()
    for report in reports:
        document = report.document
        catalogue.documents[document.id] = document
        catalogue.document_stems[document.id] = document_stems(document)
        names = _level_names(report.tables)
        first, views = len(catalogue.entities), len(catalogue.views)
        for table in report.tables:
            _add_table(catalogue, table, document, names.get(table.id, ()))
        _add_acronyms(catalogue, first, report)
        systems = frozenset(fold(a) for chunk in report.chunks for a in _BRACKETED.findall(chunk.text))
        for place in range(views, len(catalogue.views) if systems else views):
            catalogue.views[place] = replace(catalogue.views[place], systems=systems)
    for entity in catalogue.entities:
        catalogue.words.update(w for w in words(entity.text) if w.isalpha())
    _spell_out(catalogue)
    for position, entity in enumerate(catalogue.entities):
        for s in {*entity.stems, *entity.short}:
            catalogue.postings[s].append(position)
            catalogue.frequency[s] += 1
        catalogue.by_table[entity.table].append(position)
    for view in catalogue.views:
        texts = [view.table.caption, view.document.institution or "", *(p for c in view.table.columns for p in c.path)]
        catalogue.words.update(w for text in texts for w in words(text) if w.isalpha())
        for s in view.words:
            catalogue.by_word[s].append(view.position)
    return catalogue


def _spell_out(catalogue: Catalogue) -> None:
    """Let the words that a label cuts short ("Rec. Afec.") be named in full, by the words that other labels print."""
    usual = abbreviations()
    cut = [
        (place, {fold(w) for w in _CUT_SHORT.findall(e.text)} | ({w for w in words(e.text) if w in usual} - _WORDS_TOO))
        for place, e in enumerate(catalogue.entities)
    ]
    full = {
        a: {stem(w) for w in catalogue.words if len(w) > len(a) + 1 and w.startswith(a)}
        | {stem(w) for w in usual.get(a, ())}
        for a in {a for _, short in cut for a in short}
    }
    for place, short in cut:
        named = {s for a in short for s in full[a]}
        if named:
            entity = catalogue.entities[place]
            catalogue.entities[place] = replace(entity, short=entity.short | named)


_WORDS_TOO = frozenset({"fin", "act", "com", "part"})  # without a full stop they are words or too little
_CUT_SHORT = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,6})\.(?=\s*[^\W\d_]|\s+-)")
_BRACKETED = re.compile(r"\(([A-ZÁÉÍÓÚÑ]{3,10})\)")


def _add_acronyms(catalogue: Catalogue, first: int, report: Report) -> None:
    """Let "CNS" name the rows that spell it out and the other way round, where the report has a table of acronyms."""
    tables = [c for c in report.chunks if c.kind is ChunkKind.DEFINITIONS]
    known = [(stem(fold(d.term)), content_stems(d.meaning)) for d in definitions(tables)]
    known = [(term, meaning) for term, meaning in known if len(meaning) > 1]
    for place in range(first, len(catalogue.entities) if known else first):
        entity = catalogue.entities[place]
        short: set[str] = set()
        for term, meaning in known:
            if set(meaning) <= set(entity.stems):
                short.add(term)
            elif term in entity.stems:
                short.update(meaning)
        if short:
            catalogue.entities[place] = replace(entity, short=entity.short | short)


def _add_table(catalogue: Catalogue, table: Table, document: Document, names: tuple[str, ...]) -> None:
    position = len(catalogue.views)
    title = frozenset(
        content_stems(table.caption)
        + content_stems(table.sheet or "")
        + tuple(s for n in names for s in content_stems(n))
    )
    section = [s for part in table.section[-2:] for s in content_stems(part)]
    about = title | frozenset(section) | frozenset(content_stems(table.sheet or ""))
    header = frozenset(s for c in table.columns for part in c.path for s in content_stems(part))
    nouns = frozenset(
        s for c in table.columns if c.role in (Role.LABEL, Role.KEY) for part in c.path for s in content_stems(part)
    )
    view = TableView(
        position=position,
        table=table,
        document=document,
        about=about,
        title=title,
        header=header,
        nouns=nouns | frozenset(stem(n) for n in names) | _captioned(table.caption),
        words=about | header | catalogue.document_stems[document.id],
        numbers=tuple(c for c in table.columns if c.role is Role.NUMBER),
        level_codes=names,
    )
    catalogue.views.append(view)
    catalogue.by_document[document.id].append(position)
    _add_rows(catalogue, view)
    _add_groups(catalogue, view)


_BY_KIND = re.compile(r"\bpor (?P<noun>[a-z]{4,})")
_RECORDS = re.compile(
    r"(?:(?:cuadro|tabla|anexo)\s+(?:n[°ºo.]*\s*)?\w+\s*[.:–—-]*\s*)?"
    r"(?P<noun>contratos|convenios|obras|proyectos|procesos|licitaciones|adquisiciones|compras|expedientes|procedimientos|iniciativas)\b"
)
_NO_KIND = frozenset(
    "trimestre semestre cuatrimestre bimestre mes meses ano anos periodo ciento medio parte cada".split()
)


def _captioned(caption: str) -> frozenset[str]:
    """What a caption calls the rows: "Egresos por programa", "Contratos de obra vigentes"."""
    found = _BY_KIND.search(fold(caption))
    kinds = {found["noun"]} - _NO_KIND if found else set()
    records = _RECORDS.match(fold(caption))
    return frozenset(stem(k) for k in (*kinds, *((records["noun"],) if records else ())))


def _add_rows(catalogue: Catalogue, view: TableView) -> None:
    by_label: dict[str, list[Row]] = defaultdict(list)
    for row in view.table.rows:
        if row.kind is not RowKind.SECTION and (row.label or row.code):
            by_label[fold(row.label) or row.code or ""].append(row)
        if row.code and row.kind is not RowKind.SECTION:
            _add_code(catalogue, view, row.code, (row.index,), own=row.index)
        numbered = NUMBERED.match(fold(row.label)) if row.kind in (RowKind.SECTION, RowKind.SUBTOTAL) else None
        below = descendants(view.table, row.index) if numbered else ()
        if numbered and below:
            own = summed_in(view.table, row, below) if row.kind is RowKind.SECTION else row.index
            _add_code(catalogue, view, numbered["code"], below, own=own, noun=numbered["noun"])
    for same in by_label.values():
        for row in same:
            _add_entity(catalogue, view, -1, row.label, (row.index,), own=row.index, total=row.kind is RowKind.TOTAL)


def _add_groups(catalogue: Catalogue, view: TableView) -> None:
    """Groups: the values of key and text columns that hold several rows, and the section rows above others."""
    data = [r for r in view.table.rows if r.kind is RowKind.DATA]
    for column in view.table.columns:
        if column.role is Role.NUMBER:
            continue
        groups: dict[str, list[int]] = defaultdict(list)
        shown: dict[str, str] = {}
        for row in data:
            cell = row.cells[column.index] if column.index < len(row.cells) else None
            text = (cell.text.strip() or cell.inferred or "") if cell else ""
            if text:
                groups[fold(text)].append(row.index)
                shown.setdefault(fold(text), text)
        if column.role is Role.LABEL and all(len(g) == 1 for g in groups.values()):
            continue  # already there as rows
        if len(groups) < 2:  # a constant column tells nothing apart
            continue
        for key, rows in groups.items():
            if column.role is Role.LABEL and len(rows) == 1:
                continue
            if re.fullmatch(CODE, key):
                _add_code(catalogue, view, key, tuple(rows), column=column.index)
            else:
                _add_entity(catalogue, view, column.index, shown[key], tuple(rows), state=names_states(column.path))
    for column in view.table.columns:
        _add_headed_codes(catalogue, view, column)
    for row in view.table.rows:
        children = descendants(view.table, row.index)
        if row.kind is RowKind.SECTION and children:
            _add_entity(catalogue, view, -2, row.label, children, own=summed_in(view.table, row, children))


def _add_headed_codes(catalogue: Catalogue, view: TableView, column: Column) -> None:
    """The codes of a column that only the rows over others fill ("Inciso" over its items), called by its header."""
    texts = [(r, r.cells[column.index].text.strip()) for r in view.table.rows if column.index < len(r.cells)]
    filled = [(r, t) for r, t in texts if t and r.kind is not RowKind.TOTAL]
    if column.role is Role.KEY and filled and all(r.kind is RowKind.SUBTOTAL and not r.code for r, _ in filled):
        for row, text in filled:
            if re.fullmatch(CODE, text):
                _add_code(catalogue, view, text, (row.index,), own=row.index, noun=fold(column.path[-1]))


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


def _add_entity(
    catalogue: Catalogue,
    view: TableView,
    column: int,
    text: str,
    rows: tuple[int, ...],
    *,
    own: int | None = None,
    total: bool = False,
    state: bool = False,
) -> None:
    stems = content_stems(text)
    if stems:
        short = other_names_of_state(stems) if state else frozenset()
        entity = Entity(
            table=view.position, column=column, text=text, stems=stems, rows=rows, own=own, total=total, short=short
        )
        catalogue.entities.append(entity)


# "Programa 2. Fomento": a heading over rows, called by its noun and number.
NUMBERED = re.compile(
    r"(?P<noun>programa|subprograma|proyecto|actividad|eje|componente|capitulo|titulo|finalidad|objetivo|linea)\s+(?:n[°ºo]?\.?\s*)?(?P<code>\d{1,4})\b"
)


def _add_code(
    catalogue: Catalogue,
    view: TableView,
    code: str,
    rows: tuple[int, ...],
    *,
    column: int = -1,
    own: int | None = None,
    noun: str = "",
) -> None:
    """noun: the only one that the code goes with, where the label of a heading prints both."""
    position = len(catalogue.entities)
    catalogue.entities.append(
        Entity(table=view.position, column=column, text=code, stems=(), rows=rows, own=own, noun=noun)
    )
    catalogue.codes[fold(code)].append(position)


def _level_names(tables: tuple[Table, ...]) -> dict[str, tuple[str, ...]]:
    """Names that sibling tables earn from the depth of their programme codes.

    Budget categories of the region read programa-subprograma-proyecto-actividad. Of two tables with the same
    columns, the one whose codes end in zeros is the consolidated one; the one that reaches the last segment is "por
    actividad". Source: the programme structure of the Central American budget manuals (SIAFI, SICOIN).
    """
    depth: dict[str, int] = {}
    siblings: dict[tuple[str, ...], list[Table]] = defaultdict(list)
    for table in tables:
        codes = [
            code
            for row in table.rows
            for column in table.columns
            if column.role is Role.KEY and column.index < len(row.cells)
            for code in [row.cells[column.index].text.strip()]
            if re.fullmatch(r"\d+(?:-\d+){2,}", code)
        ]
        if codes:
            depth[table.id] = max(_depth(c) for c in codes)
            siblings[tuple(fold(c.header) for c in table.columns)].append(table)
    names: dict[str, tuple[str, ...]] = {}
    for group in siblings.values():
        depths = {depth[t.id] for t in group}
        for table in group:
            level = depth[table.id]
            found = ["programa"] if level <= 2 else ["actividad"] if level >= 4 else ["proyecto"]
            if len(depths) > 1 and level == min(depths):
                found += ["consolidado", "resumen"]
            elif len(depths) > 1 and level == max(depths):
                found += ["detalle", "detallado"]
            names[table.id] = tuple(found)
    return names


def _depth(code: str) -> int:
    """Segments up to the last one that is not all zeros."""
    parts = code.split("-")
    return max((i for i, part in enumerate(parts, 1) if part.strip("0")), default=0)
