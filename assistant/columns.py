"""Which columns of a table answer for the measures a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.accounting import MONEY_WORDS, PEOPLE, counts_people
from assistant.headers import header_fit, institution_words
from assistant.measures import of_another_side
from assistant.named_measures import Mention
from assistant.plan import Plan
from index.lexicon import lexicon
from index.model import Column, Level
from index.periods import find_periods, merge
from index.text import STOPWORDS, fold, stem, words
from tools.access import column_name
from tools.catalogue import content_stems
from tools.matching import stands_for
from tools.table_periods import same_period


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Columns that fit equally (one when it is settled), and what is to be said about how a word was taken."""

    columns: tuple[int, ...]
    note: str | None = None


def choose(plan: Plan, mention: Mention) -> Choice:
    """The column for a measure; several when nothing in the question or the table tells them apart."""
    allowed = allowed_columns(plan)
    serving = [(c, r) for c in plan.view.numbers if (r := stands_for(mention.measure, c, plan.level)) is not None]
    if not serving and (plan.header is not None or _others_served(plan, mention)):  # "atendidos y costo": two levels
        serving = [(c, r) for c in plan.view.numbers if (r := stands_for(mention.measure, c, None)) is not None]
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
        plain = [
            c
            for c in plan.view.numbers
            if c.index in allowed and c.measure is None and c.unit not in ("%", "ratio") and _only_dated(plan, c)
        ]
        if (
            not dated and plain and not of_another_side(plan.view, mention)
        ):  # "total obligado en el cuarto trimestre": a column of the quarter, whatever it is called
            return Choice(columns=tuple(c.index for c in plain))
        running = plan.analysis.accumulated  # "meta anual 2023 y lo que lleva acumulado": so far is within the year
        serving = [
            (c, r)
            for c, r in serving
            if c.index in allowed
            or (c.period is None and (not dated or (told_whole(plan, c) and _of_the_year(c))))
            or (running and c.accumulated)
        ]
        if exact_only(plan) and serving and not dated:
            return Choice(
                columns=()
            )  # "lo vigente de enero", where each month has its column and the budget is the year's
    if not serving and {plan.analysis.tokens[i].text for i in mention.tokens} <= MONEY_WORDS:
        money = [c for c in plan.view.numbers if c.level is Level.FINANCIAL and c.unit not in ("%", "ratio")]
        if len(money) == 1:  # "cuánto dinero se le adjudicó": the one amount there is, whatever it is called
            return Choice(columns=(money[0].index,), note=f"Tomé «{column_name(money[0])}».")
    if _of_money(plan, mention.tokens):
        serving = [(c, r) for c, r in serving if c.level is Level.FINANCIAL] or serving
    found = [(_score(plan, mention, c, r), c, r) for c, r in serving]
    if not found:
        return Choice(columns=())
    top = max(score for score, _, _ in found)
    best = [(c, r) for score, c, r in found if score == top]
    return Choice(columns=tuple(c.index for c, _ in best), note=_note(plan, mention, best[0][0], best[0][1]))


def _others_served(plan: Plan, mention: Mention) -> bool:
    others = [m for m in plan.mentions if m is not mention]
    return bool(others) and all(
        any(stands_for(m.measure, c, plan.level) is not None or _verbatim(plan, m, c) for c in plan.view.numbers)
        for m in others
    )


_MONEY = frozenset(
    "plata dinero lana pisto monto montos fondos recursos pesos quetzales lempiras dolares colones soles".split()
)


def _of_money(plan: Plan, told: frozenset[int] = frozenset()) -> bool:
    """ "Más plata adjudicada": of the columns that fit, those of money. told: words that name the measure itself."""
    return any(t.text in _MONEY for t in plan.analysis.tokens if t.position not in told | plan.used)


_PRICED = frozenset(
    "suma suman sumar vale valen cuesta cuestan costo costaron grande grandes caro cara caros caras contrato contratos "
    "contrataron adjudico adjudicaron adjudicado transfirio transfirieron giro giraron desembolso desembolsaron".split()
)


def _priced(plan: Plan) -> bool:
    """ "¿Cuánto suman sus contratos?", "el más grande", "por cuánto se contrató": an amount, and no percentage beside it."""
    beside = bool(plan.telling) and any(t.text == "cuanto" for t in plan.analysis.tokens)  # "¿quién… y por cuánto?"
    return beside or any(t.text in _PRICED and t.position not in plan.used for t in plan.analysis.tokens)


def _note(plan: Plan, mention: Mention, column: Column, rank: int) -> str | None:
    asked = " ".join(plan.analysis.words(mention.tokens))
    name = column_name(column)
    if rank == 0 or set(words(asked)) <= set(words(name)):
        return None
    if mention.measure == "presupuesto" and column.measure == "vigente":
        return f"Tomé «{asked}» como «{name}»."
    if mention.measure in ("ejecutado", "alcanzado") and column.measure in ("ejecutado", "alcanzado"):
        return None
    return taken_for(mention.measure, column)


def taken_for(measure: str, column: Column) -> str:
    """Which column stands for a measure that a table does not print."""
    return f"El cuadro no trae «{lexicon().measures[measure].name}»; tomé «{column_name(column)}»."


def _only_dated(plan: Plan, column: Column) -> bool:
    """Whether a header says no more than its period, or nothing that the question does not say."""
    rest = _untimed(fold(column.header))
    said = {t.stem for t in plan.analysis.tokens}
    return all(stem(w) in said for w in words(rest) if w not in STOPWORDS and len(w) > 2)


def _of_all_the_span(plan: Plan) -> int | None:
    """ "Quejas y reclamos de 2023" beside columns of the quarters: the one column that totals the year."""
    own = plan.view.table.period or plan.view.document.period
    if len(plan.rows) < 2 or own is None or not plan.analysis.periods:
        return None
    whole = all(same_period(merge(p, own), own) for p, _ in plan.analysis.periods)
    parts = [c for c in plan.view.numbers if c.period is not None and not same_period(merge(c.period, own), own)]
    totals = [
        c.index
        for c in plan.view.numbers
        if c not in parts and c.unit not in ("%", "ratio") and (_of_the_year(c) or fold(c.path[-1]).startswith("total"))
    ]
    return totals[0] if whole and len(parts) > 1 and len(totals) == 1 else None


def _untimed(text: str) -> str:
    """A part of a header without the words of its period."""
    spans = {i for m in find_periods(text) for i in range(m.start, m.end)}
    return "".join(" " if i in spans else c for i, c in enumerate(text))


def _of_the_year(column: Column) -> bool:
    """ "Programado en el año" may be asked beside a quarter; "Total obligado" is no figure of the quarter."""
    return any(w in ("ano", "anual", "anuales", "acumulado", "acumulada") for part in column.path for w in words(part))


def told_whole(plan: Plan, column: Column) -> bool:
    """Whether the question holds a header of several words, one after the other: "programado en el año"."""
    header = [stem(w) for part in column.path for w in words(part) if w not in STOPWORDS]
    said = [t.stem for t in plan.analysis.tokens if t.text not in STOPWORDS]
    runs = (said[i : i + len(header)] for i in range(len(said) - len(header) + 1))
    return len(header) > 1 and any(run == header for run in runs)


def _path_said(plan: Plan, column: Column) -> bool:
    """Whether every part of a header of several is said, in any order: "el III de ejecutado por trimestre"."""
    said = {t.text for t in plan.analysis.tokens} | {t.stem for t in plan.analysis.tokens}
    parts = [[w for w in words(part) if w not in STOPWORDS] for part in column.path]
    return len(parts) > 1 and all(part and all(w in said or stem(w) in said for w in part) for part in parts)


def _verbatim(plan: Plan, mention: Mention, column: Column) -> bool:
    """Whether the words of the measure stand in the header."""
    header = {s for part in column.path for s in content_stems(part)}
    heads = [w for part in column.path for w in words(part)]
    return all(
        t.stem in header or any(len(w) > 6 and w[:7] == t.text[:7] for w in heads)  # "certificado", "certificación"
        for t in (plan.analysis.tokens[i] for i in mention.tokens)
    )


def _score(plan: Plan, mention: Mention, column: Column, rank: int) -> tuple[float, ...]:
    apart = institution_words(plan)
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
        float(told_whole(plan, column)),
        float(_path_said(plan, column)),
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


_VERY_PERIOD = 3  # closeness of a column of the very period asked


def allowed_columns(plan: Plan) -> frozenset[int] | None:
    """The columns of the periods asked, when columns carry periods."""
    exact = [f.columns for f in plan.fits if f.columns is not None and f.closeness == _VERY_PERIOD]
    sets = exact or [
        f.columns for f in plan.fits if f.columns is not None
    ]  # "en el IV trimestre de 2023": not the year
    if not sets:
        return None
    return frozenset().union(*sets)


def exact_only(plan: Plan) -> bool:
    """Whether the period asked is one of those that columns stand for, and less than what the table covers."""
    own = plan.view.table.period or plan.view.document.period
    exact = any(f.columns is not None and f.closeness == _VERY_PERIOD for f in plan.fits)
    return exact and own is not None and not any(same_period(merge(p, own), own) for p, _ in plan.analysis.periods)


_BY_SEX = frozenset("mujer mujeres hombre hombres varon varones vacante vacantes".split())


def unnamed(plan: Plan) -> Choice:
    """The column when no measure is named: the only one, the one the header words or the period point to."""
    allowed = allowed_columns(plan)
    options = [
        c
        for c in plan.view.numbers
        if allowed is None or c.index in allowed or _said_undated(plan, c) or _undated_and_told(plan, c)
    ]
    of_all = _of_all_the_span(plan)
    if of_all is not None:
        return Choice(columns=(of_all,))
    here = any(header_fit(plan, c)[0] for c in options)
    same = {c.measure for c in options} - {None}  # "total obligado en el II trimestre": what was obliged then
    elsewhere = [c for c in plan.view.numbers if c not in options and c.measure not in same and header_fit(plan, c)[0]]
    if allowed is not None and not here and elsewhere:
        return Choice(columns=())  # "visitas totales de 2021", where only others are told of that year
    if _of_money(plan) or (_priced(plan) and len(plan.rows) < 2):  # "¿dónde más, en A o en B, y por cuánto?"
        options = [c for c in options if c.level is Level.FINANCIAL] or options
    if plan.says("total") and any(t.text.startswith("sum") for t in plan.analysis.tokens):
        options = [c for c in options if c.unit not in ("%", "ratio")] or options  # a proportion is not summed
    goals = {c.measure for c in options} <= {"programado", "alcanzado", "diferencia", "porcentaje"}
    if plan.deed or (goals and not plan.row.whole):
        reached = [c for c in options if c.measure == "alcanzado" and c.level is not Level.FINANCIAL]
        reached = (
            _best_named(plan, reached) or [c for c in reached if c.accumulated == plan.analysis.accumulated] or reached
        )
        timely = _timely(plan, reached)
        if len(timely) == 1:
            return Choice(columns=(timely[0].index,), note=f"Tomé «{column_name(timely[0])}».")
    beside = _beside_order(plan, options)
    if beside is not None:
        return Choice(columns=(beside,))
    everyone = [c for c in options if content_stems(" ".join(c.path))[:1] == (stem("total"),)]
    said = {t.text for t in plan.analysis.tokens}
    if len(everyone) == 1 and counts_people(plan.view) and said & PEOPLE and not said & _BY_SEX:
        return Choice(columns=(everyone[0].index,))  # "¿cuántas personas hay?": all of them
    scored = [(header_fit(plan, c), c) for c in options]
    if allowed is not None:  # "horas digitalizadas en 2024": the year tells nothing between columns of that year
        scored = [(header_fit(plan, replace(c, path=tuple(_untimed(part) for part in c.path))), c) for _, c in scored]
    best = max((n for n, _ in scored), default=(0, 0, 0))
    if plan.operation == "share" and not best[2] and allowed is None and len(everyone) == 1:
        return Choice(columns=(everyone[0].index,))  # "el peso de podas en el total", beside a column of each month
    if best[2]:
        options = [c for n, c in scored if n == best]
    dated = [c for c in options if c.period is not None]
    if allowed is not None and len(dated) == 1:
        return Choice(columns=(dated[0].index,))
    if len(options) > 1:
        counting = any(t.text in ("cuantos", "cuantas") for t in plan.analysis.tokens)
        counting = counting or (
            len(plan.rows) > 1
            and (
                (plan.says("total") and all(len(m.rows) == 1 for m in plan.rows))
                or _verb_of_label(plan)
                or _things_ordered(plan)
            )
        )
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


def _undated_and_told(plan: Plan, column: Column) -> bool:
    """ "¿Cuántas familias en 2023?": a count that is of no period, told by its header; never a total of the year."""
    whole = any(w.startswith(("total", "anual", "ano", "acumulad")) for part in column.path for w in words(part))
    return column.period is None and column.measure is None and not whole and bool(header_fit(plan, column)[0])


def each_said(plan: Plan, columns: Sequence[int]) -> tuple[int, ...]:
    """Of columns that fit alike, those whose own headers the question says, two or more: "mujeres y hombres"."""
    apart = plan.used | institution_words(plan)
    told = {t.stem for t in plan.analysis.tokens if t.content and t.position not in apart}
    heads = {c: set(content_stems(" ".join(plan.view.table.columns[c].path[-1:]))) for c in columns}
    found = tuple(c for c, head in heads.items() if head and head <= told)
    return found if len(found) > 1 and len({frozenset(heads[c]) for c in found}) == len(found) else ()


def best_headed(plan: Plan, columns: Sequence[int]) -> list[int]:
    """Of some columns, the one whose header shares most words with what is asked, or with the question; else none."""
    asked = plan.analysis.cues.get("percentage", frozenset()) | {i for m in plan.mentions for i in m.tokens}
    words_ = [t for t in plan.analysis.tokens if t.content and t.position not in plan.used]
    for said in ({t.stem for t in words_ if t.position in asked}, {t.stem for t in words_}):
        shared = {c: len(said & set(content_stems(" ".join(plan.view.table.columns[c].path)))) for c in columns}
        most = max(shared.values(), default=0)
        best = [c for c, n in shared.items() if n == most and n]
        if len(best) == 1:
            return best
    return []


def _beside_order(plan: Plan, options: list[Column]) -> int | None:
    """ "Las provincias con mayores ventas en las ferias": the header of the word right after the order, where one has it."""
    if plan.operation != "rank":
        return None
    tokens = plan.analysis.tokens
    ordered = {i for used in plan.analysis.orders.values() for i in used}
    after = next((t for t in tokens if t.position - 1 in ordered and t.content and t.position not in ordered), None)
    if after is None or after.position in plan.used or after.text in ("por", "cada"):
        return None
    held = [c.index for c in options if after.stem in content_stems(" ".join(c.path)) and c.unit not in ("%", "ratio")]
    return held[0] if len(held) == 1 else None


_VERB = re.compile(r"(?:[aeo]|aron|ieron)$")


def _things_ordered(plan: Plan) -> bool:
    """ "¿Dónde hubo más alertas, en A o en B?": the rows are of alerts, and those are counted."""
    tokens = plan.analysis.tokens
    ordered = {i for used in plan.analysis.orders.values() for i in used}
    return any(t.position - 1 in ordered and t.position in plan.used and t.content for t in tokens)


def _verb_of_label(plan: Plan) -> bool:
    """ "¿Cuál ingresó más?" of rows that end in "ingresados": how many there were, and no budget."""
    done = {stem(w) for m in plan.rows for w in words(m.label) if w.endswith(("ados", "adas", "idos", "idas"))}
    tokens = plan.analysis.tokens
    return any(t.stem in done and _VERB.search(t.text) and t.position in plan.used for t in tokens)


def _said_undated(plan: Plan, column: Column) -> bool:
    """ "El personal de 2022" of a report of 2022: a header said whole that bears no year, though others do."""
    own = plan.view.table.period or plan.view.document.period
    whole = own is not None and all(same_period(merge(p, own), own) for p, _ in plan.analysis.periods)
    return whole and column.period is None and header_fit(plan, column)[0] > 0


def _best_named(plan: Plan, options: list[Column]) -> list[Column]:
    """The one column whose header the question names better than any other ("alc. del total anual"), if there is."""
    fits = [header_fit(plan, c) for c in options]
    best = max(fits, default=(0, 0, 0))
    return [c for c, fit in zip(options, fits, strict=True) if fit == best] if fits.count(best) == 1 else []


def _timely(plan: Plan, options: list[Column]) -> list[Column]:
    context = plan.view.table.period or plan.view.document.period
    kept = [c for c in options if c.period and context and same_period(merge(c.period, context), context)]
    return kept or options
