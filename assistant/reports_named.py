"""Reports that a question names by the words of their institution: no row of another report answers for those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from assistant.plan import Plan
from assistant.question import Analysis
from index.mentions import Naming, mentioned, naming
from tools.catalogue import Catalogue, content_stems

Named = Mapping[str, frozenset[int]]
"""Words of the question, by the id of the document whose institution they name."""


def reports_named(catalogue: Catalogue, analysis: Analysis) -> Named:
    """The reports whose institution is named by several words of its name ("Secretaría de Inteligencia")."""
    asked = [t.text for t in analysis.tokens]
    said = {t.stem for t in analysis.tokens}
    found: dict[str, frozenset[int]] = {}
    held = Counter(name for stem_ in said for name in catalogue.named_by.get(stem_, ()))
    for name, document in catalogue.documents.items():
        if document.institution and held[name] > 1:
            places = mentioned(asked, _naming(document.institution))
            if len(places) > 1:
                found[name] = places
    return found


@lru_cache(maxsize=4096)
def _naming(institution: str) -> Naming:
    return naming(institution, (), ())


def without_name(plan: Plan, named: Named) -> Plan:
    """The reading of a table of another report, with the name unexplained but where one of its rows bears it whole.

    "¿Qué documentos elaboró la Secretaría de Inteligencia?" is none for "reportes del sistema de inteligencia aduanera".
    """
    if not named or plan.view.document.id in named:
        return plan
    tokens = plan.analysis.tokens
    labels = [frozenset(content_stems(plan.view.table.rows[r].label)) for m in plan.rows if not m.whole for r in m.rows]
    foreign: set[int] = set()
    for places in named.values():
        stems = frozenset(s for i in places for s in content_stems(tokens[i].text))
        if stems and not any(stems <= label for label in labels):
            foreign |= {i for i in places if tokens[i].content}
    foreign -= plan.unexplained
    if not foreign:
        return plan
    return replace(plan, unexplained=plan.unexplained | foreign, weight=max(plan.weight, _MUCH))


_MUCH = 0.5  # share of the question that the name of its institution is
