"""The catalogue of some reports, read off their tables: what each table, column, row, group and code is called."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from index.acronyms import definitions
from index.lexicon import abbreviations, names_states, other_names_of_state
from index.model import ChunkKind, Column, Document, Report, Role, Row, RowKind, Table
from index.text import fold, stem, words
from tools.catalogue import (
    NUMBERED,
    Catalogue,
    Entity,
    TableView,
    content_stems,
    descendants,
    document_stems,
    summed_in,
)

_CODE = re.compile(r"[0-9]+(?:[-.][0-9]+)*|[a-z]{1,4}[-.]?[0-9]+(?:[-.][0-9]+)*")


def build(reports: Iterable[Report]) -> Catalogue:
    """The catalogue of some reports, in their order."""
    catalogue = Catalogue()
    for report in reports:
        document = report.document
        catalogue.documents[document.id] = document
        catalogue.document_stems[document.id] = document_stems(document)
        for s in catalogue.document_stems[document.id]:
            catalogue.named_by[s].append(document.id)
        names = _level_names(report.tables)
        first, views = len(catalogue.entities), len(catalogue.views)
        for table in report.tables:
            _add_table(catalogue, table, document, names.get(table.id, ()))
        _add_acronyms(catalogue, first, report)
        systems = frozenset(fold(a) for chunk in report.chunks for a in _BRACKETED.findall(chunk.text))
        for place in range(views, len(catalogue.views) if systems else views):
            catalogue.views[place] = replace(catalogue.views[place], systems=systems)
    labels = {entity.text for entity in catalogue.entities}  # each once: reports of one office repeat their rows
    catalogue.words.update(w for text in labels for w in words(text) if w.isalpha())
    _spell_out(catalogue, labels)
    for position, entity in enumerate(catalogue.entities):
        for s in {*entity.stems, *entity.short}:
            catalogue.postings[s].append(position)
        catalogue.by_table[entity.table].append(position)
    catalogue.frequency.update({s: len(places) for s, places in catalogue.postings.items()})
    heads = {part for view in catalogue.views for c in view.table.columns for part in c.path}
    heads |= {text for view in catalogue.views for text in (view.table.caption, view.document.institution or "")}
    catalogue.words.update(w for text in heads for w in words(text) if w.isalpha())
    for view in catalogue.views:
        for s in view.words:
            catalogue.by_word[s].append(view.position)
    return catalogue


def _spell_out(catalogue: Catalogue, labels: Iterable[str]) -> None:
    """Let the words that a label cuts short ("Rec. Afec.") be named in full, by the words that other labels print."""
    usual = abbreviations()
    cut = {
        text: {fold(w) for w in _CUT_SHORT.findall(text)} | ({w for w in words(text) if w in usual} - _WORDS_TOO)
        for text in labels
    }
    full = {
        a: {stem(w) for w in catalogue.words if len(w) > len(a) + 1 and w.startswith(a)}
        | {stem(w) for w in usual.get(a, ())}
        for a in {a for short in cut.values() for a in short}
    }
    named = {text: frozenset(s for a in short for s in full[a]) for text, short in cut.items() if short}
    for place, entity in enumerate(catalogue.entities):
        if named.get(entity.text):
            catalogue.entities[place] = replace(entity, short=entity.short | named[entity.text])


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
            if re.fullmatch(_CODE, key):
                _add_code(catalogue, view, key, tuple(rows), column=column.index)
            else:
                _add_entity(catalogue, view, column.index, shown[key], tuple(rows), state=names_states(column.path))
    for column in view.table.columns:
        _add_headed_codes(catalogue, view, column)
    for row in view.table.rows:
        children = descendants(view.table, row.index) if row.kind is RowKind.SECTION else ()
        if children:
            _add_entity(catalogue, view, -2, row.label, children, own=summed_in(view.table, row, children))


def _add_headed_codes(catalogue: Catalogue, view: TableView, column: Column) -> None:
    """The codes of a column that only the rows over others fill ("Inciso" over its items), called by its header."""
    texts = [(r, r.cells[column.index].text.strip()) for r in view.table.rows if column.index < len(r.cells)]
    filled = [(r, t) for r, t in texts if t and r.kind is not RowKind.TOTAL]
    if column.role is Role.KEY and filled and all(r.kind is RowKind.SUBTOTAL and not r.code for r, _ in filled):
        for row, text in filled:
            if re.fullmatch(_CODE, text):
                _add_code(catalogue, view, text, (row.index,), own=row.index, noun=fold(column.path[-1]))


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
