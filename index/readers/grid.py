"""A grid of texts: how many of its rows are header, what its merged header cells cover, rows that do not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from index.blocks import RawCell
from index.model import LeftOut
from index.text import fold

_NUMBER = re.compile(
    r"[*†]*\s*[-–−(+]?\s*(?:[QLBCSU$₡€¢]|RD|US|Bs|S/|Lps|Gs|₲|MXN|USD|[A-Z]{3})?[.$]{0,2}\s*[-–−(]?\s*"
    r"\d[\d.,  ']*\s*[)\-–]?\s*%?\s*[*†]*(?:\s*\(?[*\d]\)|\s*p\.?\s?p\.?)?"
)
_NO_VALUE = re.compile(r"[-–—*.\s]*|n\.?\s?/?[ad]\.?|#.*[!/?].*|s/?d|no aplica", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d\*?")
_HEADER_NAMES = (
    "sigla siglas acronimo acronimos definicion significado termino descripcion concepto nombre codigo no. no detalle "
    "producto programa actividad unidad indicador meta responsable objetivo abreviatura cargo"
)
_HEADER_WORDS = frozenset(_HEADER_NAMES.split())


@dataclass(kw_only=True, slots=True)
class Grid:
    """Rows found on the lines [start, end) of a text. Every row is a list of printed cell texts."""

    style: str  # tabs: cells between tabs; cells: one cell a line; pipes; spaces
    start: int
    end: int
    rows: list[list[str]]
    header_rows: int | None = None
    spans: dict[int, tuple[int, ...]] = field(default_factory=dict)  # header row: how many columns each cell covers
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Cells of the usual body row; header rows with merged cells may be shorter. 0 when no row was fit to stay."""
        body = [len(r) for r in self.rows if any(is_number(c) for c in r)] or [len(r) for r in self.rows]
        return Counter(body).most_common(1)[0][0] if body else 0


def is_number(text: str) -> bool:
    """Whether a cell holds a figure: digits with signs, separators, currency, percent or footnote marks only."""
    return bool(text) and _NUMBER.fullmatch(text.strip()) is not None


def is_year(text: str) -> bool:
    """Whether a cell holds a year, as headers do."""
    return _YEAR.fullmatch(text.strip()) is not None


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing or one of the signs for "no value"."""
    return _NO_VALUE.fullmatch(text.strip()) is not None


def header_count(rows: Sequence[Sequence[str]]) -> int | None:
    """How many top rows are header; None when nothing tells (a table of texts without a known header word).

    >>> header_count([["Mes", "Meta"], ["Mayo", "4"]])
    1
    """
    if not rows:
        return None
    width = max(len(r) for r in rows)
    for count, row in enumerate(rows):
        figures = [c for c in row if is_number(c)]
        if not figures or (count == 0 and len(row) > 1 and all(_YEAR.fullmatch(c.strip()) for c in figures)):
            continue
        return _trim_sections(rows[:count], width) if count else None
    known = sum(1 for c in rows[0] if set(fold(c).split()) & _HEADER_WORDS)
    return 1 if len(rows) > 1 and all(rows[0]) and known * 2 >= len(rows[0]) else None


def _trim_sections(rows: Sequence[Sequence[str]], width: int) -> int:
    """Rows of texts above the first figures, less those that head a section of the body ("PROGRAMA 11")."""
    count = len(rows)
    while count > 1:
        last, above = rows[count - 1], rows[: count - 1]
        filled = [i for i, c in enumerate(last) if c]
        complete = any(len(r) == width and all(r[1:]) for r in above)
        if not filled or (complete and filled == [0]) or (complete and len(filled) * 2 < width):
            count -= 1
            continue
        break
    return count


@dataclass(kw_only=True, slots=True)
class Placed:
    """A header cell with the columns it covers."""

    text: str
    column: int
    columns: int = 1


def repeating_runs(names: Sequence[str]) -> list[list[str]] | None:
    """Names in groups of one pattern, told by the names that come again; None when none does."""
    cells = [Placed(text=name, column=i) for i, name in enumerate(names)]
    for runs in (_repeating(cells), _ending(cells)):
        if len(runs) > 1 and all(len(run) > 1 for run in runs) and _alike(runs):
            return [[p.text for p in run] for run in runs]
    return None


def place_header(
    rows: Sequence[Sequence[str]],
    width: int,
    labels: int = 0,
    spans: Mapping[int, Sequence[int]] | None = None,
) -> tuple[list[list[Placed]], list[str]]:
    """Header cells put over the columns of the body, and Spanish warnings about what had to be assumed.

    A row with a cell for each column stays as it is. A shorter row has merged cells: each covers a run of the row
    below, and a new run starts where the names of that row repeat. Rows that fit nowhere come back empty.
    labels: how many columns of texts the body starts with. spans: rows whose cells are known to cover so many columns.
    """
    placed: list[list[Placed]] = []
    warnings: list[str] = []
    for index, row in reversed(list(enumerate(rows))):
        below = next((p for p in placed if p), None)
        wide = (spans or {}).get(index)
        if wide is not None:
            starts = accumulate(wide, initial=0)
            line = [Placed(text=c, column=at, columns=n) for c, at, n in zip(row, starts, wide, strict=False)]
        elif len(row) >= width and not any(row[width:]):
            line = [Placed(text=c, column=i) for i, c in enumerate(row[:width])]
        elif below is None or len(row) > width:
            lead = None if len(row) > width else _lead_of_short(row, rows, width, labels)
            if lead is None:
                warnings.append(f"no se sabe qué columnas cubre el encabezado «{' | '.join(c for c in row if c)}»")
                placed.insert(0, [])
                continue
            line = [Placed(text=row[i - lead] if 0 <= i - lead < len(row) else "", column=i) for i in range(width)]
        else:
            runs, assumed = _runs(row, below)
            if runs is None:
                warnings.append(f"no se sabe qué columnas cubre el encabezado «{' | '.join(c for c in row if c)}»")
                placed.insert(0, [])
                continue
            if assumed:
                warnings.append(
                    f"se supuso que los grupos del encabezado «{' | '.join(c for c in row if c)}» son iguales"
                )
            line = [
                Placed(text=text, column=run[0].column, columns=sum(p.columns for p in run))
                for text, run in zip(row, runs, strict=True)
            ]
        placed.insert(0, line)
    _narrow_shared_names(placed)
    for index, (upper, lower) in enumerate(pairwise(placed)):
        if index not in (spans or {}):
            _spread_over_empty(upper, lower)
    return placed, warnings


def _lead_of_short(row: Sequence[str], rows: Sequence[Sequence[str]], width: int, labels: int) -> int | None:
    """Where a deepest header row without the cells of the label columns starts; None when that is unknown.

    It is known when the row above names the label columns and its groups then fit.
    """
    lead = min(labels, width - len(row))
    if len(rows) < 2 or not all(row):
        return None
    cells = [Placed(text=row[i - lead] if 0 <= i - lead < len(row) else "", column=i) for i in range(width)]
    return lead if _runs(rows[-2], cells)[0] is not None else None


def _runs(row: Sequence[str], below: Sequence[Placed]) -> tuple[list[list[Placed]] | None, bool]:
    """For each cell of a short header row the cells of the row below that it covers; whether equal sizes were assumed."""
    if len(row) == len(below):
        return [[p] for p in below], False
    if len(row) > len(below):
        return None, False
    for runs in (_repeating(below), _ending(below)):
        if len(runs) == len(row) and _alike(runs):
            return runs, False
    # Label columns named in the row below stand under empty cells of this one: they keep one column each.
    lead = next((i for i, c in enumerate(row) if c), len(row))
    trail = next((i for i, c in enumerate(reversed(row)) if c), 0)
    lead = max(lead, next((i for i, p in enumerate(below) if p.text), 0))
    trail = max(trail, next((i for i, p in enumerate(reversed(below)) if p.text), 0))
    groups = len(row) - lead - trail
    middle = list(below[lead : len(below) - trail])
    if groups <= 0 or len(middle) < groups:
        return None, False
    singles = [[p] for p in below[:lead]], [[p] for p in below[len(below) - trail :]] if trail else []
    for runs in (_repeating(middle), _ending(middle)):
        if len(runs) == groups and _alike(runs):
            return [*singles[0], *runs, *singles[1]], False
    if len(middle) % groups:
        return None, False
    size = len(middle) // groups
    runs = [middle[i : i + size] for i in range(0, len(middle), size)]
    assumed = groups > 1 and size > 1
    return [*singles[0], *runs, *singles[1]], assumed


def _repeating(cells: Sequence[Placed]) -> list[list[Placed]]:
    """Runs of names: an empty cell stands alone, a new run starts where a name of the current one comes again."""
    runs: list[list[Placed]] = []
    seen: set[str] = set()
    for cell in cells:
        name = fold(cell.text)
        if not name:
            runs.append([cell])
            seen = {""}
            continue
        if not runs or name in seen or "" in seen:
            runs.append([])
            seen = set()
        runs[-1].append(cell)
        seen.add(name)
    return runs


def _ending(cells: Sequence[Placed]) -> list[list[Placed]]:
    """Runs that each end with the same name ("Meta, Avance, % | Vigente, Pagado, %"); empty cells stand alone."""
    runs: list[list[Placed]] = []
    names = [fold(c.text) for c in cells]
    last = next((n for n in reversed(names) if n), "")
    opens = True
    for cell, name in zip(cells, names, strict=True):
        if opens or not name:
            runs.append([])
        runs[-1].append(cell)
        opens = name in ("", last)
    return runs


def _alike(runs: Sequence[Sequence[Placed]]) -> bool:
    """Whether the groups show one pattern: all begin with the same name, or all end with it."""
    named = [[fold(p.text) for p in run] for run in runs if any(p.text for p in run)]
    if len(named) < 2:
        return True
    return len({n[0] for n in named}) == 1 or (len({n[-1] for n in named}) == 1 and min(map(len, named)) > 1)


def _narrow_shared_names(placed: list[list[Placed]]) -> None:
    """A name repeated under each group covers only the leaves that all its places share.

    "Meta" over Absoluta, Relativa in one group and over Absoluta, Relativa, Ejecución in the next: the extra leaf
    is a sibling of "Meta", not one of its parts. Never applies to the top row.
    """
    leaves = placed[-1] if placed else []
    for level in range(1, len(placed) - 1):
        shared: dict[str, list[Placed]] = {}
        for cell in placed[level]:
            if cell.text:
                shared.setdefault(fold(cell.text), []).append(cell)
        for cells in shared.values():
            sets = [[fold(p.text) for p in leaves if c.column <= p.column < c.column + c.columns] for c in cells]
            common = set(sets[0]).intersection(*sets)
            if len(cells) < 2 or not common:
                continue
            for cell, names in zip(cells, sets, strict=True):
                size = next((i for i, n in enumerate(names) if n not in common), len(names))
                if 0 < size < cell.columns and not common & set(names[size:]):
                    placed[level].append(Placed(text="", column=cell.column + size, columns=cell.columns - size))
                    cell.columns = size


def _spread_over_empty(upper: list[Placed], lower: list[Placed]) -> None:
    """A header cell covers the empty cells to its right as long as the row below has names there."""
    named = {c for p in lower if p.text for c in range(p.column, p.column + p.columns)}
    order = sorted(upper, key=lambda p: p.column)
    if any(p.columns > 1 for p in order):
        return
    current: Placed | None = None
    for cell in order:
        if cell.text:
            current = cell if cell.column in named else None
        elif current is not None and cell.column in named:
            current.columns += 1
            upper.remove(cell)
        else:
            current = None


def header_cells(placed: Sequence[Sequence[Placed]], page: int | None) -> list[RawCell]:
    """Cells of a placed header; a name over empty cells reaches down to the end of the header."""
    taken: set[tuple[int, int]] = set()
    cells: list[RawCell] = []
    filled = {
        (r, c) for r, row in enumerate(placed) for p in row if p.text for c in range(p.column, p.column + p.columns)
    }
    for r, row in enumerate(placed):
        for p in sorted(row, key=lambda cell: cell.column):
            if (r, p.column) in taken:
                continue
            span = range(p.column, p.column + p.columns)
            rows = 1
            while p.text and r + rows < len(placed) and not any((r + rows, c) in filled for c in span):
                rows += 1
            taken.update((r + i, c) for i in range(rows) for c in span)
            cells.append(RawCell(text=p.text, row=r, column=p.column, rows=rows, columns=p.columns, page=page))
    return cells


def fit_rows(grid: Grid, header: int) -> list[list[str] | None]:
    """Body rows brought to the grid's width; None for a row whose figures cannot be tied to columns (left out)."""
    width = grid.width
    body = grid.rows[header:]
    full = [r for r in body if len(r) == width]
    numeric = [sum(is_number(r[c]) for r in full) > sum(bool(r[c]) for r in full) / 2 for c in range(width)]
    return [_fit(grid, row, width, numeric) for row in body]


def _fit(grid: Grid, row: list[str], width: int, numeric: list[bool]) -> list[str] | None:
    if len(row) == width:
        return row
    cells = list(row)
    while len(cells) > width and not cells[-1]:
        cells.pop()
    label = next((c for c in cells if c and not is_number(c)), cells[0] if cells else "")
    if len(cells) > width:
        reason = f"la fila trae {len(cells)} celdas y la tabla tiene {width} columnas: no se sabe a cuál va cada cifra"
    else:
        filled = [i for i, c in enumerate(cells) if c]
        if len(filled) <= 1 and not any(is_number(c) for c in cells):
            return cells + [""] * (width - len(cells))  # a section row
        if all(is_number(cells[i]) == numeric[i] or is_blank(cells[i]) for i in filled):
            grid.warnings.append(
                f"La fila «{label[:60]}» trae {len(cells)} de {width} celdas: las últimas se dejaron vacías."
            )
            return cells + [""] * (width - len(cells))
        reason = f"la fila trae {len(cells)} de {width} celdas: no se sabe a qué columna va cada cifra"
    grid.left_out.append(LeftOut(text=" | ".join(row), reason=reason))
    grid.warnings.append(f"No se cargó la fila «{label[:60]}»: {reason}.")
    return None
