"""Which columns of a table answer for the measures a question names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.plan import Plan
from assistant.question import Mention
from index.lexicon import lexicon
from index.model import Column, Level
from index.periods import merge
from index.text import STOPWORDS, stem, words
from tools.access import column_name
from tools.catalogue import content_stems
from tools.execution import Pair, execution_pairs
from tools.matching import same_period, stands_for

# Stages of budget and goal execution, early to late: a difference is told as later minus earlier.
STAGES = (
    "solicitado", "asignado", "modificacion", "vigente", "programado", "comprometido", "devengado", "ejecutado",
    "alcanzado", "recaudado", "pagado", "saldo",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Columns that fit equally (one when it is settled), and what is to be said about how a word was taken."""

    columns: tuple[int, ...]
    note: str | None = None


def choose(plan: Plan, mention: Mention) -> Choice:
    """The column for a measure; several when nothing in the question or the table tells them apart."""
    allowed = _allowed(plan)
    serving = [(c, r) for c in plan.view.numbers if (r := stands_for(mention.measure, c, plan.level)) is not None]
    served = {c.index for c, _ in serving}
    serving += [  # a header of those very words, though the lexicon does not know it as the measure
        (c, 0)
        for c in plan.view.numbers
        if c.index not in served
        and c.measure in (None, "modificacion")
        and _verbatim(plan, mention, replace(c, path=c.path[-1:]))
    ]
    if allowed is not None:
        # a column without a period of its own serves only a measure that no column tells by period
        dated = any(c.period is not None for c, _ in serving)
        running = plan.analysis.accumulated  # "meta anual 2023 y lo que lleva acumulado": so far is within the year
        serving = [
            (c, r)
            for c, r in serving
            if c.index in allowed
            or (c.period is None and (not dated or _told_whole(plan, c)))
            or (running and c.accumulated)
        ]
    if _of_money(plan, mention.tokens):
        serving = [(c, r) for c, r in serving if c.level is Level.FINANCIAL] or serving
    found = [(_score(plan, mention, c, r), c, r) for c, r in serving]
    if not found:
        return Choice(columns=())
    top = max(score for score, _, _ in found)
    best = [(c, r) for score, c, r in found if score == top]
    return Choice(columns=tuple(c.index for c, _ in best), note=_note(plan, mention, best[0][0], best[0][1]))


_MONEY = frozenset(
    "plata dinero lana pisto monto montos fondos recursos pesos quetzales lempiras dolares colones soles".split()
)


def _of_money(plan: Plan, told: frozenset[int] = frozenset()) -> bool:
    """ "Más plata adjudicada": of the columns that fit, those of money. told: words that name the measure itself."""
    return any(t.text in _MONEY for t in plan.analysis.tokens if t.position not in told | plan.used)


def _note(plan: Plan, mention: Mention, column: Column, rank: int) -> str | None:
    asked = " ".join(plan.analysis.words(mention.tokens))
    name = column_name(column)
    if rank == 0 or set(words(asked)) <= set(words(name)):
        return None
    if mention.measure == "presupuesto" and column.measure == "vigente":
        return f"Tomé «{asked}» como «{name}»."
    if mention.measure in ("ejecutado", "alcanzado") and column.measure in ("ejecutado", "alcanzado"):
        return None
    return f"El cuadro no trae «{lexicon().measures[mention.measure].name}»; tomé «{name}»."


def _told_whole(plan: Plan, column: Column) -> bool:
    """Whether the question holds a header of several words, one after the other: "programado en el año"."""
    header = [stem(w) for part in column.path for w in words(part) if w not in STOPWORDS]
    said = [t.stem for t in plan.analysis.tokens if t.text not in STOPWORDS]
    runs = (said[i : i + len(header)] for i in range(len(said) - len(header) + 1))
    return len(header) > 1 and any(run == header for run in runs)


def _verbatim(plan: Plan, mention: Mention, column: Column) -> bool:
    """Whether the words of the measure stand in the header."""
    header = {s for part in column.path for s in content_stems(part)}
    heads = [w for part in column.path for w in words(part)]
    return all(
        t.stem in header or any(len(w) > 6 and w[:7] == t.text[:7] for w in heads)  # "certificado", "certificación"
        for t in (plan.analysis.tokens[i] for i in mention.tokens)
    )


def _score(plan: Plan, mention: Mention, column: Column, rank: int) -> tuple[float, ...]:
    apart = _institution(plan)
    stems = {t.stem for t in plan.analysis.tokens if t.text not in STOPWORDS and t.position not in apart}
    header = [stem(w) for part in column.path for w in words(part)]
    named = len(stems & set(header))
    context = plan.view.table.period or plan.view.document.period
    period = merge(column.period, context) if column.period else None
    timely = 1 if period is None or (context is not None and same_period(period, context)) else 0
    if period is not None and not plan.fits and any(t.text in ("anual", "anuales") for t in plan.analysis.tokens):
        timely = int((period.first, period.last) == (1, 12))
    wanted = plan.level or _default_level(plan)
    return (
        1.0 if column.level in (wanted, None) else 0.0,
        1.0 if column.accumulated == (plan.analysis.accumulated and not _summing(plan)) else 0.0,
        float(_told_whole(plan, column)),
        float(rank == 0 and _verbatim(plan, mention, column)),
        float(-rank),
        float(timely),
        float(named),
    )


def _summing(plan: Plan) -> bool:
    """ "acumulado de mayo a junio" asks for a sum over rows, not for the running total of one."""
    return plan.operation in ("look_up", "total") and len(plan.row.rows) > 1 and not plan.row.whole


def _default_level(plan: Plan) -> Level:
    """Without a word of money, "cuántos" asks for a count and "cuánto" for an amount."""
    counting = any(t.text in ("cuantos", "cuantas") for t in plan.analysis.tokens)
    return Level.PHYSICAL if counting else Level.FINANCIAL


def _allowed(plan: Plan) -> frozenset[int] | None:
    """The columns of the periods asked, when columns carry periods."""
    sets = [f.columns for f in plan.fits if f.columns is not None]
    if not sets:
        return None
    return frozenset().union(*sets)


def unnamed(plan: Plan) -> Choice:
    """The column when no measure is named: the only one, the one the header words or the period point to."""
    allowed = _allowed(plan)
    options = [c for c in plan.view.numbers if allowed is None or c.index in allowed]
    if _of_money(plan):
        options = [c for c in options if c.level is Level.FINANCIAL] or options
    goals = {c.measure for c in options} <= {"programado", "alcanzado", "diferencia", "porcentaje"}
    if plan.deed or (goals and not plan.row.whole):
        reached = [c for c in options if c.measure == "alcanzado" and c.level is not Level.FINANCIAL]
        reached = (
            _best_named(plan, reached) or [c for c in reached if c.accumulated == plan.analysis.accumulated] or reached
        )
        timely = _timely(plan, reached)
        if len(timely) == 1:
            return Choice(columns=(timely[0].index,), note=f"Tomé «{column_name(timely[0])}».")
    scored = [(header_fit(plan, c), c) for c in options]
    best = max((n for n, _ in scored), default=(0, 0, 0))
    if best[2]:
        options = [c for n, c in scored if n == best]
    dated = [c for c in options if c.period is not None]
    if allowed is not None and len(dated) == 1:
        return Choice(columns=(dated[0].index,))
    if len(options) > 1:
        counting = any(t.text in ("cuantos", "cuantas") for t in plan.analysis.tokens)
        counting = counting or (len(plan.rows) > 1 and plan.says("total"))
        reached = [
            c for c in options if c.measure == "alcanzado" and c.level is not Level.FINANCIAL and not c.accumulated
        ]
        timely = _timely(plan, reached)
        if counting and len(timely) == 1:
            return Choice(columns=(timely[0].index,), note=f"Tomé «{column_name(timely[0])}».")
    if len(options) > 1 and dated:
        timely = _timely(plan, dated)
        if len(timely) == 1:
            return Choice(columns=(timely[0].index,))
    return Choice(columns=tuple(c.index for c in options))


def _best_named(plan: Plan, options: list[Column]) -> list[Column]:
    """The one column whose header the question names better than any other ("alc. del total anual"), if there is."""
    fits = [header_fit(plan, c) for c in options]
    best = max(fits, default=(0, 0, 0))
    return [c for c, fit in zip(options, fits, strict=True) if fit == best] if fits.count(best) == 1 else []


def _institution(plan: Plan) -> frozenset[int]:
    """The words of the institution named whole: "Instituto Nacional de Refugios" asks for no "visitantes nacionales"."""
    name = content_stems(plan.view.document.institution or "")
    told = [t for t in plan.analysis.tokens if t.text not in STOPWORDS]
    starts = range(len(told) - len(name) + 1) if len(name) > 1 else range(0)
    runs = (told[i : i + len(name)] for i in starts)
    return frozenset(t.position for run in runs if tuple(t.stem for t in run) == name for t in run)


def header_fit(plan: Plan, column: Column) -> tuple[int, int, int]:
    """How a question names a header: whole or not, its longest run of neighbouring words, words in all."""
    total = plan.analysis.cues.get("total", frozenset()) if plan.operation == "share" else frozenset()
    apart = plan.used | total | _institution(plan)  # "en el total de visitantes nacionales": the base, not a header
    if (
        plan.row.entity is not None and plan.operation != "share"
    ):  # "el total de desagües": the column, not the row above
        stems_ = plan.row.entity.stems
        apart -= {i for i in plan.analysis.cues.get("total", ()) if plan.analysis.tokens[i].stem not in stems_}
    said = [t.stem for t in plan.analysis.tokens if t.text not in STOPWORDS and t.position not in apart]
    parts = [content_stems(p) for p in column.path]
    header = [s for part in parts for s in part]
    met = set(header) & set(said)
    whole = any(
        part and any(tuple(said[i : i + len(part)]) == part for i in range(len(said) - len(part) + 1)) for part in parts
    )
    run = max(
        (
            size
            for start in range(len(header))
            for size in range(1, len(header) - start + 1)
            if any(said[i : i + size] == header[start : start + size] for i in range(len(said) - size + 1))
        ),
        default=0,
    )
    return (int(whole), run, len(met))


def _timely(plan: Plan, options: list[Column]) -> list[Column]:
    context = plan.view.table.period or plan.view.document.period
    kept = [c for c in options if c.period and context and same_period(merge(c.period, context), context)]
    return kept or options


def pairs(plan: Plan) -> tuple[Pair, ...]:
    """Execution pairs of the level and period asked, best first; the denominator named wins over the usual one."""
    found = execution_pairs(plan.view, plan.level, [m.measure for m in plan.mentions])
    whole = _of_column_told(plan, found)
    if whole is not None:
        return whole
    explicit = explicit_pair(plan)
    if explicit is not None:
        return (explicit,)
    allowed = _allowed(plan)
    if allowed is not None:
        undated = {c.index for c in plan.view.numbers if c.period is None}
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


def _of_column_told(plan: Plan, found: tuple[Pair, ...]) -> tuple[Pair, ...] | None:
    """ "Qué porcentaje de la meta anual lleva": over that very column, what has run up to now.

    A period asked for chooses the numerator; None when no header of several words is told whole.
    """
    columns = {c.index: c for c in plan.view.numbers}
    told = tuple(p for p in found if _told_whole(plan, columns[p.denominator]))
    if not told or len({columns[p.denominator].path for p in found}) < 2:
        return None
    running = any(t.text.startswith(("llev", "acumul", "alcanza")) for t in plan.analysis.tokens)
    allowed = _allowed(plan)
    if allowed is not None and not running:
        return tuple(p for p in told if p.numerator in allowed)
    return tuple(p for p in told if columns[p.numerator].accumulated) or tuple(
        p for p in told if columns[p.numerator].period is None
    )


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
    printed = next(
        (c.index for c in plan.view.numbers if c.derived == (late, early) and c.unit in ("%", "ratio")), None
    )
    level = columns[late].level or Level.FINANCIAL
    return Pair(numerator=late, denominator=early, level=level, printed=printed)


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
