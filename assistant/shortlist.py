"""Which tables a question is read against: all of them, or the likeliest when many are loaded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from assistant.question import Analysis
from tools.catalogue import Catalogue, TableView

WIDE = 40  # tables looked at in detail when many are loaded
WIDEST = 120  # with those that fit as well as the last of them
_CODE_WEIGHT = 5.0  # about the rarity of a word that few rows hold


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """Where to look. documents: hard limit. preferred: documents of the conversation, which break ties."""

    documents: frozenset[str] | None = None
    preferred: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()  # tables that are not meant
    table: str | None = None  # the table of the turn before: between equal readings the talk goes on there


def tables_to_read(catalogue: Catalogue, analysis: Analysis, scope: Scope) -> list[TableView]:
    """Tables in scope; when they are many, those where one row and the table itself hold the rarest words.

    Words scattered over several rows count only between equals: in a large store some table holds any three words.
    """
    views = [v for v in catalogue.views if v.numbers and (scope.documents is None or v.document.id in scope.documents)]
    views = [v for v in views if v.table.id not in scope.without]
    if len(views) <= WIDE:
        return views
    own, row, union = _weights(catalogue, analysis)
    score = {v.position: round(own.get(v.position, 0.0) + row.get(v.position, 0.0), 6) for v in views}
    best = sorted(
        views,
        key=lambda v: (
            -score[v.position],
            -round(union.get(v.position, 0.0), 6),
            v.document.id not in scope.preferred,
            v.position,
        ),
    )
    last = score[best[WIDE - 1].position]
    kept = [v for place, v in enumerate(best[:WIDEST]) if place < WIDE or score[v.position] == last]
    return sorted(kept, key=lambda v: v.position)


def _weights(catalogue: Catalogue, analysis: Analysis) -> tuple[dict[int, float], dict[int, float], dict[int, float]]:
    """By table: rarity of the words it says itself, of the other words of its best row, of the words of all its rows."""
    own: dict[int, float] = defaultdict(float)
    rows: dict[int, float] = defaultdict(float)  # by entity
    union: dict[int, float] = defaultdict(float)
    for stem_ in {t.stem for t in analysis.tokens if t.content}:
        weight = catalogue.idf(stem_)
        said = set(catalogue.by_word.get(stem_, ()))
        tables: set[int] = set()
        for number in catalogue.postings.get(stem_, ()):
            table = catalogue.entities[number].table
            tables.add(table)
            if table not in said:
                rows[number] += weight
        for table in said:
            own[table] += weight
        for table in tables - said:
            union[table] += weight
    for code in analysis.codes:
        for table in {catalogue.entities[n].table for n in catalogue.codes.get(code.code, ())}:
            own[table] += _CODE_WEIGHT
    best: dict[int, float] = {}
    for number, weight in rows.items():
        table = catalogue.entities[number].table
        best[table] = max(best.get(table, 0.0), weight)
    return own, best, union
