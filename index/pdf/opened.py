"""Tables without a net of rulings: a region of lines becomes rows and columns by its white rivers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from index.pdf.columns import Column, edges_of, find_columns
from index.pdf.drafts import Draft, compact, draft_of
from index.pdf.headers import make_header
from index.pdf.lines import Line, head_lines_of
from index.pdf.regions import Region, head_like, number_line
from index.pdf.rows import BodyRow, make_rows
from index.pdf.rulings import cuts_of
from index.pdf.values import Rule, Word

Columns = Callable[[Sequence[Line], Sequence[Line]], list[Column]]  # of lines with figures and of the others
Rows = Callable[[Sequence[Word], Sequence[float], Sequence[bool], Sequence[float]], list[BodyRow]]


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


def open_table(
    page: int,
    region: Region,
    flat: Sequence[Rule],
    *,
    find: Columns = find_columns,
    rows: Rows = make_rows,
) -> Draft | None:
    """A region to a table; None when it has one column only. `flat`: the page's horizontal lines.

    find, rows: how its columns and its rows are told, by white rivers and lines of figures unless said otherwise.
    """
    numbered = [line for line in region.body if number_line(line)]
    others = [line for line in region.body if not number_line(line)]
    columns = find(numbered, others)
    if len(columns) < 2:
        return None
    left = min(line.x0 for line in [*region.head, *region.body])
    right = max(line.x1 for line in [*region.head, *region.body])
    edges = edges_of(columns, left, right)
    cuts = cuts_of(flat, edges, region.body[0].top, region.body[-1].bottom)
    body = rows([w for line in region.body for w in line.words], edges, [c.numeric for c in columns], cuts)
    cores = [(c.x0, c.x1) for c in columns]
    head_lines = head_lines_of([w for line in region.head for w in line.words], cores)
    over = [r for r in flat if region.head and region.head[0].top - 3 <= r.top <= region.head[-1].bottom + 12]
    head, count = make_header(head_lines, edges, cores, over)
    return compact(draft_of(page, edges, head, count, body))
