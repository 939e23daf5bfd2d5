"""Rows named by the state that a column prints of them: "obras concluidas", "proyectos sin inicio"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.plan import Plan
from assistant.question import Analysis
from index.lexicon import names_states
from index.text import fold, words
from tools.access import data_rows
from tools.catalogue import Catalogue, TableView
from tools.matching import RowMatch


def counts_no_deed_of_state(catalogue: Catalogue, view: TableView, stem_: str) -> bool:
    """Whether a table prints that state of its rows, and counts nothing done: "¿cuántas obras se terminaron?"."""
    if any(c.measure == "alcanzado" and c.unit != "%" for c in view.numbers):
        return False
    columns = view.table.columns
    held = (e for e in catalogue.entities_of(view) if e.column >= 0 and e.named_by(stem_))
    return any(names_states(columns[e.column].path) for e in held)


def said_states(catalogue: Catalogue, view: TableView, analysis: Analysis) -> frozenset[int]:
    """The words of a state of several, said as the table prints it ("en ejecución"): it chooses rows.

    They name no report and no title then, though "Ejecución" stands in those too.
    """
    said = [t.text for t in analysis.tokens]
    found: set[int] = set()
    for number in catalogue.by_table.get(view.position, ()):
        entity = catalogue.entities[number]
        told = entity.column >= 0 and names_states(view.table.columns[entity.column].path)
        state = words(entity.text) if told else []
        for at in range(len(said) - len(state) + 1) if len(state) > 1 else ():
            if said[at : at + len(state)] == state:
                found |= {i for i in range(at, at + len(state)) if analysis.tokens[i].content}
    return frozenset(found)


def denied_state(view: TableView, analysis: Analysis, matches: Sequence[RowMatch]) -> RowMatch | None:
    """ "Obras que no se terminaron": the rows whose state is any other; None where no state is denied.

    A state that is printed with its "no" or "sin" ("Sin inicio") is that state itself.
    """
    first = matches[0]
    if first.entity is None or first.entity.column < 0 or not first.explained:
        return None
    column = view.table.columns[first.entity.column]
    at = min(first.explained)
    no = [t.position for t in analysis.tokens[max(0, at - 3) : at] if t.text in ("no", "sin", "aun", "todavia")]
    if not names_states(column.path) or not any(analysis.tokens[i].text in ("no", "sin") for i in no):
        return None
    used = first.explained | frozenset(no)
    if set(fold(first.entity.text).split()) & {"no", "sin"}:
        return replace(first, explained=used)
    held = {r for m in matches for r in m.rows}
    rows = tuple(
        r for r in data_rows(view.table) if r not in held and view.table.rows[r].cells[column.index].text.strip()
    )
    return (
        replace(first, label=f"no {first.entity.text}", rows=rows, own=None, explained=used, full=True, coverage=1.0)
        if rows
        else None
    )


def rows_by_state(plan: Plan) -> bool:
    """Whether rows were named by the state a column prints of them, and not by what they are called."""
    columns = plan.view.table.columns
    held = [m.entity.column for m in plan.rows if m.entity is not None and m.entity.column >= 0]
    return len(held) == len(plan.rows) and all(names_states(columns[c].path) for c in held)
