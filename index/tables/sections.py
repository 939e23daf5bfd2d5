"""Headings inside a table: which rows stand under which heading, without losing which row sums them.

The tree puts a heading between the rows under it and the row that sums them: data → heading → total. `addends` looks
through headings again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Row, RowKind
from index.tables.codes import is_ancestor
from index.tables.grid import key

_SHORTEST_NAME = 4  # letters: a total that ends in a shorter heading does not name it
_CLOSES = re.compile(r"(?:sub)?total(?:de|del|dela|delos|delas)?")  # what a total prints before the name of its heading


@dataclass(frozen=True, kw_only=True)
class Line:
    """A body row as the hierarchy sees it. `total` and `section` say what its words and blanks tell."""

    label: str
    code: str | None
    total: bool = False
    section: bool = False
    formula: bool = False  # a balance such as "Ahorro corriente (I - II)": no sum of rows and no addend
    bold: bool = False
    indent: float = 0.0


@dataclass(kw_only=True)
class Tree:
    """Kind and parent of each line, filled step by step."""

    kinds: list[RowKind]
    parents: list[int | None]


def addends(rows: Sequence[Row], index: int) -> tuple[int, ...]:
    """The rows directly summed into a row, headings looked through, in order."""
    found: list[int] = []
    for row in rows:
        if row.parent == index:
            found.extend(addends(rows, row.index) if row.kind is RowKind.SECTION else [row.index])
    return tuple(sorted(found))


def depths(parents: Sequence[int | None]) -> list[int]:
    """How many rows each row is under."""
    found = []
    for start in range(len(parents)):
        depth, row, seen = 0, parents[start], {start}
        while row is not None and row not in seen:
            seen.add(row)
            depth, row = depth + 1, parents[row]
        found.append(depth)
    return found


def named_section(lines: list[Line], row: int) -> int | None:
    """The heading that a total names: "Total Tasas" under "12.1 Tasas"."""
    name = key(lines[row].label)
    for start in range(row - 1, -1, -1):
        if not lines[start].section:
            continue
        heading = key(lines[start].label)
        if len(heading) >= _SHORTEST_NAME and name.endswith(heading):
            return start
    return None


def under_sections(lines: list[Line], tree: Tree) -> None:
    """Put every row under the heading it stands in, and the heading under the row that summed it."""
    homes = _homes(lines, tree)
    over: dict[int, int] = {}  # heading → the row that sums what it heads
    for row in range(len(lines) - 1, -1, -1):
        home = homes[row]
        parent = over.get(row) if lines[row].section else tree.parents[row]
        if home is not None and (parent is None or not _inside(parent, home, homes)):
            if parent is not None:
                over.setdefault(home, parent)
            parent = home
        tree.parents[row] = parent
    for row, line in enumerate(lines):  # a heading met before the rows that told what is over it
        if line.section and row in over and homes[row] is None:
            tree.parents[row] = over[row]


def _inside(row: int, section: int, homes: list[int | None]) -> bool:
    home: int | None = homes[row]
    while home is not None:
        if home == section:
            return True
        home = homes[home]
    return False


def _closings(lines: list[Line]) -> dict[int, int]:
    """The total that closes each heading by exactly its name, as brackets close."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for row, line in enumerate(lines):
        if line.section:
            opened.append(row)
        elif line.total:
            name = key(line.label)
            for place in range(len(opened) - 1, -1, -1):
                heading = key(lines[opened[place]].label)
                if heading and name.endswith(heading) and _CLOSES.fullmatch(name.removesuffix(heading)):
                    found[opened[place]] = row
                    opened = opened[:place]
                    break
    return found


def _homes(lines: list[Line], tree: Tree) -> list[int | None]:
    """The innermost heading each row stands in."""
    closings = _closings(lines)
    homes: list[int | None] = []
    opened: list[int] = []
    first_child: dict[int, int] = {}
    for child, parent in enumerate(tree.parents):
        if parent is not None:
            first_child.setdefault(parent, child)
    for row, line in enumerate(lines):
        if line.section:
            opened = _enclosing(lines, opened, row, closings)
            homes.append(opened[-1] if opened else None)
            opened.append(row)
            continue
        if tree.kinds[row] is RowKind.TOTAL:
            opened = []
        named = named_section(lines, row) if line.total else None
        if named in opened:
            opened = opened[: opened.index(named) + 1]
        elif line.total and row in first_child:
            opened = [section for section in opened if section < first_child[row]]
        elif opened and _is_sibling(lines, opened[-1], row):
            opened = opened[:-1]
        homes.append(opened[-1] if opened else None)
        if named in opened:
            opened = opened[: opened.index(named)]
    return homes


def _enclosing(lines: list[Line], opened: list[int], row: int, closings: dict[int, int]) -> list[int]:
    """The headings still open when a new one starts: by their own total, by code, else one right under another."""
    kept = list(opened)
    while kept:
        upper = lines[kept[-1]]
        if closings.get(kept[-1], 0) > row:
            break
        if upper.code and lines[row].code:
            if is_ancestor(upper.code, lines[row].code):
                break
        elif kept[-1] == row - 1 and not lines[row].indent < upper.indent:
            break
        kept.pop()
    return kept


def _is_sibling(lines: list[Line], section: int, row: int) -> bool:
    """Whether a row with figures carries the next number of a heading whose rows have none: 1. Propios, 2. Otros."""
    upper, code = lines[section].code, lines[row].code
    if not upper or not code or any(lines[i].code for i in range(section + 1, row)) or section + 1 == row:
        return False
    return re.sub(r"\d+", "0", upper) == re.sub(r"\d+", "0", code) and not is_ancestor(upper, code)
