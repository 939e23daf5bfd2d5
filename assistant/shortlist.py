"""Which tables a question is read against: all of them, or the likeliest when many are loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, islice

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
    if scope.documents is None:
        inside: Sequence[TableView] = catalogue.views
    else:
        inside = [v for d in catalogue.documents if d in scope.documents for v in catalogue.of_document(d)]
    if len(inside) <= WIDE:
        return [v for v in inside if _in_scope(v, scope)]
    own, row, union = _weights(catalogue, analysis)
    score = {n: round(own.get(n, 0.0) + row.get(n, 0.0), 6) for n in own.keys() | row.keys()}
    said = [v for v in map(catalogue.views.__getitem__, score.keys() | union.keys()) if _in_scope(v, scope)]
    scores = nlargest(WIDEST, (score.get(v.position, 0.0) for v in said))
    best = sorted(
        (v for v in said if score.get(v.position, 0.0) >= scores[-1]),
        key=lambda v: (
            -score.get(v.position, 0.0),
            -round(union.get(v.position, 0.0), 6),
            v.document.id not in scope.preferred,
            v.position,
        ),
    )[:WIDEST]
    best += islice(_unsaid(catalogue, inside, scope, {v.position for v in said}), WIDEST - len(best))
    last = score.get(best[WIDE - 1].position, 0.0) if len(best) >= WIDE else 0.0
    kept = [v for place, v in enumerate(best) if place < WIDE or score.get(v.position, 0.0) == last]
    return sorted(kept, key=lambda v: v.position)


def _in_scope(view: TableView, scope: Scope) -> bool:
    if not view.numbers or (scope.documents is not None and view.document.id not in scope.documents):
        return False
    return not scope.without or view.table.id not in scope.without


def _unsaid(
    catalogue: Catalogue, inside: Sequence[TableView], scope: Scope, said: Collection[int]
) -> Iterator[TableView]:
    """Tables in scope that hold no word of the question, those of the conversation first."""
    talked = [v for d in catalogue.documents if d in scope.preferred for v in catalogue.of_document(d)]
    for view in chain(talked, (v for v in inside if v.document.id not in scope.preferred)):
        if view.position not in said and _in_scope(view, scope):
            yield view


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
