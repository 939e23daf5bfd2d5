"""Differences, balances, shares, averages, changes and comparisons over tables of a few rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from index.model import Level
from tests.building import many, one, report, table, view
from tools.amounts import amount
from tools.arithmetic import change, compare, remaining, share, trend, variance
from tools.averages import average, average_of
from tools.cataloguing import build
from tools.execution import Pair
from tools.matching import whole_table

TABLE = """
Obra     | Meta =programado | Logro =alcanzado | Vigente =vigente,GTQ | Gasto =ejecutado,GTQ | Diferencia =diferencia,GTQ,3-4
Puente   | 8                | 6                | 300.00               | 100.50               | 199.50
Muro     | 5                | 9                | 50.00                | 60.00                | -10.00
Pozo     | 4                | 4                | 20.00                | 20.00                | 0.00
Camino   | 3                | N/D              | 0.00                 |                      |
Dique    | 1                | 0                | 30.00                | 10.00                | 25.00
"""
MONEY = Pair(numerator=4, denominator=3, level=Level.FINANCIAL)
GOAL = Pair(numerator=2, denominator=1, level=Level.PHYSICAL)


@pytest.mark.parametrize(
    ("row", "pair", "expected", "words"),
    [
        (0, GOAL, "-2", "2 por debajo"),
        (1, GOAL, "4", "4 por encima"),
        (2, GOAL, "0", "sin diferencia"),
        (0, MONEY, "-199.50", "Q199.50 por debajo"),
        (1, MONEY, "10.00", "Q10.00 por encima"),
        (2, MONEY, "0.00", "sin diferencia"),
        (4, MONEY, "-20.00", "Q20.00 por debajo"),
    ],
)
def test_variance_is_signed_and_told_in_words(row: int, pair: Pair, expected: str, words: str) -> None:
    found = variance(view(TABLE), one(row), pair, "X")
    assert found.figures[0].value == Decimal(expected)
    assert words in found.text


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (0, "resta en el otro sentido"),  # 199.50 printed for −199.50
        (1, "resta en el otro sentido"),
        (2, None),
        (4, "con sus cifras da"),  # 25.00 printed for 20.00
    ],
)
def test_the_printed_difference_is_told_when_it_is_another(row: int, said: str | None) -> None:
    warnings = variance(view(TABLE), one(row), MONEY, "X").warnings
    assert [said in w for w in warnings] == ([] if said is None else [True])


def test_a_missing_figure_has_no_difference() -> None:
    found = variance(view(TABLE), one(3), GOAL, "Camino")
    assert "«N/D»" in found.text
    assert not found.complete


@pytest.mark.parametrize(("row", "expected"), [(0, "199.50"), (1, "-10.00"), (2, "0.00")])
def test_remaining_is_budget_minus_spent(row: int, expected: str) -> None:
    found = remaining(view(TABLE), one(row), MONEY, "X")
    assert found.figures[0].value == Decimal(expected)
    assert found.formula is not None


def test_remaining_of_a_blank_cell_is_no_figure() -> None:
    found = remaining(view(TABLE), one(3), MONEY, "Camino")
    assert "en blanco" in found.text
    assert not found.complete


@pytest.mark.parametrize(("row", "expected"), [(0, "75.00"), (1, "12.50"), (2, "5.00"), (3, "0.00"), (4, "7.50")])
def test_share_of_the_total(row: int, expected: str) -> None:
    found = share(view(TABLE), one(row), 3, "X")
    assert (found.figures[0].value, found.figures[0].unit) == (Decimal(expected), "%")
    assert [f.value for f in found.figures[2:]] == [Decimal(400)]


def test_share_of_nothing_cannot_be_computed() -> None:
    seen = view("Obra | Gasto =ejecutado,GTQ\nPuente | 0.00\nMuro | 0.00")
    found = share(seen, one(0), 1, "Puente")
    assert "no se puede calcular" in found.text
    assert all(f.unit != "%" for f in found.figures)


def test_share_tells_a_total_that_does_not_add_up() -> None:
    seen = view("Obra | Gasto =ejecutado,GTQ\nPuente | 10.00\nMuro | 10.00\nT: TOTAL | 40.00")
    found = share(seen, one(0), 1, "Puente")
    assert found.figures[0].value == 25
    assert any("Q40.00" in w and "Q20.00" in w for w in found.warnings)


def test_average_counts_only_rows_with_a_figure() -> None:
    found = average(view(TABLE), [one(r) for r in range(5)], 4, "obra")
    assert found.figures[0].value == Decimal("47.63")  # 190.50 / 4, half up
    assert not found.complete
    assert found.warnings
    assert "entre 4" in found.text


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("Avance =ratio", ("50", "20")),
        ("Meta =programado | Hecho =alcanzado | % =porcentaje,%,2/1", ("4 | 2 | 50", "5 | 1 | 20")),
    ],
)
def test_percentages_of_unequal_bases_are_not_averaged(columns: str, cells: tuple[str, str]) -> None:
    grid = view(f"Obra | {columns}\nPuente | {cells[0]}\nMuro | {cells[1]}")
    found = average(grid, [one(0), one(1)], len(columns.split("|")), "obra")
    assert found.figures == ()
    assert "no se puede calcular" in found.text


def test_printed_percentages_without_a_base_have_a_simple_mean() -> None:
    found = average(view("Obra | Avance físico =%\nPuente | 50\nMuro | 20"), [one(0), one(1)], 1, "obra")
    assert [f.value for f in found.figures] == [Decimal(35)]
    assert any("promedio simple" in w for w in found.warnings)


def test_average_of_amounts() -> None:
    seen = view(TABLE)
    items = [(name, amount(seen, one(r), 4)) for r, name in enumerate(("a", "b", "c", "d", "e"))]
    found = average_of(seen, items, "X")
    assert found.figures[0].value == Decimal("47.63")
    assert not found.complete


def test_average_of_nothing_is_no_figure() -> None:
    seen = view(TABLE)
    assert average_of(seen, [("d", amount(seen, one(3), 4))], "X").figures == ()


MONTHS = "Mes | Gasto =ejecutado,GTQ | % =porcentaje,%\nMayo | 40.00 | 10%\nJunio | 50.00 | 25%\nJulio | 0.00 | 0%\nAgosto | 30.00 | 5%"


@pytest.mark.parametrize(
    ("ends", "column", "expected", "percent", "words"),
    [
        ((0, 1), 1, "10.00", "25.00", "aumento de Q10.00"),
        ((1, 0), 1, "-10.00", "-20.00", "disminución de Q10.00"),
        ((1, 2), 1, "-50.00", "-100.00", "disminución de Q50.00"),
        ((2, 3), 1, "30.00", None, "no se puede calcular"),
        ((0, 1), 2, "15", None, "15 puntos porcentuales"),
        ((0, 0), 1, "0.00", "0.00", "sin cambio"),
    ],
)
def test_change(ends: tuple[int, int], column: int, expected: str, percent: str | None, words: str) -> None:
    seen = view(MONTHS)
    names = [seen.table.rows[i].label for i in ends]
    found = change(seen, (one(ends[0]), column, names[0]), (one(ends[1]), column, names[1]), "")
    assert found.figures[0].value == Decimal(expected)
    told = [f.value for f in found.figures if f.label == "variación porcentual"]
    assert told == ([] if percent is None else [Decimal(percent)])
    assert words in found.text


def test_trend_tells_every_period() -> None:
    found = trend(view(MONTHS), range(4), 1, "Junta")
    assert found.figures[0].value == -10
    assert all(shown in found.text for shown in ("Q40.00", "Q50.00", "Q0.00", "Q30.00"))


def test_compare_tells_who_is_ahead_and_by_how_much() -> None:
    seen = view(TABLE)
    found = compare([(seen, one(1), 4, "Muro"), (seen, one(0), 4, "Puente")])
    assert [f.value for f in found.figures] == [Decimal(60), Decimal("100.50"), Decimal("-40.50")]
    assert "Puente supera a Muro en Q40.50" in found.text


def test_compare_tells_a_tie() -> None:
    seen = view("Obra | Gasto =ejecutado,GTQ\nPuente | 5.00\nMuro | 5.00")
    assert "Son iguales" in compare([(seen, one(0), 1, "Puente"), (seen, one(1), 1, "Muro")]).text


def test_percentages_differ_by_points() -> None:
    found = compare([(view(MONTHS), one(1), 2, "Junio"), (view(MONTHS), one(0), 2, "Mayo")])
    assert (found.figures[-1].value, found.figures[-1].unit) == (Decimal(15), "puntos porcentuales")


def test_three_are_told_side_by_side() -> None:
    seen = view(TABLE)
    found = compare([(seen, one(r), 3, str(r)) for r in range(3)])
    assert [f.value for f in found.figures] == [300, 50, 20]


def test_two_currencies_are_never_compared_silently() -> None:
    """Each figure in its own currency, no difference between them, and the reason said."""
    made = [
        report(
            table("Obra | Gasto =ejecutado\nPuente | 10.00", document=name), id=name, country=country, currency=money
        )
        for name, country, money in (("a", "GT", "GTQ"), ("b", "HN", "HNL"))
    ]
    first, second = build(made).views
    found = compare([(first, one(0), 1, "A"), (second, one(0), 1, "B")])
    assert [f.unit for f in found.figures] == ["GTQ", "HNL"]
    assert found.formula is None
    assert "supera" not in found.text
    assert any("monedas distintas" in w for w in found.warnings)


def test_a_group_compared_keeps_its_warnings() -> None:
    seen = view("Obra | Zona =key | Gasto =ejecutado,GTQ\nPuente | Norte | 5.00\nMuro | Norte | N/D\nPozo | Sur | 4.00")
    found = compare([(seen, many("Norte", 0, 1), 2, "Norte"), (seen, one(2), 2, "Sur")])
    assert not found.complete
    assert found.warnings


def test_the_whole_is_shared_by_itself() -> None:
    seen = view(TABLE)
    assert share(seen, whole_table(seen), 3, "Todo").figures[0].value == 100


SPLIT = """
Programa =key | Vigente =vigente,ARS
Salud         | 100.00
Salud         | 300.00
Caminos       | 200.00
"""


def test_the_average_over_groups_takes_every_row_of_each():
    found = average(view(SPLIT), [many("Salud", 0, 1), many("Caminos", 2)], 1, "programa")
    assert [f.value for f in found.figures] == [Decimal(300), Decimal(600)]


def test_a_group_is_no_share_of_itself():
    group = many("Salud", 0, 1)
    found = share(view(SPLIT), replace(group, within=group), 1, "Salud")
    assert found.figures[0].value.quantize(Decimal("0.01")) == Decimal("66.67")
