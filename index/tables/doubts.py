"""Columns whose header may have been misread: a name for two of them, or a row of data among the names."""

from __future__ import annotations

import re

from index.model import Column, Role, Table

_FIGURE = re.compile(r"[-–−(]?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?\)?\s?%?|[-–−(]?\d+[.,]\d+\)?\s?%?|[-–—]")


def header_doubts(table: Table) -> dict[int, str]:
    """For each column of figures in doubt, by index, what is wrong with its header, in Spanish.

    A column of figures without a name beside one whose name has several words may own some of them. A figure or a
    dash among the names is a row of data that was taken for header.
    """
    found: dict[int, str] = {}
    for column in table.columns:
        if column.role is not Role.NUMBER:
            continue
        figure = next((part for part in column.path if _FIGURE.fullmatch(part.strip())), None)
        if figure is not None:
            found[column.index] = f"el encabezado «{column.header}» lleva un dato («{figure}»)"
        if column.path or not _has_figures(table, column):
            continue
        for beside in table.columns[max(column.index - 1, 0) : column.index + 2]:
            if beside.path and len(beside.path[-1].split()) > 1:
                found[column.index] = f"una columna sin encabezado está junto a «{beside.header}»"
                if beside.role is Role.NUMBER:
                    found[beside.index] = f"junto a «{beside.header}» hay una columna sin encabezado"
    return found


def _has_figures(table: Table, column: Column) -> bool:
    return any(row.cells[column.index].value is not None for row in table.rows)
