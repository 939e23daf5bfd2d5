"""Rows named in a list ("x e y", "x, y y z", "x frente a y"): the question is cut, and each part names one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.question import Analysis
from assistant.row_query import RowQuery
from assistant.row_ties import as_one, heads, label_stems, letter_by_letter, ties
from index.once import once
from index.text import words as split_words
from tools.catalogue import TableView
from tools.matching import RowMatch, Word

_SPLIT = frozenset({"y", "e", "o", "vs", "versus", "contra", "con", "frente"})
_AND = frozenset({"y", "e", "o"})
_HARD = re.compile(r"[():;?¿]|\.\s")
_LONGEST_LIST = 8  # items; more cuts are no list of rows


@once
def several(query: RowQuery) -> tuple[RowMatch, ...]:
    """Rows of a list ("x e y", "x frente a y"): the question is cut at its conjunctions, each part needs one row.

    One cut is tried before many, since labels have conjunctions of their own; the cut whose parts are named best wins.
    """
    analysis, strict = query.analysis, query.strict
    more = [t.position for t in analysis.tokens if t.text in ("mas", "menos", "mayor", "menor")]
    cuts = [
        t.position
        for t in analysis.tokens
        if (t.text in _SPLIT and not _initial(analysis, t.position))
        or (t.text == "al" and any(s.text.startswith("supera") and s.position < t.position for s in analysis.tokens))
        or (t.text == "que" and any(i + 1 < t.position for i in more))  # "ejecutó más A que B"
    ]
    size = len(analysis.tokens)
    cut_at = [[-1, cut, size] for cut in cuts] + ([[-1, *cuts, size]] if len(cuts) > 1 else [])
    options = [parts for edges in cut_at if len(parts := _parts(query, edges)) > 1]
    if analysis.has("total", "compare") or analysis.orders:
        options += _enumerated(query)

    def named_well(parts: tuple[RowMatch, ...]) -> tuple[int, int, int]:
        used = frozenset(i for m in parts for i in m.explained)
        return -len(strict - used), sum(m.full for m in parts), sum(m.run for m in parts)

    return max(options, key=named_well, default=())


def _enumerated(query: RowQuery) -> Iterator[tuple[RowMatch, ...]]:
    """The rows of lists told with commas, each with the words that all share ("contingentes: de A, de B y de C").

    An item that alone names no row, or several, is read with the words outside the list; it must be explained whole.
    """
    analysis, words, strict = query.analysis, query.words, query.strict
    for items in _lists(analysis):
        inside = frozenset(i for item in items for i in item)
        shared = [w for w in words if w.position not in inside]
        rows: list[RowMatch] = []
        for item in items:
            own = [w for w in words if w.position in item]
            needed = strict & item
            readings = ((own, needed), ([*own, *shared], needed | (strict - inside)))
            options = (_only(analysis, query.named_by(w, s), needed) for w, s in readings)
            match = next((m for m in options if m is not None), None)
            if not needed or match is None or needed - match.explained:
                break
            rows.append(match)
        else:
            told = tuple({m.rows: m for m in rows}.values())
            if len(told) == len(items):
                yield tuple(replace(m, explained=m.explained | _same_words(words, query.view, m)) for m in told)


def _same_words(words: Sequence[Word], view: TableView, match: RowMatch) -> frozenset[int]:
    stems = label_stems(view, match)
    return frozenset(w.position for w in words if w.stem in stems)


def _only(analysis: Analysis, matches: Sequence[RowMatch], needed: frozenset[int]) -> RowMatch | None:
    """The one row that some words name best; None where none does or two do."""
    found = [m for m in _no_totals(analysis, matches) if needed <= m.explained]
    return found[0] if found and not (len(found) > 1 and ties(found[1], found[0])) else None


def _no_totals(analysis: Analysis, matches: Sequence[RowMatch]) -> list[RowMatch]:
    """Without the total row where a sum is asked for: it is no item of it."""
    summed = analysis.has("total")
    return [m for m in matches if not (summed and m.entity is not None and m.entity.total)]


def _lists(analysis: Analysis) -> Iterator[list[frozenset[int]]]:
    """The items of each enumeration, as positions: between marks, cut at commas and at "y"."""
    tokens = analysis.tokens
    gaps = [""] + [analysis.text[a.end : b.start] for a, b in pairwise(tokens)]
    regions: list[list[list[int]]] = [[[]]]
    joins: list[list[bool]] = [[]]  # whether a region's separators are conjunctions
    for token in tokens:
        if _HARD.search(gaps[token.position]):
            regions.append([[]])
            joins.append([])
        elif "," in gaps[token.position]:
            regions[-1].append([])
            joins[-1].append(False)
        if token.text in _AND:
            if not regions[-1][-1] and joins[-1]:  # ", y"
                joins[-1][-1] = True
                continue
            regions[-1].append([])
            joins[-1].append(True)
            continue
        regions[-1][-1].append(token.position)
    for segments, joined in zip(regions, joins, strict=True):
        if not 1 < len(segments) <= _LONGEST_LIST or all(joined):
            continue  # "x y z" without a comma is cut as a pair
        last = max((n for n, conjunction in enumerate(joined) if conjunction), default=None)
        ends = len(segments) if last is None else last + 2
        for start in range(ends - 1 if last is not None else 1):
            items = [frozenset(s) for s in segments[start:ends] if s]
            if len(items) > 1:
                yield items


def _parts(query: RowQuery, edges: Sequence[int]) -> tuple[RowMatch, ...]:
    """The row of each part between the edges, nothing when one part has none or several that tie."""
    view, analysis = query.view, query.analysis
    matches: list[RowMatch] = []
    for start, end in pairwise(edges):
        part = [w for w in query.words if start < w.position < end]
        code = [
            m[view.position]
            for c, m in zip(analysis.codes, query.coded, strict=True)
            if view.position in m and start < max(c.tokens) < end
        ]
        if code:
            stems = {s for m in code for s in label_stems(view, m)}
            told = frozenset(w.position for w in part if w.stem in stems)
            matches += [replace(m, explained=told) for m in code]
            continue
        needed = query.strict & {w.position for w in part}
        found = _no_totals(analysis, query.named_by(part, needed))
        tied = tuple(m for m in found if ties(m, found[0]))
        tied = as_one(view, heads(view, letter_by_letter(view, analysis, tied)))
        if not needed:  # the lines of one programme are one row here too
            matches += [m for m in (tied if len(tied) == 1 else found[:1]) if m.full or m.lead]
            continue
        if len(tied) != 1:
            return ()
        matches.append(tied[0])
    return tuple({m.rows: m for m in matches}.values())


def _initial(analysis: Analysis, position: int) -> bool:
    """ "S.E.M.": a letter between letters joins nothing."""
    beside = analysis.tokens[max(0, position - 1) : position] + analysis.tokens[position + 1 : position + 2]
    return len(analysis.tokens[position].text) == 1 and any(
        len(t.text) == 1 and t.text.isalpha() and t.text not in _SPLIT for t in beside
    )


def as_in_label(view: TableView, analysis: Analysis, match: RowMatch) -> bool:
    """Whether what is said of a row, conjunctions and all, stands so in its label ("materiales y artículos de…")."""
    said = sorted(i for i in match.explained if analysis.tokens[i].content)
    if match.own is None or len(said) < 2:
        return False
    run = [t.text for t in analysis.tokens[said[0] : said[-1] + 1]]
    label = f" {' '.join(split_words(view.table.rows[match.own].label))} "
    return bool({"y", "e"} & set(run)) and f" {' '.join(run)} " in label
