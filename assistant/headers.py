"""A header said in full: its words name one column, whatever measure or operation they would name apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from assistant.question import Analysis
from index.model import Column
from index.text import STOPWORDS, fold, stems
from tools.catalogue import TableView

NOUNS = ("presupuesto", "ejecutado")  # "crédito aprobado", "gasto devengado": the noun is no measure apart
SAID = 2  # measures, operations and conditions that the words of a header must name apart to be taken whole


def header_said(view: TableView, analysis: Analysis) -> tuple[Analysis, int | None, frozenset[int]]:
    """The question without what a header said in full would mean apart, the column, and the words of the header.

    "Devengado no pagado" is one column of its table and neither a devengado nor a condition. Unchanged when no
    header stands in the question letter by letter, when two do, or when it is short and names but one thing anyway.
    """
    found = {c.index: run for c in view.numbers if (run := _run(c, analysis))}
    longest = max((len(run) for run in found.values()), default=0)
    best = {index: run for index, run in found.items() if len(run) == longest}
    if len(best) != 1:
        return analysis, None, frozenset()
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
        return analysis, None, frozenset()
    kept = replace(
        analysis,
        mentions=tuple(m for m in analysis.mentions if not m.tokens <= run),
        cues=_outside(analysis.cues, run),
        conditions=_outside(analysis.conditions, run),
    )
    return kept, column, run


def _outside(named: Mapping[str, frozenset[int]], run: frozenset[int]) -> dict[str, frozenset[int]]:
    return {name: used - run for name, used in named.items() if used - run}


def _run(column: Column, analysis: Analysis) -> frozenset[int]:
    """Where the last heading of a column stands in the question, word by word; empty when it does not."""
    header = stems(re.sub(r"\([^)]*\)", " ", column.path[-1])) if column.path else []  # "(días)" goes unsaid
    header = [header[0], *("por" if h == "x" else h for h in header[1:])] if header else []  # "Saldo x Devengar"
    if column.unit in ("%", "ratio"):
        return frozenset()
    if len(header) < SAID:
        return _letter(column, analysis)
    said = [t.stem for t in analysis.tokens]
    for start in range(len(said) - len(header) + 1):
        if said[start : start + len(header)] == header:
            return frozenset(range(start, start + len(header)))
    return frozenset()


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
