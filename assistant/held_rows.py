"""Which columns the statements of a question on its rows are about, and the rows of which all of them hold."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.outcome import Outcome
from assistant.pairs import pairs
from assistant.plan import Plan
from assistant.standings import DONE, GOAL, LEFT, Standing
from assistant.units import ranked_units, row_noun
from index.model import Level
from tools.execution import Pair
from tools.holding import Test, select_holding

_MONEY_SAID = (
    (re.compile("vigent|modificad|codificad"), ("vigente",)),
    (re.compile("asignad|aprobad"), ("asignado", "vigente")),
)
_USUAL = ("vigente", "asignado", "presupuesto")
_NAMES = {GOAL: "meta programada", DONE: "ejecución"}


def run_held_rows(plan: Plan) -> Outcome | None:
    """The rows listed and counted; None where the question says nothing of what its rows hold or lack."""
    standings = plan.analysis.standings
    if not standings or plan.operation not in ("list", "count"):
        return None
    pair = _pair(plan)
    tests = []
    for standing in standings:
        column = _column(plan, standing, pair)
        if column is None:
            return Outcome(reason=_NAMES.get(standing.measure, standing.measure))
        tests.append(Test(column=column, holds=standing.holds))
    noun = row_noun(plan)
    word = plan.row.label if plan.row.kind else noun[0] if noun else "filas"
    plural = word if word.endswith("s") else word + ("s" if word[-1:] in "aeiou" else "es")
    return Outcome(result=select_holding(plan.view, ranked_units(plan), tests, plural))


def _pair(plan: Plan) -> Pair | None:
    """Goals and what was done of them, else the money planned and spent; of the period asked for."""
    financial = any("financier" in w for s in plan.analysis.standings for w in plan.analysis.words(s.words))
    found = pairs(plan) or pairs(replace(plan, level=None))
    wanted = Level.FINANCIAL if financial else Level.PHYSICAL
    return next((p for p in found if p.level is wanted), found[0] if found else None)


def _column(plan: Plan, standing: Standing, pair: Pair | None) -> int | None:
    said = " ".join(plan.analysis.words(standing.words))
    if standing.measure == GOAL:
        return _of(plan, ("programado",)) if pair is None or pair.level is Level.FINANCIAL else pair.denominator
    if standing.measure == LEFT:
        return _of(plan, ("saldo",))
    if standing.measure == DONE:
        spent = re.search(r"gast|deveng|pag", said)
        if spent is not None:
            return _of(plan, ("devengado", "ejecutado") if spent[0] != "pag" else ("pagado",))
        return pair.numerator if pair is not None else _of(plan, ("alcanzado", "ejecutado", "devengado"))
    wanted = next((m for pattern, m in _MONEY_SAID if pattern.search(said)), _USUAL)
    return _of(plan, wanted)


def _of(plan: Plan, measures: tuple[str, ...]) -> int | None:
    """The first column of one of these measures that is an amount."""
    return next(
        (c.index for m in measures for c in plan.view.numbers if c.measure == m and c.unit not in ("%", "ratio")), None
    )
