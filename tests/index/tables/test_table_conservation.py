"""No text of a grid is lost: it is in a cell, a header, the caption, the notes, or in what was left out."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from index.blocks import RawCell, RawTable
from index.tables import build_table

WORDS = st.sampled_from(
    ["Agua", "Luz", "TOTAL", "Subtotal", "Vigente", "Pagado", "Meta", "2021", "2022", "%", "Diferencia", "N/D", "-", "",
     "", "11-02-000", "1", "2", "1.568", "1,250.00", "2.000,50", "63%", "(12)", "3 = (1 + 2)", "Enero", "1000 Personal",
     "22-Obras", "A. Gastos", "тот", "AL:", "Fuente: registros", "Unidad de medida", "*18", "Total Agua"]
)  # fmt: skip


@st.composite
def grids(draw: st.DrawFn) -> RawTable:
    rows, columns = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = draw(st.sampled_from([1, 1, 1, 1, 2, 3]))
            high = draw(st.sampled_from([1, 1, 1, 1, 2]))
            span = {
                (row + i, column + j) for i in range(min(high, rows - row)) for j in range(min(wide, columns - column))
            }
            if span & taken:
                span, wide, high = {(row, column)}, 1, 1
            taken |= span
            cells.append(
                RawCell(
                    text=draw(WORDS),
                    row=row,
                    column=column,
                    rows=min(high, rows - row),
                    columns=min(wide, columns - column),
                    bold=draw(st.booleans()),
                )
            )
    return RawTable(cells=tuple(cells), header_rows=draw(st.sampled_from([None, None, 0, 1, 2])))


def pieces(text: str) -> list[str]:
    return re.findall(r"\S+", text)


@settings(max_examples=600, deadline=None)
@given(grids())
def test_every_text_is_somewhere(raw: RawTable) -> None:
    """Body texts stand untouched in their cells; header texts stand in a path."""
    built = build_table(raw, id="d:t1", document="d")
    if built is None:
        return
    table, left_out = built
    everything = [c.text for row in table.rows for c in row.cells]
    everything += [part for c in table.columns for part in c.path]
    everything += [table.caption, *table.notes, *(x.text for x in left_out)]
    kept = {word for text in everything for word in pieces(text)}
    assert {word for cell in raw.cells for word in pieces(cell.text)} <= kept


@settings(max_examples=400, deadline=None)
@given(grids())
def test_body_cells_are_kept_once_and_untouched(raw: RawTable) -> None:
    built = build_table(raw, id="d:t1", document="d")
    if built is None:
        return
    table, _ = built
    given_texts = Counter(c.text for c in raw.cells if c.text)
    kept = Counter(c.text for row in table.rows for c in row.cells if c.text)
    assert kept <= given_texts
    assert all(len(row.cells) == len(table.columns) for row in table.rows)


@settings(max_examples=400, deadline=None)
@given(grids())
def test_the_tree_of_rows_has_no_loops(raw: RawTable) -> None:
    built = build_table(raw, id="d:t1", document="d")
    if built is None:
        return
    rows = built[0].rows
    for row in rows:
        seen, parent = {row.index}, row.parent
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = rows[parent].parent
