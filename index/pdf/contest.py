"""Readings of one table compete by its arithmetic: the one whose sums, differences and percentages hold is kept.

A table whose checks hold is left alone, so that only doubt costs time. Where no rival is better in one respect and as
good in every other, the first reading stays, and the table's own trust says what does not hold. No figure is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.blocks import RawTable
from index.model import RowKind
from index.pdf.drafts import Draft, raw_cells
from index.pdf.lines import levels, text_of
from index.pdf.marks import is_number, is_value
from index.pdf.repeats import parted
from index.pdf.rivals import rivals
from index.pdf.values import Ink, Word, inside
from index.tables import build_table

_PROOF = 2  # checks more than the first reading: one alone may hold by chance
_RARE = 10  # checks that hold for each one that fails
_TIMES = 4  # checks that must hold for each one more that fails: printed totals may be wrong
_APART = 0.65  # of the font size: pieces of one figure stand closer
_MINUS = frozenset("-–−")
_MOST = 24  # rivals of one table that are judged


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What speaks for and against a reading.

    held, failed: checks of its figures. crowded: figures that share a cell with another one, or lost their sign. strays: words inside its
    area that are in none of its cells. unproven: rows that say total where no check holds.
    """

    rows: int = 0
    held: int = 0
    failed: int = 0
    crowded: int = 0
    strays: int = 0
    unproven: int = 0

    @property
    def doubtful(self) -> bool:
        """Whether another reading may do better. One check that fails among many is a wrong print, no wrong reading."""
        return self.failed * _RARE > self.held or self.crowded > 0 or self.unproven > 0

    def beats(self, first: Verdict) -> bool:
        """Better than the first reading in one respect and worse in none; silence is no proof."""
        gain, loss = self.held - first.held, max(self.failed - first.failed, 0)
        if gain < _TIMES * loss or gain < 0 or self.crowded > first.crowded or self.strays > first.strays:
            return False
        if gain >= _PROOF:
            return True
        return self.rows == first.rows and (self.crowded < first.crowded or self.strays < first.strays)

    @property
    def rank(self) -> tuple[int, ...]:
        """Of several that beat the first reading, the greatest; of equals the earlier one."""
        return (-self.strays, -self.crowded, -self.failed, self.held, -self.unproven)


def compete(ink: Ink, drafts: Sequence[Draft], free: Sequence[Word]) -> tuple[list[Draft], list[Word]]:
    """The drafts of a page, each as its best reading has it, and the words that are in none."""
    found: list[Draft] = []
    left = list(free)
    for draft in drafts:
        best = _best(ink, draft, left)
        if best is not None:
            held = {id(w) for d in best for w in d.words}
            left.extend(w for w in draft.words if id(w) not in held)
        found.extend([draft] if best is None else best)
    return sorted(found, key=lambda d: (d.box.top, d.box.x0)), left


def _best(ink: Ink, draft: Draft, free: Sequence[Word]) -> list[Draft] | None:
    """The reading that beats the draft as it is; None when none does."""
    first = verdict([draft], free)
    if not first.doubtful:
        return None
    seen = {_signature([draft])}
    best: tuple[Verdict, list[Draft]] | None = None
    for rival in rivals(ink, draft, every=bool(first.failed or first.crowded)):
        signature = _signature(rival)
        if signature in seen:
            continue
        seen.add(signature)
        if len(seen) > _MOST:
            break
        held = {id(w) for d in rival for w in d.words}
        told = verdict(rival, [*free, *(w for w in draft.words if id(w) not in held)])
        if told.beats(first) and (best is None or told.rank > best[0].rank):
            best = told, rival
    return None if best is None else best[1]


def verdict(drafts: Sequence[Draft], free: Sequence[Word]) -> Verdict:
    """How a reading of some words as tables bears itself out. free: the words of the page that are in no table."""
    parts = [_judged(part) for draft in drafts for part in parted(draft)]
    boxes = [draft.box for draft in drafts]
    return Verdict(
        rows=sum(p.rows for p in parts),
        held=sum(p.held for p in parts),
        failed=sum(p.failed for p in parts),
        crowded=sum(p.crowded for p in parts),
        unproven=sum(p.unproven for p in parts),
        strays=sum(any(inside(w, box) for box in boxes) for w in free),
    )


def _judged(draft: Draft) -> Verdict:
    body = [c for c in draft.cells if c.row >= draft.header_rows and c.column]  # the first column names the rows
    raw = RawTable(cells=tuple(raw_cells(draft)), header_rows=draft.header_rows, pages=(draft.page,))
    crowded = sum(max(_figures(c.words) - 1, 0) for c in body)
    return replace(judged(raw), rows=draft.rows, crowded=crowded + _torn_signs(draft))


def _torn_signs(draft: Draft) -> int:
    """Minus signs in a column that holds nothing else, each right before a figure: read so, that figure is positive."""
    body = {(c.row, c.column): text_of(c.words) for c in draft.cells if c.row >= draft.header_rows and c.words}
    torn = 0
    for column in range(1, draft.columns - 1):
        held = {row: text for (row, at), text in body.items() if at == column}
        if held and all(text in _MINUS and is_number(body.get((row, column + 1), "")) for row, text in held.items()):
            torn += len(held)
    return torn


def judged(raw: RawTable) -> Verdict:
    """What the checks of a table say of it."""
    built = build_table(raw, id="", document="")
    if built is None:
        return Verdict()
    table, _ = built
    totals = sum(r.kind in (RowKind.TOTAL, RowKind.SUBTOTAL) for r in table.rows)
    held, failed = table.trust.held, table.trust.found - table.trust.held
    return Verdict(held=held, failed=failed, unproven=0 if held else totals)


def _figures(words: Sequence[Word]) -> int:
    """How many figures stand apart on one level of a cell that prints nothing else."""
    if not all(is_value(w.text) for w in words):
        return 1
    return max(
        1 + sum(b.x0 - a.x1 > _APART * b.size and is_number(b.text) for a, b in pairwise(level))
        for level in levels(words)
    )


def _signature(drafts: Sequence[Draft]) -> tuple[object, ...]:
    """What makes two readings the same."""
    return tuple(
        (d.header_rows, tuple(sorted((c.row, c.column, c.rows, c.columns, text_of(c.words)) for c in d.cells)))
        for d in drafts
    )
