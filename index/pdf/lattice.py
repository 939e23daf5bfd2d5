"""Rulings to grids of cells with true spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Box
from index.pdf.beside import side_by_side
from index.pdf.rulings import NEAR, PIECES, merged
from index.pdf.values import Rule, Word, inside

MOST_RULES = 6000  # a drawing or a map, not a table


@dataclass(frozen=True, kw_only=True, slots=True)
class GridCell:
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A net of rulings. xs and ys are the edges of its columns and rows."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        return Box(x0=self.xs[0], top=self.ys[0], x1=self.xs[-1], bottom=self.ys[-1])


def find_grids(rules: Sequence[Rule], words: Sequence[Word]) -> list[Grid]:
    """Nets with at least two columns and four words, from top to bottom."""
    if len(rules) > MOST_RULES:
        return []
    pieces = merged([r for r in rules if not r.vertical], vertical=False, gap=PIECES)
    tall = merged([r for r in rules if r.vertical], vertical=True)
    grids = []
    for whole_flat, whole_tall in _components(pieces, tall):
        for part_flat, part_tall in side_by_side(whole_flat, whole_tall):
            grid = _grid(merged(part_flat, vertical=False), part_tall, words)
            if grid is not None:
                grids.append(grid)
    return sorted(_outermost(grids), key=lambda g: (g.ys[0], g.xs[0]))


def _components(flat: list[Rule], tall: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    parent = list(range(len(flat) + len(tall)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, v in enumerate(tall, start=len(flat)):
        for i, h in enumerate(flat):
            across = h.x0 - NEAR <= v.x0 <= h.x1 + NEAR
            if across and v.top - NEAR <= h.top <= v.bottom + NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, h in enumerate(flat):
        groups[root(i)][0].append(h)
    for j, v in enumerate(tall, start=len(flat)):
        groups[root(j)][1].append(v)
    return [g for g in groups.values() if g[0] and g[1]]


def _clusters(values: list[float], tolerance: float) -> list[float]:
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= tolerance and value - found[-1][0] <= 2 * tolerance:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(f) / len(f) for f in found]


def _grid(flat: list[Rule], tall: list[Rule], words: Sequence[Word]) -> Grid | None:
    flat, tall = _solid(flat, vertical=False), _solid(tall, vertical=True)
    if not flat or not tall:
        return None
    xs = _clusters([r.x0 for r in tall], NEAR)
    ys = _clusters([r.top for r in flat], NEAR)
    left, right = min(r.x0 for r in flat), max(r.x1 for r in flat)
    top, bottom = min(r.top for r in tall), max(r.bottom for r in tall)
    xs = ([left] if xs[0] - left > 8 else []) + xs + ([right] if right - xs[-1] > 8 else [])
    ys = ([top] if ys[0] - top > 5 else []) + ys + ([bottom] if bottom - ys[-1] > 5 else [])
    if len(xs) < 2 or len(ys) < 2:
        return None
    box = Box(x0=xs[0], top=ys[0], x1=xs[-1], bottom=ys[-1])
    held = [w for w in words if inside(w, box, 1.0)]
    xs = _without_slivers(xs, [w.centre for w in held], 10.0)
    ys = _without_slivers(ys, [w.middle for w in held], 5.0)
    if len(xs) < 3 or len(ys) < 2 or len(held) < 4:
        return None
    return Grid(xs=tuple(xs), ys=tuple(ys), cells=_cells(xs, ys, flat, tall))


def _solid(rules: list[Rule], *, vertical: bool) -> list[Rule]:
    """Drawn lines, and edges of fills where they run along most of the net: a highlighted text has edges too."""
    low = min((r.top if vertical else r.x0) for r in rules)
    high = max((r.bottom if vertical else r.x1) for r in rules)
    share = 0.5 if vertical else 0.8
    kept = []
    for rule in rules:
        at = rule.x0 if vertical else rule.top
        if rule.drawn or _covered(rules, at, low, high, vertical=vertical, share=share):
            kept.append(rule)
    return kept


def _without_slivers(edges: list[float], centres: list[float], width: float) -> list[float]:
    """A strip too thin for text and without any is the space between two lines of one edge."""
    kept = edges[:1]
    for edge in edges[1:]:
        thin = edge - kept[-1] < width and not any(kept[-1] < c < edge for c in centres)
        if thin and len(kept) > 1:
            kept[-1] = (kept[-1] + edge) / 2
        elif not thin:
            kept.append(edge)
    return kept


def _covered(rules: list[Rule], at: float, start: float, end: float, *, vertical: bool, share: float = 0.6) -> bool:
    total = 0.0
    for rule in rules:
        place = rule.x0 if vertical else rule.top
        if abs(place - at) > NEAR + 2:
            continue
        low, high = (rule.top, rule.bottom) if vertical else (rule.x0, rule.x1)
        total += max(0.0, min(high, end) - max(low, start))
    return total >= share * (end - start)


def _cells(xs: list[float], ys: list[float], flat: list[Rule], tall: list[Rule]) -> tuple[GridCell, ...]:
    rows, columns = len(ys) - 1, len(xs) - 1
    wall = [
        [_covered(tall, xs[c + 1], ys[r], ys[r + 1], vertical=True) for c in range(columns - 1)] for r in range(rows)
    ]
    floor = [
        [_covered(flat, ys[r + 1], xs[c], xs[c + 1], vertical=False) for c in range(columns)] for r in range(rows - 1)
    ]
    taken: set[tuple[int, int]] = set()
    cells = []
    for r in range(rows):
        for c in range(columns):
            if (r, c) in taken:
                continue
            wide = 1
            while c + wide < columns and not wall[r][c + wide - 1] and (r, c + wide) not in taken:
                wide += 1
            high = 1
            while r + high < rows and _open_below((floor, wall), taken, r + high, c, wide):
                high += 1
            taken.update((r + i, c + j) for i in range(high) for j in range(wide))
            cells.append(GridCell(row=r, column=c, rows=high, columns=wide))
    return tuple(cells)


def _open_below(
    walls: tuple[list[list[bool]], list[list[bool]]], taken: set[tuple[int, int]], row: int, column: int, wide: int
) -> bool:
    floor, wall = walls
    span = range(column, column + wide)
    if any(floor[row - 1][c] or (row, c) in taken for c in span):
        return False
    if any(wall[row][c] for c in range(column, column + wide - 1)):
        return False
    last = column + wide - 1
    return last >= len(wall[row]) or wall[row][last] or not wall[row - 1][last]


def _outermost(grids: list[Grid]) -> list[Grid]:
    """A grid inside a cell of another one stays a part of it."""

    def within(a: Grid, b: Grid) -> bool:
        x, y = a.box, b.box
        return x.x0 >= y.x0 - 2 and x.x1 <= y.x1 + 2 and x.top >= y.top - 2 and x.bottom <= y.bottom + 2

    return [g for g in grids if not any(h is not g and within(g, h) for h in grids)]
