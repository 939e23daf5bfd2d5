"""The tables of one page: nets of rulings first, with the open lines that belong to them, then open regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.model import Box
from index.pdf.captions import take_captions
from index.pdf.columns import edges_of, find_columns
from index.pdf.drafts import Draft, compact, draft_of
from index.pdf.extend import extended
from index.pdf.flows import flows
from index.pdf.grids import draft_grid, without_title
from index.pdf.headers import make_header
from index.pdf.judge import is_contents, is_table
from index.pdf.lattice import Grid, find_grids
from index.pdf.lines import head_lines_of, lines_of
from index.pdf.regions import Region, find_regions, head_like, number_line
from index.pdf.repeats import parted
from index.pdf.rivers import undivided, with_rivers
from index.pdf.rows import make_rows
from index.pdf.rulings import cuts_of, flat_rules
from index.pdf.stamps import without_stamps
from index.pdf.values import Ink, Rule, Word, inside


@dataclass(frozen=True, kw_only=True, slots=True)
class PageTables:
    """Drafts from top to bottom and the words that are in none."""

    drafts: tuple[Draft, ...]
    rest: tuple[Word, ...]


def page_tables(ink: Ink, words: Sequence[Word], *, led: bool = False) -> PageTables:
    """All tables of a page among `words` (its words without running heads and feet). `led`: it prints leading dots."""
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
    free = take_captions(drafts, free)
    drafts = [part for draft in drafts for part in parted(draft)]
    return PageTables(drafts=tuple(drafts), rest=tuple(free))


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
            found.extend(d for d in drafts if d is not None and is_table(d))
    return found


def parts_of(region: Region) -> list[Region]:
    """A region whose rivers are fewer than its lines' figures holds two tables: it is cut at its widest gap."""
    numbered = [i for i, line in enumerate(region.body) if number_line(line)]
    usual = sorted(len(region.body[i].chunks) for i in numbered)[len(numbered) // 2] if numbered else 0
    columns = find_columns([region.body[i] for i in numbered])
    if len(numbered) < 6 or len(columns) >= 0.75 * usual:
        return [region]
    gaps = {b: region.body[b].top - region.body[a].bottom for a, b in pairwise(numbered)}
    cut = max(gaps, key=gaps.__getitem__)
    head = max((i for i in numbered if i < cut), default=0) + 1
    while cut < len(region.body) - 1 and head_like(region.body[cut]):
        cut += 1
    upper, lower = region.body[:head], region.body[cut:]
    if min(sum(map(number_line, part)) for part in (upper, lower)) < 2:
        return [region]
    first = Region(head=region.head, body=upper, start=region.start, stop=region.start + head)
    second = Region(head=region.body[head:cut], body=lower, start=region.start + cut, stop=region.stop)
    return [*parts_of(first), *parts_of(second)]


def open_table(page: int, region: Region, flat: Sequence[Rule]) -> Draft | None:
    """A region to a table by white rivers; None when it has one column only. `flat`: the page's horizontal lines."""
    numbered = [line for line in region.body if number_line(line)]
    others = [line for line in region.body if not number_line(line)]
    columns = find_columns(numbered, others)
    if len(columns) < 2:
        return None
    left = min(line.x0 for line in [*region.head, *region.body])
    right = max(line.x1 for line in [*region.head, *region.body])
    edges = edges_of(columns, left, right)
    cuts = cuts_of(flat, edges, region.body[0].top, region.body[-1].bottom)
    body = make_rows([w for line in region.body for w in line.words], edges, [c.numeric for c in columns], cuts)
    cores = [(c.x0, c.x1) for c in columns]
    head_lines = head_lines_of([w for line in region.head for w in line.words], cores)
    over = [r for r in flat if region.head and region.head[0].top - 3 <= r.top <= region.head[-1].bottom + 12]
    head, count = make_header(head_lines, edges, cores, over)
    return compact(draft_of(page, edges, head, count, body))
