"""Rows and groups of rows by their codes: "producto 22", "11-02" for all that begins with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.model import Role, RowKind
from index.once import once
from index.text import fold, stem
from tools.catalogue import Catalogue, Entity, TableView
from tools.matching import RowMatch


def match_code(catalogue: Catalogue, views: Iterable[TableView], noun: str, code: str) -> dict[int, RowMatch]:
    """Rows of each table that carry a code, or whose key starts with it ("11-02" holds "11-02-000-001").

    The noun decides between columns: "producto 22" is looked for where rows are products first.
    """
    key = fold(code)
    found: dict[int, RowMatch] = {}
    noun_stem = stem(noun)
    plural = stem(re.sub(r"s$", "", noun))
    positions = {view.position: view for view in views}
    elsewhere = _documents_with(positions.values(), {noun_stem, plural})
    ranks: dict[int, int] = {}
    held = [h for h in catalogue.codes if _code_fits(h, key)] if re.search(r"[-.]", key) else [key]
    for number in sorted(n for h in held for n in catalogue.codes.get(h, ())):
        entity = catalogue.entities[number]
        view = positions.get(entity.table)
        if view is None or (entity.noun and stem(entity.noun) not in (noun_stem, plural)):
            continue
        if view.document.id in elsewhere and _other_kind(view, entity, {noun_stem, plural}):
            continue  # "programa 5" is no partida 5 in a report that has a table of programmes
        rank = _code_rank(view, entity, {noun_stem, plural}, exact=fold(entity.text) == key)
        match = _code_match(view, entity, key)
        if rank > ranks.get(entity.table, -1):
            ranks[entity.table] = rank
            found[entity.table] = match
        elif rank == ranks[entity.table] and match.own is not None:
            found[entity.table] = _with_twin(found[entity.table], match)
    return found


_KINDS = frozenset(
    stem(w)
    for w in "programa subprograma proyecto actividad obra partida subpartida capitulo renglon objeto grupo subgrupo titulo subtitulo "
    "fuente funcion finalidad producto meta componente eje cuenta".split()
)


@once
def _headers(view: TableView) -> set[str]:
    columns = [c for c in view.table.columns if c.role in (Role.LABEL, Role.KEY)]
    return {stem(re.sub(r"s$", "", w)) for c in columns for part in c.path for w in fold(part).split()}


def _documents_with(views: Iterable[TableView], nouns: set[str]) -> frozenset[str]:
    """Reports with a table whose rows are what the noun says, where it says a kind of row."""
    if not nouns & _KINDS:
        return frozenset()
    return frozenset(v.document.id for v in views if _headers(v) & nouns)


def _other_kind(view: TableView, entity: Entity, nouns: set[str]) -> bool:
    """Whether the rows of a table are of a kind of their own, and not of the one that the noun says."""
    kinds = _headers(view) & _KINDS
    return not entity.noun and bool(kinds) and not kinds & nouns


def match_tail(catalogue: Catalogue, views: Iterable[TableView], head: str, tail: str) -> dict[int, RowMatch]:
    """Rows of each table whose code begins with one code and ends in another ("11-02 … 001"), where one code alone does."""
    fits = re.compile(rf"{re.escape(fold(head))}[-.](?:.*[-.])?{re.escape(fold(tail))}")
    held = [h for h in catalogue.codes if fits.fullmatch(h)]
    return match_code(catalogue, views, "", held[0]) if len(held) == 1 else {}


def _with_twin(first: RowMatch, other: RowMatch) -> RowMatch:
    """A code that stands in several rows: one group when they bear one name, else rows to be told apart."""
    if other.rows == first.rows or set(other.rows) <= set(first.rows):
        return first
    if fold(first.label) == fold(other.label):
        return replace(first, rows=(*first.rows, *other.rows), own=None)
    return replace(first, twins=(*first.twins, other))


def _code_fits(held: str, asked: str) -> bool:
    if held == asked:
        return True
    return held.startswith(asked) and held[len(asked)] in "-." and bool(re.search(r"[-.]", asked))


def _code_rank(view: TableView, entity: Entity, nouns: set[str], *, exact: bool) -> int:
    if entity.noun:
        return 8  # the very noun and number of a heading
    column = entity.column
    headers: set[str] = set()
    if column >= 0:
        headers = {stem(w) for part in view.table.columns[column].path for w in fold(part).split()}
    else:
        labels = [c for c in view.table.columns if c.role is Role.LABEL]
        headers = {stem(w) for c in labels for part in c.path for w in fold(part).split()}
    return 4 * bool(headers & nouns) + 2 * exact + (column < 0)


def _code_match(view: TableView, entity: Entity, key: str) -> RowMatch:
    if fold(entity.text) == key and entity.column < 0:
        row = view.table.rows[entity.own if entity.own is not None else entity.rows[0]]
        if entity.noun and entity.own is None:  # a heading without figures of its own
            above = row.parent
            row = view.table.rows[above] if above is not None else row
        return RowMatch(label=row.label or entity.text, rows=entity.rows, own=entity.own, full=True, entity=entity)
    rows = []
    for row in view.table.rows:
        if row.kind is not RowKind.DATA:
            continue
        for column in view.table.columns:
            if column.role is Role.NUMBER or column.index >= len(row.cells):
                continue
            cell = row.cells[column.index]
            options = cell.candidates or ((cell.text.strip() or cell.inferred or ""),)
            if options and all(o and _code_fits(fold(o), key) for o in options):
                rows.append(row.index)
                break
    return RowMatch(label=key, rows=tuple(rows), full=True, entity=entity)


def uncertain_rows(view: TableView, rows: Sequence[int], key: str) -> tuple[int, ...]:
    """Rows outside a group by code that might belong to it: their key is blank and the neighbours disagree."""
    inside = set(rows)
    return tuple(
        row.index
        for row in view.table.rows
        if row.index not in inside
        and any(any(_code_fits(fold(c), fold(key)) for c in cell.candidates) for cell in row.cells)
    )
