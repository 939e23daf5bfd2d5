"""What a question says that no operation carries out: exceptions, rates, comparisons row by row, "in which quarter".

Every word may be known and the answer still be to another question: "sin contar la administración" holds the name of
a row. The words that say such a thing count as unexplained, so that the answer is a refusal and no wrong figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.accounting import is_kind, is_row_noun
from assistant.changes import rows_asked
from assistant.column_gap import columns_compared
from assistant.per_unit import unit_words
from assistant.question import Analysis
from index.model import RowKind
from index.once import once
from index.text import STOPWORDS, stem, words
from tools.catalogue import TableView
from tools.matching import RowMatch
from tools.table_periods import row_periods

_EXCEPT = re.compile(
    r"(?<!\S)(?:sin (?:contar|incluir|considerar|sumar|tomar en cuenta)(?: (?:con|a))?|excepto|salvo|except\w+|exclu(?:yendo|id[oa]s?)"
    r"|descontando|quitando|restando|omitiendo|a excepcion de|con excepcion de|aparte de|fuera de|(?:que )?no (?:sean?|son|es|eran?|fueron|fuera)"
    r"|pero no|menos(?= (?:el|la|los|las) [a-z]))(?!\S)"
)
_BARE = re.compile(r"(?<!\S)(?<! o )(?:sin|no)(?!\S)")
_RATE = re.compile(
    r"(?<!\S)(?:por|cada|de cada|por cada) (?:un |una |1 )?(?P<noun>habitantes?|personas?|visitantes?|beneficiari[oa]s?|alumn[oa]s?|estudiantes?|"
    r"medic[oa]s?|docentes?|emplead[oa]s?|funcionari[oa]s?|adult[oa]s?|ninos?|hogar(?:es)?|familias?|viviendas?|pacientes?|"
    r"cama|camas|metro|metros|kilometros?|km|hectareas?|unidad|cabeza|evento|becas?|taller|reunion|vacuna|dosis|consulta|"
    r"ciudadan[oa]s?|usuari[oa]s?|poblador|pobladores|arbol|inspeccion|expediente|caso)(?!\S)|(?<!\S)(?:per capita|unitari[oa]s?)(?!\S)"
)
_CADA = re.compile(
    r"(?<!\S)cada (?!un[oa]\b|cual\b|mes\b|ano\b|programa\b|actividad\b|producto\b|trimestre\b|cuatrimestre\b|semestre\b)[a-z]{4,}"
)
_THAN = re.compile(
    r"(?<!\S)(?:mas|menos|mayor(?:es)?|menor(?:es)?|superior(?:es)?|inferior(?:es)?)(?: (?!que |mes |ano |trimestre )[a-z0-9%]+){0,3}?"
    r" (?:que|a|de lo que|de lo|de(?= (?:la|el|las|los) ))(?: (?:el|la|los|las|lo|al))? (?P<other>[a-z]{4,})"
)
_THAN_THEN = re.compile(r"(?<!\S)(?:mas|menos|mayor|menor) que (?:en|durante|el ano)(?!\S)")
_SPAN = re.compile(
    r"(?:en |durante )?(?:que|cual|cuales|cuantos|cuantas)(?: fue(?:ron)?)?(?: el| los)? (?P<span>mes|meses|trimestres?|cuatrimestres?|semestres?|bimestres?|anos?)(?!\S)"
)


_IN_WHICH = re.compile(  # "¿en qué portal se publica?": a name is asked for, and the word of a label gives none
    r"(?:y )?(?:en|con|para|sobre|bajo|mediante|desde|ante) (?:que|cual|cuales) (?P<noun>(?!monto|cantidad|valor|porcentaje|proporcion|medida|suma)[a-z]{4,})"
)
_SIZES = {"mes": 1, "bimestre": 2, "trimestre": 3, "cuatrimestre": 4, "semestre": 6, "ano": 12}


def beyond(
    view: TableView, analysis: Analysis, rows: Sequence[RowMatch], used: frozenset[int], name: str
) -> frozenset[int]:
    """Positions of the words that ask for what the operation does not do. used: words that the rows account for."""
    line, starts = _line(analysis)
    selects = name in ("list", "count", "rank", "periods", "difference", "audit")
    taken = _told(analysis, conditions=selects) | _in_label(view, analysis, rows, used)
    found: set[int] = set()
    shared_out = unit_words(view, analysis)
    for positions in _limits_said(analysis):
        if positions & shared_out and name in ("average", "look_up", "total", "rank"):
            continue
        if not positions & taken:
            found |= positions
    if name in ("rank", "growth", "look_up", "total") and not _compares(analysis):
        found |= _than(view, analysis, line, starts, used) - _told(analysis, orders=False)
        found -= columns_compared(view, analysis)[1]
        if name == "growth":
            found |= _which_rows(view, analysis) - rows_asked(view, analysis)
    found |= _yearly(view, analysis, rows) | _another_at_zero(analysis)
    if name == "look_up" and not all(m.whole for m in rows):
        asked = _IN_WHICH.match(line)
        found |= (_positions(asked.start("noun"), asked.end("noun"), starts) if asked else frozenset()) & used
    timed = row_periods(view)
    if name in ("rank", "list", "count"):
        found |= _no_period(view, analysis)
    months = {p.last - p.first + 1 for p in timed.values()}
    for match in _SPAN.finditer(line) if name not in ("count", "periods") else ():
        size = next((n for word, n in _SIZES.items() if match["span"].startswith(word)), 0)
        if not timed or size not in months:  # "¿en qué trimestre…?" where rows are months
            found |= _positions(match.start("span"), match.end("span"), starts)
    return frozenset(found)


@once
def _limits_said(analysis: Analysis) -> tuple[frozenset[int], ...]:
    """Exceptions, negations and rates; "por habitantes" in the plural asks for each of them, and for no rate."""
    line, starts = _line(analysis)
    found = [(pattern, m) for pattern in (_EXCEPT, _BARE, _RATE, _CADA) for m in pattern.finditer(line)]
    return tuple(
        _positions(m.start(), m.end(), starts)
        for pattern, m in found
        if not (pattern is _RATE and m.group().startswith("por ") and m.group().endswith("s"))
    )


_DONE = frozenset({"alcanzado", "ejecutado", "devengado", "pagado", "recaudado", "comprometido"})


def _another_at_zero(analysis: Analysis) -> frozenset[int]:
    """ "Subejercicio en cero": nothing left of that is not nothing done."""
    used = analysis.conditions.get("none_done", frozenset())
    if not used or not any(analysis.tokens[i].text in ("cero", "ceros", "0") for i in used):
        return frozenset()
    before = min(used) - 1
    return frozenset(i for m in analysis.mentions if m.measure not in _DONE and before in m.tokens for i in m.tokens)


def _yearly(view: TableView, analysis: Analysis, rows: Sequence[RowMatch]) -> frozenset[int]:
    """ "La meta anual" of a report of one month that prints no annual goal: January's is not the year's."""
    asked = frozenset(t.position for t in analysis.tokens if t.text in ("anual", "anuales"))
    if not asked:
        return asked
    period = view.table.period or view.document.period
    spans = [(c.period.first, c.period.last) if c.period else None for c in view.numbers]
    whole = (period is None or (period.first, period.last) == (1, 12)) and None in spans
    spanned = (1, 12) in spans
    labels = [view.table.rows[r].label for m in rows if not m.whole for r in m.rows]
    printed = {w for t in (*labels, view.table.caption, *(p for c in view.numbers for p in c.path)) for w in words(t)}
    return frozenset() if whole or spanned or printed & {"anual", "anuales", "ano"} else asked


def only_figures(analysis: Analysis) -> bool:
    """Whether no sentence of a report answers: an order among rows, a limit, an exception or a rate is asked for."""
    line, _ = _line(analysis)
    spans = _SPAN.search(line) or re.match(r"(?:mes|trimestre|cuatrimestre|ano) (?:con|de|en)\b", line)
    ranked = bool(analysis.orders) and bool(analysis.mentions or spans or analysis.has("count_only"))
    return ranked or bool(analysis.thresholds) or bool(_RATE.search(line))


def takes_away(analysis: Analysis) -> bool:
    """Whether something is left out in so many words ("sin contar", "que no sean"): a passage on it is no answer."""
    line, _ = _line(analysis)
    found = _EXCEPT.search(line)
    return found is not None and not found.group().startswith(("no ", "pero", "menos", "fuera", "aparte"))


def ranks(analysis: Analysis, text: str) -> bool:
    """Whether a passage says the very order asked for ("el incendio más grande")."""
    said = {stem(w) for w in words(text)}
    measured = {i for m in analysis.mentions for i in m.tokens}  # "gastó más": spending is no order
    told = [analysis.tokens[i] for used in analysis.orders.values() for i in used - measured]
    order = {t.stem for t in told if t.content and t.text not in ("mas", "menos")}  # "por lo menos 44" ranks nothing
    return bool(order) and order <= said


def excepts(analysis: Analysis) -> int | None:
    """Where the words of an exception begin, when the question makes one."""
    line, starts = _line(analysis)
    match = _EXCEPT.search(line)
    return None if match is None else min(_positions(match.start(), match.end(), starts))


def exception_end(analysis: Analysis) -> int:
    """The position after the words that make the exception."""
    line, starts = _line(analysis)
    match = _EXCEPT.search(line)
    return 0 if match is None else max(_positions(match.start(), match.end(), starts)) + 1


@once
def _line(analysis: Analysis) -> tuple[str, list[int]]:
    starts, place = [], 0
    for token in analysis.tokens:
        starts.append(place)
        place += len(token.text) + 1
    return " ".join(t.text for t in analysis.tokens), starts


def _positions(start: int, end: int, starts: Sequence[int]) -> frozenset[int]:
    return frozenset(i for i, at in enumerate(starts) if start <= at < end)


def _which_rows(view: TableView, analysis: Analysis) -> frozenset[int]:
    """ "¿Qué territorios crecieron?": the change of each row is asked for, and not that of the total."""
    return frozenset(
        t.position
        for t in analysis.tokens[1:]
        if analysis.tokens[t.position - 1].text in ("que", "cual", "cuales")
        and t.content
        and (t.stem in view.nouns or t.text.endswith("s") or t.stem in _GROUP)
    )


def _no_period(view: TableView, analysis: Analysis) -> frozenset[int]:
    """ "¿Qué partida devengó menos?" of a table whose rows are months: no month is a partida."""
    timed = row_periods(view)
    items = [row.index for row in view.table.rows if row.kind is RowKind.DATA]
    if not timed or any(i not in timed for i in items):
        return frozenset()
    return frozenset(
        t.position
        for t in analysis.tokens
        if (t.stem in _GROUP or is_kind(t.stem) or is_row_noun(t.stem)) and _which(analysis, t.position)
    )


def _which(analysis: Analysis, position: int) -> bool:
    """Whether a word is what is asked for: "qué partida", "cuál de las partidas"."""
    before = [t.text for t in analysis.tokens[max(0, position - 3) : position]]
    return bool(before) and (
        before[-1] in ("que", "cual", "cuales", "cuantos", "cuantas")
        or (before[0] in ("cual", "cuales") and "de" in before)
    )


_GROUP = frozenset(
    stem(w) for w in "grupo territorio sector rubro area servicio direccion unidad programa partida capitulo".split()
)


def _told(analysis: Analysis, *, orders: bool = True, conditions: bool = True) -> frozenset[int]:
    """Words that a condition, a measure or an operation holds: "no alcanzaron la meta", "sin ejecutar"."""
    groups = [*(analysis.conditions.values() if conditions else ()), *(t.tokens for t in analysis.thresholds)]
    groups += [used for cue, used in analysis.cues.items() if cue not in ("list_only", "count_only")]
    groups += [m.tokens for m in analysis.mentions]
    found = frozenset(i for g in groups for i in g)
    return found | (frozenset(i for s in analysis.orders.values() for i in s) if orders else frozenset())


def _in_label(view: TableView, analysis: Analysis, rows: Sequence[RowMatch], used: frozenset[int]) -> frozenset[int]:
    """ "Servicios no personales", "sin recetas": words that stand in the labels or headers next to others of them."""
    found: set[int] = {i for i in used if analysis.tokens[i].text in ("no", "sin")}
    small = [(a, b) for a, b in pairwise(analysis.tokens) if a.text in ("no", "sin", "por", "cada", "fuera")]
    if not small:
        return frozenset(found)
    texts = [view.table.rows[r].label for m in rows if not m.whole for r in m.rows]
    texts += [part for c in view.numbers for part in c.path]
    texts += [view.table.caption]
    lines = [f" {' '.join(words(t))} " for t in texts]
    for token, after in small:
        if any(f" {token.text} {after.text} " in line for line in lines):
            found |= {token.position, after.position}
    return frozenset(found)


def _compares(analysis: Analysis) -> bool:
    return bool({"greater", "less", "exceeded", "missed"} & analysis.conditions.keys())


def _than(
    view: TableView, analysis: Analysis, line: str, starts: Sequence[int], used: frozenset[int]
) -> frozenset[int]:
    """ "Más extranjeros que nacionales": the second thing is another column or measure, and not who has more."""
    header = {stem(w) for c in view.numbers for part in c.path for w in words(part) if w not in STOPWORDS}
    measured = {i for m in analysis.mentions for i in m.tokens}
    found: set[int] = set()
    for match in _THAN_THEN.finditer(line):
        found |= _positions(match.start(), match.end(), starts)
    for match in _THAN.finditer(line):
        positions = _positions(match.start("other"), match.end("other"), starts)
        other = stem(match["other"])
        row = bool(positions & used) and " que" in match.group()  # "más que alquileres": another row
        if row or other in header or positions & measured:
            found |= positions
    return frozenset(found)
