"""What goes with a ranking: who holds the rows, how many each has, and their sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.attributes import column_of
from assistant.plan import Plan
from assistant.units import row_noun
from tools import phrases
from tools.access import citation, column_name, row_name, shown
from tools.matching import RowMatch
from tools.model import Figure, Result
from tools.ranking import Criterion, Order, rank


def by_number(plan: Plan, units: Sequence[RowMatch]) -> Criterion | None:
    """ "¿Qué empresa tiene más contratos?": groups by how many rows they have; None where an amount is ordered."""
    noun = row_noun(plan)
    held = noun is not None and noun[1] is not None and column_of(plan.view, noun[0]) == noun[1]
    if plan.mentions or not (held or any(len(u.rows) > 1 for u in units)):
        return None
    tokens = plan.analysis.tokens
    ordered = {i for used in plan.analysis.orders.values() for i in used}
    for before, token in pairwise(tokens):
        things = token.stem in plan.view.nouns | plan.view.title and token.text.endswith("s")
        if before.position in ordered and before.text in ("mas", "menos") and things:
            return Criterion(column=plan.view.numbers[0].index, kind="rows")
    return None


def with_holder(plan: Plan, result: Result, column: int) -> Result:
    """The ranked rows with whose they are."""
    rows = tuple(dict.fromkeys(c.row_index for c in result.citations if c.row_index is not None))
    told = [(r, citation(plan.view, r, column)) for r in rows]
    name = column_name(plan.view.table.columns[column])
    said = " ".join(phrases.look_up(row_name(plan.view.table.rows[r]), name, f"«{p.text}»") for r, p in told if p.text)
    return replace(result, text=f"{result.text} {said}", citations=(*result.citations, *(p for _, p in told)))


def with_sum(plan: Plan, result: Result, by: Criterion) -> Result:
    """ "¿Cuánto suman los tres capítulos con más saldo?": their order, and their sum."""
    asked = plan.says("total") and any(t.text.startswith(("suma", "junt")) for t in plan.analysis.tokens)
    values = [f.value for f in result.figures if f.value is not None]
    units = {f.unit for f in result.figures}
    if not asked or by.kind not in ("amount", "gap") or len(values) < 2 or len(units) > 1 or "%" in units:
        return result
    total = Figure(value=sum(values, Decimal(0)), unit=units.pop(), label="suma", printed=False)
    told = phrases.together(shown(plan.view, total))
    return replace(result, text=f"{result.text} {told}", figures=(*result.figures, total))


_BY_HOW_MUCH = re.compile(r"(?<!\S)(?:por|de) cuant[oa]s?(?!\S)")


def with_lead(plan: Plan, result: Result, units: Sequence[RowMatch], order: Order, name: str) -> Result:
    """ "¿A cuál le queda más saldo y por cuánto le gana a la otra?": the first, the next, and what lies between them."""
    line = " ".join(t.text for t in plan.analysis.tokens)
    if order.count > 1 or order.place > 1 or len(result.figures) > 1 or not _BY_HOW_MUCH.search(line):
        return result
    both = rank(plan.view, units, replace(order, count=2), name)
    values = [f.value for f in both.figures if f.value is not None]
    if len(values) != 2 or len(both.figures) != 2:
        return result
    apart = Figure(
        value=abs(abs(values[0]) - abs(values[1])), unit=both.figures[0].unit, label="diferencia", printed=False
    )
    text = f"{both.text} {phrases.lead_of(shown(plan.view, apart))}"
    return replace(both, text=text, figures=(*both.figures, apart))
