"""What a table tells of a row in words: who builds it, where, in which state, when it is due.

The wordings are data (data/attributes.toml).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.numerals import covered
from assistant.outcome import MANY, Candidate, Outcome, subject_of
from assistant.plan import Plan
from assistant.question import Analysis
from index.model import Column, Role
from index.text import words
from tools import phrases
from tools.access import citation, column_name, data_rows, row_name
from tools.catalogue import TableView, content_stems
from tools.model import Result


@dataclass(frozen=True, kw_only=True, slots=True)
class Attribute:
    """headers: words of the headers that hold it, one number or the other. ask: how people ask for it."""

    headers: frozenset[str]
    ask: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _attributes() -> tuple[Attribute, ...]:
    raw = tomllib.loads(files("assistant").joinpath("data/attributes.toml").read_text("utf-8"))
    return tuple(
        Attribute(
            headers=frozenset(w + end for w in item["headers"] for end in ("", "s", "es")),
            ask=tuple(re.compile(rf"(?<!\S)(?:{p})(?!\S)") for p in item["ask"]),
        )
        for item in raw["attribute"]
    )


_FIGURES = frozenset("monto montos cuanto cuanta cuantos cuantas valor importe precio costo porcentaje".split())


def asked_attributes(
    view: TableView, analysis: Analysis, apart: frozenset[int]
) -> tuple[tuple[int, ...], frozenset[int]]:
    """The columns of words that the question asks for, and the words that ask. apart: words that name rows."""
    line, starts, place = " ".join(t.text for t in analysis.tokens), [], 0
    for token in analysis.tokens:
        starts.append(place)
        place += len(token.text) + 1
    best: tuple[tuple[int, ...], frozenset[int]] = ((), frozenset())
    if any(t.text in _FIGURES for t in analysis.tokens):
        return best  # "el monto del contrato de…": a figure, whatever else it names
    for attribute in _attributes():
        columns = [c for c in view.table.columns if _holds(c, attribute)]
        if not columns:
            continue
        for pattern in attribute.ask:
            for match in pattern.finditer(line):
                used = covered(match, starts) - apart
                if (
                    used
                    and not (covered(match, starts) & analysis.content) <= apart - used
                    and len(used) > len(best[1])
                ) or (used and not covered(match, starts) & analysis.content and len(used) > len(best[1])):
                    best = (_narrowed(columns, analysis), used)
    return best


def _holds(column: Column, attribute: Attribute) -> bool:
    return column.role in (Role.TEXT, Role.KEY) and bool(attribute.headers & set(words(" ".join(column.path))))


def _narrowed(columns: list[Column], analysis: Analysis) -> tuple[int, ...]:
    """Of several dates or places, the ones whose header the question says best."""
    said = {t.stem for t in analysis.tokens}
    fits = [len(said & set(content_stems(" ".join(c.path)))) for c in columns]
    return tuple(c.index for c, fit in zip(columns, fits, strict=True) if fit == max(fits))


def run_attributes(plan: Plan) -> Outcome:
    """What those columns print of the rows asked about; the question back where no row was named."""
    rows = [r for m in plan.rows for r in m.rows]
    if plan.row.whole:
        told = [(r, plan.attributes[0]) for r in data_rows(plan.view.table)]
        places = [citation(plan.view, r, c) for r, c in told[:MANY]]
        return Outcome(
            candidates=tuple(
                Candidate(
                    label=row_name(plan.view.table.rows[p.row_index]),
                    figure=None,
                    shown=p.text or "en blanco",
                    citations=(p,),
                )
                for p in places
                if p.row_index is not None
            ),
            about="fila",
        )
    places = [citation(plan.view, r, c) for r in rows for c in plan.attributes]
    names = [
        subject_of(plan, m) if len(m.rows) == 1 else row_name(plan.view.table.rows[r])
        for m in plan.rows
        for r in m.rows
    ]
    columns = plan.view.table.columns
    text = " ".join(
        phrases.look_up(name, column_name(columns[c]), f"«{p.text}»" if p.text else "en blanco")
        for name, group in zip(names, zip(*[iter(places)] * len(plan.attributes), strict=True), strict=True)
        for c, p in zip(plan.attributes, group, strict=True)
    )
    return Outcome(result=Result(text=text, figures=(), citations=tuple(places)))
