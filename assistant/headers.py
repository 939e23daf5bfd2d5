"""A header said in full: its words name one column, whatever measure or operation they would name apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.plan import Plan
from assistant.question import Analysis
from assistant.titles import titled_words
from index.model import Column
from index.once import once
from index.text import STOPWORDS, fold, remembered, stems
from tools.catalogue import TableView, content_stems

NOUNS = ("presupuesto", "ejecutado")  # "crédito aprobado", "gasto devengado": the noun is no measure apart
SAID = 2  # measures, operations and conditions that the words of a header must name apart to be taken whole


def header_said(view: TableView, analysis: Analysis) -> tuple[Analysis, int | None, frozenset[int]]:
    """The question without what a header said in full would mean apart, the column, and the words of the header.

    "Devengado no pagado" is one column of its table and neither a devengado nor a condition. Unchanged when no
    header stands in the question letter by letter, when two do, or when it is short and names but one thing anyway.
    """
    analysis, groups = _without_groups(view, analysis)
    found = {c.index: run for c in view.numbers if (run := _run(c, analysis))}
    longest = max((len(run) for run in found.values()), default=0)
    best = {index: run for index, run in found.items() if len(run) == longest}
    if len(best) != 1:
        return analysis, None, groups
    ((column, run),) = best.items()
    senses = [m.tokens for m in analysis.mentions if m.measure not in NOUNS]
    senses += [
        used & analysis.content or used for cues in (analysis.cues, analysis.conditions) for used in cues.values()
    ]
    inside = [s for s in senses if s and s <= run]
    words = [i for i in run if analysis.tokens[i].text not in STOPWORDS]
    lettered = len(fold(view.table.columns[column].path[-1])) == 1
    known = view.table.columns[column].measure is not None  # else only its own words call it: "costo anual"
    if (len(inside) < SAID and len(words) <= SAID and not lettered and known) or any(
        s & run and not s <= run for s in senses
    ):
        return analysis, None, groups
    kept = replace(
        analysis,
        mentions=tuple(m for m in analysis.mentions if not m.tokens <= run),
        cues=_outside(analysis.cues, run),
        conditions=_outside(analysis.conditions, run),
    )
    return kept, column, run | groups


def _without_groups(view: TableView, analysis: Analysis) -> tuple[Analysis, frozenset[int]]:
    """ "El devengado de avance financiero": the group over the column of a measure, and neither a percentage nor a measure.

    The question without what the words of such groups would mean apart, and those words.
    """
    tokens = analysis.tokens
    said = [t.stem for t in tokens]
    ends = {max(m.tokens) for m in analysis.mentions if m.measure != "porcentaje"}
    groups = _groups(view)
    found: set[int] = set()
    for end in ends:
        start = end + 2
        if end + 1 < len(tokens) and tokens[end + 1].text in ("de", "del"):
            runs = [g for g in groups if g and tuple(said[start : start + len(g)]) == g]
            found |= set(range(start, start + max(map(len, runs), default=0)))
    if not found:
        return analysis, frozenset()
    kept = replace(
        analysis,
        mentions=tuple(m for m in analysis.mentions if not m.tokens <= found),
        cues=_outside(analysis.cues, frozenset(found)),
        conditions=_outside(analysis.conditions, frozenset(found)),
    )
    return kept, frozenset(found)


@once
def _groups(view: TableView) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(stems(c.path[-2])) for c in view.numbers if len(c.path) > 1)


def _outside(named: Mapping[str, frozenset[int]], run: frozenset[int]) -> dict[str, frozenset[int]]:
    return {name: used - run for name, used in named.items() if used - run}


def _run(column: Column, analysis: Analysis) -> frozenset[int]:
    """Where the last heading of a column stands in the question, word by word; empty when it does not."""
    header = _spoken(column.path[-1]) if column.path else ()
    if column.unit in ("%", "ratio"):
        return frozenset()
    if len(header) < SAID:
        return _letter(column, analysis)
    said = tuple(t.stem for t in analysis.tokens)
    for start in range(len(said) - len(header) + 1):
        if said[start : start + len(header)] == header:
            return frozenset(range(start, start + len(header)))
    return frozenset()


@remembered
def _spoken(heading: str) -> tuple[str, ...]:
    """The stems of a heading as it is said: "(días)" goes unsaid, "Saldo x Devengar" is "por devengar"."""
    header = stems(re.sub(r"\([^)]*\)", " ", heading))
    return (*header[:1], *("por" if h == "x" else h for h in header[1:]))


def _letter(column: Column, analysis: Analysis) -> frozenset[int]:
    """Where "P del trimestre IV" or "trimestre IV, P" stands, for a column headed by one letter under a group."""
    letter = fold(column.path[-1]) if len(column.path) > 1 else ""
    if len(letter) != 1 or not letter.isalpha():
        return frozenset()
    group = stems(column.path[-2])
    said = [t.stem for t in analysis.tokens]
    texts = [t.text for t in analysis.tokens]
    for start in range(len(said) - len(group) + 1):
        end = start + len(group)
        if not group or said[start:end] != group:
            continue
        if texts[end : end + 1] == [letter] and (letter not in STOPWORDS or end + 1 == len(texts)):
            return frozenset(range(start, end + 1))
        before = [i for i in range(max(0, start - 3), start) if texts[i] == letter]
        if before and all(t in ("de", "del", "el", "la") for t in texts[before[-1] + 1 : start]):
            return frozenset(range(before[-1], end))
    return frozenset()


def headers_beside(
    view: TableView, analysis: Analysis, apart: frozenset[int], chosen: Sequence[int]
) -> tuple[int, ...]:
    """ "Cupo y atendidos del centro": columns that only their header calls, beside those of the measures named.

    apart: words taken by rows and measures. A column counts when its header begins with a word of the question that no
    chosen header holds, and says no more than the question does before its brackets.
    """
    said = {t.stem for t in analysis.tokens if t.content and t.position not in apart}
    taken = {s for c in chosen for s in _heading(view.table.columns[c])}
    found = []
    for column in view.numbers:
        heading = _heading(column)
        fits = heading and heading[0] in said - taken and set(heading) <= said and column.unit not in ("%", "ratio")
        if fits and column.index not in chosen and column.measure is None:
            found.append(column.index)
    return tuple(found)


def _heading(column: Column) -> tuple[str, ...]:
    return content_stems(re.sub(r"\([^)]*\)", " ", column.path[-1])) if column.path else ()


@once
def institution_words(plan: Plan) -> frozenset[int]:
    """The words of the institution named whole: "Instituto Nacional de Refugios" asks for no "visitantes nacionales"."""
    name = content_stems(plan.view.document.institution or "")
    told = [t for t in plan.analysis.tokens if t.text not in STOPWORDS]
    starts = range(len(told) - len(name) + 1) if len(name) > 1 else range(0)
    runs = (told[i : i + len(name)] for i in starts)
    return frozenset(t.position for run in runs if tuple(t.stem for t in run) == name for t in run)


@once
def _said_of_headers(plan: Plan) -> tuple[str, ...]:
    """Stems of the words of a question that may name a header: those that rows, titles and names do not take."""
    total = plan.analysis.cues.get("total", frozenset()) if plan.operation == "share" else frozenset()
    if sum(t.text == "total" for t in plan.analysis.tokens) > 1:  # "del total de total de visitantes": base and header
        total = frozenset()
    apart = plan.used | total | institution_words(plan)  # "en el total de visitantes nacionales": the base
    apart |= titled_words(plan.view, plan.analysis)  # "en el cuadro de ferias y mercados rurales" names no column of it
    if (
        plan.row.entity is not None and plan.operation != "share"
    ):  # "el total de desagües": the column, not the row above
        stems_ = plan.row.entity.stems
        apart -= {i for i in plan.analysis.cues.get("total", ()) if plan.analysis.tokens[i].stem not in stems_}
    return tuple(t.stem for t in plan.analysis.tokens if t.text not in STOPWORDS and t.position not in apart)


def header_fit(plan: Plan, column: Column) -> tuple[int, int, int]:
    """How a question names a header: whole or not, its longest run of neighbouring words, words in all."""
    said = _said_of_headers(plan)
    parts = [content_stems(p) for p in column.path]
    header = [s for part in parts for s in part]
    met = set(header) & set(said)
    if not met:
        return (0, 0, 0)
    whole = any(
        part and any(said[i : i + len(part)] == part for i in range(len(said) - len(part) + 1)) for part in parts
    )
    run = max(
        (
            size
            for start in range(len(header))
            for size in range(1, len(header) - start + 1)
            if any(said[i : i + size] == tuple(header[start : start + size]) for i in range(len(said) - size + 1))
        ),
        default=0,
    )
    return (int(whole), run, len(met))
