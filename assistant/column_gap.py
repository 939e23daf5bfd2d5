"""Two columns of a row set against each other: "¿cuántas mujeres más que hombres hay?"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.numerals import Token
from assistant.outcome import Outcome, subject_of
from assistant.plan import Plan
from assistant.question import Analysis
from assistant.units import ranked_units, row_noun
from assistant.wording import changed_text
from index.model import Column, Level
from index.text import STOPWORDS
from tools.access import column_name
from tools.arithmetic import compare
from tools.catalogue import TableView, content_stems
from tools.conditions import Condition, select
from tools.execution import Pair
from tools.matching import stands_for
from tools.model import Result
from tools.ranking import Criterion


def columns_compared(view: TableView, analysis: Analysis) -> tuple[tuple[int, int] | tuple[()], frozenset[int]]:
    """The columns of "cuántos A más que B" and the words that name them; nothing where they are not two headers."""
    tokens = analysis.tokens
    passed = _passed(view, analysis)
    if passed is not None:
        return passed
    for token in tokens[:-2]:
        place = token.position
        than = next((t for t in tokens[place + 1 : place + 4] if t.text == "que"), None)
        if token.text not in ("mas", "menos") or than is None:
            continue
        before = [t for t in tokens[max(0, place - 2) : place] if t.content]
        after = [t for t in tokens[than.position + 1 : than.position + 3] if t.text not in STOPWORDS and t.content][:1]
        if than.position > place + 1:  # "cuántas más mujeres que hombres"
            before = [t for t in tokens[place + 1 : than.position] if t.content]
        first, second = _headed(view, before), _headed(view, after)
        if first is None or second is None or first.index == second.index or first.unit != second.unit:
            continue
        used = frozenset(t.position for t in (*before, *after)) | {place, than.position}
        return (first.index, second.index), used
    return (), frozenset()


def _passed(view: TableView, analysis: Analysis) -> tuple[tuple[int, int], frozenset[int]] | None:
    """ "Se ejecutó más de la cuota": a measure, and the header that it passes or falls short of."""
    tokens = analysis.tokens
    for mention in analysis.mentions:
        place = max(mention.tokens) + 1
        told = [t.text for t in tokens[place : place + 3]]
        if (
            told[:1] not in (["mas"], ["menos"])
            or told[1:2] != ["de"]
            or told[2:] not in (["la"], ["lo"], ["el"], ["las"])
        ):
            continue
        after = [t for t in tokens[place + 3 : place + 5] if t.content]
        served = [c.index for c in view.numbers if stands_for(mention.measure, c, None) == 0]
        second = _headed(view, after[:1])
        if len(served) == 1 and second is not None and second.index not in served:
            return (served[0], second.index), frozenset({place, place + 1, *(t.position for t in after[:1])})
    return None


def run_column_gap(plan: Plan) -> Outcome | None:
    """Both figures and their difference; None when no two columns are compared."""
    columns, used = columns_compared(plan.view, plan.analysis)
    if not columns or len(plan.rows) > 1 or plan.rivals or used & plan.used or plan.operation in ("list", "count"):
        return None
    noun = row_noun(plan) if plan.analysis.has("list_only", "count_only") and plan.row.whole else None
    if noun is not None:  # "¿qué estamentos tienen más mujeres que hombres?": of each row
        return Outcome(result=_rows(plan, columns, noun[0]))
    subject = subject_of(plan, plan.row)
    names = [f"{subject}, {column_name(plan.view.table.columns[c])}" for c in columns]
    return Outcome(result=compare([(plan.view, plan.row, c, n) for c, n in zip(columns, names, strict=True)]))


def _rows(plan: Plan, columns: tuple[int, int], noun: str) -> Result:
    first, second = (plan.view.table.columns[c] for c in columns)
    fewer = any(t.text == "menos" for t in plan.analysis.tokens)
    pair = Pair(numerator=first.index, denominator=second.index, level=first.level or Level.PHYSICAL)
    condition = Condition(
        text=changed_text(column_name(first), column_name(second), fell=fewer),
        by=Criterion(pair=pair, kind="percent"),
        goal="less" if fewer else "greater",
    )
    return select(plan.view, ranked_units(plan), condition, noun if noun.endswith("s") else f"{noun}s")


def _headed(view: TableView, told: Sequence[Token]) -> Column | None:
    stems = {t.stem for t in told}
    met = {c.index: len(stems & set(content_stems(" ".join(c.path)))) for c in view.numbers}
    found = [c for c in view.numbers if met[c.index] and met[c.index] == max(met.values())]
    return found[0] if len(found) == 1 else None
