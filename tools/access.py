"""Reading figures and their places out of a table. Every tool gets its numbers here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from index.model import Cell, Citation, Column, Document, Level, Role, Row, RowKind, Table
from tools.catalogue import TableView
from tools.formatting import show
from tools.model import Figure


def cell(table: Table, row: int, column: int) -> Cell:
    """The cell at a place; an empty one where the row is shorter than the header."""
    cells = table.rows[row].cells
    return cells[column] if column < len(cells) else Cell(text="")


def value(table: Table, row: int, column: int) -> Decimal | None:
    """The figure in units (scale applied), None when the cell holds none."""
    found = cell(table, row, column).value
    if found is None:
        return None
    scale = table.columns[column].scale
    return found if scale == 1 else found * scale


def unit_of(view: TableView, row: int, column: int) -> str | None:
    """Currency, "%", or the unit of measure that the row prints for its counts."""
    return unit_in(view.table, view.document, row, column)


def unit_in(table: Table, document: Document, row: int, column: int) -> str | None:
    """The unit of a cell of a table of a document, as `unit_of` tells it."""
    spec = table.columns[column]
    if spec.unit == "ratio":
        return None
    if spec.unit:
        return spec.unit
    if spec.level is Level.FINANCIAL:
        return table.currency or document.currency
    for other in table.columns:
        if other.measure == "unidad_medida" and other.role is not Role.NUMBER:
            return cell(table, row, other.index).text.strip().lower() or None
    return None


def row_name(row: Row) -> str:
    """The label with its code in front, as people refer to it."""
    label = " ".join(row.label.split()).rstrip(" .:;,")
    if row.code and row.code != label:
        return f"{row.code} {label}".strip()
    return label or row.code or "(sin nombre)"


_CAPTION_HEAD = re.compile(r"\W*((?:cuadro|tabla|gr[aá]fic[oa]|anexo)\s+(?:n[°ºo.]+\s*)?[\w.-]*\w)", re.IGNORECASE)
_LONGEST = 70  # characters of a caption that name a table without number


def table_label(view: TableView) -> str:
    """A short name of a table: "Cuadro 3", else its caption, else its place with what its rows are."""
    table = view.table
    match = _CAPTION_HEAD.match(table.caption)
    if match and (any(c.isdigit() for c in match[1]) or len(match[1].split()[-1]) == 1):
        return " ".join(match[1].split())
    if table.caption:
        text = " ".join(table.caption.split())
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    number = table.id.rsplit(":t", 1)[-1]
    if view.level_codes:
        return f"Tabla {number} (por {view.level_codes[0]})"
    return table.name


def figure(view: TableView, row: int, column: int) -> Figure:
    """One printed figure with its unit."""
    spec = view.table.columns[column]
    return Figure(
        value=value(view.table, row, column),
        unit=unit_of(view, row, column),
        label=f"{row_name(view.table.rows[row])}: {column_name(spec)}",
    )


def column_name(column: Column) -> str:
    """The header of a column for a sentence."""
    return " › ".join(" ".join(part.split()) for part in column.path) or "valor"


def measure_name(view: TableView, column: int) -> str:
    """The header of a column inside a sentence: without the capitals of a title, numerals kept ("II Cuatrimestre")."""
    name = column_name(view.table.columns[column])
    if name.isupper():
        return name.lower()
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def citation(view: TableView, row: int, column: int) -> Citation:
    """Where a figure stands."""
    found = cell(view.table, row, column)
    line = view.table.rows[row]
    pages = view.table.pages
    return Citation(
        document=view.document.id,
        file=view.document.file,
        title=view.document.title,
        page=found.page or line.page or (pages[0] if pages else None),
        table=view.table.name,
        table_id=view.table.id,
        section=" › ".join(view.table.section) or None,
        row=row_name(line),
        column=column_name(view.table.columns[column]),
        row_index=row,
        column_index=column,
        text=found.text.strip(),
        box=found.box,
        verified=found.verified,
    )


def shown(view: TableView, item: Figure) -> str:
    """A figure in the format of the report's country."""
    return show(item, view.document.country, view.table.currency or view.document.currency)


def frame(table: Table, rows: Sequence[int], columns: Sequence[int]) -> pd.DataFrame:
    """The chosen part of a table as Decimals (object columns), indexed by row and column number; None where blank."""
    return pd.DataFrame(
        {c: pd.Series([value(table, r, c) for r in rows], index=list(rows), dtype=object) for c in columns},
        index=list(rows),
    )


def data_rows(table: Table) -> tuple[int, ...]:
    """The rows that are counted and summed: neither totals nor parents of other rows.

    A row that is the parent of others (a subtotal by arithmetic, by code or by indentation) would count twice.
    """
    parents = {r.parent for r in table.rows if r.parent is not None and r.kind is RowKind.DATA}
    return tuple(r.index for r in table.rows if r.kind is RowKind.DATA and r.index not in parents)


def total_row(table: Table) -> Row | None:
    """The row that totals the whole table, the last one if there are several."""
    found = [r for r in table.rows if r.kind is RowKind.TOTAL]
    return found[-1] if found else None


_PROGRAMME = re.compile(r"\d+(?:[-.]\d+){2,}")


def code_column(table: Table) -> int | None:
    """The key column whose cells are programme codes of three segments or more ("11-02-000-003")."""
    for column in table.columns:
        if column.role is Role.KEY:
            texts = [r.cells[column.index].text.strip() for r in table.rows if r.kind is RowKind.DATA]
            coded = sum(bool(_PROGRAMME.fullmatch(t)) for t in texts)
            if coded and coded >= 0.8 * sum(bool(t) for t in texts):
                return column.index
    return None
