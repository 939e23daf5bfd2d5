"""Looking figures up: printed, summed, or what is left when no balance is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from assistant.attributes import run_attributes, same_things, wants_amount
from assistant.headers import headers_beside
from assistant.outcome import (
    Outcome,
    ask_rows,
    ask_rows_of,
    meaningless_whole,
    merged_results,
    settled_columns,
    subject_of,
    told_amounts,
    told_apart,
)
from assistant.over_rows import run_count, run_holding
from assistant.pairs import balance_pair
from assistant.plan import Plan
from assistant.states import rows_by_state
from assistant.units import record_noun, row_noun
from index.model import Level, Role, RowKind
from index.periods import MONTHS
from index.text import stem, words
from tools import phrases
from tools.access import cell, citation, column_name, row_name, unit_of, value
from tools.amounts import amount, is_stock, summable
from tools.arithmetic import add_up, compare, remaining
from tools.breakdown import breakdown
from tools.catalogue import content_stems, descendants
from tools.conditions import count_rows
from tools.matching import RowMatch, stands_for
from tools.model import Result
from tools.ranking import Criterion
from tools.table_periods import PeriodFit, row_periods


def run_look_up(plan: Plan) -> Outcome:
    if plan.attributes:
        return _told_in_words(plan)
    counted = run_count(plan)
    if counted is not None:
        return counted
    holding = run_holding(plan)
    if holding is not None:
        return holding
    if any(m.measure == "unidad_medida" for m in plan.mentions):
        return _unit_text(plan)
    told = _key_text(plan) or _named(plan) or _listed(plan)
    if told is not None:
        return told
    spanned = _over_columns(plan)
    if spanned is not None:
        return spanned
    choices, asked = settled_columns(plan)
    if asked is not None:
        return _remaining(plan) or asked
    columns = [c.columns[0] for c in choices]
    columns = _with_beside(plan, columns)
    if _counts_things(plan) and all(_is_money(plan, c) for c in columns):
        return Outcome(reason="cantidad")
    if _mixes_units(plan, columns):
        return ask_rows_of(plan, columns[0], plan.row.rows)
    notes = tuple(c.note for c in choices if c.note)
    if plan.row.whole and (meaningless_whole(plan, columns) or _month_unsaid(plan, columns) or _one_of_many(plan)):
        return ask_rows(plan, columns[0])
    if len(plan.rows) > 1 and (plan.says("total") or _between_them(plan) or len({m.label for m in plan.rows}) == 1):
        if _counts_twice(plan):
            return ask_rows_of(
                plan, columns[0], [r for m in plan.rows for r in ((m.own,) if m.own is not None else m.rows)]
            )
        names = told_apart(plan, plan.rows)
        items = [(plan.view, m, columns[0], name) for m, name in zip(plan.rows, names, strict=True)]
        return Outcome(result=add_up(items), notes=notes)
    if len(plan.rows) > 1:
        items = [(plan.view, m, columns[0], subject_of(plan, m)) for m in plan.rows]
        return Outcome(result=compare(items), notes=notes)
    closed = _until(plan, columns)
    if closed is not None:
        return closed
    below = _told_below(plan, columns)
    if below:
        return ask_rows_of(plan, columns[0], below)
    if len(columns) == 2 and _weighed(plan) and len({plan.view.table.columns[c].level for c in columns}) == 1:
        items = [(plan.view, plan.row, c, column_name(plan.view.table.columns[c])) for c in columns]
        return Outcome(result=compare(items), notes=notes)
    found = [amount(plan.view, plan.row, c) for c in columns]
    return Outcome(result=told_amounts(plan, found), notes=notes)


def _with_beside(plan: Plan, columns: list[int]) -> list[int]:
    """The columns with those that the question calls by their header alone.

    Joined on ("cupo y atendidos"), or in place of what a verb would mean by itself ("cuántos usuarios atendió").
    """
    if not plan.mentions or len(plan.rows) > 1 or plan.operation != "look_up":
        return columns
    named = frozenset(i for m in plan.mentions for i in m.tokens) | plan.used
    beside = headers_beside(plan.view, plan.analysis, named, columns)
    if not beside:
        return columns
    if any(t.text in ("y", "e") for t in plan.analysis.tokens):
        return sorted({*columns, *beside})
    done = [m.measure for m in plan.mentions] == ["alcanzado"]
    return list(beside) if done and len(beside) == 1 else columns


def _told_in_words(plan: Plan) -> Outcome:
    """The words asked for, and the figure too where one is asked for with them: "¿quién la construye y por cuánto?"."""
    told = run_attributes(plan)
    if told.result is None or not (plan.mentions or wants_amount(plan.analysis)):
        return told
    figures = run_look_up(replace(plan, attributes=()))
    if figures.result is None:
        return figures
    return replace(figures, result=merged_results([told.result, figures.result]))


def _weighed(plan: Plan) -> bool:
    """ "¿Hay más hombres o mujeres?", "mujeres vs hombres": two headers set against each other."""
    tokens = [t.text for t in plan.analysis.tokens]
    return not plan.mentions and (
        "vs" in tokens or "versus" in tokens or ("o" in tokens and bool({"mas", "menos"} & set(tokens)))
    )


def _between_them(plan: Plan) -> bool:
    """ "¿Cuánto se pagó entre personal y equipo?": both together, and no difference."""
    said = {t.text for t in plan.analysis.tokens}
    asked = said & {"cuanto", "cuanta", "cuantos", "cuantas"}
    return "entre" in said and bool(asked) and not plan.analysis.has("difference", "compare")


def _counts_twice(plan: Plan) -> bool:
    """Whether one of the rows to be added holds another: a total, a parent, a group with one of its own."""
    table = plan.view.table
    inside = [set(m.rows) | (set(descendants(table, m.own)) if m.own is not None else set()) for m in plan.rows]
    totals = any(m.own is not None and table.rows[m.own].kind is RowKind.TOTAL for m in plan.rows)
    return totals or any(a & b for n, a in enumerate(inside) for b in inside[:n])


_MONEY_COUNTED = frozenset(
    "recursos fondos millones miles pesos quetzales lempiras colones dolares soles guaranies bolivianos cordobas balboas bolivares reales euros".split()
)


def _counts_things(plan: Plan) -> bool:
    """ "¿Cuántos docentes hay?": no amount of money answers it. "¿Cuántos millones?" asks for money."""
    tokens = plan.analysis.tokens
    counted = [tokens[t.position + 1] for t in tokens[:-1] if t.text in ("cuantos", "cuantas")]
    nouns = all(  # "conceptos de gasto", "partidas del presupuesto": the noun says of what kind
        tokens[min(m.tokens) - 1].text in ("de", "del")
        and tokens[min(m.tokens)].text in ("gasto", "gastos", "presupuesto", "ingreso", "ingresos")
        for m in plan.mentions
        if min(m.tokens)
    )
    return any(c.content and c.text not in _MONEY_COUNTED for c in counted) and nouns


def _is_money(plan: Plan, column: int) -> bool:
    return plan.view.table.columns[column].level is Level.FINANCIAL


def _mixes_units(plan: Plan, columns: Sequence[int]) -> bool:
    """A group of rows counted in unlike things (people, scholarships): they are told one by one and not added."""
    if plan.row.own is not None or plan.row.whole or len(plan.row.rows) < 2 or len(plan.rows) > 1:
        return False
    return any(len({unit_of(plan.view, r, c) for r in plan.row.rows}) > 1 for c in columns)


_RECORDS = frozenset(
    "contrato proyecto obra convenio proceso licitacion llamado expediente producto centro hospital escuela".split()
)


def _one_of_many(plan: Plan) -> bool:
    """ "El monto del proceso" where the table is of "procesos": one of them is meant, and which is not said."""
    if plan.says("total") or plan.operation != "look_up":
        return False
    said = set(words(plan.view.table.caption)) | {w for c in plan.view.table.columns for p in c.path for w in words(p)}
    tokens = plan.analysis.tokens
    headed = {w for c in plan.view.table.columns if c.role is not Role.NUMBER for p in c.path for w in words(p)}
    if any(
        before.text in ("del", "el", "la")
        and one.text in headed & _RECORDS
        and one.stem not in plan.view.words - plan.view.nouns
        for before, one in pairwise(tokens)
    ):
        return True
    return any(
        before.text in ("del", "el", "la") and one.content and not one.text.endswith("s") and one.text not in said
        and (one.text + "s" in said or one.text + "es" in said or same_things(plan.view, one.stem))
        for before, one in pairwise(tokens)
    )  # fmt: skip


def _month_unsaid(plan: Plan, columns: Sequence[int]) -> bool:
    """ "El saldo del mes" where each month has its row, and no month is named: neither the total nor one of them."""
    tokens = plan.analysis.tokens
    said = any(t.text == "mes" and t.position and tokens[t.position - 1].text in ("del", "el", "al") for t in tokens)
    header = {s for c in columns for s in content_stems(" ".join(plan.view.table.columns[c].path))}
    return said and not plan.analysis.periods and stem("mes") not in header and len(row_periods(plan.view)) > 1


def _told_below(plan: Plan, columns: Sequence[int]) -> tuple[int, ...]:
    """The rows under the one named, when it prints nothing and they do: "Techo…", "a. Asignado", "b. Ejercido"."""
    own, table = plan.row.own, plan.view.table
    if (
        own is None
        or table.rows[own].kind is not RowKind.DATA
        or len(columns) != 1
        or value(table, own, columns[0]) is not None
    ):
        return ()
    under = [r.index for r in table.rows if r.index in descendants(table, own)]
    if not under:  # a heading told as a plain row, its lines lettered after it
        after = takewhile(lambda r: re.match(r"[a-z][.)]\s", r.label.strip()) is not None, table.rows[own + 1 :])
        under = [r.index for r in after]
    return tuple(r for r in under if value(table, r, columns[0]) is not None)


_UNTIL = re.compile(rf"(?<!\S)(?:hasta(?: el)?(?: mes de)?|al? (?:mes de|cierre de)|a)\s+({'|'.join(MONTHS)})\b")


def _until(plan: Plan, columns: Sequence[int]) -> Outcome | None:
    """ "Lo ejecutado hasta julio": what has run up to that month, and never the month alone.

    The running total where the table prints one; the sum of the months from January where all have their row.
    """
    line = " ".join(t.text for t in plan.analysis.tokens)
    match = _UNTIL.search(line)
    ranged = match is not None and re.search(rf"(?:de|desde|entre|{'|'.join(MONTHS)})\s*$", line[: match.start()])
    timed = row_periods(plan.view)
    if match is None or ranged or len(plan.row.rows) != 1 or plan.row.rows[0] not in timed or len(columns) != 1:
        return None
    row, column = plan.row.rows[0], plan.view.table.columns[columns[0]]
    if column.accumulated or is_stock(plan.view, column.index):
        return None
    running = [c.index for c in plan.view.numbers if c.accumulated and c.measure == column.measure]
    if len(running) == 1:
        return Outcome(result=told_amounts(plan, [amount(plan.view, plan.row, running[0])]))
    rows = [r for r, p in timed.items() if p.last <= timed[row].last and p.first == p.last]
    if {timed[r].first for r in rows} != set(range(1, timed[row].last + 1)) or len(rows) != timed[row].last:
        return Outcome(reason="acumulado a esa fecha")
    items = [
        (plan.view, RowMatch(label="", rows=(r,), own=r), column.index, row_name(plan.view.table.rows[r])) for r in rows
    ]
    span = f"{row_name(plan.view.table.rows[rows[0]])} a {row_name(plan.view.table.rows[row])}"
    return Outcome(result=add_up(items, f"{span}: {column_name(column)}"))


def _over_columns(plan: Plan) -> Outcome | None:
    """ "En el primer trimestre" where the months are columns: their sum. None when the months are not that."""
    fits = [f for f in plan.fits if f.note == "span" and f.columns is not None]
    told = _parts_told(plan)
    if told:  # "sume abril y mayo", "entre los tres meses"
        fits = [PeriodFit(columns=told)]
    all_of_them = (
        not plan.fits and plan.says("total") and not plan.mentions
    )  # "el total de reparaciones", no such column
    all_of_them = all_of_them and not told
    if not all_of_them and ((len(plan.fits) != 1 and not told) or len(fits) != 1):
        return None
    if len(plan.rows) > 1 or plan.says("percentage"):
        return None
    if all_of_them and any(c.period is None for c in plan.view.numbers):
        return None
    columns = [
        c for c in plan.view.numbers if (all_of_them or c.index in (fits[0].columns or ())) and not c.accumulated
    ]
    if plan.mentions:
        kinds = [c for c in columns if any(stands_for(m.measure, c, plan.level) == 0 for m in plan.mentions)]
        if not kinds and any(
            stands_for(m.measure, c, plan.level) == 0 for m in plan.mentions for c in plan.view.numbers
        ):
            return None  # "lo vigente de enero a junio", where the months are of what was spent
        columns = kinds or columns
    elif {c.measure for c in columns} == {"programado", "alcanzado"}:
        columns = [c for c in columns if c.measure == "alcanzado"]  # "visitantes en todo 2023": those that came
    one_kind = len({(c.measure, c.unit, c.level) for c in columns}) == 1
    periods = [c.period for c in columns]
    if len(columns) < 2 or not one_kind or len(set(periods)) < len(periods):
        return None
    if any(not summable(plan.view, c.index) or is_stock(plan.view, c.index) for c in columns):
        return None
    if plan.row.whole and meaningless_whole(plan, [c.index for c in columns]):
        return None
    items = [(plan.view, plan.row, c.index, column_name(c)) for c in columns]
    return Outcome(result=add_up(items, subject_of(plan, plan.row)))


def _parts_told(plan: Plan) -> frozenset[int]:
    """The columns of the months that a sum names one by one, or counts ("los tres meses"); nothing otherwise."""
    dated = frozenset(c.index for c in plan.view.numbers if c.period is not None and not c.accumulated)
    if (plan.says("total") or _between_them(plan)) and len(plan.fits) > 1 and all(f.columns for f in plan.fits):
        return frozenset().union(*(f.columns or () for f in plan.fits)) & dated
    spans = [s for s in plan.analysis.stated if s.noun.startswith(("mes", "bimestre", "trimestre", "cuatrimestre"))]
    return dated if spans and not plan.fits and all(s.value == len(dated) for s in spans) else frozenset()


def _unit_text(plan: Plan) -> Outcome:
    """What a row is counted in, as its column says."""
    column = next(
        (c for c in plan.view.table.columns if c.measure == "unidad_medida" and c.role is not Role.NUMBER), None
    )
    if column is None or plan.row.whole or len(plan.row.rows) != 1:
        return Outcome(reason="unidad de medida")
    place = citation(plan.view, plan.row.rows[0], column.index)
    text = phrases.look_up(subject_of(plan, plan.row), column_name(column), place.text or "en blanco")
    return Outcome(result=Result(text=text, figures=(), citations=(place,)))


def _key_text(plan: Plan) -> Outcome | None:
    """ "¿A qué categoría pertenece…?": what a key or text column says of the row, and when it is blank, that it is."""
    noun = row_noun(plan)
    if plan.mentions or plan.row.whole or plan.row.own is None or noun is None or noun[1] is None:
        return None
    column = plan.view.table.columns[noun[1]]
    if column.role not in (Role.KEY, Role.TEXT) or not any(t.text.startswith("pertenec") for t in plan.analysis.tokens):
        return None
    found = cell(plan.view.table, plan.row.own, column.index)
    place = citation(plan.view, plan.row.own, column.index)
    text = phrases.key_text(
        subject_of(plan, plan.row), column_name(column), found.text.strip(), found.inferred, found.candidates
    )
    return Outcome(result=Result(text=text, figures=(), citations=(place,)))


_WHAT_IS = re.compile(
    r"(?<!\S)(?:de que (?:se )?trata|como se (?:llama|denomina)|(?:cual|que) (?:es|nombre (?:tiene|lleva))(?: el nombre (?:de|del))?)(?!\S)"
)


def _named(plan: Plan) -> Outcome | None:
    """ "¿De qué trata el producto 11?": the name that stands beside the code."""
    codes = {i for c in plan.analysis.codes for i in c.tokens}
    line = " ".join(t.text for t in plan.analysis.tokens)
    if plan.mentions or plan.row.own is None or not codes or not _WHAT_IS.search(line):
        return None
    if {
        t.stem for t in plan.analysis.tokens if t.content and t.position not in codes
    } & plan.view.header - plan.view.nouns:
        return None  # a column is asked for
    named = next((c.index for c in plan.view.table.columns if c.role is Role.LABEL), 0)
    place = citation(plan.view, plan.row.own, named)
    return Outcome(
        result=Result(text=f"{row_name(plan.view.table.rows[plan.row.own])}.", figures=(), citations=(place,))
    )


def _listed(plan: Plan) -> Outcome | None:
    """ "¿Cuáles son los productos de la actividad 11-01-000-001?", "obras rescindidas": the rows of the group, by name."""
    asked = any(t.text in ("cuales", "listame", "enumere", "enumerame", "liste") for t in plan.analysis.tokens)
    noun = row_noun(plan) or record_noun(plan)
    if plan.mentions or plan.row.whole or noun is None or plan.says("total"):
        return None
    asked = asked or (rows_by_state(plan) and noun[0].endswith("s")) or _which(plan, noun[0])
    rows = tuple(dict.fromkeys(r for m in plan.rows for r in m.rows))
    if not asked or (len(rows) < 2 and plan.row.own is not None and not rows_by_state(plan)):
        return None
    units = [RowMatch(label="", rows=(r,), own=r) for r in rows]
    if not _asks_column(plan, noun[0]):
        return Outcome(result=count_rows(plan.view, units, noun[0]))
    if plan.analysis.tokens[0].text in _AMOUNT:  # "monto de las obras paralizadas"
        return None
    choices, unsettled = settled_columns(plan)
    return unsettled or Outcome(
        result=breakdown(plan.view, units, Criterion(column=choices[0].columns[0]), None, noun[0])
    )


_AMOUNT = frozenset("monto montos cuanto cuanta valor importe suma precio costo".split())


def _asks_column(plan: Plan, noun: str) -> bool:
    """ "Obras en ejecución y su avance físico": the words of a heading beside those that choose the rows."""
    heads = {s for c in plan.view.numbers for part in c.path for s in content_stems(part)} - plan.view.nouns
    said = [t for t in plan.analysis.tokens if t.content and t.position not in plan.used and t.text != noun]
    return any(t.stem in heads for t in said)


def _which(plan: Plan, noun: str) -> bool:
    """ "¿Qué obras tiene el Consorcio…?": the rows that a column of words gives to somebody or some place."""
    by_column = all(m.entity is not None and m.entity.column >= 0 for m in plan.rows)
    return by_column and any(a.text in ("que", "cuales") and b.text == noun for a, b in pairwise(plan.analysis.tokens))


def _remaining(plan: Plan) -> Outcome | None:
    """What is left to spend where the table prints no balance: the current budget minus what was spent."""
    pair = balance_pair(plan)
    if pair is None or len(plan.rows) > 1:
        return None
    return Outcome(result=remaining(plan.view, plan.row, pair, subject_of(plan, plan.row)))
