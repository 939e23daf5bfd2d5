"""Blank category cells: filled where the printed keys around them agree, otherwise left unknown with both candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Role, RowKind
from index.tables.columns import Strip
from index.tables.grid import Grid, flat


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What a blank cell holds for sure, or what it might hold."""

    inferred: str | None = None
    candidates: tuple[str, ...] = ()


def carry(grid: Grid, body: Sequence[int], strip: Strip, kinds: Sequence[RowKind]) -> dict[int, Carried]:
    """For each body row with a blank cell in the column, what the cell holds. Only DATA rows borrow a key.

    A merged cell holds its text in every row it spans, whatever the column.
    """
    found: dict[int, Carried] = {}
    spanned: dict[int, str] = {}
    for place, row in enumerate(body):
        cell = grid.covered(row, strip.column)
        if (
            not strip.texts[place]
            and cell is not None
            and cell.text.strip()
            and cell.rows > 1
            and cell is not strip.cells[place]
        ):
            spanned[place] = flat(cell.text)
            if kinds[place] is RowKind.DATA and strip.role is not Role.NUMBER:
                found[place] = Carried(inferred=flat(cell.text))
    if strip.role is not Role.KEY:
        return found
    held = [_key(strip, i) or spanned.get(i, "") if kind is RowKind.DATA else "" for i, kind in enumerate(kinds)]
    if not _is_carried(held, kinds):
        return found
    befores, afters = _last_held(held), _last_held(held[::-1])[::-1]
    for place, kind in enumerate(kinds):
        if kind is not RowKind.DATA or held[place] or strip.texts[place]:
            continue
        before, after = befores[place], afters[place]
        if before is not None and before == after:
            found[place] = Carried(inferred=before)
        elif before or after:
            found[place] = Carried(candidates=tuple(key for key in (before, after) if key))
    return found


def _key(strip: Strip, place: int) -> str:
    """The key printed in a row; a text laid over several columns is a heading, not a key."""
    cell = strip.cells[place]
    return strip.texts[place] if cell is not None and cell.columns == 1 else ""


def _is_carried(held: Sequence[str], kinds: Sequence[RowKind]) -> bool:
    """Whether blanks stand for the key above: not in a column that few rows fill and the first leaves blank."""
    if _is_row_code(held, kinds):
        return False
    data = [key for key, kind in zip(held, kinds, strict=True) if kind is RowKind.DATA]
    return bool(data) and (bool(data[0]) or sum(map(bool, data)) * 2 > len(data))


def _is_row_code(held: Sequence[str], kinds: Sequence[RowKind]) -> bool:
    """Whether most rows have a key and no two the same: it names the row, and a row without one has none."""
    data = [key for key, kind in zip(held, kinds, strict=True) if kind is RowKind.DATA]
    filled = [key for key in data if key]
    return len(filled) * 10 >= len(data) * 6 and len(filled) >= 3 and len(set(filled)) == len(filled)


def _last_held(held: Sequence[str]) -> list[str | None]:
    """For each row, the nearest filled key above it."""
    found: list[str | None] = []
    last: str | None = None
    for key in held:
        found.append(last)
        last = key or last
    return found
