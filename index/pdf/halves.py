"""Two tables that stand side by side without a frame of their own, and were read as one with labels in its middle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.model import Box
from index.pdf.drafts import Draft
from index.pdf.judge import is_table
from index.pdf.lines import lines_of, text_of
from index.pdf.marks import is_caption, is_value
from index.pdf.opened import open_table, parts_of
from index.pdf.regions import find_regions
from index.pdf.values import Rule, Word
from index.tables.wording import is_total_word

_ABOVE = 60.0  # points over a table in which its title stands
_FEWEST = 2  # rows that both sides print


def sides(draft: Draft, flat: Sequence[Rule]) -> Iterator[list[Draft]]:
    """The draft cut left of a column of labels that stands right of figures. flat: the page's horizontal lines."""
    for column in _inner_labels(draft):
        found = _cut(draft, column, flat)
        if found:
            yield found


def told_apart(draft: Draft, free: Sequence[Word], flat: Sequence[Rule]) -> list[Draft]:
    """The tables of a draft from left to right; the draft itself unless the page shows that they are two.

    free: words that are in no table. Two numbered titles over the two sides show it, one total in each, or rows that one
    side alone goes on with.
    """
    for column in _inner_labels(draft):
        if _titled(draft, column, free) or _uneven(draft, column):
            found = _cut(draft, column, flat)
            if found:
                return [part for half in found for part in told_apart(half, free, flat)]
    return [draft]


def _inner_labels(draft: Draft) -> list[int]:
    texts = [_is_text(draft, column) for column in range(draft.columns)]
    return [c for c in range(2, draft.columns - 1) if texts[c] and not texts[c - 1]]


def _is_text(draft: Draft, column: int) -> bool:
    held = [c.words for c in draft.cells if c.column == column and c.row >= draft.header_rows]
    return len(held) > 1 and sum(is_value(text_of(w).replace(" ", "")) for w in held) * 2 < len(held)


def _cut(draft: Draft, column: int, flat: Sequence[Rule]) -> list[Draft]:
    """The tables left and right of a column's edge; none when one side holds no table."""
    edge = draft.edges[column]
    halves = [w for w in draft.words if w.centre < edge], [w for w in draft.words if w.centre >= edge]
    found = [_tables(draft.page, half, flat) for half in halves]
    return [replace(d, beside=False) for part in found for d in part] if all(found) else []


def _tables(page: int, words: list[Word], flat: Sequence[Rule]) -> list[Draft]:
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    own = [r._replace(x0=max(r.x0, left - 4), x1=min(r.x1, right + 4)) for r in flat]
    own = [r for r in own if r.x1 > r.x0]
    drafts = [open_table(page, part, own) for region in find_regions(lines_of(words), own) for part in parts_of(region)]
    return [d for d in drafts if d is not None and is_table(d)]


def _titled(draft: Draft, column: int, free: Sequence[Word]) -> bool:
    """Whether a numbered title stands over each side, on one level."""
    box, edge = draft.box, draft.edges[column]
    for line in lines_of([w for w in free if _over(w, box)]):
        titles = [c for c in line.chunks if is_caption(c.text)]
        if any(c.x0 < edge for c in titles) and any(c.x0 >= edge - c.size for c in titles):
            return True
    return False


def _over(word: Word, box: Box) -> bool:
    return box.top - _ABOVE < word.top and word.bottom <= box.top + 2


def _uneven(draft: Draft, column: int) -> bool:
    """Whether each side ends with its own total, or one side goes on where the other has ended.

    A column of names may be blank in the last rows of one table, above all beside its total: so a side that stops must
    have ended with a total, and labels that stop must leave rows that name themselves.
    """
    rows = range(draft.header_rows, draft.rows)
    left = [_named(draft, row, 0, column) for row in rows]
    right = [_named(draft, row, column, draft.columns) for row in rows]
    if not any(left) or not any(right):
        return False
    first, second = _last(left), _last(right)
    common = min(first, second) + 1
    if common < _FEWEST or not all(left[:common]) or not all(right[:common]):
        return False
    ends = is_total_word(left[first] or ""), is_total_word(right[second] or "")
    if first == second:
        return all(ends)
    blank = range(draft.header_rows + common, draft.rows)
    if first < second:
        return not any(c.row in blank and c.column < column for c in draft.cells)
    return ends[1] and not any(c.row in blank and c.column >= column for c in draft.cells)


def _last(labels: Sequence[str | None]) -> int:
    return max(i for i, label in enumerate(labels) if label)


def _named(draft: Draft, row: int, first: int, stop: int) -> str | None:
    """The label of a row between two columns when figures stand beside it there."""
    cells = [c for c in draft.row_cells(row) if first <= c.column < stop]
    if not cells or cells[0].column != first:
        return None
    label, *figures = [text_of(c.words) for c in cells]
    named = any(ch.isalpha() for ch in label) and any(is_value(f.replace(" ", "")) for f in figures)
    return label if named else None
