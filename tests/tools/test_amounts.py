"""A figure is printed where it is printed, summed from the right rows where it is not, and told apart."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.building import many, one, view
from tools.amounts import amount, is_stock, summable
from tools.matching import whole_table

GOALS = """
Producto            | Programa =key | Meta =programado | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ
[1] Puente          | 11-01         | 10               | 1,000.50             | 250.25
[2] Camino          | 11-02         | 0                | 2,000.00             | 2,000.00
[3] Muro            | {11-01,11-02} | 5                | 500.00               | 100.00
[4] Pozo            | (11-02)       | 8                | 40.00                | N/D
"""


def test_a_cell_is_given_as_printed_with_its_place() -> None:
    found = amount(view(GOALS), one(0), 3)
    assert (found.value, found.figure.unit, found.figure.printed) == (Decimal("1000.50"), "GTQ", True)
    (cite,) = found.citations
    assert (cite.text, cite.row, cite.column, cite.page) == ("1,000.50", "1 Puente", "Vigente", 3)


def test_what_is_no_figure_is_not_zero() -> None:
    found = amount(view(GOALS), one(3), 4)
    assert (found.value, found.text, found.complete) == (None, "N/D", False)


def test_zero_is_a_figure() -> None:
    found = amount(view(GOALS), one(1), 2)
    assert (found.value, found.complete) == (Decimal(0), True)


def test_a_scale_multiplies() -> None:
    seen = view("Obra | Vigente, en miles =vigente,GTQ,x1000\nPuente | 12.5\nMuro | 2")
    assert amount(seen, one(0), 1).value == 12500
    assert amount(seen, whole_table(seen), 1).value == 14500


def test_a_sum_says_that_it_is_one_and_names_its_rows() -> None:
    seen = view(GOALS)
    found = amount(seen, whole_table(seen), 3)
    assert (found.value, found.figure.printed, found.complete) == (Decimal("3540.50"), False, True)
    assert {c.row for c in found.citations} == {"1 Puente", "2 Camino", "3 Muro", "4 Pozo"}
    assert "Q3,540.50" in (found.formula or "")
    assert any("no imprime un total" in w for w in found.warnings)


def test_rows_without_a_figure_are_told() -> None:
    seen = view(GOALS)
    found = amount(seen, whole_table(seen), 4)
    assert (found.value, found.complete) == (Decimal("2350.25"), False)
    assert any("Una fila no trae cifra" in w for w in found.warnings)


def test_a_row_of_doubtful_key_is_named_with_its_amount() -> None:
    """A blank key whose neighbours differ is in no sum, and every sum that could hold it says so with the amount."""
    found = amount(view(GOALS), many("11-02", 1, 3), 3)
    assert (found.value, found.complete) == (Decimal("2040.00"), False)
    (said,) = [w for w in found.warnings if "3 Muro" in w]
    assert "Q500.00" in said
    assert "11-01" in said
    assert "11-02" in said


def test_a_group_of_one_row_tells_the_doubtful_row_too() -> None:
    found = amount(view(GOALS), many("11-01", 0), 3)
    assert any("3 Muro" in w and "Q500.00" in w for w in found.warnings)
    assert not found.complete


def test_an_inferred_key_is_told() -> None:
    found = amount(view(GOALS), many("11-02", 1, 3), 3)
    assert any("filas vecinas" in w for w in found.warnings)


TOTALS = """
Obra            | Vigente =vigente,GTQ | Ejecutado =ejecutado,GTQ | Pagado =pagado,GTQ
Puente          | 100.00               | 40.00                    | 10.00
Muro            | 200.00               | 60.00                    | 20.00
T: TOTAL        | 300.00               | 101.00                   |
"""


@pytest.mark.parametrize("by_row", [True, False])
def test_a_printed_total_is_taken(by_row: bool) -> None:
    seen = view(TOTALS)
    found = amount(seen, one(2) if by_row else whole_table(seen), 1)
    assert (found.value, found.figure.printed, found.warnings) == (Decimal(300), True, ())


@pytest.mark.parametrize("by_row", [True, False])
def test_a_total_that_does_not_add_up_is_told_with_both_figures(by_row: bool) -> None:
    seen = view(TOTALS)
    found = amount(seen, one(2) if by_row else whole_table(seen), 2)
    assert (found.value, found.figure.printed) == (Decimal(101), True)
    (said,) = found.warnings
    assert all(shown in said for shown in ("Q101.00", "Q100.00", "Q1.00"))


@pytest.mark.parametrize("by_row", [True, False])
def test_a_blank_total_is_summed_and_told(by_row: bool) -> None:
    seen = view(TOTALS)
    found = amount(seen, one(2) if by_row else whole_table(seen), 3)
    assert (found.value, found.figure.printed) == (Decimal(30), False)
    assert any("en blanco el total" in w for w in found.warnings)


def test_cents_of_rounding_are_no_contradiction() -> None:
    seen = view("Obra | Vigente =vigente,GTQ\nPuente | 0.33\nMuro | 0.34\nT: TOTAL | 0.70")
    assert amount(seen, whole_table(seen), 1).warnings == ()


def test_parents_and_subtotals_are_not_summed_with_their_parts() -> None:
    seen = view(
        """
        Concepto          | Vigente =vigente,GTQ
        1 Personal        | 30.00
        .Sueldos          | 10.00
        .Aguinaldo        | 20.00
        2 Obras           | 5.00
        S: Subtotal       | 35.00
        """
    )
    assert amount(seen, whole_table(seen), 1).value == 35


def test_a_parent_is_told_by_its_own_printed_figure() -> None:
    seen = view("Concepto | Vigente =vigente,GTQ\nPersonal | 30.00\n.Sueldos | 10.00\n.Aguinaldo | 21.00")
    assert amount(seen, one(0), 1).value == 30


MONTHS = """
Mes   | Vigente =vigente,GTQ | Saldo =saldo,GTQ | Ejecutado =ejecutado,GTQ | Acumulado =ejecutado,GTQ,acum | % =porcentaje,%
Enero | 100.00               | 90.00            | 10.00                    | 10.00                         | 10%
Febrero | 100.00             | 70.00            | 20.00                    | 30.00                         | 20%
Marzo | 120.00               | 60.00            | 30.00                    | 60.00                         | 25%
"""


@pytest.mark.parametrize("column", [1, 2, 4])
def test_states_at_a_date_are_never_summed(column: int) -> None:
    seen = view(MONTHS)
    assert is_stock(seen, column)
    for match in (whole_table(seen), many("Enero a Febrero", 0, 1)):
        found = amount(seen, match, column)
        assert (found.value, found.complete) == (None, False)
        assert any("no se suma" in w for w in found.warnings)


def test_flows_are_summed_over_months() -> None:
    seen = view(MONTHS)
    assert not is_stock(seen, 3)
    assert amount(seen, whole_table(seen), 3).value == 60
    assert amount(seen, many("Enero a Febrero", 0, 1), 3).value == 30


def test_percentages_are_never_summed() -> None:
    seen = view(MONTHS)
    assert not summable(seen, 5)
    assert amount(seen, whole_table(seen), 5).value is None
    assert amount(seen, many("Enero a Febrero", 0, 1), 5).value is None


def test_percentages_are_not_told_as_a_state_at_a_date() -> None:
    """Why a percentage is not summed is another reason than a balance's."""
    seen = view("Obra | % =porcentaje,%\nPuente | 50%\nMuro | 20%")
    assert not any("saldo" in w for w in amount(seen, whole_table(seen), 1).warnings)


def test_ratios_are_never_summed() -> None:
    seen = view("Obra | Avance =ratio\nPuente | 0.5\nMuro | 0.25")
    assert amount(seen, whole_table(seen), 1).value is None


def test_counts_of_unlike_units_have_no_common_unit() -> None:
    seen = view("Obra | Unidad =unidad_medida | Meta =programado\nPuente | metro | 10\nMuro | unidad | 20")
    assert amount(seen, one(0), 2).figure.unit == "metro"
    assert amount(seen, whole_table(seen), 2).figure.unit is None


INDICATORS = """
Indicador | Unidad =unidad_medida | Meta =programado
Cobertura | {} | 90
Espera    | {} | 12
Talleres  | {} | 450
"""


@pytest.mark.parametrize(
    ("units", "total", "told"),
    [
        (("%", "días", "talleres"), None, "no se suman: están en «%», «días» y «talleres»"),
        (("Porcentaje", "Porcentaje", "Porcentaje"), None, "no se suman"),
        (("préstamos/hab.", "taller", "taller"), None, "no se suman"),
        (("informe", "visita", "taller"), 552, "junta unidades distintas: «informe», «taller» y «visita»"),
        (("taller", "Talleres", "taller"), 552, ""),
    ],
)
def test_rows_that_count_in_ratios_have_no_sum(units: tuple[str, str, str], total: int | None, told: str) -> None:
    """90 % + 12 days + 450 workshops is a figure of nothing; counts of different things are added and said to be."""
    seen = view(INDICATORS.format(*units))
    found = amount(seen, whole_table(seen), 2)
    assert found.value == total
    assert told in " ".join(found.warnings)
    assert ("unidades distintas" in " ".join(found.warnings)) == ("unidades distintas" in told)
