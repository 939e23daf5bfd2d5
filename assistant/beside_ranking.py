"""An order with a row set apart: "después de Salud, ¿cuál gastó más?", "sin contar Salud, ¿cuál gastó más?"."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.attempt import Attempt
from assistant.operate import carry_out
from assistant.outcome import subject_of
from assistant.over_rows import MOST
from assistant.plan import Plan
from assistant.planner import plans
from assistant.question import Analysis, analyse
from assistant.shortlist import Scope
from assistant.sides import Ask
from assistant.units import ranked_units
from assistant.wording import place_of_row, set_apart
from tools.catalogue import Catalogue
from tools.matching import RowMatch
from tools.ranking import unit_name
from tools.table_periods import row_periods

_AFTER = r"(?:despues|luego|seguid[oa]|detras|por debajo)"
_WITHOUT = (
    r"(?:sin (?:contar|incluir|considerar|tomar en cuenta)|aparte|fuera|excepto|salvo|exceptuando|excluyendo|descontando"
    r"|quitando|dejando (?:fuera|de lado|aparte)|a excepcion|con excepcion|ademas)"
)
_APART = re.compile(
    rf"(?<!\S)(?:(?P<after>{_AFTER})|(?P<without>{_WITHOUT}))(?: (?:del?|a|al|con|la|el|los|las))* (?P<row>.+?)"
    r"(?=$| (?:que|cual|cuales|quien|quienes|en que|donde) )"
)
_COMPLETE = 1e-9


def beside_ranking(analysis: Analysis, catalogue: Catalogue, scope: Scope, ask: Ask) -> Attempt | None:
    """The order without the row, or what comes after it; None when nothing is set apart, or no order is asked for."""
    found = _parts(analysis)
    if found is None or not analysis.orders or not found[2]:
        return None
    kind, rest, apart = found
    named = _readings(catalogue, scope, apart)
    base = ask(analyse(rest), replace(scope, documents=frozenset(p.view.document.id for p in named)))
    if not base.complete or base.plan is None or base.outcome.result is None or base.plan.operation != "rank":
        return None
    table = base.plan.view
    rows = next((p.rows for p in named if p.view.position == table.position), ())
    if kind == "after" and any(r in row_periods(table) for m in rows for r in m.rows):
        return None  # "después de julio" is later in the year
    units = ranked_units(base.plan)
    held = [u for u in units if rows and set(u.rows) <= {r for m in rows for r in m.rows}]
    if not held or len(held) == len(units):
        return None
    if kind == "without":
        plan = replace(base.plan, without=tuple(r for u in held for r in u.rows))
        outcome = carry_out(plan)
        note = set_apart([subject_of(plan, u) for u in held])
        return replace(
            base, plan=plan, analysis=analysis, outcome=replace(outcome, notes=(*outcome.notes, note)), others=()
        )
    return _after(base, base.plan, analysis, held)


def _parts(analysis: Analysis) -> tuple[str, str, str] | None:
    """What is set apart ("after", "without"), the question without it, and the words of the row."""
    tokens = analysis.tokens
    line, starts = "", []
    for token in tokens:
        starts.append(len(line))
        line += token.text + " "
    match = _APART.search(line.rstrip())
    if match is None:
        return None
    inside = [t for t, at in zip(tokens, starts, strict=True) if match.start("row") <= at < match.end("row")]
    for place, token in enumerate(inside[1:], 1):  # "sin contar Salud, el programa con más gasto": up to the comma
        if re.search(r"[,;:?¿]", analysis.text[inside[place - 1].end : token.start]):
            inside = inside[:place]
            break
    told = {t.position for t, at in zip(tokens, starts, strict=True) if match.start() <= at < match.start("row")}
    told |= {t.position for t in inside}
    rest = " ".join(t.text for t in tokens if t.position not in told)
    return ("after" if match["after"] else "without"), rest, " ".join(t.text for t in inside)


def _readings(catalogue: Catalogue, scope: Scope, apart: str) -> list[Plan]:
    """Every table's reading of some words that names a row of it, and leaves none of them over."""
    return [
        p for p in plans(catalogue, analyse(apart), scope) if p.weight < _COMPLETE and not p.rivals and not p.row.whole
    ]


def _after(base: Attempt, plan: Plan, analysis: Analysis, held: list[RowMatch]) -> Attempt | None:
    """The place behind the row, whatever place it has itself: that is told when it is not the first."""
    everything = replace(plan, analysis=replace(plan.analysis, count=MOST, place=None))
    order = carry_out(everything).result
    if order is None or len(held) != 1:
        return None
    labels = [f.label for f in order.figures]
    name = unit_name(plan.view, held[0])
    if name not in labels or labels.index(name) + 1 >= len(labels):
        return None
    place = labels.index(name) + 1
    behind = replace(plan, analysis=replace(plan.analysis, place=place + 1, count=None))
    outcome = carry_out(behind)
    if place > 1:
        outcome = replace(outcome, notes=(*outcome.notes, place_of_row(subject_of(plan, held[0]), place)))
    return replace(base, plan=behind, analysis=analysis, outcome=outcome, others=())
