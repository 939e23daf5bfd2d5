"""Rankings and conditions: the right rows in the right order, ties told, rows without a figure told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.model import Level
from tests.building import many, one, view
from tools.conditions import Condition, count_rows, select
from tools.execution import Pair
from tools.ranking import Criterion, Order, rank

TABLE = """
Obra     | Meta =programado | Logro =alcanzado | Vigente =vigente,GTQ | Gasto =ejecutado,GTQ
Puente   | 8                | 6                | 300.00               | 100.00
Muro     | 5                | 9                | 50.00                | 60.00
Pozo     | 4                | 4                | 20.00                | 20.00
Camino   | 3                | N/D              | 0.00                 |
Dique    | 1                | 0                | 50.00                | 0.00
Canal    | 0                | 7                | 40.00                | 0.00
Aula     | 0                | 0                | 10.00                | 5.00
"""
GOAL = Pair(numerator=2, denominator=1, level=Level.PHYSICAL)
MONEY = Pair(numerator=4, denominator=3, level=Level.FINANCIAL)
UNITS = tuple(one(r) for r in range(7))
VIGENTE, GASTO = Criterion(column=3), Criterion(column=4)


def names(text: str) -> list[str]:
    return [n for n in ("Puente", "Muro", "Pozo", "Camino", "Dique", "Canal", "Aula") if n in text]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order(by=VIGENTE), ["Puente"]),
        (Order(by=VIGENTE, largest=False), ["Camino"]),  # zero is a figure
        (Order(by=GASTO, count=3), ["Puente", "Muro", "Pozo"]),
        (Order(by=VIGENTE, count=3), ["Puente", "Muro", "Dique"]),  # the tie is within the three
        (Order(by=Criterion(pair=GOAL, kind="percent")), ["Muro"]),
        (Order(by=Criterion(pair=GOAL, kind="percent"), largest=False), ["Dique"]),
        (Order(by=Criterion(pair=GOAL, kind="gap")), ["Canal"]),
        (Order(by=Criterion(pair=GOAL, kind="gap"), largest=False), ["Puente"]),
        (Order(by=Criterion(pair=GOAL, kind="gap"), count=2, absolute=True), ["Canal", "Muro"]),
        (Order(by=Criterion(pair=MONEY, kind="gap"), absolute=True), ["Puente"]),
        (Order(by=Criterion(pair=MONEY, kind="percent"), count=2), ["Muro", "Pozo"]),
    ],
)
def test_order(order: Order, expected: list[str]) -> None:
    found = rank(view(TABLE), UNITS, order, "Obras")
    assert [f.label for f in found.figures] == expected


def test_ties_at_the_cut_are_shown_and_told() -> None:
    found = rank(view(TABLE), UNITS, Order(by=VIGENTE, count=2), "Obras")
    assert [f.label for f in found.figures] == ["Puente", "Muro", "Dique"]
    assert any("2 filas empatadas en Q50.00" in w for w in found.warnings)


def test_rows_without_a_figure_are_told() -> None:
    found = rank(view(TABLE), UNITS, Order(by=GASTO), "Obras")
    assert any("Una fila no trae cifra" in w for w in found.warnings)
    assert not found.complete


def test_rows_whose_percentage_divides_by_zero_are_told_as_such() -> None:
    """A row with figures and a goal of zero does have figures: it is out for another reason."""
    seen = view("Obra | Meta =programado | Logro =alcanzado\nPuente | 2 | 1\nCanal | 0 | 7")
    found = rank(seen, (one(0), one(1)), Order(by=Criterion(pair=GOAL, kind="percent")), "Obras")
    assert [f.label for f in found.figures] == ["Puente"]
    assert any("quedó fuera" in w for w in found.warnings)
    assert not any("no trae cifra" in w for w in found.warnings)


def test_nothing_to_rank_is_told_and_does_not_break() -> None:
    seen = view("Obra | Gasto =ejecutado,GTQ\nPuente | N/D\nMuro |")
    found = rank(seen, (one(0), one(1)), Order(by=Criterion(column=1)), "Obras")
    assert found.figures == ()
    assert not found.complete


def test_groups_are_ranked_by_their_sum() -> None:
    seen = view("Obra | Zona =key | Gasto =ejecutado,GTQ\nA | Norte | 5.00\nB | Norte | 6.00\nC | Sur | 9.00")
    found = rank(seen, (many("Norte", 0, 1), many("Sur", 2)), Order(by=Criterion(column=2)), "Zonas")
    assert (found.figures[0].label, found.figures[0].value) == ("Norte", Decimal(11))


def test_a_group_of_one_row_keeps_the_name_of_the_group() -> None:
    seen = view("Obra | Zona =key | Gasto =ejecutado,GTQ\nA | Norte | 5.00\nB | Norte | 1.00\nC | Sur | 9.00")
    found = rank(seen, (many("Norte", 0, 1), many("Sur", 2)), Order(by=Criterion(column=2)), "Zonas")
    assert found.figures[0].label == "Sur"


def test_groups_whose_sum_lacks_something_are_told() -> None:
    """A sum that may lack a row is no less doubtful inside a ranking."""
    seen = view(
        "Obra | Zona =key | Gasto =ejecutado,GTQ\nA | 11 | 5.00\nB | 11 | 1.00\nC | {11,12} | 9.00\nD | 12 | 7.00"
    )
    found = rank(seen, (many("11", 0, 1), many("12", 3)), Order(by=Criterion(column=2)), "Zonas")
    assert any("C" in w and "Q9.00" in w for w in found.warnings)


def test_a_ranking_cites_the_rows_it_names() -> None:
    found = rank(view(TABLE), UNITS, Order(by=GASTO, count=2), "Obras")
    assert [(c.row, c.column, c.text) for c in found.citations] == [
        ("Puente", "Gasto", "100.00"),
        ("Muro", "Gasto", "60.00"),
    ]


def by_goal(goal: str) -> Condition:
    return Condition(text="", by=Criterion(pair=GOAL, kind="percent"), goal=goal)


def by_limit(by: Criterion, comparison: str, limit: str) -> Condition:
    return Condition(text="", by=by, comparison=comparison, threshold=Decimal(limit))


PERCENT = Criterion(pair=GOAL, kind="percent")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (by_goal("missed"), ["Puente", "Dique"]),
        (by_goal("met"), ["Muro", "Pozo"]),
        (by_goal("exceeded"), ["Muro"]),  # a goal of zero cannot be exceeded
        (by_goal("none_done"), ["Dique"]),
        (by_goal("unplanned"), ["Canal"]),
        (by_goal("not_planned"), ["Canal", "Aula"]),
        (by_goal("greater"), ["Muro", "Canal"]),
        (by_goal("less"), ["Puente", "Dique"]),
        (by_limit(VIGENTE, ">", "50"), ["Puente"]),
        (by_limit(VIGENTE, ">=", "50"), ["Puente", "Muro", "Dique"]),
        (by_limit(VIGENTE, "<", "20"), ["Camino", "Aula"]),
        (by_limit(VIGENTE, "<=", "20"), ["Pozo", "Camino", "Aula"]),
        (by_limit(PERCENT, ">", "75"), ["Muro", "Pozo"]),
        (by_limit(PERCENT, ">=", "75"), ["Puente", "Muro", "Pozo"]),
        (by_limit(PERCENT, "<", "75"), ["Dique"]),
    ],
)
def test_conditions(condition: Condition, expected: list[str]) -> None:
    found = select(view(TABLE), UNITS, condition, "obras")
    assert names(found.text) == expected
    assert found.figures[0].value == len(expected)


def test_rows_that_cannot_be_tested_are_told() -> None:
    found = select(view(TABLE), UNITS, by_goal("missed"), "obras")
    assert any("Una fila" in w for w in found.warnings)
    assert not found.complete


def test_exceeding_tells_of_what_was_done_without_a_goal() -> None:
    found = select(view(TABLE), UNITS, by_goal("exceeded"), "obras")
    assert any("sin meta programada" in w for w in found.warnings)


def test_no_row_is_an_answer_with_its_evidence() -> None:
    found = select(view(TABLE), UNITS, by_limit(VIGENTE, ">", "999"), "obras")
    assert found.figures[0].value == 0
    assert found.citations


def test_counting_rows() -> None:
    found = count_rows(view(TABLE), UNITS, "obras")
    assert found.figures[0].value == 7
    assert found.text.startswith("7 obras")


def test_counting_no_rows_does_not_break() -> None:
    assert count_rows(view(TABLE), (), "obras").figures[0].value == 0


def test_groups_are_tested_by_their_sum() -> None:
    """A condition on groups holds of what each sums to, and tells the rows that may belong to one of them."""
    seen = view(
        "Obra | Zona =key | Gasto =ejecutado,GTQ\nA | 11 | 5.00\nB | 11 | 6.00\nC | {11,12} | 9.00\nD | 12 | 7.00"
    )
    found = select(seen, (many("11", 0, 1), many("12", 3)), by_limit(Criterion(column=2), ">", "10"), "zonas")
    assert [(f.label, f.value) for f in found.figures[1:]] == [("11: Gasto", Decimal(11))]
    assert any("C" in w and "Q9.00" in w for w in found.warnings)
    assert not found.complete
