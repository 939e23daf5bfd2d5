"""Header rows: where the body begins, what stands above each column, and which rows only repeat the header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from index.blocks import RawCell
from index.numbers import is_no_value
from index.tables.grid import Grid, flat, has_letters, is_number, key

_YEAR = re.compile(r"\*?(?:19[89]|20[0-6])\d\*?")
_NUMBERING = re.compile(
    r"\(?\s*(?:\d{1,2}|[a-z])\s*\)?|\(?\s*(?:\d{1,2}|[a-z])\s*\)?\s*=.{1,40}|=?[\d\s()+*/=-]{3,20}", re.IGNORECASE
)
_SIGNS = frozenset(("$", "%", "€", "Q", "₡", "S/", "Bs"))
_LONG_TITLE = 40  # characters: group headings are shorter


@dataclass(frozen=True, kw_only=True)
class Head:
    """What is above the body. `titles`, `header`, `numbering`, `repeated` and `body` hold row numbers of the grid."""

    titles: tuple[int, ...]
    header: tuple[int, ...]
    numbering: tuple[int, ...]
    repeated: tuple[int, ...]
    body: tuple[int, ...]
    paths: tuple[tuple[str, ...], ...]


def find_head(grid: Grid) -> Head:
    """Split the rows of a grid. A grid without any number has an empty body."""
    start = _known_start(grid)
    if start is None:
        start = _body_start(grid)
    while 0 < start < grid.rows - 1 and _continues_header(grid, start):
        start += 1
    block = list(range(start))
    titles = _titles(grid, block)
    while start < grid.rows and block and _is_numbering(grid, start):  # a reader that knows the header may leave it out
        block.append(start)
        start += 1
    numbering = [r for r in block if r not in titles and _is_numbering(grid, r)]
    if len(numbering) + len(titles) == len(block):
        numbering = []  # numbers are all the header there is
    header = [r for r in block if r not in titles and r not in numbering]
    paths = tuple(_path(grid, header, column) for column in range(grid.columns))
    repeated = _repeated(grid, range(start, grid.rows), header, titles, numbering)
    return Head(
        titles=tuple(titles),
        header=tuple(header),
        numbering=tuple(numbering),
        repeated=tuple(repeated),
        body=tuple(r for r in range(start, grid.rows) if r not in repeated),
        paths=paths,
    )


def _known_start(grid: Grid) -> int | None:
    """The reader's word, unless its last header row holds figures."""
    if grid.head is None or grid.head > grid.rows:
        return None
    for row in range(grid.head):
        if any(map(is_number, grid.filled[row])) and not _is_period_row(grid, row) and not _is_numbering(grid, row):
            return None
    return grid.head


def _continues_header(grid: Grid, row: int) -> bool:
    """A row under the header that only adds years or words over figures: "Cierre" above, "2024" below."""
    if grid.covered(row, 0) is not None and (grid.covered(row, 0) or grid.filled[row][0]).text.strip():
        return False
    places = [column for column, _ in _anchored(grid, row)]
    numeric = _number_columns(grid, row + 1)
    years = [column for column in places if _YEAR.fullmatch(grid.text(row, column))]
    others = [column for column in places if column not in years and grid.text(row, column).strip() not in _SIGNS]
    if any(is_number(grid.anchors[row, column]) or not has_letters(grid.text(row, column)) for column in others):
        return False
    if not years:
        return _divides_groups(grid, row, places) and set(places) <= numeric
    below = [grid.text(r, c) for c in years for r in range(row + 1, grid.rows) if grid.text(r, c)]
    return set(places) <= numeric and sum(bool(_YEAR.fullmatch(t)) for t in below) * 2 <= len(below)


def _divides_groups(grid: Grid, row: int, places: list[int]) -> bool:
    """Two words or more that come again in turn under each group of the header and nowhere below: P | E | P | E."""
    said = [key(grid.text(row, column)) for column in places]
    kinds = list(dict.fromkeys(said))
    below = {key(grid.text(r, c)) for c in places for r in range(row + 1, grid.rows)}
    repeats = len(said) // len(kinds) if kinds else 0
    return len(kinds) > 1 and repeats > 1 and said == kinds * repeats and not below & set(kinds)


def _body_start(grid: Grid) -> int:
    first = next((r for r in range(grid.rows) if _is_body(grid, r)), grid.rows)
    if first == grid.rows:
        return first
    numeric = _number_columns(grid, first)
    last_header = -1
    for row in range(first):
        alone = last_header >= 0 and len(grid.filled[last_header]) > 2 and _places(grid, row) == [0]
        named = [c for c in _places(grid, row) if not is_no_value(grid.text(row, c))]  # a dash names no column
        if any(column in numeric for column in named) and not alone:
            last_header = row  # a text alone at the left under a full row heads rows: "Programa 1. Agua"
    return last_header + 1 if last_header >= 0 else min(first, _title_run(grid, first))


def _title_run(grid: Grid, first: int) -> int:
    """Rows at the top that are titles when no row heads the number columns."""
    run = 0
    while run < first and len(grid.filled[run]) == 1 and _width(grid, grid.filled[run][0], run) == grid.columns > 1:
        run += 1
    return run


def _places(grid: Grid, row: int) -> list[int]:
    """Columns that the texts of a row stand over, a text over the whole width excepted."""
    found = []
    for column in range(grid.columns):
        cell = grid.covered(row, column)
        if (
            cell
            and cell.text.strip()
            and _width(grid, cell, row) < grid.columns
            and ((row, column) in grid.anchors or _starts(grid, cell, row) > 0)
        ):
            found.append(column)
    return found


def _width(grid: Grid, cell: RawCell, row: int) -> int:
    return sum(grid.covered(row, column) is cell for column in range(grid.columns))


def _starts(grid: Grid, cell: RawCell, row: int) -> int:
    return next(column for column in range(grid.columns) if grid.covered(row, column) is cell)


def _is_body(grid: Grid, row: int) -> bool:
    cells = grid.filled[row]
    numbers = [c for c in cells if is_number(c)]
    if not numbers:
        blanks = [c for c in cells[1:] if is_no_value(c.text)]
        return bool(blanks) and len(blanks) == len(cells) - 1 and row > 0 and not _is_numbering(grid, row)
    return not _is_period_row(grid, row) and not _is_numbering(grid, row)


def _number_columns(grid: Grid, first: int) -> set[int]:
    return {
        column for (row, column), cell in grid.anchors.items() if row >= first and cell.text.strip() and is_number(cell)
    }


def _is_period_row(grid: Grid, row: int) -> bool:
    """A row whose only numbers are years that head their columns: 2019 | 2020 | 2021."""
    years = [c for c, cell in _anchored(grid, row) if is_number(cell)]
    if not years or any(not _YEAR.fullmatch(grid.text(row, c)) for c in years):
        return False
    label = next(((c, cell) for c, cell in _anchored(grid, row) if c not in years), None)
    if label is not None and len(years) < 2 and _headed(grid, row, label[0]) and _headed(grid, row, years[0]):
        return False
    below = [
        grid.text(r, c) for c in years for r in range(row + 1, grid.rows) if (r, c) in grid.anchors and grid.text(r, c)
    ]
    numbers = [text for text in below if any(ch.isdigit() for ch in text)]
    return bool(numbers) and sum(bool(_YEAR.fullmatch(text)) for text in numbers) * 2 <= len(numbers)


def _headed(grid: Grid, row: int, column: int) -> bool:
    """Whether a text that is not a number stands above a place, in a row of two texts or more."""
    return any(
        (cell := grid.anchors.get((r, column))) is not None
        and cell.text.strip() != ""
        and not is_number(cell)
        and len(grid.filled[r]) > 1
        for r in range(row)
    )


def _anchored(grid: Grid, row: int) -> list[tuple[int, RawCell]]:
    return [
        (column, cell)
        for column in range(grid.columns)
        if (cell := grid.anchors.get((row, column))) is not None and cell.text.strip()
    ]


def _is_numbering(grid: Grid, row: int) -> bool:
    """A row that numbers the columns: 1 | 2 | 3 = (1 + 2) | 4."""
    texts = [flat(c.text) for c in grid.filled[row]]
    if len(texts) < 3 or not all(_NUMBERING.fullmatch(t) for t in texts):
        return False
    firsts = [re.sub(r"\W", "", t.split("=")[0]).lower() for t in texts]
    numbers = [int(f) if f.isdecimal() else ord(f[0]) - 96 for f in firsts if f]
    steps = [b - a for a, b in pairwise(numbers)]
    return numbers[0] in (1, 2) and len(numbers) == len(texts) and all(step == 1 for step in steps)


def _titles(grid: Grid, block: list[int]) -> list[int]:
    """Rows above the header proper: one text over the whole table, or "Ente público: …"."""
    full = [r for r in block if len(grid.filled[r]) >= 2 and not _is_fact_row(grid, r)]
    if not full:
        return [r for r in block if _is_title(grid, r) or _is_fact_row(grid, r)] if len(block) > 1 else []
    return [r for r in block if r < full[-1] and (_is_fact_row(grid, r) or _is_title(grid, r))]


def _is_fact_row(grid: Grid, row: int) -> bool:
    texts = [flat(c.text) for c in grid.filled[row]]
    return 2 <= len(texts) <= 4 and len(texts) % 2 == 0 and all(t.endswith(":") for t in texts[::2])


def _is_title(grid: Grid, row: int) -> bool:
    cells = grid.filled[row]
    if len(cells) != 1:
        return False
    start, width = _starts(grid, cells[0], row), _width(grid, cells[0], row)
    if width == grid.columns or (start == 0 and cells[0].rows == 1):
        return True
    text = flat(cells[0].text)
    return width == 1 and (len(text) > _LONG_TITLE or text.startswith("("))


def _path(grid: Grid, header: list[int], column: int) -> tuple[str, ...]:
    parts: list[str] = []
    for row in header:
        text = _header_text(grid, header, row, column)
        if text and key(text) not in {key(p) for p in parts}:
            parts.append(text)
    return tuple(parts)


def _header_text(grid: Grid, header: list[int], row: int, column: int) -> str:
    cell = grid.covered(row, column)
    if cell is not None and cell.text.strip():
        return flat(cell.text)
    return _from_left(grid, header, row, column)


def _from_left(grid: Grid, header: list[int], row: int, column: int) -> str:
    """A group heading printed once over its first column ("2019" above Aprobado, blank above Devengado)."""
    below = [r for r in header if r > row]
    if not any(grid.text(r, column) for r in below):
        return ""
    for left in range(column - 1, -1, -1):
        cell = grid.covered(row, left)
        if cell is None or not cell.text.strip():
            continue
        alone = _width(grid, cell, row) == 1 and cell.rows == 1
        return flat(cell.text) if alone and any(grid.text(r, left) for r in below) else ""
    return ""


def _repeated(grid: Grid, rows: range, header: list[int], titles: list[int], numbering: list[int]) -> list[int]:
    """Body rows that print header, title or numbering once more, at a page break."""
    heads = [{c: key(flat(cell.text)) for c, cell in _anchored(grid, r)} for r in (*header, *titles, *numbering)]
    found = []
    for row in rows:
        texts = {c: key(flat(cell.text)) for c, cell in _anchored(grid, row)}
        if texts in heads and (len(texts) > 1 or row - 1 in found or row + 1 < grid.rows):
            found.append(row)
    return found
