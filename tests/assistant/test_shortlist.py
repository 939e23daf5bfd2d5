"""Of many tables the likeliest are read: the same ones, whether all are put in order or only those with a word."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.question import Analysis, analyse
from assistant.shortlist import WIDE, WIDEST, Scope, _weights, tables_to_read
from tests.benchmarks.made_library import Made, made_library
from tools.catalogue import Catalogue, TableView
from tools.cataloguing import build

REPORTS = 70


@pytest.fixture(scope="module")
def made() -> Sequence[Made]:
    return tuple(made_library(REPORTS))


@pytest.fixture(scope="module")
def catalogue(made: Sequence[Made]) -> Catalogue:
    return build(m.report for m in made)


def in_order(catalogue: Catalogue, analysis: Analysis, scope: Scope) -> list[TableView]:
    """All tables in scope put in order, the first ones taken, with those that fit as well as the last of them."""
    views = [v for v in catalogue.views if scope.documents is None or v.document.id in scope.documents]
    views = [v for v in views if v.numbers and v.table.id not in scope.without]
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
    last = score[best[WIDE - 1].position] if len(best) >= WIDE else 0.0
    kept = [v for n, v in enumerate(best[:WIDEST]) if n < WIDE or score[v.position] == last]
    return sorted(kept, key=lambda v: v.position)


QUESTIONS = (
    "¿Cuánto se gastó en becas?",
    "¿Cuánto se ejecutó en viáticos de la Dirección de Faros de Lomaverde?",
    "vigente del programa 40-06",
    "zeppelines",
    "limpieza de linternas en la costa",
    "total ejecutado por objeto",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_shortlist_is_the_head_of_all_tables_in_order(
    question: str, catalogue: Catalogue, made: Sequence[Made]
) -> None:
    some = frozenset(m.report.document.id for m in made[5:60])
    few = frozenset(m.report.document.id for m in made[5:9])
    first = frozenset({made[40].report.tables[1].id, made[7].report.tables[0].id})
    scopes = (
        Scope(),
        Scope(documents=some),
        Scope(documents=few),
        Scope(preferred=few),
        Scope(documents=some, preferred=few, without=first),
        Scope(without=first),
    )
    analysis = analyse(question)
    for scope in scopes:
        assert tables_to_read(catalogue, analysis, scope) == in_order(catalogue, analysis, scope), scope
