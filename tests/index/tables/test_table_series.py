"""Subtotals that are numbered alike: one of them may be printed wrong and is a subtotal all the same."""

from __future__ import annotations

from tests.index.tables.made_grids import kinds, table

BUDGET = """
Partida | Autorizado | Ejecutado | Disponible
PROGRAMA 1. MARES | 3.000,50 | 2.000,25 | 1.000,25
···Sueldos | 1.000,25 | 700,15 | 300,10
···Obras | 2.000,25 | 1.300,10 | 700,15
PROGRAMA 2. RÍOS | 5.100,75 | {wrong} | 900,35
···Sueldos | 2.100,50 | 2.000,30 | 100,20
···Obras | 3.000,25 | 2.300,10 | 700,15
PROGRAMA 3. LAGOS | 4.500,40 | 3.500,25 | 1.000,15
···Sueldos | 1.500,15 | 1.000,05 | 500,10
···Obras | 3.000,25 | 2.500,20 | 500,05
TOTAL | 12.601,65 | 9.800,90 | 2.800,75
"""


def test_a_programme_whose_figures_were_mistyped_is_still_the_parent_of_its_rows() -> None:
    """Two of its columns miss the sum by little; read as a row like the others it would count twice in every total."""
    found = table(BUDGET.format(wrong="4.200,40"))
    assert kinds(found) == "sddsddsddt"
    assert [r.parent for r in found.rows[4:6]] == [3, 3]


def test_what_no_column_adds_up_to_is_no_parent() -> None:
    drawing = BUDGET.format(wrong="4.200,40").replace("5.100,75 | 4.200,40 | 900,35", "9.999,99 | 8.888,88 | 1.111,11")
    assert kinds(table(drawing))[3] == "d"
