"""Grids that say that they go on ("Cuadro 1. (continuación)") become one with the grid that they go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.blocks import Block, RawCell, RawTable
from index.text import fold
from index.titles import unmarked

_HEADER_ROWS = 4  # as deep as a header repeats


def join_continued(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with every grid whose caption says so joined to the last one of that caption and those columns.

    The rows of the header that it repeats are not taken twice; what stands between the two parts stays where it is.
    """
    found: list[Block] = []
    for block in blocks:
        at = _first_part(found, block) if isinstance(block, RawTable) else None
        if at is None or not isinstance(block, RawTable):
            found.append(block)
            continue
        first = found[at]
        assert isinstance(first, RawTable)
        found[at] = _joined(first, block)
    return tuple(found)


def _first_part(before: Sequence[Block], table: RawTable) -> int | None:
    base = _words(unmarked(table.caption))
    if base == _words(fold(table.caption)):
        return None
    for place in range(len(before) - 1, -1, -1):
        other = before[place]
        if not isinstance(other, RawTable) or other.sheet != table.sheet or other.shape[1] != table.shape[1]:
            continue
        own = _words(unmarked(other.caption))
        if base and (own[: len(base)] == base or base[: len(own)] == own != []):
            return None if _heads_others(other, table) else place
    return None


def _heads_others(first: RawTable, more: RawTable) -> bool:
    """Whether the second part has a header of its own: it goes on sideways, April beneath January is no April."""
    row = _repeated(first, more)
    heads = [t for _, t in _texts(more.cells, row)[1:]]
    if more.header_rows is None:
        return len(heads) > 1 and not any(c.isdigit() for text in heads for c in text)
    return row < more.header_rows and len(heads) * 2 >= more.shape[1] - 1


def _words(caption: str) -> list[str]:
    return re.findall(r"\w+", caption)


def _joined(first: RawTable, more: RawTable) -> RawTable:
    skip = _repeated(first, more)
    down = first.shape[0] - skip
    cells = tuple(replace(c, row=c.row + down) for c in more.cells if c.row >= skip)
    return replace(
        first,
        cells=first.cells + cells,
        pages=tuple(dict.fromkeys((*first.pages, *more.pages))),
        notes=first.notes + more.notes,
        facts=tuple(dict.fromkeys((*first.facts, *more.facts))),
        lost=first.lost + more.lost,
    )


def _repeated(first: RawTable, more: RawTable) -> int:
    """How many rows at the top of the second part are those of the first."""
    rows = 0
    while rows < _HEADER_ROWS and (texts := _texts(more.cells, rows)) and texts == _texts(first.cells, rows):
        rows += 1
    return rows


def _texts(cells: Sequence[RawCell], row: int) -> list[tuple[int, str]]:
    return sorted((c.column, fold(c.text).strip()) for c in cells if c.row == row and c.text.strip())
