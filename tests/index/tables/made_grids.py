"""Small grids written as text: one row a line, cells between bars. "^" continues the cell above, "<" the one at left."""

from __future__ import annotations

from typing import Any

from index.blocks import RawCell, RawTable
from index.model import Column, Row, Table
from index.tables import build_table


def raw(text: str, **fields: Any) -> RawTable:
    """The grid of a drawing. Indents are spaces doubled with dots: "··Sueldos" has indent 2; "!x" is bold."""
    lines = [line.strip() for line in text.strip().splitlines()]
    drawn = [[cell.strip() for cell in line.split("|")] for line in lines]
    cells = []
    for row, line in enumerate(drawn):
        for column, cell in enumerate(line):
            if cell in ("^", "<"):
                continue
            rows = 1
            while row + rows < len(drawn) and drawn[row + rows][column] == "^":
                rows += 1
            columns = 1
            while column + columns < len(line) and line[column + columns] == "<":
                columns += 1
            bold, shown = cell.startswith("!"), cell.removeprefix("!")
            indent = len(shown) - len(shown.lstrip("·"))
            cells.append(
                RawCell(
                    text=shown.lstrip("·"), row=row, column=column, rows=rows, columns=columns, bold=bold, indent=indent
                )
            )
    return RawTable(cells=tuple(cells), **fields)


def table(
    text: str, *, caption: str = "", header_rows: int | None = None, notes: tuple[str, ...] = (), **fields: Any
) -> Table:
    """The typed table of a drawing; fails when the grid holds no figures."""
    grid = raw(text, caption=caption, header_rows=header_rows, notes=notes)
    built = build_table(grid, id="d:t1", document="d", **fields)
    assert built is not None
    return built[0]


def column(of: Table, name: str) -> Column:
    return next(c for c in of.columns if c.header == name)


def row(of: Table, label: str) -> Row:
    return next(r for r in of.rows if r.label == label)


def kinds(of: Table) -> str:
    """One letter a row: d data, s subtotal, t total, h heading."""
    return "".join({"data": "d", "subtotal": "s", "total": "t", "section": "h"}[r.kind] for r in of.rows)


def values(of: Table, name: str) -> list[str | None]:
    place = column(of, name).index
    return [None if (v := r.cells[place].value) is None else str(v) for r in of.rows]
