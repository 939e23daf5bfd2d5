"""Rows that print the same figure: "¿en qué dos meses se solicitó la misma cuota?"."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal

from assistant.outcome import Outcome, settled_columns
from assistant.plan import Plan
from assistant.question import Analysis
from assistant.units import ranked_units, row_noun
from tools import phrases
from tools.access import column_name, shown
from tools.matching import RowMatch
from tools.model import Result
from tools.ranking import Criterion, figure_of, measured, places, unit_name

_SAME = re.compile(
    r"(?<!\S)(?:(?:el|la|los|las|un|una) (?:mism[oa]s?|identic[oa]s?)|identic[oa]s?|igual(?:es)?)(?! que)(?!\S)"
)
_ROWS = re.compile(r"(?<!\S)(?:que|cuales|cuantos|cuantas)(?: son)?(?: los| las)? (?:\w+ )?(?P<noun>\w+s)(?!\S)")


def asks_same(analysis: Analysis) -> bool:
    """Whether rows are asked for that share a figure; not "lo mismo que", which compares two."""
    line = " ".join(t.text for t in analysis.tokens)
    return bool(_SAME.search(line)) and bool(_ROWS.search(line)) and not analysis.orders


def run_same(plan: Plan) -> Outcome | None:
    """The groups of rows with one figure each, largest first; None when nothing of the kind is asked."""
    noun = row_noun(plan)
    if plan.operation not in ("look_up", "total") or not plan.row.whole or noun is None or not asks_same(plan.analysis):
        return None
    choices, unsettled = settled_columns(plan)
    if unsettled is not None:
        return unsettled
    by = Criterion(column=choices[0].columns[0])
    groups: dict[Decimal, list[RowMatch]] = defaultdict(list)
    for unit in ranked_units(plan):
        value = measured(plan.view, unit, by)
        if value is not None:
            groups[value].append(unit)
    alike = [units for value, units in sorted(groups.items(), reverse=True) if len(units) > 1 and value]
    name = column_name(plan.view.table.columns[by.column or 0])
    told = [figure_of(plan.view, u, by, measured(plan.view, u, by)) for units in alike for u in units]
    parts = [
        phrases.same_figure(
            [unit_name(plan.view, u) for u in units],
            shown(plan.view, figure_of(plan.view, units[0], by, measured(plan.view, units[0], by))),
        )
        for units in alike
    ]
    cited = [u for units in alike for u in units] or ranked_units(plan)
    return Outcome(
        result=Result(
            text=phrases.same_figures(name, parts),
            figures=tuple(told),
            citations=tuple(c for u in cited for c in places(plan.view, u, by)),
            formula=None,
        ),
        counted=True,
    )
