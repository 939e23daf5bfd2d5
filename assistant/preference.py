"""What makes one complete reading better than another of the same report."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.accounting import unit_stems
from assistant.headers import header_fit, institution_words
from assistant.interpret import told_by_ends
from assistant.plan import Plan
from index.model import Level, Role, RowKind
from index.text import stem
from tools.catalogue import content_stems
from tools.execution import execution_pairs
from tools.matching import (
    Word,
    stands_for,
)

_NEUTRAL = frozenset(stem(w) for w in "presupuestaria presupuestario mensual ejecucion periodo cuadro tabla".split())


def preference_of(plan: Plan, words: Sequence[Word]) -> tuple[float, ...]:
    """What makes one complete reading better than another of the same report."""
    view = plan.view
    apart = institution_words(plan)  # "Consejo Nacional de Ferias" names no table of ferias
    stems = {w.stem for w in words if w.telling and w.position not in apart}
    named = sum(1 for s in stems if s in view.nouns) * 2 + sum(
        1 for s in stems if s in view.title and s not in view.nouns
    )
    first = plan.rows[0]
    row = (first.full, first.run, len(first.explained)) if not first.whole else (False, 0, 0)
    spelled = first.full and first.entity is not None and first.spelled >= len(first.entity.stems)
    fit = max((f.closeness for f in plan.fits), default=0)
    caption = content_stems(view.table.caption)
    extra = sum(1 for s in set(caption) if s not in stems and s not in _NEUTRAL and not s.isdigit())
    return (
        float(_ends_told(plan)) + 2 * bool(plan.attributes or plan.by_periods) + _kind_headed(plan) - 4 * _alone(plan),
        float(row[0]),
        float(-_by_unit(plan, words)),
        float(_of_money(plan)),
        float(row[1]),
        float(_header_said(plan)),
        float(named - _income(plan)),
        *_headers(plan),
        float(row[2]),
        float(spelled),
        float(serves(plan)),
        float(fit),
        float(-len(plan.rivals)),
        float(-extra),
    )


def _alone(plan: Plan) -> bool:
    """A row that is the only one of its table is neither first nor last of anything."""
    return plan.operation == "rank" and sum(r.kind is RowKind.DATA for r in plan.view.table.rows) < 2


def _kind_headed(plan: Plan) -> bool:
    """ "Renglón con la ejecución más baja": rows under a header of that name, where rows are put in order."""
    if plan.operation != "rank":
        return False
    heads = {s for c in plan.view.table.columns if c.role is Role.LABEL for part in c.path for s in content_stems(part)}
    return any(t.stem in heads for t in plan.analysis.tokens if t.content and t.position not in plan.used)


def _of_money(plan: Plan) -> bool:
    """ "Porcentaje de ejecución" of a row that stands in tables of money and of goals is that of its budget."""
    if plan.operation != "percentage" or plan.level is not None or plan.mentions or plan.row.whole:
        return False
    said = plan.analysis.cues.get("percentage", frozenset())
    goals = any(plan.analysis.tokens[i].text.startswith(("cumpl", "avance", "avanz")) for i in said)
    return not goals and bool(execution_pairs(plan.view, Level.FINANCIAL))


def _income(plan: Plan) -> int:
    """A budget is what may be spent: a table of income gives way where income is not named."""
    said = {t.stem for t in plan.analysis.tokens}
    return int(_INCOME in plan.view.about and _INCOME not in said and not _named_whole(plan))


def _named_whole(plan: Plan) -> bool:
    """Whether a measure of several words is printed so in one header ("presupuesto definitivo")."""
    headers = [{s for part in c.path for s in content_stems(part)} for c in plan.view.numbers]
    told = [{plan.analysis.tokens[i].stem for i in m.tokens} for m in plan.mentions if len(m.tokens) > 1]
    return any(words <= header for words in told for header in headers)


_INCOME = stem("ingresos")
HEADED = 7  # place of the header said whole, where no measure of the lexicon is named
NAMED = 6  # place of `named` in a preference: how well the question names the table itself


def _headers(plan: Plan) -> tuple[float, float]:
    """How the question names a header of the table, when no measure of the lexicon does."""
    if plan.mentions:
        said = {plan.analysis.tokens[i].stem for m in plan.mentions for i in m.tokens}
        return (0.0, float(len(said & plan.view.header)))
    whole, run, _ = max((header_fit(plan, c) for c in plan.view.numbers), default=(0, 0, 0))
    return (float(whole), float(run))


def _header_said(plan: Plan) -> bool:
    """Whether the very words of a measure are a header of the table: "metas programadas", not a stand-in for it."""
    if plan.header is not None:
        return True
    told = [[plan.analysis.tokens[i].stem for i in sorted(m.tokens)] for m in plan.mentions if len(m.tokens) > 1]
    return any(list(content_stems(c.path[-1])) == words for words in told for c in plan.view.numbers if c.path)


def _ends_told(plan: Plan) -> bool:
    """A span told by its ends ("entre mayo y agosto") is summed month by month where a table has the months."""
    return any(
        told_by_ends(plan.analysis, used) and fit.rows is not None and len(fit.rows) > 1
        for (_, used), fit in zip(plan.analysis.periods, plan.fits, strict=False)
    )


def _by_unit(plan: Plan, words: Sequence[Word]) -> int:
    """Words that only the unit of measure accounts for: a row of that name says more."""
    known = plan.view.words | plan.view.nouns
    return sum(
        1 for w in words if w.stem in unit_stems(plan.view) and w.stem not in known and w.position not in plan.used
    )


def serves(plan: Plan) -> int:
    """How well the table's columns serve the operation: 2 with the very measures, 1 with stand-ins, 0 not at all."""
    view, level = plan.view, plan.level
    if plan.operation == "percentage":
        pairs = execution_pairs(view, level, [m.measure for m in plan.mentions])
        if not pairs:
            return 0
        return (
            3 if pairs[0].rank == 0 and pairs[0].level is (level or Level.FINANCIAL) else 2 if pairs[0].rank == 0 else 1
        )
    if plan.operation == "difference" and not plan.mentions:
        return 3 if any(c.measure == "diferencia" for c in view.numbers) else 1
    if not plan.mentions:
        return 1
    ranks = [
        min((r for c in view.numbers if (r := stands_for(m.measure, c, level)) is not None), default=9)
        for m in plan.mentions
    ]
    if level is None and _goals_in_money(plan):
        return 2
    return 3 if max(ranks) == 0 else 1 if max(ranks) < 9 else 0


def _goals_in_money(plan: Plan) -> bool:
    """Whether words that are of goals first ("lo programado") are met by money alone."""
    goals = [m for m in plan.mentions if m.measure in ("programado", "alcanzado")]
    found = [c for m in goals for c in plan.view.numbers if stands_for(m.measure, c, None) == 0]
    return len(goals) == len(plan.mentions) > 0 and all(c.level is Level.FINANCIAL for c in found)


def stays_in(found: Sequence[Plan], table: str | None) -> bool:
    """Whether the talk goes on in its table: not where a row of another is named whole, and its own is not."""
    here = next((p for p in found if p.view.table.id == table), None)
    if here is None:
        return False
    best = min(round(p.weight, 6) for p in found)
    whole = [p for p in found if round(p.weight, 6) == best and p.row.full and not p.row.whole]
    if any(here.used <= p.used and p.preference[HEADED] > here.preference[HEADED] for p in whole):
        return False  # the heading said stands in another table: "¿y el acumulado por cuatrimestre?"
    return here.row.full or here.row.whole or not any(here.used <= p.used for p in whole)
