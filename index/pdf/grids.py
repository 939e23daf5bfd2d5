"""A net of rulings with its words to a table: dissolve false merges, split open bands, find the header rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from index.pdf.columns import Column
from index.pdf.drafts import Draft, DraftCell, compact
from index.pdf.hung import unhang
from index.pdf.lattice import Grid, GridCell
from index.pdf.lines import chunks_of, levels, lines_of, text_of
from index.pdf.marks import is_caption, is_missing, is_ordinal, is_value, is_year
from index.pdf.rivers import with_rivers, without_idle_levels
from index.pdf.rows import make_rows
from index.pdf.values import Word


def without_title(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid without a top band that is one cell with several lines, or a caption: a page head in the same frame."""
    while len(grid.ys) > 2:
        top = [c for c in grid.cells if c.row == 0]
        held = [w for w in words if grid.ys[0] <= w.middle < grid.ys[1] and grid.xs[0] <= w.centre <= grid.xs[-1]]
        lines = levels(held)
        whole = len(top) == 1 and top[0].columns == len(grid.xs) - 1
        title = len(lines) != 1 or is_caption(" ".join(w.text for w in lines[0]))
        if not whole or not title:
            break
        cells = tuple(
            GridCell(row=c.row - 1, column=c.column, rows=c.rows, columns=c.columns) for c in grid.cells if c.row
        )
        grid = Grid(xs=grid.xs, ys=grid.ys[1:], cells=cells)
    return grid


def place(edges: Sequence[float], at: float) -> int | None:
    """Index of the strip that holds a position; None outside."""
    if not edges[0] - 2 <= at <= edges[-1] + 2:
        return None
    for i in range(len(edges) - 1):
        if at < edges[i + 1]:
            return i
    return len(edges) - 2


def draft_grid(page: int, grid: Grid, words: Sequence[Word]) -> Draft:
    """The table of a grid; `words` are those inside it."""
    grid = with_rivers(without_idle_levels(grid), words)
    owner = {(c.row + i, c.column + j): c for c in grid.cells for i in range(c.rows) for j in range(c.columns)}
    held: dict[GridCell, list[Word]] = defaultdict(list)
    for row, column, chunk in _placed(grid, words):
        held[owner[row, column]].extend(chunk)
    cells = [part for cell in _dissolved(grid, held) for part in _by_bands(grid, *cell)]
    numeric = _numeric(grid, cells)
    draft = Draft(page=page, edges=grid.xs, cells=unhang(_split_bands(grid, cells, numeric)), header_rows=0, ruled=True)
    draft = compact(draft, columns=False)
    draft.header_rows = header_rows(draft)
    return draft


def _placed(grid: Grid, words: Sequence[Word]) -> list[tuple[int, int, list[Word]]]:
    """Each word with its strip; a label that runs over an edge into a cell with a figure stays where it began."""
    found: list[tuple[int, int, list[Word]]] = []
    for level in levels(words):
        label: tuple[int, Word] | None = None
        for word in level:
            row, column = place(grid.ys, word.middle), place(grid.xs, word.centre)
            if row is None or column is None:
                continue
            if not is_value(word.text):
                if label and label[0] < column and _runs_on(grid, level, label, word):
                    column = label[0]
                label = (column, word)
            found.append((row, column, [word]))
    return found


def _runs_on(grid: Grid, level: list[Word], label: tuple[int, Word], word: Word) -> bool:
    """The word follows the label without a gap and shares its cell with a figure."""
    column, last = label
    edge, right = grid.xs[column + 1], grid.xs[min(column + 2, len(grid.xs) - 1)]
    if not -0.3 * word.size <= word.x0 - last.x1 < 0.5 * word.size or word.x0 > right:
        return False
    return any(is_value(w.text) and edge < w.centre < right and any(c.isdigit() for c in w.text) for w in level)


def _dissolved(grid: Grid, held: dict[GridCell, list[Word]]) -> list[tuple[GridCell, list[Word]]]:
    """A cell over several columns that prints a figure and more in different columns is no merged cell."""
    found: list[tuple[GridCell, list[Word]]] = []
    for cell, words in held.items():
        if cell.columns == 1 or not (_several(grid, words) or _aligned(grid, cell, words, held)):
            found.append((cell, words))
            continue
        inner = grid.xs[cell.column + 1 : cell.column + cell.columns]
        parts: dict[int, list[Word]] = defaultdict(list)
        for level in levels(words):
            for chunk in chunks_of(level, inner):
                column = place(grid.xs, chunk.centre if chunk.value else chunk.x0 + 1)
                parts[column if column is not None else cell.column].extend(chunk.words)
        for column, part in parts.items():
            found.append((GridCell(row=cell.row, column=column, rows=cell.rows), part))
    return found


def _aligned(grid: Grid, cell: GridCell, words: list[Word], held: dict[GridCell, list[Word]]) -> bool:
    """As many labels as columns, each where the words of its own column begin."""
    (line, *more) = levels(words)
    parts: dict[int | None, float] = {}
    for word in line:
        parts.setdefault(place(grid.xs, word.centre), word.x0)
    if more or set(parts) != set(range(cell.column, cell.column + cell.columns)):
        return False
    starts = {c.column: [w.x0 for w in ws] for c, ws in held.items() if c.columns == 1 and ws}
    return all(any(abs(x - y) < 2 for y in starts.get(column or 0, ())) for column, x in parts.items())


def _by_bands(grid: Grid, cell: GridCell, words: list[Word]) -> list[tuple[GridCell, list[Word]]]:
    """A tall cell that prints one line in nearly every band is a column without rulings of its own."""
    lines = levels(words)
    figures = [is_value(text_of(line)) for line in lines]
    if cell.rows < 2 or (cell.rows == 2 and not (len(lines) == 2 and all(figures))):
        return [(cell, words)]
    bands: dict[int, list[Word]] = defaultdict(list)
    for line in lines:
        band = place(grid.ys, sum(w.middle for w in line) / len(line))
        bands[band if band is not None else cell.row].extend(line)
    if len(bands) < 0.7 * cell.rows or len(lines) > 1.3 * len(bands):
        return [(cell, words)]
    return [(GridCell(row=r, column=cell.column, columns=cell.columns), part) for r, part in bands.items()]


def _several(grid: Grid, words: list[Word]) -> bool:
    for level in levels(words):
        chunks = chunks_of(level)
        places = {place(grid.xs, c.centre) for c in chunks}
        if len(chunks) > 1 and len(places) == len(chunks) and any(c.value for c in chunks):
            return True
    return False


def _numeric(grid: Grid, cells: list[tuple[GridCell, list[Word]]]) -> list[bool]:
    values: list[list[bool]] = [[] for _ in range(len(grid.xs) - 1)]
    numbers = [0] * (len(grid.xs) - 1)
    for cell, words in cells:
        if cell.columns == 1:
            for level in levels(words):
                text = " ".join(w.text for w in level)
                value = is_value(text) or is_value(text.replace(" ", ""))
                values[cell.column].append(value)
                numbers[cell.column] += value and any(ch.isdigit() for ch in text)
    return [bool(v) and sum(v) * 2 >= len(v) and numbers[i] > 0 for i, v in enumerate(values)]


def _split_bands(grid: Grid, cells: list[tuple[GridCell, list[Word]]], numeric: list[bool]) -> list[DraftCell]:
    """A band of the grid that prints several lines of figures becomes as many rows."""
    heights: list[int] = []
    parts: dict[int, list[DraftCell]] = {}
    for band in range(len(grid.ys) - 1):
        here = [(c, w) for c, w in cells if c.row == band and c.rows == 1 and w]
        split = _rows_of_band(grid, here, numeric, band)
        heights.append(max(1, max((d.row + 1 for d in split), default=1)))
        parts[band] = split
    starts = [sum(heights[:i]) for i in range(len(heights) + 1)]
    found: list[DraftCell] = []
    for band, split in parts.items():
        for part in split:
            part.row += starts[band]
            found.append(part)
    for cell, words in cells:
        if cell.rows > 1 and words:
            rows = starts[cell.row + cell.rows] - starts[cell.row]
            found.append(
                DraftCell(row=starts[cell.row], column=cell.column, rows=rows, columns=cell.columns, words=words)
            )
    return found


def _rows_of_band(
    grid: Grid, here: list[tuple[GridCell, list[Word]]], numeric: list[bool], band: int
) -> list[DraftCell]:
    """Rows of one band, counted from 0."""
    singles = [(c, w) for c, w in here if c.columns == 1]
    counts = {c.column: _value_levels(w) for c, w in singles if numeric[c.column]}
    lines = max((len(levels(w)) for _, w in singles), default=0)
    many = [n for n in counts.values() if n > 1]
    even = len(counts) > 2 and len(many) == len(counts) == len(singles) - 1  # all but the label print two figures
    several = many and len(many) * 2 > len(counts) and len(singles) > 1 and (max(many) != 2 or lines <= 3 or even)
    listed = not several and _lists_labels(grid, singles, numeric, band)
    if not several and not listed:
        return [DraftCell(row=0, column=c.column, columns=c.columns, words=w) for c, w in here]
    if listed:  # a column may print nothing but dashes
        marked = {c.column for c, w in singles if all(is_value(text_of(level)) for level in levels(w))}
        numeric = [held or i in marked for i, held in enumerate(numeric)]
    words = [w for _, part in here for w in part]
    rows = make_rows(words, grid.xs, numeric, (grid.ys[band], grid.ys[band + 1]), listed=listed)
    return [
        DraftCell(row=index, column=column, words=list(part))
        for index, row in enumerate(rows)
        for column, part in enumerate(row.cells)
        if part
    ]


def _lists_labels(grid: Grid, singles: list[tuple[GridCell, list[Word]]], numeric: list[bool], band: int) -> bool:
    """Whether an open body prints one line of figures beside a list of labels that are no wrapped lines of one.

    Each label starts with a capital where the line before it had room to go on.
    """
    inner = [b for b in range(len(grid.ys) - 1) if grid.ys[b + 1] - grid.ys[b] > 0.3 * (grid.ys[-1] - grid.ys[0])]
    column, labels = next(((c.column, w) for c, w in singles if not numeric[c.column]), (0, []))
    lines = lines_of(labels)
    if inner != [band] or len(lines) < 4:
        return False
    right = grid.xs[column + 1]
    starts = 0
    for above, line in pairwise(lines):
        first = line.words[0]
        room = right - above.x1 > first.x1 - first.x0 + line.size
        starts += room and line.text[:1].isupper()
    return starts >= 3


def _value_levels(words: list[Word]) -> int:
    texts = [" ".join(w.text for w in level) for level in levels(words)]
    return sum(is_value(t.replace(" ", "")) and any(ch.isdigit() for ch in t) for t in texts)


def header_rows(draft: Draft) -> int:
    """Top rows without data: no figure but years and ordinals, more than one cell each or spanning."""
    rows = draft.rows
    data = next((r for r in range(rows) if has_data(draft, r)), None)
    if data is None:
        return _text_header(draft)
    head = 0
    for r in range(data):
        cells = draft.row_cells(r)
        reaching = any(c.row < r < c.row + c.rows for c in draft.cells)
        if r and head and len(cells) == 1 and cells[0].column == 0 and not reaching and cells[0].rows == 1:
            break  # a section row under the header
        if r and is_bare_row(draft, r):
            break
        head = r + 1
    return head


def is_bare_row(draft: Draft, row: int) -> bool:
    """A row of the body without a figure: a dash or nothing where others print one, under a header that names all.

    A second line of a header leaves the first column to the line above, and names columns rather than leave them.
    """
    above = [c for c in draft.cells if c.row < row]
    named = {c.column for c in above if c.columns == 1 and c.row + c.rows == row}
    cells = [c for c in draft.cells if c.row == row]
    if len(named) < draft.columns or any(c.columns > 1 or c.rows > 1 for c in cells):
        return False
    texts = {c.column: text_of(c.words) for c in cells}
    figures = {c.column for c in draft.cells if c.row > row and _is_figure(text_of(c.words))}
    missing = {i for i in figures if i not in texts or is_missing(texts[i])}
    return 0 in texts and len(texts) > 1 and figures == missing != set()


def _is_figure(text: str) -> bool:
    return is_value(text.replace(" ", "")) and any(ch.isdigit() for ch in text)


def has_data(draft: Draft, row: int) -> bool:
    """The row prints figures that are no years and no column numbers."""
    cells = draft.row_cells(row)
    texts = [text_of(c.words).replace(" ", "") for c in cells]
    values = [t for c, t in zip(cells, texts, strict=True) if is_value(t) and (c.column or len(cells) == 1)]
    real = [t for t in values if any(ch.isdigit() for ch in t)]
    if not real:
        return False
    if all(is_year(t) for t in real):
        return False
    if len(real) > 1 and all(is_ordinal(t) for t in real):
        digits = [int("".join(ch for ch in t if ch.isdecimal()) or 0) for t in real]
        step = {b - a for a, b in pairwise(digits)}
        return step != {1} and not (cells[0].column > 0 and min(step) > 0 and digits[0] == 1)
    return True


def _text_header(draft: Draft) -> int:
    """A table without figures: its first row is header when it alone is bold or all its cells are short."""
    if draft.rows < 2:
        return 0
    first = draft.row_cells(0)
    reach = max(c.rows for c in first)
    if 1 < reach < draft.rows and len(first) > 1:
        return reach  # labels that run down over the others frame the header
    rest = [c for c in draft.cells if c.row > 0]
    bold = all(sum(w.bold for w in c.words) * 2 > len(c.words) for c in first)
    plain = sum(sum(w.bold for w in c.words) * 2 <= len(c.words) for c in rest)
    return 1 if len(first) > 1 and ((bold and plain) or len(first) == draft.columns) else 0


def grid_columns(draft: Draft) -> list[Column]:
    """Where the text of each column of a grid stands; its edges where a column is empty."""
    found = []
    for index in range(draft.columns):
        words = [w for c in draft.cells if c.column == index and c.columns == 1 for w in c.words]
        x0 = min((w.x0 for w in words), default=draft.edges[index])
        x1 = max((w.x1 for w in words), default=draft.edges[index + 1])
        found.append(Column(x0=x0, x1=x1))
    return found
