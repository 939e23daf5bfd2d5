"""Rows that fit a question equally well: which of them stand for the others, and which remain rivals."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from assistant.question import Analysis
from index.lexicon import lexicon
from index.model import RowKind
from index.text import fold, words
from tools.access import row_name
from tools.catalogue import TableView, content_stems
from tools.matching import RowMatch, strength


def ties(match: RowMatch, first: RowMatch) -> bool:
    return strength(match) == strength(first)


def heads(view: TableView, rivals: tuple[RowMatch, ...]) -> tuple[RowMatch, ...]:
    """Of equal rivals, those that are not below another one: a parent stands for its children of the same name."""
    if len(rivals) < 2:
        return rivals
    indices = {m.own for m in rivals if m.own is not None}

    def below(match: RowMatch) -> bool:
        parent = view.table.rows[match.rows[0]].parent if match.own is not None else None
        while parent is not None:
            if parent in indices:
                return True
            parent = view.table.rows[parent].parent
        return False

    return tuple(m for m in rivals if not below(m)) or rivals


def letter_by_letter(view: TableView, analysis: Analysis, rivals: tuple[RowMatch, ...]) -> tuple[RowMatch, ...]:
    """Of equal rivals, those whose label stands in the question word by word: "A unidades", not "A las unidades"."""
    if len(rivals) < 2:
        return rivals
    said = f" {' '.join(t.text for t in analysis.tokens)} "

    def told(match: RowMatch) -> bool:
        label = view.table.rows[match.own].label if match.own is not None else match.label
        return f" {' '.join(words(label))} " in said

    return tuple(m for m in rivals if told(m)) or rivals


def as_one(view: TableView, rivals: tuple[RowMatch, ...]) -> tuple[RowMatch, ...]:
    """Lines of one code and one name ("programa 821" for each kind of spending) are together what was named."""
    merged: dict[tuple[object, ...], RowMatch] = {}
    for place, match in enumerate(rivals):
        line = view.table.rows[match.own] if match.own is not None else None
        if line is None or line.kind is not RowKind.DATA or not line.code:
            merged[place,] = match
            continue
        kind = (line.code, fold(line.label), line.parent)
        first = merged.get(kind)
        merged[kind] = (
            replace(first, rows=(*first.rows, line.index), own=None, label=row_name(line))
            if first is not None
            else match
        )
    rows = [set(m.rows) for m in merged.values()]
    kept = [m for n, m in enumerate(merged.values()) if set(m.rows) not in rows[:n]]
    return tuple(kept)


def one_by_name(view: TableView, matches: tuple[RowMatch, ...]) -> tuple[RowMatch, ...]:
    """Rows of one code, those of one name taken together: each programme once, however many lines it has."""
    merged: dict[str, RowMatch] = {}
    for match in matches:
        names = {fold(view.table.rows[r].label) for r in match.rows}
        key = names.pop() if len(names) == 1 else fold(match.label)
        first = merged.get(key)
        rows = match.rows if first is None else (*first.rows, *(r for r in match.rows if r not in first.rows))
        own = match.own if first is None else first.own if rows == first.rows else None
        merged[key] = replace(first or match, rows=rows, own=own)
    return tuple(merged.values())


def label_stems(view: TableView, match: RowMatch) -> set[str]:
    return {s for r in match.rows for s in content_stems(view.table.rows[r].label)}


@lru_cache(maxsize=1)
def participles() -> frozenset[str]:
    """Stems of "realizadas", "elaborado"…: labels end in them, people do not type them."""
    return frozenset(p[0] for p in lexicon().measures["alcanzado"].ask if len(p) == 1)
