"""A header that may be misread is told, so that no answer comes silently from the wrong column."""

from __future__ import annotations

import pytest

from index.tables.doubts import header_doubts
from tests.index.tables.made_grids import table

DOUBTS = [
    ("Obra | VIGENTE COMPROMETIDO | | Pagado\nMuro | 10 | 8 | 3\nPozo | 7 | 5 | 2", [1, 2]),
    ("Obra del municipio | | Pagado\nMuro | 10 | 8\nPozo | 7 | 5", [1]),
    ("Obra | Vigente | Pagado\nMuro | 10 | 8\nPozo | 7 | 5", []),
    ("Obra | Vigente | | Pagado\nMuro | 10 | 8 | 3\nPozo | 7 | 5 | 2", []),
]


@pytest.mark.parametrize(("grid", "columns"), DOUBTS)
def test_a_nameless_column_beside_a_name_of_several_words_puts_both_in_doubt(grid: str, columns: list[int]) -> None:
    assert sorted(header_doubts(table(grid))) == columns


@pytest.mark.parametrize(("part", "doubted"), [("1.250.000", True), ("45,30 %", True), ("-", True), ("2022", False)])
def test_a_figure_among_the_names_is_a_row_of_data(part: str, doubted: bool) -> None:
    found = table(f"Obra | Vigente | Pagado\nMuro | {part} | Pagos\nPozo | 7 | 5\nPuente | 9 | 1", header_rows=2)
    paths = [c.path for c in found.columns]
    assert bool(header_doubts(found)) == (doubted and ("Vigente", part) in paths)
