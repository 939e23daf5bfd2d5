"""Whether goals or money are asked for, held against what a table and its report print."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.named_measures import Mention
from assistant.question import Analysis, level_of
from index.model import Level
from tools.catalogue import Catalogue, TableView
from tools.matching import stands_for


def held_level(
    catalogue: Catalogue, view: TableView, analysis: Analysis, level: Level | None, mentions: Sequence[Mention]
) -> Level | None:
    """ "Lo realizado", "el grado alcanzado" are of goals, unless the report counts nothing but money.

    "¿Cuántas obras se realizaron?" asks for things, and no money answers it.
    """
    if _only_of_other_level(view, analysis, level, mentions):
        return None
    said = [analysis.tokens[i].text for m in mentions if m.measure == "alcanzado" for i in m.tokens]
    if level is not Level.PHYSICAL or not said or not all(w.endswith(("ado", "ido", "echo")) for w in said):
        return level
    if any(t.text in ("cuantos", "cuantas", "meta", "metas", "fisico", "fisica") for t in analysis.tokens):
        return level
    of_report = catalogue.of_document(view.document.id)
    return level if any(c.level is Level.PHYSICAL for v in of_report for c in v.numbers) else None


def _only_of_other_level(view: TableView, analysis: Analysis, level: Level | None, mentions: Sequence[Mention]) -> bool:
    """ "Lo programado de multas" where all that the table programmes is money: the measure told the level, no word did."""
    told = level_of(tuple(t.stem for t in analysis.tokens))
    if level is None or told is not None or not mentions:
        return False
    here = [any(stands_for(m.measure, c, level) is not None for c in view.numbers) for m in mentions]
    there = [any(stands_for(m.measure, c, None) == 0 for c in view.numbers) for m in mentions]
    return not any(here) and all(there)
