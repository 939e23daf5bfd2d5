"""Which rows rose or fell between two periods: "¿en qué departamentos bajaron las visitas entre 2021 y 2022?"."""

from __future__ import annotations

from assistant.outcome import Outcome
from assistant.plan import Plan
from assistant.question import Analysis
from assistant.units import ranked_units
from assistant.wording import changed_text
from index.model import Column, Level
from tools.access import column_name
from tools.catalogue import TableView, content_stems
from tools.conditions import Condition, select
from tools.execution import Pair
from tools.ranking import Criterion

_FELL = ("baj", "disminu", "redu", "cay", "decrec", "descend")
_DONE = frozenset({"alcanzado", "ejecutado", "devengado"})
_ASKS = frozenset({"que", "cuales", "cuantos", "cuantas"})


def rows_asked(view: TableView, analysis: Analysis) -> frozenset[int]:
    """The word for the rows that a change is asked of each ("qué departamentos"), where columns tell two periods."""
    if len(period_ends(view, analysis)) != 2:
        return frozenset()
    return frozenset(
        t.position
        for t in analysis.tokens[1:]
        if t.text.endswith("s") and t.stem in view.nouns and _asked(analysis, t.position)
    )


def _asked(analysis: Analysis, position: int) -> bool:
    """ "Qué conceptos bajaron", "señale los conceptos que disminuyeron"."""
    before, after = analysis.tokens[position - 1].text, [t.text for t in analysis.tokens[position + 1 : position + 6]]
    return before in _ASKS or (before in ("los", "las") and position <= 2 and "que" in after)


def run_changes(plan: Plan) -> Outcome | None:
    """The rows that changed the way asked, with both figures; None when the change of one figure is asked."""
    asked = rows_asked(plan.view, plan.analysis)
    if plan.operation != "growth" or not asked or not plan.row.whole:
        return None
    first, last = period_ends(plan.view, plan.analysis)
    said = {plan.analysis.tokens[i].text for i in plan.analysis.cues.get("growth", ())}
    tokens = {t.text for t in plan.analysis.tokens}
    fell = any(w.startswith(_FELL) for w in said) or ("menos" in tokens and "mas" not in tokens)
    pair = Pair(numerator=last.index, denominator=first.index, level=first.level or Level.PHYSICAL)
    noun = plan.analysis.tokens[min(asked)].text
    text = changed_text(column_name(last), column_name(first), fell=fell)
    condition = Condition(text=text, by=Criterion(pair=pair, kind="percent"), goal="less" if fell else "greater")
    return Outcome(result=select(plan.view, ranked_units(plan), condition, noun))


def period_ends(view: TableView, analysis: Analysis) -> list[Column]:
    """The columns of the first and of the last period: those whose header the question names best, of one kind."""
    dated = [c for c in view.numbers if c.period is not None and c.unit not in ("%", "ratio") and not c.accumulated]
    said = {t.stem for t in analysis.tokens if t.content and not t.text.isdigit()}
    met = {c.index: len(said & set(content_stems(" ".join(c.path)))) for c in dated}
    best = [c for c in dated if met[c.index] == max(met.values())]
    done = [c for c in best if c.measure in _DONE]
    best = done if len({c.measure for c in best}) > 1 and len({c.measure for c in done}) == 1 else best  # not the goal
    if len(best) < 2 or len({(c.measure, c.unit) for c in best}) > 1:
        return []
    ordered = sorted(best, key=lambda c: (c.period.year or 0, c.period.first) if c.period else (0, 0))
    years = {p for p, _ in analysis.periods}
    if len(ordered) > 2 and not years:
        return []
    return [ordered[0], ordered[-1]] if len(ordered) == 2 else []
