"""Other ways to read what a table prints, where its layout leaves room for doubt.

Each rival holds the same words: columns told otherwise, labels beside their figures otherwise, a deeper or a shallower
header, without the rulings, as two tables side by side. None changes a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from index.pdf.blocks import ALIGNMENTS
from index.pdf.clusters import by_ends, in_order
from index.pdf.columns import Column, find_columns
from index.pdf.drafts import Draft, DraftCell, draft_of
from index.pdf.halves import sides
from index.pdf.lines import Line, levels, lines_of, text_of
from index.pdf.marks import is_value
from index.pdf.opened import Columns, Rows, open_table
from index.pdf.regions import Region, head_like, number_line
from index.pdf.rows import level_rows, make_rows
from index.pdf.rulings import cuts_of, flat_rules
from index.pdf.values import Ink, Rule

_TALL = 0.5  # of a table's height: a vertical ruling this long may part its columns


def rivals(ink: Ink, draft: Draft, *, every: bool = True) -> Iterator[list[Draft]]:
    """What may stand in the place of a draft, the likeliest first. every: else only those that cost little."""
    flat = flat_rules(ink.rules)
    yield from sides(draft, flat)
    head = lines_of([w for c in draft.cells if c.row < draft.header_rows for w in c.words])
    body = lines_of([w for c in draft.cells if c.row >= draft.header_rows for w in c.words])
    if not body:
        return
    yield from _headed(draft, head, body, flat)
    if not every:
        return
    if _is_wrapped(draft):
        manners: list[Rows] = [level_rows, *(partial(make_rows, alignments=(a,)) for a in ALIGNMENTS)]
        yield from ([_rowed(draft, flat, rows)] for rows in manners)
    numbered, others = [li for li in body if number_line(li)], [li for li in body if not number_line(li)]
    for find in (in_order, by_ends, *_ruled(ink, draft), find_columns):
        if _are_others(find(numbered, others), draft):
            for rows in (make_rows, level_rows):
                yield from _opened(draft, head, body, flat, find, rows)


def _is_wrapped(draft: Draft) -> bool:
    """Whether a row prints several lines, or a label without figures: then another row might own them."""
    body = [c for c in draft.cells if c.row >= draft.header_rows]
    filled = Counter(c.row for c in body)
    return any(len(levels(c.words)) > 1 for c in body) or any(filled[c.row] == 1 for c in body)


def _are_others(columns: Sequence[Column], draft: Draft) -> bool:
    """Whether columns are some, and not those of the draft."""
    if len(columns) < 2:
        return False
    inside = [a <= c.centre <= b for c, (a, b) in zip(columns, pairwise(draft.edges), strict=False)]
    return len(columns) != draft.columns or not all(inside)


def _rowed(draft: Draft, flat: Sequence[Rule], rows: Rows) -> Draft:
    """The draft with its header and its columns, its rows told otherwise."""
    words = [w for c in draft.cells if c.row >= draft.header_rows for w in c.words]
    cuts = cuts_of(flat, draft.edges, min(w.top for w in words), max(w.bottom for w in words))
    numeric = [_is_numeric(draft, column) for column in range(draft.columns)]
    found = draft_of(draft.page, draft.edges, (), draft.header_rows, rows(words, draft.edges, numeric, cuts))
    cells = [c for c in draft.cells if c.row < draft.header_rows]
    return replace(draft, cells=[*cells, *found.cells])


def _is_numeric(draft: Draft, column: int) -> bool:
    cells = [c for c in draft.cells if c.column == column and c.columns == 1 and c.row >= draft.header_rows]
    return bool(cells) and sum(is_value(text_of(c.words).replace(" ", "")) for c in cells) * 2 >= len(cells)


def _opened(
    draft: Draft, head: Sequence[Line], body: Sequence[Line], flat: Sequence[Rule], find: Columns, rows: Rows
) -> Iterator[list[Draft]]:
    region = Region(head=tuple(head), body=tuple(body), start=0, stop=len(head) + len(body))
    found = open_table(draft.page, region, flat, find=find, rows=rows)
    if found is not None:
        yield [replace(found, notes=draft.notes)]


def _ruled(ink: Ink, draft: Draft) -> list[Columns]:
    """Columns between the vertical rulings that run along the table, when there are any within it."""
    box = draft.box
    xs = sorted(
        r.x0
        for r in ink.rules
        if r.vertical
        and box.x0 < r.x0 < box.x1
        and min(r.bottom, box.bottom) - max(r.top, box.top) > _TALL * (box.bottom - box.top)
    )
    inner = [x for i, x in enumerate(xs) if not i or x - xs[i - 1] > 3]
    if not inner:
        return []

    def between(lines: Sequence[Line], others: Sequence[Line]) -> list[Column]:
        del others
        edges = [box.x0 - 1, *inner, box.x1 + 1]
        found = []
        for left, right in pairwise(edges):
            held = [c for line in lines for c in line.chunks if left <= c.centre < right]
            numeric = bool(held) and sum(c.value for c in held) * 2 >= len(held)
            found.append(Column(x0=left, x1=right, numeric=numeric))
        return found

    return [between]


def _headed(draft: Draft, head: Sequence[Line], body: Sequence[Line], flat: Sequence[Rule]) -> Iterator[list[Draft]]:
    """A line of figures more or less in the header: small counts read like the numbers of columns, years like counts."""
    shorter = len(head) > 1 and head[-1].numbers > 1
    longer = len(body) > 2 and (not body[0].numbers or head_like(body[0]))
    if draft.ruled:
        counts = [draft.header_rows - 1] * shorter + [draft.header_rows + 1] * longer
        for count in counts:
            if 0 < count < draft.rows - 1:
                yield [replace(draft, cells=[_within(c, count) for c in draft.cells], header_rows=count)]
        return
    if shorter:
        yield from _opened(draft, head[:-1], [head[-1], *body], flat, find_columns, make_rows)
    if longer:
        yield from _opened(draft, [*head, body[0]], body[1:], flat, find_columns, make_rows)


def _within(cell: DraftCell, count: int) -> DraftCell:
    """A header cell ends where the header does."""
    return replace(cell, rows=count - cell.row) if cell.row < count < cell.row + cell.rows else cell
