"""Execution percentages: the right two columns, the printed one beside the computed one, no division by zero."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.model import Level
from tests.building import many, one, view
from tools.execution import Pair, execution, execution_pairs, percent_of_row
from tools.matching import whole_table

TABLE = """
Producto     | Meta =programado | Logro =alcanzado | Vigente =vigente,GTQ | Devengado =devengado,GTQ | % =porcentaje,%,4/3
Puente       | 8                | 6                | 300.00               | 100.00                   | 33%
Muro         | 0                | 5                | 0.00                 | 10.00                    | -
Pozo         | 4                | 0                | 200.00               | 0.00                     | 0%
Camino       | 3                | N/D              | 100.00               |                          |
Dique        | 2                | 5                | 50.00                | 25.00                    | 50.00%
"""
MONEY = Pair(numerator=4, denominator=3, level=Level.FINANCIAL, printed=5)
GOAL = Pair(numerator=2, denominator=1, level=Level.PHYSICAL)


@pytest.mark.parametrize(
    ("row", "pair", "expected"),
    [
        (0, GOAL, "75.00"),
        (0, MONEY, "33.33"),
        (2, GOAL, "0.00"),
        (2, MONEY, "0.00"),
        (4, GOAL, "250.00"),
        (4, MONEY, "50.00"),
    ],
)
def test_percentages(row: int, pair: Pair, expected: str) -> None:
    found = execution(view(TABLE), one(row), pair, "X")
    assert (found.figures[0].value, found.figures[0].unit) == (Decimal(expected), "%")
    assert found.figures[0].printed is False
    assert f"{expected} %" in found.text


def test_a_percentage_tells_its_formula_operands_and_cells() -> None:
    found = execution(view(TABLE), one(0), MONEY, "Puente")
    assert found.formula == "devengado Q100.00 / vigente Q300.00 × 100 = 33.33 %"
    assert [f.value for f in found.figures] == [Decimal("33.33"), Decimal(33), Decimal(100), Decimal(300)]
    assert {c.column for c in found.citations} == {"Devengado", "Vigente", "%"}


def test_a_printed_percentage_is_told_when_it_differs() -> None:
    found = execution(view(TABLE), one(0), MONEY, "Puente")
    (said,) = found.warnings
    assert "33%" in said
    assert "33.33 %" in said


def test_a_printed_percentage_that_agrees_is_no_warning() -> None:
    assert execution(view(TABLE), one(4), MONEY, "Dique").warnings == ()


@pytest.mark.parametrize("pair", [GOAL, MONEY])
def test_a_goal_of_zero_has_no_percentage(pair: Pair) -> None:
    """Division by zero is told with the figures, never as 0 % nor as 100 %."""
    found = execution(view(TABLE), one(1), pair, "Muro")
    assert "no se puede calcular" in found.text
    assert [f.unit for f in found.figures].count("%") == 0
    assert found.figures[1].value == 0
    assert found.citations
    assert percent_of_row(view(TABLE), 1, pair) is None


@pytest.mark.parametrize(("pair", "said"), [(GOAL, "«N/D»"), (MONEY, "en blanco")])
def test_a_missing_figure_has_no_percentage(pair: Pair, said: str) -> None:
    found = execution(view(TABLE), one(3), pair, "Camino")
    assert said in found.text
    assert not found.complete


def test_a_group_divides_sums_not_percentages() -> None:
    found = execution(view(TABLE), many("Obras", 0, 4), MONEY, "Obras")
    assert found.figures[0].value == Decimal("35.71")  # 125 / 350
    assert len(found.citations) == 4


def test_ratios_are_compared_as_percentages() -> None:
    seen = view(
        "Obra | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ | Avance =ratio,2/1\nPuente | 8.00 | 7.00 | 0.88"
    )
    pair = Pair(numerator=2, denominator=1, level=Level.FINANCIAL, printed=3)
    found = execution(seen, one(0), pair, "Puente")
    assert [f.value for f in found.figures[:2]] == [Decimal("87.50"), Decimal("88.00")]
    assert found.warnings


def test_a_whole_table_uses_its_printed_totals() -> None:
    seen = view(
        "Obra | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ\nPuente | 100.00 | 50.00\nMuro | 100.00 | 25.00\n"
        "T: TOTAL | 250.00 | 75.00"
    )
    pair = Pair(numerator=2, denominator=1, level=Level.FINANCIAL)
    found = execution(seen, whole_table(seen), pair, "Total")
    assert found.figures[0].value == Decimal("30.00")
    assert any("Q250.00" in w and "Q200.00" in w for w in found.warnings)


PAIRS = [
    # columns, level asked, measures asked → numerator and denominator of the best pair
    ("Meta =programado | Logro =alcanzado", None, (), (2, 1)),
    ("Vigente =vigente | Devengado =devengado | Pagado =pagado", None, (), (2, 1)),
    ("Vigente =vigente | Devengado =devengado | Pagado =pagado", None, ("pagado",), (3, 1)),
    ("Vigente =vigente | Ejecutado =ejecutado | Devengado =devengado", None, (), (2, 1)),
    ("Asignado =asignado | Vigente =vigente | Ejecutado =ejecutado", None, (), (3, 2)),
    ("Asignado =asignado | Ejecutado =ejecutado", None, (), (2, 1)),
    ("Meta =programado | Logro =alcanzado | Vigente =vigente | Gasto =ejecutado", Level.FINANCIAL, (), (4, 3)),
    ("Meta =programado | Logro =alcanzado | Vigente =vigente | Gasto =ejecutado", Level.PHYSICAL, (), (2, 1)),
    ("Meta =programado,2022 | Logro =alcanzado,2022 | Meta =programado,2023 | Logro =alcanzado,2023", None, (), (2, 1)),
]


@pytest.mark.parametrize(("columns", "level", "wanted", "expected"), PAIRS)
def test_the_columns_that_are_divided(
    columns: str, level: Level | None, wanted: tuple[str, ...], expected: tuple[int, int]
) -> None:
    seen = view(f"Obra | {columns}\nPuente")
    best = execution_pairs(seen, level, wanted)[0]
    assert (best.numerator, best.denominator) == expected


NO_PAIRS = [
    "Meta =programado | Gasto =ejecutado",  # a goal is not divided into money
    "Vigente =vigente | Logro =alcanzado",
    "Vigente =vigente | Saldo =saldo",
    "Meta =programado,2022 | Logro =alcanzado,2023",  # nor one year into another
    "Vigente =vigente,% | Gasto =ejecutado,%",
]


@pytest.mark.parametrize("columns", NO_PAIRS)
def test_levels_and_years_are_not_mixed(columns: str) -> None:
    assert execution_pairs(view(f"Obra | {columns}\nPuente"), None) == ()


def test_groups_of_columns_are_not_mixed() -> None:
    seen = view("Obra | A/Meta =programado | A/Logro =alcanzado | B/Meta =programado | B/Logro =alcanzado\nPuente")
    assert {(p.numerator, p.denominator) for p in execution_pairs(seen, None)} == {(2, 1), (4, 3)}
