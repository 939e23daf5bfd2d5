"""What a question ranks, lists, counts or averages: rows, or the groups it names the kind of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.accounting import asked_for
from assistant.attributes import column_of, same_things
from assistant.plan import Plan
from index.model import Role, Row, RowKind, Table
from index.text import fold, stem
from tools.access import code_column, data_rows, row_name
from tools.catalogue import NUMBERED, descendants, summed_in
from tools.matching import RowMatch


def row_noun(plan: Plan) -> tuple[str, int | None] | None:
    """The word of the question that names what the rows are, with the column it heads."""
    for token in plan.analysis.tokens:
        if not token.content or token.position in plan.used or token.text.startswith(("detallad", "consolidad")):
            continue  # those say which of two tables is meant
        for column in plan.view.table.columns:
            if column.role is Role.NUMBER:
                continue
            if any(_same_noun(token.text, w) for part in column.path for w in fold(part).split()):
                return token.text, column.index
        if token.stem in plan.view.nouns:
            return token.text, None
        holder = column_of(plan.view, token.text)
        if holder is not None and plan.operation == "rank" and asked_for(plan.analysis, token.position):
            return token.text, holder  # "¿qué empresa…?" of a column headed "Contratista"
    return None


def _same_noun(one: str, other: str) -> bool:
    """Whether two words are one but for gender and number: "contratos" is no "contratista", though of one stem."""
    return stem(one) == stem(other) and bool(_bases(one) & _bases(other))


def _bases(word: str) -> frozenset[str]:
    singular = {word, word.removesuffix("s"), word.removesuffix("es")}
    return frozenset(b for w in singular for b in (w, w.rstrip("aeo")) if len(b) > _SHORTEST)


_SHORTEST = 2


def record_noun(plan: Plan) -> tuple[str, None] | None:
    """What the caption calls the rows that a column of words chose: "¿cuántas transferencias siguen pendientes?"."""
    if not all(m.entity is not None and m.entity.column >= 0 for m in plan.rows):
        return None
    for before, token in pairwise(plan.analysis.tokens):
        asked = before.text in ("que", "cuales", "cuantos", "cuantas") and token.text.endswith("s")
        called = same_things(plan.view, token.stem)
        if asked and (called or (token.position not in plan.used and token.stem in plan.view.title)):
            return token.text, None
    return None


def ranked_units(plan: Plan) -> list[RowMatch]:
    """What is ranked, listed or counted: the rows asked about, or the groups when the question names their kind."""
    apart = set(plan.without)
    return [u for u in _units(plan) if not apart or not set(u.rows) <= apart]


def _units(plan: Plan) -> list[RowMatch]:
    rows = data_rows(plan.view.table)
    if len(plan.rows) > 1:
        return list(plan.rows)
    if not plan.row.whole:
        inside = set(plan.row.rows)
        if plan.row.own is not None:
            inside |= set(descendants(plan.view.table, plan.row.own))
            rows = tuple(r for r in rows if r in inside and r != plan.row.own) or plan.row.rows
        else:
            rows = tuple(r for r in rows if r in inside) or plan.row.rows
    noun = row_noun(plan)
    heads = _heads(plan, rows)
    if heads:
        return heads
    above = _above(plan, noun) if noun is not None and plan.row.whole else []
    if above:
        return above
    levels = _levels(plan, rows)
    if levels:
        return levels
    if noun is not None and noun[1] is not None:
        groups: dict[str, list[int]] = {}
        label = plan.view.table.columns[noun[1]].role is Role.LABEL
        for r in rows:
            line = plan.view.table.rows[r]
            cell = line.cells[noun[1]]
            # two lines of one name are one thing only under one code: "visitas" of two groups are two
            mark = f" {line.code or r}" if label else ""
            groups.setdefault((cell.text.strip() or cell.inferred or "") + mark, []).append(r)
        if label:
            groups = {row_name(plan.view.table.rows[v[0]]) + " " * n: v for n, v in enumerate(groups.values())}
        named = {k: v for k, v in groups.items() if k}
        if 1 < len(named) < len(rows):
            return [RowMatch(label=k.rstrip(), rows=tuple(v), full=True) for k, v in named.items()]
    return [RowMatch(label=row_name(plan.view.table.rows[r]), rows=(r,), own=r) for r in rows]


def _above(plan: Plan, noun: tuple[str, int | None]) -> list[RowMatch]:
    """What stands above the rows and is asked for by its noun: "incisos" over their items, headings "Programa 01 – …"."""
    table = plan.view.table
    found = _headings(table, noun[0])
    if noun[1] is not None and not found:
        filled = [r for r in table.rows if r.kind is not RowKind.TOTAL and r.cells[noun[1]].text.strip()]
        if any(r.kind is RowKind.DATA for r in filled) or table.columns[noun[1]].role is Role.LABEL:
            return []
        found = [
            RowMatch(label=row_name(r), rows=(r.index,), own=r.index) for r in filled if r.kind is RowKind.SUBTOTAL
        ]
    return found if len(found) > 1 else []


def _headings(table: Table, noun: str) -> list[RowMatch]:
    """The groups whose headings bear the noun and a number, with the subtotal that sums each where one is printed."""
    found = []
    for row in table.rows:
        head = NUMBERED.match(fold(row.label)) if row.kind is RowKind.SECTION else None
        below = descendants(table, row.index) if head is not None and stem(head["noun"]) == stem(noun) else ()
        if below:
            own = summed_in(table, row, below)
            found.append(RowMatch(label=row.label, rows=below if own is None else (own,), full=True))
    return found


_LEVELS = {"programa": 2, "programas": 2, "actividad": 0, "actividades": 0}  # segments of the code; 0 is all


def _levels(plan: Plan, rows: Sequence[int]) -> list[RowMatch]:
    """Programmes or activities of a table of products, by the segments of their codes."""
    tokens = [t for t in plan.analysis.tokens if t.text in _LEVELS and t.position not in plan.used]
    word = next(
        (
            t.text
            for t in tokens
            if asked_for(plan.analysis, t.position) or _averaged(plan, t.position) or _among(plan, t.position)
        ),
        None,
    )
    return by_code(plan, rows, word) if word is not None else []


def by_code(plan: Plan, rows: Sequence[int], word: str) -> list[RowMatch]:
    """The groups of some rows that a word for a segment of their codes names; none where there are no such codes."""
    column = code_column(plan.view.table)
    if column is None or word not in _LEVELS:
        return []
    groups: dict[str, list[int]] = {}
    for r in rows:
        cell = plan.view.table.rows[r].cells[column]
        code = cell.text.strip() or cell.inferred or ""
        size = _LEVELS[word]
        if code:
            groups.setdefault("-".join(re.split(r"[-.]", code)[:size]) if size else code, []).append(r)
    if len(groups) < 2 or len(groups) == len(rows):
        return []
    return [RowMatch(label=k, rows=tuple(v), full=True) for k, v in groups.items()]


def _among(plan: Plan, position: int) -> bool:
    """ "¿Cuál de los tres programas…?", "ordenando las actividades": those are what is put in order."""
    tokens = plan.analysis.tokens
    before = tokens[position - 1] if position else None
    stated = {i for s in plan.analysis.stated for i in s.tokens} | plan.analysis.count_tokens
    if before is None or plan.operation != "rank" or not tokens[position].text.endswith("s"):
        return False
    return before.position in stated or before.text in ("los", "las")


def _averaged(plan: Plan, position: int) -> bool:
    """ "El promedio por actividad", "de las tres actividades", and not "el promedio, según el reporte por actividad"."""
    before = [t.text for t in plan.analysis.tokens[max(0, position - 3) : position]]
    if plan.operation != "average" or position - 2 in plan.analysis.generic:
        return False
    return before[-1:] == ["por"] or re.search(r"\b(?:las|los)(?: \w+)?$", " ".join(before)) is not None


_HEADS = frozenset(stem(w) for w in "capitulo titulo finalidad".split())


def _heads(plan: Plan, rows: Sequence[int]) -> list[RowMatch]:
    """The rows at the top of a table of several levels, when the question asks for chapters or titles."""
    said = {t.stem for t in plan.analysis.tokens if t.content}
    if not said & _HEADS or not plan.row.whole:
        return []
    table = plan.view.table
    top = [r for r in table.rows if r.kind is RowKind.SUBTOTAL and r.depth == 0]
    top = top or [r for r in table.rows if r.kind is RowKind.SUBTOTAL and _top(table, r)]
    if len(top) < 2 or len(top) >= len(rows):
        return []
    if not any(r.code for r in top) and any(table.rows[r].code for r in rows):
        return []  # headings over the coded items, which are what is called a group
    return [RowMatch(label=row_name(r), rows=(r.index,), own=r.index) for r in top]


def _top(table: Table, row: Row) -> bool:
    """Whether a row stands right under the total, or under nothing."""
    return row.parent is None or table.rows[row.parent].kind is RowKind.TOTAL


def plural_noun(plan: Plan) -> bool:
    noun = row_noun(plan)
    return bool(noun and noun[0].endswith("s") and noun[0] != "mes")


def in_plural(noun: str) -> str:
    """ "2 de 5 productos": what is counted is told in the plural."""
    if noun.endswith("s"):
        return noun
    return noun + ("s" if noun[-1:] in "aeiou" else "es")
