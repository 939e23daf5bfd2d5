"""The tables of one page: nets of rulings first, with the open lines that belong to them, then open regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Box
from index.pdf.captions import take_captions
from index.pdf.contest import compete
from index.pdf.drafts import Draft
from index.pdf.extend import extended
from index.pdf.flows import flows
from index.pdf.grids import draft_grid, without_title
from index.pdf.halves import told_apart
from index.pdf.judge import is_contents, is_table
from index.pdf.lattice import Grid, find_grids
from index.pdf.lines import lines_of
from index.pdf.opened import open_table, parts_of
from index.pdf.regions import find_regions
from index.pdf.repeats import parted
from index.pdf.rivers import undivided, with_rivers
from index.pdf.rulings import flat_rules
from index.pdf.stamps import without_stamps
from index.pdf.upended import with_upended
from index.pdf.values import Ink, Word, inside


@dataclass(frozen=True, kw_only=True, slots=True)
class PageTables:
    """Drafts from top to bottom and the words that are in none."""

    drafts: tuple[Draft, ...]
    rest: tuple[Word, ...]


def page_tables(ink: Ink, words: Sequence[Word], *, led: bool = False, contested: bool = False) -> PageTables:
    """All tables of a page among `words` (its words without running heads and feet).

    led: it prints leading dots. contested: where the arithmetic of a table fails, other ways to read it are tried.
    """
    drafts: list[Draft] = []
    free = list(words)
    grids = find_grids(ink.rules, free)
    for index, net in enumerate(grids):
        grid = without_title(net, free)
        box = grid.box
        held = [w for w in free if inside(w, box, 1.0)]
        if len(held) < 4:
            continue
        others = [g.box for g in grids[index + 1 :]]
        outside = [w for w in free if not inside(w, box, 1.0)]
        draft = _grid_table(ink, grid, held, outside, others)
        if draft is not None:
            drafts.append(draft)
            free = _without(free, [*draft.words, *(w for line in draft.notes for w in line)])
    for region_draft in _open_tables(ink, free):
        if led and is_contents(region_draft):
            continue
        drafts.append(region_draft)
        free = _without(free, region_draft.words)
    drafts.sort(key=lambda d: (d.box.top, d.box.x0))
    if contested:
        drafts, free = compete(ink, drafts, free)
    if ink.upended:
        drafts, free = _with_upended(drafts, ink.upended, free)
    free = take_captions(drafts, free)
    drafts = [part for draft in drafts for part in parted(draft)]
    return PageTables(drafts=tuple(drafts), rest=tuple(free))


def _with_upended(drafts: Sequence[Draft], phrases: Sequence[Word], free: list[Word]) -> tuple[list[Draft], list[Word]]:
    """The drafts with the labels that run up or down over their columns, and the words that are in none."""
    found = []
    for draft in drafts:
        headed, used = with_upended(draft, phrases, free)
        phrases, free = _without([*phrases], used), _without(free, used)
        found.append(headed)
    return found, free


def _without(words: list[Word], used: Sequence[Word]) -> list[Word]:
    taken = {id(w) for w in used}
    return [w for w in words if id(w) not in taken]


def _grid_table(ink: Ink, grid: Grid, held: list[Word], outside: list[Word], others: Sequence[Box]) -> Draft | None:
    if undivided(with_rivers(grid, held), held):
        return None  # read as an open table, whose columns are white rivers
    held, stamps = without_stamps(grid, held)
    draft = draft_grid(ink.number, grid, held)
    if not draft.cells:
        return None
    draft.notes.extend(stamps)
    draft = extended(ink, draft, outside, others)
    return draft if is_table(draft) else None


def _open_tables(ink: Ink, words: list[Word]) -> list[Draft]:
    flat = flat_rules(ink.rules)
    found: list[Draft] = []
    for flow in flows(words):
        for region in find_regions(lines_of(flow), flat):
            drafts = [open_table(ink.number, part, flat) for part in parts_of(region)]
            for draft in drafts:
                if draft is not None and is_table(draft):
                    found.extend(told_apart(draft, words, flat))
    return found
