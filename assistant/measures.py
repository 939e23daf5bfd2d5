"""Which measures a question asks for, once rows and operation have taken their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from assistant.accounting import MONEY_WORDS
from assistant.balances import BALANCES
from assistant.named_measures import Mention
from assistant.question import Analysis
from index.lexicon import lexicon
from index.model import Level
from index.text import STOPWORDS, stem
from tools.catalogue import TableView, content_stems
from tools.matching import (
    stands_for,
)

_SPENT = frozenset({"ejecutado", "devengado", "pagado"})
_INCOME, _OUTLAY = (frozenset(stem(w) for w in told.split()) for told in ("recursos ingresos recaudacion programacion", "gasto gastos egresos ejecucion ejecutado devengado erogaciones"))  # fmt: skip


def of_another_side(view: TableView, mention: Mention) -> bool:
    """ "El gasto de junio" beside a table titled "Programación mensual de los recursos": none of its months is that."""
    title = view.title
    return mention.measure in _SPENT and bool(title & _INCOME) and not title & _OUTLAY


def served_mentions(
    view: TableView, analysis: Analysis, mentions: tuple[Mention, ...], context: frozenset[int]
) -> tuple[Mention, ...]:
    """Without the measures that no column holds and that only repeat what the table is about ("gasto en obras")."""
    sheet = _sheet_words(view, analysis)
    numbered = frozenset(i for c in analysis.codes for i in c.tokens if analysis.tokens[i].stem in view.nouns)
    kept = tuple(
        m
        for m in mentions
        if not m.tokens <= sheet | numbered  # "resultado 1.4": the row of that number, and nothing that was reached
        if m.measure in ("unidad_medida", *BALANCES)
        or not m.tokens <= context
        or of_another_side(view, m)
        or any(stands_for(m.measure, c, None) is not None for c in view.numbers)
    )
    if not any(stands_for("ejecutado", c, None) is not None and c.level is not Level.PHYSICAL for c in view.numbers):
        kept = tuple(  # "con cuánta plata cuenta": what it has, where nothing is spent
            replace(m, measure="presupuesto")
            if m.measure == "ejecutado" and {analysis.tokens[i].text for i in m.tokens} <= MONEY_WORDS
            else m
            for m in kept
        )
    kinds = [m for m in kept if {analysis.tokens[i].stem for i in m.tokens} <= view.nouns]
    if len(kinds) < len(kept):  # "las 3 metas con más devengado": metas are what the rows are
        kept = tuple(m for m in kept if m not in kinds)
    others = [m for m in kept if m.measure not in ("ejecutado", "presupuesto")]
    if others:  # "objeto del gasto con mayor saldo": the noun names the table
        kept = tuple(
            m
            for m in kept
            if m.measure != "ejecutado"
            or not m.tokens <= context
            or _is_verb(analysis, m)
            or any(_listed(analysis, m, o) for o in others)
        )
    return kept


def changed_budget(view: TableView, name: str, mentions: tuple[Mention, ...]) -> tuple[str, tuple[Mention, ...]]:
    """ "¿Cuánto le recortaron?" where no column prints the change: what is in force against what was approved.

    The operation and the measures to carry it out with; as they are where the table prints the change or lacks either.
    """
    kinds = {c.measure for c in view.numbers}
    told = [m for m in mentions if m.measure == "modificacion"]
    others = {m.measure for m in mentions} - {"modificacion"}
    if not told or "modificacion" in kinds or name not in ("look_up", "difference"):
        return name, mentions
    if not {"asignado", "vigente"} <= kinds or not others <= {"asignado", "vigente", "presupuesto"}:
        return name, mentions
    return "difference", tuple(replace(told[0], measure=measure) for measure in ("asignado", "vigente"))


def _sheet_words(view: TableView, analysis: Analysis) -> frozenset[int]:
    """The words that name a sheet ("la hoja Gastos EMAEE", "el archivo de gastos EMAEE"): they are no measure."""
    name = list(content_stems(view.table.sheet or ""))
    found: set[int] = set()
    for token in analysis.tokens:
        if token.text in ("hoja", "pestana"):
            rest = analysis.tokens[token.position + 1 :]
            found |= {t.position for t in takewhile(lambda t: t.stem in name or t.text in STOPWORDS, rest)}
    told = [t for t in analysis.tokens if t.text not in STOPWORDS]
    for start in range(len(told) - len(name) + 1 if len(name) > 1 else 0):
        run = told[start : start + len(name)]
        found |= {t.position for t in run} if [t.stem for t in run] == name else set()
    return frozenset(found)


def asked_mentions(
    analysis: Analysis, absorbed: frozenset[int], name: str, op_used: frozenset[int]
) -> tuple[Mention, ...]:
    """The measures that remain to be looked for in the columns."""
    kept = [m for m in analysis.mentions if not m.tokens <= absorbed or _spends(analysis, m)]
    if name in ("list", "count", "difference") and len(kept) > 1:  # "la ejecución quedó por debajo de 3 millones"
        kept = [m for m in kept if not all(analysis.tokens[i].text.startswith("qued") for i in m.tokens)]
    if any(
        m.measure == "presupuesto" for m in kept
    ):  # "cuánta plata de presupuesto tiene": the budget, not what was spent
        kept = [m for m in kept if not {analysis.tokens[i].text for i in m.tokens} <= MONEY_WORDS]
    specific = [m for m in kept if m.measure not in ("presupuesto", "diferencia", "porcentaje", "unidad_medida")]
    if any(lexicon().measures[m.measure].level is Level.FINANCIAL for m in specific):
        kept = [m for m in kept if m.measure != "presupuesto"]
    others = [m for m in specific if m.measure != "ejecutado"]
    if others:  # "gasto devengado", "ejecución pagada": the noun only says what kind of thing was paid
        kept = [m for m in kept if m.measure != "ejecutado" or not _noun_beside(analysis, m, others)]
    if name in ("look_up", "total") and len(kept) > 1:
        kept = _without_its_base(analysis, kept)
    if name == "difference" and "missed" in analysis.conditions and len(kept) > 1:  # "quedó corto frente a la meta"
        kept = [m for m in kept if not all(analysis.tokens[i].text.startswith("qued") for i in m.tokens)]
    if name in ("compare", "difference") and sum(m.measure != "modificacion" for m in kept) > 1:
        kept = [m for m in kept if m.measure != "modificacion"]
    tested = frozenset(i for s in analysis.conditions.values() for i in s)
    if name == "rank" and len(kept) > 1:  # "quedó en tercer lugar", "quedó peor en devengado" name no balance
        kept = [m for m in kept if not all(analysis.tokens[i].text.startswith("qued") for i in m.tokens)]
    if name in ("rank", "list", "count"):  # "quedaron en cero": the condition itself
        kept = [m for m in kept if not m.tokens <= tested & op_used and not _verb_of_order(analysis, m, op_used)]
    if name == "percentage":  # "cumplimiento", "avance": the percentage itself, not a column to look for
        cue = analysis.cues.get("percentage", frozenset())
        kept = [m for m in kept if not m.tokens <= cue]
        kept = [m for m in kept if not (m.measure == "alcanzado" and min(m.tokens) - 1 in cue)]  # "grado alcanzado"
    if name == "compare" and len(kept) == 1:
        return tuple(kept)  # "compare la diferencia de mayo y junio": the printed column
    if name in ("percentage", "difference", "share", "growth", "average", "rank", "list", "count", "compare", "audit"):
        dropped = ("porcentaje",) if name in ("share", "average") else ("porcentaje", "diferencia")
        kept = [m for m in kept if m.measure not in dropped]
    return tuple(kept)


def _verb_of_order(analysis: Analysis, mention: Mention, op_used: frozenset[int]) -> bool:
    """ "quedó más lejos" names no balance."""
    return mention.tokens <= op_used and all(analysis.tokens[i].text.startswith("qued") for i in mention.tokens)


def _is_verb(analysis: Analysis, mention: Mention) -> bool:
    """Whether a measure is said by a verb: "se gastó", "gastaron"; typed without its accent it needs its "se"."""
    first = analysis.tokens[min(mention.tokens)]
    before = analysis.tokens[first.position - 1].text if first.position else ""
    after = analysis.tokens[max(mention.tokens) + 1 : max(mention.tokens) + 2]
    if before == "cuanto" and after and after[0].text in ("de", "del"):
        return True  # "cuanto gasto del presupuesto"
    return before in ("se", "ha", "han", "habia", "habian") or analysis.text[first.start : first.end].endswith(
        ("ó", "aron", "ieron")
    )


def _spends(analysis: Analysis, mention: Mention) -> bool:
    """ "Se gastó" beside a row called "Gastos de inversión": the verb is no part of its name."""
    return _is_verb(analysis, mention) and all(analysis.tokens[i].text.startswith("gast") for i in mention.tokens)


_BASES = frozenset({"vigente", "asignado", "presupuesto", "solicitado"})


def _without_its_base(analysis: Analysis, kept: list[Mention]) -> list[Mention]:
    """ "¿Cuánto se ejecutó de la cuota asignada?": what was done is asked for, and not what it is taken out of."""
    for done in kept:
        after = max(done.tokens) + 1
        link = [t.text for t in analysis.tokens[after : after + 2]]
        if done.measure in _BASES or link[:1] not in (["de"], ["del"]) or not _is_verb(analysis, done):
            continue
        start = after + 1 + (link[1:] in (["lo"], ["la"], ["el"], ["los"], ["las"], ["su"]))
        base = [m for m in kept if m.measure in _BASES and min(m.tokens) == start]
        return [m for m in kept if m not in base]
    return kept


def base_words(view: TableView, analysis: Analysis, mentions: Sequence[Mention]) -> frozenset[int]:
    """The words of a budget that something was spent of, where the table tells it: "se gastó del presupuesto vigente"."""
    left = [m for m in analysis.mentions if m not in _without_its_base(analysis, list(analysis.mentions))]
    told = [m for m in left if any(stands_for(m.measure, c, None) is not None for c in view.numbers)]
    return frozenset(i for m in told if m not in mentions for i in m.tokens)


def _noun_beside(analysis: Analysis, mention: Mention, others: Sequence[Mention]) -> bool:
    if _is_verb(analysis, mention):
        return False  # "¿cuánto se gastó del presupuesto vigente?"
    words = {analysis.tokens[i].text for i in mention.tokens}
    near = any(
        min(abs(a - b) for a in mention.tokens for b in o.tokens) <= 2 and not _listed(analysis, mention, o)
        for o in others
    )
    if words & MONEY_WORDS:
        return True
    return near and bool(words & {"gasto", "gastos", "egresos", "ejecucion"})


def _listed(analysis: Analysis, one: Mention, other: Mention) -> bool:
    """ "gasto e ingreso recaudado": two things, and not one told twice."""
    first, last = sorted((one.tokens, other.tokens), key=min)
    between = analysis.tokens[max(first) + 1 : min(last)]
    ordered = any(
        t.position in used for t in between for used in analysis.orders.values()
    )  # "de gasto con mayor saldo"
    return any(t.text in ("y", "e", "o", "contra", "menos") or (t.text == "con" and not ordered) for t in between)
