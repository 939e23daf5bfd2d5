"""From an analysed question to plans: one reading for each table that could answer, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.accounting import (
    NEUTRAL_WORDS,
    claimed_words,
    classing_words,
    context_words,
    foreign_words,
    heads_a_row,
    kind_words,
    told_how,
    torn_ending,
)
from assistant.attributes import asked_attributes, deed_words, same_things, told_by_deed, wants_amount
from assistant.bodies import lone_names, near_label
from assistant.breakdown import each_of, unlike_rows
from assistant.deeds import other_deeds
from assistant.headers import header_said
from assistant.interpret import asked_level, operation, told_by_ends
from assistant.lacking import deeds_lacking, measure_of_condition, month_unsaid, without_deeds
from assistant.levels import held_level
from assistant.limits import beyond
from assistant.measure_words import (
    counted_once,
    headed_words,
    level_words,
    measure_words,
    operation_words,
    quota_words,
    quoted_figures,
    spending_words,
)
from assistant.measures import asked_mentions, base_words, changed_budget, served_mentions
from assistant.named_measures import Mention
from assistant.over_periods import period_asked
from assistant.plan import Plan
from assistant.preference import preference_of, serves, stays_in
from assistant.question import Analysis, closings
from assistant.reports_named import reports_named, without_name
from assistant.row_query import RowQuery
from assistant.row_search import absorbed_words, asked_rows, holds_others, narrowed_to_period
from assistant.said_totals import said_totals
from assistant.shortlist import Scope, tables_to_read
from assistant.slots import SPANS
from assistant.states import counts_no_deed_of_state, said_states
from assistant.titles import quoted_words, sheet_fits, table_fits, without_quoted
from assistant.tokens import light_words
from index.frame import is_frame
from index.once import once
from index.periods import merge
from index.text import STOPWORDS, fold
from index.text import words as split_words
from tools.catalogue import Catalogue, TableView, content_stems
from tools.codes import match_code, match_tail
from tools.matching import RowMatch, Word, stands_for, whole_table
from tools.table_periods import PeriodFit, fit_period, row_periods, same_period


def plans(catalogue: Catalogue, analysis: Analysis, scope: Scope) -> tuple[Plan, ...]:
    """Every table's reading, most complete first; ties by preference, then by the order of loading."""
    found = []
    coded = _code_matches(catalogue, analysis, scope)
    named = reports_named(catalogue, analysis)
    for view in tables_to_read(catalogue, analysis, scope):
        for version in (analysis, *_as_label(catalogue, view, analysis)):
            plan = _plan(catalogue, view, version, coded)
            if plan is not None:
                found.append(without_name(plan, named))
    stays = stays_in(found, scope.table)
    return tuple(
        sorted(
            found,
            key=lambda p: (
                round(p.weight, 6),
                not serves(p),
                p.operation == "difference" and not p.mentions and -serves(p),
                stays and p.view.table.id != scope.table,
                tuple(-x for x in p.preference),
                p.view.position,
            ),
        )
    )


def _as_label(catalogue: Catalogue, view: TableView, analysis: Analysis) -> list[Analysis]:
    """The question with a participle taken for part of a row's label ("medidas de control aprobadas"), not for a measure.

    Only where another measure is named, so that none is lost, and a row holds the participle and the word before it.
    """
    found = []
    for mention in analysis.mentions:
        (first, *rest) = sorted(mention.tokens)
        if (
            mention.measure == "alcanzado"
            and not rest
            and counts_no_deed_of_state(catalogue, view, analysis.tokens[first].stem)
        ):
            named = replace(analysis.tokens[first], content=True)  # "terminaron" says nothing elsewhere
            tokens = (*analysis.tokens[:first], named, *analysis.tokens[first + 1 :])
            kept = tuple(m for m in analysis.mentions if m is not mention)
            found.append(replace(analysis, tokens=tokens, mentions=kept))
            continue
        plural = analysis.tokens[first].text.endswith(("ados", "adas", "idos", "idas"))
        if len(analysis.mentions) < 2 and not plural:
            continue
        before = [t for t in analysis.tokens[:first] if t.content][-1:]
        if rest or not before or not analysis.tokens[first].text.endswith(("dos", "das")):
            continue
        both = {analysis.tokens[first].stem, before[0].stem}
        if any(all(map(e.named_by, both)) for e in catalogue.entities_of(view)):
            found.append(replace(analysis, mentions=tuple(m for m in analysis.mentions if m is not mention)))
    return found


def _code_matches(catalogue: Catalogue, analysis: Analysis, scope: Scope) -> list[dict[int, RowMatch]]:
    if not analysis.codes:
        return []
    views = [v for v in catalogue.views if scope.documents is None or v.document.id in scope.documents]
    found = [match_code(catalogue, views, c.noun, c.code) for c in analysis.codes]
    heads = {c.code for c, m in zip(analysis.codes, found, strict=True) if m and not c.code.isdigit()}
    for place, code in enumerate(analysis.codes if len(heads) == 1 else ()):
        if not found[place] and code.code.isdigit():  # "el programa 11-02 (actividades 001 y 002)"
            found[place] = match_tail(catalogue, views, next(iter(heads)), code.code)
    return found


def _plan(
    catalogue: Catalogue, view: TableView, analysis: Analysis, coded: Sequence[dict[int, RowMatch]]
) -> Plan | None:
    if (analysis.tables and not table_fits(view, analysis)) or not sheet_fits(view, analysis):
        return None
    analysis, titled = without_quoted(view, analysis)
    analysis, header, heading = header_said(view, analysis)
    context = context_words(view, analysis)
    context |= frozenset(t.position for t in analysis.tokens if t.content and same_things(view, t.stem))
    states = said_states(catalogue, view, analysis)
    context -= lone_names(catalogue, view, analysis) | states
    fits, timed = _periods(view, analysis)
    timed |= titled
    heading_rows = heads_a_row(catalogue, view, analysis)
    context -= heading_rows
    claimed = (claimed_words(analysis) - heading_rows) | timed | context | heading
    strict = analysis.content - claimed | states
    strict |= frozenset(t.position for t in analysis.tokens if not t.content and _is_row(view, analysis, t.position))
    counts = frozenset(i for s in analysis.stated for i in s.tokens if analysis.tokens[i].text.isdecimal())
    words = [
        Word(position=t.position, text=t.text, stem=t.stem, telling=t.content or _is_row(view, analysis, t.position))
        for t in analysis.tokens
        if (t.text not in STOPWORDS or t.text == "no")
        and t.position not in timed | heading | told_how(analysis) | counts
    ]
    if measure_of_condition(analysis) and not deeds_lacking(
        view, analysis
    ):  # "no girado" is no row of the state "Girada"
        in_condition = frozenset(i for used in analysis.conditions.values() for i in used)
        words = [w for w in words if w.position not in in_condition]
    query = RowQuery(catalogue=catalogue, view=view, analysis=analysis, words=words, strict=strict, coded=coded)
    rows, rivals, row_used = asked_rows(query)
    if (
        row_used
        and row_used <= quoted_words(view, analysis)
        and not any(m.full and not m.kind for m in (*rows, *rivals))
    ):
        rows, rivals, row_used = (
            (whole_table(view),),
            (),
            frozenset(),
        )  # "los indicadores del plan de acción": the title
    rows = tuple(narrowed_to_period(view, m, fits) for m in rows)
    whole = all(m.whole for m in rows)
    inside = absorbed_words(view, analysis, rows, row_used, strict) | quoted_words(view, analysis)
    absorbed = inside | headed_words(view, analysis)
    name, op_used = operation(analysis, absorbed, whole=whole or holds_others(view, rows), several=len(rows) > 1)
    by_periods, spans = period_asked(view, analysis)
    if by_periods:
        tested = (*analysis.orders.values(), *analysis.conditions.values())
        name, op_used = "periods", op_used | spans | frozenset(i for used in tested for i in used)
    asked = asked_mentions(analysis, absorbed, name, op_used)
    mentions = served_mentions(view, analysis, asked, context)
    name, mentions = changed_budget(view, name, mentions)
    level = held_level(catalogue, view, analysis, asked_level(analysis, mentions, name, inside), mentions)
    apart = {analysis.tokens[i].text for i in analysis.cues.get("difference", ())}
    by_how_much = name == "difference" and apart <= {"por", "cuanto"}
    attributes, telling = _in_words(view, analysis, row_used, "list" if by_how_much else name, mentions)
    name = "look_up" if attributes and by_how_much else name  # "¿quién la construye y por cuánto?"
    deeds = deed_words(view, analysis)
    rows, rivals = told_by_deed(view, analysis, rows, rivals, deeds) if rivals else (rows, rivals)
    mentions = tuple(m for m in mentions if not (attributes and m.measure == "presupuesto"))
    mentions = without_deeds(view, analysis, mentions, deeds) if deeds else mentions
    mentions = tuple(m for m in mentions if not m.tokens <= telling)
    measured = measure_words(view, mentions, words, level, name)
    code_used = frozenset(i for c, m in zip(analysis.codes, coded, strict=True) if view.position in m for i in c.tokens)
    mentions = tuple(
        m
        for m in mentions
        if not m.tokens <= code_used or any(stands_for(m.measure, c, None) is not None for c in view.numbers)
    )  # "recaudación 11-01" of a table that tells no income: what the code is of
    explained = context | timed | heading | row_used | op_used | measured | code_used
    explained |= analysis.generic - heading_rows
    explained |= frozenset(i for t in analysis.tables for i in t.tokens)
    explained |= frozenset(t.position for t in analysis.tokens if t.stem in NEUTRAL_WORDS)
    explained |= op_used if by_periods else frozenset()
    explained |= operation_words(analysis, name) | level_words(view, analysis) | counted_once(analysis)
    if name in ("rank", "list", "count", "average"):
        explained |= kind_words(view, analysis, rows)
    if mentions:  # "gasto devengado": the noun goes with the measure
        nouns = ("ejecutado", "presupuesto")
        explained |= frozenset(
            i for m in analysis.mentions if m.measure in nouns and m not in mentions for i in m.tokens
        )
    explained |= base_words(view, analysis, mentions)
    if len(mentions) > 1:  # "cuánto le recortaron si comparamos lo asignado con lo vigente": the verb says the same
        explained |= frozenset(i for m in analysis.mentions if m.measure == "modificacion" for i in m.tokens)
    over_time = name in ("difference", "total") and rows[0].whole and len(row_periods(view)) > 1
    summed = any(len(f.columns or ()) > 1 for f in fits) and not any(c.accumulated for c in view.numbers)
    if over_time or summed or sum(len(f.rows or ()) for f in fits) > 1:  # "acumulado de mayo a junio": their sum
        explained |= frozenset(t.position for t in analysis.tokens if t.text.startswith("acumulad"))
    explained |= said_totals(view, analysis)
    explained |= quoted_figures(view, analysis) | frozenset(i for s in analysis.stated for i in s.tokens)
    explained |= classing_words(analysis, rows, row_used)
    explained |= torn_ending(catalogue, analysis, rows, row_used)
    explained -= spending_words(view, analysis, rows) - row_used
    explained -= foreign_words(view, analysis, rows) | (quota_words(view, analysis) - row_used)
    explained |= near_label(view, analysis, rows, analysis.content - explained)
    absent = other_deeds(view, analysis, rows) - row_used
    explained |= deeds | telling
    absent |= (deeds_lacking(view, analysis) | month_unsaid(view, analysis)) - row_used
    each = each_of(view, analysis)
    if all(m.whole for m in rows) or (each is not None and each[0] in SPANS):  # "el gasto en personal por mes"
        absent |= unlike_rows(view, analysis) - row_used
    if all(m.whole for m in rows):
        explained |= each[1] if each else frozenset()
    absent |= _absent_periods(view, analysis, rows) | beyond(view, analysis, rows, row_used, name)
    unexplained = (analysis.content - explained) | absent
    total = sum(catalogue.idf(analysis.tokens[i].stem) for i in analysis.content | absent) or 1.0
    missing = sum(catalogue.idf(analysis.tokens[i].stem) for i in unexplained)
    plan = Plan(
        view=view,
        analysis=analysis,
        operation=name,
        rows=rows,
        rivals=rivals,
        mentions=mentions,
        level=level,
        fits=fits,
        unexplained=unexplained,
        weight=missing / total,
        used=row_used,
        named=measured - row_used,
        absorbed=absorbed,
        header=header,
        heading=heading,
        attributes=attributes,
        telling=telling,
        by_periods=by_periods,
        deed=any(m.measure == "alcanzado" and m.tokens <= absorbed for m in analysis.mentions),
    )
    return replace(plan, preference=preference_of(plan, words))


def _in_words(
    view: TableView, analysis: Analysis, row_used: frozenset[int], name: str, mentions: Sequence[Mention]
) -> tuple[tuple[int, ...], frozenset[int]]:
    """The columns of words asked for, alone or beside a figure or a list, and the words that ask for them."""
    tested = bool(analysis.conditions or analysis.thresholds)
    if name not in ("look_up", "list") or (name == "list" and tested):
        return (), frozenset()
    joined = name != "look_up" or wants_amount(analysis) or bool(mentions)
    return asked_attributes(view, analysis, row_used, joined=joined)


_REST = frozenset({"otros", "otras", "otro", "otra", "varios", "varias"})


def _is_row(view: TableView, analysis: Analysis, position: int) -> bool:
    """ "El devengado de otros": the row of that name, where "otros" goes with no noun."""
    tokens = analysis.tokens
    if tokens[position].text in light_words() or is_frame(
        tokens[position].text
    ):  # "recaudado de vino": a name that is a form of a verb too
        before = tokens[position - 1].text if position else ""
        return tokens[position].text in _bare_labels(view) and before in (
            "de",
            "del",
            "en",
            "por",
            "para",
            "la",
            "el",
            "los",
            "las",
        )
    if tokens[position].text not in _REST:
        return False
    after = tokens[position + 1 : position + 2]
    alone = not after or after[0].text in STOPWORDS
    return alone and tokens[position].text in _bare_labels(view)


@once
def _bare_labels(view: TableView) -> frozenset[str]:
    return frozenset(fold(row.label).strip(" .:") for row in view.table.rows)


def _absent_periods(view: TableView, analysis: Analysis, rows: Sequence[RowMatch]) -> frozenset[int]:
    """Words of the periods asked that the table does not cover, numerals such as "I" included.

    A period that is part of a label ("Plan Anual 2022") is found there as a word, not here.
    """
    closed = _closed(view, analysis)
    lines = [view.table.rows[r].label for m in rows if not m.whole and not _only_time(m, analysis) for r in m.rows]
    held = {s for label in lines for s in content_stems(label)}
    found: set[int] = set()
    for period, used in analysis.periods:
        if used & closed:
            continue
        if fit_period(view, period) is None and not {analysis.tokens[i].stem for i in used} <= held:
            found |= used
    return frozenset(found)


def _only_time(match: RowMatch, analysis: Analysis) -> bool:
    """Whether a row was met by the year in its label alone ("Plan de Fiscalización 2022" by "presupuesto 2022")."""
    timed = {i for _, used in analysis.periods for i in used}
    return bool(match.explained) and not {i for i in match.explained if analysis.tokens[i].content} - timed


def _closed(view: TableView, analysis: Analysis) -> frozenset[int]:
    """Words of a date at which the table's own span ends: "al 30 de junio" of a table from January to June."""
    own = view.table.period or view.document.period
    if own is None or (own.first, own.last) == (own.last, own.first):
        return frozenset()
    dated = [(merge(period, own), used) for period, used in closings(analysis)]
    found = {i for period, used in dated if same_period(period, own) for i in used}
    if not row_periods(view) and own.last_year is None:  # "hasta agosto" of a table of May to August: told with a note
        found |= {i for p, used in dated if p.last == own.last and p.year in (None, own.year) for i in used}
    for period, used in analysis.periods:  # "a septiembre", of what runs from January to September
        before = analysis.tokens[min(used) - 1].text if min(used) else ""
        ends = own.first < own.last == period.last == period.first and own.last_year is None
        if ends and before in ("a", "al") and (period.year in (None, own.year)):
            found |= used
    return frozenset(found)


def _in_label(view: TableView, analysis: Analysis, position: int) -> bool:
    """Whether a word for a span of time stands inside a label said letter by letter: "los gastos del período"."""
    texts = [t.text for t in analysis.tokens]
    for row in view.table.rows:
        label = split_words(row.label)
        if len(label) == 1 or texts[position] not in label:
            continue
        start = position - label.index(texts[position])
        if start >= 0 and texts[start : start + len(label)] == label:
            return True
    return False


_TIMES = frozenset("cierre mes meses ano trimestre cuatrimestre semestre bimestre mensual anual periodo".split())


def _periods(view: TableView, analysis: Analysis) -> tuple[tuple[PeriodFit, ...], frozenset[int]]:
    """How the table answers for the periods asked, and the words they account for."""
    fits: list[PeriodFit] = []
    used: set[int] = set()
    for period, tokens in analysis.periods:
        fit = fit_period(view, period, by_rows=told_by_ends(analysis, tokens))
        if fit is not None:
            fits.append(fit)
            used |= tokens
    timed = bool(row_periods(view))
    for token in analysis.tokens:
        which = token.position and analysis.tokens[token.position - 1].text in ("que", "cual", "cuales")
        which = which or (analysis.has("average") and token.text in ("mes", "meses", "mensual"))
        counted = token.position and analysis.tokens[token.position - 1].text in ("cuantos", "cuantas")
        if token.text not in _TIMES or _in_label(view, analysis, token.position):
            continue
        if timed or not (which or counted or (analysis.orders and token.text in ("mes", "meses"))):
            used.add(token.position)
    return tuple(fits), frozenset(used) | _closed(view, analysis)
