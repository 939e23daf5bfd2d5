"""What stands open around a net of rulings and belongs to it: a body under a boxed header, a header or total outside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.model import Box
from index.pdf.columns import column_of
from index.pdf.drafts import Draft, DraftCell, compact
from index.pdf.grids import grid_columns, has_data, place
from index.pdf.headers import make_header
from index.pdf.lines import Line, lines_of
from index.pdf.regions import GAP, ends_table, head_like, number_line
from index.pdf.rows import BodyRow, make_rows
from index.pdf.rulings import cuts_of, flat_rules
from index.pdf.values import Ink, Word


def extended(ink: Ink, draft: Draft, outside: Sequence[Word], others: Sequence[Box]) -> Draft:
    """The draft with the open lines beneath and above it that are its own; `others` are the nets further down."""
    box = draft.box
    limit = min((o.top for o in others if o.top > box.bottom - 2 and _beside(o, box)), default=float("inf"))
    below = [w for w in outside if w.top > box.bottom - 2 and w.bottom < limit + 2]
    above = [w for w in outside if w.bottom < box.top + 3]
    if draft.header_rows == draft.rows or _only_header(draft):
        draft = _with_body(ink, draft, below)
    else:
        draft = _with_tail(draft, below)
    draft = _with_groups(draft, above) if draft.header_rows else _with_head(ink, draft, above)
    return compact(draft)


def _beside(other: Box, box: Box) -> bool:
    return other.x0 < box.x1 and other.x1 > box.x0


def _only_header(draft: Draft) -> bool:
    return draft.rows <= 3 and not any(has_data(draft, r) for r in range(draft.rows))


def _body_lines(lines: Sequence[Line], edges: tuple[float, ...], start: float) -> list[Line]:
    """Lines under a boxed header that belong to its open body."""
    x0, x1 = edges[0], edges[-1]
    last_number = -1
    level = start
    for index, line in enumerate(lines):
        if line.top - level > GAP * line.size * (1.3 if index == 0 else 1.0):
            break
        if number_line(line) and line.x1 <= x1 + 60:
            last_number = index
        elif (ends_table(line, x0, x1) and not _within(line, edges)) or index - last_number > 14:
            break
        level = line.bottom
        end = index
    if last_number < 0:
        return []
    kept = list(lines[: last_number + 1])
    labels = {round(line.x0) for line in kept}
    usual = sorted(b.middle - a.middle for a, b in pairwise(kept)) or [1.5 * kept[0].size]
    step = usual[(len(usual) * 3) // 4]
    for line in lines[last_number + 1 : end + 1]:
        gap = line.middle - kept[-1].middle
        if gap > 1.3 * step or ends_table(line, x0, x1):
            break
        if not any(abs(round(line.x0) - x) <= 1 for x in labels) and gap > 1.3 * line.size:
            break
        kept.append(line)
    return kept


def _within(line: Line, edges: tuple[float, ...]) -> bool:
    """Every chunk keeps to one column: a wrapped cell, whatever its length."""
    return all(
        place(edges, c.x0 + 1) == place(edges, c.x1 - 1) and place(edges, c.x0 + 1) is not None for c in line.chunks
    )


def _with_body(ink: Ink, draft: Draft, below: list[Word]) -> Draft:
    edges = draft.edges
    inner = [w for w in below if w.centre < edges[-1] + 60 and w.centre > edges[0] - 60]
    lines = _body_lines(lines_of(inner, edges[1:-1]), edges, draft.box.bottom)
    if not lines:
        return draft
    words = [w for line in lines for w in line.words]
    edges = _wider(edges, lines)
    shift = 1 if edges[0] < draft.edges[0] - 2 and len(edges) > len(draft.edges) and edges[1] == draft.edges[0] else 0
    numeric = _numeric(lines, edges)
    cuts = cuts_of(flat_rules(ink.rules), edges, lines[0].top, lines[-1].bottom)
    rows = make_rows(words, edges, numeric, cuts)
    draft.header_rows = draft.rows
    for cell in draft.cells:
        cell.column += shift
    draft.edges = edges
    _append(draft, rows)
    return draft


def _wider(edges: tuple[float, ...], lines: Sequence[Line]) -> tuple[float, ...]:
    """Whole chunks beside the outer rulings make a column of their own."""
    left = [c for line in lines for c in line.chunks if c.x1 < edges[0] + 2]
    right = [c for line in lines for c in line.chunks if c.x0 > edges[-1] - 2]
    if len(left) * 3 >= len(lines) and left:
        edges = (min(c.x0 for c in left) - 2, *edges)
    if len(right) * 3 >= len(lines) and right:
        edges = (*edges, max(c.x1 for c in right) + 2)
    return edges


def _numeric(lines: Sequence[Line], edges: tuple[float, ...]) -> list[bool]:
    held: list[list[bool]] = [[] for _ in edges[1:]]
    for line in lines:
        for chunk in line.chunks:
            held[column_of(chunk, edges)].append(chunk.value)
    return [bool(h) and sum(h) * 2 >= len(h) for h in held]


def _append(draft: Draft, rows: Sequence[BodyRow]) -> None:
    first = draft.rows
    for index, row in enumerate(rows, start=first):
        draft.cells.extend(DraftCell(row=index, column=c, words=list(w)) for c, w in enumerate(row.cells) if w)


def _with_tail(draft: Draft, below: list[Word]) -> Draft:
    """Lines of figures right under the net, each figure in one of its columns: a total outside the frame."""
    edges = draft.edges
    lines = lines_of([w for w in below if edges[0] - 5 < w.centre < edges[-1] + 5], edges[1:-1])
    level = draft.box.bottom
    kept: list[Line] = []
    for line in lines:
        whole = line.numbers >= 0.6 * (len(edges) - 2) and not head_like(line)
        near = line.top - level <= (3.0 if whole else 1.3) * line.size
        if not near or not number_line(line) or not _within(line, edges) or len(line.chunks) * 2 < len(edges) - 1:
            break
        kept.append(line)
        level = line.bottom
    if not kept:
        return draft
    rows = make_rows([w for line in kept for w in line.words], edges, _numeric(kept, edges))
    _append(draft, rows)
    return draft


def _with_head(ink: Ink, draft: Draft, above: list[Word]) -> Draft:
    """Header lines printed open above a net that begins with figures."""
    edges = draft.edges
    lines = lines_of([w for w in above if edges[0] - 5 < w.centre < edges[-1] + 5], edges[1:-1])
    kept: list[Line] = []
    level = draft.box.top
    for line in reversed(lines):
        gap = level - line.bottom
        if gap > 1.6 * line.size or len(kept) >= 5:
            break
        if ends_table(line, edges[0], edges[-1]) or (number_line(line) and not head_like(line)):
            break
        if len(line.chunks) < 2 and not (kept and _within(line, edges) and gap < 0.8 * line.size):
            break
        kept.insert(0, line)
        level = line.top
    if not kept or not any(len(line.chunks) * 2 >= len(edges) - 1 for line in kept):
        return draft
    cores = [(c.x0, c.x1) for c in grid_columns(draft)]
    head, count = make_header(kept, edges, cores, flat_rules(ink.rules))
    for cell in draft.cells:
        cell.row += count
    draft.cells.extend(
        DraftCell(row=h.row, column=h.first, rows=h.rows, columns=h.last - h.first + 1, words=list(h.words))
        for h in head
    )
    draft.header_rows = count
    return draft


def _with_groups(draft: Draft, above: list[Word]) -> Draft:
    """Years or numbers printed open above a net's header: each heads an equal share of the columns beneath it."""
    edges = draft.edges
    lines = lines_of([w for w in above if edges[0] - 5 < w.centre < edges[-1] + 5])
    if not lines or draft.box.top - lines[-1].bottom > 1.2 * lines[-1].size or not head_like(lines[-1]):
        return draft
    chunks = lines[-1].chunks
    for size in (2, 3, 4):
        first = draft.columns - size * len(chunks)
        groups = [(first + i * size, first + (i + 1) * size) for i in range(len(chunks))]
        if first < 0 or not all(edges[a] <= c.centre <= edges[b] for c, (a, b) in zip(chunks, groups, strict=True)):
            continue
        for cell in draft.cells:
            cell.row += 1
        for chunk, (a, b) in zip(chunks, groups, strict=True):
            draft.cells.append(DraftCell(row=0, column=a, columns=b - a, words=list(chunk.words)))
        draft.header_rows += 1
        break
    return draft
