"""A header said in full: its words name one column, whatever measure or operation they would name apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.question import Analysis
from index.model import Column
from index.text import STOPWORDS, stems
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
    if (len(inside) < SAID and len(words) <= SAID) or any(s & run and not s <= run for s in senses):
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
    header = stems(column.path[-1]) if column.path else []
    if len(header) < SAID or column.unit in ("%", "ratio"):
        return frozenset()
    said = [t.stem for t in analysis.tokens]
    for start in range(len(said) - len(header) + 1):
        if said[start : start + len(header)] == header:
            return frozenset(range(start, start + len(header)))
    return frozenset()
