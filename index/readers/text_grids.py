"""Finds the grids of a text: cells between tabs, one cell a line, pipes, or columns aligned with spaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.model import LeftOut
from index.readers.aligned import aligned_grid
from index.readers.grid import Grid, is_number
from index.readers.text_lines import Line, caption_line, glue, list_item, unit_line
from index.report_head import memo_pair, parse_head_line

_RULE = re.compile(r"[\s|+:=\-─┼├┤┌┐└┘┬┴═╪━_]+")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def find_grids(lines: Sequence[Line]) -> list[Grid]:
    """All grids of a text in order; page repeats are still apart."""
    grids: list[Grid] = []
    i = 0
    while i < len(lines):
        grid = (
            _pipes(lines, i)
            or _tabs(lines, i)
            or _cells(lines, i)
            or aligned_grid(lines, i, grids[-1].end if grids else 0)
        )
        if grid is None:
            i += 1
            continue
        grids.append(grid)
        i = grid.end
    return grids


def _pipes(lines: Sequence[Line], start: int) -> Grid | None:
    """Markdown and psql-like tables. A rule line under the first rows tells the header."""
    end = start
    rows: list[list[str]] = []
    header: int | None = None
    closed = _closed(lines, start)
    while end < len(lines) and not lines[end].blank and ("|" in lines[end].text or _is_rule(lines[end].text)):
        text = lines[end].text
        if not _is_rule(text):
            rows.append(_pipe_cells(text, closed=closed))
        elif header is None and rows:
            header = len(rows)
        end += 1
    if len(rows) < 2 or Counter(len(r) for r in rows).most_common(1)[0][0] < 2 or len(rows) * 2 < end - start:
        return None
    return Grid(style="pipes", start=start, end=end, rows=rows, header_rows=header if header != len(rows) else None)


def _is_rule(text: str) -> bool:
    return len(text) > 2 and bool(_RULE.fullmatch(text)) and any(c in text for c in "-─═=━_")


def _closed(lines: Sequence[Line], start: int) -> bool:
    """Whether a pipe closes each row; else one at the end of a row opens a last cell that is empty."""
    text = lines[start].text.strip()
    return text.startswith("|") or text.endswith("|")


def _pipe_cells(text: str, *, closed: bool) -> list[str]:
    bare = text.strip().removeprefix("|")
    bare = bare[:-1] if closed and bare.endswith("|") and not bare.endswith("\\|") else bare
    cells = re.split(r"(?<!\\)\|", bare)
    return [" ".join(_BREAK.sub(" ", c).replace("\\|", "|").split()) for c in cells]


def _split(line: Line) -> list[str]:
    return [" ".join(c.split()) for c in line.raw.split("\t")]


def _is_tab_row(line: Line) -> bool:
    """A line with a tab between texts, that is not a bullet, a memo key or a report head set with tabs."""
    if "\t" not in line.raw.strip(" "):
        return False
    cells = _split(line)
    if len(cells) < 3 and not (cells[0] and any(cells[1:])):
        return False
    filled = [c for c in cells if c]
    if sum(map(is_number, cells)) > 1:
        return True
    if memo_pair(line.text) or parse_head_line(line.text):
        return False
    return not (len(filled) <= 2 and list_item(f"{cells[0]} x") and not is_number(cells[-1]))


def _tabs(lines: Sequence[Line], start: int) -> Grid | None:
    if not _is_tab_row(lines[start]):
        return None
    members = [start]
    end = start + 1
    while end < len(lines):
        step = _next_row(lines, end)
        if step is None:
            break
        members.extend(range(end, step + 1) if not lines[end].blank else [step])
        end = step + 1
    found = [(i, _split(lines[i])) for i in members]
    if sum(1 for i, _ in found if _is_tab_row(lines[i])) < 2:
        return None
    width = Counter(len(c) for _, c in found if len(c) > 1).most_common(1)[0][0]
    grid = Grid(style="tabs", start=start, end=end, rows=[])
    _assemble(grid, [c for _, c in found], width)
    if all(not r[0] for r in grid.rows if r):
        grid.rows = [r[1:] for r in grid.rows]
    return grid


def _next_row(lines: Sequence[Line], at: int) -> int | None:
    """Index of the next row of the block: this line, or the one after a single blank or a few wrapped lines."""
    if _is_tab_row(lines[at]) or _keeps_row(lines[at]):
        return at
    if lines[at].blank:
        after = at + 1
        return after if after < len(lines) and _is_tab_row(lines[after]) else None
    for after in range(at + 1, min(at + 4, len(lines))):
        if lines[after].blank or caption_line(lines[at].text) or unit_line(lines[at].text):
            return None
        if parse_head_line(lines[at].text):
            return None
        if _is_tab_row(lines[after]):
            return after
    return None


def _keeps_row(line: Line) -> bool:
    """A row with one filled cell and its tabs (tab, tab, "Total")."""
    return line.raw.count("\t") > 1 and bool(line.text) and parse_head_line(line.text) is None


def _assemble(grid: Grid, printed: list[list[str]], width: int) -> None:
    """Rows from lines: a cell broken over lines is glued when, and only when, the pieces make exactly one row."""
    i = 0
    while i < len(printed):
        row = list(printed[i])
        j = i + 1
        while len(row) < width and j < len(printed) and len(printed[j]) < width:
            row = [*row[:-1], glue(row[-1], printed[j][0]), *printed[j][1:]]
            j += 1
        if len(row) == width and j > i + 1:
            grid.rows.append(row)
            i = j
            continue
        row = printed[i]
        if len(row) == 1 and grid.rows and row[0][:1].islower():
            grid.left_out.append(LeftOut(text=row[0], reason="línea suelta entre dos filas de una tabla"))
            grid.warnings.append(f"Entre dos filas quedó suelta la línea «{row[0][:60]}».")
        else:
            grid.rows.append(row)
        i += 1


def _is_cell(line: Line) -> bool:
    return line.raw.lstrip(" ").startswith("\t") and "\t" not in line.raw.strip(" ")[1:].rstrip("\t")


def _cells(lines: Sequence[Line], start: int) -> Grid | None:
    """One cell a line, each after a tab; a blank line ends the row; a line without tab goes on with its cell."""
    if not _is_cell(lines[start]):
        return None
    rows: list[list[str]] = [[]]
    i = start
    end = start
    while i < len(lines):
        line = lines[i]
        if _is_cell(line):
            rows[-1].append(line.text)
            end = i + 1
        elif line.blank:
            gap = i
            while gap < len(lines) and lines[gap].blank:
                gap += 1
            if gap == len(lines) or not _is_cell(lines[gap]):
                break
            if gap - i > 1 and len(rows) > 1 and _new_table(rows, lines, gap):
                break
            if rows[-1]:
                rows.append([])
            i = gap
            continue
        elif rows[-1] and _goes_on(rows, line):
            rows[-1][-1] = glue(rows[-1][-1], line.text)
            end = i + 1
        else:
            break
        i += 1
    rows = [r for r in rows if r]
    if len(rows) < 2 or max(len(r) for r in rows) < 2:
        return None
    return Grid(style="cells", start=start, end=end, rows=rows)


def _goes_on(rows: list[list[str]], line: Line) -> bool:
    """Whether a line without tab belongs to the cell above: not when the row is complete and prose follows."""
    complete = len(rows) > 1 and len(rows[-1]) == Counter(len(r) for r in rows[:-1]).most_common(1)[0][0]
    return not line.bookmark and not caption_line(line.text) and not (complete and len(line.text) > 60)


def _new_table(rows: list[list[str]], lines: Sequence[Line], at: int) -> bool:
    """Whether after some blank lines another table starts: a header like the first, or a row of another width."""
    ahead: list[str] = []
    for line in lines[at:]:
        if line.blank:
            break
        if _is_cell(line):
            ahead.append(line.text)
    figures = any(is_number(c) for r in rows for c in r)
    return (
        figures and len(ahead) > 1 and not any(is_number(c) for c in ahead) and sum(map(bool, ahead)) * 2 > len(ahead)
    )
