"""Two columns that belong together: what was done of what was planned, one measure over or less another."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.balances import BALANCES, computed
from assistant.columns import Choice, allowed_columns, choose, told_whole, unnamed
from assistant.named_measures import Mention
from assistant.plan import Plan
from index.model import Column, Level
from index.periods import merge
from index.text import fold, stem, words
from tools.catalogue import content_stems
from tools.execution import Pair, execution_pairs
from tools.table_periods import same_period

# Stages of budget and goal execution, early to late: a difference is told as later minus earlier.
STAGES = (
    "solicitado", "asignado", "modificacion", "vigente", "programado", "comprometido", "devengado", "ejecutado",
    "alcanzado", "recaudado", "pagado", "saldo",
)  # fmt: skip


def pairs(plan: Plan) -> tuple[Pair, ...]:
    """Execution pairs of the level and period asked, best first; the denominator named wins over the usual one."""
    found = execution_pairs(plan.view, plan.level, [m.measure for m in plan.mentions])
    whole = _of_column_told(plan, found) or _of_the_year(plan, found)
    if whole is not None:
        return whole
    explicit = explicit_pair(plan)
    if explicit is not None:
        return (explicit,)
    allowed = allowed_columns(plan)
    if allowed is not None:
        undated = frozenset(c.index for c in plan.view.numbers if c.period is None)
        if _spanned(plan):  # "de enero a junio" where each month has its column: none of them is the span
            allowed = undated if _whole_period(plan) else frozenset()
        found = tuple(
            p for p in found if p.numerator in allowed and (p.denominator in allowed or p.denominator in undated)
        )
    columns = {c.index: c for c in plan.view.numbers}
    named = {m.measure for m in plan.mentions} & {"asignado", "vigente", "programado", "solicitado", "devengado"}
    kept = tuple(p for p in found if columns[p.denominator].measure in named)
    if named and not kept and found:  # "ejecutado de lo solicitado": no usual base, but the one named
        bases = [choose(plan, m).columns for m in plan.mentions if m.measure in named]
        kept = tuple(replace(p, denominator=b[0], printed=None) for b in bases if len(b) == 1 for p in found[:1])
        kept = tuple(
            p for p in kept if columns[p.denominator].level in (p.level, None) and p.numerator != p.denominator
        )
    found = kept or found
    context = plan.view.table.period or plan.view.document.period

    def timely(pair: Pair) -> bool:
        period = columns[pair.numerator].period
        return period is None or context is None or same_period(merge(period, context), context)

    def told(pair: Pair) -> int:  # "programado para el semestre" beside "Meta anual": the base that the words name
        return sum(t in {s for part in columns[pair.denominator].path for s in content_stems(part)} for t in said)

    apart = plan.used | {i for m in plan.mentions if m.measure == "alcanzado" for i in m.tokens}
    said = {t.stem for t in plan.analysis.tokens if t.content and t.position not in apart}

    return tuple(
        sorted(
            found, key=lambda p: (not timely(p), p.rank, _accumulated(plan, p, columns), -told(p), p.printed is None)
        )
    )


def _spanned(plan: Plan) -> bool:
    """Whether the one period asked is several columns, each of a part of it."""
    return len(plan.fits) == 1 and plan.fits[0].note == "span"


def _whole_period(plan: Plan) -> bool:
    own = plan.view.table.period or plan.view.document.period
    return own is not None and any(same_period(merge(p, own), own) for p, _ in plan.analysis.periods)


def _of_column_told(plan: Plan, found: tuple[Pair, ...]) -> tuple[Pair, ...] | None:
    """ "Qué porcentaje de la meta anual lleva": over that very column, what has run up to now.

    A period asked for chooses the numerator; None when no header of several words is told whole.
    """
    columns = {c.index: c for c in plan.view.numbers}
    told = tuple(p for p in found if told_whole(plan, columns[p.denominator]))
    if not told or len({columns[p.denominator].path for p in found}) < 2:
        return None
    running = any(t.text.startswith(("llev", "acumul", "alcanza")) for t in plan.analysis.tokens)
    allowed = allowed_columns(plan)
    if allowed is not None and not running:
        return tuple(p for p in told if p.numerator in allowed)
    return tuple(p for p in told if columns[p.numerator].accumulated) or tuple(
        p for p in told if columns[p.numerator].period is None
    )


def _of_the_year(plan: Plan, found: tuple[Pair, ...]) -> tuple[Pair, ...] | None:
    """ "Qué porcentaje de su meta anual lleva": over the goal of the year, and what was done up to now.

    None where the year is not said, or the goals of the table are all of one span.
    """
    said = any(t.text in ("anual", "anuales") and t.position not in plan.used for t in plan.analysis.tokens)
    columns = {c.index: c for c in plan.view.numbers}
    told = tuple(p for p in found if is_of_year(columns[p.denominator]))
    if not said or not told or len({p.denominator for p in found}) == len({p.denominator for p in told}):
        return None
    running = tuple(p for p in told if columns[p.numerator].accumulated)
    return running or tuple(p for p in told if columns[p.numerator].period is None or is_of_year(columns[p.numerator]))


def is_of_year(column: Column) -> bool:
    period = column.period
    whole = period is not None and (period.first, period.last, period.last_year) == (1, 12, None)
    return whole or any(w in ("anual", "ano") for part in column.path for w in words(part))


def explicit_pair(plan: Plan) -> Pair | None:
    """ "Qué porcentaje de lo obligado se pagó": the measure after "de" divides, the other one is divided."""
    named: list[tuple[Mention, int]] = []
    measures = {c.index: c.measure for c in plan.view.numbers}
    for mention in sorted(plan.mentions, key=lambda m: m.measure not in measures.values()):  # "gasto… devengado"
        choice = choose(plan, mention) if mention.measure in STAGES else Choice(columns=())
        if len(choice.columns) == 1 and choice.columns[0] not in [c for _, c in named]:
            named.append((mention, choice.columns[0]))
    if len(named) != 2:
        return None
    bases = [c for m, c in named if _is_against(plan, m)] or [c for m, c in named if _is_base(plan, m)]
    columns = {c.index: c for c in plan.view.numbers}
    if len({columns[c].level for _, c in named} - {None}) > 1:
        return None  # "cuántas se aprobaron y cuántas estaban programadas": money is no part of a goal
    late, early = sorted((c for _, c in named), key=lambda c: -_stage(columns[c]))
    if len(bases) == 1:
        early = bases[0]
        late = next(c for _, c in named if c != early)
    told = next({plan.analysis.tokens[i].stem for i in m.tokens} for m, c in named if c == early or c != late)
    early = _printed_base(plan, late, early, told)
    printed = next(
        (c.index for c in plan.view.numbers if c.derived == (late, early) and c.unit in ("%", "ratio")), None
    )
    level = columns[late].level or Level.FINANCIAL
    return Pair(numerator=late, denominator=early, level=level, printed=printed)


def _printed_base(plan: Plan, late: int, early: int, told: set[str]) -> int:
    """Of the columns that one word names ("apropiación", initial or final), the one a printed percentage divides by.

    A column that is headed by the word itself ("Asignado a la fecha") comes before one of that measure ("Presupuesto ley").
    """
    alike = [c.index for c in plan.view.numbers if told <= set(content_stems(" ".join(c.path))) and c.index != late]
    ratios = {c.derived for c in plan.view.numbers if c.unit in ("%", "ratio")}
    found = [c for c in alike if (late, c) in ratios]
    return found[0] if len(found) == 1 else early


def _is_base(plan: Plan, mention: Mention) -> bool:
    first = min(mention.tokens)
    before = [t.text for t in plan.analysis.tokens[max(0, first - 2) : first]]
    if before[:1] and before[0] in _OF_A_RATIO:
        return False  # "porcentaje de percepción respecto de lo programado"
    if before and before[-1] in ("lo", "la", "el", "las", "los"):
        before = before[:-1]
    return bool(before) and before[-1] in ("del", "de", "sobre", "contra", "respecto")


_OF_A_RATIO = frozenset("porcentaje % grado nivel ciento avance ejecucion cumplimiento".split())
_AGAINST = re.compile(
    r"(?<!\S)(?:respecto|frente|en relacion|comparad[oa]) (?:al?|del?|con) (?:el |la |lo |los |las |su )?$"
)


def _is_against(plan: Plan, mention: Mention) -> bool:
    """ "El avance del devengado respecto al PIM": what stands after "respecto a" divides, whatever else does not."""
    before = " ".join(t.text for t in plan.analysis.tokens[: min(mention.tokens)])
    return _AGAINST.search(f"{before} ") is not None


def _accumulated(plan: Plan, pair: Pair, columns: dict[int, Column]) -> bool:
    return columns[pair.numerator].accumulated != plan.analysis.accumulated and pair.printed is None


def gap_pairs(plan: Plan) -> tuple[Pair, ...]:
    """The pairs whose difference a question may mean: the two measures it names, else those the report subtracts."""
    columns = {c.index: c for c in plan.view.numbers}
    chosen: list[int] = [] if plan.header is None else [plan.header]
    lacking = 0
    again = 0
    for mention in plan.mentions:
        if mention.measure in STAGES:
            choice = choose(plan, mention)
            lacking += not choice.columns
            if len(choice.columns) == 1 and choice.columns[0] not in chosen:
                chosen.append(choice.columns[0])
            else:
                again += len(choice.columns) == 1
    if len(chosen) > 2:  # "el saldo: vigente menos ejecutado"
        chosen = [c for c in chosen if columns[c].measure != "saldo"]
    if len(chosen) >= 2:
        late, early = sorted(chosen[:2], key=lambda c: -_stage(columns[c]))
        level = columns[late].level or Level.FINANCIAL
        return (Pair(numerator=late, denominator=early, level=level),)
    twice = again and any(t.text in ("y", "e", "con", "contra", "vs") for t in plan.analysis.tokens)
    if chosen and (lacking or (again and plan.operation == "compare") or (twice and plan.operation == "difference")):
        return ()  # one of the two is not in the table: nothing stands in for it
    found: list[Pair] = []
    printed = any(c.measure == "diferencia" and c.derived is not None for c in plan.view.numbers)
    for pair in () if printed and not chosen else pairs(plan):
        if not any(p.level is pair.level for p in found):
            found.append(pair)
    for column in plan.view.numbers:
        if column.derived is None or column.unit in ("%", "ratio") or column.measure == "saldo":
            continue
        late, early = sorted(column.derived, key=lambda c: -_stage(columns[c]) if c in columns else 0)
        level = column.level or Level.FINANCIAL
        if plan.level in (None, level) and not any({p.numerator, p.denominator} == {late, early} for p in found):
            found.append(Pair(numerator=late, denominator=early, level=level))
    if len(chosen) == 1:
        found = [p for p in found if chosen[0] in (p.numerator, p.denominator)] or found
    return tuple(sorted(found, key=lambda p: p.level is not Level.PHYSICAL))


def _stage(column: Column) -> int:
    return STAGES.index(column.measure) if column.measure in STAGES else 0


def two_headers(plan: Plan) -> Pair | None:
    """ "Qué porcentaje de los reclamos recibidos se resolvió": the first header said divides, the second is divided.

    Where one alone is said, what was received divides it ("de las denuncias, ¿qué porcentaje se resolvió?").
    """
    places = _headers_said(plan, whole=True)
    if len(places) < 2:
        places = _headers_said(plan, whole=False)
    line = " ".join(t.text for t in plan.analysis.tokens)
    if (
        re.search(r"(?<!\S)(?:proporcion|respecto|relacion|comparacion) (?:al?|del?|con)(?!\S)", line)
        and len(places) == 2
    ):
        places = {c: -at for c, at in places.items()}  # "denegó más en proporción a las recibidas": what comes after
    base, *rest = sorted(places, key=places.__getitem__) or [-1]
    columns = plan.view.table.columns
    if base >= 0 and not rest and not plan.mentions:
        received = [c.index for c in plan.view.numbers if c.path and _RECEIVED.fullmatch(fold(c.path[-1]).strip())]
        if len(received) == 1 and received != [base] and plan.analysis.has("percentage"):
            base, rest = received[0], [base]
    if len(rest) != 1 or columns[base].unit != columns[rest[0]].unit or columns[base].scale != columns[rest[0]].scale:
        return None
    return Pair(numerator=rest[0], denominator=base, level=columns[base].level or Level.PHYSICAL)


_RECEIVED = re.compile(r"(?:total (?:de )?)?(?:recibid|ingresad|presentad|formulad|interpuest|registrad)[oa]s?")


def _headers_said(plan: Plan, *, whole: bool) -> dict[int, int]:
    """Columns whose header the question says, with the place of its first word. whole: with the group above it."""
    said = {t.stem: t.position for t in reversed(plan.analysis.tokens) if t.position not in plan.used}
    found: dict[int, int] = {}
    heads: list[tuple[str, ...]] = []
    for column in plan.view.numbers:
        stems = content_stems(" ".join(column.path if whole else column.path[-1:]))
        if stems and all(s in said for s in stems) and column.unit not in ("%", "ratio"):
            found[column.index] = min(said[s] for s in stems)
            heads.append(stems)
    return found if len(set(heads)) == len(heads) else {}


def balance_pair(plan: Plan) -> Pair | None:
    """What is left where the table prints no balance: of the budget, of what is owed, of what is to be collected."""
    texts = {t.position: t.text for t in plan.analysis.tokens}
    if any(m.measure in BALANCES and not computed(m, texts) for m in plan.mentions):
        return None
    asked = {m.measure for m in plan.mentions}
    columns = {c.measure: c.index for c in reversed(plan.view.numbers) if c.period is None or not plan.fits}
    for measure, (bases, taken) in BALANCES.items():
        base = next((columns[b] for b in bases if b in columns), None)
        if (
            measure in asked
            and asked <= {measure, taken, *bases, "presupuesto"}
            and taken in columns
            and base is not None
        ):
            return Pair(numerator=columns[taken], denominator=base, level=Level.FINANCIAL)
    uncommitted = any(t.text == "comprometer" for t in plan.analysis.tokens) and "saldo" in asked
    if uncommitted and {"vigente", "comprometido"} <= columns.keys() and asked <= {"saldo", "vigente", "comprometido"}:
        return Pair(numerator=columns["comprometido"], denominator=columns["vigente"], level=Level.FINANCIAL)
    if "saldo" not in asked or uncommitted or not asked <= {"saldo", "asignado", "vigente", "ejecutado", "devengado"}:
        return None
    if any(c.measure == "saldo" for c in plan.view.numbers):
        return None
    options = [p for p in pairs(plan) if p.level is Level.FINANCIAL]
    return options[0] if options else None


def column_of_total(plan: Plan) -> Pair | None:
    """The column that the question names over the one that totals its like ("Mujeres" of "Total")."""
    totals = [
        c for c in plan.view.numbers if c.unit != "%" and stem("total") in {stem(w) for p in c.path for w in words(p)}
    ]
    choice = unnamed(plan)
    if len(totals) != 1 or len(choice.columns) != 1 or choice.columns[0] == totals[0].index:
        return None
    part = plan.view.table.columns[choice.columns[0]]
    if part.unit != totals[0].unit:
        return None
    return Pair(numerator=part.index, denominator=totals[0].index, level=part.level or Level.PHYSICAL)
